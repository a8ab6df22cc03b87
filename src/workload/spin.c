// SPDX-License-Identifier: MIT
#include <stdio.h>

#include "base/clock.h"
#include "base/number.h"
#include "workload/builtin.h"

/* A chain of dependent steps (xorshift64, Marsaglia 2003): no memory, no two at once. */
static uint64_t spin_rounds(int64_t rounds)
{
    uint64_t state = UINT64_C(0x2545f4914f6cdd1d);
    for (int64_t i = 0; i < rounds; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
    }
    return state;
}

enum { ROUNDS_TRIED = 100000, TRIES = 20 };

/* The scale is rounds per millisecond, from the fastest of a few short tries: a fixed
 * amount of arithmetic, so that a CPU that is slower or shared shows as a longer task. */
static void settle(struct workload_job *job)
{
    int64_t fastest_ns = INT64_MAX;
    volatile int64_t rounds = ROUNDS_TRIED; /* or the tries could be made one */
    volatile uint64_t sink;
    for (int i = 0; i < TRIES; i++) {
        int64_t start_ns = clock_now_ns();
        sink = spin_rounds(rounds);
        int64_t took_ns = clock_now_ns() - start_ns;
        if (took_ns < fastest_ns)
            fastest_ns = took_ns;
    }
    (void)sink;
    job->scale = ROUNDS_TRIED * NS_PER_MS / (fastest_ns > 0 ? fastest_ns : 1);
}

static void describe(const struct workload_job *job, size_t size, char text[])
{
    char duration[32];
    number_format_duration(job->size * NS_PER_US, sizeof duration, duration);
    snprintf(text, size, "spin for %s", duration);
}

static int run(
    const struct workload_job *job, int64_t index, struct workload_result *result)
{
    (void)index;
    result->digest = spin_rounds(job->size * job->scale / 1000);
    result->value = 0;
    return 0;
}

const struct workload_ops workload_spin = {
    .name = "spin",
    .summary = "computes for a given time, without memory",
    .verb = ",",
    .teaches = "the plain power of the cores; small sizes show the price of a hand-out",
    .size_name = "microseconds",
    .size_min = 1,
    .size_max = 1000000000,
    .size_default = 100000,
    .uniform = true,
    .describe = describe,
    .settle = settle,
    .run = run,
};
