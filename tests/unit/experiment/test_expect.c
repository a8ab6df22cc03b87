// SPDX-License-Identifier: MIT
#include "experiment/expect.h"

#include <math.h>

#include "base/clock.h"
#include "made.h"

static void before_the_sequential_stage_it_comes_from_a_task(void **state)
{
    struct result result;
    made_result(&result, "sleep", 100, 4);
    result.plan.host_cpus = 4;
    assert_int_equal(expect_stage_ns(&result, RESULT_SEQUENTIAL, 1, 0), 0);
    assert_int_equal(expect_stage_ns(&result, RESULT_SEQUENTIAL, 1, 50), 5000);
    assert_int_equal(expect_stage_ns(&result, RESULT_PARALLEL, 2, 50), 2500);
    assert_int_equal(expect_stage_ns(&result, RESULT_PARALLEL, 8, 50), 1250);
    result_finish(&result);
    (void)state;
}

static void a_parallel_stage_is_an_even_part_of_the_sequential_one(void **state)
{
    struct result result;
    made_result(&result, "spin", 100, 4);
    result.plan.host_cpus = 1.5;
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 6000);
    assert_int_equal(expect_stage_ns(&result, RESULT_SEQUENTIAL, 1, 50), 6000);
    assert_int_equal(expect_stage_ns(&result, RESULT_PARALLEL, 1, 50), 6000);
    assert_int_equal(expect_stage_ns(&result, RESULT_PARALLEL, 4, 50), 4000);
    result.stages[0].complete = false;
    assert_int_equal(expect_stage_ns(&result, RESULT_SEQUENTIAL, 1, 50), 5000);
    result_finish(&result);
    (void)state;
}

static void tasks_that_wait_do_so_together(void **state)
{
    struct result result;
    made_result(&result, "sleep", 100, 2);
    result.plan.host_cpus = 2;
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 6000)->cpu_ns = 100;
    assert_int_equal(expect_stage_ns(&result, RESULT_PARALLEL, 40, 0), 150);
    result_finish(&result);
    (void)state;
}

static void a_projected_stage_is_whole(void **state)
{
    struct result result;
    made_result(&result, "command", 100, 2);
    result.plan.host_cpus = 2;
    struct result_stage *stage = made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 6000);
    stage->projected = true;
    stage->measured_ns = stage->cpu_ns = 600; /* it computed all that time */
    assert_int_equal(expect_stage_ns(&result, RESULT_PARALLEL, 40, 0), 3000);
    result_finish(&result);
    (void)state;
}

/* A file may say of a loop that more than all of it is serial. */
static void what_makes_no_sense_has_bounds(void **state)
{
    struct result result;
    made_result(&result, "serial", 100, 2);
    result.plan.size = 100;
    assert_int_equal(expect_stage_ns(&result, RESULT_SEQUENTIAL, 1, 0), 0);
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 1000000000 * NS_PER_S);
    result.plan.size = 1000000000;
    result.plan.host_cpus = 2;
    int64_t expected_ns = expect_stage_ns(&result, RESULT_PARALLEL, 2, 0);
    assert_int_equal(expected_ns, 1000000000 * NS_PER_S);
    assert_int_equal(expect_bounded_ns(NAN), 0);
    assert_int_equal(expect_bounded_ns(-1), 0);
    result_finish(&result);
    (void)state;
}

static void items_tell_what_is_left(void **state)
{
    struct result result;
    made_result(&result, "command", 0, 2);
    struct scene_items items = {
        .whole = true, .total = 10, .running = 2, .workers = 2, .slack_ns = 50};
    struct scene scene = {.result = &result,
        .phase = SCENE_RUNNING,
        .stage = -1,
        .elapsed_ns = 300,
        .expected_ns = 7,
        .items = &items};
    assert_int_equal(expect_whole_ns(&scene), 7);
    scene.done = items.ended = 4; /* six are left, two of them under way */
    items.ended_ns = 400;
    assert_int_equal(expect_whole_ns(&scene), 7); /* these have all failed */
    items.ended_well = 1;
    assert_int_equal(expect_whole_ns(&scene), 300 + (4 * 100 + 50) / 2);
    items.before = 4; /* the last two are */
    assert_int_equal(expect_whole_ns(&scene), 300 + 50 / 2);
    items.whole = false;
    assert_int_equal(expect_whole_ns(&scene), 7);
    result_finish(&result);
    (void)state;
}

static void what_was_measured_is_expected_again(void **state)
{
    struct result result;
    made_result(&result, "spin", 100, 2);
    result.plan.host_cpus = 2;
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 6000);
    made_stage(&result, RESULT_PARALLEL, 0, 2, 3300);
    made_stage(&result, RESULT_PARALLEL, 0, 4, 3500);
    assert_int_equal(expect_stage_ns(&result, RESULT_PARALLEL, 2, 0), 3300);
    assert_int_equal(expect_stage_ns(&result, RESULT_PARALLEL, 4, 0), 3500);
    assert_int_equal(expect_stage_ns(&result, RESULT_PARALLEL, 8, 0), 3000);
    result.stages[1].complete = false;
    assert_int_equal(expect_stage_ns(&result, RESULT_PARALLEL, 2, 0), 3000);
    result_finish(&result);
    (void)state;
}

/* "serial" of size 20: a fifth of the work is one worker's. */
static void a_serial_share_takes_as_long_as_ever(void **state)
{
    struct result result;
    made_result(&result, "serial", 100, 4);
    result.plan.size = 20;
    result.plan.host_cpus = 4;
    assert_int_equal(expect_stage_ns(&result, RESULT_SEQUENTIAL, 1, 80), 10000);
    assert_int_equal(expect_stage_ns(&result, RESULT_PARALLEL, 4, 80), 4000);
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 6000)->cpu_ns = 4800;
    assert_int_equal(expect_stage_ns(&result, RESULT_PARALLEL, 4, 80), 2400);
    result_finish(&result);
    (void)state;
}

static void the_whole_is_at_the_speed_so_far(void **state)
{
    struct result result;
    made_result(&result, "sleep", 100, 2);
    struct scene scene = {.result = &result, .elapsed_ns = 3000};
    assert_int_equal(expect_whole_ns(&scene), 0);
    scene.expected_ns = 7000;
    assert_int_equal(expect_whole_ns(&scene), 7000);
    scene.done = 20;
    scene.failed = 10;
    assert_int_equal(expect_whole_ns(&scene), 10000);
    result.plan.iterations = INT64_MAX;
    assert_int_equal(expect_whole_ns(&scene), INT64_MAX);
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_the_sequential_stage_it_comes_from_a_task),
        cmocka_unit_test(a_parallel_stage_is_an_even_part_of_the_sequential_one),
        cmocka_unit_test(tasks_that_wait_do_so_together),
        cmocka_unit_test(a_projected_stage_is_whole),
        cmocka_unit_test(what_makes_no_sense_has_bounds),
        cmocka_unit_test(items_tell_what_is_left),
        cmocka_unit_test(what_was_measured_is_expected_again),
        cmocka_unit_test(a_serial_share_takes_as_long_as_ever),
        cmocka_unit_test(the_whole_is_at_the_speed_so_far),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
