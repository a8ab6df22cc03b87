// SPDX-License-Identifier: MIT
#include "tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

/* Where the reader is.  Cells are written over what has been read of them. */
struct source {
    char *next, *end;
};

/* A cell in quotes, which are gone. */
static void read_quoted(struct source *source, char *cell)
{
    for (source->next++;; source->next++) {
        assert_true(source->next < source->end);
        if (*source->next != '"') {
            *cell++ = *source->next;
            continue;
        }
        assert_true(source->next + 1 < source->end);
        if (source->next[1] != '"')
            break;
        *cell++ = *source->next++;
    }
    source->next++;
    assert_true(*source->next == ',' || *source->next == '\n');
    if (cell < source->next)
        *cell = '\0';
}

/* Whether the row goes on. */
static bool read_cell(struct source *source, char **ret_cell)
{
    assert_true(source->next < source->end);
    *ret_cell = source->next;
    if (*source->next == '"')
        read_quoted(source, source->next);
    while (*source->next != ',' && *source->next != '\n') {
        assert_true(*source->next != '"' && *source->next != '\r');
        source->next++;
        assert_true(source->next < source->end);
    }
    bool goes_on = *source->next == ',';
    *source->next++ = '\0';
    return goes_on;
}

void tables_read(struct tables_csv *table, const char *text, size_t size)
{
    assert_int_equal(strlen(text), size);
    *table = (struct tables_csv){.text = text_duplicate(text)};
    struct source source = {table->text, table->text + size};
    void *cells = NULL;
    size_t count = 0, row = 0;
    while (source.next < source.end) {
        size_t first = count;
        bool goes_on = true;
        while (goes_on) {
            char **cell = memory_append(&cells, count++, sizeof *cell);
            goes_on = read_cell(&source, cell);
        }
        if (row++ == 0)
            table->column_count = count;
        assert_int_equal(count - first, table->column_count);
    }
    assert_true(row > 0);
    table->row_count = row - 1;
    table->cells = cells;
}

void tables_finish(struct tables_csv *table)
{
    free(table->cells);
    free(table->text);
}

void tables_read_from(
    struct tables_csv *table, tables_write *write, const struct result *result)
{
    struct fault fault;
    char *text;
    size_t size;
    assert_int_equal(write(result, &text, &size, &fault), 0);
    tables_read(table, text, size);
    free(text);
}

static size_t find(const struct tables_csv *table, const char *name)
{
    size_t column = 0;
    while (column < table->column_count && strcmp(table->cells[column], name) != 0)
        column++;
    return column;
}

bool tables_has(const struct tables_csv *table, const char *name)
{
    return find(table, name) < table->column_count;
}

const char *tables_cell(const struct tables_csv *table, size_t row, const char *name)
{
    size_t column = find(table, name);
    if (column == table->column_count)
        fail_msg("no column %s", name);
    assert_true(row < table->row_count);
    return table->cells[(row + 1) * table->column_count + column];
}
