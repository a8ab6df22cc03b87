// SPDX-License-Identifier: MIT
#include "report/columns.h"

#include <assert.h>
#include <string.h>

#include "report/paragraph.h"

enum { INDENT = 2, TEXT_LEAST = 24 };

static bool is_end_of_character(const char *text)
{
    return (text[1] & 0xc0) != 0x80;
}

/* The bytes of a word that is too long for `width` columns which go into them. */
static size_t part_length(const char *text, int width)
{
    size_t length = 0, last = 0;
    for (int columns = 0; (columns < width || columns == 0) && text[length]; length++) {
        if (text[length] == '/' || text[length] == ',')
            last = length + 1;
        columns += is_end_of_character(text + length);
    }
    return last > 0 ? last : length;
}

/* The bytes of a text, which begins with a word, that go into a line. */
static size_t line_length(const char *text, int width)
{
    size_t length = 0, word = paragraph_word(text), end = word;
    while (word > 0 && paragraph_columns(end, text) <= width) {
        length = end;
        end += strspn(text + length, " \n");
        word = paragraph_word(text + end);
        end += word;
    }
    return length > 0 ? length : part_length(text, width);
}

static void print_piece(FILE *out, size_t length, const char text[])
{
    for (size_t i = 0; i < length; i++)
        fputc(text[i] == '\n' ? ' ' : text[i], out);
}

/* Prints the next line of all cells, and goes on in each of them.  Returns whether there
 * is more. */
static bool print_line(
    FILE *out, size_t count, const struct column columns[], const char *cells[])
{
    int blanks = 0;
    bool has_more = false;
    for (size_t i = 0; i < count; i++) {
        size_t length = line_length(cells[i], columns[i].width);
        int left = columns[i].width - paragraph_columns(length, cells[i]);
        if (length > 0) {
            fprintf(out, "%*s", blanks + (columns[i].right ? left : 0), "");
            print_piece(out, length, cells[i]);
            blanks = columns[i].right ? 0 : left;
        } else {
            blanks += columns[i].width;
        }
        blanks += COLUMNS_GAP;
        cells[i] += length;
        cells[i] += strspn(cells[i], " \n");
        has_more = has_more || *cells[i];
    }
    fputc('\n', out);
    return has_more;
}

void columns_print(
    FILE *out, size_t count, const struct column columns[], const char *const cells[])
{
    const char *rest[COLUMNS_MAX] = {0};
    assert(count <= COLUMNS_MAX);
    for (size_t i = 0; i < count; i++)
        rest[i] = cells[i] + strspn(cells[i], " \n");
    while (print_line(out, count, columns, rest))
        continue;
}

void columns_print_pair(
    FILE *out, int width, int label_width, const char *label, const char *text)
{
    int beside = width - label_width - COLUMNS_GAP;
    if (beside >= TEXT_LEAST) {
        columns_print(out, 2, (struct column[]){{label_width, false}, {beside, false}},
            (const char *[]){label, text});
        return;
    }
    if (*label)
        columns_print(out, 1, (struct column[]){{width, false}}, (const char *[]){label});
    columns_print(out, 2,
        (struct column[]){{INDENT - COLUMNS_GAP, false}, {width - INDENT, false}},
        (const char *[]){"", text});
}

int columns_widest(int width, const char *text)
{
    int columns = paragraph_columns(strlen(text), text);
    return columns > width ? columns : width;
}
