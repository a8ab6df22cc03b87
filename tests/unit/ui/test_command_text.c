// SPDX-License-Identifier: MIT
#include "ui/command_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>

static void what_fits_is_one_row(void **state)
{
    (void)state;
    static const char text[] = "parfor run factorial -n 15"; /* 26 columns */
    assert_int_equal(command_text_rows(text, 80), 1);
    assert_int_equal(command_text_rows(text, 26), 1);
    assert_int_equal(command_text_rows(text, 25), 2);
    assert_int_equal(command_text_rows("", 25), 0);
}

/* The first row ends before the quotes, for they are longer than the rest of it. */
static void it_is_not_broken_in_quotes(void **state)
{
    (void)state;
    static const char text[] = "parfor map -- sh -c 'one two three four' {}";
    assert_int_equal(command_text_rows(text, 30), 2);
    assert_int_equal(command_text_rows("a \"b c d e f g\" h", 14), 3);
}

/* A word that has no room anywhere is broken all the same, and it ends. */
static void a_long_word_is_broken(void **state)
{
    (void)state;
    assert_int_equal(command_text_rows("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 10), 5);
    for (int columns = -3; columns < 12; columns++)
        assert_true(command_text_rows("a 'b c' \u4e2d\u6587 ddddddddddddd", columns) > 0);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_fits_is_one_row),
        cmocka_unit_test(it_is_not_broken_in_quotes),
        cmocka_unit_test(a_long_word_is_broken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
