// SPDX-License-Identifier: MIT
#include "ui/bar.h"

#include <math.h>

enum { EIGHTHS = 8, PARTS = 5 };

static const double LETTER_FROM = 0.05, KERNEL_FROM = 0.05, STEAL_FROM = 0.01;

/* One stretch of the bar. */
struct part {
    double share;
    enum style style;
    int shade; /* of struct glyphs */
    char letter;
};

/* How many cells each part has: rounded so that the sum is that of the whole (largest
 * remainder), for rounding each one by itself would make a full bar too long.  Returns
 * the sum. */
static int apportion(const struct part parts[PARTS], int columns, int cells[PARTS])
{
    double remainders[PARTS], sum = 0;
    int given = 0;
    for (int i = 0; i < PARTS; i++) {
        double exact = parts[i].share * columns;
        sum += exact;
        cells[i] = (int)fmin(exact, columns - given);
        remainders[i] = exact - cells[i];
        given += cells[i];
    }
    int whole = (int)lround(fmin(sum, columns)); /* shares of a file are rounded, each */
    for (; given < whole; given++) {
        int most = 0;
        for (int i = 1; i < PARTS; i++)
            if (remainders[i] > remainders[most])
                most = i;
        cells[most]++;
        remainders[most] = -1;
    }
    return whole;
}

/* One part alone can end within a cell. */
static void draw_smooth(
    struct canvas *canvas, const struct area *area, double share, enum style style)
{
    const struct glyphs *glyphs = canvas_glyphs(canvas);
    int eighths = (int)lround(share * area->columns * EIGHTHS);
    int whole = eighths / EIGHTHS, rest = eighths % EIGHTHS;
    struct area cells = *area;
    cells.columns = whole;
    canvas_fill(canvas, cells, style, glyphs->across[EIGHTHS]);
    if (rest == 0 || whole >= area->columns)
        return;
    cells.column += whole;
    cells.columns = 1;
    canvas_fill(canvas, cells, style, glyphs->across[rest]);
}

/* All together are less than a cell: as one part, the style of the greatest. */
static void draw_little(
    struct canvas *canvas, const struct area *area, const struct part parts[PARTS])
{
    double sum = 0;
    int most = 0;
    for (int i = 0; i < PARTS; i++) {
        sum += parts[i].share;
        if (parts[i].share > parts[most].share)
            most = i;
    }
    draw_smooth(canvas, area, sum, parts[most].style);
}

static void draw_parts(
    struct canvas *canvas, const struct bar *bar, const struct part parts[PARTS])
{
    struct area cells = bar->area;
    int counts[PARTS];
    if (apportion(parts, bar->area.columns, counts) == 0) {
        draw_little(canvas, &bar->area, parts);
        return;
    }
    for (int i = 0; i < PARTS; i++) {
        cells.columns = counts[i];
        canvas_fill(
            canvas, cells, parts[i].style, canvas_glyphs(canvas)->shade[parts[i].shade]);
        char letter[] = {parts[i].letter, '\0'};
        if (bar->modes && counts[i] > 0 && parts[i].share >= LETTER_FROM)
            canvas_text(canvas, cells.row + (cells.rows - 1) / 2, cells.column,
                STYLE_MARK, letter);
        cells.column += counts[i];
    }
}

void bar_draw(struct canvas *canvas, const struct bar *bar)
{
    const struct load_share *load = bar->load;
    if (load->busy < 0 || bar->area.columns < 1)
        return;
    double kernel = load->system + load->irq;
    bool split = bar->modes || kernel >= KERNEL_FROM || load->steal >= STEAL_FROM;
    if (!split) {
        draw_smooth(canvas, &bar->area, load->busy, STYLE_BUSY);
        return;
    }
    struct part parts[PARTS] = {
        {load->user, STYLE_BUSY, 0, 'u'},
        {load->nice, STYLE_NICE, 0, 'n'},
        {load->system, STYLE_SYSTEM, 1, 's'},
        {load->irq, STYLE_IRQ, 2, 'i'},
        {load->steal, STYLE_STEAL, 3, 't'},
    };
    if (!bar->modes) {
        parts[0].share += parts[1].share;
        parts[1].share = 0;
        parts[2].share += parts[3].share;
        parts[3].share = 0;
    }
    draw_parts(canvas, bar, parts);
}
