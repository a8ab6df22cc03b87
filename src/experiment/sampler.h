// SPDX-License-Identifier: MIT
#pragma once
/* The sampler: reads every CPU's counters and keeps a stage's history of them. */
#include <stdint.h>

#include "base/file.h"
#include "experiment/result.h"
#include "machine/machine.h"

struct sampler;

/* Opens the machine's counters.  Returns 0 or -errno with `fault` filled; *ret_sampler is
 * the caller's. */
int sampler_create(const struct root *root, const struct machine *machine,
    struct sampler **ret_sampler, struct fault *fault);
void sampler_destroy(struct sampler *sampler); /* NULL is fine */

/* Takes the reading that a stage starts from, and makes the stage's list of CPUs. */
void sampler_begin(struct sampler *sampler, struct result_stage *stage);

/* Takes one more reading, as a sample of the stage at its time `t_ns`. */
void sampler_sample(struct sampler *sampler, struct result_stage *stage, int64_t t_ns);

/* Takes a reading that is no sample: what passed since the last one counts neither in the
 * next sample nor in the stage's shares. */
void sampler_skip(struct sampler *sampler);

/* Writes the shares between the stage's first and last reading into its list of CPUs,
 * without what was skipped. */
void sampler_end(struct sampler *sampler, struct result_stage *stage);

/* CPUs busy, over about the last 500 ms, all of them after sampler_begin(). */
double sampler_busy_cpus(const struct sampler *sampler);
