// SPDX-License-Identifier: MIT
#pragma once
/* From a pool that has ended to a stage's result: times, records, workers. */
#include "experiment/result.h"
#include "experiment/timeline.h"
#include "pool/pool.h"

/* A worker's time from its first task to the end of its last, without suspensions and
 * without the gaps between its processes; never negative. */
int64_t collect_span_ns(
    const struct pool_totals *totals, const struct timeline *timeline);

/* Lists what the pool, which may still run, has completed so far as the stage's records,
 * in place of those there were.  CPU times are right in the end. */
void collect_records(const struct pool *pool, const struct timeline *timeline,
    bool cpus_shown, struct result_stage *stage);

/* Fills in everything that the pool's stamps tell.  `timeline` starts where the stage
 * does and `end_ns` is the monotonic end of it.  Without `cpus_shown` no CPU is named:
 * the machine on the screen is not the one that the workers ran on. */
void collect(const struct pool *pool, const struct timeline *timeline, int64_t end_ns,
    bool cpus_shown, struct result_stage *stage);
