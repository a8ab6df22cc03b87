// SPDX-License-Identifier: MIT
#pragma once
/* Speed-up against workers: what is possible, what was measured with its spread, the
 * curve fitted to it, and the number of workers to take. */
#include "experiment/points.h"
#include "model/worker_axis.h"
#include "picture/page.h"

struct part_curve {
    struct drawing_box box;      /* ticks' labels stand left of it, names right of it */
    const struct points *points; /* at least one; borrowed */
    struct worker_axis workers;
    double top; /* the speed-up at its upper edge */
};

/* Fits the axes to the points. */
struct part_curve part_curve_of(
    const struct page *page, const struct points *points, const struct drawing_box *box);

/* Where a number of workers is. */
double part_curve_x(const struct part_curve *curve, double workers);

void part_curve_draw(const struct page *page, const struct part_curve *curve);
