// SPDX-License-Identifier: MIT
#include "experiment/comparison.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "experiment/sampler.h"
#include "model/speedup.h"
#include "model/statistics.h"
#include "workload/workload.h"

static const double SEVERAL_THREADS = 1.1; /* CPUs: more than one thread's */

static bool is_whole(const struct result_stage *stage)
{
    return stage->complete && stage->failed == 0;
}

/* CPU time of the same tasks in the sequential stage. */
static int64_t useful_ns(
    const struct result_stage *sequential, const struct result_stage *stage)
{
    if (!sequential || sequential->done == 0)
        return ACCOUNT_NOT_SEEN;
    if (sequential->done == stage->done)
        return sequential->cpu_ns;
    return (int64_t)((double)sequential->cpu_ns * (double)stage->done /
                     (double)sequential->done);
}

static void account_stage(
    const struct result_stage *sequential, struct result_stage *stage)
{
    struct account_worker *workers = memory_new(stage->worker_count, sizeof *workers);
    for (size_t i = 0; i < stage->worker_count; i++)
        workers[i] = stage->worker_list[i].times;
    stage->account = account_of(stage->worker_count, workers, result_measured_ns(stage),
        useful_ns(sequential, stage));
    free(workers);
}

void comparison_account(struct result *result)
{
    for (size_t i = 0; i < result->stage_count; i++) {
        struct result_stage *stage = &result->stages[i];
        account_stage(result_find_stage(result, RESULT_SEQUENTIAL, stage->repeat), stage);
    }
}

/* The elapsed times of all stages of that kind that did every task, in seconds. */
static size_t list_elapsed(
    const struct result *result, enum result_stage_kind kind, double elapsed[])
{
    size_t count = 0;
    for (size_t i = 0; i < result->stage_count; i++)
        if (result->stages[i].kind == kind && is_whole(&result->stages[i]))
            elapsed[count++] = (double)result->stages[i].elapsed_ns / 1e9;
    return count;
}

/* The elapsed times of every repeat both stages of which did all tasks, in seconds. */
static size_t list_pairs(
    const struct result *result, double sequential[], double parallel[])
{
    size_t count = 0;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *one = &result->stages[i];
        if (one->kind != RESULT_SEQUENTIAL || !is_whole(one))
            continue;
        const struct result_stage *other =
            result_find_stage(result, RESULT_PARALLEL, one->repeat);
        if (!other || !is_whole(other))
            continue;
        sequential[count] = (double)one->elapsed_ns / 1e9;
        parallel[count++] = (double)other->elapsed_ns / 1e9;
    }
    return count;
}

double comparison_usable_cpus(const struct result *result)
{
    double host_cpus = result->plan.host_cpus; /* 0 in a file that does not tell */
    return host_cpus > 0 ? host_cpus : result->machine.usable_cpus;
}

static int compare_id(const void *id, const void *cpu)
{
    return *(const int *)id - ((const struct result_cpu *)cpu)->id;
}

static double steal_of(const struct result_stage *stage, int id)
{
    const struct result_cpu *cpu = NULL;
    if (stage->cpu_count > 0)
        cpu = bsearch(&id, stage->cpus, stage->cpu_count, sizeof *cpu, compare_id);
    return cpu ? fmax(cpu->steal, 0) : 0;
}

/* What a hypervisor took of the tasks' time: of the CPUs that they were on. */
static double stolen_of_tasks_ns(const struct result_stage *stage)
{
    double stolen_ns = 0;
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        stolen_ns +=
            steal_of(stage, record->cpu) * (double)(record->end_ns - record->start_ns);
    }
    return stolen_ns;
}

double comparison_computing_share(const struct result_stage *stage)
{
    int64_t waiting_ns = stage->account.waiting_ns; /* for a CPU: others' doing */
    if (waiting_ns == ACCOUNT_NOT_SEEN || waiting_ns < 0)
        waiting_ns = 0;
    int64_t measured_ns = result_measured_ns(stage);
    double tasks_ns = (double)(measured_ns - stage->prepare_ns - waiting_ns) -
                      stolen_of_tasks_ns(stage);
    return fmin(1, (double)stage->cpu_ns / fmax(tasks_ns, 1));
}

double comparison_stolen_cpus(
    const struct result *result, const struct result_stage *stage)
{
    double stolen = 0;
    if (result->machine.simulated || result_measured_ns(stage) < SAMPLER_SPEAKS_FROM_NS)
        return 0;
    for (size_t i = 0; i < stage->cpu_count; i++)
        if (stage->cpus[i].steal > 0 &&
            (i >= result->machine.cpu_count || result->machine.cpus[i].allowed))
            stolen += stage->cpus[i].steal;
    return stolen;
}

double comparison_threads(const struct result_stage *stage)
{
    double cpus = (double)stage->threads_cpu_ns / fmax((double)stage->tasks_ns, 1);
    return cpus > SEVERAL_THREADS ? cpus : 1;
}

double comparison_room(const struct result *result, const struct result_stage *stage)
{
    double share = comparison_computing_share(stage);
    double usable = comparison_usable_cpus(result);
    double threads = comparison_threads(stage);
    if (share >= COMPARISON_COMPUTING)
        return threads > 1 ? fmax(usable / threads, 1) : usable;
    return share > 0 ? usable / share : INFINITY;
}

const struct result_stage *comparison_usual_stage(
    const struct result *result, enum result_stage_kind kind)
{
    const struct result_stage *usual = NULL;
    double *elapsed = memory_new(result->stage_count, sizeof *elapsed);
    size_t count = list_elapsed(result, kind, elapsed);
    double median = count > 0 ? statistics_median(count, elapsed) : 0, nearest = INFINITY;
    free(elapsed);
    for (size_t i = 0; i < result->stage_count && count > 0; i++) {
        const struct result_stage *stage = &result->stages[i];
        double distance = fabs((double)stage->elapsed_ns / 1e9 - median);
        if (stage->kind != kind || !is_whole(stage) || distance >= nearest)
            continue;
        usual = stage;
        nearest = distance;
    }
    return usual;
}

bool comparison_tasks_are_equal(const struct plan *plan)
{
    const struct workload_ops *ops;
    struct fault fault;
    return workload_find(plan->workload, &ops, &fault) == 0 && ops->uniform;
}

/* From the tasks' own times where each has a record, else as if they were equal. */
static double bound_of(const struct result *result, int workers)
{
    const struct result_stage *stage = result_find_stage(result, RESULT_SEQUENTIAL, 0);
    double room = comparison_room(result, stage);
    int64_t *durations_ns = memory_new(stage->record_count, sizeof *durations_ns);
    bool single = (int64_t)stage->record_count == result->plan.iterations;
    for (size_t i = 0; i < stage->record_count; i++) {
        single = single && stage->records[i].count == 1;
        durations_ns[i] = stage->records[i].end_ns - stage->records[i].start_ns;
    }
    double bound =
        single && !comparison_tasks_are_equal(&result->plan)
            ? speedup_bound_measured(stage->record_count, durations_ns, workers, room)
            : speedup_bound(result->plan.iterations, workers, room);
    free(durations_ns);
    return bound;
}

const struct result_stage *comparison_shown_stage(
    const struct result *result, enum result_stage_kind kind)
{
    const struct result_stage *stage = comparison_usual_stage(result, kind);
    for (size_t i = result->stage_count; i > 0 && !stage; i--)
        if (result->stages[i - 1].kind == kind)
            stage = &result->stages[i - 1];
    return stage;
}

void comparison_compute(struct result *result)
{
    struct result_comparison *comparison = &result->comparison;
    double *sequential = memory_new(result->stage_count, sizeof *sequential);
    double *parallel = memory_new(result->stage_count, sizeof *parallel);
    size_t pairs = list_pairs(result, sequential, parallel);
    comparison->has = pairs > 0;
    comparison->pairs = (int)pairs;
    if (pairs > 0) {
        struct statistics_interval interval;
        comparison->has_interval = statistics_ratio_interval(
            pairs, sequential, parallel, result->plan.seed, &interval);
        if (comparison->has_interval) {
            comparison->interval_low = interval.low;
            comparison->interval_high = interval.high;
        }
        double above = statistics_median(pairs, sequential);
        double below = statistics_median(pairs, parallel);
        int workers = result_find_stage(result, RESULT_PARALLEL, 0)->workers;
        comparison->sequential_ns = (int64_t)(above * 1e9);
        comparison->parallel_ns = (int64_t)(below * 1e9);
        comparison->speedup = above / below;
        comparison->bound = bound_of(result, workers);
        comparison->efficiency = comparison->speedup / workers;
        comparison->karp_flatt = speedup_karp_flatt(comparison->speedup, workers);
    }
    free(sequential);
    free(parallel);
}
