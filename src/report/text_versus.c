// SPDX-License-Identifier: MIT
#include "report/text_versus.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "experiment/words_programs.h"
#include "report/paragraph.h"

enum {
    COLUMN_PROGRAM,
    COLUMN_TIME,
    COLUMN_RATIO,
    COLUMN_CPU_TIME,
    COLUMN_MEMORY,
    COLUMN_PROCESSES,
    COLUMN_THREADS,
    COLUMNS,
    CELL_SIZE = 64,
    GAP = 2,
    RUNS_ADVISED = 5,
};

/* Of programs that were repeated an interval stands behind the ratio. */
static const char *heading_of(const struct result *result, int column)
{
    static const char *const headings[COLUMNS] = {
        "program", "time", "times as fast", "CPU time", "memory", "proc.", "threads"};
    const struct result_programs *programs = &result->programs;
    bool has_interval = programs->count > 1 && programs->list[1].has_interval;
    return column == COLUMN_RATIO && has_interval ? "as fast (95 %)" : headings[column];
}

static void write_ratio(const struct result_program *about, char text[CELL_SIZE])
{
    snprintf(text, CELL_SIZE, "%.2f", about->ratio);
    if (about->has_interval)
        text_append(
            CELL_SIZE, text, " (%.2f-%.2f)", about->interval_low, about->interval_high);
}

static void write_cell(
    const struct result *result, size_t program, int column, char text[CELL_SIZE])
{
    const struct result_program *about = &result->programs.list[program];
    text_copy(CELL_SIZE, text, "-");
    if (column == COLUMN_PROGRAM)
        words_program_label(result, (int)program, CELL_SIZE, text);
    else if (about->repeats == 0)
        return;
    else if (column == COLUMN_TIME)
        snprintf(text, CELL_SIZE, "%.3f s", (double)about->elapsed_ns / NS_PER_S);
    else if (column == COLUMN_RATIO && about->ratio > 0)
        write_ratio(about, text);
    else if (column == COLUMN_CPU_TIME)
        snprintf(text, CELL_SIZE, "%.3f s", (double)about->cpu_ns / NS_PER_S);
    else if (column == COLUMN_MEMORY && about->max_rss_bytes > 0)
        words_program_memory(about->max_rss_bytes, CELL_SIZE, text);
    else if (column == COLUMN_PROCESSES)
        snprintf(text, CELL_SIZE, "%d", about->processes);
    else if (column == COLUMN_THREADS)
        snprintf(text, CELL_SIZE, "%d", about->threads);
}

static int find_width(const struct result *result, int column)
{
    int width = (int)strlen(heading_of(result, column));
    for (size_t i = 0; i < result->programs.count; i++) {
        char text[CELL_SIZE];
        write_cell(result, i, column, text);
        int columns = paragraph_columns(strlen(text), text);
        width = columns > width ? columns : width;
    }
    return width;
}

/* How many of the columns have room beside each other. */
static int find_columns(const struct result *result, int width, int ret_widths[])
{
    int columns = 0, total = 0;
    for (; columns < COLUMNS; columns++) {
        ret_widths[columns] = find_width(result, columns);
        total += (columns > 0 ? GAP : 0) + ret_widths[columns];
        if (total > width)
            break;
    }
    return columns;
}

/* Names to the left, numbers to the right. */
static void print_cell(FILE *out, int column, int width, const char *text)
{
    int blanks = width - paragraph_columns(strlen(text), text);
    if (column == COLUMN_PROGRAM)
        fprintf(out, "%s%*s", text, blanks, "");
    else
        fprintf(out, "%*s%s", GAP + blanks, "", text);
}

static void print_table(
    FILE *out, const struct result *result, int columns, const int widths[])
{
    for (int column = 0; column < columns; column++)
        print_cell(out, column, widths[column], heading_of(result, column));
    fputc('\n', out);
    for (size_t i = 0; i < result->programs.count; i++) {
        for (int column = 0; column < columns; column++) {
            char text[CELL_SIZE];
            write_cell(result, i, column, text);
            print_cell(out, column, widths[column], text);
        }
        fputc('\n', out);
    }
    fputc('\n', out);
}

static void print_sentence(
    FILE *out, int width, const struct result *result, size_t program)
{
    char text[400];
    words_program_figures(result, program, sizeof text, text);
    if (result->programs.list[program].repeats > 0)
        paragraph_print(out, width, text);
}

void text_versus_print_programs(FILE *out, int width, const struct result *result)
{
    int widths[COLUMNS], columns = find_columns(result, width, widths);
    if (columns > COLUMN_RATIO && result->programs.count > 1) {
        print_table(out, result, columns, widths);
        return;
    }
    for (size_t i = 0; i < result->programs.count; i++)
        print_sentence(out, width, result, i);
}

/* The fewest runs of a program; 0 where there is nothing to compare. */
static int find_runs(const struct result_programs *programs)
{
    int runs = programs->count > 1 ? programs->list[0].repeats : 0;
    for (size_t i = 1; i < programs->count; i++)
        if (programs->list[i].repeats < runs)
            runs = programs->list[i].repeats;
    return runs;
}

void text_versus_print_closing(FILE *out, int width, const struct result *result)
{
    const struct result_programs *programs = &result->programs;
    int runs = find_runs(programs);
    char text[160];
    paragraph_print(out, width, programs->sentence);
    if (runs == 0 || programs->list[1].has_interval || programs->list[1].ratio <= 0)
        return;
    if (runs == 1)
        snprintf(text, sizeof text, "One run each, so no error bar: -r %d repeats them.",
            RUNS_ADVISED);
    else
        snprintf(text, sizeof text,
            "%d runs each are too few for an error bar: -r %d makes more.", runs,
            RUNS_ADVISED);
    paragraph_print(out, width, text);
}
