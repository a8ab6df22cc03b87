// SPDX-License-Identifier: MIT
#include "experiment/settle.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "experiment/calibrate.h"
#include "experiment/words_items.h"

enum {
    SECONDS_DEFAULT = 20,  /* how long the sequential stage should take … */
    SECONDS_OF_SWEEP = 5,  /* … where it is one of many */
    TASKS_PER_WORKER = 4,  /* at least, so that all workers have something to do */
    PROBES = 100000,       /* stand-in for n as long as that is not known */
    PROBED_TWICE = 2,      /* n that far from it: tasks' cost is measured again at n */
    PRICE_SHARE = 100,     /* hand-outs and stamps may cost a hundredth */
    CHUNKS_PER_WORKER = 32 /* no chunk leaves others idle for more than 1/32 */
};

static const double TOO_LONG = 1.5; /* times the seconds wanted: then a smaller size */

static double seconds_wanted(const struct plan *plan)
{
    if (plan->seconds_ns > 0)
        return (double)plan->seconds_ns / 1e9;
    return plan->command == PLAN_SWEEP ? SECONDS_OF_SWEEP : SECONDS_DEFAULT;
}

static int64_t fewest_tasks(const struct plan *plan)
{
    return (int64_t)TASKS_PER_WORKER * plan->workers;
}

/* The mean time of a task in a loop of so many; where it takes too long to find out, that
 * is said by 0. */
static int measure_task(const struct settle_setup *setup, int64_t tasks,
    double *ret_task_ns, struct fault *fault)
{
    const struct plan *plan = &setup->result->plan;
    double limit_ns = 1e9 * TOO_LONG * seconds_wanted(plan) / (double)fewest_tasks(plan);
    struct calibrate_setup calibration = {.job = setup->job,
        .tasks = tasks,
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
static int shrink(const struct settle_setup *setup, int64_t probes, double *task_ns,
    struct fault *fault)
{
    struct plan *plan = &setup->result->plan;
    const struct workload_ops *ops = setup->job->ops;
    double most_ns = 1e9 * TOO_LONG * seconds_wanted(plan) / (double)fewest_tasks(plan);
    int error = 0;
    while (error == 0 && !*setup->is_stopped && !ops->size_is_kind &&
           plan->size / 2 >= ops->size_min && (*task_ns == 0 || *task_ns > most_ns)) {
        plan->size /= 2;
        plan->size_reduced = true;
        const void *body = setup->job->body;
        error = workload_job_init(setup->job, ops, plan->size, fault);
        setup->job->body = body;
        if (error == 0)
            error = measure_task(setup, probes, task_ns, fault);
    }
    return error;
}

/* The least common multiple of a sweep's points; the largest of them where it would be
 * more than `most`. */
static int64_t common_multiple(const struct plan *plan, double most)
{
    int64_t multiple = 1;
    for (size_t i = 0; i < plan->point_count; i++) {
        int64_t one = multiple, other = plan->points[i];
        while (other > 0) {
            int64_t rest = one % other;
            one = other;
            other = rest;
        }
        multiple *= plan->points[i] / one;
        if ((double)multiple > most)
            return plan->workers;
    }
    return multiple;
}

int64_t settle_iterations(const struct plan *plan, const struct workload_job *job,
    double task_ns, int64_t probes)
{
    const struct workload_ops *ops = job->ops;
    double share = ops->serial_share ? ops->serial_share(job) : 0;
    double work_ns = 1e9 * seconds_wanted(plan) * (1 - share), power = ops->cost_power;
    double first_ns = (task_ns > 0 ? task_ns : 1e9) / pow((double)probes, power);
    double tasks =
        fmin(pow(work_ns / first_ns, 1 / (1 + power)), (double)WORKLOAD_ITERATIONS_MAX);
    int64_t unit = plan->command == PLAN_SWEEP ? common_multiple(plan, tasks) : 1;
    if (unit < plan->workers)
        unit = plan->workers;
    double least = ceil((double)fewest_tasks(plan) / (double)unit);
    double most = floor((double)WORKLOAD_ITERATIONS_MAX / (double)unit);
    return (int64_t)fmin(fmax(round(tasks / (double)unit), least), most) * unit;
}

/* The mean time of a task in a loop of `tasks` from that in one of `probes`. */
static double convert(
    const struct workload_ops *ops, double task_ns, int64_t probes, int64_t tasks)
{
    return task_ns * pow((double)tasks / (double)probes, ops->cost_power);
}

/* Finds n from the mean time of a task, which is measured for that.  Where it depends on
 * n, a second measurement near n leaves nothing to be extrapolated. */
static int scale_plan(const struct settle_setup *setup, bool size_asked,
    double *ret_task_ns, struct fault *fault)
{
    struct plan *plan = &setup->result->plan;
    bool grows = setup->job->ops->cost_power > 0;
    int64_t probes = grows ? fewest_tasks(plan) : PROBES;
    double task_ns = 0;
    int error = measure_task(setup, probes, &task_ns, fault);
    if (error == 0 && !size_asked)
        error = shrink(setup, probes, &task_ns, fault);
    if (error < 0)
        return error;
    int64_t tasks = settle_iterations(plan, setup->job, task_ns, probes);
    if (grows && tasks > PROBED_TWICE * probes && !*setup->is_stopped) {
        probes = tasks;
        error = measure_task(setup, probes, &task_ns, fault);
        tasks = settle_iterations(plan, setup->job, task_ns, probes);
    }
    plan->iterations = tasks;
    *ret_task_ns = convert(setup->job->ops, task_ns, probes, tasks);
    return error;
}

static int64_t most_per_chunk(const struct schedule_loop *loop)
{
    int64_t chunks = (int64_t)CHUNKS_PER_WORKER * loop->workers;
    return (loop->tasks + chunks - 1) / chunks;
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
    if (plan->tells) /* each is told by itself */
        return 1;
    if (plan->command == PLAN_MAP)
        return 0;
    double price_ns = PRICE_SHARE * (double)plan->handout_price_ns;
    struct schedule_loop loop = {.tasks = plan->iterations, .workers = plan->workers};
    int64_t most = most_per_chunk(&loop);
    int64_t grain =
        task_ns > 0 && !plan->fork_per_task ? clamp(price_ns / task_ns, most) : 1;
    return plan->chunk > 0 && plan->chunk < grain ? plan->chunk : grain;
}

static void settle_title(struct plan *plan, const struct workload_job *job)
{
    if (plan->commands) {
        words_items_title(plan, sizeof plan->title, plan->title);
        return;
    }
    job->ops->describe(job, sizeof plan->task, plan->task);
    snprintf(plan->title, sizeof plan->title, "%s%s %" PRId64 " time%s", plan->task,
        job->ops->verb, plan->iterations, plan->iterations == 1 ? "" : "s");
}

/* The workers asked for, or as many as CPUs are usable; of a sweep the most of them. */
static void settle_workers(struct plan *plan)
{
    if (plan->command == PLAN_SWEEP)
        plan->workers = plan->points[plan->point_count - 1];
    else if (plan->workers == 0)
        plan->workers = (int)fmin(ceil(plan->host_cpus), PLAN_WORKERS_MAX);
}

/* Never more workers than tasks. */
static void limit_workers(struct result *result)
{
    struct plan *plan = &result->plan;
    size_t points = plan->point_count;
    while (
        plan->point_count > 1 && plan->points[plan->point_count - 1] > plan->iterations)
        plan->point_count--;
    if (plan->point_count < points)
        result_remark(result,
            "There %s only %" PRId64 " task%s: more workers than that were not measured.",
            plan->iterations == 1 ? "is" : "are", plan->iterations,
            plan->iterations == 1 ? "" : "s");
    if (plan->workers > plan->iterations)
        plan->workers = (int)plan->iterations;
    if (plan->command == PLAN_SWEEP)
        plan->workers = plan->points[plan->point_count - 1];
}

/* How many tasks there are and what they take, as far as that must be found out by
 * running some; commands are not run once more than they were asked to. */
static int settle_tasks(
    const struct settle_setup *setup, double *ret_task_ns, struct fault *fault)
{
    struct plan *plan = &setup->result->plan;
    bool size_asked = plan->size != 0;
    plan->size = setup->job->size;
    settle_workers(plan);
    if (plan->commands)
        return 0;
    if (plan->iterations == 0)
        return scale_plan(setup, size_asked, ret_task_ns, fault);
    if (plan->command != PLAN_MAP)
        return measure_task(setup, plan->iterations, ret_task_ns, fault);
    return 0;
}

int settle_plan(
    const struct settle_setup *setup, double *ret_task_ns, struct fault *fault)
{
    struct plan *plan = &setup->result->plan;
    double task_ns = 0;
    int error = settle_tasks(setup, &task_ns, fault);
    if (error < 0)
        return error;
    if (plan->iterations > 0) /* or it is not known yet */
        limit_workers(setup->result);
    setup->job->iterations = plan->iterations;
    plan->handout_price_ns = measure_price();
    plan->grain = settle_grain(plan, task_ns);
    settle_title(plan, setup->job);
    *ret_task_ns = task_ns;
    return 0;
}

/* The mean task of the sequential stage, stamps included, which cost 1 % at most; 0 where
 * none tells. */
static double sequential_task_ns(const struct result_stage *stage)
{
    if (!stage || stage->done == 0)
        return 0;
    double mean_ns =
        (double)(result_measured_ns(stage) - stage->prepare_ns) / (double)stage->done;
    return mean_ns > 0.1 ? mean_ns : 0.1;
}

int64_t settle_chunk_by_price(const struct result_stage *sequential,
    const struct schedule_loop *loop, int64_t price_ns)
{
    double task_ns = sequential_task_ns(sequential);
    if (task_ns == 0)
        return 1;
    return clamp(PRICE_SHARE * (double)price_ns / task_ns, most_per_chunk(loop));
}

/* By what handing out costs. */
static void settle_by_price(struct result *result, const struct schedule_ops *schedule,
    const struct schedule_loop *loop)
{
    struct plan *plan = &result->plan;
    const struct result_stage *stage = result_find_stage(result, RESULT_SEQUENTIAL, 0);
    int64_t most = most_per_chunk(loop), price_ns = plan->handout_price_ns;
    double task_ns = sequential_task_ns(stage);
    plan->chunk_grows = task_ns == 0 && schedule->shared;
    if (task_ns == 0 && !schedule->shared) {
        plan->chunk = 1;
        text_copy(sizeof plan->chunk_rule, plan->chunk_rule,
            "1: no sequential stage tells what a task takes");
    } else if (plan->chunk_grows) {
        snprintf(plan->chunk_rule, sizeof plan->chunk_rule,
            "each worker's doubles from 1 until it lasts 100 hand-outs of %" PRId64
            " ns, to %" PRId64 " at most",
            price_ns, most);
    } else {
        plan->chunk = settle_chunk_by_price(stage, loop, price_ns);
        snprintf(plan->chunk_rule, sizeof plan->chunk_rule,
            "100 x hand-out of %" PRId64
            " ns / mean sequential task of %.0f ns, 1 to %" PRId64,
            price_ns, task_ns, most);
    }
}

int64_t settle_chunk(
    struct result *result, const struct schedule_ops *schedule, int workers)
{
    struct plan *plan = &result->plan;
    struct schedule_loop loop = {.tasks = plan->iterations, .workers = workers};
    if (plan->chunk_asked) {
        text_copy(sizeof plan->chunk_rule, plan->chunk_rule, "asked for");
    } else if (plan->tells && !schedule->default_chunk) {
        plan->chunk = 1;
        text_copy(
            sizeof plan->chunk_rule, plan->chunk_rule, "1: each task is told by itself");
    } else if (plan->fork_per_task) {
        plan->chunk = 1;
        text_copy(
            sizeof plan->chunk_rule, plan->chunk_rule, "1: a process for each task");
    } else if (!schedule->default_chunk) {
        settle_by_price(result, schedule, &loop);
    } else {
        plan->chunk = schedule->default_chunk(&loop);
        snprintf(plan->chunk_rule, sizeof plan->chunk_rule, "%s: %s", schedule->name,
            schedule->summary);
    }
    return plan->chunk > 0 ? plan->chunk : 1;
}
