// SPDX-License-Identifier: MIT
#include "ui/digits.h"

#include <string.h>

/* A figure: three columns, or one for the point, each row's pixels as bits from the left.
 */
static const struct figure {
    char character;
    int columns;
    unsigned char rows[DIGITS_ROWS];
} figures[] = {
    {'0', 3, {7, 5, 5, 5, 7}},
    {'1', 3, {2, 6, 2, 2, 7}},
    {'2', 3, {7, 1, 7, 4, 7}},
    {'3', 3, {7, 1, 7, 1, 7}},
    {'4', 3, {5, 5, 7, 1, 1}},
    {'5', 3, {7, 4, 7, 1, 7}},
    {'6', 3, {7, 4, 7, 5, 7}},
    {'7', 3, {7, 1, 1, 2, 2}},
    {'8', 3, {7, 5, 7, 5, 7}},
    {'9', 3, {7, 5, 7, 1, 7}},
    {'x', 3, {0, 0, 5, 2, 5}},
    {'.', 1, {0, 0, 0, 0, 1}},
    {' ', 1, {0, 0, 0, 0, 0}},
};

static const struct figure *find_figure(char character)
{
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (figures[i].character == character)
            return &figures[i];
    return &figures[sizeof figures / sizeof *figures - 1];
}

int digits_width(const char *text, int scale)
{
    int columns = 0;
    for (; *text; text++)
        columns += find_figure(*text)->columns + (text[1] != '\0');
    return columns * scale;
}

int digits_scale(const char *text, int rows, int columns)
{
    int scale = 0;
    while ((scale + 1) * DIGITS_ROWS <= rows && digits_width(text, scale + 1) <= columns)
        scale++;
    return scale;
}

static void draw_figure(
    struct canvas *canvas, struct area pixel, const struct figure *figure)
{
    struct area first = pixel;
    for (int row = 0; row < DIGITS_ROWS; row++) {
        for (int column = 0; column < figure->columns; column++) {
            pixel.row = first.row + row * pixel.rows;
            pixel.column = first.column + column * pixel.columns;
            if (figure->rows[row] >> (figure->columns - 1 - column) & 1)
                canvas_fill(canvas, pixel, STYLE_STRONG, canvas_glyphs(canvas)->shade[0]);
        }
    }
}

void digits_draw(struct canvas *canvas, int row, int column, int scale, const char *text)
{
    struct area pixel = {row, column, scale, scale};
    for (; *text; text++) {
        const struct figure *figure = find_figure(*text);
        draw_figure(canvas, pixel, figure);
        pixel.column += (figure->columns + 1) * pixel.columns;
    }
}
