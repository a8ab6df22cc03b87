// SPDX-License-Identifier: MIT
#include "workload/rounds.h"

#include "base/clock.h"

/* A chain of dependent steps (xorshift64, Marsaglia 2003): no memory, no two at once.  0
 * is the one state that it does not leave. */
uint64_t rounds_compute(uint64_t seed, int64_t rounds)
{
    uint64_t state = seed ^ UINT64_C(0x2545f4914f6cdd1d);
    if (state == 0)
        state = 1;
    for (int64_t i = 0; i < rounds; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
    }
    return state;
}

enum { ROUNDS_TRIED = 100000, TRIES = 20 };

void rounds_settle(struct workload_job *job)
{
    int64_t fastest_ns = INT64_MAX;
    volatile int64_t rounds = ROUNDS_TRIED; /* or the tries could be made one */
    volatile uint64_t sink;
    for (int i = 0; i < TRIES; i++) {
        int64_t start_ns = clock_now_ns();
        sink = rounds_compute(0, rounds);
        int64_t took_ns = clock_now_ns() - start_ns;
        if (took_ns < fastest_ns)
            fastest_ns = took_ns;
    }
    (void)sink;
    job->scale = ROUNDS_TRIED * NS_PER_MS / (fastest_ns > 0 ? fastest_ns : 1);
}

int64_t rounds_lasting(const struct workload_job *job, double microseconds)
{
    double rounds = microseconds * (double)job->scale / 1000;
    return rounds < 0x1p63 ? (int64_t)rounds : INT64_MAX;
}
