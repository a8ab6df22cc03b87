// SPDX-License-Identifier: MIT
#pragma once
/* Ends tasks that take too long: longer than was asked for, or than so much of the median
 * of those that have ended. */
#include <stdint.h>

#include "base/loop.h"
#include "experiment/plan.h"
#include "experiment/stage.h"

struct timeouts;

/* For a stage that runs; `room` is the most workers that it may have.  NULL where the
 * plan has no time-out. */
struct timeouts *timeouts_create(
    const struct plan *plan, struct loop *events, const struct stage *stage, int room);
void timeouts_destroy(
    struct timeouts *timeouts); /* NULL is fine; before the stage ends */

/* The median of the tasks that have ended well is so much now, 0: not known. */
void timeouts_set_median(struct timeouts *timeouts, int64_t median_ns);
