// SPDX-License-Identifier: MIT
#pragma once
/* Whole programs, a line of each: its name, a bar as long as it took, its time, how many
 * times as fast it is.  For many of them. */
#include "picture/page.h"

/* Draws all into a box as wide as the page's content, and the axis below it. */
void part_program_lines_draw(
    const struct page *page, const struct drawing_box *box, struct axis axis);
