// SPDX-License-Identifier: MIT
#include "experiment/timeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void without_gaps_it_only_shifts(void **state)
{
    struct timeline timeline = {.start_ns = 1000};
    assert_int_equal(timeline_at(&timeline, 1000), 0);
    assert_int_equal(timeline_at(&timeline, 1001), 1);
    assert_int_equal(timeline_at(&timeline, INT64_C(5000000000000)), 4999999999000);
    assert_int_equal(timeline_suspended_ns(&timeline), 0);
    timeline_finish(&timeline);
    (void)state;
}

static void what_was_before_the_start_is_at_0(void **state)
{
    struct timeline timeline = {.start_ns = 1000};
    assert_int_equal(timeline_at(&timeline, 999), 0);
    assert_int_equal(timeline_at(&timeline, 0), 0);
    timeline_finish(&timeline);
    (void)state;
}

static void a_gap_is_taken_out_of_what_comes_after_it(void **state)
{
    struct timeline timeline = {.start_ns = 1000};
    timeline_suspend(&timeline, 1100, 1500);
    assert_int_equal(timeline_at(&timeline, 1000), 0);
    assert_int_equal(timeline_at(&timeline, 1099), 99);
    assert_int_equal(timeline_at(&timeline, 1100), 100);
    assert_int_equal(timeline_at(&timeline, 1101), 100);
    assert_int_equal(timeline_at(&timeline, 1300), 100);
    assert_int_equal(timeline_at(&timeline, 1500), 100);
    assert_int_equal(timeline_at(&timeline, 1501), 101);
    assert_int_equal(timeline_at(&timeline, 2500), 1100);
    assert_int_equal(timeline_suspended_ns(&timeline), 400);
    timeline_finish(&timeline);
    (void)state;
}

static void several_gaps_add_up(void **state)
{
    struct timeline timeline = {.start_ns = 0};
    for (int i = 0; i < 100; i++)
        timeline_suspend(&timeline, 10 + 100 * i, 60 + 100 * i);
    assert_int_equal(timeline.gap_count, 100);
    assert_int_equal(timeline_suspended_ns(&timeline), 5000);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(timeline_at(&timeline, 100 * i), 50 * i);
        assert_int_equal(timeline_at(&timeline, 100 * i + 30), 50 * i + 10);
        assert_int_equal(timeline_at(&timeline, 100 * i + 99), 50 * i + 49);
    }
    assert_int_equal(timeline_at(&timeline, 20000), 15000);
    timeline_finish(&timeline);
    assert_int_equal(timeline.gap_count, 0);
    assert_null(timeline.gaps);
    timeline_finish(&timeline);
    (void)state;
}

static void times_never_run_backwards(void **state)
{
    struct timeline timeline = {.start_ns = 500};
    timeline_suspend(&timeline, 600, 700);
    timeline_suspend(&timeline, 700, 800); /* at once again */
    timeline_suspend(&timeline, 900, 900); /* for no time at all */
    int64_t before_ns = 0;
    for (int64_t stamp_ns = 0; stamp_ns < 1200; stamp_ns++) {
        int64_t at_ns = timeline_at(&timeline, stamp_ns);
        assert_in_range(at_ns - before_ns, 0, 1);
        before_ns = at_ns;
    }
    assert_int_equal(timeline_at(&timeline, 1000), 300);
    timeline_finish(&timeline);
    (void)state;
}

/* A sequential stage starts with its first task, which may begin after a suspension. */
static void a_gap_before_the_start_takes_nothing_out(void **state)
{
    struct timeline timeline = {.start_ns = 1000};
    timeline_suspend(&timeline, 100, 900);
    assert_int_equal(timeline_at(&timeline, 1000), 0);
    assert_int_equal(timeline_at(&timeline, 1500), 500);
    assert_int_equal(timeline_suspended_ns(&timeline), 0);
    timeline_suspend(&timeline, 1600, 1700);
    assert_int_equal(timeline_at(&timeline, 2000), 900);
    assert_int_equal(timeline_suspended_ns(&timeline), 100);
    timeline.start_ns = 1650; /* it began within one */
    assert_int_equal(timeline_at(&timeline, 1650), 0);
    assert_int_equal(timeline_at(&timeline, 1800), 100);
    assert_int_equal(timeline_suspended_ns(&timeline), 50);
    timeline_finish(&timeline);
    (void)state;
}

/* What is cut is no suspension, and none is counted twice. */
static void a_cut_takes_out_what_suspensions_leave_of_it(void **state)
{
    struct timeline timeline = {.start_ns = 1000};
    timeline_suspend(&timeline, 1050, 1150); /* reaches into it */
    timeline_suspend(&timeline, 1300, 1400);
    timeline_suspend(&timeline, 1400, 1450);
    assert_int_equal(timeline_cut(&timeline, 1100, 1600), 500 - 50 - 150);
    assert_int_equal(timeline_suspended_ns(&timeline), 250);
    for (int64_t stamp_ns = 1050; stamp_ns <= 1600; stamp_ns++)
        assert_int_equal(timeline_at(&timeline, stamp_ns), 50);
    assert_int_equal(timeline_at(&timeline, 1700), 150);
    timeline_suspend(&timeline, 1700, 1800);
    assert_int_equal(timeline_at(&timeline, 1900), 250);
    assert_int_equal(timeline_suspended_ns(&timeline), 350);
    timeline.start_ns = 1650;
    assert_int_equal(timeline_at(&timeline, 1900), 150);
    assert_int_equal(timeline_suspended_ns(&timeline), 100);
    timeline_finish(&timeline);
    (void)state;
}

static void a_cut_may_be_all_there_is_or_nothing(void **state)
{
    struct timeline timeline = {.start_ns = 0};
    assert_int_equal(timeline_cut(&timeline, 10, 10), 0);
    assert_int_equal(timeline.gap_count, 0);
    assert_int_equal(timeline_cut(&timeline, 10, 30), 20);
    assert_int_equal(timeline_at(&timeline, 40), 20);
    assert_int_equal(timeline_suspended_ns(&timeline), 0);
    timeline_suspend(&timeline, 50, 90);
    assert_int_equal(timeline_cut(&timeline, 60, 80), 0); /* in a suspension */
    assert_int_equal(timeline_at(&timeline, 100), 40);
    timeline_finish(&timeline);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_gaps_it_only_shifts),
        cmocka_unit_test(what_was_before_the_start_is_at_0),
        cmocka_unit_test(a_gap_is_taken_out_of_what_comes_after_it),
        cmocka_unit_test(several_gaps_add_up),
        cmocka_unit_test(times_never_run_backwards),
        cmocka_unit_test(a_gap_before_the_start_takes_nothing_out),
        cmocka_unit_test(a_cut_takes_out_what_suspensions_leave_of_it),
        cmocka_unit_test(a_cut_may_be_all_there_is_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
