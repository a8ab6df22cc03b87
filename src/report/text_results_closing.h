// SPDX-License-Identifier: MIT
#pragma once
/* What follows from several results. */
#include <stdio.h>

#include "report/report.h"

/* Prints which is the fastest of those that ran the same loop, and which has the largest
 * speed-up, in lines of that width, or a line each where it is 0.  Names of files are as
 * they are: whoever shows it must disarm them. */
void text_results_print_closing(
    FILE *out, int width, const struct report_results *results);
