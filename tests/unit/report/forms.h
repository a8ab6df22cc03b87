// SPDX-License-Identifier: MIT
#pragma once
/* The texts of the report, against those in tests/data/report. */
#include "../experiment/made.h"
#include "report/report.h"

enum { COLUMNS = 78 };

/* Caller frees. */
char *forms_write(const struct result *result, enum report_text_form form, int width);

/* No line is wider than that, but for that to hand in and a single word; a byte that goes
 * on in UTF-8 has no width. */
void forms_assert_width(const char *text, int width);

/* Compares with tests/data/report/NAME.txt; with PARFOR_GOLDEN=write in the environment
 * it is written instead. */
void forms_assert_text(const char *text, const char *name);

/* The same of a result. */
void forms_assert(
    const struct result *result, enum report_text_form form, int width, const char *name);
