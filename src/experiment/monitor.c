// SPDX-License-Identifier: MIT
#include "experiment/monitor.h"

#include "base/clock.h"
#include "base/signals.h"
#include "experiment/sampler.h"
#include "experiment/show.h"
#include "experiment/timeline.h"

struct monitor {
    const struct monitor_setup *setup;
    struct result_stage *stage;
    struct sampler *sampler;
    struct show show;
    struct timeline timeline;
};

static int64_t stage_now_ns(const struct monitor *monitor)
{
    return timeline_at(&monitor->timeline, clock_now_ns());
}

static void on_tick(void *data)
{
    struct monitor *monitor = data;
    const struct experiment_observer *observer = monitor->setup->observer;
    struct scene *scene = &monitor->show.scene;
    scene->elapsed_ns = stage_now_ns(monitor);
    sampler_tick(monitor->sampler, monitor->stage, scene->elapsed_ns);
    show_update(&monitor->show, monitor->sampler, NULL);
    if (observer->sampled)
        observer->sampled(observer->data, scene);
}

static void begin(struct monitor *monitor, struct result *result)
{
    monitor->stage = result_add_stage(result);
    monitor->stage->kind = RESULT_WATCHED;
    monitor->stage->others_cpus = -1;
    monitor->stage->handout_price_ns = -1;
    monitor->stage->samples.period_ns = monitor->setup->period_ns;
    show_init(&monitor->show, result, SCENE_WATCHING);
    sampler_begin(monitor->sampler, monitor->stage);
    result_note_start(result);
    monitor->timeline.start_ns = clock_now_ns();
}

static void finish(struct monitor *monitor)
{
    struct result_stage *stage = monitor->stage;
    stage->elapsed_ns = stage_now_ns(monitor);
    stage->suspended_ns = timeline_suspended_ns(&monitor->timeline);
    sampler_sample(monitor->sampler, stage, stage->elapsed_ns);
    sampler_end(monitor->sampler, stage);
    stage->complete = true;
    show_finish(&monitor->show);
    timeline_finish(&monitor->timeline);
}

static int look_until(struct monitor *monitor, const bool *done, struct fault *fault)
{
    const struct monitor_setup *setup = monitor->setup;
    struct watch *timer;
    int error = loop_watch_timer(
        setup->events, sampler_tick_ns(setup->period_ns), on_tick, monitor, &timer);
    if (error < 0)
        return fault_system(fault, error, "no timer for the samples");
    error = loop_run(setup->events, done);
    loop_unwatch(timer);
    return error < 0 ? fault_system(fault, error, "cannot wait") : 0;
}

int monitor_run(const struct monitor_setup *setup, struct result *result,
    const bool *done, struct monitor **ret_monitor, struct fault *fault)
{
    struct monitor monitor = {.setup = setup};
    int error = sampler_create(setup->root, &result->machine, &monitor.sampler, fault);
    if (error < 0)
        return error;
    sampler_read_meters(monitor.sampler, setup->root);
    begin(&monitor, result);
    if (setup->observer->planned)
        setup->observer->planned(setup->observer->data, result);
    *ret_monitor = &monitor;
    error = look_until(&monitor, done, fault);
    *ret_monitor = NULL;
    finish(&monitor);
    sampler_destroy(monitor.sampler);
    return error;
}

/* The last sample before it ends with it. */
void monitor_suspend(struct monitor *monitor)
{
    sampler_sample(monitor->sampler, monitor->stage, stage_now_ns(monitor));
    int64_t from_ns = clock_now_ns();
    if (!signals_stop_here())
        return;
    sampler_skip(monitor->sampler);
    timeline_suspend(&monitor->timeline, from_ns, clock_now_ns());
}
