// SPDX-License-Identifier: MIT
#define NCURSES_WIDECHAR 1
#include "ui/canvas.h"

#include <limits.h>
#include <ncurses.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { TEXT_MAX = 512 };

struct spot {
    struct area cells;
    struct target target;
};

struct canvas {
    WINDOW *window;
    const struct glyphs *glyphs;
    const unsigned long *attributes;
    int cursor_row, cursor_column;
    size_t spot_count;
    void *spots; /* struct spot: cells that stand for something */
};

struct canvas *canvas_create(
    void *window, const struct glyphs *glyphs, const unsigned long attributes[STYLES])
{
    struct canvas *canvas = memory_new(1, sizeof *canvas);
    canvas->window = window;
    canvas->glyphs = glyphs;
    canvas->attributes = attributes;
    return canvas;
}

void canvas_destroy(struct canvas *canvas)
{
    if (canvas)
        free(canvas->spots);
    free(canvas);
}

struct area canvas_area(const struct canvas *canvas)
{
    return (struct area){
        .rows = getmaxy(canvas->window), .columns = getmaxx(canvas->window)};
}

const struct glyphs *canvas_glyphs(const struct canvas *canvas)
{
    return canvas->glyphs;
}

void canvas_clear(struct canvas *canvas)
{
    werase(canvas->window);
    canvas->spot_count = 0;
    canvas_rest(canvas, 0, 0);
}

void canvas_target(
    struct canvas *canvas, struct area cells, enum target_kind kind, int64_t number)
{
    struct spot *spot =
        memory_append(&canvas->spots, canvas->spot_count++, sizeof(struct spot));
    *spot = (struct spot){cells, {kind, number}};
}

static bool is_in(const struct area *cells, int row, int column)
{
    return row >= cells->row && row < cells->row + cells->rows &&
           column >= cells->column && column < cells->column + cells->columns;
}

struct target canvas_target_at(const struct canvas *canvas, int row, int column)
{
    const struct spot *spots = canvas->spots;
    for (size_t i = canvas->spot_count; i > 0; i--)
        if (is_in(&spots[i - 1].cells, row, column))
            return spots[i - 1].target;
    return (struct target){0};
}

/* One character of a text; what cannot be shown is a question mark. */
static size_t next_character(const char *text, mbstate_t *state, wchar_t *ret_character)
{
    size_t length = mbrtowc(ret_character, text, MB_CUR_MAX, state);
    if (length == (size_t)-1 || length == (size_t)-2) {
        memset(state, 0, sizeof *state);
        length = 1;
        *ret_character = L'?';
    }
    if (length > 0 && wcwidth(*ret_character) < 0)
        *ret_character = L'?';
    return length;
}

int canvas_width_of(const char *text)
{
    mbstate_t state = {0};
    wchar_t character;
    size_t length;
    int width = 0;
    while ((length = next_character(text, &state, &character)) > 0) {
        width += wcwidth(character);
        text += length;
    }
    return width;
}

static void put(struct canvas *canvas, int row, int column, enum style style,
    size_t count, const wchar_t characters[])
{
    wattr_set(canvas->window, (attr_t)canvas->attributes[style],
        (short)PAIR_NUMBER(canvas->attributes[style]), NULL);
    mvwaddnwstr(canvas->window, row, column, characters, (int)count);
}

void canvas_field(
    struct canvas *canvas, const struct area *field, enum style style, const char *text)
{
    struct area area = canvas_area(canvas);
    wchar_t characters[TEXT_MAX + 1]; /* ncurses looks behind the last one, too */
    mbstate_t state = {0};
    size_t count = 0, length;
    int at = field->column, column = at, end = at + field->columns;
    if (field->row < 0 || field->row >= area.rows)
        return;
    if (end > area.columns)
        end = area.columns;
    while (count < TEXT_MAX &&
           (length = next_character(text, &state, &characters[count])) > 0) {
        at += wcwidth(characters[count]);
        if (at > end)
            break;
        if (at <= 0)
            column = at;
        else
            count++;
        text += length;
    }
    characters[count] = L'\0';
    if (count > 0)
        put(canvas, field->row, column < 0 ? 0 : column, style, count, characters);
}

void canvas_text(
    struct canvas *canvas, int row, int column, enum style style, const char *text)
{
    struct area field = {row, column, 1, INT_MAX / 2};
    canvas_field(canvas, &field, style, text);
}

void canvas_format(
    struct canvas *canvas, int row, int column, enum style style, const char *format, ...)
{
    char text[TEXT_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    canvas_text(canvas, row, column, style, text);
}

void canvas_right(
    struct canvas *canvas, int row, int end, enum style style, const char *text)
{
    canvas_text(canvas, row, end - canvas_width_of(text), style, text);
}

size_t canvas_words(const char *text, int columns)
{
    size_t fits = 0, length = 0;
    char piece[TEXT_MAX];
    while (text[length] && length < sizeof piece - 1) {
        length += strcspn(text + length, " ");
        if (length >= sizeof piece)
            break;
        memcpy(piece, text, length);
        piece[length] = '\0';
        if (canvas_width_of(piece) > columns)
            break;
        fits = length;
        length += strspn(text + length, " ");
    }
    return fits > 0 ? fits : strcspn(text, " ");
}

int canvas_paragraph(
    struct canvas *canvas, struct area area, enum style style, const char *text)
{
    int lines = 0;
    while (*text && lines < area.rows) {
        bool last = lines + 1 == area.rows;
        size_t length = canvas_words(text, area.columns);
        if (last && text[length])
            length = canvas_words(text, area.columns - 3);
        canvas_format(canvas, area.row + lines++, area.column, style, "%.*s%s",
            (int)length, text, last && text[length] ? "..." : "");
        text += length;
        text += strspn(text, " ");
    }
    return lines;
}

int canvas_paragraph_rows(const char *text, int columns)
{
    int rows = 0;
    for (; *text; rows++) {
        text += canvas_words(text, columns);
        text += strspn(text, " ");
    }
    return rows;
}

/* ncurses draws a line of one cell faster than as many characters; to a cell without a
 * colour it gives that of the window. */
void canvas_fill(
    struct canvas *canvas, struct area cells, enum style style, wchar_t glyph)
{
    struct area area = canvas_area(canvas);
    if (cells.column < 0 || cells.column >= area.columns)
        return;
    int count = cells.columns;
    if (count > area.columns - cells.column)
        count = area.columns - cells.column;
    if (count <= 0)
        return;
    const wchar_t text[] = {glyph, L'\0'};
    cchar_t cell;
    wattr_set(canvas->window, A_NORMAL, 0, NULL);
    setcchar(&cell, text, (attr_t)canvas->attributes[style],
        (short)PAIR_NUMBER(canvas->attributes[style]), NULL);
    for (int row = cells.row; row < cells.row + cells.rows; row++)
        if (row >= 0 && row < area.rows)
            mvwhline_set(canvas->window, row, cells.column, &cell, count);
}

void canvas_cells(struct canvas *canvas, const struct area *row, enum style style,
    const wchar_t glyphs[])
{
    struct area area = canvas_area(canvas);
    int room = area.columns - row->column;
    int count = row->columns < room ? row->columns : room;
    if (row->row >= 0 && row->row < area.rows && row->column >= 0 && count > 0)
        put(canvas, row->row, row->column, style, (size_t)count, glyphs);
}

void canvas_cell(
    struct canvas *canvas, int row, int column, enum style style, wchar_t glyph)
{
    canvas_fill(canvas, (struct area){row, column, 1, 1}, style, glyph);
}

void canvas_settle(struct canvas *canvas)
{
    wmove(canvas->window, canvas->cursor_row, canvas->cursor_column);
}

void canvas_rest(struct canvas *canvas, int row, int column)
{
    canvas->cursor_row = row;
    canvas->cursor_column = column;
}
