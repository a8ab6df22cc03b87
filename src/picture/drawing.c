// SPDX-License-Identifier: MIT
#include "picture/drawing.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

enum { TEXT_SIZE = 1024 };

static const double LEADING = 1.3;

void drawing_box(
    const struct drawing *drawing, const struct drawing_box *box, enum ink ink)
{
    if (box->width > 0 && box->height > 0)
        drawing->ops->box(drawing->self, box, ink);
}

void drawing_line(const struct drawing *drawing, size_t count,
    const struct drawing_point points[], double width, enum ink ink)
{
    if (count > 1)
        drawing->ops->line(drawing->self, count, points, width, ink);
}

void drawing_area(const struct drawing *drawing, size_t count,
    const struct drawing_point points[], enum ink ink)
{
    if (count > 2)
        drawing->ops->area(drawing->self, count, points, ink);
}

/* What can be drawn of a text of any bytes. */
static void clean(const char *text, char cleaned[TEXT_SIZE])
{
    size_t left = strlen(text), length = 0;
    while (left > 0) {
        size_t size = utf8_character(left, text);
        bool good = size > 0 && (unsigned char)*text >= ' ' && *text != 0x7f;
        if (length + (good ? size : 1) >= TEXT_SIZE)
            break;
        if (good)
            memcpy(cleaned + length, text, size);
        else
            cleaned[length] = '?';
        length += good ? size : 1;
        text += good ? size : 1;
        left -= good ? size : 1;
    }
    cleaned[length] = '\0';
}

void drawing_text(
    const struct drawing *drawing, const struct drawing_text *place, const char *text)
{
    char cleaned[TEXT_SIZE];
    clean(text, cleaned);
    if (*cleaned)
        drawing->ops->text(drawing->self, place, cleaned);
}

void drawing_format(const struct drawing *drawing, const struct drawing_text *place,
    const char *format, ...)
{
    char text[TEXT_SIZE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    drawing_text(drawing, place, text);
}

double drawing_extent(
    const struct drawing *drawing, const struct drawing_text *place, const char *text)
{
    char cleaned[TEXT_SIZE];
    clean(text, cleaned);
    return *cleaned ? drawing->ops->extent(drawing->self, place, cleaned) : 0;
}

/* Takes the last character away. */
static void shorten(char text[])
{
    size_t length = strlen(text);
    while (length > 0 && ((unsigned char)text[length - 1] & 0xc0) == 0x80)
        length--;
    text[length > 0 ? length - 1 : 0] = '\0';
}

void drawing_text_within(const struct drawing *drawing, const struct drawing_text *place,
    double width, const char *text)
{
    char kept[TEXT_SIZE], cut[TEXT_SIZE + 4];
    clean(text, kept);
    snprintf(cut, sizeof cut, "%s", kept);
    while (*kept && drawing_extent(drawing, place, cut) > width) {
        shorten(kept);
        snprintf(cut, sizeof cut, "%s…", kept);
    }
    if (*kept)
        drawing_text(drawing, place, cut);
}

double drawing_leading(const struct drawing_text *place)
{
    return LEADING * place->size;
}

/* The length of the longest beginning that ends between words and is no wider; of a word
 * that alone is wider, all of it. */
static size_t find_break(const struct drawing *drawing, const struct drawing_text *place,
    double width, const char *text)
{
    size_t length = 0, end = strcspn(text, " ");
    for (;;) {
        char line[TEXT_SIZE];
        snprintf(line, sizeof line, "%.*s", (int)end, text);
        if (length > 0 && drawing_extent(drawing, place, line) > width)
            return length;
        length = end;
        if (text[end] == '\0')
            return length;
        end += 1 + strcspn(text + end + 1, " ");
    }
}

static int break_lines(const struct drawing *drawing, const struct drawing_text *place,
    double width, int lines, const char *text, bool drawn)
{
    struct drawing_text at = *place;
    char cleaned[TEXT_SIZE];
    int count = 0;
    clean(text, cleaned);
    const char *rest = cleaned;
    for (; *rest && count < lines; count++) {
        size_t length = find_break(drawing, place, width, rest);
        bool is_last = count + 1 == lines;
        char line[TEXT_SIZE];
        snprintf(line, sizeof line, "%.*s", is_last ? TEXT_SIZE : (int)length, rest);
        if (drawn)
            drawing_text_within(drawing, &at, width, line);
        at.y += drawing_leading(place);
        rest += length + strspn(rest + length, " ");
    }
    return count;
}

int drawing_paragraph(const struct drawing *drawing, const struct drawing_text *place,
    double width, int lines, const char *text)
{
    return break_lines(drawing, place, width, lines, text, true);
}

int drawing_paragraph_lines(const struct drawing *drawing,
    const struct drawing_text *place, double width, int lines, const char *text)
{
    return break_lines(drawing, place, width, lines, text, false);
}
