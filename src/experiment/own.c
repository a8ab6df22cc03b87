// SPDX-License-Identifier: MIT
/* Loops of the user's own: tasks that are told one by one, items that are read as they
 * are needed. */
#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "experiment/delivery.h"
#include "experiment/experiment.h"
#include "experiment/headroom.h"
#include "experiment/inside.h"
#include "experiment/words_items.h"

enum {
    AHEAD = 1000,          /* tasks that are read before they are needed, … */
    AHEAD_PER_WORKER = 4,  /* … or so many for each worker */
    WORKERS_TWICE_AND = 8, /* room for those that are added */
    LINE = 160,
};

static const double SEVERAL_THREADS = 1.1; /* CPUs in a task: more than one thread */
static const double LONG_PAUSES = 0.1;     /* of the workers' time: worth a remark */

/* The items come as they are needed, and their number is not known. */
static bool reads_ahead(const struct experiment *experiment)
{
    const struct plan *plan = &experiment->result->plan;
    return plan->command == PLAN_MAP && experiment->setup.items->fd >= 0 &&
           strcmp(plan->schedule, "dynamic") == 0;
}

/* Tasks that are wanted in the store once so many have ended. */
static int64_t tasks_wanted(const struct experiment *experiment, int64_t ended)
{
    int64_t workers = (int64_t)AHEAD_PER_WORKER * experiment->result->plan.workers;
    if (!reads_ahead(experiment))
        return INT64_MAX;
    return ended + (workers > AHEAD ? workers : AHEAD);
}

/* Ends it all because of an error, the words of which are in own.fault. */
static void fail(struct experiment *experiment, int error)
{
    if (experiment->own.error == 0)
        experiment->own.error = error;
    experiment_close(experiment);
}

/* A map may begin. */
static bool has_enough(const struct experiment *experiment)
{
    const struct feed *feed = experiment->own.feed;
    if (feed_is_over(feed))
        return true;
    return reads_ahead(experiment) && feed_tasks(feed) > 0 &&
           (feed_tasks(feed) >= tasks_wanted(experiment, 0) || feed_is_dry(feed));
}

static void on_batch(void *data)
{
    struct experiment *experiment = data;
    struct own *own = &experiment->own;
    bool over = feed_is_over(own->feed);
    int error = feed_error(own->feed, &own->fault);
    if (error < 0)
        fail(experiment, error);
    else if (experiment->stage)
        stage_supply(experiment->stage, feed_tasks(own->feed), over);
    else if (has_enough(experiment))
        experiment_go_on(experiment);
    if (over && error == 0)
        own_count(experiment);
}

void own_init(struct experiment *experiment)
{
    const struct experiment_setup *setup = &experiment->setup;
    struct own *own = &experiment->own;
    if (!setup->body)
        return;
    own->ledger = ledger_create(setup->items ? setup->items->store : NULL);
    if (!setup->items)
        return;
    struct feed_setup feed = {.items = setup->items,
        .command = setup->command,
        .observer = setup->observer,
        .events = setup->events,
        .on_batch = on_batch,
        .data = experiment};
    own->feed = feed_create(&feed);
}

void own_finish(struct experiment *experiment)
{
    struct own *own = &experiment->own;
    feed_destroy(own->feed);
    ledger_destroy(own->ledger);
    marks_finish(&own->told);
}

int own_read(struct experiment *experiment, struct fault *fault)
{
    struct own *own = &experiment->own;
    int error = 0;
    if (!own->feed)
        return 0;
    feed_want(own->feed, tasks_wanted(experiment, 0));
    while (error == 0 && !has_enough(experiment) && !experiment->is_stopped &&
           !own->closed) {
        experiment->moment_over = false;
        error = moment_wait(experiment, fault);
    }
    if (error == 0)
        error = feed_error(own->feed, fault);
    own_count(experiment);
    return error;
}

void own_count(struct experiment *experiment)
{
    struct plan *plan = &experiment->result->plan;
    const struct feed *feed = experiment->own.feed;
    if (!feed)
        return;
    experiment->result->before = feed_skipped(feed);
    if (feed_is_over(feed) && !experiment->own.closed)
        plan->iterations = experiment->job.iterations = feed_tasks(feed);
    if (plan->max_args <= 1)
        text_copy(
            sizeof plan->unit, plan->unit, feed_has_files(feed) ? "files" : "items");
    words_items_title(plan, sizeof plan->title, plan->title);
}

void own_settle(struct experiment *experiment)
{
    struct plan *plan = &experiment->result->plan;
    struct command *command = experiment->setup.command;
    if (!command)
        return;
    if (plan->inner_auto && (plan->workers == 1 || command_inner_variables() == 0))
        plan->inner_threads = 0;
    else if (plan->inner_auto)
        plan->inner_threads = (int)fmax(1, floor(plan->host_cpus / plan->workers));
    command_set_inner_threads(command, plan->inner_threads);
}

/* Tells the observer of a task that has ended for the first time in any stage. */
static void tell(struct experiment *experiment, const struct result_record *record,
    const struct pool_delivery *delivery)
{
    const struct experiment_observer *observer = experiment->setup.observer;
    struct own *own = &experiment->own;
    struct experiment_output output = {.out_fd = -1, .err_fd = -1};
    if (own->error < 0 || !observer->item_ended)
        return;
    if (delivery->spools)
        output = (struct experiment_output){.out_fd = delivery->spools[0],
            .err_fd = delivery->spools[1],
            .out = delivery->outcome.out,
            .err = delivery->outcome.err};
    int error = observer->item_ended(observer->data, record, &output, &own->fault);
    if (error < 0)
        fail(experiment, error);
}

/* Enough have failed. */
static void check_failures(struct experiment *experiment)
{
    const struct plan *plan = &experiment->result->plan;
    struct own *own = &experiment->own;
    int64_t failed = ledger_failed(own->ledger);
    char count[48];
    if (plan->halt == PLAN_HALT_NEVER || own->closed || failed == 0 ||
        failed < plan->halt_after)
        return;
    words_items_count(plan, failed, sizeof count, count);
    result_remark(experiment->result, "Ended early: %s failed (--halt).", count);
    experiment_close(experiment);
    if (plan->halt == PLAN_HALT_NOW)
        own->ending =
            ending_create(&plan->ending, experiment->setup.events, experiment->stage);
}

static void on_delivery(void *data, const struct pool_delivery *delivery)
{
    struct experiment *experiment = data;
    struct own *own = &experiment->own;
    char last_line[LINE] = "";
    if (!ledger_is_new(own->ledger, delivery->index)) {
        delivery_discard(delivery);
        return;
    }
    bool first = marks_add(&own->told, delivery->index);
    struct result_record record = delivery_record(experiment->stage,
        experiment->setup.command, delivery, first && experiment->setup.keep_output);
    programs_name(experiment, &record);
    if (delivery->failed)
        delivery_last_line(delivery, sizeof last_line, last_line);
    ledger_take(own->ledger, &record, last_line);
    if (first)
        tell(experiment, &record, delivery);
    delivery_discard(delivery);
    ledger_keep(own->ledger, &record);
    check_failures(experiment);
    if (own->feed && !own->closed)
        feed_want(own->feed, tasks_wanted(experiment, ledger_ended(own->ledger)));
}

static void on_start(void *data)
{
    struct experiment *experiment = data;
    struct own *own = &experiment->own;
    own->timeouts = timeouts_create(&experiment->result->plan, experiment->setup.events,
        experiment->stage, own->room);
}

void own_prepare(struct experiment *experiment, struct stage_setup *setup)
{
    const struct plan *plan = &experiment->result->plan;
    const struct experiment_items *items = experiment->setup.items;
    struct own *own = &experiment->own;
    if (!own->ledger)
        return;
    ledger_destroy(own->ledger);
    own->ledger = ledger_create(items ? items->store : NULL);
    own->sequential = setup->sequential;
    own->workers = own->room = setup->loop.workers;
    own->available_bytes = headroom_available_bytes();
    if (own->feed && !feed_is_over(own->feed)) {
        setup->supplied = true;
        setup->loop.tasks = feed_tasks(own->feed);
    }
    if (setup->sequential && plan->sample > 0 && plan->sample < setup->loop.tasks) {
        setup->project_to = setup->loop.tasks;
        setup->loop.tasks = setup->loop.chunk = plan->sample;
    }
    if (!setup->sequential && setup->schedule->shared)
        own->room = (int)fmin(PLAN_WORKERS_MAX, 2 * own->workers + WORKERS_TWICE_AND);
    setup->room = own->room;
    setup->on_delivery = on_delivery;
    setup->on_start = on_start;
    setup->items = items ? items->store : NULL;
    setup->data = experiment;
}

void own_look(struct experiment *experiment)
{
    struct own *own = &experiment->own;
    if (!own->ledger || !experiment->stage)
        return;
    struct scene_items *items = ledger_items(own->ledger);
    ledger_look(own->ledger, experiment->stage);
    if (own->timeouts)
        timeouts_set_median(own->timeouts, ledger_median_ns(own->ledger));
    headroom_warn(own->workers, items->peak_rss_bytes, own->available_bytes,
        sizeof items->warning, items->warning);
}

/* Whole programs have no account. */
static void remark_threads(struct result *result, const struct ledger *ledger)
{
    double cpus =
        (double)ledger_cpu_ns(ledger) / fmax(1, (double)ledger_tasks_ns(ledger));
    if (cpus > SEVERAL_THREADS)
        result_remark(result,
            "The %s used %.1f CPUs each, by several threads: the account counts one.",
            result->plan.unit, cpus);
}

/* What came slowly is no fault of whoever hands it out. */
static void remark_pauses(struct result *result, const struct result_stage *stage)
{
    double all_ns = (double)stage->elapsed_ns * (double)stage->worker_count;
    double share = (double)stage->paused_ns / fmax(1, all_ns);
    if (share > LONG_PAUSES)
        result_remark(result,
            "The workers waited for items to be read for %.0f %% of their time: that is "
            "in handing out.",
            100 * share);
}

void own_conclude(struct experiment *experiment, struct result_stage *stage)
{
    struct own *own = &experiment->own;
    if (!own->ledger)
        return;
    const struct scene_items *items = ledger_items(own->ledger);
    timeouts_destroy(own->timeouts);
    ending_destroy(own->ending);
    own->timeouts = NULL;
    own->ending = NULL;
    ledger_attach(own->ledger, stage, true);
    stage->tasks_ns = ledger_tasks_ns(own->ledger);
    stage->threads_cpu_ns = ledger_cpu_ns(own->ledger);
    stage->user_ns = ledger_user_ns(own->ledger);
    stage->system_ns = ledger_system_ns(own->ledger);
    if (!experiment->programs)
        remark_threads(experiment->result, own->ledger);
    if (own->feed && reads_ahead(experiment))
        remark_pauses(experiment->result, stage);
    if (items->warning[0])
        result_remark(experiment->result, "%s.", items->warning);
}

const struct scene_items *own_items(struct experiment *experiment)
{
    struct own *own = &experiment->own;
    if (!own->ledger || experiment->programs)
        return NULL;
    struct scene_items *items = ledger_items(own->ledger);
    bool ending = own->ending || (experiment->is_stopped && experiment->stage);
    items->whole = !own->feed || feed_is_over(own->feed);
    items->before = own->feed ? feed_skipped(own->feed) : 0;
    items->total = own->feed ? feed_tasks(own->feed) + items->before
                             : experiment->result->plan.iterations;
    items->closing = ending        ? WORKLOAD_ENDING
                     : own->closed ? WORKLOAD_CLOSED
                                   : WORKLOAD_OPEN;
    items->workers = own->workers;
    items->log = experiment->setup.log;
    if (!experiment->stage)
        items->running = 0;
    return items;
}

void experiment_close(struct experiment *experiment)
{
    struct own *own = &experiment->own;
    if (!own->ledger) {
        experiment_stop(experiment, 0);
        return;
    }
    own->closed = true;
    experiment->moment_over = true;
    if (own->feed)
        feed_stop(own->feed);
    if (experiment->stage)
        stage_close(experiment->stage, false);
}

void experiment_end(struct experiment *experiment, int signal)
{
    struct own *own = &experiment->own;
    const struct plan *plan = &experiment->result->plan;
    if (!experiment->stage || !plan->commands || experiment->is_stopped) {
        experiment_stop(experiment, signal);
        return;
    }
    experiment_close(experiment);
    experiment->is_stopped = true;
    stage_note_end(experiment->stage, signal);
    if (!own->ending)
        own->ending =
            ending_create(&plan->ending, experiment->setup.events, experiment->stage);
}

void experiment_sample(struct experiment *experiment)
{
    struct own *own = &experiment->own;
    if (!own->ledger || !experiment->stage || !own->sequential || own->closed)
        return;
    ledger_items(own->ledger)->sampled = true;
    stage_close(experiment->stage, true);
}

void experiment_add_workers(struct experiment *experiment, int by)
{
    struct own *own = &experiment->own;
    int workers = own->workers + by;
    if (!own->ledger || !experiment->stage || own->sequential || own->closed)
        return;
    workers = workers < 1 ? 1 : workers > own->room ? own->room : workers;
    if (workers == own->workers)
        return;
    own->workers = workers;
    stage_set_workers(experiment->stage, workers);
}
