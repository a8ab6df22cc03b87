// SPDX-License-Identifier: MIT
#pragma once
/* A number in digits that are read from the back row. */
#include "ui/canvas.h"

enum { DIGITS_ROWS = 5 }; /* of the smallest size; larger ones are multiples of it */

/* Columns that `text` takes in that size: digits, '.', 'x' and blanks. */
int digits_width(const char *text, int scale);

/* The largest size in which it fits into `rows` and `columns`, 0 for none. */
int digits_scale(const char *text, int rows, int columns);

/* Draws it with its upper left corner there. */
void digits_draw(struct canvas *canvas, int row, int column, int scale, const char *text);
