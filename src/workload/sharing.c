// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

#include "workload/builtin.h"

enum {
    COUNTERS = 4096,      /* the most workers of a pool; pages not used take no memory */
    CACHE_LINE = 128,     /* at least: some CPUs fetch two lines of 64 together */
    INCREMENTS = 5000000, /* of a task */
};

static size_t shared_size(const struct workload_job *job)
{
    return COUNTERS * (size_t)job->size + CACHE_LINE;
}

/* The first is at the beginning of a line, so that those 8 bytes apart share one. */
static _Atomic uint64_t *counter_of(const struct workload_place *place)
{
    uintptr_t lines = ((uintptr_t)place->shared + CACHE_LINE - 1) / CACHE_LINE;
    size_t offset = (size_t)(place->worker % COUNTERS) * (size_t)place->job->size;
    return (_Atomic uint64_t *)(lines * CACHE_LINE + offset);
}

/* An atomic addition owns the line each time; with a plain one the CPU would gather many
 * before it asks for the line.  No other worker writes this counter: what it has grown by
 * is what this task has added. */
static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    _Atomic uint64_t *counter = counter_of(place);
    uint64_t before = atomic_load_explicit(counter, memory_order_relaxed);
    (void)index;
    for (int i = 0; i < INCREMENTS; i++)
        atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
    result->digest = atomic_load_explicit(counter, memory_order_relaxed) - before;
    result->value = (int64_t)result->digest;
    return 0;
}

static void describe(const struct workload_job *job, size_t size, char text[])
{
    snprintf(text, size, "count to %d in counters %" PRId64 " bytes apart", INCREMENTS,
        job->size);
}

const struct workload_ops workload_sharing = {
    .name = "sharing",
    .summary = "counts up, each worker its own counter next to the others'",
    .brief = "counts up, beside the others",
    .verb = ",",
    .teaches = "one cache line is fought for; 128 bytes apart, it is not",
    .size_name = "bytes apart, in steps of 8",
    .size_min = 8,
    .size_max = 4096,
    .size_default = 8,
    .size_step = 8,
    .size_is_kind = true,
    .uniform = true,
    .value_name = "increments",
    .describe = describe,
    .shared_size = shared_size,
    .run = run,
};
