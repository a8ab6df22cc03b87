// SPDX-License-Identifier: MIT
#include "model/speedup.h"

#include <math.h>
#include <stdlib.h>

/* Less than one CPU slows the sequential stage as much as the parallel one. */
static double at_most_usable(double bound, double usable_cpus)
{
    return fmin(bound, fmax(usable_cpus, 1));
}

double speedup_bound(int64_t tasks, int workers, double usable_cpus)
{
    if (tasks < 1 || workers < 1)
        return 0;
    int64_t rounds = tasks / workers + (tasks % workers != 0);
    return at_most_usable((double)tasks / (double)rounds, usable_cpus);
}

static int compare_longest_first(const void *one, const void *other)
{
    int64_t left = *(const int64_t *)one, right = *(const int64_t *)other;
    return (left < right) - (left > right);
}

static int64_t sum(size_t count, const int64_t values[])
{
    int64_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += values[i];
    return total;
}

/* Graham's lower bound on the time that `workers` need for the tasks, longest first.  The
 * k + 1 smallest among the k W + 1 longest are a window from k (W - 1) to k W; each k
 * moves its end on by W and its start by W - 1. */
static double least_time(size_t count, const int64_t durations_ns[], size_t workers)
{
    double least = (double)sum(count, durations_ns) / (double)workers;
    int64_t window = durations_ns[0];
    size_t start = 0, end = 0;
    least = fmax(least, (double)window);
    while (workers < count - end) {
        window += sum(workers, &durations_ns[end + 1]);
        window -= sum(workers - 1, &durations_ns[start]);
        end += workers;
        start += workers - 1;
        least = fmax(least, (double)window);
    }
    return least;
}

double speedup_bound_measured(
    size_t count, int64_t durations_ns[], int workers, double usable_cpus)
{
    if (count < 1 || workers < 1)
        return 0;
    qsort(durations_ns, count, sizeof *durations_ns, compare_longest_first);
    double least_ns = least_time(count, durations_ns, (size_t)workers);
    if (least_ns <= 0)
        return speedup_bound((int64_t)count, workers, usable_cpus);
    return at_most_usable((double)sum(count, durations_ns) / least_ns, usable_cpus);
}

double speedup_karp_flatt(double speedup, int workers)
{
    if (workers < 2)
        return NAN;
    double ideal = 1.0 / workers;
    return (1 / speedup - ideal) / (1 - ideal);
}
