// SPDX-License-Identifier: MIT
#include "report/markdown_text.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/words_items.h"
#include "report/date.h"
#include "report/paragraph.h"

enum { WIDTH = 78, INDENT = 2 };

/* Without what no line may have.  Caller frees. */
static char *clean(const char *text)
{
    size_t size = strlen(text) + 1;
    char *spaced = text_duplicate(text), *result = memory_new(size, 1);
    for (char *c = spaced; *c; c++)
        if (*c == '\n' || *c == '\r' || *c == '\v' || *c == '\f')
            *c = ' ';
    words_clean(size - 1, spaced, size, result);
    free(spaced);
    return result;
}

/* An underscore between letters is one, and < begins nothing where no name follows. */
static bool has_meaning(const char *text, const char *c)
{
    unsigned char next = (unsigned char)c[1];
    if (*c == '_')
        return c == text || !isalnum((unsigned char)c[-1]) || !isalnum(next);
    if (*c == '&')
        return isalnum(next) || next == '#';
    if (*c == '<')
        return isalpha(next) || (next != '\0' && strchr("/!?", next));
    return strchr("\\`*[~$", *c) != NULL;
}

/* With `marks` escaped as well. */
static char *escape(const char *text, const char *marks)
{
    char *cleaned = clean(text), *result = memory_new(2 * strlen(cleaned) + 1, 1);
    char *end = result;
    for (const char *c = cleaned; *c; c++) {
        if (has_meaning(cleaned, c) || strchr(marks, *c))
            *end++ = '\\';
        *end++ = *c;
    }
    free(cleaned);
    return result;
}

char *markdown_escape(const char *text)
{
    return escape(text, "");
}

char *markdown_cell(const char *text)
{
    return escape(text, "|");
}

/* One back-quote more than there are in a row. */
static int find_fence(const char *text)
{
    int most = 0, row = 0;
    for (; *text; text++) {
        row = *text == '`' ? row + 1 : 0;
        most = row > most ? row : most;
    }
    return most + 1;
}

char *markdown_code(const char *text)
{
    char *cleaned = clean(text);
    size_t length = strlen(cleaned);
    int fence = find_fence(cleaned);
    bool is_apart = length > 0 && (cleaned[0] == '`' || cleaned[length - 1] == '`' ||
                                      (cleaned[0] == ' ' && cleaned[length - 1] == ' '));
    const char *gap = is_apart || length == 0 ? " " : "";
    char *quotes = memory_new((size_t)fence + 1, 1);
    memset(quotes, '`', (size_t)fence);
    char *result = text_format("%s%s%s%s%s", quotes, gap, cleaned, gap, quotes);
    free(quotes);
    free(cleaned);
    return result;
}

/* Readers differ in what they make of two backslashes before a pipe. */
char *markdown_cell_code(const char *text)
{
    if (strstr(text, "\\|"))
        return markdown_cell(text);
    char *code = markdown_code(text), *result = memory_new(2 * strlen(code) + 1, 1);
    char *end = result;
    for (const char *c = code; *c; c++) {
        if (*c == '|')
            *end++ = '\\';
        *end++ = *c;
    }
    free(code);
    return result;
}

/* How much of a line stands before what would make something else of it than one of a
 * paragraph: an item, a heading, a quote, what underlines a heading or the head of a
 * table; -1: it has none. */
static int find_mark(size_t length, const char line[])
{
    size_t digits = 0;
    while (digits < length && digits < 10 && isdigit((unsigned char)line[digits]))
        digits++;
    if (digits == length)
        return -1;
    bool is_item = digits + 1 == length || line[digits + 1] == ' ';
    if (digits > 0)
        return is_item && strchr(".)", line[digits]) ? (int)digits : -1;
    bool is_mark = strchr("#>", line[0]) || (is_item && strchr("-+", line[0]));
    return is_mark || strspn(line, "-=:| ") >= length ? 0 : -1;
}

static void print_line(FILE *out, size_t length, const char line[])
{
    int before = find_mark(length, line);
    size_t start = before > 0 ? (size_t)before : 0;
    fprintf(out, "%.*s%s%.*s\n", (int)start, line, before >= 0 ? "\\" : "",
        (int)(length - start), line + start);
}

/* One line of a text, in lines with `indent` blanks from the second on. */
static void print_wrapped(FILE *out, int indent, const char *text)
{
    char *escaped = markdown_escape(text), *lines = NULL;
    size_t size = 0, length;
    FILE *wrapped = memory_need(open_memstream(&lines, &size));
    paragraph_print(wrapped, WIDTH - indent, escaped);
    fclose(wrapped);
    lines = memory_need(lines);
    for (const char *line = lines; *line; line += length + (line[length] != '\0')) {
        length = strcspn(line, "\n");
        if (line != lines)
            fprintf(out, "%*s", indent, "");
        print_line(out, length, line);
    }
    free(lines);
    free(escaped);
}

static bool has_words(const char *text)
{
    return text[strspn(text, " \t\r\n\v\f")] != '\0';
}

void markdown_print(FILE *out, const char *text)
{
    char *copy = text_duplicate(text), *rest = copy, *line;
    while ((line = strsep(&rest, "\n")) != NULL) {
        if (!has_words(line))
            continue;
        print_wrapped(out, 0, line);
        fputc('\n', out);
    }
    free(copy);
}

void markdown_print_item(FILE *out, const char *text)
{
    if (!has_words(text))
        return;
    fprintf(out, "%-*s", INDENT, "-");
    print_wrapped(out, INDENT, text);
}

void markdown_print_heading(FILE *out, int level, const char *text)
{
    char *escaped = markdown_escape(text);
    size_t length = strlen(escaped);
    while (length > 0 && escaped[length - 1] == ' ')
        length--;
    bool is_closing = length > 0 && escaped[length - 1] == '#'; /* would be left out */
    for (; level > 0; level--)
        fputc('#', out);
    fprintf(out, " %.*s%s%s\n\n", (int)(length - is_closing), escaped,
        is_closing ? "\\" : "", is_closing ? "#" : "");
    free(escaped);
}

void markdown_print_date(FILE *out, int64_t started_s)
{
    char date[DATE_SIZE], text[64];
    if (!date_is_known(started_s))
        return;
    date_format(started_s, date);
    snprintf(text, sizeof text, "Measured %.10s %.5s UTC.", date, date + 11);
    markdown_print(out, text);
}

void markdown_print_command(FILE *out, const char *before, const char *command)
{
    char *code = markdown_code(command);
    fprintf(out, "%s%s\n", before, code);
    free(code);
}

void markdown_lines_begin(struct markdown_lines *lines)
{
    *lines = (struct markdown_lines){.text = NULL};
    lines->out = memory_need(open_memstream(&lines->text, &lines->size));
}

void markdown_lines_end(struct markdown_lines *lines, FILE *out)
{
    fclose(lines->out);
    markdown_print(out, memory_need(lines->text));
    free(lines->text);
}
