// SPDX-License-Identifier: MIT
#pragma once
/* Tables in Markdown of what was measured. */
#include <stdio.h>

#include "experiment/result.h"

/* Prints a row for each stage; of a sweep for each point, of whole programs for each of
 * them. */
void markdown_stages_print(FILE *out, const struct result *result);

/* Prints the numbers behind the sentence, and where the workers' time went; nothing where
 * they are not known. */
void markdown_stages_print_figures(FILE *out, const struct result *result);
