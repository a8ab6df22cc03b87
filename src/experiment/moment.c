// SPDX-License-Identifier: MIT
#include "experiment/experiment.h"
#include "experiment/inside.h"
#include "experiment/remark.h"
#include "experiment/words.h"

enum { QUIET_NS = 300000000 };

int moment_wait(struct experiment *experiment, struct fault *fault)
{
    int error = loop_run(experiment->setup.events, &experiment->moment_over);
    return error < 0 ? fault_system(fault, error, "cannot wait") : 0;
}

static void end_moment(void *data)
{
    experiment_go_on(data);
}

static int wait_for_time(
    struct experiment *experiment, int64_t time_ns, struct fault *fault)
{
    struct watch *timer;
    int error = loop_watch_timer(
        experiment->setup.events, time_ns, end_moment, experiment, &timer);
    if (error < 0)
        return fault_system(fault, error, "no timer");
    experiment->moment_over = experiment->is_stopped;
    error = moment_wait(experiment, fault);
    loop_unwatch(timer);
    return error;
}

int moment_watch_quiet(struct experiment *experiment, struct fault *fault)
{
    struct result_stage scratch = {0};
    sampler_begin(experiment->sampler, &scratch);
    int error = wait_for_time(experiment, QUIET_NS, fault);
    sampler_sample(experiment->sampler, &scratch, QUIET_NS);
    double power_w = sampler_power(experiment->sampler);
    sampler_end(experiment->sampler, &scratch);
    int cpus;
    double busy_cpus = words_busy_allowed(&experiment->result->machine, &scratch, &cpus);
    result_stage_finish(&scratch);
    bool all = cpus == experiment->result->machine.online_cpus; /* else nobody looked */
    if (error == 0 && !remark_others(experiment->result, "Before the start", busy_cpus) &&
        all)
        experiment->result->idle_w = power_w;
    return error;
}

int moment_wait_for_observer(struct experiment *experiment, struct fault *fault)
{
    const struct experiment_observer *observer = experiment->setup.observer;
    if (experiment->is_stopped || !observer->before_stage)
        return 0;
    experiment->moment_over = false;
    if (!observer->before_stage(observer->data, &experiment->show.scene))
        return 0;
    return moment_wait(experiment, fault);
}
