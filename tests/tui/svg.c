// SPDX-License-Identifier: MIT
#include "svg.h"

#include <string.h>

enum { CELL_WIDTH = 10, CELL_HEIGHT = 20, BASELINE = 15, MARGIN = 16, EIGHTHS = 8 };

/* The terminal's own colours: legible on light and on dark pages, which shine through
 * nowhere. */
enum { OWN_FOREGROUND = 0xd8dce3, OWN_BACKGROUND = 0x16191f };

/* What a cell or a stretch of like cells looks like. */
struct look {
    int foreground, background; /* 0xRRGGBB */
    bool bold;
};

/* What a block character fills, in eighths of its cell, and how densely, in quarters. */
struct block {
    int x, y, width, height, density;
};

static int rgb_of(int colour, int own)
{
    static const int basic[16] = {0x000000, 0xcd3131, 0x0dbc79, 0xe5e510, 0x2472c8,
        0xbc3fbc, 0x11a8cd, 0xe5e5e5, 0x666666, 0xf14c4c, 0x23d18b, 0xf5f543, 0x3b8eea,
        0xd670d6, 0x29b8db, 0xffffff};
    static const int steps[6] = {0, 95, 135, 175, 215, 255};
    if (colour == TERMINAL_DEFAULT)
        return own;
    if (colour >= TERMINAL_RGB)
        return colour - TERMINAL_RGB;
    if (colour < 16)
        return basic[colour];
    if (colour >= 232)
        return (8 + 10 * (colour - 232)) * 0x010101;
    int place = colour - 16;
    return steps[place / 36] << 16 | steps[place / 6 % 6] << 8 | steps[place % 6];
}

static struct look look_of(const struct terminal_cell *cell)
{
    int foreground = rgb_of(cell->foreground, OWN_FOREGROUND);
    int background = rgb_of(cell->background, OWN_BACKGROUND);
    return cell->reverse ? (struct look){background, foreground, cell->bold}
                         : (struct look){foreground, background, cell->bold};
}

static bool is_same_look(const struct look *one, const struct look *other)
{
    return one->foreground == other->foreground && one->background == other->background &&
           one->bold == other->bold;
}

static bool is_blank(const struct terminal_cell *cell)
{
    return cell->text[0] == '\0' || strcmp(cell->text, " ") == 0;
}

/* U+2580 to U+2593 are E2 96 80 to E2 96 93 in UTF-8. */
static bool find_block(const struct terminal_cell *cell, struct block *ret_block)
{
    int number =
        (unsigned char)cell->text[0] == 0xe2 && (unsigned char)cell->text[1] == 0x96
            ? (unsigned char)cell->text[2] - 0x80
            : -1;
    if (number < 0 || number > 0x13)
        return false;
    if (number == 0)
        *ret_block = (struct block){0, 0, EIGHTHS, EIGHTHS / 2, 4};
    else if (number <= 8)
        *ret_block = (struct block){0, EIGHTHS - number, EIGHTHS, number, 4};
    else if (number <= 0xf)
        *ret_block = (struct block){0, 0, 0x10 - number, EIGHTHS, 4};
    else if (number == 0x10)
        *ret_block = (struct block){EIGHTHS / 2, 0, EIGHTHS / 2, EIGHTHS, 4};
    else
        *ret_block = (struct block){0, 0, EIGHTHS, EIGHTHS, number - 0x10};
    return true;
}

/* The cells from `column` on that are drawn as one block. */
static int count_blocks(const struct terminal *terminal, int row, int column)
{
    struct terminal_cell first = terminal_cell(terminal, row, column);
    struct look look = look_of(&first);
    struct block block;
    int columns = terminal_state(terminal).columns, count = 1;
    if (!find_block(&first, &block) || block.width < EIGHTHS)
        return count;
    for (; column + count < columns; count++) {
        struct terminal_cell cell = terminal_cell(terminal, row, column + count);
        struct look other = look_of(&cell);
        if (strcmp(cell.text, first.text) != 0 || !is_same_look(&look, &other))
            break;
    }
    return count;
}

/* The cells from `column` on that are one piece of text: to the next two blanks. */
static int count_text(const struct terminal *terminal, int row, int column)
{
    struct terminal_cell cell = terminal_cell(terminal, row, column);
    struct look look = look_of(&cell);
    struct block block;
    int columns = terminal_state(terminal).columns, count = 1, blanks = 0;
    for (; column + count < columns && blanks < 2; count++) {
        cell = terminal_cell(terminal, row, column + count);
        struct look other = look_of(&cell);
        if (find_block(&cell, &block) || !is_same_look(&look, &other))
            break;
        blanks = is_blank(&cell) ? blanks + 1 : 0;
    }
    return count - blanks;
}

static void write_block(FILE *file, int row, int column, int count,
    const struct block *block, const struct look *look)
{
    double x = column * CELL_WIDTH + block->x * CELL_WIDTH / (double)EIGHTHS;
    double y = row * CELL_HEIGHT + block->y * CELL_HEIGHT / (double)EIGHTHS;
    double width = ((count - 1) * EIGHTHS + block->width) * CELL_WIDTH / (double)EIGHTHS;
    fprintf(file, "<path d=\"M%g %gh%gv%gh-%gz\" fill=\"#%06x\"", x, y, width,
        block->height * CELL_HEIGHT / (double)EIGHTHS, width, look->foreground);
    if (block->density < 4)
        fprintf(file, " fill-opacity=\"%g\"", block->density / 4.0);
    fprintf(file, "/>\n");
}

static void write_characters(FILE *file, const char *text)
{
    if (strcmp(text, "<") == 0)
        text = "&lt;";
    else if (strcmp(text, "&") == 0)
        text = "&amp;";
    fputs(text[0] ? text : " ", file);
}

static void write_text(
    const struct terminal *terminal, FILE *file, int row, int column, int count)
{
    struct terminal_cell cell = terminal_cell(terminal, row, column);
    struct look look = look_of(&cell);
    int x = column * CELL_WIDTH, y = row * CELL_HEIGHT;
    if (look.background != OWN_BACKGROUND)
        fprintf(file, "<path d=\"M%d %dh%dv%dh-%dz\" fill=\"#%06x\"/>\n", x, y,
            count * CELL_WIDTH, CELL_HEIGHT, count * CELL_WIDTH, look.background);
    fprintf(file, "<text x=\"%d\" y=\"%d\" textLength=\"%d\"", x, y + BASELINE,
        count * CELL_WIDTH);
    if (look.foreground != OWN_FOREGROUND)
        fprintf(file, " fill=\"#%06x\"", look.foreground);
    fprintf(file, "%s>", look.bold ? " font-weight=\"bold\"" : "");
    for (int i = 0; i < count; i++) {
        cell = terminal_cell(terminal, row, column + i);
        if (cell.width > 0)
            write_characters(file, cell.text);
    }
    fprintf(file, "</text>\n");
}

static void write_row(const struct terminal *terminal, FILE *file, int row)
{
    int columns = terminal_state(terminal).columns;
    for (int column = 0, count; column < columns; column += count) {
        struct terminal_cell cell = terminal_cell(terminal, row, column);
        struct look look = look_of(&cell);
        struct block block;
        count = 1;
        if (find_block(&cell, &block)) {
            count = count_blocks(terminal, row, column);
            write_block(file, row, column, count, &block, &look);
        } else if (!is_blank(&cell) || look.background != OWN_BACKGROUND) {
            count = count_text(terminal, row, column);
            write_text(terminal, file, row, column, count > 0 ? count : 1);
        }
        count = count > 0 ? count : 1;
    }
}

void svg_write(const struct terminal *terminal, FILE *file)
{
    struct terminal_state state = terminal_state(terminal);
    int width = state.columns * CELL_WIDTH + 2 * MARGIN;
    int height = state.rows * CELL_HEIGHT + 2 * MARGIN;
    fprintf(file,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
        "viewBox=\"%d %d %d %d\">\n"
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#%06x\"/>\n"
        "<g font-family=\"ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace\" "
        "font-size=\"16.5\" fill=\"#%06x\" shape-rendering=\"crispEdges\" "
        "xml:space=\"preserve\">\n",
        width, height, -MARGIN, -MARGIN, width, height, -MARGIN, -MARGIN, width, height,
        OWN_BACKGROUND, OWN_FOREGROUND);
    for (int row = 0; row < state.rows; row++)
        write_row(terminal, file, row);
    fprintf(file, "</g>\n</svg>\n");
}
