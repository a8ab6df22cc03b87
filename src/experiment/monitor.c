// SPDX-License-Identifier: MIT
#include "experiment/monitor.h"

#include "base/clock.h"
#include "experiment/sampler.h"
#include "experiment/show.h"

struct monitor {
    const struct monitor_setup *setup;
    struct result_stage *stage;
    struct sampler *sampler;
    struct show show;
    int64_t start_ns; /* monotonic */
};

static void on_tick(void *data)
{
    struct monitor *monitor = data;
    const struct experiment_observer *observer = monitor->setup->observer;
    struct scene *scene = &monitor->show.scene;
    scene->elapsed_ns = clock_now_ns() - monitor->start_ns;
    sampler_sample(monitor->sampler, monitor->stage, scene->elapsed_ns);
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
    monitor->start_ns = clock_now_ns();
}

static void finish(struct monitor *monitor)
{
    struct result_stage *stage = monitor->stage;
    stage->elapsed_ns = clock_now_ns() - monitor->start_ns;
    sampler_sample(monitor->sampler, stage, stage->elapsed_ns);
    sampler_end(monitor->sampler, stage);
    stage->complete = true;
}

int monitor_run(const struct monitor_setup *setup, struct result *result,
    const bool *done, struct fault *fault)
{
    struct monitor monitor = {.setup = setup};
    struct watch *timer;
    int error = sampler_create(setup->root, &result->machine, &monitor.sampler, fault);
    if (error < 0)
        return error;
    begin(&monitor, result);
    if (setup->observer->planned)
        setup->observer->planned(setup->observer->data, result);
    error = loop_watch_timer(setup->events, setup->period_ns, on_tick, &monitor, &timer);
    if (error < 0) {
        fault_system(fault, error, "no timer for the samples");
    } else {
        error = loop_run(setup->events, done);
        loop_unwatch(timer);
        if (error < 0)
            fault_system(fault, error, "cannot wait");
    }
    finish(&monitor);
    show_finish(&monitor.show);
    sampler_destroy(monitor.sampler);
    return error;
}
