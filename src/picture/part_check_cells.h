// SPDX-License-Identifier: MIT
#pragma once
/* Every CPU of a check: a bar as long as it is fast alone, beside the usual one of its
 * kind, or a cell as full as that; what something is wrong with is marked and named. */
#include "picture/page.h"

/* Draws them into a box as wide as the page's content.  Returns the y below. */
double part_check_cells_draw(const struct page *page, const struct drawing_box *box);
