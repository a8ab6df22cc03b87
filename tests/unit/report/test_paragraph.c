// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/paragraph.h"

static void assert_printed(int width, const char *text, const char *expected)
{
    char *printed = NULL;
    size_t size;
    FILE *out = open_memstream(&printed, &size);
    assert_non_null(out);
    paragraph_print(out, width, text);
    assert_int_equal(fclose(out), 0);
    assert_string_equal(printed, expected);
    free(printed);
}

static void lines_end_between_words(void **state)
{
    assert_printed(7, "one two three", "one two\nthree\n");
    assert_printed(6, "one two three", "one\ntwo\nthree\n");
    assert_printed(12, "one two three", "one two\nthree\n");
    assert_printed(13, "one two three", "one two three\n");
    (void)state;
}

static void a_longer_word_has_a_line_of_its_own(void **state)
{
    assert_printed(4, "a longer word is", "a\nlonger\nword\nis\n");
    assert_printed(1, "abc d", "abc\nd\n");
    (void)state;
}

static void without_a_width_it_is_one_line(void **state)
{
    assert_printed(0, "one two three", "one two three\n");
    assert_printed(0, "one two\nthree", "one two\nthree\n");
    (void)state;
}

static void a_percent_sign_stays_with_its_number(void **state)
{
    assert_printed(9, "starting 1 %; idle", "starting\n1 %; idle\n");
    assert_printed(10, "starting 1 %; idle", "starting\n1 %; idle\n");
    assert_printed(11, "starting 1 %; idle", "starting\n1 %; idle\n");
    assert_printed(13, "starting 1 %; idle", "starting 1 %;\nidle\n");
    (void)state;
}

static void blanks_between_words_and_newlines_stay(void **state)
{
    assert_printed(20, "  one   two \n three  ", "one   two\nthree\n");
    assert_printed(9, "one   two  three", "one   two\nthree\n");
    assert_printed(8, "one   two", "one\ntwo\n");
    assert_printed(0, " a name  of   blanks ", "a name  of   blanks\n");
    assert_printed(20, "one\n\ntwo\n", "one\ntwo\n");
    assert_printed(20, "", "");
    assert_printed(20, " \n ", "");
    (void)state;
}

static void a_character_is_a_column(void **state)
{
    assert_printed(
        6, "\u00b5\u00b5\u00b5 \u00b5\u00b5 x", "\u00b5\u00b5\u00b5 \u00b5\u00b5\nx\n");
    assert_int_equal(paragraph_columns(4, "\u00b5\u00b5"), 2);
    assert_int_equal(paragraph_columns(0, ""), 0);
    (void)state;
}

/* Text that is not UTF-8. */
static void a_word_without_columns_is_printed_too(void **state)
{
    assert_printed(20, "one \x80\x80 two", "one \x80\x80 two\n");
    assert_printed(20, "\x80 one\n\xbf", "\x80 one\n\xbf\n");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_between_words),
        cmocka_unit_test(a_longer_word_has_a_line_of_its_own),
        cmocka_unit_test(without_a_width_it_is_one_line),
        cmocka_unit_test(a_percent_sign_stays_with_its_number),
        cmocka_unit_test(blanks_between_words_and_newlines_stay),
        cmocka_unit_test(a_character_is_a_column),
        cmocka_unit_test(a_word_without_columns_is_printed_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
