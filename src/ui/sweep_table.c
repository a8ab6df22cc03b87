// SPDX-License-Identifier: MIT
#include "ui/sweep_table.h"

#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/outline.h"

enum { TEXT_MAX = 48, BAR_COLUMNS = 4, BEFORE_TIME = 2 };

/* The columns of a line, each with the blanks before it; 0: not shown. */
struct fields {
    int workers, time, bar, speedup, interval, efficiency, karp_flatt, runs;
};

/* "16 min 40 s" takes more than most do. */
static int time_columns(const struct sweep_table *table, int least)
{
    int columns = least;
    for (size_t i = 0; i < table->points->count; i++) {
        const struct result_point *result = table->points->list[i].result;
        char text[TEXT_MAX] = "";
        if (result)
            number_format_duration(result->elapsed_ns, sizeof text, text);
        if (canvas_width_of(text) + BEFORE_TIME > columns)
            columns = canvas_width_of(text) + BEFORE_TIME;
    }
    return columns;
}

static struct fields fields_for(const struct sweep_table *table)
{
    bool heads = table->heads;
    struct fields fields = {
        .workers = heads ? 7 : 4, .time = time_columns(table, 8), .speedup = 6};
    if (table->details)
        fields = (struct fields){.workers = 7,
            .time = time_columns(table, 9),
            .speedup = 8,
            .interval = 16,
            .efficiency = 8,
            .karp_flatt = 8,
            .runs = 6};
    int *const dropped[] = {&fields.karp_flatt, &fields.efficiency, &fields.runs,
        &fields.interval, &fields.time};
    for (size_t i = 0;; i++) {
        fields.bar = table->area.columns - fields.workers - fields.time - fields.speedup -
                     fields.interval - fields.efficiency - fields.karp_flatt -
                     fields.runs;
        if (fields.bar >= BAR_COLUMNS || i == sizeof dropped / sizeof *dropped)
            break;
        *dropped[i] = 0;
    }
    return fields;
}

static void draw_field(struct canvas *canvas, const struct sweep_table *table, int row,
    int *end, int width, const char *text)
{
    *end += width;
    if (width > 0)
        canvas_right(canvas, row, table->area.column + *end, STYLE_TEXT, text);
}

static void draw_heads(
    struct canvas *canvas, const struct sweep_table *table, const struct fields *fields)
{
    int row = table->area.row, end = 0;
    draw_field(canvas, table, row, &end, fields->workers, "workers");
    draw_field(canvas, table, row, &end, fields->time, "time");
    if (fields->bar > 16)
        canvas_text(
            canvas, row, table->area.column + end + 2, STYLE_TEXT, "times as fast");
    end += fields->bar;
    draw_field(canvas, table, row, &end, fields->speedup, "S");
    draw_field(canvas, table, row, &end, fields->interval, "95 %");
    draw_field(canvas, table, row, &end, fields->efficiency, "E");
    draw_field(canvas, table, row, &end, fields->karp_flatt, "e");
    draw_field(canvas, table, row, &end, fields->runs, "runs");
}

/* As long as the speed-up is high, against the highest. */
static void draw_bar(struct canvas *canvas, const struct sweep_table *table,
    const struct point *point, struct area cells)
{
    double highest = points_highest(table->points);
    int columns = cells.columns - 3;
    cells.column += 2;
    double share = highest > 0 ? point->result->speedup / highest : 0;
    cells.columns = (int)lround(share * columns);
    if (cells.columns < 1)
        cells.columns = 1;
    if (columns > 0)
        canvas_fill(canvas, cells, STYLE_BUSY, canvas_glyphs(canvas)->shade[0]);
}

static void draw_figures(struct canvas *canvas, const struct sweep_table *table,
    const struct fields *fields, const struct point *point, int row)
{
    const struct result_point *result = point->result;
    int end = fields->workers + fields->time + fields->bar;
    char text[TEXT_MAX];
    outline_format_times(result->speedup, sizeof text, text);
    draw_field(canvas, table, row, &end, fields->speedup, text);
    text[0] = '\0';
    if (result->has_interval)
        snprintf(text, sizeof text, "%.2f to %.2f", result->interval_low,
            result->interval_high);
    draw_field(canvas, table, row, &end, fields->interval, text);
    snprintf(text, sizeof text, "%.2f", result->efficiency);
    draw_field(canvas, table, row, &end, fields->efficiency, text);
    text[0] = '\0';
    if (!isnan(result->karp_flatt))
        snprintf(text, sizeof text, "%.3f", result->karp_flatt);
    draw_field(canvas, table, row, &end, fields->karp_flatt, text);
    snprintf(text, sizeof text, "%d", point->runs);
    draw_field(canvas, table, row, &end, fields->runs, text);
}

/* What is not measured yet says that it runs, or nothing. */
static void draw_point(struct canvas *canvas, const struct sweep_table *table,
    const struct fields *fields, const struct point *point, int row)
{
    int end = 0;
    char text[TEXT_MAX] = "";
    snprintf(text, sizeof text, "%d", point->workers);
    draw_field(canvas, table, row, &end, fields->workers, text);
    text_copy(sizeof text, text, point->running ? "runs" : "");
    if (point->result)
        number_format_duration(point->result->elapsed_ns, sizeof text, text);
    draw_field(canvas, table, row, &end, fields->time, text);
    struct area cells = {row, table->area.column + end, 1, fields->bar};
    if (!point->result)
        return;
    draw_bar(canvas, table, point, cells);
    draw_figures(canvas, table, fields, point, row);
}

/* The first line that is seen before anything is scrolled: what runs is in the middle. */
static int find_first(const struct sweep_table *table, int seen)
{
    int most = (int)table->points->count - seen, first = 0;
    for (int i = 0; i < (int)table->points->count; i++)
        if (table->points->list[i].running)
            first = i - seen / 2;
    return first < 0 ? 0 : first < most ? first : most;
}

int sweep_table_rows(const struct sweep_table *table)
{
    return (int)table->points->count + table->heads;
}

int sweep_table_draw(
    struct canvas *canvas, const struct sweep_table *table, struct more *ret_more)
{
    const struct points *points = table->points;
    struct fields fields = fields_for(table);
    int row = table->area.row + table->heads, count = (int)points->count;
    int seen = table->area.rows - table->heads;
    seen = seen < 0 ? 0 : seen < count ? seen : count;
    int first = find_first(table, seen), most = count - seen - first;
    int scroll = table->input->scroll;
    first += scroll < 0 ? 0 : scroll < most ? scroll : most;
    if (table->heads)
        draw_heads(canvas, table, &fields);
    for (int i = first; i < first + seen; i++)
        draw_point(canvas, table, &fields, &points->list[i], row++);
    more_set_page(table->input, seen);
    *ret_more = (struct more){(size_t)first, (size_t)(count - seen - first)};
    return most;
}
