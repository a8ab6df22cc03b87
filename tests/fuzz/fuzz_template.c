// SPDX-License-Identifier: MIT
/* Commands with placeholders, and items.  The first byte has the settings; then come
 * words, each ended by a NUL, an empty one, and items likewise.  Or all that follows is
 * cut into items, in two pieces. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "workload/items.h"
#include "workload/quote.h"
#include "workload/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WORDS_MAX = 64 };
enum { SHELL = 1, CUT = 2, COLUMNS = 4, SEVERAL = 8, FISH = 16, CSH = 32, NUL = 64 };

static void check(bool holds)
{
    if (!holds)
        abort();
}

static int count_bytes(void *data, const char *item, size_t size)
{
    check(size <= ITEMS_LENGTH_MAX && (size == 0 || item));
    *(size_t *)data += size + 1;
    return 0;
}

/* What it comes to, and in how many items, is the same however it comes. */
static void try_cutting(const uint8_t *data, size_t size, bool nul)
{
    size_t bytes[2] = {0};
    int64_t counts[2];
    int errors[2];
    for (int i = 0; i < 2; i++) {
        struct items_cutter cutter = {.nul = nul};
        struct fault fault;
        size_t first = i == 0 ? size : size / 2;
        const char *text = (const char *)data;
        errors[i] = items_cut(&cutter, first, text, count_bytes, &bytes[i], &fault);
        if (errors[i] == 0)
            errors[i] = items_cut(
                &cutter, size - first, text + first, count_bytes, &bytes[i], &fault);
        if (errors[i] == 0)
            errors[i] = items_cut_end(&cutter, count_bytes, &bytes[i], &fault);
        counts[i] = cutter.count;
        items_cutter_finish(&cutter);
    }
    check(errors[0] == errors[1] && counts[0] == counts[1] && bytes[0] == bytes[1]);
    check(errors[0] != 0 || bytes[0] <= size + 1);
}

/* The rules of a POSIX shell for a word that is quoted, of which nothing may be left. */
static bool reads_as(const char *quoted, size_t size, const char *word)
{
    bool within = false;
    for (size_t i = 0; i < size; i++) {
        if (quoted[i] == '\'') {
            within = !within;
            continue;
        }
        if (!within && (quoted[i] != '\\' || ++i == size))
            return false;
        if (quoted[i] != *word++)
            return false;
    }
    return !within && !*word;
}

static void try_quoting(const char *item)
{
    struct bytes bytes = {0};
    quote_word(QUOTE_POSIX, strlen(item), item, &bytes);
    check(reads_as(bytes.data, bytes.size, item));
    bytes_finish(&bytes);
    char small[8], large[32];
    const struct items_task task = {.count = 1, .texts = &item};
    template_quote(item, sizeof small, small);
    check(strlen(small) < sizeof small);
    check(quote_is_shown(strlen(small), small));
    items_describe(&task, sizeof large, large);
    for (const char *at = large; *at; at++)
        check((unsigned char)*at >= ' ' && *at != 0x7f);
}

/* Texts ended by a NUL, up to an empty one or the end. */
static size_t split(char **text, const char *end, char *words[])
{
    size_t count = 0;
    while (*text < end && **text && count < WORDS_MAX) {
        words[count++] = *text;
        *text += strlen(*text) + 1;
    }
    if (*text < end)
        ++*text;
    return count;
}

static bool is_among(const char *item, char *const words[])
{
    for (size_t i = 0; words[i]; i++)
        if (strcmp(words[i], item) == 0)
            return true;
    return false;
}

static void check_words(const struct template_setup *setup,
    const struct template_task *task, char *const words[])
{
    size_t length = strlen("{}");
    for (size_t i = 0; !setup->shell && i < setup->word_count; i++)
        if (strcmp(setup->words[i], "{}") == 0 && !setup->separator)
            for (size_t j = 0; j < task->item_count; j++)
                check(is_among(task->items[j], words));
    for (size_t i = 0; words[i]; i++)
        length += strlen(words[i]) + 1;
    check(!setup->shell || (strcmp(words[1], "-c") == 0 && words[2] && !words[3]));
    check(length <= 7 << 20);
}

static void try_template(
    const struct template_setup *setup, const struct template_task *task)
{
    struct template *template;
    struct fault fault = {0};
    char text[64], **words;
    int column = 0;
    if (template_create(setup, &template, &fault) < 0) {
        check(fault.kind == FAULT_INPUT && fault.text[0]);
        return;
    }
    template_describe(template, sizeof text, text);
    int error = template_expand(template, task, &words, &column);
    check(error == 0 || error == -E2BIG || (error == -EINVAL && column > 0));
    if (error == 0) {
        check_words(setup, task, words);
        free(words);
    }
    template_destroy(template);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    if (data[0] & CUT) {
        try_cutting(data + 1, size - 1, data[0] & NUL);
        return 0;
    }
    char *text = memory_new(size, 1), *at = text, *words[WORDS_MAX], *items[WORDS_MAX];
    memcpy(text, data + 1, size - 1);
    const char *end = text + size - 1;
    const struct template_setup setup = {
        .word_count = split(&at, end, words),
        .words = words,
        .shell = data[0] & SHELL,
        .shell_path = data[0] & FISH  ? "/bin/fish"
                      : data[0] & CSH ? "/bin/csh"
                                      : "/bin/sh",
        .separator = data[0] & COLUMNS ? "," : NULL,
        .max_args = data[0] & SEVERAL ? 3 : 1,
    };
    const struct template_task task = {.item_count = split(&at, end, items),
        .items = (const char *const *)items,
        .number = 1,
        .slot = 1};
    for (size_t i = 0; i < task.item_count; i++)
        try_quoting(items[i]);
    try_template(&setup, &task);
    free(text);
    return 0;
}
