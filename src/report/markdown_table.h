// SPDX-License-Identifier: MIT
#pragma once
/* A table in Markdown, as GitHub has them, that can be read as plain text, too. */
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct markdown_column {
    const char *heading;
    bool right; /* a number: aligned at its right */
};

struct markdown_table {
    size_t column_count;
    const struct markdown_column *columns; /* borrowed */
    size_t cell_count;
    char **cells; /* row by row; owned */
};

/* A table without rows.  Finish what was begun. */
void markdown_table_init(struct markdown_table *table, size_t column_count,
    const struct markdown_column columns[]);
void markdown_table_finish(struct markdown_table *table);

/* Add the next cell of a row: a text of any bytes; as code; formatted. */
void markdown_table_add(struct markdown_table *table, const char *text);
void markdown_table_add_code(struct markdown_table *table, const char *text);
__attribute__((format(printf, 2, 3))) void markdown_table_add_format(
    struct markdown_table *table, const char *format, ...);

/* Prints it, and an empty line, without columns that have nothing in them but in their
 * heading; nothing for a table without rows. */
void markdown_table_print(FILE *out, const struct markdown_table *table);
