// SPDX-License-Identifier: MIT
#include "ui/items_bar.h"

#include <math.h>
#include <stdbool.h>

enum { DONE, RUNNING, WAITING, PARTS };

/* The columns of each part. */
struct parts {
    int columns[PARTS];
};

static struct parts divide(const struct items_bar *bar)
{
    double total = fmax((double)bar->total, 1); /* 0: not settled */
    double ended = fmin((double)bar->ended / total, 1);
    double begun = fmin((double)(bar->ended + bar->running) / total, 1);
    struct parts parts = {.columns = {(int)(ended * bar->area.columns)}};
    parts.columns[RUNNING] = (int)(begun * bar->area.columns) - parts.columns[DONE];
    bool hidden = bar->running > 0 && parts.columns[RUNNING] == 0;
    if (hidden && parts.columns[DONE] < bar->area.columns) /* what is shows */
        parts.columns[RUNNING] = 1;
    parts.columns[WAITING] =
        bar->area.columns - parts.columns[DONE] - parts.columns[RUNNING];
    return parts;
}

void items_bar_draw(struct canvas *canvas, const struct items_bar *bar)
{
    const struct glyphs *glyphs = canvas_glyphs(canvas);
    const wchar_t fills[PARTS] = {glyphs->shade[0], glyphs->shade[1], glyphs->track};
    static const enum style styles[PARTS] = {STYLE_BUSY, STYLE_OTHER, STYLE_TEXT};
    struct parts parts = divide(bar);
    struct area part = bar->area;
    for (int i = 0; i < PARTS; i++) {
        part.columns = parts.columns[i];
        canvas_fill(canvas, part, styles[i], fills[i]);
        part.column += part.columns;
    }
}

/* A name that has no room any more goes. */
void items_bar_draw_names(struct canvas *canvas, const struct items_bar *bar)
{
    static const char *const names[PARTS] = {"done", "running", "waiting"};
    struct parts parts = divide(bar);
    int column = bar->area.column, free_from = column;
    int end = column + bar->area.columns;
    for (int i = 0; i < PARTS; i++) {
        int at = column > free_from ? column : free_from;
        int width = canvas_width_of(names[i]);
        if (parts.columns[i] > 0 && at + width <= end) {
            canvas_text(canvas, bar->area.row + 1, at, STYLE_TEXT, names[i]);
            free_from = at + width + 1;
        }
        column += parts.columns[i];
    }
}
