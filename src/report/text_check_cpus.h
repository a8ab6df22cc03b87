// SPDX-License-Identifier: MIT
#pragma once
/* The CPUs of a check in a table. */
#include <stdio.h>

#include "experiment/result.h"

/* Prints a line of at most `width` columns for each CPU; of many only for those that
 * something is wrong with, and one for the range of all others.  Columns that have no
 * room are left out.  Prints nothing where nothing was run. */
void text_check_print_cpus(FILE *out, int width, const struct result *result);

/* The same rows for other tables, with all columns; "-" where there is nothing. */
enum { TEXT_CHECK_COLUMNS = 9 };
extern const char *const text_check_headings[TEXT_CHECK_COLUMNS];

/* The cells are borrowed until it returns. */
typedef void text_check_take(void *data, const char *const cells[]);
void text_check_tell_cpus(const struct result *result, text_check_take *take, void *data);
