// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/utf8.h"

static void assert_is_text(const char *text, bool expected)
{
    if (utf8_is_text(strlen(text), text) != expected)
        fail_msg("%s text: %s", expected ? "not a" : "a", text);
}

static void what_is_utf_8(void **state)
{
    assert_is_text("", true);
    assert_is_text("plain \x01\x7f", true);
    assert_is_text("größe µ … 🐭", true);
    assert_is_text("\xed\x9f\xbf\xee\x80\x80\xf4\x8f\xbf\xbf", true);
    assert_true(utf8_is_text(3, "gr\xc3") == false);
    (void)state;
}

static void what_is_not(void **state)
{
    assert_is_text("\xff", false);
    assert_is_text("a\x80", false);
    assert_is_text("\xc0\xaf", false); /* longer than need be */
    assert_is_text("\xe0\x9f\xbf", false);
    assert_is_text("\xf0\x8f\xbf\xbf", false);
    assert_is_text("\xed\xa0\x80", false);     /* half of a pair */
    assert_is_text("\xf4\x90\x80\x80", false); /* beyond the last one */
    assert_is_text("\xc3", false);             /* cut off */
    assert_is_text("\xe2\x80", false);
    assert_is_text("\xc3(", false);
    assert_false(utf8_is_text(3, "a\0b"));
    (void)state;
}

static void characters_are_counted_in_bytes(void **state)
{
    assert_int_equal(utf8_character(1, "a"), 1);
    assert_int_equal(utf8_character(2, "\xc2\xb5"), 2);
    assert_int_equal(utf8_character(3, "\xe2\x80\xa6x"), 3);
    assert_int_equal(utf8_character(4, "\xf0\x9f\x90\xad"), 4);
    assert_int_equal(utf8_character(1, "\xc2\xb5"), 0);
    assert_int_equal(utf8_character(3, "\xf0\x9f\x90\xad"), 0);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_utf_8),
        cmocka_unit_test(what_is_not),
        cmocka_unit_test(characters_are_counted_in_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
