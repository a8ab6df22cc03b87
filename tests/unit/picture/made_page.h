// SPDX-License-Identifier: MIT
#pragma once
/* Results that pages are drawn of. */
#include "../experiment/made_machine.h"
#include "experiment/comparison.h"
#include "proof.h"

/* So many samples of every CPU of the machine, which did nothing, shared out evenly. */
static inline void made_samples(
    const struct result *result, struct result_stage *stage, size_t samples)
{
    stage->cpu_count = result->machine.cpu_count;
    stage->cpus = memory_new(stage->cpu_count, sizeof *stage->cpus);
    for (size_t i = 0; i < stage->cpu_count; i++)
        stage->cpus[i].id = result->machine.cpus[i].id;
    int64_t until_ns = result_measured_ns(stage);
    for (size_t i = 1; i <= samples; i++)
        result_samples_add(
            &stage->samples, stage->cpu_count, until_ns * (int64_t)i / (int64_t)samples);
}

/* That of a CPU in all samples. */
static inline void made_busy(
    struct result_stage *stage, size_t cpu, enum result_mode mode, double share)
{
    for (size_t i = 0; i < stage->samples.count; i++)
        result_samples_set(&stage->samples, stage->cpu_count, i, cpu, mode, share);
    if (mode < RESULT_STEAL)
        stage->cpus[cpu].busy += share;
}

/* 110 factorials on so many CPUs, 10 s one after the other on the first, and as much less
 * in parallel as there are CPUs: both kinds of stage, with samples, not yet compared. */
static inline void made_run(struct result *result, const struct made_shape *shape)
{
    made_result(result, "factorial", 110, shape->cpus);
    machine_finish(&result->machine);
    made_shaped(&result->machine, shape);
    text_copy(
        sizeof result->plan.title, result->plan.title, "1000000! computed 110 times");
    made_stage(result, RESULT_SEQUENTIAL, 0, 1, 10 * NS_PER_S);
    made_stage(result, RESULT_PARALLEL, 0, shape->cpus, 10 * NS_PER_S / shape->cpus);
    for (int i = 0; i < 2; i++)
        made_samples(result, &result->stages[i], 20);
    made_busy(&result->stages[0], 0, RESULT_USER, 1);
    for (int i = 0; i < shape->cpus; i++)
        made_busy(&result->stages[1], (size_t)i, RESULT_USER, 1);
}

static inline void made_comparison(struct result *result)
{
    comparison_account(result);
    comparison_compute(result);
    text_copy(sizeof result->comparison.sentence, result->comparison.sentence,
        "Nearly all there is to get.");
}
