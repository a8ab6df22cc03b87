// SPDX-License-Identifier: MIT
#include "ui/pair_half.h"

#include "../experiment/made.h"
#include "experiment/sweep.h"

static const int64_t ms = 1000000;

/* Of several runs with as many workers the picture has the one that the table tells. */
static void a_sweep_shows_the_run_that_its_line_tells(void **state)
{
    static const int64_t parallel_ms[] = {340, 560, 540, 900, 510};
    struct result result;
    struct pair_half half;
    (void)state;
    made_result(&result, "sleep", 40, 4);
    result.plan.command = PLAN_SWEEP;
    result.plan.repeats = 5;
    for (int repeat = 0; repeat < 5; repeat++) {
        made_stage(&result, RESULT_SEQUENTIAL, repeat, 1, (640 + 10 * repeat) * ms);
        made_stage(&result, RESULT_PARALLEL, repeat, 2, 600 * ms);
        made_stage(&result, RESULT_PARALLEL, repeat, 4, parallel_ms[repeat] * ms);
    }
    sweep_compute(&result);
    result.sweep.advice_workers = 4;
    pair_half_init(&half, &result, "sweep.json");
    assert_int_equal(half.outline.workers, 4);
    assert_int_equal(half.outline.parallel_ns / ms, 540);
    assert_int_equal(half.count, 2);
    assert_int_equal(half.strips[0].stage->elapsed_ns / ms, 660);
    assert_int_equal(half.strips[1].stage->workers, 4);
    assert_int_equal(half.strips[1].stage->elapsed_ns / ms, 540);
    assert_string_equal(half.strips[1].time, half.outline.cells[OUTLINE_PARALLEL]);
    result_finish(&result);
}

static void a_sweep_without_a_whole_run_has_one_picture(void **state)
{
    struct result result;
    struct pair_half half;
    (void)state;
    made_result(&result, "sleep", 40, 4);
    result.plan.command = PLAN_SWEEP;
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 640 * ms);
    made_stage(&result, RESULT_PARALLEL, 0, 4, 340 * ms)->complete = false;
    sweep_compute(&result);
    pair_half_init(&half, &result, NULL);
    assert_int_equal(half.count, 1);
    result_finish(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sweep_shows_the_run_that_its_line_tells),
        cmocka_unit_test(a_sweep_without_a_whole_run_has_one_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
