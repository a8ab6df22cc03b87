// SPDX-License-Identifier: MIT
#pragma once
/* The points of a sweep as they are shown: every number of workers, measured or to come.
 */
#include "experiment/scene.h"

struct point {
    int workers;
    int runs;                          /* complete ones */
    bool running;                      /* one more runs now */
    const struct result_point *result; /* NULL: not measured yet */
    bool has_spread;
    double low, high; /* of the speed-up: its interval; without one the range of its runs,
                         from two on */
};

/* By rising workers. */
struct points {
    size_t count;
    struct point *list;
};

void points_init(struct points *points, const struct scene *scene);
void points_finish(struct points *points);

/* The one with so many workers, NULL if there is none. */
const struct point *points_find(const struct points *points, int workers);

/* The highest speed-up measured, 0 for none. */
double points_highest(const struct points *points);

/* The numbers of workers between which there are measured points; false for none. */
bool points_find_measured(const struct points *points, int *ret_first, int *ret_last);

/* Runs that are over, and all that the sweep is to have. */
int points_runs_done(const struct points *points);
int points_runs(const struct points *points, const struct plan *plan);

/* How long the runs after this one will take together, by those that are over; -1 where
 * nobody knows. */
int64_t points_coming_ns(const struct points *points, const struct scene *scene);
