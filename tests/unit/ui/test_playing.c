// SPDX-License-Identifier: MIT
#include "ui/playing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_next(double speed, bool faster, double expected)
{
    double next = playing_next_speed(speed, faster);
    assert_true(next > 0.999 * expected && next < 1.001 * expected);
}

static void speeds_go_by_ones_twos_and_fives(void **state)
{
    (void)state;
    assert_next(1, true, 2);
    assert_next(2, true, 5);
    assert_next(5, true, 10);
    assert_next(100, false, 50);
    assert_next(1, false, 0.5);
    assert_next(0.2, false, 0.1);
}

/* One that was asked for when it began. */
static void another_speed_leads_back_to_them(void **state)
{
    (void)state;
    assert_next(4, true, 5);
    assert_next(4, false, 2);
    assert_next(0.3, true, 0.5);
    assert_next(0.3, false, 0.2);
}

static void they_have_ends(void **state)
{
    (void)state;
    assert_next(PLAYER_SPEED_MAX, true, PLAYER_SPEED_MAX);
    assert_next(PLAYER_SPEED_MAX, false, 500);
    assert_next(0.01, false, 0.01);
    assert_next(0.01, true, 0.02);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(speeds_go_by_ones_twos_and_fives),
        cmocka_unit_test(another_speed_leads_back_to_them),
        cmocka_unit_test(they_have_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
