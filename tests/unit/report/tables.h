// SPDX-License-Identifier: MIT
#pragma once
/* A strict reader of CSV (RFC 4180, with lines that end in LF), for tests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/fault.h"
#include "experiment/result.h"

/* The rows below that of the names, all with as many cells. */
struct tables_csv {
    size_t row_count, column_count;
    char **cells; /* row by row, the names first; owned */
    char *text;   /* in which they are; owned */
};

/* Fails the test where it is no CSV. */
void tables_read(struct tables_csv *table, const char *text, size_t size);
void tables_finish(struct tables_csv *table);

/* The same of what a function writes of a result, which must succeed. */
typedef int tables_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault);
void tables_read_from(
    struct tables_csv *table, tables_write *write, const struct result *result);

bool tables_has(const struct tables_csv *table, const char *name);

/* The cell of a row (from 0) in a column, which must be there.  Borrowed. */
const char *tables_cell(const struct tables_csv *table, size_t row, const char *name);

#define assert_cell(TABLE, ROW, NAME, EXPECTED)                                          \
    assert_string_equal(tables_cell(TABLE, ROW, NAME), EXPECTED)
