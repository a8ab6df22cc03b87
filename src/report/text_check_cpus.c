// SPDX-License-Identifier: MIT
#include "report/text_check_cpus.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "report/columns.h"

enum {
    COLUMN_CPU,
    COLUMN_KIND,
    COLUMN_ALONE,
    COLUMN_TOGETHER,
    COLUMN_RATIO,
    COLUMN_WRONG,
    COLUMN_AGAIN,
    COLUMN_WAITED,
    COLUMN_MARK,
    COLUMNS,
    CELL_SIZE = 64,
    MARKED_FROM = 60, /* columns */
    ALL_LISTED = 16,  /* of more CPUs only those that something is wrong with */
};

static_assert((int)COLUMNS == (int)TEXT_CHECK_COLUMNS, "all are told");

const char *const text_check_headings[COLUMNS] = {
    "CPU", "kind", "alone", "all at once", "ratio", "wrong", "again", "waited", ""};

/* The CPUs of a row: one, or all that have no row of their own. */
struct row {
    const struct result *result;
    const struct check_cpu *cpu; /* NULL: these */
};

/* Whether something is wrong with a CPU. */
static bool is_odd(const struct result_check *check, const struct check_cpu *cpu)
{
    for (size_t i = 0; i < check->finding_count; i++)
        if (check->findings[i].cpu == cpu->id)
            return true;
    return cpu->slow || cpu->wrong > 0 || cpu->again_wrong > 0 || cpu->refused != 0 ||
           cpu->died_of != 0;
}

static bool has_row(const struct result_check *check, const struct check_cpu *cpu)
{
    return check->cpu_count <= ALL_LISTED || is_odd(check, cpu);
}

static bool is_in(const struct row *row, const struct check_cpu *cpu)
{
    return row->cpu ? cpu == row->cpu : !has_row(&row->result->check, cpu);
}

/* The number in a column, and below 0 where there is none. */
static double value_of(const struct check_cpu *cpu, int column)
{
    switch (column) {
    case COLUMN_ALONE:
        return cpu->alone.rounds > 0 ? (double)cpu->alone.median_ns / NS_PER_MS : -1;
    case COLUMN_AGAIN:
        return cpu->again.rounds > 0 ? (double)cpu->again.median_ns / NS_PER_MS : -1;
    case COLUMN_TOGETHER:
        return cpu->together.rounds > 0 ? (double)cpu->together.elapsed_ns / NS_PER_MS
                                        : -1;
    case COLUMN_RATIO:
        return cpu->ratio > 0 && cpu->alone.rounds >= CHECK_ROUNDS_MIN ? cpu->ratio : -1;
    case COLUMN_WAITED:
        return cpu->alone.rounds > 0 ? 100 * cpu->alone.waited : -1;
    default:
        return -1;
    }
}

/* A number, or the range of several. */
static void write_range(const struct row *row, int column, char text[CELL_SIZE])
{
    const struct result_check *check = &row->result->check;
    int decimals = column == COLUMN_RATIO ? 2 : column == COLUMN_WAITED ? 0 : 1;
    const char *unit = column == COLUMN_RATIO    ? ""
                       : column == COLUMN_WAITED ? " %"
                                                 : " ms";
    double low = INFINITY, high = -1;
    char lowest[CELL_SIZE / 2], highest[CELL_SIZE / 2];
    for (size_t i = 0; i < check->cpu_count; i++) {
        double value = value_of(&check->cpus[i], column);
        if (!is_in(row, &check->cpus[i]) || value < 0)
            continue;
        low = fmin(low, value);
        high = fmax(high, value);
    }
    text_copy(CELL_SIZE, text, "-");
    if (high < 0)
        return;
    snprintf(lowest, sizeof lowest, "%.*f", decimals, low);
    snprintf(highest, sizeof highest, "%.*f", decimals, high);
    text_copy(CELL_SIZE, text, lowest);
    if (strcmp(lowest, highest) != 0)
        text_append(CELL_SIZE, text, "-%s", highest);
    text_append(CELL_SIZE, text, "%s", unit);
}

static void write_cpu(const struct row *row, char text[CELL_SIZE])
{
    const struct result_check *check = &row->result->check;
    size_t others = 0;
    if (row->cpu) {
        snprintf(text, CELL_SIZE, "%d", row->cpu->id);
        return;
    }
    for (size_t i = 0; i < check->cpu_count; i++)
        others += is_in(row, &check->cpus[i]);
    if (others == check->cpu_count)
        snprintf(text, CELL_SIZE, "all %zu", others);
    else
        snprintf(text, CELL_SIZE, "%zu others", others);
}

static void write_kind(const struct row *row, char text[CELL_SIZE])
{
    const struct machine *machine = &row->result->machine;
    int index = row->cpu ? machine_cpu_index(machine, row->cpu->id) : -1;
    int kind = index >= 0 ? machine->cpus[index].kind : -1;
    if (kind >= 0 && (size_t)kind < machine->kind_count)
        text_copy(CELL_SIZE, text, machine->kinds[kind].name);
}

static void write_wrong(const struct row *row, char text[CELL_SIZE])
{
    const struct result_check *check = &row->result->check;
    double wrong = 0, tasks = 0;
    for (size_t i = 0; i < check->cpu_count; i++) {
        const struct check_cpu *cpu = &check->cpus[i];
        if (!is_in(row, cpu))
            continue;
        wrong += (double)cpu->wrong + (double)cpu->again_wrong;
        tasks += (double)cpu->tasks + (double)cpu->again_tasks;
    }
    if (tasks > 0)
        snprintf(text, CELL_SIZE, "%.0f of %.0f", wrong, tasks);
}

/* "<- slow, wrong": so that nobody has to search. */
static void write_mark(const struct row *row, char text[CELL_SIZE])
{
    const struct check_cpu *cpu = row->cpu;
    text[0] = '\0';
    if (!cpu)
        return;
    const struct {
        bool is_so;
        const char *word;
    } marks[] = {{cpu->wrong > 0 || cpu->again_wrong > 0, "wrong"}, {cpu->slow, "slow"},
        {cpu->died_of != 0, "died"}, {cpu->refused != 0, "refused"}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].is_so)
            text_append(CELL_SIZE, text, "%s%s", *text ? ", " : "<- ", marks[i].word);
}

static void write_cell(const struct row *row, int column, char text[CELL_SIZE])
{
    text_copy(CELL_SIZE, text, "-");
    if (column == COLUMN_CPU)
        write_cpu(row, text);
    else if (column == COLUMN_KIND)
        write_kind(row, text);
    else if (column == COLUMN_WRONG)
        write_wrong(row, text);
    else if (column == COLUMN_MARK)
        write_mark(row, text);
    else
        write_range(row, column, text);
}

struct table {
    size_t row_count;
    struct row *rows;
    size_t column_count;
    int numbers[COLUMNS]; /* which they are */
    struct column columns[COLUMNS];
};

static void find_rows(const struct result *result, struct table *table)
{
    const struct result_check *check = &result->check;
    table->rows = memory_new(check->cpu_count + 1, sizeof *table->rows);
    for (size_t i = 0; i < check->cpu_count; i++)
        if (has_row(check, &check->cpus[i]))
            table->rows[table->row_count++] = (struct row){result, &check->cpus[i]};
    if (table->row_count < check->cpu_count)
        table->rows[table->row_count++] = (struct row){result, NULL};
}

/* A column in which nothing is said is left out; 0. */
static int find_width(const struct table *table, int column)
{
    int width = 0;
    for (size_t i = 0; i < table->row_count; i++) {
        char text[CELL_SIZE];
        write_cell(&table->rows[i], column, text);
        if (strcmp(text, "-") != 0)
            width = columns_widest(width, text);
    }
    return width > 0 ? columns_widest(width, text_check_headings[column]) : 0;
}

static void add_column(struct table *table, int column, int width)
{
    bool is_text = column == COLUMN_KIND || column == COLUMN_MARK;
    table->numbers[table->column_count] = column;
    table->columns[table->column_count++] = (struct column){width, !is_text};
}

/* As many as have room beside each other; the marks before others, where it is wide. */
static void find_columns(struct table *table, int width)
{
    int mark = find_width(table, COLUMN_MARK), left = width + COLUMNS_GAP;
    if (mark > 0 && width >= MARKED_FROM)
        left -= mark + COLUMNS_GAP;
    for (int column = 0; column < COLUMN_MARK; column++) {
        int needed = find_width(table, column);
        if (needed == 0)
            continue;
        left -= needed + COLUMNS_GAP;
        if (left < 0)
            break;
        add_column(table, column, needed);
    }
    if (mark > 0 && width >= MARKED_FROM)
        add_column(table, COLUMN_MARK, mark);
}

/* Without a row: the headings. */
static void print_row(FILE *out, const struct table *table, const struct row *row)
{
    char texts[COLUMNS][CELL_SIZE];
    const char *cells[COLUMNS];
    for (size_t i = 0; i < table->column_count; i++) {
        cells[i] = row ? texts[i] : text_check_headings[table->numbers[i]];
        if (row)
            write_cell(row, table->numbers[i], texts[i]);
    }
    columns_print(out, table->column_count, table->columns, cells);
}

void text_check_print_cpus(FILE *out, int width, const struct result *result)
{
    struct table table = {.row_count = 0};
    if (!result->check.measured || result->check.cpu_count == 0)
        return;
    find_rows(result, &table);
    find_columns(&table, width);
    if (table.column_count > 1) {
        fputc('\n', out);
        print_row(out, &table, NULL);
        for (size_t i = 0; i < table.row_count; i++)
            print_row(out, &table, &table.rows[i]);
    }
    free(table.rows);
}

void text_check_tell_cpus(const struct result *result, text_check_take *take, void *data)
{
    struct table table = {.row_count = 0};
    if (!result->check.measured || result->check.cpu_count == 0)
        return;
    find_rows(result, &table);
    for (size_t i = 0; i < table.row_count; i++) {
        char texts[COLUMNS][CELL_SIZE];
        const char *cells[COLUMNS];
        for (int column = 0; column < COLUMNS; column++) {
            write_cell(&table.rows[i], column, texts[column]);
            cells[column] = texts[column];
        }
        take(data, cells);
    }
    free(table.rows);
}
