// SPDX-License-Identifier: MIT
#include "experiment/predict_stage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "experiment/comparison.h"
#include "experiment/settle.h"
#include "workload/workload.h"

const struct schedule_ops *predict_stage_schedule(const struct plan *plan)
{
    const struct schedule_ops *schedule;
    struct fault fault;
    return plan_schedule(plan, &schedule, &fault) < 0 ? schedule_table[0] : schedule;
}

int64_t predict_stage_chunk(const struct result *result,
    const struct result_stage *sequential, const struct schedule_ops *schedule,
    const struct schedule_loop *loop)
{
    if (schedule->default_chunk)
        return schedule->default_chunk(loop);
    return settle_chunk_by_price(sequential, loop, result->plan.handout_price_ns);
}

static int by_index(const void *one, const void *other)
{
    const struct result_record *a = one, *b = other;
    return (a->index > b->index) - (a->index < b->index);
}

/* One piece of tasks that all take the same. */
static void init_even(struct predict_profile *profile, int64_t tasks, double task_ns)
{
    struct predict_piece piece = {tasks > 0 ? tasks : 1, task_ns};
    predict_profile_init(profile, 1, &piece);
}

/* From the records of a stage, in the order of their indices, each task `factor` times
 * what it took there.  False where they do not tell of every task which record it is in:
 * those of several tasks do only where all are `consecutive`. */
static bool init_from_records(const struct result *result,
    const struct result_stage *stage, bool consecutive, double factor,
    struct predict_profile *profile)
{
    size_t count = stage->record_count;
    if (count == 0)
        return false;
    struct result_record *records = memory_new(count, sizeof *records);
    struct predict_piece *pieces = memory_new(count, sizeof *pieces);
    memcpy(records, stage->records, count * sizeof *records);
    qsort(records, count, sizeof *records, by_index);
    int64_t next = 0;
    bool told = true;
    for (size_t i = 0; i < count && told; i++) {
        const struct result_record *record = &records[i];
        double time_ns = (double)(record->end_ns - record->start_ns);
        told = record->index == next && record->count > 0 &&
               (record->count == 1 || consecutive);
        pieces[i].count = record->count;
        pieces[i].task_ns = factor * time_ns / (double)record->count;
        next += record->count;
    }
    told = told && next == result->plan.iterations;
    if (told)
        predict_profile_init(profile, count, pieces);
    free(pieces);
    free(records);
    return told;
}

static double sum_of_records_ns(const struct result_stage *stage)
{
    double sum_ns = 0;
    for (size_t i = 0; i < stage->record_count; i++)
        sum_ns += (double)(stage->records[i].end_ns - stage->records[i].start_ns);
    return sum_ns;
}

/* The workers' time in their tasks; without that in which they waited for a CPU if
 * `alone`. */
static double time_in_tasks_ns(const struct result_stage *stage, bool alone)
{
    double sum_ns = 0;
    for (size_t i = 0; i < stage->worker_count; i++) {
        const struct account_worker *times = &stage->worker_list[i].times;
        sum_ns += (double)(times->span_ns - times->handout_ns);
        if (alone && times->waiting_ns == ACCOUNT_NOT_SEEN)
            return (double)stage->cpu_ns;
        if (alone)
            sum_ns -= (double)times->waiting_ns;
    }
    return fmax(sum_ns, 1);
}

/* Where the records say too little, all tasks take the same. */
static void measure_profile(const struct result *result,
    const struct result_stage *sequential, const struct result_stage *parallel,
    bool crowded, struct predict_profile *profile)
{
    double total_ns = time_in_tasks_ns(parallel, crowded);
    double own_ns = sum_of_records_ns(parallel), other_ns = sum_of_records_ns(sequential);
    if (!crowded && own_ns > 0 &&
        init_from_records(result, parallel, false, total_ns / own_ns, profile))
        return;
    if (other_ns > 0 &&
        init_from_records(result, sequential, true, total_ns / other_ns, profile))
        return;
    int64_t tasks = result->plan.iterations;
    init_even(profile, tasks, total_ns / fmax((double)tasks, 1));
}

void predict_stage_sequential(const struct result *result,
    const struct result_stage *sequential, struct predict_profile *profile)
{
    double total_ns = time_in_tasks_ns(sequential, false);
    double records_ns = sum_of_records_ns(sequential);
    double ended = (double)(sequential->done + sequential->failed);
    if (records_ns <= 0 ||
        !init_from_records(result, sequential, true, total_ns / records_ns, profile))
        init_even(profile, result->plan.iterations, total_ns / fmax(ended, 1));
}

/* The first start-up, and how much later each worker is than the one before. */
static void measure_start(const struct result_stage *stage, struct predict_setup *setup)
{
    double first_ns = INFINITY, end_ns = INFINITY, step_ns = 0, steps = 0;
    for (size_t i = 0; i < stage->worker_count; i++) {
        const struct result_worker *worker = &stage->worker_list[i];
        if (worker->times.span_ns <= 0) /* it came too late for a task */
            continue;
        first_ns = fmin(first_ns, (double)worker->times.startup_ns);
        end_ns = fmin(end_ns, (double)worker->times.tail_ns);
    }
    if (isinf(first_ns))
        return;
    for (size_t i = 1; i < stage->worker_count; i++) {
        const struct result_worker *worker = &stage->worker_list[i];
        bool killed = false; /* what its deaths cost is in its start-up */
        for (size_t k = 0; k < stage->event_count; k++)
            killed = killed || (stage->events[k].what == RESULT_KILLED &&
                                   stage->events[k].worker == worker->worker);
        if (worker->times.span_ns <= 0 || killed)
            continue;
        step_ns += (double)worker->times.startup_ns - first_ns;
        steps += (double)i;
    }
    setup->start_ns = first_ns;
    setup->start_each_ns = steps > 0 ? step_ns / steps : 0;
    setup->end_each_ns = end_ns / stage->workers;
}

static void measure_prices(const struct result *result, const struct result_stage *stage,
    struct predict_setup *setup)
{
    const struct plan *plan = &result->plan;
    double handouts = 0, handout_ns = 0, price_ns = (double)plan->handout_price_ns;
    for (size_t i = 0; i < stage->worker_count; i++) {
        handouts += (double)stage->worker_list[i].handouts;
        handout_ns += (double)stage->worker_list[i].times.handout_ns;
    }
    setup->max_tasks = plan->fork_per_task ? 1 : plan->max_tasks;
    setup->handout_ns = price_ns;
    if (stage->renewed > 0)
        setup->renew_ns =
            fmax(0, handout_ns - handouts * price_ns) / (double)stage->renewed;
    else if (stage->handout_price_ns >= 0)
        setup->handout_ns = (double)stage->handout_price_ns;
}

void predict_stage_init(const struct result *result,
    const struct result_stage *sequential, const struct result_stage *parallel,
    struct predict_profile *profile, struct predict_setup *setup)
{
    const struct plan *plan = &result->plan;
    const struct workload_ops *ops = NULL;
    struct fault fault;
    double cpus = comparison_usable_cpus(result);
    double share = comparison_computing_share(sequential);
    bool crowded = parallel->workers > cpus;
    workload_find(plan->workload, &ops, &fault);
    measure_profile(result, sequential, parallel, crowded, profile);
    *setup = (struct predict_setup){.profile = profile,
        .schedule = predict_stage_schedule(plan),
        .loop = {plan->iterations, parallel->workers, plan->chunk > 0 ? plan->chunk : 1},
        .cost_power = ops ? ops->cost_power : 0,
        .longest_first = plan->order == PLAN_ORDER_LONGEST,
        .cpus = cpus,
        .computing_share = share < COMPARISON_COMPUTING ? share : 1,
        .prepare_ns = (double)parallel->prepare_ns};
    if (plan->chunk <= 0)
        setup->loop.chunk =
            predict_stage_chunk(result, sequential, setup->schedule, &setup->loop);
    measure_start(parallel, setup);
    measure_prices(result, parallel, setup);
}
