// SPDX-License-Identifier: MIT
#pragma once
/* The stages of a result as a table, in the width there is. */
#include <stdio.h>

#include "experiment/result.h"

/* Prints a line for each stage, of at most `width` columns, with as many of its numbers
 * as have room beside each other; else a sentence for each.  The CPUs that have no column
 * follow in lists. */
void text_table_print(FILE *out, int width, const struct result *result);
