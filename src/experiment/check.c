// SPDX-License-Identifier: MIT
#include "experiment/check.h"

#include <math.h>
#include <stdlib.h>
#include <sys/utsname.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/signals.h"
#include "base/text.h"
#include "experiment/check_inside.h"
#include "experiment/judge.h"

enum { SENSE_MS = 50 }; /* that clocks and heat may take to be read */

int64_t check_now(const struct check *check)
{
    return timeline_at(&check->timeline, clock_now_ns());
}

bool check_is_stopped(const struct check *check)
{
    return *check->done;
}

static size_t count_checked(const struct machine *machine)
{
    int count = machine_count_allowed(machine);
    return (size_t)(count < PLAN_WORKERS_MAX ? count : PLAN_WORKERS_MAX);
}

static bool only_looks(const struct plan *plan, const struct machine *machine)
{
    return plan->only_inventory || machine->simulated ||
           machine_count_allowed(machine) == 0;
}

int64_t check_expected_ns(const struct plan *plan, const struct machine *machine)
{
    return only_looks(plan, machine)
               ? 0
               : check_budget_of(plan, (int)count_checked(machine)).expected_ns;
}

void check_find_host(struct result *result)
{
    struct result_check *found = &result->check;
    struct utsname names;
    found->host[0] = '\0';
    if (!result->machine.simulated && uname(&names) == 0)
        text_copy(sizeof found->host, found->host, names.nodename);
    text_make_printable(found->host);
}

static void list_cpus(struct check *check)
{
    const struct machine *machine = &check->result->machine;
    struct result_check *found = &check->result->check;
    size_t count = count_checked(machine), listed = 0;
    found->cpus = memory_new(count, sizeof *found->cpus);
    check->cell_of = memory_new(count, sizeof *check->cell_of);
    check->cells = memory_new(machine->cpu_count, sizeof *check->cells);
    check->ids = memory_new(count, sizeof *check->ids);
    check->under_way = memory_new(count, sizeof(struct check_cpu *));
    for (size_t i = 0; i < machine->cpu_count && listed < count; i++)
        if (machine->cpus[i].allowed) {
            found->cpus[listed] =
                (struct check_cpu){.id = machine->cpus[i].id, .neighbour = -1};
            check->cell_of[listed++] = i;
        }
    found->cpu_count = listed;
    check->scene.cpus = check->cells;
}

static void open_found(struct check *check)
{
    struct result *result = check->result;
    struct result_check *found = &result->check;
    const struct check_sensed nothing = {.celsius = (double)NAN};
    result_check_finish(found);
    *found = (struct result_check){.has = true,
        .complete = true,
        .bare_metal = !result->machine.simulated && !result->machine.virtual_kind[0],
        .expected_ns = check_expected_ns(&result->plan, &result->machine),
        .quiet = {.busiest_cpu = -1},
        .idle = nothing,
        .alone = nothing,
        .loaded = nothing};
    check_find_host(result);
    list_cpus(check);
    check->budget = (struct check_budget){0};
    if (found->expected_ns > 0)
        check->budget = check_budget_of(&result->plan, (int)found->cpu_count);
}

/* Of a simulated machine the counters need not be there. */
static int open_stage(struct check *check)
{
    struct result *result = check->result;
    int error = sampler_create(
        check->setup->root, &result->machine, &check->sampler, check->fault);
    if (error < 0 && !result->machine.simulated)
        return error;
    if (check->sampler) {
        check->stage = result_add_stage(result);
        check->stage->kind = RESULT_WATCHED;
        check->stage->others_cpus = -1;
        check->stage->handout_price_ns = -1;
        check->stage->samples.period_ns = result->plan.interval_ns;
        sampler_begin(check->sampler, check->stage);
    }
    show_init(&check->show, result, SCENE_CHECKING);
    result_note_start(result);
    check->timeline.start_ns = clock_now_ns();
    return 0;
}

static void take_stock(struct check *check)
{
    const struct check_setup *setup = check->setup;
    struct result *result = check->result;
    inventory_init(
        &result->check.inventory, setup->root, &result->machine, setup->environment);
    throttle_read(&check->throttle, setup->root, &result->machine);
    if (sensors_open(setup->root, &result->machine, &check->sensors) < 0)
        check->sensors = NULL;
    if (machine_count_allowed(&result->machine) > PLAN_WORKERS_MAX)
        result_remark(result, "Only the first %d CPUs were checked.", PLAN_WORKERS_MAX);
    judge_check(result);
}

void check_sense(struct check *check, struct check_sensed *ret_sensed)
{
    struct sensors_reading reading = {0};
    if (!check->sensors)
        return;
    sensors_read(check->sensors, SENSE_MS * NS_PER_MS, &reading);
    if (reading.has_clocks) {
        ret_sensed->mhz_low = reading.mhz_low;
        ret_sensed->mhz_median = reading.mhz_median;
        ret_sensed->mhz_high = reading.mhz_high;
    }
    if (reading.has_heat)
        ret_sensed->celsius = reading.celsius;
}

static void tell(struct check *check)
{
    const struct experiment_observer *observer = check->setup->observer;
    check_show(check);
    if (observer->sampled)
        observer->sampled(observer->data, &check->show.scene);
}

static void on_tick(void *data)
{
    struct check *check = data;
    sampler_tick(check->sampler, check->stage, check_now(check));
    tell(check);
    if (check->to_sense && check->probe && check->scene.share >= 0.5) {
        check_sense(check, check->to_sense);
        check->to_sense = NULL;
    }
    if (check_now(check) - check->begun_ns >= check->part_ns || check_is_stopped(check))
        check->part_over = true;
    if (check->probe && check_is_stopped(check))
        probe_stop(check->probe);
}

int check_wait(struct check *check)
{
    int error = loop_run(check->setup->events, &check->part_over);
    return error < 0 ? fault_system(check->fault, error, "cannot wait") : 0;
}

static int measure(struct check *check)
{
    const struct check_setup *setup = check->setup;
    struct watch *ticker;
    int error = loop_watch_timer(setup->events,
        sampler_tick_ns(check->stage->samples.period_ns), on_tick, check, &ticker);
    if (error < 0)
        return fault_system(check->fault, error, "no timer for the samples");
    error = check_run_parts(check);
    loop_unwatch(ticker);
    return error;
}

static void close_stage(struct check *check)
{
    struct result_stage *stage = check->stage;
    if (!stage)
        return;
    stage->elapsed_ns = check_now(check);
    stage->suspended_ns = timeline_suspended_ns(&check->timeline);
    stage->complete = check->result->check.complete;
    sampler_sample(check->sampler, stage, stage->elapsed_ns);
    sampler_end(check->sampler, stage);
}

static void conclude(struct check *check)
{
    const struct experiment_observer *observer = check->setup->observer;
    struct result *result = check->result;
    struct result_check *found = &result->check;
    throttle_read(&found->throttle, check->setup->root, &result->machine);
    throttle_subtract(&found->throttle, &check->throttle);
    close_stage(check);
    found->elapsed_ns = check_now(check);
    found->suspended_ns = timeline_suspended_ns(&check->timeline);
    judge_check(result);
    check_show_part(check, CHECK_OVER, 0);
    check->show.scene.phase = SCENE_ENDED;
    check_show(check);
    if (observer->stage_ended)
        observer->stage_ended(observer->data, &check->show.scene);
}

static void finish(struct check *check)
{
    show_finish(&check->show);
    timeline_finish(&check->timeline);
    sampler_destroy(check->sampler);
    sensors_close(check->sensors);
    throttle_finish(&check->throttle);
    free(check->cells);
    free(check->cell_of);
    free(check->ids);
    free(check->under_way);
}

static int go(struct check *check)
{
    const struct experiment_observer *observer = check->setup->observer;
    struct result *result = check->result;
    int error = 0;
    take_stock(check);
    if (observer->planned)
        observer->planned(observer->data, result);
    tell(check);
    if (!only_looks(&result->plan, &result->machine))
        error = measure(check);
    conclude(check);
    return error;
}

int check_run(const struct check_setup *setup, struct result *result, const bool *done,
    struct check **ret_check, struct fault *fault)
{
    struct check check = {.setup = setup, .result = result, .done = done, .fault = fault};
    open_found(&check);
    int error = open_stage(&check);
    if (error == 0) {
        *ret_check = &check;
        error = go(&check);
        *ret_check = NULL;
    }
    finish(&check);
    return error;
}

/* The last sample before it ends with it. */
void check_suspend(struct check *check)
{
    if (check->sampler)
        sampler_sample(check->sampler, check->stage, check_now(check));
    if (check->probe)
        probe_suspend(check->probe);
    int64_t from_ns = clock_now_ns();
    bool stopped = signals_stop_here();
    int64_t to_ns = clock_now_ns();
    if (check->probe)
        probe_resume(check->probe);
    if (!stopped)
        return;
    timeline_suspend(&check->timeline, from_ns, to_ns);
    if (check->sampler)
        sampler_skip(check->sampler);
    check->result->check.suspended_ns = timeline_suspended_ns(&check->timeline);
}
