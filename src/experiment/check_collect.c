// SPDX-License-Identifier: MIT
/* From what a probe has counted to what a check says of a CPU. */
#include <math.h>

#include "experiment/check_inside.h"
#include "model/statistics.h"

enum { DRIFT_ROUNDS = 5 }; /* in a third, to say anything of it */

static size_t kept(const struct probe_tally *tally)
{
    int64_t rounds = atomic_load(&tally->rounds);
    return (size_t)(rounds < PROBE_ROUNDS_KEPT ? rounds : PROBE_ROUNDS_KEPT);
}

static int64_t median_of(size_t count, const _Atomic int64_t times_ns[])
{
    double values[PROBE_ROUNDS_KEPT];
    for (size_t i = 0; i < count; i++)
        values[i] = (double)atomic_load(&times_ns[i]);
    return (int64_t)statistics_median(count, values);
}

static int64_t least_of(size_t count, const _Atomic int64_t times_ns[])
{
    int64_t least_ns = INT64_MAX;
    for (size_t i = 0; i < count; i++)
        if (times_ns[i] < least_ns)
            least_ns = times_ns[i];
    return least_ns;
}

static void take_times(
    const struct probe_tally *tally, bool together, struct check_times *ret_times)
{
    int64_t rounds = atomic_load(&tally->rounds);
    size_t count = kept(tally);
    *ret_times = (struct check_times){.rounds = rounds};
    if (rounds == 0)
        return;
    double all_ns = (double)tally->elapsed_ns;
    double waited = 1 - (double)tally->cpu_ns / all_ns;
    ret_times->median_ns = median_of(count, tally->round_cpu_ns);
    ret_times->min_ns = least_of(count, tally->round_cpu_ns);
    ret_times->elapsed_ns = together ? (int64_t)(all_ns / (double)rounds)
                                     : median_of(count, tally->round_elapsed_ns);
    ret_times->waited = waited > 0 ? waited : 0;
}

/* Of two ratios that which says less. */
static double nearer_to_one(double one, double other)
{
    return fabs(log(one)) < fabs(log(other)) ? one : other;
}

/* By CPU time, for that others came meanwhile is no drift; and by all rounds as well as
 * the fastest, for a few slow ones are none. */
static double drift_of(const struct probe_tally *tally)
{
    enum { FIRST = 0, LAST = PROBE_THIRDS - 1 };
    int64_t first = tally->third_rounds[FIRST], last = tally->third_rounds[LAST];
    if (first < DRIFT_ROUNDS || last < DRIFT_ROUNDS)
        return 0;
    double first_ns = (double)tally->third_cpu_ns[FIRST] / (double)first;
    double last_ns = (double)tally->third_cpu_ns[LAST] / (double)last;
    return nearer_to_one(first_ns / last_ns,
        (double)tally->third_min_ns[FIRST] / (double)tally->third_min_ns[LAST]);
}

static struct check_times *times_of(struct check_cpu *cpu, enum check_part part)
{
    switch (part) {
    case CHECK_ALONE:
        return &cpu->alone;
    case CHECK_AGAIN:
        return &cpu->again;
    case CHECK_CORES:
        return &cpu->cores;
    default:
        return &cpu->together;
    }
}

/* The first refusal and the last death are told. */
static void take_fate(const struct probe_tally *tally, struct check_cpu *cpu)
{
    int died_of = atomic_load(&tally->died_of);
    if (cpu->refused == 0)
        cpu->refused = atomic_load(&tally->refused);
    if (died_of > 0)
        cpu->died_of = died_of;
}

static void take_tasks(const struct probe_tally *tally, struct check_cpu *cpu)
{
    int64_t wrong = atomic_load(&tally->wrong);
    cpu->tasks += atomic_load(&tally->rounds);
    cpu->wrong += wrong;
    if (wrong > 0)
        cpu->wrong_answer = atomic_load(&tally->wrong_answer);
}

void check_collect_part(struct check *check)
{
    for (int i = 0; i < check->now.count; i++) {
        const struct probe_tally *tally = probe_tally(check->probe, i);
        struct check_cpu *cpu = check->under_way[i];
        struct check_times *times = times_of(cpu, check->scene.part);
        take_times(tally, check->now.together, times);
        if (times == &cpu->together)
            cpu->drift = drift_of(tally);
    }
    check_collect_fates(check);
}

void check_collect_fates(struct check *check)
{
    for (int i = 0; i < check->now.count; i++) {
        const struct probe_tally *tally = probe_tally(check->probe, i);
        if (check->scene.part != CHECK_ANSWERS)
            take_tasks(tally, check->under_way[i]);
        take_fate(tally, check->under_way[i]);
    }
}
