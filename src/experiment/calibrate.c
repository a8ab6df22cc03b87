// SPDX-License-Identifier: MIT
#include "experiment/calibrate.h"

#include "base/clock.h"
#include "experiment/collect.h"

enum {
    ENOUGH_NS = 100000000,
    TICK_NS = 5000000,
    TINY_TASK_NS = 3000, /* below, the stamps of single tasks would be most of the time */
};

struct calibration {
    struct pool *pool;
    const struct timeline *timeline;
    int64_t start_ns, limit_ns; /* on the timeline */
};

static void on_tick(void *data)
{
    struct calibration *calibration = data;
    struct pool_gap warm = pool_warm(calibration->pool);
    int64_t now_ns = timeline_at(calibration->timeline, clock_now_ns());
    if (warm.from_ns > 0 && warm.to_ns == 0) /* the time counts from then on */
        calibration->start_ns = now_ns;
    int64_t passed_ns = now_ns - calibration->start_ns;
    struct pool_progress progress = pool_progress(calibration->pool);
    if (passed_ns >= calibration->limit_ns ||
        (passed_ns >= ENOUGH_NS && progress.done + progress.failed > 0))
        pool_stop(calibration->pool);
}

static double mean_task_ns(const struct pool *pool, const struct timeline *timeline)
{
    struct pool_totals totals = pool_totals(pool, 0);
    int64_t tasks = totals.done + totals.failed;
    if (tasks == 0)
        return 0;
    double in_tasks_ns = (double)(collect_span_ns(&totals, timeline) - totals.handout_ns);
    return in_tasks_ns > (double)tasks ? in_tasks_ns / (double)tasks : 1;
}

static int run(const struct calibrate_setup *setup, const struct schedule_ops *schedule,
    double *ret_task_ns, struct fault *fault)
{
    struct calibration calibration = {.timeline = setup->timeline,
        .start_ns = timeline_at(setup->timeline, clock_now_ns()),
        .limit_ns = setup->limit_ns};
    struct pool_setup pool = {.job = setup->job,
        .loop = {.tasks = setup->tasks, .workers = 1, .chunk = 1},
        .schedule = schedule,
        .grain = 1,
        .grain_grows = schedule != &schedule_spread,
        .chunk_grows = schedule != &schedule_spread,
        .events = setup->events};
    struct watch *timer;
    int error = pool_create(&pool, &calibration.pool, fault);
    if (error < 0)
        return error;
    error = loop_watch_timer(setup->events, TICK_NS, on_tick, &calibration, &timer);
    if (error == 0) {
        *setup->ret_pool = calibration.pool;
        error = loop_run(setup->events, pool_finished(calibration.pool));
        *setup->ret_pool = NULL;
        loop_unwatch(timer);
    }
    if (error < 0)
        fault_system(fault, error, "cannot wait for a worker");
    else
        *ret_task_ns = mean_task_ns(calibration.pool, setup->timeline);
    pool_destroy(calibration.pool);
    return error;
}

int calibrate(
    const struct calibrate_setup *setup, double *ret_task_ns, struct fault *fault)
{
    double task_ns;
    int error = run(setup, &schedule_spread, &task_ns, fault);
    if (error == 0 && task_ns > 0 && task_ns < TINY_TASK_NS && !*setup->is_stopped)
        error = run(setup, schedule_table[0], &task_ns, fault);
    if (error == 0)
        *ret_task_ns = task_ns;
    return error;
}
