// SPDX-License-Identifier: MIT
#include "experiment/stage.h"

#include <math.h>
#include <time.h>

#include "ground.h"
#include "model/account.h"
#include "pool/order.h"

static uint64_t digest_of_indices(int64_t tasks)
{
    uint64_t digest = 0;
    for (int64_t i = 0; i < tasks; i++)
        digest += workload_mix(i, (uint64_t)i);
    return digest;
}

static void a_parallel_stage_accounts_for_every_task_and_nanosecond(void **state)
{
    struct ground ground;
    ground_init(&ground, "spin", 2000, 60);
    ground_run(&ground);
    const struct result_stage *stage = &ground.result;
    ground_assert_sound(&ground);
    assert_true(stage->complete);
    assert_int_equal(stage->done, 60);
    assert_int_equal(stage->failed, 0);
    assert_int_equal(stage->retried, 0);
    assert_int_equal(stage->record_count, 60);
    assert_int_equal(stage->workers, 2);
    assert_int_equal(stage->workers_asked, 2);
    assert_int_equal(stage->largest_chunk, 1);
    assert_int_equal(stage->event_count, 0);
    assert_int_equal(stage->suspended_ns, 0);
    assert_true(stage->cpu_ns > 0);
    bool seen[60] = {false};
    for (size_t i = 0; i < 60; i++) {
        assert_false(seen[stage->records[i].index]);
        seen[stage->records[i].index] = true;
        assert_int_equal(stage->records[i].digest, stage->records[0].digest);
    }
    ground_finish(&ground);
    (void)state;
}

static void a_sequential_stage_is_its_tasks_from_first_to_last(void **state)
{
    struct ground ground;
    ground_init(&ground, "sleep", 1000, 12);
    ground_make_sequential(&ground);
    ground_run(&ground);
    const struct result_stage *stage = &ground.result;
    ground_assert_sound(&ground);
    assert_true(stage->complete);
    assert_int_equal(stage->done, 12);
    assert_int_equal(stage->worker_count, 1);
    assert_int_equal(stage->record_count, 12);
    assert_int_equal(stage->records[0].start_ns, 0);
    assert_int_equal(stage->records[11].end_ns, stage->elapsed_ns);
    assert_int_equal(stage->worker_list[0].times.startup_ns, 0);
    assert_int_equal(stage->worker_list[0].times.tail_ns, 0);
    assert_int_equal(stage->worker_list[0].handouts, 0);
    assert_int_equal(stage->handout_price_ns, -1);
    assert_true(stage->elapsed_ns >= 12 * NS_PER_MS); /* they slept that long */
    for (size_t i = 0; i < 12; i++)
        assert_int_equal(stage->records[i].index, i);
    assert_int_equal(stage->digest, digest_of_indices(12));
    ground_finish(&ground);
    (void)state;
}

static void many_empty_tasks_are_summed_but_none_is_lost(void **state)
{
    for (int sequential = 0; sequential < 2; sequential++) {
        struct ground ground;
        ground_init(&ground, "empty", 0, 300000);
        if (sequential)
            ground_make_sequential(&ground);
        ground_run(&ground);
        ground_assert_sound(&ground);
        assert_true(ground.result.complete);
        assert_int_equal(ground.result.done, 300000);
        assert_int_equal(ground.result.digest, digest_of_indices(300000));
        ground_finish(&ground);
    }
    (void)state;
}

static void a_grain_puts_tasks_into_one_stamp(void **state)
{
    struct ground ground;
    ground_init(&ground, "empty", 0, 1000);
    ground.setup.loop.chunk = 100;
    ground.plan.grain = 50;
    ground_run(&ground);
    ground_assert_sound(&ground);
    assert_int_equal(ground.result.record_count, 20);
    assert_int_equal(ground.result.records[0].count, 50);
    assert_int_equal(ground.result.largest_chunk, 100);
    ground_finish(&ground);
    (void)state;
}

static void without_a_grain_workers_find_their_own(void **state)
{
    struct ground ground;
    ground_init(&ground, "empty", 0, 100000);
    ground.plan.grain = 0;
    ground_run(&ground);
    ground_assert_sound(&ground);
    assert_int_equal(ground.result.done, 100000);
    assert_in_range(ground.result.largest_chunk, 2, (100000 + 63) / 64);
    ground_finish(&ground);
    (void)state;
}

static void static_blocks_stay_with_their_workers(void **state)
{
    struct ground ground;
    struct fault fault;
    ground_init(&ground, "empty", 0, 21);
    assert_int_equal(schedule_find("static", &ground.setup.schedule, &fault), 0);
    ground.setup.loop.chunk = 11;
    ground_run(&ground);
    ground_assert_sound(&ground);
    assert_int_equal(ground.result.worker_list[0].tasks, 11);
    assert_int_equal(ground.result.worker_list[1].tasks, 10);
    for (size_t i = 0; i < ground.result.record_count; i++)
        assert_int_equal(
            ground.result.records[i].worker, ground.result.records[i].index >= 11);
    ground_finish(&ground);
    (void)state;
}

static void a_stage_ends_with_a_sample_and_the_cpus_shares(void **state)
{
    struct ground ground;
    ground_init(&ground, "sleep", 30000, 8);
    ground_run(&ground);
    const struct result_stage *stage = &ground.result;
    assert_true(stage->samples.count >= 1);
    assert_int_equal(stage->samples.period_ns, 20 * NS_PER_MS);
    assert_true(stage->samples.t_ns[stage->samples.count - 1] >= stage->elapsed_ns);
    assert_int_equal(stage->cpu_count, ground.machine.cpu_count);
    for (size_t i = 0; i < stage->cpu_count; i++)
        assert_true(stage->cpus[i].busy == -1 ||
                    (stage->cpus[i].busy >= 0 && stage->cpus[i].busy <= 1));
    for (size_t i = 0; i < stage->record_count; i++)
        assert_true(stage->records[i].cpu >= -1);
    ground_finish(&ground);
    (void)state;
}

static void on_a_simulated_machine_no_cpu_is_named(void **state)
{
    struct ground ground;
    ground_init(&ground, "sleep", 30000, 8);
    ground.machine.simulated = true;
    ground_run(&ground);
    ground_assert_sound(&ground);
    assert_int_equal(ground.result.move_count, 0);
    assert_true(ground.result.others_cpus == -1);
    for (size_t i = 0; i < ground.result.record_count; i++)
        assert_int_equal(ground.result.records[i].cpu, -1);
    ground_finish(&ground);
    (void)state;
}

/* What the callbacks below do at their first call, and what they saw. */
struct witness {
    struct ground ground;
    int samples;
    pid_t killed;
    struct watch *timer;
    int64_t suspended_at_ns, suspended_for_ns, suspending_ns;
    bool suspended, sampled_meanwhile;
    struct stage_state seen;
};

static void look(void *data)
{
    struct witness *witness = data;
    witness->samples++;
    witness->seen = stage_state(witness->ground.stage);
}

static void a_running_stage_tells_how_it_stands(void **state)
{
    struct witness witness = {.samples = 0};
    struct ground *ground = &witness.ground;
    ground_init(ground, "sleep", 50000, 8);
    ground->on_tick = look;
    ground->data = &witness;
    ground_run(ground);
    assert_true(witness.samples >= 1);
    assert_in_range(witness.seen.done, 0, 8);
    assert_int_equal(witness.seen.failed, 0);
    assert_true(witness.seen.elapsed_ns > 0);
    ground_finish(ground);
    (void)state;
}

static void kill_one(void *data)
{
    struct witness *witness = data;
    if (witness->killed)
        return;
    witness->killed = ground_find_child();
    if (witness->killed)
        assert_int_equal(kill(witness->killed, SIGKILL), 0);
}

/* The events of a stage in which one worker was killed; returns the task it had in hand.
 */
static int64_t assert_killed(const struct result_stage *stage, pid_t pid)
{
    const struct result_event *event = stage->events;
    assert_true(stage->event_count >= 1);
    assert_int_equal(event->what, RESULT_KILLED);
    assert_int_equal(event->signal, SIGKILL);
    assert_int_equal(event->pid, pid);
    assert_in_range(event->worker, 0, stage->worker_count - 1);
    assert_in_range(event->t_ns, 0, stage->elapsed_ns);
    assert_true(event->index >= -1 && event->index < stage->done + stage->failed);
    if (stage->event_count > 1) {
        assert_int_equal(stage->event_count, 2);
        assert_int_equal(event[1].what, RESULT_REPLACED);
        assert_int_equal(event[1].worker, event->worker);
        assert_int_not_equal(event[1].pid, pid);
        assert_int_equal(event[1].signal, 0);
        assert_true(event[1].t_ns >= event->t_ns);
        assert_int_equal(stage->worker_list[event->worker].pid, event[1].pid);
    }
    return event->index;
}

static void the_task_of_a_killed_worker_is_done_again(void **state)
{
    struct witness witness = {.samples = 0};
    struct ground *ground = &witness.ground;
    ground_init(ground, "sleep", 60000, 8);
    ground->on_tick = kill_one;
    ground->data = &witness;
    ground_run(ground);
    const struct result_stage *stage = &ground->result;
    assert_true(witness.killed > 0);
    ground_assert_sound(ground);
    assert_true(stage->complete);
    assert_int_equal(stage->done, 8);
    assert_int_equal(stage->failed, 0);
    assert_int_equal(stage->digest, digest_of_indices(8));
    int64_t index = assert_killed(stage, witness.killed);
    assert_int_equal(stage->retried, index >= 0);
    assert_int_equal(stage->event_count, 2);
    for (size_t i = 0; i < stage->record_count; i++)
        assert_int_equal(
            stage->records[i].attempts, stage->records[i].index == index ? 2 : 1);
    ground_finish(ground);
    (void)state;
}

static void without_retries_it_has_failed_and_the_rest_is_done(void **state)
{
    struct witness witness = {.samples = 0};
    struct ground *ground = &witness.ground;
    ground_init(ground, "sleep", 60000, 8);
    ground->plan.retries = 0;
    ground->on_tick = kill_one;
    ground->data = &witness;
    ground_run(ground);
    const struct result_stage *stage = &ground->result;
    ground_assert_sound(ground);
    assert_true(stage->complete);
    int64_t index = assert_killed(stage, witness.killed);
    assert_int_equal(stage->failed, index >= 0);
    assert_int_equal(stage->done, 8 - stage->failed);
    for (size_t i = 0; i < stage->record_count; i++)
        assert_int_equal(stage->records[i].status,
            stage->records[i].index == index ? RESULT_FAILED : RESULT_OK);
    ground_finish(ground);
    (void)state;
}

static void a_killed_sequential_worker_is_replaced_too(void **state)
{
    struct witness witness = {.samples = 0};
    struct ground *ground = &witness.ground;
    ground_init(ground, "sleep", 60000, 4);
    ground_make_sequential(ground);
    ground->on_tick = kill_one;
    ground->data = &witness;
    ground_run(ground);
    const struct result_stage *stage = &ground->result;
    ground_assert_sound(ground);
    assert_true(stage->complete);
    assert_int_equal(stage->done, 4);
    assert_int_equal(stage->digest, digest_of_indices(4));
    assert_killed(stage, witness.killed);
    ground_finish(ground);
    (void)state;
}

static void stop(void *data)
{
    struct witness *witness = data;
    stage_stop(witness->ground.stage, SIGINT);
}

static void a_stopped_stage_keeps_what_was_done(void **state)
{
    struct witness witness = {.samples = 0};
    struct ground *ground = &witness.ground;
    ground_init(ground, "sleep", 600 * 1000000, 8);
    ground->on_tick = stop;
    ground->data = &witness;
    ground_run(ground);
    const struct result_stage *stage = &ground->result;
    ground_assert_sound(ground);
    assert_false(stage->complete);
    assert_int_equal(stage->done, 0);
    assert_int_equal(stage->failed, 0);
    assert_true(stage->elapsed_ns > 0);
    assert_true(stage->elapsed_ns >= stage->samples.t_ns[0]);
    assert_int_equal(stage->event_count, 1);
    assert_int_equal(stage->events[0].what, RESULT_STOPPED);
    assert_int_equal(stage->events[0].signal, SIGINT);
    assert_int_equal(stage->events[0].worker, -1);
    assert_int_equal(stage->events[0].index, -1);
    assert_int_equal(ground_find_child(), 0);
    ground_finish(ground);
    (void)state;
}

/* Also where not even the first task was done: then it had lasted until it was stopped.
 */
static void a_stopped_sequential_stage_lasted_until_then(void **state)
{
    struct witness witness = {.samples = 0};
    struct ground *ground = &witness.ground;
    ground_init(ground, "sleep", 600 * 1000000, 4);
    ground_make_sequential(ground);
    ground->plan.interval_ns = 100 * NS_PER_MS;
    ground->on_tick = stop;
    ground->data = &witness;
    ground_run(ground);
    const struct result_stage *stage = &ground->result;
    ground_assert_sound(ground);
    assert_false(stage->complete);
    assert_int_equal(stage->done, 0);
    assert_true(stage->elapsed_ns > 0);
    assert_true(stage->elapsed_ns >= stage->samples.t_ns[0]);
    ground_finish(ground);
    (void)state;
}

static void let_go_on(void *data)
{
    struct witness *witness = data;
    loop_unwatch(witness->timer);
    witness->suspended = false;
    stage_resume(witness->ground.stage, true);
    witness->suspended_for_ns = clock_now_ns() - witness->suspended_at_ns;
}

static void suspend_once(void *data)
{
    struct witness *witness = data;
    witness->sampled_meanwhile = witness->sampled_meanwhile || witness->suspended;
    if (witness->suspended_at_ns)
        return;
    int64_t before_ns = clock_now_ns();
    stage_suspend(witness->ground.stage);
    witness->suspended_at_ns = clock_now_ns();
    witness->suspending_ns = witness->suspended_at_ns - before_ns;
    witness->suspended = true;
    assert_int_equal(loop_watch_timer(witness->ground.events, 500 * NS_PER_MS, let_go_on,
                         witness, &witness->timer),
        0);
}

static void a_suspension_is_taken_out_of_every_time(void **state)
{
    for (int sequential = 0; sequential < 2; sequential++) {
        struct witness witness = {.samples = 0};
        struct ground *ground = &witness.ground;
        ground_init(ground, "sleep", 60000, 4);
        if (sequential)
            ground_make_sequential(ground);
        ground->on_tick = suspend_once;
        ground->data = &witness;
        int64_t before_ns = clock_now_ns();
        ground_run(ground);
        int64_t wall_ns = clock_now_ns() - before_ns;
        const struct result_stage *stage = &ground->result;
        ground_assert_sound(ground);
        assert_true(stage->complete);
        assert_int_equal(stage->done, 4);
        assert_false(witness.sampled_meanwhile);
        assert_true(stage->suspended_ns >= 500 * NS_PER_MS);
        assert_true(stage->suspended_ns >= witness.suspended_for_ns / 2);
        assert_true(stage->elapsed_ns + stage->suspended_ns <= wall_ns);
        assert_int_equal(stage->event_count, 1);
        assert_int_equal(stage->events[0].what, RESULT_SUSPENDED);
        assert_int_equal(stage->events[0].worker, -1);
        assert_in_range(stage->events[0].t_ns, 0, stage->elapsed_ns);
        ground_finish(ground);
    }
    (void)state;
}

/* The last sample before it ends with it, and what others used is only told of stages
 * that lasted half a second. */
static void a_suspension_is_in_no_share(void **state)
{
    struct witness witness = {.samples = 0};
    struct ground *ground = &witness.ground;
    ground_init(ground, "sleep", 60000, 4);
    ground->on_tick = suspend_once;
    ground->data = &witness;
    ground_run(ground);
    const struct result_stage *stage = &ground->result;
    ground_assert_sound(ground);
    int64_t nearest_ns = INT64_MAX;
    for (size_t i = 0; i < stage->samples.count; i++)
        if (stage->samples.t_ns[i] <= stage->events[0].t_ns)
            nearest_ns = stage->events[0].t_ns - stage->samples.t_ns[i];
    assert_true(nearest_ns <= witness.suspending_ns); /* both were taken then */
    for (size_t i = 1; i < stage->samples.count; i++)
        assert_true(stage->samples.t_ns[i] > stage->samples.t_ns[i - 1]);
    if (stage->elapsed_ns < 400 * NS_PER_MS)
        assert_true(stage->others_cpus == -1);
    ground_finish(ground);
    (void)state;
}

/* This process rests as well, so that the death is noticed after it. */
static void kill_one_suspended(void *data)
{
    struct witness *witness = data;
    if (witness->killed)
        return;
    stage_suspend(witness->ground.stage);
    kill_one(witness);
    struct timespec left = clock_timespec(500 * NS_PER_MS);
    while (nanosleep(&left, &left) < 0)
        continue;
    stage_resume(witness->ground.stage, true);
}

static void a_worker_killed_meanwhile_has_a_sound_account(void **state)
{
    for (int sequential = 0; sequential < 2; sequential++) {
        struct witness witness = {.samples = 0};
        struct ground *ground = &witness.ground;
        ground_init(ground, "sleep", 60000, 4);
        if (sequential)
            ground_make_sequential(ground);
        ground->on_tick = kill_one_suspended;
        ground->data = &witness;
        ground_run(ground);
        assert_true(witness.killed > 0);
        ground_assert_sound(ground);
        assert_true(ground->result.complete);
        assert_int_equal(ground->result.done, 4);
        for (size_t i = 0; i < ground->result.worker_count; i++)
            assert_true(ground->result.worker_list[i].times.span_ns > 0);
        ground_finish(ground);
    }
    (void)state;
}

static void suspend_in_vain(void *data)
{
    struct witness *witness = data;
    if (witness->samples++ > 0)
        return;
    stage_suspend(witness->ground.stage);
    stage_resume(witness->ground.stage, false);
}

static void without_a_stop_there_was_no_suspension(void **state)
{
    struct witness witness = {.samples = 0};
    struct ground *ground = &witness.ground;
    ground_init(ground, "sleep", 60000, 4);
    ground->on_tick = suspend_in_vain;
    ground->data = &witness;
    ground_run(ground);
    ground_assert_sound(ground);
    assert_true(witness.samples > 1); /* they go on */
    assert_true(ground->result.complete);
    assert_int_equal(ground->result.suspended_ns, 0);
    assert_int_equal(ground->result.event_count, 0);
    ground_finish(ground);
    (void)state;
}

static int fail_every_third(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    (void)place;
    result->digest = (uint64_t)index;
    return index % 3 == 0 ? -EIO : 0;
}

static void tasks_that_fail_are_counted_and_not_done_again(void **state)
{
    static const struct workload_ops failing = {
        .name = "failing", .run = fail_every_third};
    struct ground ground;
    ground_init(&ground, "empty", 0, 30);
    ground.job.ops = &failing;
    ground_run(&ground);
    ground_assert_sound(&ground);
    assert_true(ground.result.complete);
    assert_int_equal(ground.result.done, 20);
    assert_int_equal(ground.result.failed, 10);
    assert_int_equal(ground.result.retried, 0);
    for (size_t i = 0; i < ground.result.record_count; i++)
        assert_int_equal(
            ground.result.records[i].failed, ground.result.records[i].index % 3 == 0);
    ground_finish(&ground);
    (void)state;
}

static int leave_at_five(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    (void)place;
    result->digest = (uint64_t)index;
    if (index == 5)
        _exit(WORKLOAD_EXIT_OUT_OF_MEMORY);
    return 0;
}

static void a_task_that_ends_its_worker_is_named(void **state)
{
    static const struct workload_ops leaving = {.name = "leaving", .run = leave_at_five};
    struct ground ground;
    ground_init(&ground, "empty", 0, 12);
    ground.job.ops = &leaving;
    ground_run(&ground);
    const struct result_stage *stage = &ground.result;
    ground_assert_sound(&ground);
    assert_true(stage->complete);
    assert_int_equal(stage->done, 11);
    assert_int_equal(stage->failed, 1);
    assert_true(stage->event_count >= 1);
    assert_int_equal(stage->events[0].what, RESULT_LEFT);
    assert_int_equal(stage->events[0].signal, WORKLOAD_EXIT_OUT_OF_MEMORY);
    assert_int_equal(stage->events[0].index, 5);
    ground_finish(&ground);
    (void)state;
}

/* What the account is made of closes however tasks are handed out. */
static void assert_closes(const struct result_stage *stage)
{
    struct account_worker times[8];
    assert_in_range(stage->worker_count, 1, 8);
    for (size_t i = 0; i < stage->worker_count; i++)
        times[i] = stage->worker_list[i].times;
    struct account account =
        account_of(stage->worker_count, times, stage->elapsed_ns, ACCOUNT_NOT_SEEN);
    int64_t waiting_ns = account.waiting_ns == ACCOUNT_NOT_SEEN ? 0 : account.waiting_ns;
    assert_int_equal(account.total_ns, (int64_t)stage->worker_count * stage->elapsed_ns);
    assert_int_equal(account.startup_ns + account.prepare_ns + account.useful_ns +
                         waiting_ns + account.blocked_ns + account.handout_ns +
                         account.tail_ns,
        account.total_ns);
    assert_true(account.startup_ns >= 0 && account.useful_ns >= 0 && waiting_ns >= 0);
    assert_true(account.blocked_ns >= 0 && account.handout_ns >= 0);
}

/* Every task of the loop is in one record, by its number. */
static void assert_recorded_once(const struct result_stage *stage, int64_t tasks)
{
    bool seen[500] = {false};
    assert_int_equal(stage->record_count, tasks);
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        assert_in_range(record->index, 0, tasks - 1);
        assert_false(seen[record->index]);
        seen[record->index] = true;
        assert_int_equal(record->attempts, 1);
    }
}

static void run_in_every_way(const struct schedule_ops *schedule, const char *workload,
    int64_t size, const struct order *order)
{
    static const int64_t most[] = {0, 1, 7};
    for (size_t k = 0; k < 3; k++) {
        struct ground ground;
        ground_init(&ground, workload, size, 200);
        ground.setup.schedule = schedule;
        ground.setup.loop.workers = 3;
        if (schedule->default_chunk)
            ground.setup.loop.chunk = schedule->default_chunk(&ground.setup.loop);
        ground.setup.order = order;
        ground.plan.fork_per_task = most[k] == 1;
        ground.plan.max_tasks = most[k] == 1 ? 0 : most[k];
        ground_run(&ground);
        ground_assert_sound(&ground);
        assert_closes(&ground.result);
        assert_true(ground.result.complete);
        assert_int_equal(ground.result.done, 200);
        assert_int_equal(ground.result.event_count, 0);
        assert_recorded_once(&ground.result, 200);
        if (most[k] < 7)
            assert_int_equal(ground.result.renewed, most[k] * 200);
        else
            assert_in_range(ground.result.renewed, 200 / 7 - 2, 200 / 7);
        assert_true(most[k] == 0 || ground.result.handout_price_ns > 0);
        for (size_t i = 0; i < ground.result.worker_count; i++)
            assert_int_equal(ground.result.worker_list[i].pinned, -1);
        ground_finish(&ground);
    }
}

static void the_account_closes_however_tasks_are_handed_out(void **state)
{
    struct order_run runs[] = {{0, 50, 1}, {50, 70, 3}, {120, 80, 2}};
    struct order *order = order_create(200, 3, runs);
    for (size_t s = 0; schedule_table[s]; s++) {
        run_in_every_way(schedule_table[s], "empty", 0, NULL);
        run_in_every_way(schedule_table[s], "spin", 100, order);
        run_in_every_way(schedule_table[s], "sleep", 100, order);
    }
    order_destroy(order);
    (void)state;
}

/* A sequential stage is a plain loop whatever is asked of the parallel one. */
static void the_sequential_one_is_neither_ordered_nor_renewed(void **state)
{
    struct order_run run = {5, 5, 1};
    struct order *order = order_create(10, 1, &run);
    struct ground ground;
    ground_init(&ground, "empty", 0, 10);
    ground_make_sequential(&ground);
    ground.plan.fork_per_task = true;
    ground.setup.order = order;
    ground_run(&ground);
    ground_assert_sound(&ground);
    assert_int_equal(ground.result.renewed, 0);
    for (size_t i = 0; i < 10; i++)
        assert_int_equal(ground.result.records[i].index, i);
    ground_finish(&ground);
    order_destroy(order);
    (void)state;
}

static void workers_are_pinned_in_turn_or_it_is_told(void **state)
{
    enum { CPU_THAT_IS_NOT = 100000 };
    struct ground ground;
    int pins[] = {CPU_THAT_IS_NOT, 0};
    ground_init(&ground, "sleep", 2000, 20);
    while (!ground.machine.cpus[pins[1]].allowed)
        pins[1]++;
    pins[1] = ground.machine.cpus[pins[1]].id;
    ground.setup.pins = pins;
    ground.setup.pin_count = 2;
    ground_run(&ground);
    const struct result_stage *stage = &ground.result;
    ground_assert_sound(&ground);
    assert_int_equal(stage->worker_list[0].pinned, -1);
    assert_int_equal(stage->worker_list[1].pinned, pins[1]);
    assert_int_equal(stage->event_count, 1);
    assert_int_equal(stage->events[0].what, RESULT_UNPINNED);
    assert_int_equal(stage->events[0].worker, 0);
    assert_int_equal(stage->events[0].signal, EINVAL);
    for (size_t i = 0; i < stage->record_count; i++)
        assert_true(stage->records[i].worker == 0 || stage->records[i].cpu == pins[1]);
    ground_finish(&ground);
    (void)state;
}

enum { HOOK_US = 60000 };

static int warm_a_while(struct workload_place *place)
{
    place->own = place;
    usleep(HOOK_US);
    return 0;
}

/* Until it is stopped. */
static int warm_long(struct workload_place *place)
{
    (void)place;
    sleep(60);
    return 0;
}

static int prepare_a_while(const struct workload_place *place)
{
    (void)place;
    usleep(HOOK_US);
    return 0;
}

static int run_warm(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    usleep(1000);
    result->digest = (uint64_t)index;
    return place->own || !place->job->ops->warm ? 0 : -EINVAL;
}

static const struct workload_ops hooks[] = {
    {.name = "warm", .run = run_warm, .warm = warm_a_while},
    {.name = "prepared", .run = run_warm, .prepare = prepare_a_while},
    {.name = "both", .run = run_warm, .warm = warm_a_while, .prepare = prepare_a_while},
    {.name = "slow", .run = run_warm, .warm = warm_long, .prepare = prepare_a_while},
};

static void init_hooks(struct ground *ground, size_t hook, bool sequential, int64_t tasks)
{
    ground_init(ground, "empty", 0, tasks);
    if (sequential)
        ground_make_sequential(ground);
    ground->job.ops = &hooks[hook];
    ground->job.iterations = tasks;
    ground->plan.interval_ns = 10 * NS_PER_MS;
}

/* Warming is outside elapsed, preparing is inside; both are given. */
static void the_time_of_hooks_is_where_it_belongs(void **state)
{
    for (size_t i = 0; i < 6; i++) {
        struct ground ground;
        bool sequential = i % 2, warms = hooks[i / 2].warm,
             prepares = hooks[i / 2].prepare;
        init_hooks(&ground, i / 2, sequential, 20);
        int64_t before_ns = clock_now_ns();
        ground_run(&ground);
        int64_t wall_ns = clock_now_ns() - before_ns;
        const struct result_stage *stage = &ground.result;
        ground_assert_sound(&ground);
        assert_closes(stage);
        assert_true(stage->complete && stage->failed == 0);
        assert_int_equal(stage->event_count, 0);
        assert_int_equal(stage->suspended_ns, 0);
        assert_int_equal(stage->warm_ns > 0, warms);
        assert_int_equal(stage->prepare_ns > 0, prepares);
        if (prepares) {
            assert_true(stage->prepare_ns >= HOOK_US * NS_PER_US);
            assert_true(stage->records[0].start_ns >= stage->prepare_ns);
        }
        assert_true(stage->elapsed_ns + stage->warm_ns <= wall_ns);
        for (size_t k = 0; k < stage->worker_count; k++)
            assert_true(!sequential || stage->worker_list[k].times.tail_ns == 0);
        for (size_t k = 0; k < stage->samples.count; k++)
            assert_true(stage->samples.t_ns[k] <= wall_ns - stage->warm_ns);
        ground_finish(&ground);
    }
    (void)state;
}

/* At the first tick, when the workers are still warming up. */
static void a_stage_stopped_while_it_warms_has_lasted_for_nothing(void **state)
{
    for (int sequential = 0; sequential < 2; sequential++) {
        struct witness witness = {.samples = 0};
        struct ground *ground = &witness.ground;
        init_hooks(ground, 3, sequential, 20);
        ground->on_tick = stop;
        ground->data = &witness;
        ground_run(ground);
        const struct result_stage *stage = &ground->result;
        ground_assert_sound(ground);
        assert_false(stage->complete);
        assert_int_equal(stage->done, 0);
        assert_int_equal(stage->prepare_ns, 0);
        assert_true(stage->warm_ns > 0);
        assert_int_equal(stage->event_count, 1);
        assert_int_equal(stage->events[0].what, RESULT_STOPPED);
        assert_true(stage->events[0].t_ns <= stage->elapsed_ns);
        ground_finish(ground);
    }
    (void)state;
}

static void a_suspension_while_it_warms_is_one(void **state)
{
    struct witness witness = {.samples = 0};
    struct ground *ground = &witness.ground;
    init_hooks(ground, 2, false, 20);
    ground->on_tick = suspend_once;
    ground->data = &witness;
    int64_t before_ns = clock_now_ns();
    ground_run(ground);
    int64_t wall_ns = clock_now_ns() - before_ns;
    const struct result_stage *stage = &ground->result;
    ground_assert_sound(ground);
    assert_closes(stage);
    assert_true(stage->complete);
    assert_true(stage->suspended_ns >= 500 * NS_PER_MS);
    assert_true(stage->warm_ns > 0);
    assert_true(stage->elapsed_ns + stage->suspended_ns + stage->warm_ns <= wall_ns);
    ground_finish(ground);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_parallel_stage_accounts_for_every_task_and_nanosecond),
        cmocka_unit_test(a_sequential_stage_is_its_tasks_from_first_to_last),
        cmocka_unit_test(many_empty_tasks_are_summed_but_none_is_lost),
        cmocka_unit_test(a_grain_puts_tasks_into_one_stamp),
        cmocka_unit_test(without_a_grain_workers_find_their_own),
        cmocka_unit_test(static_blocks_stay_with_their_workers),
        cmocka_unit_test(a_stage_ends_with_a_sample_and_the_cpus_shares),
        cmocka_unit_test(on_a_simulated_machine_no_cpu_is_named),
        cmocka_unit_test(a_running_stage_tells_how_it_stands),
        cmocka_unit_test(the_task_of_a_killed_worker_is_done_again),
        cmocka_unit_test(without_retries_it_has_failed_and_the_rest_is_done),
        cmocka_unit_test(a_killed_sequential_worker_is_replaced_too),
        cmocka_unit_test(a_stopped_stage_keeps_what_was_done),
        cmocka_unit_test(a_stopped_sequential_stage_lasted_until_then),
        cmocka_unit_test(a_suspension_is_taken_out_of_every_time),
        cmocka_unit_test(a_suspension_is_in_no_share),
        cmocka_unit_test(a_worker_killed_meanwhile_has_a_sound_account),
        cmocka_unit_test(without_a_stop_there_was_no_suspension),
        cmocka_unit_test(tasks_that_fail_are_counted_and_not_done_again),
        cmocka_unit_test(a_task_that_ends_its_worker_is_named),
        cmocka_unit_test(the_account_closes_however_tasks_are_handed_out),
        cmocka_unit_test(the_sequential_one_is_neither_ordered_nor_renewed),
        cmocka_unit_test(workers_are_pinned_in_turn_or_it_is_told),
        cmocka_unit_test(the_time_of_hooks_is_where_it_belongs),
        cmocka_unit_test(a_stage_stopped_while_it_warms_has_lasted_for_nothing),
        cmocka_unit_test(a_suspension_while_it_warms_is_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
