// SPDX-License-Identifier: MIT
#include "experiment/remark.h"

#include <errno.h>
#include <signal.h>

#include "made.h"
#include "workload/workload.h"

/* Remarks on the only stage of a result, whose `count` events are `events`. */
static void remark(
    struct result *result, size_t count, const struct result_event events[])
{
    struct result_stage *stage = &result->stages[0];
    stage->events = memory_new(count, sizeof *events);
    stage->event_count = count;
    if (count > 0)
        memcpy(stage->events, events, count * sizeof *events);
    remark_stage(result, stage);
}

static struct result_stage *make(struct result *result, int cpus)
{
    made_result(result, "factorial", 16, cpus);
    return made_stage(result, RESULT_PARALLEL, 0, cpus, NS_PER_S);
}

/* The only remark, or "" for none; then the result is finished. */
static void assert_remark(struct result *result, const char *expected)
{
    assert_int_equal(result->remark_count, expected[0] != '\0');
    if (result->remark_count > 0)
        assert_string_equal(result->remarks[0], expected);
    result_finish(result);
}

static void a_stage_that_went_well_is_not_remarked(void **state)
{
    struct result result;
    make(&result, 2);
    remark(&result, 0, NULL);
    assert_remark(&result, "");
    (void)state;
}

static void others_are_remarked_from_a_tenth_of_a_cpu(void **state)
{
    static const struct {
        int cpus;
        double others;
        const char *remark;
    } cases[] = {
        {2, -1, ""},
        {2, 0, ""},
        {2, 0.09, ""},
        {2, 0.101, "Before the start other programs used 0.1 of 2 CPUs."},
        {1, 0.8, "Before the start other programs used 0.8 of 1 CPU."},
        {64, 1.27, ""}, /* a fiftieth of a large machine is little */
        {64, 1.29, "Before the start other programs used 1.3 of 64 CPUs."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result result;
        make(&result, cases[i].cpus);
        bool said = remark_others(&result, "Before the start", cases[i].others);
        assert_int_equal(said, *cases[i].remark != '\0');
        assert_remark(&result, cases[i].remark);
    }
    (void)state;
}

static void others_work_during_a_stage(void **state)
{
    struct result result;
    make(&result, 2)->others_cpus = 0.8;
    remark(&result, 0, NULL);
    assert_remark(
        &result, "During the parallel stage other programs used 0.8 of 2 CPUs.");
    (void)state;
}

static void time_that_the_host_took(void **state)
{
    for (int i = 0; i < 4; i++) {
        struct result result;
        struct result_stage *stage = make(&result, 2);
        stage->cpu_count = 2;
        stage->cpus = memory_new(2, sizeof *stage->cpus);
        stage->cpus[0] = (struct result_cpu){.id = 0, .busy = 0.7, .steal = 0.3};
        stage->cpus[1] = (struct result_cpu){.id = 1, .busy = -1, .steal = -1};
        if (i == 1)
            stage->cpus[0].steal = 0.039; /* less than a fiftieth of both */
        result.machine.simulated = i == 2;
        if (i == 3)
            stage->elapsed_ns = 400 * NS_PER_MS; /* too short for ticks of 10 ms */
        remark(&result, 0, NULL);
        assert_remark(&result, i > 0
                                   ? ""
                                   : "During the parallel stage the host of this virtual "
                                     "machine took 0.30 of 2 CPUs away (steal).");
    }
    (void)state;
}

/* Which of them it was is not said, so they are told together. */
static void what_runs_have_in_common_is_remarked_once(void **state)
{
    static const double others[] = {0.2, 0, 0.14, 0, 0.3, -1};
    struct result result;
    made_result(&result, "factorial", 16, 2);
    result.plan.repeats = 3;
    for (int i = 0; i < 6; i++) {
        made_stage(
            &result, i % 2 ? RESULT_PARALLEL : RESULT_SEQUENTIAL, i / 2, 1, NS_PER_S)
            ->others_cpus = others[i];
        remark_stage(&result, &result.stages[i]);
    }
    assert_int_equal(result.remark_count, 0);
    remark_repeats(&result);
    assert_int_equal(result.remark_count, 1);
    assert_string_equal(result.remarks[0],
        "In 3 of 3 runs of the sequential stage other programs used up to 0.3 of 2 "
        "CPUs.");
    result.stages[1].others_cpus = 0.4;
    remark_repeats(&result);
    assert_int_equal(result.remark_count, 2);
    assert_string_equal(result.remarks[1],
        "In 1 of 3 runs of the parallel stage other programs used 0.4 of 2 CPUs.");
    result_finish(&result);
    (void)state;
}

static void programs_are_runs_and_warming_up_is_none(void **state)
{
    struct result result;
    made_result(&result, "", 1, 2);
    result.plan.command = PLAN_VERSUS;
    result.plan.program_count = 2;
    for (int i = 0; i < 3; i++)
        made_stage(&result, RESULT_PROGRAM, i, 1, NS_PER_S)->others_cpus = 1;
    result.stages[0].warmup = true;
    result.stages[2].others_cpus = -1;
    remark_stage(&result, &result.stages[1]);
    remark_repeats(&result);
    assert_remark(&result, "In 1 of 2 runs other programs used 1.0 of 2 CPUs.");
    (void)state;
}

static void repeats_that_differ(void **state)
{
    struct result result;
    made_result(&result, "factorial", 16, 2);
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 10 * NS_PER_S);
    made_stage(&result, RESULT_SEQUENTIAL, 1, 1, 11 * NS_PER_S);
    made_stage(&result, RESULT_PARALLEL, 0, 2, 5 * NS_PER_S);
    made_stage(&result, RESULT_PARALLEL, 1, 2, 7 * NS_PER_S);
    made_stage(&result, RESULT_PARALLEL, 2, 2, NS_PER_S)->complete = false;
    remark_repeats(&result);
    assert_remark(
        &result, "The repeats of the parallel stage differ by 40 % (5.00 s to 7.00 s).");
    made_result(&result, "factorial", 16, 2);
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 10 * NS_PER_S);
    made_stage(&result, RESULT_PARALLEL, 0, 2, 5 * NS_PER_S);
    remark_repeats(&result);
    assert_remark(&result, "");
    (void)state;
}

static void processes_that_were_refused(void **state)
{
    struct result result;
    make(&result, 2)->workers_asked = 64;
    remark(&result, 1,
        (struct result_event[]){{NS_PER_MS, 2, 0, RESULT_REFUSED, EAGAIN, -1}});
    assert_remark(&result,
        "64 workers were asked for, 2 ran: the system refused a process (Resource "
        "temporarily unavailable: ulimit -u, or a container's pids.max).");
    (void)state;
}

static void one_death(void **state)
{
    struct result result;
    make(&result, 2)->retried = 1;
    remark(&result, 2,
        (struct result_event[]){{3400 * NS_PER_MS, 1, 4711, RESULT_KILLED, SIGKILL, 5},
            {3401 * NS_PER_MS, 1, 4712, RESULT_REPLACED, 0, -1}});
    assert_remark(&result,
        "Worker 1 (pid 4711) was killed by SIGKILL after 3.4 s; 1 task was done again.");
    make(&result, 2)->retried = 7;
    remark(&result, 1,
        (struct result_event[]){{NS_PER_MS, 0, 12, RESULT_KILLED, SIGSEGV, 5}});
    assert_remark(&result,
        "Worker 0 (pid 12) was killed by SIGSEGV after 0.0 s; 7 tasks were done again.");
    (void)state;
}

static void several_deaths(void **state)
{
    struct result result;
    make(&result, 2)->retried = 2;
    remark(&result, 3,
        (struct result_event[]){{1, 1, 4711, RESULT_KILLED, SIGKILL, 5},
            {2, 1, 4712, RESULT_KILLED, SIGKILL, 5},
            {3, 0, 4713, RESULT_KILLED, SIGBUS, 6}});
    assert_remark(&result,
        "Workers were killed 3 times (the last by SIGBUS); 2 tasks were done again.");
    (void)state;
}

static void a_signal_without_a_name(void **state)
{
    struct result result;
    make(&result, 2);
    remark(&result, 1,
        (struct result_event[]){{1, 1, 4711, RESULT_KILLED, SIGRTMIN + 3, 5}});
    assert_int_equal(result.remark_count, 1);
    assert_null(strstr(result.remarks[0], "null"));
    result_finish(&result);
    (void)state;
}

static void a_task_without_memory(void **state)
{
    struct result result;
    struct result_stage *stage = make(&result, 2);
    stage->done = 15;
    stage->failed = 1;
    remark(&result, 1,
        (struct result_event[]){
            {1, 1, 4711, RESULT_LEFT, WORKLOAD_EXIT_OUT_OF_MEMORY, 5}});
    assert_int_equal(result.remark_count, 2);
    assert_string_equal(result.remarks[0], "There was no memory left for task 5.");
    assert_string_equal(result.remarks[1], "1 of 16 tasks failed (parallel).");
    result_finish(&result);
    (void)state;
}

static void a_task_that_ends_its_worker(void **state)
{
    struct result result;
    make(&result, 2);
    remark(&result, 2,
        (struct result_event[]){
            {1, 1, 4711, RESULT_LEFT, 3, 5}, {2, 1, 4712, RESULT_LEFT, 4, 6}});
    assert_remark(&result, "Task 5 ended its worker with exit status 3.");
    (void)state;
}

/* A worker may leave before it has a task; the parent then knows of none. */
static void a_worker_that_leaves_without_a_task(void **state)
{
    struct result result;
    make(&result, 2);
    remark(&result, 1, (struct result_event[]){{1, 1, 4711, RESULT_LEFT, 3, -1}});
    assert_int_equal(result.remark_count, 1);
    assert_null(strstr(result.remarks[0], "-1"));
    result_finish(&result);
    (void)state;
}

static void tasks_that_failed(void **state)
{
    struct result result;
    struct result_stage *stage = make(&result, 2);
    stage->done = 13;
    stage->failed = 3;
    remark(&result, 0, NULL);
    assert_remark(&result, "3 of 16 tasks failed (parallel).");
    (void)state;
}

static void a_suspension(void **state)
{
    struct result result;
    make(&result, 2)->suspended_ns = 2500 * NS_PER_MS;
    remark(&result, 0, NULL);
    assert_remark(&result,
        "The parallel stage was stopped for 2.5 s in between, which is not counted.");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stage_that_went_well_is_not_remarked),
        cmocka_unit_test(others_are_remarked_from_a_tenth_of_a_cpu),
        cmocka_unit_test(others_work_during_a_stage),
        cmocka_unit_test(time_that_the_host_took),
        cmocka_unit_test(what_runs_have_in_common_is_remarked_once),
        cmocka_unit_test(programs_are_runs_and_warming_up_is_none),
        cmocka_unit_test(repeats_that_differ),
        cmocka_unit_test(processes_that_were_refused),
        cmocka_unit_test(one_death),
        cmocka_unit_test(several_deaths),
        cmocka_unit_test(a_signal_without_a_name),
        cmocka_unit_test(a_task_without_memory),
        cmocka_unit_test(a_task_that_ends_its_worker),
        cmocka_unit_test(a_worker_that_leaves_without_a_task),
        cmocka_unit_test(tasks_that_failed),
        cmocka_unit_test(a_suspension),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
