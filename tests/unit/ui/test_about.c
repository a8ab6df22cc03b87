// SPDX-License-Identifier: MIT
/* What is said of one CPU, worker or task, and which one is the next. */
#include "ui/about.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#include "base/clock.h"
#include "model/axis.h"

enum { CPUS = 4, MS = NS_PER_MS };

/* Two cores with two CPUs each; 0 and 2 are siblings; the last one is not for us. */
static struct machine_cpu cpus[CPUS] = {
    {0, 0, 0, 0, 0, 1, true, true},
    {1, 1, 0, 0, 1, 0, true, true},
    {2, 0, 0, 0, 0, 1, true, true},
    {7, 1, 0, 0, 1, 0, true, false},
};

static struct machine_kind kinds[] = {{"E", 1}, {"P", 1}};

static struct result_record alone_records[] = {
    {.index = 0, .count = 1, .end_ns = 100 * MS, .cpu_ns = 90 * MS, .attempts = 1},
    {.index = 1, .count = 1, .start_ns = 100 * MS, .end_ns = 200 * MS, .attempts = 1},
};

/* Task 2 has failed; 3 to 12 are summed. */
static struct result_record records[] = {
    {.index = 1,
        .count = 1,
        .worker = 1,
        .cpu = 1,
        .end_ns = 150 * MS,
        .cpu_ns = 120 * MS,
        .attempts = 2,
        .value = 7,
        .digest = 0xabc},
    {.index = 0, .count = 1, .cpu = 0, .end_ns = 250 * MS, .attempts = 1},
    {.index = 2,
        .count = 1,
        .worker = 1,
        .cpu = 1,
        .start_ns = 150 * MS,
        .end_ns = 200 * MS,
        .status = RESULT_FAILED,
        .failed = 1,
        .attempts = 1},
    {.index = 3,
        .count = 10,
        .worker = 1,
        .cpu = 2,
        .start_ns = 200 * MS,
        .end_ns = 400 * MS,
        .attempts = 1},
};

/* Worker 1 goes from CPU 1 to 2 and back, worker 0 stays. */
static struct result_move moves[] = {
    {10 * MS, 0, 0}, {10 * MS, 1, 1}, {110 * MS, 1, 2}, {310 * MS, 1, 1}};

static struct result_event events[] = {
    {50 * MS, 1, 41, RESULT_KILLED, SIGKILL, 1},
    {60 * MS, 1, 42, RESULT_REPLACED, 0, -1},
    {70 * MS, 0, 40, RESULT_KILLED, SIGKILL, 0},
};

static struct result_worker workers[] = {
    {.worker = 0,
        .pid = 40,
        .tasks = 1,
        .handouts = 2,
        .pinned = -1,
        .times = {.startup_ns = 20 * MS,
            .span_ns = 240 * MS,
            .tail_ns = 140 * MS,
            .cpu_ns = 200 * MS,
            .waiting_ns = 40 * MS}},
    {.worker = 1,
        .pid = 42,
        .tasks = 11,
        .handouts = 3,
        .pinned = 1,
        .times = {.span_ns = 400 * MS, .cpu_ns = 400 * MS}},
};

static struct result_cpu shares[][CPUS] = {
    {{.id = 0, .busy = 0.98}, {.id = 1, .busy = 0.02}, {.id = 2, .busy = -1}, {.id = 7}},
    {{.id = 0, .busy = 0.6}, {.id = 1, .busy = 1}, {.id = 2, .busy = 0.5}, {.id = 7}},
};

/* What it is all said of. */
struct stand {
    struct result_stage stages[2];
    struct result result;
    struct scene scene;
    struct figures figures;
    struct axis axis;
    struct load_share loads[CPUS];
    struct scene_meters meters;
    int mhz[CPUS];
    struct scene_worker now[2];
    struct scene_items items;
    struct player_state replay;
    struct view_input input;
    struct about about;
};

static void set_stages(struct stand *stand)
{
    stand->stages[0] = (struct result_stage){.kind = RESULT_SEQUENTIAL,
        .workers = 1,
        .workers_asked = 1,
        .elapsed_ns = 200 * MS,
        .complete = true,
        .cpu_count = CPUS,
        .cpus = shares[0],
        .record_count = 2,
        .records = alone_records};
    stand->stages[1] = (struct result_stage){.kind = RESULT_PARALLEL,
        .workers = 2,
        .workers_asked = 2,
        .elapsed_ns = 400 * MS,
        .complete = true,
        .cpu_count = CPUS,
        .cpus = shares[1],
        .event_count = 3,
        .events = events,
        .move_count = 4,
        .moves = moves,
        .worker_count = 2,
        .worker_list = workers,
        .record_count = 4,
        .records = records};
}

/* At the end of it all. */
static void stand_ended(struct stand *stand)
{
    *stand = (struct stand){.result = {.machine = {.topology_known = true,
                                           .cores = 2,
                                           .packages = 1,
                                           .online_cpus = CPUS,
                                           .cpu_count = CPUS,
                                           .cpus = cpus,
                                           .kind_count = 2,
                                           .kinds = kinds},
                                .plan = {.workload = "factorial", .workers = 2},
                                .stage_count = 2}};
    set_stages(stand);
    stand->result.stages = stand->stages;
    stand->scene = (struct scene){.result = &stand->result,
        .phase = SCENE_ENDED,
        .stage = 1,
        .elapsed_ns = 400 * MS};
    stand->axis = (struct axis){400 * MS, 100 * MS};
    stand->input = (struct view_input){.scene = &stand->scene,
        .figures = &stand->figures,
        .axis = &stand->axis,
        .guess = ""};
}

/* In the parallel stage: what has ended, and what CPUs and workers do. */
static void stand_running(struct stand *stand, int64_t at_ms)
{
    stand_ended(stand);
    stand->scene.phase = SCENE_RUNNING;
    stand->scene.elapsed_ns = at_ms * MS;
    for (int i = 0; i < CPUS; i++)
        stand->loads[i] = (struct load_share){.busy = -1};
    stand->loads[0] = (struct load_share){0.98F, 0.9F, 0, 0.08F, 0, 0.02F};
    stand->scene.loads = stand->loads;
    stand->now[0] = (struct scene_worker){0, 40, 0, 5, 1, 0.5, "mouse.h5"};
    stand->now[1] = (struct scene_worker){1, 0, -1, -1, 3, -1, ""};
    stand->scene.workers = stand->now;
    stand->scene.worker_count = 2;
}

static void look(struct stand *stand, enum target_kind kind, int64_t number)
{
    stand->input.subject = (struct target){kind, number};
    about_fill(&stand->about, &stand->input);
}

/* The value of a line, by its name; NULL: there is none. */
static const char *value_of(const struct stand *stand, const char *name)
{
    for (size_t i = 0; i < stand->about.count; i++)
        if (strcmp(stand->about.lines[i].name, name) == 0)
            return stand->about.lines[i].value;
    return NULL;
}

static void expect(const struct stand *stand, const char *name, const char *value)
{
    const char *found = value_of(stand, name);
    if (!found)
        fail_msg("%s: no line \"%s\"", stand->about.title, name);
    assert_string_equal(found, value);
}

static void where_a_cpu_is(void **state)
{
    struct stand stand;
    (void)state;
    stand_ended(&stand);
    look(&stand, TARGET_CPU, 0);
    assert_string_equal(stand.about.title, "CPU 0");
    expect(&stand, "kind", "P, as 1 of 2 cores are");
    expect(&stand, "core", "0, shared with CPU 2");
    expect(&stand, "last cache", "shared by 2 CPUs: 0,2");
    expect(&stand, "NUMA node", "0 (the only one)");
    expect(&stand, "usable by us", "yes");
    look(&stand, TARGET_CPU, 7);
    expect(&stand, "usable by us",
        "no: this program may not run there (affinity mask, cpuset)");
    look(&stand, TARGET_CPU, 3);
    assert_int_equal(stand.about.count, 1);
    assert_non_null(strstr(stand.about.lines[0].value, "no CPU of that number"));
}

/* What is not visible is said to be so. */
static void a_cpu_of_which_nothing_is_known(void **state)
{
    struct machine_cpu hidden = {3, -1, -1, -1, -1, -1, false, false};
    struct stand stand;
    (void)state;
    stand_running(&stand, 400);
    stand.result.machine.cpus = &hidden;
    stand.result.machine.cpu_count = 1;
    stand.scene.loads = NULL;
    look(&stand, TARGET_CPU, 3);
    expect(&stand, "now", "not known yet");
    expect(&stand, "core", "not visible here");
    expect(&stand, "last cache", "not visible here");
    expect(&stand, "package", "not visible here");
    expect(&stand, "clock", "not visible here");
    expect(&stand, "temperature", "not visible here");
    expect(&stand, "usable by us", "no: it is offline");
    assert_null(value_of(&stand, "kind"));
    assert_null(value_of(&stand, "power"));
}

static void what_a_cpu_does_now(void **state)
{
    struct stand stand;
    (void)state;
    stand_running(&stand, 400);
    stand.mhz[0] = 3400;
    stand.meters = (struct scene_meters){stand.mhz, 71, 88};
    stand.scene.meters = &stand.meters;
    look(&stand, TARGET_CPU, 0);
    expect(&stand, "now", "98 % busy: programs 90 %, kernel 8 %; the host takes 2 %");
    expect(&stand, "running here", "worker 0");
    expect(&stand, "clock", "3.40 GHz");
    expect(&stand, "temperature", "71 C, the hottest of the CPUs' sensors");
    expect(&stand, "power", "88 W, of all packages");
    look(&stand, TARGET_CPU, 1);
    expect(&stand, "now", "no data: it is offline, or has just come");
    expect(&stand, "clock", "not visible here");
    stand.meters.celsius = stand.meters.watts = NAN;
    look(&stand, TARGET_CPU, 0);
    expect(&stand, "temperature", "not visible here");
    assert_null(value_of(&stand, "power"));
}

/* What is over has no clock now, and neither has a replay. */
static void a_past_has_no_clock(void **state)
{
    struct stand stand;
    (void)state;
    stand_ended(&stand);
    look(&stand, TARGET_CPU, 0);
    assert_null(value_of(&stand, "now"));
    assert_null(value_of(&stand, "clock"));
    stand_running(&stand, 400);
    stand.input.replay = &stand.replay;
    look(&stand, TARGET_CPU, 0);
    assert_non_null(value_of(&stand, "now"));
    assert_null(value_of(&stand, "clock"));
}

static void what_a_cpu_did_in_each_run(void **state)
{
    struct stand stand;
    (void)state;
    stand_ended(&stand);
    look(&stand, TARGET_CPU, 0);
    expect(&stand, "busy", " 98 %, one after the other");
    expect(&stand, "", " 60 %, 2 at a time");
    look(&stand, TARGET_CPU, 2);
    expect(&stand, "busy", "no data, one after the other");
    stand_running(&stand, 100); /* what runs has no share of the whole yet */
    look(&stand, TARGET_CPU, 0);
    assert_null(value_of(&stand, ""));
}

static void who_was_seen_on_a_cpu(void **state)
{
    struct stand stand;
    (void)state;
    stand_ended(&stand);
    look(&stand, TARGET_CPU, 1);
    expect(&stand, "workers seen", "worker 1 for 0.19 s in 2 spells");
    expect(&stand, "tasks", "1 of 12 ended here, 0.15 s each: 3.00 of the mean (50 ms)");
    look(&stand, TARGET_CPU, 7);
    expect(&stand, "workers seen", "none");
    expect(&stand, "tasks", "none of 12 ended here");
    stand_running(&stand, 60); /* nothing of what is still to come */
    look(&stand, TARGET_CPU, 1);
    expect(&stand, "workers seen", "worker 1 for 50 ms");
    assert_null(value_of(&stand, "tasks"));
    stand.result.machine.simulated = true;
    look(&stand, TARGET_CPU, 1);
    expect(&stand, "workers seen", "not shown: a simulated machine");
}

static void a_worker_at_its_end(void **state)
{
    struct stand stand;
    (void)state;
    stand_ended(&stand);
    look(&stand, TARGET_WORKER, 0);
    assert_string_equal(stand.about.title, "worker 0");
    expect(&stand, "process", "40");
    expect(&stand, "starting", "20 ms, 5 %: until its first task");
    expect(&stand, "work", "0.20 s, 50 %: a CPU computed its tasks");
    expect(&stand, "waiting", "40 ms, 10 %: ready, but no CPU was free for it");
    expect(&stand, "idle", "0.14 s, 35 %: at the end, when no task was left");
    expect(&stand, "hand-outs", "2");
    expect(&stand, "CPUs", "0 at first, and no other");
    assert_null(value_of(&stand, "alone"));
    assert_null(value_of(&stand, "pinned"));
    look(&stand, TARGET_WORKER, 1);
    expect(&stand, "pinned", "to CPU 1");
    expect(&stand, "tasks done", "11");
    expect(&stand, "CPUs", "1 at first, 2 from 0.11 s, 1 from 0.31 s");
    expect(&stand, "events",
        "at 50 ms its process 41 was killed by SIGKILL, task 1 in hand");
    expect(&stand, "", "at 60 ms process 42 took its place");
    look(&stand, TARGET_WORKER, 2);
    assert_non_null(strstr(stand.about.lines[0].value, "no such worker"));
}

static void a_worker_while_it_runs(void **state)
{
    struct stand stand;
    (void)state;
    stand_running(&stand, 55);
    look(&stand, TARGET_WORKER, 0);
    expect(&stand, "place", "on CPU 0");
    expect(&stand, "in hand", "task 5, mouse.h5");
    expect(&stand, "tasks done", "1");
    expect(&stand, "had a CPU", "50 % of the time so far");
    assert_null(value_of(&stand, "work"));
    assert_null(value_of(&stand, "events")); /* it is killed later */
    look(&stand, TARGET_WORKER, 1);
    expect(&stand, "process", "none now");
    expect(&stand, "place", "not visible here");
    expect(&stand, "in hand", "none");
    assert_null(value_of(&stand, "had a CPU"));
    assert_null(value_of(&stand, "")); /* nor is it replaced yet */
    stand.result.machine.simulated = true;
    look(&stand, TARGET_WORKER, 0);
    expect(&stand, "place", "not shown: a simulated machine");
    assert_null(value_of(&stand, "CPUs"));
}

static void a_task_that_is_over(void **state)
{
    struct stand stand;
    (void)state;
    stand_ended(&stand);
    look(&stand, TARGET_TASK, 1);
    assert_string_equal(stand.about.title, "task 1");
    expect(&stand, "worker", "1");
    expect(&stand, "CPU", "1, when it ended");
    expect(&stand, "ended", "0.15 s after it");
    expect(&stand, "took", "0.15 s, 3.00 of the mean (50 ms)");
    expect(&stand, "CPU time", "0.12 s, 80 % of that");
    expect(&stand, "alone", "0.10 s, one after the other; here 1.50 times as long");
    expect(&stand, "status", "done");
    expect(&stand, "attempts", "2");
    expect(&stand, "result", "7 decimal digits, digest 0000000000000abc");
    look(&stand, TARGET_TASK, 2);
    expect(&stand, "status", "failed");
    assert_null(value_of(&stand, "result"));
}

/* Where several are told of together it is said so. */
static void tasks_that_are_summed(void **state)
{
    struct stand stand;
    (void)state;
    stand_ended(&stand);
    look(&stand, TARGET_TASK, 3);
    expect(&stand, "tasks", "10 of this worker told of together");
    expect(&stand, "each took", "20 ms on average");
    expect(&stand, "all took", "0.20 s");
    assert_null(value_of(&stand, "took"));
    assert_null(value_of(&stand, "attempts"));
    look(&stand, TARGET_TASK, 4);
    assert_non_null(value_of(&stand, "state"));
}

static void a_task_that_is_not_over(void **state)
{
    struct stand stand;
    (void)state;
    stand_running(&stand, 140);
    look(&stand, TARGET_TASK, 5);
    expect(&stand, "state", "under way");
    expect(&stand, "worker", "0");
    expect(&stand, "CPU", "0");
    look(&stand, TARGET_TASK, 1); /* of a replay: it ends later */
    assert_non_null(strstr(value_of(&stand, "state"), "not known"));
    expect(&stand, "alone", "0.10 s, one after the other");
    assert_null(value_of(&stand, "took"));
}

static void an_item(void **state)
{
    char text[] = "mouse.h5", err[] = "first\nKeyError: 'spikes'\n\n";
    struct result_item item = {.number = 30,
        .item_size = strlen(text),
        .item = text,
        .exit_status = 3,
        .max_rss_bytes = 20 << 20,
        .err_size = strlen(err),
        .err = err};
    struct result_record failed = records[2];
    struct stand stand;
    (void)state;
    stand_ended(&stand);
    failed.item = &item;
    stand.result.plan.tells = stand.result.plan.commands = true;
    stand.stages[1].records = &failed;
    stand.stages[1].record_count = 1;
    look(&stand, TARGET_TASK, 30); /* its place in the list, not its index */
    expect(&stand, "item", "mouse.h5");
    expect(&stand, "exit status", "3");
    expect(&stand, "memory", "20 MiB, its largest process");
    expect(&stand, "status", "failed: exit 3");
    expect(&stand, "last line", "KeyError: 'spikes'");
}

/* What has failed is known before its record is there. */
static void an_item_that_has_just_failed(void **state)
{
    struct stand stand;
    (void)state;
    stand_running(&stand, 300);
    stand.items.failure_count = 1;
    stand.items.failures[0] = (struct scene_item){.number = 17,
        .name = "mouse-017.h5",
        .worker = 1,
        .ran_ns = 20 * NS_PER_S,
        .exit_status = 1,
        .last_line = "KeyError: 'spikes'"};
    stand.scene.items = &stand.items;
    look(&stand, TARGET_TASK, 17);
    expect(&stand, "item", "mouse-017.h5");
    expect(&stand, "status", "failed: exit 1");
    expect(&stand, "took", "20.0 s");
    expect(&stand, "last line", "KeyError: 'spikes'");
}

static void nothing_to_look_at(void **state)
{
    struct stand stand;
    (void)state;
    stand_ended(&stand);
    look(&stand, TARGET_NONE, 0);
    assert_int_equal(stand.about.count, 1);
    stand.scene.stage = -1;
    stand.scene.phase = SCENE_CALIBRATING;
    look(&stand, TARGET_TASK, 0);
    assert_int_equal(stand.about.count, 1);
    look(&stand, TARGET_WORKER, 0);
    assert_int_equal(stand.about.count, 1);
}

static void expect_round(
    const struct result *result, enum target_kind kind, size_t count, const int numbers[])
{
    struct target target = {kind, -1};
    for (size_t i = 0; i < 2 * count; i++) {
        target = about_next(result, &target, 1);
        assert_int_equal(target.kind, kind);
        assert_int_equal(target.number, numbers[i % count]);
    }
    target.number = -1;
    for (size_t i = 0; i < 2 * count; i++) {
        target = about_next(result, &target, -1);
        assert_int_equal(target.number, numbers[count - 1 - i % count]);
    }
}

static void next_goes_round(void **state)
{
    static const int ids[] = {0, 1, 2, 7}, numbers[] = {0, 1}, indices[] = {0, 1, 2, 3};
    struct stand stand;
    (void)state;
    stand_ended(&stand);
    expect_round(&stand.result, TARGET_CPU, 4, ids);
    expect_round(&stand.result, TARGET_WORKER, 2, numbers);
    expect_round(&stand.result, TARGET_TASK, 4, indices);
}

static void next_where_there_is_none(void **state)
{
    const struct result empty = {.stage_count = 0};
    const struct target of[] = {{TARGET_CPU, -1}, {TARGET_WORKER, 3}, {TARGET_TASK, 3}};
    struct target unknown = {TARGET_CPU, 5};
    struct stand stand;
    (void)state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(about_next(&empty, &of[i], 1).kind, TARGET_NONE);
    stand_ended(&stand);
    assert_int_equal(about_next(&stand.result, &unknown, 1).number, 0);
    unknown = (struct target){TARGET_TASK, 1000};
    assert_int_equal(about_next(&stand.result, &unknown, 1).number, 0);
    assert_int_equal(about_next(&stand.result, &unknown, -1).number, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(where_a_cpu_is),
        cmocka_unit_test(a_cpu_of_which_nothing_is_known),
        cmocka_unit_test(what_a_cpu_does_now),
        cmocka_unit_test(a_past_has_no_clock),
        cmocka_unit_test(what_a_cpu_did_in_each_run),
        cmocka_unit_test(who_was_seen_on_a_cpu),
        cmocka_unit_test(a_worker_at_its_end),
        cmocka_unit_test(a_worker_while_it_runs),
        cmocka_unit_test(a_task_that_is_over),
        cmocka_unit_test(tasks_that_are_summed),
        cmocka_unit_test(a_task_that_is_not_over),
        cmocka_unit_test(an_item),
        cmocka_unit_test(an_item_that_has_just_failed),
        cmocka_unit_test(nothing_to_look_at),
        cmocka_unit_test(next_goes_round),
        cmocka_unit_test(next_where_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
