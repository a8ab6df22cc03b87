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
    double low, high; /* of the speed-up, see enum points_spread */
};

/* What all spreads are: intervals, where a point has one; else ranges. */
enum points_spread {
    POINTS_NO_SPREAD,
    POINTS_INTERVAL, /* 95 % */
    POINTS_RANGE     /* of the runs, from two on */
};

/* By rising workers. */
struct points {
    size_t count;
    struct point *list;
    enum points_spread spread;
};

void points_init(struct points *points, const struct scene *scene);
void points_finish(struct points *points);

/* What the spreads are: "95 %, 3 runs each", "from the slowest run to the fastest,
 * 2 runs each"; "" where there is none. */
void points_describe_spread(const struct points *points, size_t size, char text[]);

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
