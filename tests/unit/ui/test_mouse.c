// SPDX-License-Identifier: MIT
#include "ui/mouse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ui/keys.h"

static int row, column;

static int read_text(const char *sequence)
{
    row = column = -1;
    return mouse_read(strlen(sequence), sequence, &row, &column);
}

static void a_press_is_a_click(void **state)
{
    (void)state;
    assert_int_equal(read_text("[<0;10;5M"), KEYS_CLICK);
    assert_int_equal(row, 4);
    assert_int_equal(column, 9);
    assert_int_equal(read_text("[<0;1;1M"), KEYS_CLICK);
    assert_int_equal(row, 0);
    assert_int_equal(column, 0);
    assert_int_equal(read_text("[<0;500;300M"), KEYS_CLICK);
    assert_int_equal(column, 499);
}

static void the_wheel_turns(void **state)
{
    (void)state;
    assert_int_equal(read_text("[<64;10;5M"), KEYS_WHEEL_UP);
    assert_int_equal(read_text("[<65;10;5M"), KEYS_WHEEL_DOWN);
}

/* A release, other buttons, a drag, with a key held. */
static void others_are_nothing(void **state)
{
    static const char *const others[] = {"[<0;10;5m", "[<1;10;5M", "[<2;10;5M",
        "[<32;10;5M", "[<35;10;5M", "[<4;10;5M", "[<16;10;5M", "[<66;10;5M", "[<68;10;5M",
        "[<128;10;5M"};
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_int_equal(read_text(others[i]), KEYS_NONE);
}

static void garbage_is_nothing(void **state)
{
    static const char *const garbage[] = {"", "[", "[<", "[<M", "[<0M", "[<0;1M",
        "[<0;1;M", "[<;;M", "[<0;0;5M", "[<0;5;0M", "[<0;-1;5M", "[<0;1;5;M", "[<0;1;5MM",
        "[<0;1;5", "[<0;1;5;7M", "[<0 ;1;5M", "[<0;1;5~", "[<999999;1;1M",
        "[<0;4294967297;1M", "[<0;99999999999999999999;1M", "O<0;1;1M", "[0;1;1M", "[M",
        "[M !", "[M !!!", "[<0;10;5M[<0;10;5M[<0;10;5M[<0;10;5M"};
    (void)state;
    for (size_t i = 0; i < sizeof garbage / sizeof *garbage; i++) {
        assert_int_equal(read_text(garbage[i]), KEYS_NONE);
        assert_int_equal(row, -1);
    }
}

/* A byte each, of 32 and more. */
static void the_old_form_is_read(void **state)
{
    (void)state;
    assert_int_equal(read_text("[M *%"), KEYS_CLICK);
    assert_int_equal(row, 4);
    assert_int_equal(column, 9);
    assert_int_equal(read_text("[M *\377"), KEYS_CLICK);
    assert_int_equal(row, 222);
    assert_int_equal(read_text("[M#*%"), KEYS_NONE);
    assert_int_equal(read_text("[M`*%"), KEYS_WHEEL_UP);
    assert_int_equal(read_text("[Ma*%"), KEYS_WHEEL_DOWN);
    assert_int_equal(read_text("[M *\001"), KEYS_NONE);
    assert_int_equal(mouse_read(5, "[M\0\0\0", &row, &column), KEYS_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_press_is_a_click),
        cmocka_unit_test(the_wheel_turns),
        cmocka_unit_test(others_are_nothing),
        cmocka_unit_test(garbage_is_nothing),
        cmocka_unit_test(the_old_form_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
