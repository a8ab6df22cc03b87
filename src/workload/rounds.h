// SPDX-License-Identifier: MIT
#pragma once
/* Computing without memory for about a given time: rounds of arithmetic, each of which
 * needs the one before, and how many of them take a millisecond here. */
#include <stdint.h>

#include "workload/workload.h"

/* What `rounds` rounds make of `seed`. */
uint64_t rounds_compute(uint64_t seed, int64_t rounds);

/* For ops->settle: the scale is rounds per millisecond, from the fastest of a few short
 * tries: a fixed amount of arithmetic, so that a CPU that is slower or shared shows as a
 * longer task. */
void rounds_settle(struct workload_job *job);

/* How many rounds take that long by the job's scale, at most INT64_MAX. */
int64_t rounds_lasting(const struct workload_job *job, double microseconds);
