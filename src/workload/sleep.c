// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/number.h"
#include "workload/builtin.h"

static void describe(const struct workload_job *job, size_t size, char text[])
{
    char duration[32];
    number_format_duration(job->size * NS_PER_US, sizeof duration, duration);
    snprintf(text, size, "sleep for %s", duration);
}

static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    struct timespec rest = clock_timespec(place->job->size * NS_PER_US);
    while (clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, &rest) == EINTR)
        continue;
    result->digest = (uint64_t)index;
    result->value = 0;
    return 0;
}

const struct workload_ops workload_sleep = {
    .name = "sleep",
    .summary = "sleeps",
    .verb = ",",
    .teaches = "tasks wait together: more workers than CPUs pay",
    .size_name = "microseconds",
    .size_min = 1,
    .size_max = 1000000000,
    .size_default = 100000,
    .describe = describe,
    .run = run,
};
