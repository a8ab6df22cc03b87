// SPDX-License-Identifier: MIT
#include "experiment/expect.h"

#include <math.h>

#include "workload/workload.h"

static const double TIME_MAX_NS = 1e18; /* 31 years */

/* No more than a result file may have; what is no number is not known. */
int64_t expect_bounded_ns(double time_ns)
{
    return time_ns > 0 ? (int64_t)fmin(time_ns, TIME_MAX_NS) : 0;
}

/* The share of the loop that one worker does while the others wait. */
static double serial_share(const struct plan *plan)
{
    struct workload_job job = {.size = plan->size, .iterations = plan->iterations};
    struct fault fault;
    if (workload_find(plan->workload, &job.ops, &fault) < 0 || !job.ops->serial_share)
        return 0;
    return job.ops->serial_share(&job);
}

/* A whole stage of that kind with so many workers. */
static const struct result_stage *find_like(
    const struct result *result, enum result_stage_kind kind, int workers)
{
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        if (stage->kind == kind && stage->complete && stage->workers == workers)
            return stage;
    }
    return NULL;
}

/* Tasks that wait more than they compute can wait together, beyond the CPUs. */
static double tasks_at_once(const struct result *result, int workers)
{
    const struct result_stage *before = result_find_stage(result, RESULT_SEQUENTIAL, 0);
    double share = serial_share(&result->plan);
    if (before &&
        (double)before->cpu_ns <= 0.5 * (1 - share) * (double)result_measured_ns(before))
        return workers;
    return fmin(workers, result->plan.host_cpus);
}

/* The rest as Amdahl says. */
int64_t expect_stage_ns(
    const struct result *result, enum result_stage_kind kind, int workers, double task_ns)
{
    const struct plan *plan = &result->plan;
    const struct result_stage *before = find_like(result, RESULT_SEQUENTIAL, 1);
    const struct result_stage *like = find_like(result, kind, workers);
    double share = serial_share(plan);
    double whole_ns = task_ns * (double)plan->iterations / (1 - share);
    if (like)
        return like->elapsed_ns;
    if (before)
        whole_ns = (double)before->elapsed_ns;
    if (kind == RESULT_SEQUENTIAL)
        return expect_bounded_ns(whole_ns);
    double at_once = tasks_at_once(result, workers);
    return at_once > 0 ? expect_bounded_ns(whole_ns * (share + (1 - share) / at_once))
                       : 0;
}

int64_t expect_opened_ns(
    const struct result *result, const struct result_stage *stage, double task_ns)
{
    int64_t before_ns = 0;
    if (stage->kind != RESULT_PROGRAM)
        return expect_stage_ns(result, stage->kind, stage->workers, task_ns);
    for (const struct result_stage *other = result->stages; other < stage; other++)
        if (other->program == stage->program && other->complete)
            before_ns = other->elapsed_ns;
    return before_ns;
}

/* Failures alone, which often come at once, do not tell what a task takes. */
static bool tells_nothing(const struct scene_items *items)
{
    return !items->whole || (items->ended > 0 && items->ended_well == 0);
}

/* From what its tasks have taken: those under way and those waiting take as long as the
 * mean of them, and as many at a time as there are workers for.  -1: nothing says. */
static double items_left_ns(const struct scene *scene)
{
    const struct scene_items *items = scene->items;
    if (!items || tells_nothing(items) || items->ended == 0 ||
        scene->phase != SCENE_RUNNING)
        return -1;
    double mean_ns = (double)items->ended_ns / (double)items->ended;
    double left = (double)(items->total - items->before - scene->done - scene->failed);
    double waiting = fmax(left - (double)items->running, 0);
    double at_once = fmin(items->workers, fmax(left, 1));
    return (waiting * mean_ns + (double)items->slack_ns) / fmax(at_once, 1);
}

int64_t expect_whole_ns(const struct scene *scene)
{
    int64_t ended = scene->done + scene->failed;
    double whole_ns = (double)scene->elapsed_ns + items_left_ns(scene);
    if (whole_ns >= (double)scene->elapsed_ns)
        return whole_ns < (double)INT64_MAX ? (int64_t)whole_ns : INT64_MAX;
    if (ended == 0 || (scene->items && tells_nothing(scene->items)))
        return scene->expected_ns;
    whole_ns = (double)scene->elapsed_ns * (double)scene->result->plan.iterations /
               (double)ended;
    return whole_ns < (double)INT64_MAX ? (int64_t)whole_ns : INT64_MAX;
}
