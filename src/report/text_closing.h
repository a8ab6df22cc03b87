// SPDX-License-Identifier: MIT
#pragma once
/* What every report for people ends with: the advice to repeat, and the line to hand in.
 */
#include <stdbool.h>
#include <stdio.h>

#include "experiment/result.h"

enum { TEXT_CLOSING_WHY_SIZE = 80 };

/* Whether more runs would give an error bar that is missing: why, in a sentence, and what
 * to run instead, which borrows from the result. */
bool text_closing_needs_repeat(const struct result *result, struct plan *ret_plan,
    char ret_why[TEXT_CLOSING_WHY_SIZE]);

/* Whether it is known on which machine it was: of a saved result it is not told where the
 * folder of a simulated one was. */
bool text_closing_can_repeat(const struct result *result);

/* Prints the one line that a learner can hand in and a teacher can sort: fields without
 * blanks.  Nothing where nothing was run that could be sorted. */
void text_closing_print_line(FILE *out, const struct result *result);
