// SPDX-License-Identifier: MIT
#pragma once
/* The text of a check, for people. */
#include <stdio.h>

#include "report/report.h"

/* The verdict and what was found, each with what to look at next; then figures, the CPUs,
 * every source of a number of CPUs, and the inventory.  In full: paragraphs and tables of
 * `width` columns; else sentences, a line each; as the closing without what plain
 * progress has said before it. */
void text_check_print(
    FILE *out, enum report_text_form form, int width, const struct result *result);

/* What comes out of it, for a line to hand in: " check PASS usable=2 …". */
void text_check_print_words(FILE *out, const struct result *result);
