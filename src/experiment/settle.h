// SPDX-License-Identifier: MIT
#pragma once
/* Settles what a plan leaves open against the machine: workers, iterations, size, chunk.
 */
#include <stdbool.h>

#include "base/loop.h"
#include "experiment/result.h"
#include "experiment/timeline.h"
#include "pool/pool.h"

struct settle_setup {
    struct result *result;    /* whose plan is settled */
    struct workload_job *job; /* made anew if the size changes */
    const struct schedule_ops *schedule;
    struct loop *events;
    struct pool **calibration;       /* set while one is running */
    const struct timeline *timeline; /* of the run, with its suspensions */
    const bool *is_stopped;          /* it is to end now */
};

/* Fills in the plan, which of a sweep has its points; runs a few tasks first where their
 * time must be known.  Returns 0 or -errno with `fault` filled; *ret_task_ns is a task's
 * mean time, 0 where it is not known. */
int settle_plan(
    const struct settle_setup *setup, double *ret_task_ns, struct fault *fault);

/* As many tasks as take the time wanted, where in a loop of `probes` one takes task_ns: a
 * multiple of the workers (in a sweep of all of its points), at least four for each. */
int64_t settle_iterations(const struct plan *plan, const struct workload_job *job,
    double task_ns, int64_t probes);

/* The chunk of a parallel stage with so many workers, by the plan or by the rule, which
 * it writes into the plan: 100 hand-outs may cost 1 % of a chunk's time, and no chunk is
 * more than 1/32 of a worker's part. */
int64_t settle_chunk(
    struct result *result, const struct schedule_ops *schedule, int workers);

/* What that rule gives where tasks take as long as they did in `sequential` (NULL: not
 * known), and a hand-out takes `price_ns`. */
int64_t settle_chunk_by_price(const struct result_stage *sequential,
    const struct schedule_loop *loop, int64_t price_ns);
