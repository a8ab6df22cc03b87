// SPDX-License-Identifier: MIT
#pragma once
/* A number, or a verdict, in figures that are read from the back row. */
#include "ui/canvas.h"

enum { DIGITS_ROWS = 5 }; /* of the smallest size; larger ones are multiples of it */

/* Columns that `text` takes in that size: digits, '.', 'x' and blanks, and the capitals
 * of PASS, WARN, FAIL and INCONCLUSIVE. */
int digits_width(const char *text, int scale);

/* The largest size in which it fits into `rows` and `columns`, 0 for none. */
int digits_scale(const char *text, int rows, int columns);

/* Where its upper left corner is, and how it looks. */
struct digits {
    int row, column, scale;
    enum style style;
};

void digits_draw(struct canvas *canvas, const struct digits *digits, const char *text);
