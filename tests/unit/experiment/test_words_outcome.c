// SPDX-License-Identifier: MIT
#include "experiment/words_outcome.h"

#include "made.h"

static void assert_outcome(const struct result *result, const char *expected)
{
    char text[WORDS_OUTCOME_SIZE];
    words_outcome(result, sizeof text, text);
    assert_string_equal(text, expected);
}

static void the_sentence_is_that_of_what_was_reached(void **state)
{
    struct result result;
    made_result(&result, "spin", 10, 2);
    assert_outcome(&result, "Stopped before the first task.");
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 2 * NS_PER_S);
    made_stage(&result, RESULT_PARALLEL, 0, 2, NS_PER_S)->complete = false;
    result.stages[1].done = 4;
    assert_outcome(&result, "2 at a time: 1.00 s, stopped after 4 of 10 tasks.");
    result.comparison.has = true;
    text_copy(sizeof result.comparison.sentence, result.comparison.sentence, "Twice.");
    assert_outcome(&result, "Twice.");
    result.sweep.has = true;
    assert_outcome(&result, "Twice.");
    text_copy(sizeof result.sweep.advice, result.sweep.advice, "Take 2.");
    assert_outcome(&result, "Take 2.");
    result_finish(&result);
    (void)state;
}

static void failures_are_why_there_is_no_speed_up(void **state)
{
    struct result result;
    made_result(&result, "command", 24, 2);
    text_copy(sizeof result.plan.unit, result.plan.unit, "items");
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 2 * NS_PER_S)->failed = 4;
    struct result_stage *last = made_stage(&result, RESULT_PARALLEL, 0, 2, NS_PER_S);
    last->failed = 1;
    result.stages[0].done = 20;
    last->done = 23;
    assert_outcome(&result, "4 of 24 items failed, so no speed-up is given.");
    result.plan.command = PLAN_SWEEP; /* there are points beside it */
    assert_outcome(&result, "2 at a time: 1.00 s.");
    result.plan.command = PLAN_RUN;
    last->complete = false;
    assert_outcome(&result, "2 at a time: 1.00 s, stopped after 23 of 24 items.");
    result_finish(&result);
    (void)state;
}

static void a_map_has_one_sentence_with_items_or_without(void **state)
{
    struct result result;
    made_result(&result, "sleep", 200, 2);
    result.plan.command = PLAN_MAP;
    assert_outcome(&result, "Stopped before the first task.");
    made_stage(&result, RESULT_PARALLEL, 0, 2, 540 * NS_PER_MS)->tasks_ns = NS_PER_S;
    assert_outcome(&result, "200 tasks in 0.54 s, about 1 s one after the other.");
    result_finish(&result);
    made_result(&result, "command", 0, 2);
    result.plan.tells = result.nothing_to_do = true;
    assert_outcome(&result, "There are no items: nothing to do.");
    result_finish(&result);
    (void)state;
}

static void the_account_is_that_of_the_usual_parallel_stage(void **state)
{
    struct result result;
    made_result(&result, "spin", 10, 2);
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 9)->account.total_ns = 9;
    assert_null(words_outcome_account(&result));
    for (int i = 0; i < 3; i++)
        made_stage(&result, RESULT_PARALLEL, i, 2, (3 - i) * NS_PER_S);
    assert_null(words_outcome_account(&result)); /* of no time */
    result.stages[2].account.total_ns = 1;
    assert_ptr_equal(words_outcome_account(&result), &result.stages[2].account);
    for (int i = 1; i < 4; i++)
        result.stages[i].complete = false;
    assert_null(words_outcome_account(&result)); /* the first, which has none */
    result.stages[1].account.total_ns = 1;
    assert_ptr_equal(words_outcome_account(&result), &result.stages[1].account);
    result_finish(&result);
    (void)state;
}

static void a_part_that_counts_has_a_name(void **state)
{
    static const struct words_part parts[] = {{"work", 0.003, 0},
        {"slower than alone", 0.25, 0}, {"idle at the end", 0.004, 0}};
    char text[64];
    assert_true(words_part_label(parts, 0, false, sizeof text, text));
    assert_string_equal(text, "workers work 0 %");
    assert_true(words_part_label(parts, 1, false, sizeof text, text));
    assert_string_equal(text, "slower than alone 25 %");
    assert_true(words_part_label(parts, 1, true, sizeof text, text));
    assert_string_equal(text, "slower 25 %");
    assert_false(words_part_label(parts, 2, false, sizeof text, text));
    (void)state;
}

static void assert_faster(double faster, bool brief, const char *expected)
{
    const struct words_part part = {"work", 0.96, faster};
    char text[64];
    assert_true(words_part_label(&part, 0, brief, sizeof text, text));
    assert_string_equal(text, expected);
}

static void tasks_that_were_faster_than_alone_are_said_to_be(void **state)
{
    assert_faster(0, false, "workers work 96 %");
    assert_faster(0.004, false, "workers work 96 %");
    assert_faster(0.0625, false, "workers work 96 %, 6 % faster than alone");
    assert_faster(0.0625, true, "workers work 96 %, 6 % faster");
    assert_faster(1.4, false, "workers work 96 %, 2.4 times as fast as alone");
    assert_faster(1.4, true, "workers work 96 %, 2.4 times as fast");
    (void)state;
}

static void assert_time(
    int64_t time_ns, int64_t axis_ns, bool exact, const char *expected)
{
    char text[32];
    words_time(time_ns, axis_ns, exact, sizeof text, text);
    assert_string_equal(text, expected);
}

static void times_on_one_axis_have_as_many_figures(void **state)
{
    const int64_t ms = NS_PER_MS, s = NS_PER_S;
    assert_time(24200 * ms, 25 * s, true, "24.2 s");
    assert_time(1234 * ms, 25 * s, true, "1.2 s");
    assert_time(3364 * ms, 4 * s, true, "3.36 s");
    assert_time(3364 * ms, 4 * s, false, "3.4 s");
    assert_time(13 * ms, 20 * ms, true, "13 ms");
    assert_time(200 * s, 250 * s, true, "3 min 20 s");
    assert_time(0, 20 * ms, true, "0.0 s");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sentence_is_that_of_what_was_reached),
        cmocka_unit_test(failures_are_why_there_is_no_speed_up),
        cmocka_unit_test(a_map_has_one_sentence_with_items_or_without),
        cmocka_unit_test(the_account_is_that_of_the_usual_parallel_stage),
        cmocka_unit_test(a_part_that_counts_has_a_name),
        cmocka_unit_test(tasks_that_were_faster_than_alone_are_said_to_be),
        cmocka_unit_test(times_on_one_axis_have_as_many_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
