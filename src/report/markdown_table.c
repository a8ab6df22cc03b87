// SPDX-License-Identifier: MIT
#include "report/markdown_table.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/markdown_text.h"
#include "report/paragraph.h"

/* A column is no wider for a cell that is longer, whose row goes beyond it. */
enum { WIDTH_MOST = 64, WIDTH_LEAST = 3 };

void markdown_table_init(struct markdown_table *table, size_t column_count,
    const struct markdown_column columns[])
{
    *table = (struct markdown_table){.column_count = column_count, .columns = columns};
}

void markdown_table_finish(struct markdown_table *table)
{
    for (size_t i = 0; i < table->cell_count; i++)
        free(table->cells[i]);
    free(table->cells);
}

static void add(struct markdown_table *table, char *cell)
{
    void *cells = table->cells;
    char **place = memory_append(&cells, table->cell_count++, sizeof *place);
    table->cells = cells;
    *place = cell;
}

void markdown_table_add(struct markdown_table *table, const char *text)
{
    add(table, markdown_cell(text));
}

void markdown_table_add_code(struct markdown_table *table, const char *text)
{
    add(table, markdown_cell_code(text));
}

void markdown_table_add_format(struct markdown_table *table, const char *format, ...)
{
    va_list arguments;
    char *text = NULL;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    text = memory_need(length < 0 ? NULL : text);
    markdown_table_add(table, text);
    free(text);
}

static size_t count_rows(const struct markdown_table *table)
{
    return (table->cell_count + table->column_count - 1) / table->column_count;
}

static const char *cell_at(const struct markdown_table *table, size_t row, size_t column)
{
    size_t place = row * table->column_count + column;
    return place < table->cell_count ? table->cells[place] : "";
}

/* 0: nothing is in it. */
static int find_width(const struct markdown_table *table, size_t column)
{
    int width = 0;
    for (size_t row = 0; row < count_rows(table); row++) {
        const char *cell = cell_at(table, row, column);
        int columns = paragraph_columns(strlen(cell), cell);
        width = columns > width ? columns : width;
    }
    if (width == 0)
        return 0;
    const char *heading = table->columns[column].heading;
    int columns = paragraph_columns(strlen(heading), heading);
    width = width > WIDTH_MOST ? WIDTH_MOST : width;
    width = width > columns ? width : columns;
    return width > WIDTH_LEAST ? width : WIDTH_LEAST;
}

static void print_cell(FILE *out, const char *cell, bool right, int width)
{
    int blanks = width - paragraph_columns(strlen(cell), cell);
    blanks = blanks > 0 ? blanks : 0;
    fprintf(out, "| %*s%s%*s ", right ? blanks : 0, "", cell, right ? 0 : blanks, "");
}

static void print_rule(FILE *out, bool right, int width)
{
    fputs("| ", out);
    for (int i = 0; i < width - right; i++)
        fputc('-', out);
    fputs(right ? ": " : " ", out);
}

static void print_head(FILE *out, const struct markdown_table *table, const int widths[])
{
    for (size_t i = 0; i < table->column_count; i++)
        if (widths[i] > 0)
            print_cell(
                out, table->columns[i].heading, table->columns[i].right, widths[i]);
    fputs("|\n", out);
    for (size_t i = 0; i < table->column_count; i++)
        if (widths[i] > 0)
            print_rule(out, table->columns[i].right, widths[i]);
    fputs("|\n", out);
}

void markdown_table_print(FILE *out, const struct markdown_table *table)
{
    if (table->cell_count == 0)
        return;
    int *widths = memory_new(table->column_count, sizeof *widths);
    for (size_t i = 0; i < table->column_count; i++)
        widths[i] = find_width(table, i);
    print_head(out, table, widths);
    for (size_t row = 0; row < count_rows(table); row++) {
        for (size_t i = 0; i < table->column_count; i++)
            if (widths[i] > 0)
                print_cell(
                    out, cell_at(table, row, i), table->columns[i].right, widths[i]);
        fputs("|\n", out);
    }
    fputc('\n', out);
    free(widths);
}
