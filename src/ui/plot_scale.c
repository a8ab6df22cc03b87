// SPDX-License-Identifier: MIT
#include "ui/plot_scale.h"

#include <math.h>

enum { MARGIN = 3, ROWS_PER_TICK = 3, BETWEEN_LABELS = 1, THIRDS = 3 };

struct plot_scale plot_scale_of(int rows, int columns, double highest)
{
    struct plot_scale scale = {
        .rows = rows, .columns = columns, .workers = worker_axis_of(0, NULL)};
    int ticks = (rows - 1) / ROWS_PER_TICK;
    scale.top = worker_axis_top(highest);
    scale.step = worker_axis_step(scale.top, ticks > 2 ? ticks : 2);
    return scale;
}

void plot_scale_spread(struct plot_scale *scale, size_t count, const int workers[])
{
    scale->workers = worker_axis_of(count, workers);
}

/* The cells between the outer points. */
static double length_of(const struct plot_scale *scale)
{
    int length = scale->columns - 1 - 2 * MARGIN;
    return length > 1 ? length : 1;
}

int plot_scale_column(const struct plot_scale *scale, double workers)
{
    if (scale->workers.last <= scale->workers.first)
        return scale->columns / 2;
    double share = worker_axis_share(&scale->workers, workers);
    return MARGIN + (int)lround(share * length_of(scale));
}

double plot_scale_workers(const struct plot_scale *scale, int column)
{
    return worker_axis_at(&scale->workers, (column - MARGIN) / length_of(scale));
}

int plot_scale_row(const struct plot_scale *scale, double speedup, int *ret_third)
{
    double height = speedup / scale->top * (scale->rows - 1);
    height = fmin(fmax(height, 0), scale->rows);
    int thirds = (int)lround(height * THIRDS) + 1;
    int row = scale->rows - 1 - thirds / THIRDS;
    if (ret_third)
        *ret_third = row < 0 ? THIRDS - 1 : thirds % THIRDS;
    return row < 0 ? 0 : row;
}

void plot_scale_choose(size_t count, const double columns[], int width, bool ret_shown[])
{
    worker_axis_choose(count, columns, width + BETWEEN_LABELS, ret_shown);
}
