// SPDX-License-Identifier: MIT
#pragma once
/* What a check found, in lines: its findings, each with what to look at next; what was
 * measured, and what the machine says of itself. */
#include "picture/page.h"

/* All of it in texts of one size. */
struct part_check_facts {
    const struct page *page;
    double size;
};

/* The heights that all findings take in a width, and all figures, with values in several
 * lines where one is not enough. */
double part_check_findings_height(const struct part_check_facts *facts, double width);
double part_check_figures_height(const struct part_check_facts *facts, double width);

/* Draws as many as there is room for, and says how many more there are.  Returns the y
 * below. */
double part_check_findings_draw(
    const struct part_check_facts *facts, const struct drawing_box *box);

/* Draws as many as there is room for, in two columns. */
void part_check_figures_draw(
    const struct part_check_facts *facts, const struct drawing_box *box);
