// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "workload/builtin.h"
#include "workload/digest.h"
#include "workload/rounds.h"

enum { TASK_US = 20000 };

static double serial_share(const struct workload_job *job)
{
    return (double)job->size / 100;
}

static size_t shared_size(const struct workload_job *job)
{
    (void)job;
    return sizeof(uint64_t);
}

/* With a share f here and 1 - f in the tasks, this is f / (1 - f) times what all tasks
 * take together.  It goes on from what is there, so that doing it twice shows; and it
 * writes once, at its end, so that doing it again after a death does not. */
static int prepare(const struct workload_place *place)
{
    const struct workload_job *job = place->job;
    uint64_t *digest = place->shared;
    double tasks_us = (double)TASK_US * (double)job->iterations;
    double alone_us = tasks_us * (double)job->size / (double)(100 - job->size);
    if (job->iterations > 0)
        *digest = rounds_compute(*digest, rounds_lasting(job, alone_us));
    return 0;
}

static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    const uint64_t *prepared = place->shared;
    int64_t rounds = rounds_lasting(place->job, TASK_US);
    (void)index;
    result->digest = digest_fold(rounds_compute(0, rounds), *prepared);
    result->value = 0;
    return 0;
}

static void describe(const struct workload_job *job, size_t size, char text[])
{
    snprintf(text, size, "spin for %" PRId64 " ms with %" PRId64 " %% serial",
        TASK_US * NS_PER_US / NS_PER_MS, job->size);
}

const struct workload_ops workload_serial = {
    .name = "serial",
    .summary = "spins for 20 ms; a part of the loop's work is done by one alone",
    .brief = "a part is done by one alone",
    .verb = ",",
    .teaches = "Amdahl's law: what stays serial limits the speed-up",
    .size_name = "percent of the work that is serial",
    .size_min = 1,
    .size_max = 90,
    .size_default = 20,
    .size_is_kind = true,
    .uniform = true,
    .describe = describe,
    .settle = rounds_settle,
    .shared_size = shared_size,
    .prepare = prepare,
    .serial_share = serial_share,
    .run = run,
};
