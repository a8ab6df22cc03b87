// SPDX-License-Identifier: MIT
#include "experiment/contrast.h"

#include "made_check.h"
#include "made_list.h"

enum { TEXT_SIZE = 640 };

static void assert_said(
    const struct result *one, const struct result *other, const char *expected)
{
    const struct result *const pair[2] = {one, other};
    char text[TEXT_SIZE];
    contrast_describe(pair, sizeof text, text);
    assert_string_equal(text, expected);
}

static void finish(struct result *one, struct result *other)
{
    result_finish(one);
    result_finish(other);
}

static void the_same_loop_on_other_cpus(void **state)
{
    struct result big, small;
    made_run(&big, 64, 46100 * NS_PER_MS, 900 * NS_PER_MS);
    made_run(&small, 2, 24200 * NS_PER_MS, 12300 * NS_PER_MS);
    assert_said(&big, &small,
        "64 CPUs: 51.2 times as fast; 2 CPUs: 1.97 times as fast. The same loop took "
        "12.3 s on 2 CPUs and 0.90 s on 64 CPUs: 13.7 times as fast.");
    big.machine.simulated = true;
    assert_said(&small, &big,
        "2 CPUs: 1.97 times as fast; 64 CPUs (simulated): 51.2 times as fast. The same "
        "loop took 12.3 s on 2 CPUs and 0.90 s on 64 CPUs (simulated): 13.7 times as "
        "fast.");
    finish(&big, &small);
    (void)state;
}

static void what_tells_them_apart(void **state)
{
    struct result one, other;
    made_run(&one, 2, 24 * NS_PER_S, 12 * NS_PER_S);
    made_run(&other, 2, 24 * NS_PER_S, 12 * NS_PER_S);
    assert_said(&one, &other,
        "The first: 2.00 times as fast; the second: 2.00 times as fast. The same loop "
        "took 12.0 s in the first and 12.0 s in the second: equally fast.");
    other.stages[1].workers = 4;
    assert_said(&one, &other,
        "2 workers: 2.00 times as fast; 4 workers: 2.00 times as fast. The same loop "
        "took 12.0 s with 2 workers and 12.0 s with 4 workers: equally fast.");
    text_copy(sizeof other.machine.cpu_name, other.machine.cpu_name, "Xeon");
    assert_said(&one, &other,
        "AMD EPYC: 2.00 times as fast; Xeon with 4 workers: 2.00 times as fast. The "
        "same loop took 12.0 s on AMD EPYC and 12.0 s on Xeon with 4 workers: equally "
        "fast.");
    finish(&one, &other);
    (void)state;
}

/* Each of size, iterations, workload and command line makes another loop. */
static void other_loops_are_not_compared(void **state)
{
    struct result one, other;
    made_run(&one, 8, 24 * NS_PER_S, 4 * NS_PER_S);
    made_run(&other, 2, 24 * NS_PER_S, 12 * NS_PER_S);
    assert_true(contrast_is_same_loop(&one, &other));
    other.plan.iterations = 15;
    assert_said(&one, &other,
        "8 CPUs: 6.00 times as fast; 2 CPUs: 2.00 times as fast. The loops differ, so "
        "their times are not compared.");
    other.plan.iterations = 110;
    other.plan.size = 2;
    assert_false(contrast_is_same_loop(&one, &other));
    other.plan.size = one.plan.size;
    text_copy(sizeof other.plan.workload, other.plan.workload, "spin");
    assert_false(contrast_is_same_loop(&one, &other));
    text_copy(sizeof other.plan.workload, other.plan.workload, one.plan.workload);
    text_copy(sizeof other.plan.loop, other.plan.loop, "-- gzip {}");
    assert_false(contrast_is_same_loop(&one, &other));
    finish(&one, &other);
    (void)state;
}

/* What was not done in parallel is compared as far as it was done. */
static void a_stopped_one(void **state)
{
    struct result one, other;
    made_run(&one, 8, 12 * NS_PER_S, 4 * NS_PER_S);
    made_stopped(&other, 2);
    assert_said(&one, &other,
        "8 CPUs: 3.00 times as fast; 2 CPUs: stopped. One after the other the same loop "
        "took 24.0 s on 2 CPUs and 12.0 s on 8 CPUs: 2.00 times as fast.");
    other.stages[0].projected = true;
    assert_said(&one, &other, "8 CPUs: 3.00 times as fast; 2 CPUs: stopped.");
    finish(&one, &other);
    (void)state;
}

/* What follows from a time that was projected is marked as that time is. */
static void a_projected_one(void **state)
{
    struct result one, other;
    made_run(&one, 8, 24 * NS_PER_S, 4 * NS_PER_S);
    made_run(&other, 2, 24 * NS_PER_S, 12 * NS_PER_S);
    one.stages[0].projected = true;
    assert_said(&one, &other,
        "8 CPUs: ~6.00 times as fast; 2 CPUs: 2.00 times as fast. The same loop took "
        "12.0 s on 2 CPUs and 4.00 s on 8 CPUs: 3.00 times as fast.");
    finish(&one, &other);
    (void)state;
}

static void made_map(struct result *result, int64_t elapsed_ns, int64_t failed)
{
    made_result(result, "sh -c", 110, 2);
    result->plan.command = PLAN_MAP;
    made_stage(result, RESULT_PARALLEL, 0, 2, elapsed_ns);
    result->stages[0].failed = failed;
}

/* Commands that are not there fail at once: that is not fast. */
static void failed_tasks(void **state)
{
    struct result one, other;
    made_map(&one, 9380 * NS_PER_MS, 0);
    made_map(&other, 100 * NS_PER_MS, 0);
    assert_said(&one, &other,
        "The first: 9.38 s; the second: 0.10 s. The same loop took 9.38 s in the first "
        "and 0.10 s in the second: 93.8 times as fast.");
    other.stages[0].failed = 110;
    assert_said(&one, &other,
        "The first: 9.38 s; the second: 110 failed. Tasks failed, so their times are not "
        "compared.");
    assert_said(&other, &one,
        "The first: 110 failed; the second: 9.38 s. Tasks failed, so their times are not "
        "compared.");
    one.stages[0].failed = 1;
    assert_said(&one, &other,
        "The first: 1 failed; the second: 110 failed. Tasks failed, so their times are "
        "not compared.");
    finish(&one, &other);
    (void)state;
}

/* The times one after the other neither, when that is all there is. */
static void failed_tasks_before_the_stop(void **state)
{
    struct result one, other;
    made_run(&one, 8, 12 * NS_PER_S, 4 * NS_PER_S);
    made_stopped(&other, 2);
    other.stages[0].failed = 2;
    assert_said(&one, &other,
        "8 CPUs: 3.00 times as fast; 2 CPUs: stopped. Tasks failed, so their times are "
        "not compared.");
    finish(&one, &other);
    (void)state;
}

static void a_check_is_no_loop(void **state)
{
    struct result one, other;
    made_run(&one, 8, 24 * NS_PER_S, 4 * NS_PER_S);
    made_check(&other, 2);
    judge_made(&other);
    assert_said(&one, &other,
        "8 CPUs: 6.00 times as fast; 2 CPUs: PASS. Only one of them is a loop, so no "
        "times "
        "are compared.");
    finish(&one, &other);
    (void)state;
}

static void two_checks(void **state)
{
    struct result one, other;
    made_check(&one, 4);
    judge_made(&one);
    made_check(&other, 2);
    other.check.unit_ns = one.check.unit_ns / 2;
    other.check.units = one.check.units * 2;
    judge_made(&other);
    const struct result *const pair[2] = {&one, &other};
    char text[TEXT_SIZE];
    contrast_describe(pair, sizeof text, text);
    assert_non_null(strstr(text, "4 CPUs: PASS; 2 CPUs: PASS."));
    assert_non_null(strstr(text, " A unit of work on one CPU alone took "));
    assert_non_null(strstr(text, "2.00 times as fast."));
    finish(&one, &other);
    (void)state;
}

/* Whatever there is room for, it ends. */
static void little_room(void **state)
{
    struct result one, other;
    made_run(&one, 8, 24 * NS_PER_S, 4 * NS_PER_S);
    made_run(&other, 2, 24 * NS_PER_S, 12 * NS_PER_S);
    const struct result *const pair[2] = {&one, &other};
    for (size_t size = 1; size < 200; size++) {
        char text[200];
        contrast_describe(pair, size, text);
        assert_true(strlen(text) < size);
    }
    finish(&one, &other);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_loop_on_other_cpus),
        cmocka_unit_test(what_tells_them_apart),
        cmocka_unit_test(other_loops_are_not_compared),
        cmocka_unit_test(a_stopped_one),
        cmocka_unit_test(a_projected_one),
        cmocka_unit_test(failed_tasks),
        cmocka_unit_test(failed_tasks_before_the_stop),
        cmocka_unit_test(a_check_is_no_loop),
        cmocka_unit_test(two_checks),
        cmocka_unit_test(little_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
