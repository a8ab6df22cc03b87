// SPDX-License-Identifier: MIT
#pragma once
/* What changes in steps over time, as an area: neighbours that are equal make one step.
 */
#include <stdbool.h>
#include <stddef.h>

#include "picture/drawing.h"

enum { PART_STEPS_FINE = 4 }; /* levels are quarters of a point */

struct part_steps {
    double x, column_width; /* of the first column; of each, … */
    double end_x;           /* … but for the last, which may be cut */
    double base_y;          /* of level 0 */
    size_t columns;
    const int *low, *high; /* levels above the base; `low` NULL: 0 */
};

/* The areas between low and high, wherever high is above.  Returns whether there are any.
 */
bool part_steps_draw(
    const struct drawing *drawing, const struct part_steps *steps, enum ink ink);
