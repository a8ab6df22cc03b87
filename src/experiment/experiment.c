// SPDX-License-Identifier: MIT
#include "experiment/experiment.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/signals.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/expect.h"
#include "experiment/inside.h"
#include "experiment/placing.h"
#include "experiment/remark.h"
#include "experiment/sentence.h"
#include "experiment/settle.h"
#include "experiment/sweep.h"
#include "experiment/turns.h"
#include "experiment/versus.h"

static enum scene_phase first_phase(const struct experiment *experiment)
{
    if (experiment->own.feed)
        return SCENE_READING;
    return experiment->result->plan.command == PLAN_MAP ? SCENE_CALIBRATING : SCENE_QUIET;
}

struct experiment *experiment_create(
    const struct experiment_setup *setup, struct result *result)
{
    struct experiment *experiment = memory_new(1, sizeof *experiment);
    experiment->setup = *setup;
    experiment->result = result;
    experiment->timeline.start_ns = clock_now_ns();
    own_init(experiment);
    show_init(&experiment->show, result, first_phase(experiment));
    experiment->show.scene.items = own_items(experiment);
    return experiment;
}

void experiment_destroy(struct experiment *experiment)
{
    if (!experiment)
        return;
    own_finish(experiment);
    programs_destroy(experiment->programs);
    sampler_destroy(experiment->sampler);
    order_destroy(experiment->order);
    free(experiment->pins);
    show_finish(&experiment->show);
    timeline_finish(&experiment->timeline);
    free(experiment);
}

/* A sweep has its points from here on, so that the first frame shows them; of more stages
 * the result file could not be read back. */
static int check_points(struct plan *plan, struct fault *fault)
{
    if (plan->point_count == 0)
        plan_default_points(plan);
    if (plan->repeats * (int64_t)plan->point_count <= RESULT_STAGES_MAX)
        return 0;
    return fault_input(fault, "too many stages: -r %d of %zu numbers of workers (%d)",
        plan->repeats, plan->point_count, RESULT_STAGES_MAX);
}

/* What the plan says of a loop of the user's own. */
static void take_body(struct experiment *experiment)
{
    struct plan *plan = &experiment->result->plan;
    experiment->job = *experiment->setup.body;
    plan->tells = true;
    plan->commands = experiment->setup.command != NULL;
    bool has_items = plan->commands && plan->max_args <= 1;
    if (!plan->unit[0] || !has_items)
        text_copy(sizeof plan->unit, plan->unit, has_items ? "items" : "tasks");
}

static int find_body(struct experiment *experiment, struct fault *fault)
{
    const struct plan *plan = &experiment->result->plan;
    const struct workload_ops *ops;
    int error = workload_find(plan->workload, &ops, fault);
    if (error < 0)
        return error;
    return workload_job_init(
        &experiment->job, ops, plan->size ? plan->size : ops->size_default, fault);
}

int experiment_check(struct experiment *experiment, struct fault *fault)
{
    struct plan *plan = &experiment->result->plan;
    int error = plan_schedule(plan, &experiment->schedule, fault);
    if (error == 0 && plan->command == PLAN_MAP && plan->order == PLAN_ORDER_LONGEST)
        error = fault_input(fault, "no sequential stage: --order longest (it needs "
                                   "parfor run, where tasks are timed first)");
    if (error == 0 && plan->command == PLAN_SWEEP)
        error = check_points(plan, fault);
    if (error == 0)
        error = programs_create(experiment, &experiment->programs, fault);
    if (error < 0 || experiment->programs)
        return error;
    if (!experiment->setup.body)
        return find_body(experiment, fault);
    take_body(experiment);
    return 0;
}

/* No other stage follows. */
static bool is_over(const struct experiment *experiment)
{
    return experiment->is_stopped || experiment->own.closed;
}

/* Shows the scene of now; the callback may be NULL. */
static void show_now(struct experiment *experiment,
    void (*callback)(void *data, const struct scene *scene))
{
    show_update(&experiment->show, experiment->sampler, experiment->stage);
    experiment->show.scene.items = own_items(experiment);
    programs_show(experiment, &experiment->show.scene);
    if (callback)
        callback(experiment->setup.observer->data, &experiment->show.scene);
}

static void on_tick(void *data)
{
    struct experiment *experiment = data;
    if (!experiment->stage)
        sampler_look(experiment->sampler);
    else if (!stage_tick(experiment->stage))
        return;
    own_look(experiment);
    programs_look(experiment);
    show_now(experiment, experiment->setup.observer->sampled);
}

/* From now on, all the time.  A stage starts it anew before its pool, for a large one
 * takes all descriptors there are. */
static int start_ticker(struct experiment *experiment, struct fault *fault)
{
    loop_unwatch(experiment->ticker);
    experiment->ticker = NULL;
    int error = loop_watch_timer(experiment->setup.events,
        sampler_tick_ns(experiment->result->plan.interval_ns), on_tick, experiment,
        &experiment->ticker);
    return error < 0 ? fault_system(fault, error, "no timer for the samples") : 0;
}

/* From what was measured, once all is over. */
static void conclude(struct experiment *experiment)
{
    struct result *result = experiment->result;
    experiment->show.scene.phase = SCENE_ENDED;
    if (result->stage_count == 0)
        return;
    comparison_account(result);
    versus_compute(result);
    if (result->plan.command == PLAN_SWEEP) {
        sweep_compute(result);
    } else if (!experiment->programs) {
        comparison_compute(result);
        sentence_write(result);
    }
    remark_repeats(result);
}

/* Once there is a whole sequential stage to tell it. */
static void find_order(struct experiment *experiment)
{
    const struct result *result = experiment->result;
    const struct result_stage *before = result_find_stage(result, RESULT_SEQUENTIAL, 0);
    if (result->plan.order == PLAN_ORDER_LONGEST && !experiment->order && before &&
        before->complete && !before->projected)
        experiment->order = placing_longest_first(before, result->plan.iterations);
}

static int run_pool(struct experiment *experiment, const struct turn *turn,
    struct result_stage *stage, struct fault *fault)
{
    struct result *result = experiment->result;
    find_order(experiment);
    struct stage_setup setup = {.job = &experiment->job,
        .plan = &result->plan,
        .machine = &result->machine,
        .schedule = experiment->schedule,
        .loop = {.tasks = result->plan.iterations, .workers = stage->workers},
        .sequential = turn->sequential,
        .order = experiment->order,
        .pin_count = experiment->pin_count,
        .pins = experiment->pins,
        .events = experiment->setup.events,
        .sampler = experiment->sampler};
    if (turn->sequential) /* a plain loop: all tasks in one range, no shared counter */
        schedule_find("static", &setup.schedule, fault);
    setup.loop.chunk = turn->sequential
                           ? setup.loop.tasks
                           : settle_chunk(result, setup.schedule, turn->workers);
    own_prepare(experiment, &setup);
    int error = stage_run(&setup, stage, &experiment->stage, fault);
    own_conclude(experiment, stage);
    programs_conclude(experiment, stage);
    return error;
}

static struct result_stage *open_stage(
    struct experiment *experiment, const struct turn *turn)
{
    struct result *result = experiment->result;
    struct result_stage *stage = result_add_stage(result);
    stage->kind = turn->sequential ? RESULT_SEQUENTIAL : RESULT_PARALLEL;
    stage->repeat = turn->repeat;
    stage->workers = turn->workers;
    programs_open(experiment, turn, stage);
    stage->expected_ns = expect_opened_ns(result, stage, experiment->task_ns);
    show_open_stage(&experiment->show, stage->expected_ns);
    experiment->show.scene.items = own_items(experiment);
    return stage;
}

static int run_stage(
    struct experiment *experiment, const struct turn *turn, struct fault *fault)
{
    const struct experiment_observer *observer = experiment->setup.observer;
    struct result *result = experiment->result;
    struct result_stage *stage = open_stage(experiment, turn);
    int error = start_ticker(experiment, fault);
    if (error == 0 && observer->stage_started)
        observer->stage_started(observer->data, &experiment->show.scene);
    bool begun = error == 0 && !experiment->is_stopped;
    if (begun) {
        result_note_start(result);
        error = run_pool(experiment, turn, stage, fault);
    }
    if (!begun || error < 0) {
        result_stage_finish(&result->stages[--result->stage_count]);
        show_close_stage(&experiment->show);
        return error;
    }
    remark_stage(result, stage);
    if (result->plan.command == PLAN_SWEEP) /* how far laws reach is by the accounts */
        comparison_account(result);
    sweep_compute(result);
    show_close_stage(&experiment->show);
    if (turn->last || is_over(experiment))
        conclude(experiment);
    show_now(experiment, observer->stage_ended);
    return 0;
}

static int run_stages(struct experiment *experiment, struct fault *fault)
{
    const struct plan *plan = &experiment->result->plan;
    int error = 0;
    for (int i = 0; i < turns_count(plan) && error == 0; i++) {
        struct turn turn = turns_at(plan, i);
        if (programs_skips(experiment, &turn))
            continue;
        if (i > 0)
            error = moment_wait_for_observer(experiment, fault);
        if (!is_over(experiment) && error == 0)
            error = programs_prepare(experiment, &turn, fault);
        if (is_over(experiment) || error < 0)
            break;
        error = run_stage(experiment, &turn, fault);
    }
    return error;
}

static int settle(struct experiment *experiment, struct fault *fault)
{
    if (experiment->programs) {
        programs_settle(experiment);
        return 0;
    }
    struct settle_setup setup = {.result = experiment->result,
        .job = &experiment->job,
        .schedule = experiment->schedule,
        .events = experiment->setup.events,
        .calibration = &experiment->calibration,
        .timeline = &experiment->timeline,
        .is_stopped = &experiment->is_stopped};
    return settle_plan(&setup, &experiment->task_ns, fault);
}

/* There is nothing to do: the items are none, or all were done before. */
static bool is_empty(const struct experiment *experiment)
{
    const struct own *own = &experiment->own;
    return own->feed && feed_is_over(own->feed) && feed_tasks(own->feed) == 0;
}

static int run(struct experiment *experiment, struct fault *fault)
{
    struct result *result = experiment->result;
    const struct experiment_observer *observer = experiment->setup.observer;
    int error = start_ticker(experiment, fault);
    if (result->plan.command == PLAN_MAP || experiment->own.feed)
        sampler_look(experiment->sampler);
    if (error == 0)
        error = own_read(experiment, fault);
    result->nothing_to_do = error == 0 && !is_over(experiment) && is_empty(experiment);
    if (error < 0 || is_over(experiment) || result->nothing_to_do)
        return error;
    if (result->plan.command != PLAN_MAP && result->plan.command != PLAN_WATCH) {
        experiment->show.scene.phase = SCENE_QUIET;
        error = moment_watch_quiet(experiment, fault);
    }
    experiment->show.scene.phase = SCENE_CALIBRATING;
    if (error == 0 && !is_over(experiment))
        error = settle(experiment, fault);
    if (error < 0 || is_over(experiment))
        return error;
    own_settle(experiment);
    if (result->plan.pin)
        experiment->pin_count = placing_pins(result, &experiment->pins);
    if (observer->planned)
        observer->planned(observer->data, result);
    return run_stages(experiment, fault);
}

int experiment_run(struct experiment *experiment, struct fault *fault)
{
    int error = sampler_create(experiment->setup.root, &experiment->result->machine,
        &experiment->sampler, fault);
    if (error < 0)
        return error;
    sampler_read_meters(experiment->sampler, experiment->setup.root);
    error = run(experiment, fault);
    if (error == 0 && experiment->own.error < 0) {
        error = experiment->own.error;
        *fault = experiment->own.fault;
    }
    if (experiment->own.feed)
        feed_stop(experiment->own.feed);
    loop_unwatch(experiment->ticker);
    experiment->ticker = NULL;
    if (experiment->show.scene.phase != SCENE_ENDED)
        conclude(experiment);
    experiment->show.scene.items = own_items(experiment);
    return error;
}

void experiment_stop(struct experiment *experiment, int signal)
{
    experiment->is_stopped = true;
    experiment->moment_over = true;
    if (experiment->calibration)
        pool_stop(experiment->calibration);
    if (experiment->stage)
        stage_stop(experiment->stage, signal);
}

void experiment_go_on(struct experiment *experiment)
{
    experiment->moment_over = true;
}

bool experiment_is_stopped(const struct experiment *experiment)
{
    return experiment->is_stopped;
}

const struct scene *experiment_scene(const struct experiment *experiment)
{
    return &experiment->show.scene;
}

void experiment_collect_records(struct experiment *experiment)
{
    if (!experiment->stage)
        return;
    stage_collect_records(experiment->stage);
    if (experiment->own.ledger)
        ledger_attach(experiment->own.ledger,
            &experiment->result->stages[experiment->result->stage_count - 1], false);
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
    bool was_stopped = signals_stop_here();
    if (was_stopped)
        timeline_suspend(&experiment->timeline, from_ns, clock_now_ns());
    if (stage)
        stage_resume(stage, was_stopped);
    else if (was_stopped && experiment->sampler)
        sampler_skip(experiment->sampler);
    if (calibration)
        pool_resume(calibration);
}
