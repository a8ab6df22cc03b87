// SPDX-License-Identifier: MIT
#pragma once
/* A time axis from 0 to a round end, in 3 to 6 round steps with a label at each. */
#include <stddef.h>
#include <stdint.h>

/* end_ns is a whole number of step_ns. */
struct axis {
    int64_t end_ns;
    int64_t step_ns;
};

/* The shortest axis that holds `length_ns`, and of its divisions the one nearest to five
 * steps.  Steps are 1, 2, 5 x 10^k of a unit up to 50 s, then those of clocks (1, 2, 5,
 * 10, 15, 20, 30 min; 1, 2, 3, 4, 6, 12 h), then 1, 2, 5 x 10^k days; so the end is at
 * most a third beyond the length (1 or 2 ns are shorter than three steps).  No length is
 * 1 s; the axis never gets longer than 50 000 days. */
struct axis axis_of(int64_t length_ns);

/* The shortest axis that holds twice this one. */
struct axis axis_double(struct axis axis);

/* Writes the label of the tick at `t_ns` (0 or more): the first has the axis's unit (ns,
 * us, ms, s, min, h, d), "0 s"; the others are bare, "5", "0.5". */
void axis_format(const struct axis *axis, int64_t t_ns, size_t size, char text[]);
