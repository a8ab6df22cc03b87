// SPDX-License-Identifier: MIT
#include "ui/items_bar.h"

#include <math.h>
#include <stdbool.h>

enum { DONE, FAILED, RUNNING, WAITING, PARTS };

/* The columns of each part. */
struct parts {
    int columns[PARTS];
};

/* One column for a part that would have none, taken from what waits, else from what is
 * done. */
static void let_show(struct parts *parts, int part)
{
    int *columns = parts->columns;
    int from = columns[WAITING] > 0 ? WAITING : DONE;
    if (columns[part] > 0 || columns[from] == 0)
        return;
    columns[from]--;
    columns[part]++;
}

static struct parts divide(const struct items_bar *bar)
{
    const int64_t counts[] = {bar->done, bar->failed, bar->running};
    double total = fmax((double)bar->total, 1); /* 0: not settled */
    double sum = 0;
    int column = 0;
    struct parts parts;
    for (int i = DONE; i < WAITING; i++) {
        sum += (double)counts[i];
        int end = (int)(fmin(sum / total, 1) * bar->area.columns);
        parts.columns[i] = end - column;
        column = end;
    }
    parts.columns[WAITING] = bar->area.columns - column;
    if (bar->failed > 0)
        let_show(&parts, FAILED);
    if (bar->running > 0)
        let_show(&parts, RUNNING);
    return parts;
}

void items_bar_draw(struct canvas *canvas, const struct items_bar *bar)
{
    const struct glyphs *glyphs = canvas_glyphs(canvas);
    const wchar_t fills[PARTS] = {
        glyphs->shade[0], glyphs->shade[2], glyphs->shade[1], glyphs->track};
    static const enum style styles[PARTS] = {
        STYLE_BUSY, STYLE_FAILED, STYLE_OTHER, STYLE_TEXT};
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
    static const char *const names[PARTS] = {"done", "failed", "running", "waiting"};
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
