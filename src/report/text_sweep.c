// SPDX-License-Identifier: MIT
#include "report/text_sweep.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "experiment/sweep.h"
#include "report/paragraph.h"

enum {
    COLUMN_WORKERS,
    COLUMN_TIME,
    COLUMN_SPEEDUP,
    COLUMN_INTERVAL,
    COLUMN_EFFICIENCY,
    COLUMN_KARP_FLATT,
    COLUMNS,
    CELL_SIZE = 40,
    GAP = 2
};

static const char *const headings[COLUMNS] = {
    "workers", "time", "times as fast", "95 % interval", "efficiency", "Karp-Flatt"};

static void write_cell(
    const struct result_point *point, int column, size_t size, char text[])
{
    text_copy(size, text, "-");
    if (column == COLUMN_WORKERS)
        snprintf(text, size, "%d", point->workers);
    else if (column == COLUMN_TIME)
        snprintf(text, size, "%.3f s", (double)point->elapsed_ns / NS_PER_S);
    else if (column == COLUMN_SPEEDUP)
        snprintf(text, size, "%.2f", point->speedup);
    else if (column == COLUMN_INTERVAL && point->has_interval)
        snprintf(text, size, "%.2f to %.2f", point->interval_low, point->interval_high);
    else if (column == COLUMN_EFFICIENCY)
        snprintf(text, size, "%.2f", point->efficiency);
    else if (column == COLUMN_KARP_FLATT && !isnan(point->karp_flatt))
        snprintf(text, size, "%.3f", point->karp_flatt);
}

static int find_width(const struct result_sweep *sweep, int column)
{
    size_t width = strlen(headings[column]);
    for (size_t i = 0; i < sweep->point_count; i++) {
        char text[CELL_SIZE];
        write_cell(&sweep->points[i], column, sizeof text, text);
        width = strlen(text) > width ? strlen(text) : width;
    }
    return (int)width;
}

/* How many of the columns have room beside each other. */
static int find_columns(const struct result_sweep *sweep, int width, int ret_widths[])
{
    int columns = 0, total = 0;
    for (; columns < COLUMNS; columns++) {
        ret_widths[columns] = find_width(sweep, columns);
        total += (columns > 0 ? GAP : 0) + ret_widths[columns];
        if (total > width)
            break;
    }
    return columns;
}

/* A NULL point is the headings. */
static void print_row(
    FILE *out, const struct result_point *point, int columns, const int widths[])
{
    for (int column = 0; column < columns; column++) {
        char text[CELL_SIZE];
        text_copy(sizeof text, text, headings[column]);
        if (point)
            write_cell(point, column, sizeof text, text);
        fprintf(out, "%*s%*s", column > 0 ? GAP : 0, "", widths[column], text);
    }
    fputc('\n', out);
}

static void print_sentence(FILE *out, int width, const struct result_point *point)
{
    char text[160];
    double seconds = (double)point->elapsed_ns / NS_PER_S;
    if (point->workers == 1)
        snprintf(text, sizeof text, "One after the other: %.3f s.", seconds);
    else
        snprintf(text, sizeof text, "%d workers: %.3f s, %.2f times as fast",
            point->workers, seconds, point->speedup);
    if (point->has_interval)
        text_append(sizeof text, text, " (95 %% interval %.2f to %.2f)",
            point->interval_low, point->interval_high);
    if (point->workers > 1)
        text_append(sizeof text, text, ".");
    paragraph_print(out, width, text);
}

void text_sweep_print_points(FILE *out, int width, const struct result *result)
{
    const struct result_sweep *sweep = &result->sweep;
    int widths[COLUMNS], columns = find_columns(sweep, width, widths);
    bool has_room = columns > COLUMN_SPEEDUP;
    if (has_room)
        print_row(out, NULL, columns, widths);
    for (size_t i = 0; i < sweep->point_count; i++)
        if (has_room)
            print_row(out, &sweep->points[i], columns, widths);
        else
            print_sentence(out, width, &sweep->points[i]);
}

void text_sweep_print_closing(FILE *out, int width, const struct result *result)
{
    const struct result_sweep *sweep = &result->sweep;
    char text[480];
    paragraph_print(out, width, sweep->advice);
    sweep_describe_cut(result, sizeof text, text);
    if (*text)
        paragraph_print(out, width, text);
    if (sweep->point_count < 2)
        return;
    sweep_describe_amdahl(result, sizeof text, text);
    paragraph_print(out, width, text);
    sweep_describe_usl(result, sizeof text, text);
    paragraph_print(out, width, text);
}

const struct result_point *text_sweep_usual_point(const struct result_sweep *sweep)
{
    const struct result_point *usual = &sweep->points[0];
    for (size_t i = 0; i < sweep->point_count; i++) {
        if (sweep->points[i].workers == sweep->advice_workers)
            return &sweep->points[i];
        if (sweep->points[i].elapsed_ns < usual->elapsed_ns)
            usual = &sweep->points[i];
    }
    return usual;
}
