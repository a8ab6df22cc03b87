// SPDX-License-Identifier: MIT
#include "ui/digits.h"

#include <string.h>

/* A figure: three columns, one for the point, or as a letter needs them; each row's
 * pixels as bits from the left. */
static const struct figure {
    char character;
    int columns;
    unsigned char rows[DIGITS_ROWS];
} figures[] = {
    {'0', 3, {7, 5, 5, 5, 7}}, {'1', 3, {2, 6, 2, 2, 7}}, {'2', 3, {7, 1, 7, 4, 7}},
    {'3', 3, {7, 1, 7, 1, 7}}, {'4', 3, {5, 5, 7, 1, 1}}, {'5', 3, {7, 4, 7, 1, 7}},
    {'6', 3, {7, 4, 7, 5, 7}}, {'7', 3, {7, 1, 1, 2, 2}}, {'8', 3, {7, 5, 7, 5, 7}},
    {'9', 3, {7, 5, 7, 1, 7}}, {'x', 3, {0, 0, 5, 2, 5}}, {'.', 1, {0, 0, 0, 0, 1}},
    {'A', 3, {7, 5, 7, 5, 5}}, {'C', 3, {7, 4, 4, 4, 7}}, {'E', 3, {7, 4, 6, 4, 7}},
    {'F', 3, {7, 4, 6, 4, 4}}, {'I', 1, {1, 1, 1, 1, 1}}, {'L', 3, {4, 4, 4, 4, 7}},
    {'N', 4, {9, 13, 11, 9, 9}}, {'O', 3, {7, 5, 5, 5, 7}}, {'P', 3, {7, 5, 7, 4, 4}},
    {'R', 3, {7, 5, 6, 5, 5}}, {'S', 3, {7, 4, 7, 1, 7}}, {'U', 3, {5, 5, 5, 5, 7}},
    {'V', 3, {5, 5, 5, 5, 2}}, {'W', 5, {17, 17, 21, 21, 10}},
    {' ', 1, {0, 0, 0, 0, 0}}, /* and for what is not here */
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

static void draw_figure(struct canvas *canvas, struct area pixel, enum style style,
    const struct figure *figure)
{
    struct area first = pixel;
    for (int row = 0; row < DIGITS_ROWS; row++) {
        for (int column = 0; column < figure->columns; column++) {
            pixel.row = first.row + row * pixel.rows;
            pixel.column = first.column + column * pixel.columns;
            if (figure->rows[row] >> (figure->columns - 1 - column) & 1)
                canvas_fill(canvas, pixel, style, canvas_glyphs(canvas)->shade[0]);
        }
    }
}

void digits_draw(struct canvas *canvas, const struct digits *digits, const char *text)
{
    struct area pixel = {digits->row, digits->column, digits->scale, digits->scale};
    for (; *text; text++) {
        const struct figure *figure = find_figure(*text);
        draw_figure(canvas, pixel, digits->style, figure);
        pixel.column += (figure->columns + 1) * pixel.columns;
    }
}
