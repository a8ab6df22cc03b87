// SPDX-License-Identifier: MIT
#pragma once
/* What a check has found, the heaviest first: its level, then what it is. */
#include "experiment/result_check.h"
#include "ui/canvas.h"

struct check_findings {
    const struct result_check *check;
    bool next; /* with what to look at next */
};

/* The lines that all of them take in so many columns. */
int check_findings_rows(const struct check_findings *findings, int columns);

/* Draws as many as there is room for, none in parts unless it is the first, and says how
 * many more there are.  Returns the lines used. */
int check_findings_draw(
    struct canvas *canvas, struct area area, const struct check_findings *findings);
