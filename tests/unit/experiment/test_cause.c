// SPDX-License-Identifier: MIT
#include "experiment/cause.h"

#include <signal.h>
#include <stdlib.h>

#include "experiment/comparison.h"
#include "experiment/sentence.h"
#include "made.h"

#define MS(number) ((number)*NS_PER_MS)

/* A `run` whose sequential stage has a record for each task: task i takes times_ms[i %
 * given]. */
static struct result_stage *make_sequential(struct result *result, const char *workload,
    int64_t tasks, size_t given, const int64_t times_ms[])
{
    made_result(result, workload, tasks, 2);
    result->plan.handout_price_ns = 100;
    result->plan.chunk = 1;
    text_copy(sizeof result->plan.schedule, result->plan.schedule, "dynamic");
    struct result_stage *stage = made_stage(result, RESULT_SEQUENTIAL, 0, 1, 0);
    for (int64_t i = 0; i < tasks; i++)
        made_record(stage, i, MS(times_ms[(size_t)i % given]), 1);
    stage->elapsed_ns = stage->records[tasks - 1].end_ns;
    stage->cpu_ns = stage->elapsed_ns;
    stage->worker_list[0].times.span_ns = stage->elapsed_ns;
    stage->worker_list[0].times.cpu_ns = stage->elapsed_ns;
    return stage;
}

/* The parallel stage: worker i starts, works, and is idle for so long (the rest). */
struct share {
    int64_t startup_ms, work_ms;
};

static struct result_stage *make_parallel(
    struct result *result, int64_t elapsed_ms, int workers, const struct share shares[])
{
    struct result_stage *stage =
        made_stage(result, RESULT_PARALLEL, 0, workers, MS(elapsed_ms));
    result->plan.workers = workers;
    stage->cpu_ns = 0;
    for (int i = 0; i < workers; i++) {
        stage->worker_list[i].times =
            (struct account_worker){.startup_ns = MS(shares[i].startup_ms),
                .span_ns = MS(shares[i].work_ms),
                .tail_ns = MS(elapsed_ms - shares[i].startup_ms - shares[i].work_ms),
                .cpu_ns = MS(shares[i].work_ms)};
        stage->cpu_ns += MS(shares[i].work_ms);
    }
    return stage;
}

#define GIVEN(...)                                                                       \
    sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t), (const int64_t[])                \
    {                                                                                    \
        __VA_ARGS__                                                                      \
    }
#define SHARES(...) ((const struct share[]){__VA_ARGS__})

static const struct cause_ops *find(struct result *result)
{
    struct cause_scene scene;
    comparison_account(result);
    comparison_compute(result);
    cause_scene_init(&scene, result);
    const struct cause_ops *cause = cause_find(&scene);
    cause_scene_finish(&scene);
    return cause;
}

/* The cause is found and says that, in two lines of 78; then the result is finished. */
static void assert_cause(
    struct result *result, const struct cause_ops *cause, const char *sentence)
{
    assert_string_equal(find(result)->name, cause->name);
    sentence_write(result);
    assert_string_equal(result->comparison.sentence, sentence);
    assert_true(strlen(result->comparison.sentence) <= 2 * 78);
    result_finish(result);
}

/* A task's record in the parallel stage. */
static void add_record(struct result_stage *stage, int64_t index, int worker,
    int64_t start_ms, int64_t duration_ms)
{
    struct result_record *record = made_record(stage, index, MS(duration_ms), 1);
    record->worker = worker;
    record->start_ns = MS(start_ms);
    record->end_ns = MS(start_ms + duration_ms);
}

/* 20 tasks of 0.1, 0.2 … 2 s in two blocks: 5.5 and 15.5 s. */
static void make_triangle(struct result *result)
{
    int64_t times_ms[20];
    for (int i = 0; i < 20; i++)
        times_ms[i] = 100 * (i + 1);
    make_sequential(result, "sleep", 20, 20, times_ms);
    text_copy(sizeof result->plan.schedule, result->plan.schedule, "static");
    result->plan.chunk = 10;
    struct result_stage *stage =
        make_parallel(result, 15501, 2, SHARES({1, 5500}, {1, 15500}));
    for (int i = 0; i < 20; i++)
        add_record(stage, i, i / 10,
            1 + (i < 10 ? 50 * i * (i + 1) : 50 * i * (i + 1) - 5500), times_ms[i]);
}

static void idle_at_the_end_of_blocks(void **state)
{
    struct result result;
    make_triangle(&result);
    assert_cause(&result, &cause_idle,
        "1.35 times as fast on 2 CPUs, of 2.00. Worker 0 was idle for the last 10.0 of "
        "15.5 s: worker 1 had all the long tasks. Try: --schedule dynamic "
        "(about 1.91)");
    (void)state;
}

static void idle_at_the_end_by_a_large_chunk(void **state)
{
    struct result result;
    make_sequential(&result, "spin", 16, GIVEN(1000));
    result.plan.chunk = 12;
    result.plan.chunk_asked = true;
    struct result_stage *stage =
        make_parallel(&result, 12000, 2, SHARES({0, 12000}, {0, 4000}));
    for (int i = 0; i < 16; i++)
        add_record(stage, i, i >= 12, (i % 12) * 1000, 1000);
    assert_cause(&result, &cause_idle,
        "1.33 times as fast on 2 CPUs, of 2.00. Worker 1 was idle for the last 8.0 of "
        "12.0 s: tasks came 12 at a time. Try: --schedule dynamic "
        "(about 2.00)");
    (void)state;
}

/* 13 tasks of 1 s, then one of 6. */
static void one_long_task_last(void **state)
{
    struct result result;
    make_sequential(&result, "sleep", 13,
        GIVEN(1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000,
            6000));
    struct result_stage *stage =
        make_parallel(&result, 12000, 2, SHARES({0, 12000}, {0, 6000}));
    for (int i = 0; i < 13; i++)
        add_record(stage, i, i % 2, (i / 2) * 1000, i == 12 ? 6000 : 1000);
    assert_cause(&result, &cause_last_task,
        "1.50 times as fast on 2 CPUs, of 2.00: one task took 6 times as long as the "
        "others and came last. Try: --order longest (about 2.00)");
    (void)state;
}

static void one_task_as_long_as_all_others(void **state)
{
    struct result result;
    make_sequential(&result, "sleep", 5, GIVEN(9000, 1000, 1000, 1000, 1000));
    make_parallel(&result, 9000, 2, SHARES({0, 9000}, {0, 4000}));
    assert_cause(&result, &cause_long_task,
        "1.44 times as fast on 2 CPUs: no more is possible (1.44), for one task alone "
        "takes 69 % of the time of all.");
    (void)state;
}

static void a_number_of_tasks_that_leaves_workers_idle(void **state)
{
    struct result result;
    make_sequential(&result, "factorial", 15, GIVEN(1000));
    make_parallel(&result, 8060, 2, SHARES({10, 8050}, {20, 7050}));
    assert_cause(&result, &cause_granularity,
        "1.86 times as fast on 2 CPUs. 15 equal tasks can reach 1.88 at most: one worker "
        "gets 8, the other 7. Try: -n 16 (about 1.98)");
    make_sequential(&result, "factorial", 9, GIVEN(1000));
    machine_finish(&result.machine);
    made_machine(&result.machine, 4);
    make_parallel(
        &result, 3060, 4, SHARES({10, 3050}, {20, 2020}, {20, 2020}, {20, 2020}));
    assert_cause(&result, &cause_granularity,
        "2.94 times as fast on 4 CPUs. 9 equal tasks can reach 3.00 at most: some "
        "workers get 3, others 2. Try: -n 12 (about 3.90)");
    (void)state;
}

static void starting_takes_most_of_it(void **state)
{
    struct result result;
    make_sequential(&result, "spin", 16, GIVEN(1));
    struct share shares[16];
    for (int i = 0; i < 16; i++)
        shares[i] = (struct share){2 + i, 1};
    make_parallel(&result, 18, 16, shares);
    assert_cause(&result, &cause_startup,
        "Slower: 0.89 times as fast with 16 workers on 2 CPUs: the workers had their "
        "first task after 9.5 ms of 18 ms on average. Try: -j 2 (about 1.37)");
    (void)state;
}

static void starting_pays_with_more_tasks(void **state)
{
    struct result result;
    make_sequential(&result, "spin", 4, GIVEN(1));
    make_parallel(&result, 12, 2, SHARES({10, 2}, {10, 2}));
    assert_cause(&result, &cause_startup,
        "Slower: 0.33 times as fast on 2 CPUs: the workers had their first task after "
        "10 ms of 12 ms on average. Try: -n 400 (about 1.90)");
    (void)state;
}

/* What handing out takes of a worker's span is not CPU time of its tasks. */
static void set_handout(struct result_stage *stage, int64_t handout_ms, int64_t handouts)
{
    for (size_t i = 0; i < stage->worker_count; i++) {
        stage->worker_list[i].times.handout_ns = MS(handout_ms);
        stage->worker_list[i].handouts = handouts;
    }
    stage->cpu_ns -= MS(handout_ms) * (int64_t)stage->worker_count;
    stage->handout_price_ns = MS(handout_ms) / handouts;
}

static void a_process_for_every_task(void **state)
{
    struct result result;
    make_sequential(&result, "spin", 1000, GIVEN(1));
    result.plan.fork_per_task = true;
    struct result_stage *stage =
        make_parallel(&result, 3001, 2, SHARES({1, 3000}, {1, 3000}));
    set_handout(stage, 2500, 500);
    stage->renewed = 998;
    assert_cause(&result, &cause_fork,
        "Slower: 0.33 times as fast on 2 CPUs. Starting a process took 5.0 ms for every "
        "task of 1.0 ms. Try: without --fork-per-task (about 2.00)");
    (void)state;
}

static void a_process_for_every_few_tasks(void **state)
{
    struct result result;
    make_sequential(&result, "spin", 3000, GIVEN(1));
    result.plan.max_tasks = 3;
    struct result_stage *stage =
        make_parallel(&result, 4001, 2, SHARES({1, 4000}, {1, 4000}));
    set_handout(stage, 2500, 1500);
    stage->renewed = 998;
    assert_cause(&result, &cause_renewal,
        "Slower: 0.75 times as fast on 2 CPUs. Renewing a worker after every 3 tasks of "
        "1.0 ms took 5.0 ms. Try: --max-tasks 1000 (about 1.99)");
    (void)state;
}

static void tasks_too_small_for_their_handing_out(void **state)
{
    struct result result;
    make_sequential(&result, "empty", 1000, GIVEN(1));
    result.plan.chunk_asked = true;
    struct result_stage *stage =
        make_parallel(&result, 3001, 2, SHARES({1, 3000}, {1, 3000}));
    set_handout(stage, 2500, 500);
    assert_cause(&result, &cause_handout,
        "Slower: 0.33 times as fast on 2 CPUs: handing out took 5.0 ms for every task of "
        "1.0 ms. Try: --schedule dynamic,100 (about 1.92)");
    (void)state;
}

static void a_part_that_cannot_be_shared_out(void **state)
{
    struct result result;
    struct result_stage *stage = make_sequential(&result, "spin", 16, GIVEN(1000));
    stage->prepare_ns = MS(4000);
    stage->elapsed_ns += MS(4000);
    stage->worker_list[0].times.prepare_ns = MS(4000);
    stage = make_parallel(&result, 12050, 2, SHARES({50, 8000}, {50, 8000}));
    stage->prepare_ns = MS(4000);
    for (int i = 0; i < 2; i++) {
        stage->worker_list[i].times.prepare_ns = MS(4000);
        stage->worker_list[i].times.tail_ns = 0;
    }
    assert_cause(&result, &cause_serial,
        "1.66 times as fast on 2 CPUs, of 2.00: 20 % of the work cannot be shared out: "
        "about 1.67 is possible here, 5.00 with any number of CPUs.");
    (void)state;
}

static void tasks_that_slow_each_other_down(void **state)
{
    struct result result;
    make_sequential(&result, "spin", 16, GIVEN(1000));
    make_parallel(&result, 14410, 2, SHARES({10, 14400}, {10, 14400}));
    assert_cause(&result, &cause_slowdown,
        "1.11 times as fast on 2 CPUs, of 2.00. With both of them busy a task took 1.8 "
        "times as long.");
    (void)state;
}

/* 2 P cores of two CPUs each, and 2 E cores. */
static void make_hybrid(struct result *result)
{
    struct machine *machine = &result->machine;
    machine_finish(machine);
    made_machine(machine, 6);
    machine->topology_known = true;
    machine->cores = 4;
    machine->kind_count = 2;
    machine->kinds = memory_new(2, sizeof *machine->kinds);
    machine->kinds[0] = (struct machine_kind){"E", 2};
    machine->kinds[1] = (struct machine_kind){"P", 2};
    for (int i = 0; i < 6; i++) {
        machine->cpus[i].core = i < 4 ? i / 2 : i - 2;
        machine->cpus[i].kind = i < 4;
    }
}

static void each_kind_of_core_slows_down_by_its_own(void **state)
{
    struct result result;
    make_sequential(&result, "spin", 12, GIVEN(1000));
    make_hybrid(&result);
    struct share shares[6];
    for (int i = 0; i < 6; i++)
        shares[i] = (struct share){0, i < 4 ? 3600 : 4000};
    struct result_stage *stage = make_parallel(&result, 4000, 6, shares);
    for (int i = 0; i < 12; i++) {
        add_record(stage, i, i % 6, 0, i % 6 < 4 ? 1800 : 2000);
        stage->records[i].cpu = i % 6;
    }
    assert_cause(&result, &cause_slowdown,
        "3.00 times as fast on 4 cores. With all of them busy a task took 1.8 times as "
        "long on a P core, which two workers share, and 2.0 times as long on an E core.");
    (void)state;
}

static void set_waiting(struct result_stage *stage, int64_t waiting_ms)
{
    for (size_t i = 0; i < stage->worker_count; i++) {
        stage->worker_list[i].times.waiting_ns = MS(waiting_ms);
        stage->worker_list[i].times.cpu_ns -= MS(waiting_ms);
    }
    stage->cpu_ns -= MS(waiting_ms) * (int64_t)stage->worker_count;
}

static void more_workers_than_cpus(void **state)
{
    static const struct share shares[] = {{10, 8100}, {10, 8100}, {10, 8100}, {10, 8100},
        {10, 8100}, {10, 8100}, {10, 8100}, {10, 8100}};
    struct result result;
    make_sequential(&result, "spin", 16, GIVEN(1000));
    set_waiting(make_parallel(&result, 8110, 8, shares), 6100);
    assert_cause(&result, &cause_crowded,
        "1.97 times as fast with 8 workers on 2 CPUs, of 2.00: only 2 can run at once, "
        "so "
        "they waited for a CPU 75 % of the time. More workers than CPUs do not help.");
    (void)state;
}

static void workers_that_wait_although_there_are_cpus(void **state)
{
    struct result result;
    make_sequential(&result, "spin", 16, GIVEN(1000));
    struct result_stage *stage =
        make_parallel(&result, 10010, 2, SHARES({10, 10000}, {10, 10000}));
    set_waiting(stage, 2000);
    stage->others_cpus = 0;
    assert_cause(&result, &cause_waiting,
        "1.60 times as fast on 2 CPUs, of 2.00: workers waited for a CPU 20 % of the "
        "time, though each could have one.");
    make_sequential(&result, "spin", 16, GIVEN(1000)); /* others are not known */
    set_waiting(make_parallel(&result, 10010, 2, SHARES({10, 10000}, {10, 10000})), 2000);
    assert_cause(&result, &cause_waiting,
        "1.60 times as fast on 2 CPUs, of 2.00: workers waited for a CPU 20 % of the "
        "time.");
    make_sequential(&result, "spin", 16, GIVEN(1000));
    stage = make_parallel(&result, 9010, 2, SHARES({10, 9000}, {10, 9000}));
    set_waiting(stage, 1000);
    stage->others_cpus = 0.19; /* too little to spoil it all */
    assert_cause(&result, &cause_waiting,
        "1.78 times as fast on 2 CPUs, of 2.00: workers waited for a CPU 11 % of the "
        "time: other programs used 0.2 of 2 CPUs.");
    (void)state;
}

static void tasks_that_wait(void **state)
{
    struct result result;
    struct share shares[8];
    make_sequential(&result, "sleep", 80, GIVEN(100))->cpu_ns = MS(8);
    for (int i = 0; i < 8; i++)
        shares[i] = (struct share){1, 1000};
    struct result_stage *stage = make_parallel(&result, 1001, 8, shares);
    stage->cpu_ns = MS(20);
    for (int i = 0; i < 8; i++)
        stage->worker_list[i].times.cpu_ns = MS(2);
    assert_cause(&result, &cause_waiting_tasks,
        "7.99 times as fast with 8 workers on 2 CPUs: these tasks wait instead of "
        "computing (CPUs 1 % busy), and can wait together. Try: -j 80 (about 79.2)");
    (void)state;
}

/* Of a simulated machine no CPU waited, and it has the workers that it is to show. */
static void tasks_that_wait_on_a_simulated_machine(void **state)
{
    struct result result;
    struct share shares[8];
    make_sequential(&result, "sleep", 80, GIVEN(100))->cpu_ns = MS(8);
    for (int i = 0; i < 8; i++)
        shares[i] = (struct share){1, 1000};
    struct result_stage *stage = make_parallel(&result, 1001, 8, shares);
    result.machine.simulated = true;
    stage->cpu_ns = MS(20);
    for (int i = 0; i < 8; i++)
        stage->worker_list[i].times.cpu_ns = MS(2);
    assert_cause(&result, &cause_waiting_tasks,
        "7.99 times as fast with 8 workers: tasks that wait can wait together, and the "
        "machine shown is a simulated one.");
    (void)state;
}

/* A machine with so many CPUs that 64 workers on each are more than there may be. */
static void more_workers_than_may_be_are_not_proposed(void **state)
{
    enum { CPUS = 128, TASKS = 20000 };
    struct result result;
    struct share shares[CPUS];
    make_sequential(&result, "sleep", TASKS, GIVEN(1000))->cpu_ns = MS(8);
    machine_finish(&result.machine);
    made_machine(&result.machine, CPUS);
    for (int i = 0; i < CPUS; i++)
        shares[i] = (struct share){1, i < TASKS % CPUS ? 157000 : 156000};
    struct result_stage *stage = make_parallel(&result, 157001, CPUS, shares);
    stage->cpu_ns = MS(20);
    for (int i = 0; i < CPUS; i++)
        stage->worker_list[i].times.cpu_ns = 0;
    assert_string_equal(find(&result)->name, cause_waiting_tasks.name);
    sentence_write(&result);
    const char *try = strstr(result.comparison.sentence, "Try: -j ");
    assert_non_null(try);
    int workers = 0;
    assert_int_equal(sscanf(try, "Try: -j %d", &workers), 1);
    assert_in_range(workers, CPUS, PLAN_WORKERS_MAX);
    result_finish(&result);
    (void)state;
}

/* With more workers the chunks of Pool.map() are smaller: 4 tasks each, then one. */
static void with_more_workers_chunks_are_others(void **state)
{
    struct result result;
    struct cause_scene scene;
    make_sequential(&result, "sleep", 64, GIVEN(100))->cpu_ns = MS(8);
    text_copy(sizeof result.plan.schedule, result.plan.schedule, "pool");
    result.plan.chunk = 8;
    make_parallel(&result, 3201, 2, SHARES({1, 3200}, {1, 3200}))->cpu_ns = MS(8);
    comparison_account(&result);
    comparison_compute(&result);
    cause_scene_init(&scene, &result);
    assert_int_equal(cause_with_workers(&scene, 2).loop.chunk, 8);
    assert_int_equal(cause_with_workers(&scene, 16).loop.chunk, 1);
    assert_int_equal(cause_with_workers(&scene, 16).loop.workers, 16);
    result.plan.chunk_asked = true;
    assert_int_equal(cause_with_workers(&scene, 16).loop.chunk, 8);
    cause_scene_finish(&scene);
    result_finish(&result);
    (void)state;
}

static void tasks_that_are_blocked_only_together(void **state)
{
    struct result result;
    make_sequential(&result, "spin", 16, GIVEN(1000));
    struct result_stage *stage =
        make_parallel(&result, 10010, 2, SHARES({10, 10000}, {10, 10000}));
    for (int i = 0; i < 2; i++)
        stage->worker_list[i].times.cpu_ns = MS(8000);
    stage->cpu_ns = MS(16000);
    assert_cause(&result, &cause_blocked,
        "1.60 times as fast on 2 CPUs, of 2.00: tasks waited for something else than a "
        "CPU 20 % of the time.");
    (void)state;
}

static void add_cpus(struct result_stage *stage, double steal)
{
    stage->cpu_count = 2;
    stage->cpus = memory_new(2, sizeof *stage->cpus);
    for (int i = 0; i < 2; i++)
        stage->cpus[i] = (struct result_cpu){.id = i, .busy = 1 - steal, .steal = steal};
}

static void a_host_that_takes_cpus_away(void **state)
{
    struct result result;
    make_sequential(&result, "spin", 16, GIVEN(1000));
    struct result_stage *stage =
        make_parallel(&result, 10010, 2, SHARES({10, 10000}, {10, 10000}));
    for (int i = 0; i < 2; i++)
        stage->worker_list[i].times.cpu_ns = MS(8000);
    stage->cpu_ns = MS(16000);
    add_cpus(stage, 0.2);
    assert_cause(&result, &cause_stolen,
        "1.60 times as fast on 2 CPUs, of 2.00: the host of this virtual machine took "
        "0.40 of its 2 CPUs away (steal).");
    (void)state;
}

static void a_quota(void **state)
{
    struct result result;
    make_sequential(&result, "spin", 16, GIVEN(1000));
    machine_finish(&result.machine);
    made_machine(&result.machine, 4);
    made_limit(&result.machine, "cgroup quota", 1.5, "/sys/fs/cgroup/app/cpu.max");
    set_waiting(make_parallel(&result, 10810, 2, SHARES({10, 10800}, {10, 10800})), 2800);
    assert_cause(&result, &cause_fence,
        "1.48 times as fast on 4 CPUs: this container may use only 1.50 of them (cpu.max "
        "of /sys/fs/cgroup/app). More workers do not help.");
    (void)state;
}

static void a_worker_that_was_killed(void **state)
{
    struct result result;
    make_sequential(&result, "sleep", 4, GIVEN(2000));
    struct result_stage *stage =
        make_parallel(&result, 6010, 2, SHARES({10, 4000}, {1810, 4000}));
    stage->events = memory_new(1, sizeof *stage->events);
    stage->event_count = 1;
    stage->events[0] = (struct result_event){.t_ns = MS(1800),
        .worker = 1,
        .pid = 77,
        .what = RESULT_KILLED,
        .signal = SIGKILL};
    assert_cause(&result, &cause_replaced,
        "1.33 times as fast on 2 CPUs, of 2.00: worker 1 was killed by SIGKILL, which "
        "lost 1.80 s of its 6.01 s: a new one did that again.");
    (void)state;
}

static void others_on_the_machine(void **state)
{
    struct result result;
    make_sequential(&result, "spin", 16, GIVEN(1000));
    struct result_stage *stage =
        make_parallel(&result, 12310, 2, SHARES({10, 12300}, {10, 12300}));
    set_waiting(stage, 4300);
    stage->others_cpus = 0.8;
    /* 12.31 s without the 4.3 s that were waited for: 8.01 */
    assert_cause(&result, &cause_others,
        "No result: other programs used 0.8 of 2 CPUs meanwhile (between 1.3 and 2.0 "
        "times as fast). Try again when it is quiet.");
    (void)state;
}

/* Others that cannot have been the reason are not blamed. */
static void others_beside_the_cause(void **state)
{
    struct result result;
    make_triangle(&result);
    result.stages[1].others_cpus = 0.3;
    assert_string_equal(find(&result)->name, cause_idle.name);
    result_finish(&result);
    make_sequential(&result, "spin", 16, GIVEN(1000));
    make_parallel(&result, 8100, 2, SHARES({10, 8090}, {10, 8090}))->others_cpus = 0.3;
    assert_string_equal(find(&result)->name, cause_nearly_all.name);
    result_finish(&result);
    (void)state;
}

/* A sequential stage that had to wait makes the pool look good. */
static void others_beside_the_sequential_stage(void **state)
{
    struct result result;
    struct result_stage *stage = make_sequential(&result, "spin", 16, GIVEN(1000));
    stage->others_cpus = 1.2;
    stage->worker_list[0].times.waiting_ns = MS(4000);
    stage->worker_list[0].times.cpu_ns -= MS(4000);
    stage->cpu_ns -= MS(4000);
    set_waiting(make_parallel(&result, 8010, 2, SHARES({10, 8000}, {10, 8000})), 0);
    assert_cause(&result, &cause_others,
        "No result: other programs used 1.2 of 2 CPUs meanwhile (between 1.5 and 2.0 "
        "times as fast). Try again when it is quiet.");
    (void)state;
}

static void repeats_that_do_not_decide(void **state)
{
    static const int64_t below_ms[] = {8000, 20000, 30000};
    struct result result;
    make_sequential(&result, "spin", 16, GIVEN(1000));
    for (int i = 0; i < 3; i++) {
        if (i > 0)
            made_stage(&result, RESULT_SEQUENTIAL, i, 1, MS(16000));
        made_stage(&result, RESULT_PARALLEL, i, 2, MS(below_ms[i]));
    }
    assert_string_equal(find(&result)->name, cause_undecided.name);
    sentence_write(&result);
    const char *start = "No result: 3 runs each differ too much (between ";
    assert_memory_equal(result.comparison.sentence, start, strlen(start));
    assert_true(strlen(result.comparison.sentence) <= 2 * 78);
    result_finish(&result);
    (void)state;
}

static void tasks_with_threads_of_their_own(void **state)
{
    struct result result;
    struct result_stage *stage = make_sequential(&result, "command", 10, GIVEN(100));
    stage->tasks_ns = stage->elapsed_ns;
    stage->threads_cpu_ns = 2 * stage->elapsed_ns;
    make_parallel(&result, 990, 2, SHARES({0, 990}, {0, 990}));
    assert_cause(&result, &cause_threads,
        "1.01 times as fast on 2 CPUs, of 1.00: a task by itself kept 2.0 CPUs busy, "
        "with threads.");
    (void)state;
}

/* Of items there are as many as there are. */
static void other_items_are_not_proposed(void **state)
{
    struct result result;
    make_sequential(&result, "command", 15, GIVEN(100));
    result.plan.tells = result.plan.commands = true;
    make_parallel(&result, 805, 2, SHARES({0, 800}, {0, 700}));
    find(&result);
    sentence_write(&result);
    assert_null(strstr(result.comparison.sentence, "-n "));
    result_finish(&result);
    (void)state;
}

static void every_cause_has_a_name_of_its_own(void **state)
{
    for (size_t i = 0; cause_table[i]; i++) {
        assert_true(cause_table[i]->name && cause_table[i]->weigh && cause_table[i]->say);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(cause_table[i]->name, cause_table[k]->name);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(idle_at_the_end_of_blocks),
        cmocka_unit_test(idle_at_the_end_by_a_large_chunk),
        cmocka_unit_test(one_long_task_last),
        cmocka_unit_test(one_task_as_long_as_all_others),
        cmocka_unit_test(a_number_of_tasks_that_leaves_workers_idle),
        cmocka_unit_test(starting_takes_most_of_it),
        cmocka_unit_test(starting_pays_with_more_tasks),
        cmocka_unit_test(a_process_for_every_task),
        cmocka_unit_test(a_process_for_every_few_tasks),
        cmocka_unit_test(tasks_too_small_for_their_handing_out),
        cmocka_unit_test(a_part_that_cannot_be_shared_out),
        cmocka_unit_test(tasks_that_slow_each_other_down),
        cmocka_unit_test(each_kind_of_core_slows_down_by_its_own),
        cmocka_unit_test(more_workers_than_cpus),
        cmocka_unit_test(workers_that_wait_although_there_are_cpus),
        cmocka_unit_test(tasks_that_wait),
        cmocka_unit_test(tasks_that_wait_on_a_simulated_machine),
        cmocka_unit_test(more_workers_than_may_be_are_not_proposed),
        cmocka_unit_test(with_more_workers_chunks_are_others),
        cmocka_unit_test(tasks_that_are_blocked_only_together),
        cmocka_unit_test(a_host_that_takes_cpus_away),
        cmocka_unit_test(a_quota),
        cmocka_unit_test(a_worker_that_was_killed),
        cmocka_unit_test(others_on_the_machine),
        cmocka_unit_test(others_beside_the_cause),
        cmocka_unit_test(others_beside_the_sequential_stage),
        cmocka_unit_test(repeats_that_do_not_decide),
        cmocka_unit_test(tasks_with_threads_of_their_own),
        cmocka_unit_test(other_items_are_not_proposed),
        cmocka_unit_test(every_cause_has_a_name_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
