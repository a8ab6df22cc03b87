// SPDX-License-Identifier: MIT
#include "experiment/projection.h"

#include "experiment/comparison.h"
#include "experiment/sentence.h"
#include "made.h"

static void the_rest_is_like_what_was_done(void **state)
{
    struct result_stage stage = {.elapsed_ns = 7000, .prepare_ns = 1000, .done = 6};
    char text[64];
    struct plan plan = {.iterations = 300};
    (void)state;
    projection_describe(&plan, &stage, sizeof text, text);
    assert_string_equal(text, "");
    projection_apply(&stage, 300);
    assert_true(stage.projected && stage.complete);
    assert_int_equal(stage.elapsed_ns, 1000 + 300 * 1000);
    assert_int_equal(stage.measured_ns, 7000);
    assert_int_equal(result_measured_ns(&stage), 7000);
    projection_describe(&plan, &stage, sizeof text, text);
    assert_string_equal(text, "projected from 6 of 300");
}

static void nothing_and_everything_are_no_part(void **state)
{
    struct result_stage none = {.elapsed_ns = 7000};
    struct result_stage all = {.elapsed_ns = 7000, .done = 4, .failed = 1};
    (void)state;
    projection_apply(&none, 5);
    projection_apply(&all, 5);
    assert_false(none.projected || none.complete || all.projected);
    assert_int_equal(none.elapsed_ns, 7000);
    assert_int_equal(result_measured_ns(&all), 7000);
}

/* The account is of the part, the speed-up of the whole. */
static void a_comparison_is_with_the_whole(void **state)
{
    struct result result;
    (void)state;
    made_result(&result, "command", 100, 2);
    result.plan.tells = result.plan.commands = true;
    struct result_stage *stage =
        made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 10 * NS_PER_S);
    stage->done = 10;
    projection_apply(stage, 100);
    made_stage(&result, RESULT_PARALLEL, 0, 2, 50 * NS_PER_S);
    comparison_account(&result);
    comparison_compute(&result);
    sentence_write(&result);
    assert_int_equal(result.stages[0].account.total_ns, 10 * NS_PER_S);
    assert_int_equal(result.stages[0].account.useful_ns, 10 * NS_PER_S);
    assert_int_equal(result.stages[1].account.useful_ns, 100 * NS_PER_S);
    assert_true(result.comparison.has);
    assert_true(result.comparison.speedup > 1.99 && result.comparison.speedup < 2.01);
    assert_string_equal(result.comparison.sentence,
        "2.00 times as fast on 2 CPUs (projected from 10 of 100): nearly all there is to "
        "get (2.00).");
    result_finish(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rest_is_like_what_was_done),
        cmocka_unit_test(nothing_and_everything_are_no_part),
        cmocka_unit_test(a_comparison_is_with_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
