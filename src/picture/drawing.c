// SPDX-License-Identifier: MIT
#include "picture/drawing.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

/* A text that does not fit must still be too long where it was cut. */
enum { TEXT_SIZE = 1024, MARGIN = 8 };

static const double LEADING = 1.3;

static const double TAIL_SHARE =
    0.5; /* of a width, at most: what stays of a text's end */

static const char ELLIPSIS[] = "…";

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

/* Of a character of three or four bytes: the last two of each plane, and 32 more, which
 * are "noncharacters" to Unicode, and an error to cairo. */
static bool is_none(size_t size, const char text[])
{
    const unsigned char *bytes = (const unsigned char *)text;
    if (size == 4)
        return (bytes[1] & 0xf) == 0xf && bytes[2] == 0xbf && bytes[3] >= 0xbe;
    return size == 3 && bytes[0] == 0xef &&
           ((bytes[1] == 0xbf && bytes[2] >= 0xbe) ||
               (bytes[1] == 0xb7 && bytes[2] >= 0x90 && bytes[2] <= 0xaf));
}

/* C0 and C1. */
static bool is_control(size_t size, const char text[])
{
    const unsigned char *bytes = (const unsigned char *)text;
    return bytes[0] < ' ' || bytes[0] == 0x7f ||
           (size == 2 && bytes[0] == 0xc2 && bytes[1] < 0xa0);
}

/* How many bytes can be taken over as they are. */
static size_t find_good(size_t left, const char text[])
{
    size_t size = utf8_character(left, text);
    return is_control(size, text) || is_none(size, text) ? 0 : size;
}

void drawing_clean(size_t size, char cleaned[], const char *text)
{
    size_t left = strlen(text), length = 0, end = 0;
    while (left > 0) {
        size_t good = find_good(left, text), whole = utf8_character(left, text);
        size_t taken = good > 0 ? good : 1;
        if (length + taken >= size) {
            strcpy(cleaned + end, ELLIPSIS);
            return;
        }
        memcpy(cleaned + length, good > 0 ? text : "?", taken);
        length += taken;
        if (length + sizeof ELLIPSIS <= size)
            end = length;
        text += whole > 0 ? whole : 1;
        left -= whole > 0 ? whole : 1;
    }
    cleaned[length] = '\0';
}

void drawing_text(
    const struct drawing *drawing, const struct drawing_text *place, const char *text)
{
    char cleaned[TEXT_SIZE];
    drawing_clean(sizeof cleaned, cleaned, text);
    if (*cleaned)
        drawing->ops->text(drawing->self, place, cleaned);
}

void drawing_format(const struct drawing *drawing, const struct drawing_text *place,
    const char *format, ...)
{
    char text[TEXT_SIZE + MARGIN];
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
    drawing_clean(sizeof cleaned, cleaned, text);
    return *cleaned ? drawing->ops->extent(drawing->self, place, cleaned) : 0;
}

/* By the blocks of Unicode: from Hebrew to the last of the Indic scripts and their
 * neighbours, and the forms of presentation of the first of them. */
static bool is_plain(unsigned character)
{
    static const struct {
        unsigned first, last;
    } complex[] = {{0x590, 0xe7f}, {0xf00, 0x109f}, {0x1780, 0x18af}, {0xfb1d, 0xfdff},
        {0xfe70, 0xfefe}, {0x10800, 0x10fff}, {0x1e800, 0x1eeff}};
    for (size_t i = 0; i < sizeof complex / sizeof *complex; i++)
        if (character >= complex[i].first && character <= complex[i].last)
            return false;
    return true;
}

/* The one at the beginning of a clean text, of that many bytes. */
static unsigned decode(size_t size, const char text[])
{
    const unsigned char *bytes = (const unsigned char *)text;
    unsigned character = size == 1 ? bytes[0] : bytes[0] & (0x7fu >> size);
    for (size_t i = 1; i < size; i++)
        character = character << 6 | (bytes[i] & 0x3f);
    return character;
}

bool drawing_has(
    const struct drawing *drawing, const struct drawing_text *place, const char *text)
{
    char cleaned[TEXT_SIZE];
    drawing_clean(sizeof cleaned, cleaned, text);
    for (size_t i = 0, size = 0; cleaned[i]; i += size) {
        size = utf8_character(strlen(cleaned + i), cleaned + i);
        if (!is_plain(decode(size, cleaned + i)))
            return false;
    }
    return !*cleaned || drawing->ops->has(drawing->self, place, cleaned);
}

/* Where the character begins that has the byte at `place`. */
static size_t find_start(const char text[], size_t place)
{
    while (place > 0 && ((unsigned char)text[place] & 0xc0) == 0x80)
        place--;
    return place;
}

static bool fits(const struct drawing *drawing, const struct drawing_text *place,
    double width, const char *text)
{
    return drawing_extent(drawing, place, text) <= width;
}

/* The length of the longest beginning of a clean text that is no wider than `width` with
 * `ending` behind it; 0 if none is. */
static size_t find_cut(const struct drawing *drawing, const struct drawing_text *place,
    double width, const char text[], const char *ending)
{
    size_t low = 0, high = strlen(text);
    while (low < high) {
        char cut[TEXT_SIZE + MARGIN];
        size_t middle = find_start(text, low + (high - low) / 2);
        if (middle == low)
            middle = low + utf8_character(high - low, text + low);
        snprintf(cut, sizeof cut, "%.*s%s", (int)middle, text, ending);
        if (fits(drawing, place, width, cut))
            low = middle;
        else if (middle < high)
            high = middle;
        else
            break;
    }
    return low;
}

void drawing_text_within(const struct drawing *drawing, const struct drawing_text *place,
    double width, const char *text)
{
    char cleaned[TEXT_SIZE], cut[TEXT_SIZE + MARGIN];
    drawing_clean(sizeof cleaned, cleaned, text);
    if (fits(drawing, place, width, cleaned)) {
        drawing_text(drawing, place, cleaned);
        return;
    }
    size_t length = find_cut(drawing, place, width, cleaned, ELLIPSIS);
    while (length > 0 && cleaned[length - 1] == ' ')
        length--;
    snprintf(cut, sizeof cut, "%.*s%s", (int)length, cleaned, ELLIPSIS);
    if (length > 0)
        drawing_text(drawing, place, cut);
}

/* Where the last part of a clean text begins that is to stay: after its last comma, or
 * with as many words as have room in `width`; at its end if that leaves none. */
static size_t find_tail(const struct drawing *drawing, const struct drawing_text *place,
    double width, const char cleaned[])
{
    size_t end = strlen(cleaned), tail = end;
    for (size_t i = end; i > 0; i--) {
        if (cleaned[i - 1] != ' ')
            continue;
        bool comma = i > 1 && cleaned[i - 2] == ',';
        size_t begin = comma ? i - 2 : i - 1;
        if (!fits(drawing, place, width, cleaned + begin))
            return tail;
        tail = begin;
        if (comma)
            return tail;
    }
    return tail;
}

void drawing_text_around(const struct drawing *drawing, const struct drawing_text *place,
    double width, const char *text)
{
    char cleaned[TEXT_SIZE], ending[TEXT_SIZE + MARGIN], cut[2 * TEXT_SIZE + MARGIN];
    drawing_clean(sizeof cleaned, cleaned, text);
    size_t tail = find_tail(drawing, place, TAIL_SHARE * width, cleaned);
    if (cleaned[tail] == '\0' || fits(drawing, place, width, cleaned)) {
        drawing_text_within(drawing, place, width, cleaned);
        return;
    }
    snprintf(ending, sizeof ending, "%s%s", ELLIPSIS, cleaned + tail);
    cleaned[tail] = '\0';
    size_t length = find_cut(drawing, place, width, cleaned, ending);
    while (length > 0 && cleaned[length - 1] == ' ')
        length--;
    snprintf(cut, sizeof cut, "%.*s%s", (int)length, cleaned, ending);
    drawing_text(drawing, place, cut);
}

double drawing_leading(const struct drawing_text *place)
{
    return LEADING * place->size;
}

/* The same of a word that is wider than a line, but one character at least. */
static size_t break_word(const struct drawing *drawing, const struct drawing_text *place,
    double width, const char *word)
{
    size_t length = find_cut(drawing, place, width, word, "");
    return length > 0 ? length : utf8_character(strlen(word), word);
}

/* The length of the longest beginning that ends between words and is no wider. */
static size_t find_break(const struct drawing *drawing, const struct drawing_text *place,
    double width, const char *text)
{
    size_t length = 0, end = strcspn(text, " ");
    for (;;) {
        char line[TEXT_SIZE];
        snprintf(line, sizeof line, "%.*s", (int)end, text);
        if (!fits(drawing, place, width, line))
            return length > 0 ? length : break_word(drawing, place, width, line);
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
    drawing_clean(sizeof cleaned, cleaned, text);
    const char *rest = cleaned + strspn(cleaned, " ");
    for (; *rest && count < lines; count++) {
        size_t length = find_break(drawing, place, width, rest);
        bool is_last = count + 1 == lines;
        char line[TEXT_SIZE];
        snprintf(line, sizeof line, "%.*s", is_last ? TEXT_SIZE - 1 : (int)length, rest);
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

double drawing_paragraph_narrowest(const struct drawing *drawing,
    const struct drawing_text *place, double width, int lines, const char *text)
{
    int count = drawing_paragraph_lines(drawing, place, width, lines + 1, text);
    double low = 0, high = width;
    if (count < 2 || count > lines)
        return width;
    while (high - low > place->size / 2) {
        double middle = (low + high) / 2;
        if (drawing_paragraph_lines(drawing, place, middle, count + 1, text) > count)
            low = middle;
        else
            high = middle;
    }
    return high;
}
