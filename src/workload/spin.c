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
    snprintf(text, size, "spin for %s", duration);
}

static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    const struct workload_job *job = place->job;
    (void)index;
    result->digest = rounds_compute(0, rounds_lasting(job, (double)job->size));
    result->value = 0;
    return 0;
}

const struct workload_ops workload_spin = {
    .name = "spin",
    .summary = "computes for a given time, without memory",
    .brief = "computes for a given time",
    .verb = ",",
    .teaches = "the plain power of the cores; if small, what hand-outs cost",
    .size_name = "microseconds",
    .size_min = 1,
    .size_max = 1000000000,
    .size_default = 100000,
    .uniform = true,
    .describe = describe,
    .settle = rounds_settle,
    .run = run,
};
