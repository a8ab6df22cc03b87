// SPDX-License-Identifier: MIT
#include "machine/brand.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

enum { BRAND_MAX = 128, WORDS_MAX = 32 };

struct words {
    size_t count;
    char *word[WORDS_MAX];
};

/* Blanks out "(R)", "(TM)", "(C)" in any case. */
static void drop_marks(char text[])
{
    static const char *const marks[] = {"(R)", "(TM)", "(C)"};
    for (char *at = text; *at != '\0'; at++)
        for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
            if (strncasecmp(at, marks[i], strlen(marks[i])) == 0)
                memset(at, ' ', strlen(marks[i]));
}

/* Ends the text where details begin that no headline needs. */
static void drop_tail(char text[])
{
    static const char *const tails[] = {" @", " with Radeon", " w/ Radeon", ", altivec"};
    for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++) {
        char *tail = strstr(text, tails[i]);
        if (tail && tail > text)
            *tail = '\0';
    }
}

static struct words split(char text[])
{
    struct words words = {0};
    char *rest = NULL;
    for (char *word = strtok_r(text, " \t\n", &rest); word && words.count < WORDS_MAX;
         word = strtok_r(NULL, " \t\n", &rest))
        words.word[words.count++] = word;
    return words;
}

static bool ends_with(const char *word, const char *end)
{
    size_t length = strlen(word), wanted = strlen(end);
    return length > wanted && strcasecmp(word + length - wanted, end) == 0;
}

static bool is_one_of(const char *word, size_t count, const char *const list[])
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, list[i]) == 0)
            return true;
    return false;
}

/* Whether word `i` is one of those that stand in every brand and say nothing. */
static bool is_filler(const struct words *words, size_t i)
{
    static const char *const fillers[] = {"Processor", "APU", "SOC", "(architected)"};
    const char *word = words->word[i];
    bool follows_virtual = i > 0 && strcmp(words->word[i - 1], "Virtual") == 0;
    if (strcmp(word, "CPU") == 0)
        return !follows_virtual;
    if (i + 1 < words->count && strcmp(words->word[i + 1], "Gen") == 0)
        return isdigit((unsigned char)word[0]);
    if (strcmp(word, "Gen") == 0 && i > 0)
        return isdigit((unsigned char)words->word[i - 1][0]);
    return is_one_of(word, sizeof fillers / sizeof fillers[0], fillers) ||
           ends_with(word, "-Core") || ends_with(word, "GHz") || ends_with(word, "MHz");
}

static void drop_fillers(struct words *words)
{
    struct words kept = {0};
    for (size_t i = 0; i < words->count; i++)
        if (!is_filler(words, i))
            kept.word[kept.count++] = words->word[i];
    *words = kept;
}

/* The families that everybody knows without the vendor's name. */
static bool is_family(const char *word)
{
    static const char *const families[] = {"Core", "Xeon", "Pentium", "Celeron", "Atom",
        "EPYC", "Ryzen", "Opteron", "Athlon", "Phenom"};
    return is_one_of(word, sizeof families / sizeof families[0], families);
}

static void join(const struct words *words, size_t first, size_t size, char text[])
{
    text[0] = '\0';
    for (size_t i = first; i < words->count; i++) {
        size_t length = strlen(text);
        if (i > first && length + 1 < size)
            text_copy(size - length, text + length, " ");
        length = strlen(text);
        text_copy(size - length, text + length, words->word[i]);
    }
}

void brand_tidy(const char *brand, size_t size, char text[])
{
    char copy[BRAND_MAX];
    text_copy(sizeof copy, copy, brand);
    drop_marks(copy);
    drop_tail(copy);
    struct words words = split(copy);
    drop_fillers(&words);
    bool known = words.count > 2 && is_family(words.word[1]);
    join(&words, known ? 1 : 0, size, text);
    if (text[0] != '\0')
        return;
    text_copy(sizeof copy, copy, brand); /* all of it was filler: better than nothing */
    words = split(copy);
    join(&words, 0, size, text);
}

/* Whether the first word of `text` (which ends at a blank or a bracket) stands in the
 * brand. */
static bool brand_says(const char *brand, const char *text)
{
    char word[BRAND_MAX];
    text_copy(sizeof word, word, text);
    word[strcspn(word, " ()")] = '\0';
    return word[0] != '\0' && strstr(brand, word);
}

void brand_codename(const char *codename, const char *brand, size_t size, char text[])
{
    const char *open = strchr(codename, '('), *close = open ? strchr(open, ')') : NULL;
    text_copy(size, text, codename);
    if (strncmp(codename, "Unknown", 7) == 0)
        text[0] = '\0';
    if (!close)
        return;
    if (!brand_says(brand, open + 1) && brand_says(brand, codename)) {
        text_copy(size, text, open + 1);
        text[strcspn(text, ")")] = '\0';
    } else if (brand_says(brand, open + 1)) {
        size_t length = (size_t)(open - codename);
        while (length > 0 && codename[length - 1] == ' ')
            length--;
        text[length < size ? length : size - 1] = '\0';
    }
}
