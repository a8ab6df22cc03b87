// SPDX-License-Identifier: MIT
#include "large.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/sentence.h"

static void make_machine(struct machine *machine, int cpus)
{
    text_copy(sizeof machine->cpu_name, machine->cpu_name, "EPYC 9754");
    machine->topology_known = true;
    machine->packages = 1 + (cpus - 1) / 128;
    machine->cores = machine->online_cpus = cpus;
    machine->usable_cpus = cpus;
    machine->cpu_count = (size_t)cpus;
    machine->cpus = memory_new((size_t)cpus, sizeof *machine->cpus);
    for (int i = 0; i < cpus; i++)
        machine->cpus[i] = (struct machine_cpu){.id = i,
            .core = i,
            .package = i / 128,
            .node = i / 128,
            .l3 = i / 16,
            .kind = -1,
            .online = true,
            .allowed = true};
}

static void add_samples(const struct large *kind, struct result_stage *stage)
{
    size_t cpus = (size_t)kind->cpus;
    stage->cpu_count = cpus;
    stage->cpus = memory_new(cpus, sizeof *stage->cpus);
    stage->samples.period_ns = kind->sample_ms * NS_PER_MS;
    for (size_t i = 0; i < cpus; i++)
        stage->cpus[i].id = (int)i;
    for (int k = 1; k <= kind->samples; k++) {
        size_t sample =
            result_samples_add(&stage->samples, cpus, k * kind->sample_ms * NS_PER_MS);
        for (size_t i = 0; i < (size_t)stage->workers; i++) {
            double share = (double)random() / (double)RAND_MAX;
            result_samples_set(&stage->samples, cpus, sample, i, RESULT_USER, share);
            result_samples_set(&stage->samples, cpus, sample, i, RESULT_SYSTEM, 0.02);
        }
    }
}

/* Every worker has a record after each other; they share out the stage's time evenly. */
static void add_records(const struct large *kind, struct result_stage *stage)
{
    int workers = stage->workers;
    int turns = (kind->records + workers - 1) / workers;
    int64_t long_ns = stage->elapsed_ns / turns;
    stage->record_count = (size_t)kind->records;
    stage->records = memory_new(stage->record_count, sizeof *stage->records);
    for (int i = 0; i < kind->records; i++)
        stage->records[i] =
            (struct result_record){.index = i * (kind->tasks / kind->records),
                .count = kind->tasks / kind->records,
                .worker = i % workers,
                .cpu = i % workers,
                .start_ns = long_ns * (i / workers),
                .end_ns = long_ns * (i / workers + 1),
                .cpu_ns = long_ns,
                .digest = (uint64_t)i * UINT64_C(0x9e3779b97f4a7c15),
                .attempts = 1};
}

static void add_stage(
    const struct large *kind, struct result *result, enum result_stage_kind what)
{
    struct result_stage *stage = result_add_stage(result);
    int workers = what == RESULT_SEQUENTIAL ? 1 : kind->workers;
    stage->kind = what;
    stage->workers = stage->workers_asked = workers;
    stage->elapsed_ns = kind->samples * kind->sample_ms * NS_PER_MS;
    stage->complete = true;
    stage->done = kind->tasks;
    stage->others_cpus = stage->handout_price_ns = -1;
    add_samples(kind, stage);
    stage->worker_count = (size_t)workers;
    stage->worker_list = memory_new(stage->worker_count, sizeof *stage->worker_list);
    for (int i = 0; i < workers; i++)
        stage->worker_list[i] = (struct result_worker){.worker = i,
            .tasks = kind->tasks / workers,
            .times = {.span_ns = stage->elapsed_ns, .cpu_ns = stage->elapsed_ns},
            .pinned = -1};
    stage->cpu_ns = workers * stage->elapsed_ns;
    add_records(kind, stage);
}

void large_make(const struct large *kind, struct result *ret_result)
{
    result_init(ret_result);
    make_machine(&ret_result->machine, kind->cpus);
    plan_init(&ret_result->plan, PLAN_RUN, "spin");
    ret_result->plan.iterations = kind->tasks;
    ret_result->plan.workers = kind->workers;
    ret_result->plan.host_cpus = kind->cpus;
    text_copy(sizeof ret_result->plan.title, ret_result->plan.title, "spin, many times");
    add_stage(kind, ret_result, RESULT_SEQUENTIAL);
    add_stage(kind, ret_result, RESULT_PARALLEL);
    comparison_account(ret_result);
    comparison_compute(ret_result);
    sentence_write(ret_result);
}
