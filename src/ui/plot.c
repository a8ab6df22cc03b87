// SPDX-License-Identifier: MIT
#include "ui/plot.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "experiment/sweep.h"

enum { BEFORE_NAME = 4, BETWEEN_NAMES = 1, TEXT_COLUMNS = 5 };

/* A mark in a cell of the plot. */
struct mark {
    int row, column;
    enum style style;
    wchar_t glyph;
};

static int columns_of(const struct plot *plot)
{
    return plot->area.columns - plot->label_columns - plot->names_columns;
}

/* The cells beside the labels: the plot and the names. */
static int width_of(const struct plot *plot)
{
    return plot->area.columns - plot->label_columns;
}

/* Which points have room for their texts. */
static void choose_texts(struct plot *plot)
{
    const struct points *points = plot->points;
    double *columns = memory_new(points->count, sizeof *columns);
    plot->shown = memory_new(points->count, sizeof *plot->shown);
    for (size_t i = 0; i < points->count; i++)
        columns[i] = plot_scale_column(&plot->scale, points->list[i].workers);
    plot_scale_choose(points->count, columns, TEXT_COLUMNS, plot->shown);
    free(columns);
}

void plot_init(struct plot *plot)
{
    const struct points *points = plot->points;
    int *workers = memory_new(points->count, sizeof *workers);
    for (size_t i = 0; i < points->count; i++)
        workers[i] = points->list[i].workers;
    double last = points->count > 0 ? workers[points->count - 1] : 1;
    double highest = fmax(fmin(last, plot->room), points_highest(points));
    plot->scale = plot_scale_of(plot->area.rows, columns_of(plot), highest);
    plot_scale_spread(&plot->scale, points->count, workers);
    plot->taken = memory_new(
        (size_t)plot->area.rows * (size_t)width_of(plot) + 1, sizeof *plot->taken);
    choose_texts(plot);
    free(workers);
}

void plot_finish(struct plot *plot)
{
    free(plot->shown);
    free(plot->taken);
    plot->shown = plot->taken = NULL;
}

static void take(struct plot *plot, int row, int column, int columns)
{
    for (int i = 0; i < columns && column + i < width_of(plot); i++)
        plot->taken[row * width_of(plot) + column + i] = true;
}

static bool is_free(const struct plot *plot, int row, int column, int columns)
{
    const bool *cells = plot->taken + row * width_of(plot) + column;
    for (int i = 0; i < columns; i++)
        if (cells[i])
            return false;
    return true;
}

static void draw_mark(struct canvas *canvas, struct plot *plot, const struct mark *mark)
{
    int column = plot->area.column + plot->label_columns + mark->column;
    canvas_cell(canvas, plot->area.row + mark->row, column, mark->style, mark->glyph);
    take(plot, mark->row, mark->column, 1);
}

static void draw_ticks(struct canvas *canvas, const struct plot *plot)
{
    const struct plot_scale *scale = &plot->scale;
    int end = plot->area.column + plot->label_columns - 1;
    for (int i = 0; i * scale->step <= scale->top; i++) {
        char text[32];
        int row = plot_scale_row(scale, i * scale->step, NULL);
        snprintf(text, sizeof text, "%.*f", scale->step < 1, i * scale->step);
        canvas_right(canvas, plot->area.row + row, end, STYLE_TEXT, text);
    }
}

/* What stands beside the end of a line, in the first row from there on where there is
 * nothing else. */
static void draw_name(
    struct canvas *canvas, struct plot *plot, const struct mark *end, const char *name)
{
    int row = end->row, column = end->column + BEFORE_NAME;
    int width = canvas_width_of(name) + BETWEEN_NAMES;
    if (column + width > width_of(plot))
        return;
    while (row < plot->area.rows && !is_free(plot, row, column, width))
        row++;
    if (row == plot->area.rows)
        return;
    canvas_text(canvas, plot->area.row + row,
        plot->area.column + plot->label_columns + column, end->style, name);
    take(plot, row, column, width);
}

/* As many times as there are workers, but no more than the CPUs that can be used.
 * Returns its end. */
static struct mark draw_ideal(struct canvas *canvas, struct plot *plot)
{
    const struct plot_scale *scale = &plot->scale;
    int first = plot_scale_column(scale, scale->workers.first);
    int last = plot_scale_column(scale, scale->workers.last);
    struct mark mark = {.style = STYLE_TEXT, .glyph = canvas_glyphs(canvas)->ideal};
    for (mark.column = first; mark.column <= last; mark.column++) {
        double workers = plot_scale_workers(scale, mark.column);
        mark.row = plot_scale_row(scale, fmin(workers, plot->room), NULL);
        draw_mark(canvas, plot, &mark);
    }
    mark.column--;
    return mark;
}

/* Only where it was measured, and as far as the law holds.  False where there is none. */
static bool draw_fitted(struct canvas *canvas, struct plot *plot, struct mark *ret_end)
{
    const struct plot_scale *scale = &plot->scale;
    const struct glyphs *glyphs = canvas_glyphs(canvas);
    int first, last, third;
    if (!sweep_has_curve(plot->sweep) ||
        !points_find_measured(plot->points, &first, &last))
        return false;
    if (last > plot->fitted_workers)
        last = plot->fitted_workers;
    if (last < first)
        return false;
    first = plot_scale_column(scale, first);
    last = plot_scale_column(scale, last);
    struct mark mark = {.style = STYLE_OTHER};
    for (mark.column = first; mark.column <= last; mark.column++) {
        double workers = plot_scale_workers(scale, mark.column);
        mark.row = plot_scale_row(scale, sweep_curve_at(plot->sweep, workers), &third);
        mark.glyph = glyphs->curve[third];
        draw_mark(canvas, plot, &mark);
    }
    mark.column--;
    *ret_end = mark;
    return true;
}

static void draw_spread(
    struct canvas *canvas, struct plot *plot, const struct point *point)
{
    const struct plot_scale *scale = &plot->scale;
    struct mark mark = {.column = plot_scale_column(scale, point->workers),
        .style = STYLE_BUSY,
        .glyph = canvas_glyphs(canvas)->spread};
    int last = plot_scale_row(scale, point->low, NULL);
    for (mark.row = plot_scale_row(scale, point->high, NULL); mark.row <= last;
         mark.row++)
        draw_mark(canvas, plot, &mark);
}

static void draw_points(struct canvas *canvas, struct plot *plot)
{
    const struct plot_scale *scale = &plot->scale;
    for (size_t i = 0; i < plot->points->count; i++)
        if (plot->points->list[i].has_spread)
            draw_spread(canvas, plot, &plot->points->list[i]);
    for (size_t i = 0; i < plot->points->count; i++) {
        const struct point *point = &plot->points->list[i];
        if (!point->result)
            continue;
        struct mark mark = {plot_scale_row(scale, point->result->speedup, NULL),
            plot_scale_column(scale, point->workers), STYLE_BUSY,
            canvas_glyphs(canvas)->point};
        draw_mark(canvas, plot, &mark);
    }
}

void plot_draw(struct canvas *canvas, struct plot *plot)
{
    memset(plot->taken, 0, (size_t)plot->area.rows * (size_t)width_of(plot));
    draw_ticks(canvas, plot);
    struct mark fitted, ideal = draw_ideal(canvas, plot);
    bool has_fit = draw_fitted(canvas, plot, &fitted);
    draw_points(canvas, plot);
    if (plot->points->count > 1)
        draw_name(canvas, plot, &ideal, "possible");
    if (has_fit)
        draw_name(canvas, plot, &fitted, "fitted");
}

bool plot_find_room(const struct plot *plot, int rows, int columns, struct area *ret_area)
{
    int free_rows = 0;
    if (columns > width_of(plot))
        return false;
    for (int row = plot->area.rows - 1; row >= 0; row--) {
        free_rows =
            is_free(plot, row, width_of(plot) - columns, columns) ? free_rows + 1 : 0;
        if (free_rows < rows)
            continue;
        *ret_area = (struct area){plot->area.row + row,
            plot->area.column + plot->area.columns - columns, rows, columns};
        return true;
    }
    return false;
}

static int middle_of(const struct plot *plot, const struct point *point)
{
    return plot->area.column + plot->label_columns +
           plot_scale_column(&plot->scale, point->workers);
}

void plot_draw_row(
    struct canvas *canvas, const struct plot *plot, const struct plot_row *row)
{
    canvas_text(canvas, row->row, plot->area.column, STYLE_TEXT, row->label);
    for (size_t i = 0; i < plot->points->count; i++) {
        const struct point *point = &plot->points->list[i];
        if (!plot->shown[i] || !row->texts[i])
            continue;
        enum style style = row->marked && point->running ? STYLE_MARK : STYLE_TEXT;
        int column = middle_of(plot, point) - canvas_width_of(row->texts[i]) / 2;
        canvas_text(canvas, row->row, column, style, row->texts[i]);
    }
}
