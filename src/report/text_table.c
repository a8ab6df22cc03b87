// SPDX-License-Identifier: MIT
#include "report/text_table.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "experiment/words.h"
#include "report/paragraph.h"

enum {
    COLUMN_STAGE,
    COLUMN_ELAPSED,
    COLUMN_TASKS,
    COLUMN_BUSY,
    COLUMN_CPUS, /* the first of them */
    COLUMNS_MAX = 20,
    CELL_SIZE = 48,
    LINE_SIZE = 256,
    GAP = 2,          /* between two columns */
    CPUS_LISTED = 64, /* beyond, only the extremes; the JSON has them all */
    LIST_LABEL = 9,   /* "  CPU   0" */
    LIST_CELL = 7,
    LIST_CELLS = 8, /* in a line, at most */
};

static void write_share(double share, size_t size, char text[])
{
    text_copy(size, text, "-");
    if (share >= 0)
        snprintf(text, size, "%.0f %%", 100 * share);
}

/* The busy share of a CPU by its number: a stage's list need not be the machine's. */
static double busy_of(const struct result_stage *stage, int id)
{
    for (size_t i = 0; i < stage->cpu_count; i++)
        if (stage->cpus[i].id == id)
            return stage->cpus[i].busy;
    return -1;
}

static void write_heading(
    const struct result *result, size_t column, size_t size, char text[])
{
    static const char *const headings[] = {"", "elapsed", "tasks", "CPUs busy"};
    if (column == COLUMN_TASKS && *result->plan.unit)
        text_copy(size, text, result->plan.unit);
    else if (column < COLUMN_CPUS)
        text_copy(size, text, headings[column]);
    else
        snprintf(text, size, "CPU %d", result->machine.cpus[column - COLUMN_CPUS].id);
}

static void write_value(const struct result *result, const struct result_stage *stage,
    size_t column, size_t size, char text[])
{
    switch (column) {
    case COLUMN_STAGE:
        words_stage(stage, size, text);
        break;
    case COLUMN_ELAPSED:
        snprintf(text, size, "dt%c%.3fs", stage->projected ? '~' : '=',
            (double)stage->elapsed_ns / NS_PER_S);
        break;
    case COLUMN_TASKS:
        text_copy(size, text, "-");
        if (stage->kind != RESULT_WATCHED)
            snprintf(text, size, "%" PRId64,
                stage->done + (result->plan.tells ? stage->failed : 0));
        break;
    case COLUMN_BUSY:
        text_copy(size, text, "not visible");
        if (words_busy_cpus(stage) >= 0)
            snprintf(text, size, "%.1f of %d", words_busy_cpus(stage),
                result->machine.online_cpus);
        break;
    default:
        write_share(
            busy_of(stage, result->machine.cpus[column - COLUMN_CPUS].id), size, text);
    }
}

/* Row 0 is the headings, the others are the stages. */
static void write_cell(
    const struct result *result, size_t row, size_t column, size_t size, char text[])
{
    if (row == 0)
        write_heading(result, column, size, text);
    else
        write_value(result, &result->stages[row - 1], column, size, text);
}

/* The first columns of the table, as many as fit. */
struct layout {
    size_t columns; /* 0: not even the times fit */
    int widths[COLUMNS_MAX];
};

static int find_width(const struct result *result, size_t column)
{
    int width = 0;
    for (size_t row = 0; row <= result->stage_count; row++) {
        char text[CELL_SIZE];
        write_cell(result, row, column, sizeof text, text);
        int length = (int)strlen(text);
        width = length > width ? length : width;
    }
    return width;
}

/* What does without first: the single CPUs, how many were busy, the tasks. */
static struct layout find_layout(const struct result *result, int width)
{
    struct layout layout = {.columns = 0};
    int total = -GAP;
    size_t all = COLUMN_CPUS + result->machine.cpu_count;
    if (all > COLUMNS_MAX)
        all = COLUMN_CPUS;
    for (size_t column = 0; column < all; column++) {
        layout.widths[column] = find_width(result, column);
        total += GAP + layout.widths[column];
        if (total > width)
            break;
        bool shows = column == COLUMN_ELAPSED || column == COLUMN_TASKS ||
                     column == COLUMN_BUSY || column + 1 == all;
        if (shows)
            layout.columns = column + 1;
    }
    return layout;
}

static void print_row(
    FILE *out, const struct result *result, const struct layout *layout, size_t row)
{
    char line[LINE_SIZE] = "";
    for (size_t column = 0; column < layout->columns; column++) {
        char text[CELL_SIZE];
        bool left = column <= COLUMN_ELAPSED;
        write_cell(result, row, column, sizeof text, text);
        text_append(sizeof line, line, "%*s%*s", column > 0 ? GAP : 0, "",
            left ? -layout->widths[column] : layout->widths[column], text);
    }
    size_t length = strlen(line);
    while (length > 0 && line[length - 1] == ' ')
        length--;
    fprintf(out, "%.*s\n", (int)length, line);
}

static void print_sentences(FILE *out, int width, const struct result *result)
{
    for (size_t i = 0; i < result->stage_count; i++) {
        char text[160];
        words_stage_ended(result, &result->stages[i], sizeof text, text);
        paragraph_print(out, width, text);
    }
}

static void write_extremes(const struct result_stage *stage, size_t size, char text[])
{
    double least = 1, most = 0;
    size_t idle = 0;
    for (size_t i = 0; i < stage->cpu_count; i++) {
        if (stage->cpus[i].busy < 0)
            continue;
        least = fmin(least, stage->cpus[i].busy);
        most = fmax(most, stage->cpus[i].busy);
        idle += stage->cpus[i].busy < 0.05;
    }
    text_append(size, text, ": least %.0f %%, most %.0f %%, %zu of %zu under 5 %%",
        100 * least, 100 * most, idle, stage->cpu_count);
}

/* How many shares stand in a line: a power of two. */
static size_t find_list_cells(int width)
{
    size_t cells = LIST_CELLS;
    while (cells > 1 && LIST_LABEL + LIST_CELL * (int)cells > width)
        cells /= 2;
    return cells;
}

static void print_list(FILE *out, int width, const struct result_stage *stage)
{
    size_t cells = find_list_cells(width);
    for (size_t i = 0; i < stage->cpu_count; i++) {
        char text[CELL_SIZE];
        write_share(stage->cpus[i].busy, sizeof text, text);
        if (i % cells == 0)
            fprintf(out, "  CPU %3d", stage->cpus[i].id);
        fprintf(out, "%*s", LIST_CELL, text);
        if (i % cells == cells - 1 || i + 1 == stage->cpu_count)
            fputc('\n', out);
    }
}

/* Each CPU's busy share, one block per kind of stage. */
static void print_cpus(FILE *out, int width, const struct result *result)
{
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        char name[48], text[160];
        if (stage->repeat > 0 || words_busy_cpus(stage) < 0)
            continue;
        words_stage(stage, sizeof name, name);
        snprintf(text, sizeof text, "busy share of each CPU, %s", name);
        if (stage->cpu_count > CPUS_LISTED)
            write_extremes(stage, sizeof text, text);
        fputc('\n', out);
        paragraph_print(out, width, text);
        if (stage->cpu_count <= CPUS_LISTED)
            print_list(out, width, stage);
    }
}

void text_table_print(FILE *out, int width, const struct result *result)
{
    struct layout layout = find_layout(result, width);
    for (size_t row = 0; layout.columns > 0 && row <= result->stage_count; row++)
        print_row(out, result, &layout, row);
    if (layout.columns == 0)
        print_sentences(out, width, result);
    if (layout.columns <= COLUMN_CPUS && result->machine.cpu_count > 0)
        print_cpus(out, width, result);
}
