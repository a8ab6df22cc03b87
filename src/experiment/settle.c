// SPDX-License-Identifier: MIT
#include "experiment/settle.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "experiment/calibrate.h"

enum {
    SECONDS_DEFAULT = 20,  /* how long the sequential stage should take */
    TASKS_PER_WORKER = 4,  /* at least, so that all workers have something to do */
    PROBES = 100000,       /* stand-in for n as long as that is not known */
    PRICE_SHARE = 100,     /* hand-outs and stamps may cost a hundredth */
    CHUNKS_PER_WORKER = 32 /* no chunk leaves others idle for more than 1/32 */
};

static const double TOO_LONG = 1.5; /* times the seconds wanted: then a smaller size */

static double seconds_wanted(const struct plan *plan)
{
    return plan->seconds_ns > 0 ? (double)plan->seconds_ns / 1e9 : SECONDS_DEFAULT;
}

/* The mean time of a task; where it takes too long to find out, that is said by 0. */
static int measure_task(
    const struct settle_setup *setup, double *ret_task_ns, struct fault *fault)
{
    const struct plan *plan = &setup->result->plan;
    int64_t fewest = (int64_t)TASKS_PER_WORKER * plan->workers;
    double limit_ns = 1e9 * TOO_LONG * seconds_wanted(plan) / (double)fewest;
    struct calibrate_setup calibration = {.job = setup->job,
        .tasks = plan->iterations > 0 ? plan->iterations : PROBES,
        .limit_ns = limit_ns > 1e9 ? (int64_t)limit_ns : NS_PER_S,
        .events = setup->events,
        .timeline = setup->timeline,
        .is_stopped = setup->is_stopped,
        .ret_pool = setup->calibration};
    if (plan->iterations > 0)
        calibration.limit_ns = NS_PER_S;
    return calibrate(&calibration, ret_task_ns, fault);
}

/* Halves the size until the fewest tasks that make sense end in the time wanted. */
static int shrink(const struct settle_setup *setup, double *task_ns, struct fault *fault)
{
    struct plan *plan = &setup->result->plan;
    const struct workload_ops *ops = setup->job->ops;
    double fewest = (double)TASKS_PER_WORKER * plan->workers;
    double most_ns = 1e9 * TOO_LONG * seconds_wanted(plan) / fewest;
    int error = 0;
    while (error == 0 && !*setup->is_stopped && plan->size / 2 >= ops->size_min &&
           (*task_ns == 0 || *task_ns > most_ns)) {
        plan->size /= 2;
        plan->size_reduced = true;
        error = workload_job_init(setup->job, ops, plan->size, fault);
        if (error == 0)
            error = measure_task(setup, task_ns, fault);
    }
    return error;
}

/* As many tasks as take the time wanted: a multiple of the workers, at least four for
 * each. */
static int64_t scale(const struct plan *plan, double task_ns)
{
    double rounds = 1e9 * seconds_wanted(plan) / (task_ns > 0 ? task_ns : 1e9);
    rounds = round(rounds / plan->workers);
    if (rounds < TASKS_PER_WORKER)
        rounds = TASKS_PER_WORKER;
    double most = floor((double)WORKLOAD_ITERATIONS_MAX / plan->workers);
    return (int64_t)fmin(rounds, most) * plan->workers;
}

static int64_t most_per_chunk(const struct plan *plan)
{
    int64_t chunks = (int64_t)CHUNKS_PER_WORKER * plan->workers;
    return (plan->iterations + chunks - 1) / chunks;
}

static int64_t clamp(double value, int64_t most)
{
    return value < 1 ? 1 : value > (double)most ? most : (int64_t)value;
}

/* The least of a few: what comes between only adds. */
static int64_t measure_price(void)
{
    enum { TRIES = 3 };
    int64_t least_ns = INT64_MAX;
    for (int i = 0; i < TRIES; i++) {
        int64_t price_ns = pool_measure_handout_ns();
        if (price_ns < least_ns)
            least_ns = price_ns;
    }
    return least_ns;
}

/* Stamps may cost 1 % of the time between them; 0 where each worker finds that out
 * itself. */
static int64_t settle_grain(const struct plan *plan, double task_ns)
{
    if (plan->command == PLAN_MAP)
        return 0;
    double price_ns = PRICE_SHARE * (double)plan->handout_price_ns;
    int64_t grain = task_ns > 0 ? clamp(price_ns / task_ns, most_per_chunk(plan)) : 1;
    return plan->chunk > 0 && plan->chunk < grain ? plan->chunk : grain;
}

static void settle_title(struct plan *plan, const struct workload_job *job)
{
    job->ops->describe(job, sizeof plan->task, plan->task);
    snprintf(plan->title, sizeof plan->title, "%s%s %" PRId64 " time%s", plan->task,
        job->ops->verb, plan->iterations, plan->iterations == 1 ? "" : "s");
}

int settle_plan(
    const struct settle_setup *setup, double *ret_task_ns, struct fault *fault)
{
    struct plan *plan = &setup->result->plan;
    bool scaled = plan->iterations == 0, size_given = plan->size != 0;
    double task_ns = 0;
    int error = 0;
    plan->size = setup->job->size;
    if (plan->workers == 0)
        plan->workers = (int)fmin(ceil(plan->host_cpus), PLAN_WORKERS_MAX);
    if (scaled || plan->command == PLAN_RUN)
        error = measure_task(setup, &task_ns, fault);
    if (error == 0 && scaled && !size_given)
        error = shrink(setup, &task_ns, fault);
    if (error < 0)
        return error;
    if (scaled)
        plan->iterations = scale(plan, task_ns);
    if (plan->workers > plan->iterations)
        plan->workers = (int)plan->iterations;
    plan->handout_price_ns = measure_price();
    plan->grain = settle_grain(plan, task_ns);
    settle_title(plan, setup->job);
    *ret_task_ns = task_ns;
    return 0;
}

/* The mean task of the sequential stage, stamps included, which cost 1 % at most. */
static double sequential_task_ns(const struct result *result)
{
    const struct result_stage *stage = result_find_stage(result, RESULT_SEQUENTIAL, 0);
    if (!stage || stage->done == 0)
        return 0;
    double mean_ns = (double)stage->elapsed_ns / (double)stage->done;
    return mean_ns > 0.1 ? mean_ns : 0.1;
}

static void settle_dynamic(struct result *result)
{
    struct plan *plan = &result->plan;
    int64_t most = most_per_chunk(plan), price_ns = plan->handout_price_ns;
    double task_ns = sequential_task_ns(result);
    plan->chunk_grows = task_ns == 0;
    if (plan->chunk_grows) {
        snprintf(plan->chunk_rule, sizeof plan->chunk_rule,
            "each worker's doubles from 1 until it lasts 100 hand-outs of %" PRId64
            " ns, to %" PRId64 " at most",
            price_ns, most);
        return;
    }
    plan->chunk = clamp(PRICE_SHARE * (double)price_ns / task_ns, most);
    snprintf(plan->chunk_rule, sizeof plan->chunk_rule,
        "100 x hand-out of %" PRId64
        " ns / mean sequential task of %.0f ns, 1 to %" PRId64,
        price_ns, task_ns, most);
}

int64_t settle_chunk(struct result *result, const struct schedule_ops *schedule)
{
    struct plan *plan = &result->plan;
    struct schedule_loop loop = {.tasks = plan->iterations, .workers = plan->workers};
    bool settled = plan->chunk_rule[0] != '\0';
    if (!settled && plan->chunk > 0)
        text_copy(sizeof plan->chunk_rule, plan->chunk_rule, "asked for");
    else if (!settled && schedule->shared)
        settle_dynamic(result);
    else if (!settled) {
        plan->chunk = schedule->default_chunk(&loop);
        snprintf(plan->chunk_rule, sizeof plan->chunk_rule, "%s: %s", schedule->name,
            schedule->summary);
    }
    return plan->chunk > 0 ? plan->chunk : 1;
}
