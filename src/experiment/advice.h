// SPDX-License-Identifier: MIT
#pragma once
/* How many workers to take, from a sweep: the fewest whose time is within 5 % of the best
 * measured, given the spread. */
#include "experiment/result.h"

/* The times of one point's whole stages, in seconds, in the order run. */
struct advice_times {
    size_t count;
    const double *seconds;
};

/* Fills in the advice of result->sweep, whose points are there; `times` has one entry for
 * each of them. */
void advice_give(struct result *result, const struct advice_times times[]);
