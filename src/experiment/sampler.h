// SPDX-License-Identifier: MIT
#pragma once
/* The sampler: reads every CPU's counters and keeps a stage's history of them. */
#include <stdint.h>

#include "base/file.h"
#include "experiment/result.h"
#include "experiment/scene.h"
#include "machine/load.h"
#include "machine/machine.h"

/* Shares over less than that are too coarse to be spoken of: the counters have ticks of
 * 10 ms. */
enum { SAMPLER_SPEAKS_FROM_NS = 500000000 };

struct sampler;

/* Opens the machine's counters.  Returns 0 or -errno with `fault` filled; *ret_sampler is
 * the caller's. */
int sampler_create(const struct root *root, const struct machine *machine,
    struct sampler **ret_sampler, struct fault *fault);
void sampler_destroy(struct sampler *sampler); /* NULL is fine */

/* From now on reads clocks, heat and energy, too (meter.h), as often as these need; to be
 * called once. */
void sampler_read_meters(struct sampler *sampler, const struct root *root);

/* Takes the reading that a stage starts from, and makes the stage's list of CPUs.  Its
 * samples are to be samples.period_ns apart. */
void sampler_begin(struct sampler *sampler, struct result_stage *stage);

/* How often to call sampler_tick() where samples are to be so far apart: at every sample,
 * and for the loads' sake at least every 100 ms. */
int64_t sampler_tick_ns(int64_t period_ns);

/* Takes one more reading at the stage's time `t_ns`: as a sample where one is due, else
 * for the loads alone. */
void sampler_tick(struct sampler *sampler, struct result_stage *stage, int64_t t_ns);

/* Takes one more reading, as a sample of the stage at its time `t_ns`: the last one
 * before it ends or pauses. */
void sampler_sample(struct sampler *sampler, struct result_stage *stage, int64_t t_ns);

/* Takes a reading for sampler_loads() alone: no stage is told of it. */
void sampler_look(struct sampler *sampler);

/* Takes a reading that is no sample: what passed since the last one counts neither in the
 * next sample nor in the stage's shares nor in the loads. */
void sampler_skip(struct sampler *sampler);

/* Writes the shares between the stage's first and last reading into its list of CPUs,
 * without what was skipped. */
void sampler_end(struct sampler *sampler, struct result_stage *stage);

/* The shares of every CPU, in the order of machine.cpus, over about the last 500 ms, but
 * never from before sampler_begin() or sampler_skip(); a CPU without data has busy -1.
 * NULL until 100 ms have passed since one of these.  Borrowed until the next reading. */
const struct load_share *sampler_loads(const struct sampler *sampler);

/* The sum of those that are busy; -1 without loads. */
double sampler_busy_cpus(const struct sampler *sampler);

/* The mean of what the stage used until its last sampler_sample(), in W; NAN: not known.
 */
double sampler_power(const struct sampler *sampler);

/* What the meters say now; NULL: nothing yet, or nobody asked for them.  Borrowed until
 * the next reading. */
const struct scene_meters *sampler_meters(const struct sampler *sampler);
