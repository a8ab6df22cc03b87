// SPDX-License-Identifier: MIT
#pragma once
/* What the tests of this layer share: cmocka, and results made up on the spot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "experiment/result.h"

/* A machine of so many equal CPUs, all usable. */
static inline void made_machine(struct machine *machine, int cpus)
{
    *machine = (struct machine){.online_cpus = cpus,
        .usable_cpus = cpus,
        .cores = cpus,
        .cpu_count = (size_t)cpus,
        .limit_count = 1};
    text_copy(sizeof machine->cpu_name, machine->cpu_name, "AMD EPYC");
    machine->cpus = memory_new((size_t)cpus, sizeof *machine->cpus);
    for (int i = 0; i < cpus; i++)
        machine->cpus[i] = (struct machine_cpu){
            .id = i, .core = i, .kind = -1, .online = true, .allowed = true};
    machine->limits = memory_new(1, sizeof *machine->limits);
    *machine->limits =
        (struct machine_limit){"online", cpus, "/sys/devices/system/cpu/online"};
}

/* A second limit on it, that counts if it is the smaller one. */
static inline void made_limit(
    struct machine *machine, const char *source, double cpus, const char *where)
{
    void *limits = machine->limits;
    struct machine_limit *limit =
        memory_append(&limits, machine->limit_count++, sizeof *limit);
    machine->limits = limits;
    limit->cpus = cpus;
    text_copy(sizeof limit->source, limit->source, source);
    text_copy(sizeof limit->where, limit->where, where);
    machine->usable_cpus = machine_smallest_limit(machine)->cpus;
}

/* A result of `run` without stages: so many iterations of a built-in. */
static inline void made_result(
    struct result *result, const char *workload, int64_t iterations, int cpus)
{
    result_init(result);
    made_machine(&result->machine, cpus);
    plan_init(&result->plan, PLAN_RUN, workload);
    result->plan.iterations = iterations;
    result->plan.workers = cpus;
}

/* A complete stage at the end of it, in which all workers computed all the time. */
static inline struct result_stage *made_stage(struct result *result,
    enum result_stage_kind kind, int repeat, int workers, int64_t elapsed_ns)
{
    struct result_stage *stage = result_add_stage(result);
    stage->kind = kind;
    stage->repeat = repeat;
    stage->workers = stage->workers_asked = workers;
    stage->elapsed_ns = elapsed_ns;
    stage->complete = true;
    stage->done = result->plan.iterations;
    stage->others_cpus = -1;
    stage->cpu_ns = workers * elapsed_ns;
    stage->worker_count = (size_t)workers;
    stage->worker_list = memory_new((size_t)workers, sizeof *stage->worker_list);
    for (int i = 0; i < workers; i++)
        stage->worker_list[i] = (struct result_worker){.worker = i,
            .pid = 1000 + i,
            .tasks = result->plan.iterations / workers,
            .times = {.span_ns = elapsed_ns, .cpu_ns = elapsed_ns}};
    return stage;
}

/* A record of one task that gave `digest`, on CPU `index` modulo 2, one after the other.
 */
static inline struct result_record *made_record(
    struct result_stage *stage, int64_t index, int64_t duration_ns, uint64_t digest)
{
    size_t count = stage->record_count;
    int64_t start_ns = count > 0 ? stage->records[count - 1].end_ns : 0;
    void *records = stage->records;
    struct result_record *record =
        memory_append(&records, stage->record_count++, sizeof *record);
    stage->records = records;
    *record = (struct result_record){.index = index,
        .count = 1,
        .cpu = (int)(index % 2),
        .start_ns = start_ns,
        .end_ns = start_ns + duration_ns,
        .cpu_ns = duration_ns,
        .attempts = 1,
        .digest = digest};
    return record;
}
