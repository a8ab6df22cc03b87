// SPDX-License-Identifier: MIT
#pragma once
/* Where things stand in a plot of speed-up against workers: columns are workers, rows are
 * speed-up, from 0 in the last row. */
#include "model/worker_axis.h"

struct plot_scale {
    int rows, columns;
    struct worker_axis workers;
    double top;  /* the speed-up in row 0 */
    double step; /* between two ticks: 1, 2, 5 x 10^k */
};

/* For a room of rows and columns; workers rise.  `highest` is the largest speed-up that
 * shall be seen. */
struct plot_scale plot_scale_of(int rows, int columns, double highest);
void plot_scale_spread(struct plot_scale *scale, size_t count, const int workers[]);

/* The column of so many workers, and what is in the middle of a column. */
int plot_scale_column(const struct plot_scale *scale, double workers);
double plot_scale_workers(const struct plot_scale *scale, int column);

/* The row of a speed-up, as near as a third of it: *ret_third is 0 low, 1 in the middle,
 * 2 high.  What is above the plot is in row 0. */
int plot_scale_row(const struct plot_scale *scale, double speedup, int *ret_third);

/* Of labels of one width, each over the middle of its column, those that have room: the
 * last, the first, then all that stay clear of their neighbours. */
void plot_scale_choose(size_t count, const double columns[], int width, bool ret_shown[]);
