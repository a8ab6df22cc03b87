// SPDX-License-Identifier: MIT
#include <stdio.h>

#include "base/clock.h"
#include "base/number.h"
#include "workload/builtin.h"
#include "workload/rounds.h"

static void describe(const struct workload_job *job, size_t size, char text[])
{
    char duration[32];
    number_format_duration(job->size * NS_PER_US, sizeof duration, duration);
    snprintf(text, size, "spin for i x %s", duration);
}

/* The index is the seed, or tasks that were swapped would not show. */
static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    const struct workload_job *job = place->job;
    double microseconds = (double)job->size * ((double)index + 1);
    result->digest = rounds_compute((uint64_t)index, rounds_lasting(job, microseconds));
    result->value = 0;
    return 0;
}

const struct workload_ops workload_triangle = {
    .name = "triangle",
    .summary = "computes longer and longer: task i for i + 1 times the size",
    .brief = "each task longer than the last",
    .verb = ",",
    .teaches = "who gets the long tasks: static and dynamic differ",
    .size_name = "microseconds",
    .size_min = 1,
    .size_max = 1000000,
    .size_default = 1000,
    .cost_power = 1,
    .describe = describe,
    .settle = rounds_settle,
    .run = run,
};
