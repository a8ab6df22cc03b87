// SPDX-License-Identifier: MIT
#include "model/groups.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void each_has_a_place_where_there_is_room(void **state)
{
    (void)state;
    assert_int_equal(groups_size(8, 8), 1);
    assert_int_equal(groups_size(8, 30), 1);
}

static void groups_are_as_small_as_they_can_be(void **state)
{
    (void)state;
    assert_int_equal(groups_size(64, 32), 2);
    assert_int_equal(groups_size(64, 1), 64);
    assert_int_equal(groups_size(17, 16), 2);
}

static void equal_groups_are_preferred_if_they_are_not_much_larger(void **state)
{
    (void)state;
    assert_int_equal(groups_size(64, 20), 4);
    assert_int_equal(groups_size(4096, 31), 256);
    assert_int_equal(groups_size(97, 20), 5);
}

static void nobody_needs_no_place(void **state)
{
    (void)state;
    assert_int_equal(groups_size(0, 3), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_has_a_place_where_there_is_room),
        cmocka_unit_test(groups_are_as_small_as_they_can_be),
        cmocka_unit_test(equal_groups_are_preferred_if_they_are_not_much_larger),
        cmocka_unit_test(nobody_needs_no_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
