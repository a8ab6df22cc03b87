// SPDX-License-Identifier: MIT
#pragma once
/* Results of one loop, made up for lists of them. */
#include "made.h"

/* A run of 110 tasks on so many CPUs, compared. */
static inline void made_run(
    struct result *result, int cpus, int64_t sequential_ns, int64_t parallel_ns)
{
    made_result(result, "factorial", 110, cpus);
    result->plan.size = 1000000;
    text_copy(
        sizeof result->plan.title, result->plan.title, "1000000! computed 110 times");
    text_copy(sizeof result->plan.task, result->plan.task, "1000000!");
    made_stage(result, RESULT_SEQUENTIAL, 0, 1, sequential_ns);
    made_stage(result, RESULT_PARALLEL, 0, cpus, parallel_ns);
    result->comparison = (struct result_comparison){.has = true,
        .pairs = 1,
        .sequential_ns = sequential_ns,
        .parallel_ns = parallel_ns,
        .speedup = (double)sequential_ns / (double)parallel_ns};
}

/* The same, stopped in its second stage. */
static inline void made_stopped(struct result *result, int cpus)
{
    made_run(result, cpus, 24 * NS_PER_S, 3 * NS_PER_S);
    result->comparison = (struct result_comparison){0};
    result->stages[1].complete = false;
    result->stages[1].done = 46;
}
