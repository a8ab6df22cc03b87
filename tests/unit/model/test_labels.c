// SPDX-License-Identifier: MIT
#include "model/labels.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void labels_stand_where_they_wish_but_for_the_last(void **state)
{
    struct label labels[] = {{0, 10, -1}, {20, 10, -1}, {40, 10, -1}};
    assert_true(labels_spread(3, labels, 100, 2));
    assert_true(labels[0].at == 0);
    assert_true(labels[1].at == 20);
    assert_true(labels[2].at == 90); /* it ends with the row */
    (void)state;
}

static void labels_that_would_meet_move_to_the_right(void **state)
{
    struct label labels[] = {{0, 10, -1}, {5, 10, -1}, {6, 10, -1}, {50, 10, -1}};
    assert_true(labels_spread(4, labels, 100, 2));
    assert_true(labels[1].at == 12);
    assert_true(labels[2].at == 24);
    (void)state;
}

static void labels_that_leave_the_row_move_back(void **state)
{
    struct label labels[] = {{0, 10, -1}, {90, 10, -1}, {95, 10, -1}, {98, 10, -1}};
    assert_true(labels_spread(4, labels, 100, 2));
    assert_true(labels[3].at == 90);
    assert_true(labels[2].at == 78);
    assert_true(labels[1].at == 66);
    assert_true(labels[0].at == 0);
    (void)state;
}

static void labels_that_are_too_many_do_not_fit(void **state)
{
    struct label labels[] = {{0, 10, -1}, {5, 10, -1}, {6, 10, -1}};
    assert_true(labels_spread(3, labels, 34, 2));
    assert_false(labels_spread(3, labels, 33, 2));
    assert_true(labels_spread(0, NULL, 0, 2));
    assert_true(labels_spread(1, labels, 10, 2));
    assert_false(labels_spread(1, labels, 9, 2));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_stand_where_they_wish_but_for_the_last),
        cmocka_unit_test(labels_that_would_meet_move_to_the_right),
        cmocka_unit_test(labels_that_leave_the_row_move_back),
        cmocka_unit_test(labels_that_are_too_many_do_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
