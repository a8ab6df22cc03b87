// SPDX-License-Identifier: MIT
#include "workload/quote.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/* What can be open in a script, beside the characters that open it. */
enum { ANSI = 'a', COMMENT = '#', SUM = '+' };

int quote_kind_of(const char *path, enum quote_kind *ret_kind)
{
    static const struct {
        const char *name;
        enum quote_kind kind;
    } shells[] = {{"sh", QUOTE_POSIX}, {"bash", QUOTE_POSIX}, {"rbash", QUOTE_POSIX},
        {"dash", QUOTE_POSIX}, {"ash", QUOTE_POSIX}, {"busybox", QUOTE_POSIX},
        {"zsh", QUOTE_POSIX}, {"ksh", QUOTE_POSIX}, {"mksh", QUOTE_POSIX},
        {"lksh", QUOTE_POSIX}, {"oksh", QUOTE_POSIX}, {"pdksh", QUOTE_POSIX},
        {"yash", QUOTE_POSIX}, {"posh", QUOTE_POSIX}, {"fish", QUOTE_FISH},
        {"csh", QUOTE_CSH}, {"tcsh", QUOTE_CSH}};
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        size_t length = strlen(shells[i].name);
        if (strncmp(name, shells[i].name, length) == 0 &&
            strspn(name + length, "-.0123456789") == strlen(name + length)) {
            *ret_kind = shells[i].kind;
            return 0;
        }
    }
    return -EINVAL;
}

/* What stands for that character within single quotes; NULL: itself. */
static const char *escape_of(enum quote_kind kind, char character)
{
    if (character == '\'')
        return kind == QUOTE_FISH ? "\\'" : "'\\''";
    if (kind == QUOTE_FISH && character == '\\')
        return "\\\\";
    if (kind == QUOTE_CSH && character == '!')
        return "'\\!'";
    if (kind == QUOTE_CSH && character == '\n')
        return "\\\n";
    return NULL;
}

void quote_word(enum quote_kind kind, size_t size, const char word[], struct bytes *bytes)
{
    bytes_add(bytes, 1, "'");
    for (size_t i = 0; i < size; i++) {
        const char *escape = escape_of(kind, word[i]);
        if (escape)
            bytes_add_text(bytes, escape);
        else
            bytes_add(bytes, 1, &word[i]);
    }
    bytes_add(bytes, 1, "'");
}

/* How many bytes a character at `text` has that a line can show; 0: it is none. */
static size_t shown_character(size_t size, const char text[])
{
    size_t step = utf8_character(size, text);
    unsigned char first = (unsigned char)text[0];
    bool is_control = step == 1 && (first < ' ' || first == 0x7f);
    bool is_c1 = step == 2 && first == 0xc2 && (unsigned char)text[1] < 0xa0;
    return is_control || is_c1 ? 0 : step;
}

bool quote_is_shown(size_t size, const char word[])
{
    size_t at = 0, step;
    while (at < size && (step = shown_character(size - at, word + at)) > 0)
        at += step;
    return at == size;
}

/* Escapes of a letter, and the bytes they stand for. */
static const char escape_letters[] = "tnr", escape_bytes[] = "\t\n\r";

void quote_escaped(size_t size, const char word[], struct bytes *bytes)
{
    bytes_add_text(bytes, "$'");
    for (size_t at = 0, step; at < size; at += step) {
        char escape[5] = {'\\', word[at]};
        const char *byte = word[at] ? strchr(escape_bytes, word[at]) : NULL;
        step = shown_character(size - at, word + at);
        if (step > 0 && word[at] != '\'' && word[at] != '\\') {
            bytes_add(bytes, step, word + at);
            continue;
        }
        if (byte)
            escape[1] = escape_letters[byte - escape_bytes];
        else if (step == 0)
            snprintf(escape + 1, 4, "%03o", (unsigned char)word[at]);
        bytes_add_text(bytes, escape);
        step = 1;
    }
    bytes_add_text(bytes, "'");
}

size_t quote_unescape(const char text[], char *ret_byte)
{
    const char *letter = *text ? strchr(escape_letters, *text) : NULL;
    unsigned byte = 0;
    size_t digits = 0;
    for (; digits < 3 && text[digits] >= '0' && text[digits] <= '7'; digits++)
        byte = byte * 8 + (unsigned)(text[digits] - '0');
    if (letter)
        *ret_byte = escape_bytes[letter - escape_letters];
    else if (byte > 0 && byte <= 0xff)
        *ret_byte = (char)byte;
    else if (*text && strchr("'\"\\", *text))
        *ret_byte = *text;
    else
        return 0;
    return digits > 0 ? digits : 1;
}

void quote_scan_init(struct quote_scan *scan, enum quote_kind kind, const char *script)
{
    *scan = (struct quote_scan){.kind = kind, .cases = strstr(script, "esac")};
}

static char innermost(const struct quote_scan *scan)
{
    return scan->depth > 0 ? scan->within[scan->depth - 1] : '\0';
}

static void enter(struct quote_scan *scan, char what)
{
    if (scan->depth == QUOTE_DEPTH || (scan->cases && what == '('))
        scan->lost = true;
    else
        scan->within[scan->depth++] = what;
}

/* "<<" of a here-document; not "<<<", behind which is one word. */
static void note_here(struct quote_scan *scan, char character)
{
    if (character == '\n' && scan->here == 1)
        scan->here = 2;
    else if (character == '<' && scan->before == '<' && scan->here < 2)
        scan->here = scan->before_that != '<' && innermost(scan) != SUM;
}

static bool begins_comment(const struct quote_scan *scan, char character)
{
    return character == '#' && (!scan->before || strchr(" \t\n;&|(", scan->before));
}

static void read_parenthesis(struct quote_scan *scan, char character)
{
    if (character == ')') {
        scan->depth -= scan->depth > 0;
    } else if (innermost(scan) == '(' && scan->before == '(') {
        scan->within[scan->depth - 1] = SUM;
        enter(scan, SUM);
    } else {
        enter(scan, innermost(scan) == SUM ? SUM : '(');
    }
}

static void read_bare(struct quote_scan *scan, char character)
{
    note_here(scan, character);
    if (character == '\\')
        scan->escaped = true;
    else if (character == '\'' && scan->before == '$' && scan->kind == QUOTE_POSIX)
        enter(scan, ANSI);
    else if (character == '\'' || character == '"')
        enter(scan, character);
    else if (character == '`' && scan->kind != QUOTE_FISH)
        enter(scan, character);
    else if (begins_comment(scan, character))
        enter(scan, COMMENT);
    else if (character == '(' || character == ')')
        read_parenthesis(scan, character);
}

static void read_double(struct quote_scan *scan, char character)
{
    bool dollar = scan->before == '$' && scan->kind != QUOTE_CSH;
    if (character == '\\' && scan->kind != QUOTE_CSH)
        scan->escaped = true;
    else if (character == '"')
        scan->depth--;
    else if (character == '`' && scan->kind != QUOTE_FISH)
        enter(scan, character);
    else if (dollar && (character == '(' || character == '{'))
        enter(scan, character);
}

/* What is within to its end, without looking at anything else. */
static void read_rest(struct quote_scan *scan, char character, char within)
{
    bool escapes = within == '`' || within == ANSI || within == '{' ||
                   (within == '\'' && scan->kind == QUOTE_FISH);
    char end = within == COMMENT ? '\n' : within == '{' ? '}' : within;
    if (within == ANSI)
        end = '\'';
    if (escapes && character == '\\')
        scan->escaped = true;
    else if (character == end)
        scan->depth--;
    else if (within == '{' && strchr("'\"`({", character))
        scan->lost = true;
    if (within == COMMENT)
        note_here(scan, character == '\n' ? '\n' : ' ');
}

static void read_one(struct quote_scan *scan, char character)
{
    char within = innermost(scan);
    bool escaped = scan->escaped;
    scan->escaped = false;
    if (escaped)
        ;
    else if (within == '"')
        read_double(scan, character);
    else if (within == '\0' || within == '(' || within == SUM)
        read_bare(scan, character);
    else
        read_rest(scan, character, within);
    scan->before_that = scan->before;
    scan->before = escaped ? 1 : character;
}

void quote_scan_read(struct quote_scan *scan, size_t size, const char part[])
{
    for (size_t i = 0; i < size; i++)
        read_one(scan, part[i]);
}

/* Something around this place that cannot be seen through. */
static bool is_hidden(const struct quote_scan *scan)
{
    for (int i = 0; i < scan->depth; i++)
        if (scan->within[i] == '`' || scan->within[i] == '{')
            return true;
    return scan->lost || scan->escaped || scan->here == 2;
}

enum quote_place quote_scan_place(const struct quote_scan *scan)
{
    if (is_hidden(scan))
        return QUOTE_NOWHERE;
    switch (innermost(scan)) {
    case '\0':
    case '(':
        return scan->before == '$' ? QUOTE_NOWHERE : QUOTE_BARE;
    case SUM:
        return scan->before == '$' ? QUOTE_NOWHERE : QUOTE_SUM;
    case '\'':
        return QUOTE_SINGLE;
    case '"':
        return scan->before == '$' ? QUOTE_NOWHERE : QUOTE_DOUBLE;
    default:
        return QUOTE_NOWHERE;
    }
}

static bool is_number(size_t size, const char word[])
{
    for (size_t i = 0; i < size; i++)
        if (word[i] < '0' || word[i] > '9')
            return false;
    return size > 0;
}

void quote_in_place(enum quote_kind kind, enum quote_place place, size_t size,
    const char word[], struct bytes *bytes)
{
    const char *around = place == QUOTE_SINGLE ? "'" : place == QUOTE_DOUBLE ? "\"" : "";
    bytes_add_text(bytes, around);
    if (place == QUOTE_SUM && is_number(size, word))
        bytes_add(bytes, size, word);
    else
        quote_word(kind, size, word, bytes);
    bytes_add_text(bytes, around);
}
