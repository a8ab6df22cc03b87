// SPDX-License-Identifier: MIT
#include "ui/plot_scale.h"

#include <math.h>

enum { MARGIN = 3, ROWS_PER_TICK = 3, BETWEEN_LABELS = 1, THIRDS = 3 };

static const double HEADROOM = 1.05;   /* so that noise does not change the scale */
static const double UNEVEN_FROM = 4.5; /* the largest step against the smallest */

/* The smallest round step with so many ticks at most. */
static double round_step(double top, int ticks)
{
    static const double factors[] = {1, 2, 5};
    for (double decade = 0.1;; decade *= 10)
        for (int i = 0; i < 3; i++)
            if (top / (factors[i] * decade) <= ticks)
                return factors[i] * decade;
}

struct plot_scale plot_scale_of(int rows, int columns, double highest)
{
    struct plot_scale scale = {.rows = rows, .columns = columns, .first = 1, .last = 1};
    int ticks = (rows - 1) / ROWS_PER_TICK;
    scale.top = highest > 0 ? HEADROOM * highest : 1;
    scale.step = round_step(scale.top, ticks > 2 ? ticks : 2);
    return scale;
}

void plot_scale_spread(struct plot_scale *scale, size_t count, const int workers[])
{
    double smallest = INFINITY, largest = 0;
    scale->first = count > 0 ? workers[0] : 1;
    scale->last = count > 0 ? workers[count - 1] : 1;
    for (size_t i = 1; i < count; i++) {
        double step = workers[i] - workers[i - 1];
        smallest = fmin(smallest, step);
        largest = fmax(largest, step);
    }
    scale->logarithmic = count > 2 && largest > UNEVEN_FROM * smallest;
}

/* The cells between the outer points. */
static double length_of(const struct plot_scale *scale)
{
    int length = scale->columns - 1 - 2 * MARGIN;
    return length > 1 ? length : 1;
}

static double place(const struct plot_scale *scale, double workers)
{
    return scale->logarithmic ? log(workers) : workers;
}

int plot_scale_column(const struct plot_scale *scale, double workers)
{
    double first = place(scale, scale->first), last = place(scale, scale->last);
    if (last <= first)
        return scale->columns / 2;
    double share = (place(scale, workers) - first) / (last - first);
    return MARGIN + (int)lround(share * length_of(scale));
}

double plot_scale_workers(const struct plot_scale *scale, int column)
{
    double first = place(scale, scale->first), last = place(scale, scale->last);
    double at = first + (last - first) * (column - MARGIN) / length_of(scale);
    return scale->logarithmic ? exp(at) : at;
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

void plot_scale_choose(size_t count, const int columns[], int width, bool ret_shown[])
{
    int free_from = 0, needed = width + BETWEEN_LABELS;
    for (size_t i = 0; i < count; i++) {
        bool before_last = columns[i] + needed <= columns[count - 1];
        ret_shown[i] =
            i == 0 || i + 1 == count || (columns[i] >= free_from && before_last);
        if (ret_shown[i])
            free_from = columns[i] + needed;
    }
    if (count > 1 && columns[count - 1] - columns[0] < needed)
        ret_shown[0] = false;
}
