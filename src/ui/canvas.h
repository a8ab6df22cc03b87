// SPDX-License-Identifier: MIT
#pragma once
/* What is drawn on: rows and columns of cells, counted from 0.  What does not fit is cut
 * at the edge, control characters become '?', so that nothing drawn can spoil the
 * terminal. */
#include <wchar.h>

#include "ui/glyph.h"
#include "ui/style.h"
#include "ui/target.h"

struct canvas;

/* A rectangle of it. */
struct area {
    int row, column, rows, columns;
};

/* On an ncurses window, borrowed with the rest; for screen.c, which does that. */
struct canvas *canvas_create(
    void *window, const struct glyphs *glyphs, const unsigned long attributes[STYLES]);
void canvas_destroy(struct canvas *canvas); /* NULL is fine */

/* Puts the cursor where it is to rest, when all is drawn; for screen.c. */
void canvas_settle(struct canvas *canvas);

struct area canvas_area(const struct canvas *canvas);
const struct glyphs *canvas_glyphs(const struct canvas *canvas);

/* Clears it all; the cursor goes to the upper left. */
void canvas_clear(struct canvas *canvas);

/* Writes text from a column on, to the right edge at most. */
void canvas_text(
    struct canvas *canvas, int row, int column, enum style style, const char *text);
__attribute__((format(printf, 5, 6))) void canvas_format(struct canvas *canvas, int row,
    int column, enum style style, const char *format, ...);

/* Writes a line of text, cut where the field ends. */
void canvas_field(
    struct canvas *canvas, const struct area *field, enum style style, const char *text);

/* Writes text so that it ends before column `end`; cut on its left edge, at column 0. */
void canvas_right(
    struct canvas *canvas, int row, int end, enum style style, const char *text);

/* The bytes of the longest beginning of a text that ends at a word and is not wider; of
 * its first word where that is. */
size_t canvas_words(const char *text, int columns);

/* Writes text into an area, broken at blanks, the last line cut with "..." if there is
 * more of it.  Returns the lines used. */
int canvas_paragraph(
    struct canvas *canvas, struct area area, enum style style, const char *text);

/* The lines that all of it would take in so many columns. */
int canvas_paragraph_rows(const char *text, int columns);

/* Fills all cells of an area. */
void canvas_fill(
    struct canvas *canvas, struct area cells, enum style style, wchar_t glyph);

/* A row of different cells; `glyphs` has one more than the row, for ncurses looks at it.
 */
void canvas_cells(struct canvas *canvas, const struct area *row, enum style style,
    const wchar_t glyphs[]);

/* One cell. */
void canvas_cell(
    struct canvas *canvas, int row, int column, enum style style, wchar_t glyph);

/* Where the hardware cursor rests after the frame: screen readers look there. */
void canvas_rest(struct canvas *canvas, int row, int column);

/* These cells stand for something, until the canvas is cleared; of several that cover a
 * cell the last counts. */
void canvas_target(
    struct canvas *canvas, struct area cells, enum target_kind kind, int64_t number);
struct target canvas_target_at(const struct canvas *canvas, int row, int column);

/* How many columns a text takes. */
int canvas_width_of(const char *text);
