// SPDX-License-Identifier: MIT
#include "ui/digits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_column_stands_between_figures(void **state)
{
    (void)state;
    assert_int_equal(digits_width("", 1), 0);
    assert_int_equal(digits_width("0", 1), 3);
    assert_int_equal(digits_width("12", 1), 7);
    assert_int_equal(digits_width(".", 1), 1);
    assert_int_equal(digits_width("1.97", 1), 13);
    assert_int_equal(digits_width("1.97x", 1), 17);
}

static void all_figures_are_as_wide(void **state)
{
    (void)state;
    for (char digit = '0'; digit <= '9'; digit++)
        assert_int_equal(digits_width((char[]){digit, '\0'}, 1), 3);
}

/* Every letter of them is there: one that is not would be a blank, one column wide. */
static void a_verdict_has_letters(void **state)
{
    (void)state;
    assert_int_equal(digits_width("PASS", 1), 15);
    assert_int_equal(digits_width("FAIL", 1), 13);
    assert_int_equal(digits_width("WARN", 1), 18);
    assert_int_equal(digits_width("INCONCLUSIVE", 1), 45);
    assert_int_equal(digits_width("I", 2), 2);
}

static void a_size_is_a_multiple(void **state)
{
    (void)state;
    for (int scale = 1; scale < 10; scale++)
        assert_int_equal(digits_width("96.8x", scale), scale * digits_width("96.8x", 1));
}

/* The largest one that fits: one more would not, in rows or in columns. */
static void the_size_for_a_room(void **state)
{
    (void)state;
    for (int rows = 0; rows < 60; rows++)
        for (int columns = 0; columns < 200; columns++) {
            int scale = digits_scale("1.97x", rows, columns), more = scale + 1;
            assert_true(scale * DIGITS_ROWS <= rows);
            assert_true(scale == 0 || digits_width("1.97x", scale) <= columns);
            assert_true(
                more * DIGITS_ROWS > rows || digits_width("1.97x", more) > columns);
        }
}

/* In the room of 80x24 and 40x12 they are there, in the other sizes larger. */
static void the_rooms_of_the_screens(void **state)
{
    (void)state;
    assert_int_equal(digits_scale("1.97x", 6, 44), 1);
    assert_int_equal(digits_scale("1.97", 5, 18), 1);
    assert_int_equal(digits_scale("1.97x", 14, 70), 2);
    assert_int_equal(digits_scale("1.97x", 4, 70), 0);
    assert_int_equal(digits_scale("1.97x", 6, 16), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_column_stands_between_figures),
        cmocka_unit_test(all_figures_are_as_wide),
        cmocka_unit_test(a_verdict_has_letters),
        cmocka_unit_test(a_size_is_a_multiple),
        cmocka_unit_test(the_size_for_a_room),
        cmocka_unit_test(the_rooms_of_the_screens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
