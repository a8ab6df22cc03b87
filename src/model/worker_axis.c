// SPDX-License-Identifier: MIT
#include "model/worker_axis.h"

#include <math.h>

static const double HEADROOM = 1.05;
static const double UNEVEN_FROM = 4.5; /* the largest step against the smallest */

struct worker_axis worker_axis_of(size_t count, const int workers[])
{
    struct worker_axis axis = {.first = 1, .last = 1};
    double smallest = INFINITY, largest = 0;
    if (count == 0)
        return axis;
    axis.first = workers[0];
    axis.last = workers[count - 1];
    for (size_t i = 1; i < count; i++) {
        double step = workers[i] - workers[i - 1];
        smallest = fmin(smallest, step);
        largest = fmax(largest, step);
    }
    axis.logarithmic = count > 2 && largest > UNEVEN_FROM * smallest;
    return axis;
}

/* Less than one worker is none at all, which has no logarithm. */
static double place(const struct worker_axis *axis, double workers)
{
    return axis->logarithmic ? log(fmax(workers, 1)) : workers;
}

double worker_axis_share(const struct worker_axis *axis, double workers)
{
    double first = place(axis, axis->first), last = place(axis, axis->last);
    return last > first ? (place(axis, workers) - first) / (last - first) : 0.5;
}

double worker_axis_at(const struct worker_axis *axis, double share)
{
    double first = place(axis, axis->first), last = place(axis, axis->last);
    double at = first + (last - first) * share;
    return axis->logarithmic ? exp(at) : at;
}

double worker_axis_top(double highest)
{
    return highest > 0 ? HEADROOM * highest : 1;
}

double worker_axis_step(double top, int ticks)
{
    static const double factors[] = {1, 2, 5};
    for (double decade = 0.1;; decade *= 10)
        for (int i = 0; i < 3; i++)
            if (top / (factors[i] * decade) <= ticks)
                return factors[i] * decade;
}

void worker_axis_choose(
    size_t count, const double positions[], double width, bool ret_shown[])
{
    double free_from = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        bool before_last = positions[i] + width <= positions[count - 1];
        ret_shown[i] =
            i == 0 || i + 1 == count || (positions[i] >= free_from && before_last);
        if (ret_shown[i])
            free_from = positions[i] + width;
    }
    if (count > 1 && positions[count - 1] - positions[0] < width)
        ret_shown[0] = false;
}
