// SPDX-License-Identifier: MIT
#pragma once
/* The axes of speed-up against numbers of workers: these side by side, evenly or by their
 * logarithms, and round steps of the speed-up upwards. */
#include <stdbool.h>
#include <stddef.h>

struct worker_axis {
    double first, last; /* workers of the outer points */
    bool logarithmic;   /* else it is even */
};

/* Workers rise.  It is logarithmic where the distances between them differ much. */
struct worker_axis worker_axis_of(size_t count, const int workers[]);

/* Where a number of workers is, from 0 at the first to 1 at the last; one alone is in the
 * middle.  And what is there. */
double worker_axis_share(const struct worker_axis *axis, double workers);
double worker_axis_at(const struct worker_axis *axis, double share);

/* The speed-up where the axis of speed-ups ends of which `highest` is to be seen: a
 * little more, so that noise does not change it. */
double worker_axis_top(double highest);

/* The smallest round step (1, 2, 5 x 10^k, from 0.1 on) with so many ticks at most, 1 or
 * more, up to `top`. */
double worker_axis_step(double top, int ticks);

/* Of labels that need `width` each, with the gap to the next one, and stand in the middle
 * over rising positions, those that have room: the last, the first, then all that stay
 * clear of their neighbours, from the left. */
void worker_axis_choose(
    size_t count, const double positions[], double width, bool ret_shown[]);
