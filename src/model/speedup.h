// SPDX-License-Identifier: MIT
#pragma once
/* The speed-up of a pool, and the most that it could have been. */
#include <stddef.h>
#include <stdint.h>

/* The most S can be for `tasks` equal tasks on `workers` workers and `usable_cpus` CPUs:
 * min(n / ceil(n / W), usable CPUs). */
double speedup_bound(int64_t tasks, int workers, double usable_cpus);

/* The same from measured tasks: sum / T, at most `usable_cpus`, where T is the largest of
 * Graham's lower bounds on the time of W equal machines: the longest task; sum / W; and
 * for every k, the k + 1 smallest among the k W + 1 longest (two of W + 1 tasks must
 * share a worker, three of 2 W + 1, …: for equal tasks this is n / ceil(n / W)). Source:
 * Graham 1969; Dell'Amico & Martello 1995, "L3".  Sorts `durations_ns`. */
double speedup_bound_measured(
    size_t count, int64_t durations_ns[], int workers, double usable_cpus);

/* The serial share e that explains S on W workers: (1/S - 1/W) / (1 - 1/W) (Karp & Flatt
 * 1990).  NAN for W < 2. */
double speedup_karp_flatt(double speedup, int workers);
