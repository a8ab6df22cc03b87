// SPDX-License-Identifier: MIT
#include "experiment/experiment.h"

#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "experiment/calibrate.h"
#include "experiment/comparison.h"
#include "experiment/remark.h"
#include "experiment/sampler.h"
#include "experiment/sentence.h"
#include "experiment/settle.h"
#include "experiment/stage.h"
#include "experiment/timeline.h"
#include "experiment/words.h"

enum { QUIET_NS = 300000000 };

struct experiment {
    struct experiment_setup setup;
    struct result *result;
    struct sampler *sampler;
    struct workload_job job;
    const struct schedule_ops *schedule;
    struct stage *stage;      /* the one that is running, or NULL */
    struct pool *calibration; /* the one that is running, or NULL */
    struct timeline timeline; /* of the whole run */
    double task_ns;           /* mean of a task; 0: not known */
    bool quiet_done;
    int stopped_by;
};

struct experiment *experiment_create(
    const struct experiment_setup *setup, struct result *result)
{
    struct experiment *experiment = memory_new(1, sizeof *experiment);
    experiment->setup = *setup;
    experiment->result = result;
    experiment->timeline.start_ns = clock_now_ns();
    return experiment;
}

void experiment_destroy(struct experiment *experiment)
{
    if (!experiment)
        return;
    sampler_destroy(experiment->sampler);
    timeline_finish(&experiment->timeline);
    free(experiment);
}

int experiment_check(struct experiment *experiment, struct fault *fault)
{
    struct plan *plan = &experiment->result->plan;
    const struct workload_ops *ops;
    int error = workload_find(plan->workload, &ops, fault);
    if (error == 0)
        error = schedule_find(plan->schedule, &experiment->schedule, fault);
    if (error == 0)
        error = workload_job_init(
            &experiment->job, ops, plan->size ? plan->size : ops->size_default, fault);
    return error;
}

static void look_whether_quiet(void *data)
{
    struct experiment *experiment = data;
    experiment->quiet_done = true;
}

/* Reads the counters for a moment before anything runs, and remarks what others use. */
static int watch_quiet(struct experiment *experiment, struct fault *fault)
{
    struct result_stage scratch = {0};
    struct watch *timer;
    int error = loop_watch_timer(
        experiment->setup.events, QUIET_NS, look_whether_quiet, experiment, &timer);
    if (error < 0)
        return fault_system(fault, error, "no timer");
    sampler_begin(experiment->sampler, &scratch);
    error = loop_run(experiment->setup.events, &experiment->quiet_done);
    loop_unwatch(timer);
    sampler_sample(experiment->sampler, &scratch, QUIET_NS);
    sampler_end(experiment->sampler, &scratch);
    int cpus;
    double busy_cpus = words_busy_allowed(&experiment->result->machine, &scratch, &cpus);
    result_stage_finish(&scratch);
    if (error < 0)
        return fault_system(fault, error, "cannot wait");
    remark_others(experiment->result, "Before the start", busy_cpus);
    return 0;
}

static struct experiment_view view_of(const struct experiment *experiment,
    const struct result_stage *result_stage, int64_t expected_ns)
{
    struct experiment_view view = {.result = experiment->result,
        .stage = result_stage,
        .elapsed_ns = result_stage->elapsed_ns,
        .expected_ns = expected_ns,
        .done = result_stage->done,
        .failed = result_stage->failed};
    if (!experiment->stage)
        return view;
    view.busy_cpus = sampler_busy_cpus(experiment->sampler);
    struct stage_state state = stage_state(experiment->stage);
    view.elapsed_ns = state.elapsed_ns;
    view.done = state.done;
    view.failed = state.failed;
    return view;
}

/* What the callbacks of one stage need. */
struct progress {
    const struct experiment *experiment;
    size_t number; /* of the stage in the result */
    int64_t expected_ns;
};

static void tell(const struct progress *progress,
    void (*callback)(void *data, const struct experiment_view *view))
{
    const struct experiment *experiment = progress->experiment;
    if (!callback)
        return;
    struct experiment_view view = view_of(
        experiment, &experiment->result->stages[progress->number], progress->expected_ns);
    callback(experiment->setup.observer->data, &view);
}

static void on_sample(void *data)
{
    const struct progress *progress = data;
    tell(progress, progress->experiment->setup.observer->sampled);
}

/* An even chunk of the sequential stage's price for the parallel ones. */
static int64_t expect_ns(
    const struct experiment *experiment, bool sequential, int workers)
{
    const struct plan *plan = &experiment->result->plan;
    const struct result_stage *before =
        result_find_stage(experiment->result, RESULT_SEQUENTIAL, 0);
    double whole_ns = experiment->task_ns * (double)plan->iterations;
    if (before && before->complete)
        whole_ns = (double)before->elapsed_ns;
    if (sequential)
        return (int64_t)whole_ns;
    double at_once = (double)workers;
    if (!before || (double)before->cpu_ns > 0.5 * (double)before->elapsed_ns)
        at_once = fmin(at_once, plan->host_cpus);
    return (int64_t)(whole_ns / at_once);
}

static int run_stage(
    struct experiment *experiment, bool sequential, int repeat, struct fault *fault)
{
    struct result *result = experiment->result;
    const struct experiment_observer *observer = experiment->setup.observer;
    int workers = sequential ? 1 : result->plan.workers;
    struct result_stage *stage = result_add_stage(result);
    struct progress progress = {.experiment = experiment,
        .number = result->stage_count - 1,
        .expected_ns = expect_ns(experiment, sequential, workers)};
    stage->kind = sequential ? RESULT_SEQUENTIAL : RESULT_PARALLEL;
    stage->repeat = repeat;
    struct stage_setup setup = {.job = &experiment->job,
        .plan = &result->plan,
        .machine = &result->machine,
        .schedule = experiment->schedule,
        .loop = {.tasks = result->plan.iterations, .workers = workers},
        .sequential = sequential,
        .events = experiment->setup.events,
        .sampler = experiment->sampler,
        .on_sample = on_sample,
        .data = &progress};
    if (sequential) /* a plain loop: all tasks in one range, without a shared counter */
        schedule_find("static", &setup.schedule, fault);
    setup.loop.chunk =
        sequential ? setup.loop.tasks : settle_chunk(result, setup.schedule);
    stage->workers = stage->workers_asked = workers;
    tell(&progress, observer->stage_started);
    int error = stage_run(&setup, stage, &experiment->stage, fault);
    if (error < 0) {
        result->stage_count--;
        result_stage_finish(stage);
        return error;
    }
    tell(&progress, observer->stage_ended);
    remark_stage(result, stage);
    return 0;
}

/* Sequential and parallel in turn, the other way round every second time (ABBA): what
 * drifts with time then falls on both alike. */
static int run_stages(struct experiment *experiment, struct fault *fault)
{
    const struct plan *plan = &experiment->result->plan;
    bool both = plan->command == PLAN_RUN;
    int error = 0;
    for (int i = 0; i < plan->repeats * (1 + both) && error == 0; i++) {
        int repeat = i / (1 + both);
        bool first = i % 2 == 0, swapped = repeat % 2 == 1;
        if (experiment->stopped_by)
            break;
        error = run_stage(experiment, both && first != swapped, repeat, fault);
    }
    return error;
}

static int settle(struct experiment *experiment, struct fault *fault)
{
    struct settle_setup setup = {.result = experiment->result,
        .job = &experiment->job,
        .schedule = experiment->schedule,
        .events = experiment->setup.events,
        .calibration = &experiment->calibration,
        .timeline = &experiment->timeline,
        .stopped_by = &experiment->stopped_by};
    return settle_plan(&setup, &experiment->task_ns, fault);
}

int experiment_run(struct experiment *experiment, struct fault *fault)
{
    struct result *result = experiment->result;
    const struct experiment_observer *observer = experiment->setup.observer;
    int error = sampler_create(
        experiment->setup.root, &result->machine, &experiment->sampler, fault);
    if (error == 0 && result->plan.command == PLAN_RUN)
        error = watch_quiet(experiment, fault);
    if (error == 0 && !experiment->stopped_by)
        error = settle(experiment, fault);
    if (error < 0 || experiment->stopped_by)
        return error;
    if (observer->planned)
        observer->planned(observer->data, result);
    error = run_stages(experiment, fault);
    comparison_account(result);
    comparison_compute(result);
    sentence_write(result);
    return error;
}

void experiment_stop(struct experiment *experiment, int signal)
{
    experiment->stopped_by = signal;
    experiment->quiet_done = true;
    if (experiment->calibration)
        pool_stop(experiment->calibration);
    if (experiment->stage)
        stage_stop(experiment->stage, signal);
}

int experiment_stopped_by(const struct experiment *experiment)
{
    return experiment->stopped_by;
}

/* Stops this process the way the terminal would.  Where no shell could continue it (an
 * orphaned process group) the kernel drops the signal.  Whether it was stopped tells the
 * SIGCONT, which is kept back until then. */
static bool stop_here(void)
{
    sigset_t stop, go_on, before;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigemptyset(&go_on);
    sigaddset(&go_on, SIGCONT);
    sigprocmask(SIG_BLOCK, &go_on, &before);
    raise(SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stop, NULL);
    bool stopped = sigtimedwait(&go_on, NULL, &(struct timespec){0}) == SIGCONT;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return stopped;
}

void experiment_suspend(struct experiment *experiment)
{
    struct stage *stage = experiment->stage;
    struct pool *calibration = experiment->calibration;
    if (stage)
        stage_suspend(stage);
    if (calibration)
        pool_suspend(calibration);
    int64_t from_ns = clock_now_ns();
    bool was_stopped = stop_here();
    if (was_stopped)
        timeline_suspend(&experiment->timeline, from_ns, clock_now_ns());
    if (stage)
        stage_resume(stage, was_stopped);
    if (calibration)
        pool_resume(calibration);
}
