// SPDX-License-Identifier: MIT
#include "experiment/turns.h"

#include "made.h"

/* A letter for each stage in the order run: its workers, 's' the sequential one, and a
 * blank between the repeats. */
static void assert_turns(const struct plan *plan, const char *expected)
{
    char turns[200] = "";
    int count = turns_count(plan), repeat = 0;
    for (int i = 0; i < count; i++) {
        struct turn turn = turns_at(plan, i);
        assert_int_equal(turn.last, i + 1 == count);
        assert_true(!turn.sequential || turn.workers == 1);
        if (turn.repeat != repeat)
            text_append(sizeof turns, turns, " ");
        repeat = turn.repeat;
        if (turn.sequential)
            text_append(sizeof turns, turns, "s");
        else
            text_append(sizeof turns, turns, "%d", turn.workers);
    }
    assert_string_equal(turns, expected);
}

static void a_run_takes_both_in_turn(void **state)
{
    struct plan plan;
    plan_init(&plan, PLAN_RUN, "empty");
    plan.workers = 3;
    assert_turns(&plan, "s3");
    plan.repeats = 4;
    assert_turns(&plan, "s3 3s s3 3s");
    (void)state;
}

static void a_map_has_no_sequential_stage(void **state)
{
    struct plan plan;
    plan_init(&plan, PLAN_MAP, "empty");
    plan.workers = 3;
    assert_turns(&plan, "3");
    plan.repeats = 2;
    assert_turns(&plan, "3 3");
    (void)state;
}

static void a_sweep_goes_up_and_down(void **state)
{
    struct plan plan;
    struct fault fault = {0};
    plan_init(&plan, PLAN_SWEEP, "empty");
    assert_int_equal(plan_parse_points("1,2,4,8", 2, &plan, &fault), 0);
    assert_turns(&plan, "s248 842s s248");
    plan.repeats = 1;
    assert_int_equal(plan_parse_points("1", 2, &plan, &fault), 0);
    assert_turns(&plan, "s");
    (void)state;
}

/* A digit for each run in the order, 'w' before a warm-up. */
static void assert_programs(const struct plan *plan, const char *expected)
{
    char turns[100] = "";
    for (int i = 0; i < turns_count(plan); i++) {
        struct turn turn = turns_at(plan, i);
        assert_true(turn.sequential && turn.workers == 1);
        assert_int_equal(turn.last, i + 1 == turns_count(plan));
        text_append(sizeof turns, turns, "%s%d.%d ", turn.warmup ? "w" : "", turn.program,
            turn.repeat);
    }
    assert_string_equal(turns, expected);
}

static void programs_are_interleaved(void **state)
{
    struct plan plan;
    plan_init(&plan, PLAN_VERSUS, "");
    plan.program_count = 3;
    assert_programs(&plan, "0.0 1.0 2.0 ");
    plan.repeats = 2;
    plan.warmups = 1; /* the first that counts is the first, however often they warm up */
    assert_programs(&plan, "w0.0 w1.0 w2.0 0.0 1.0 2.0 2.1 1.1 0.1 ");
    plan_init(&plan, PLAN_WATCH, "");
    plan.program_count = 1;
    assert_programs(&plan, "0.0 ");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_takes_both_in_turn),
        cmocka_unit_test(a_map_has_no_sequential_stage),
        cmocka_unit_test(a_sweep_goes_up_and_down),
        cmocka_unit_test(programs_are_interleaved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
