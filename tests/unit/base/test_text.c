// SPDX-License-Identifier: MIT
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static const char *const words[] = {
    "factorial", "spin", "empty", "sleep", "--iterations", "--interval"};

static const char *nearest(const char *word)
{
    return text_nearest(word, sizeof words / sizeof *words, words);
}

static void finds_the_word_that_was_meant(void **state)
{
    assert_ptr_equal(nearest("factorial"), words[0]);
    assert_ptr_equal(nearest("factoral"), words[0]);
    assert_ptr_equal(nearest("facotrial"), words[0]);
    assert_ptr_equal(nearest("fatcorail"), words[0]);
    assert_ptr_equal(nearest("fatcoraile"), words[0]);
    assert_null(nearest("fatoxxalie")); /* more than a third is wrong */
    assert_ptr_equal(nearest("spni"), words[1]);
    assert_ptr_equal(nearest("slep"), words[3]);
    assert_ptr_equal(nearest("emtpy"), words[2]);
    assert_ptr_equal(nearest("--iteration"), words[4]);
    assert_ptr_equal(nearest("--intervall"), words[5]);
    (void)state;
}

static void says_nothing_where_nothing_is_near(void **state)
{
    char long_word[200];
    memset(long_word, 'a', sizeof long_word - 1);
    long_word[sizeof long_word - 1] = '\0';
    const char *const long_words[] = {long_word};
    assert_null(nearest("matrix"));
    assert_null(nearest(""));
    assert_null(nearest("x"));
    assert_null(nearest("span it"));
    assert_null(nearest(long_word));
    assert_null(text_nearest("aaaa", 1, long_words));
    assert_null(text_nearest(long_word, 1, long_words));
    assert_null(text_nearest("spin", 0, NULL));
    (void)state;
}

/* Half of a short word is not what was meant. */
static void a_short_word_has_one_letter_wrong_at_most(void **state)
{
    const char *const themes[] = {"default", "light", "contrast", "safe", "mono"};
    assert_null(text_nearest("high", 5, themes));
    assert_null(text_nearest("dark", 5, themes));
    assert_ptr_equal(text_nearest("ligth", 5, themes), themes[1]);
    assert_ptr_equal(text_nearest("moon", 5, themes), themes[4]);
    assert_ptr_equal(text_nearest("save", 5, themes), themes[3]);
    (void)state;
}

static void the_first_of_equally_near_words_counts(void **state)
{
    const char *const pair[] = {"cat", "bat"};
    assert_ptr_equal(text_nearest("rat", 2, pair), pair[0]);
    (void)state;
}

static void words_of_64_letters_are_still_compared(void **state)
{
    char word[65], other[65];
    memset(word, 'a', 64);
    memset(other, 'a', 63);
    word[64] = '\0';
    other[63] = 'b';
    other[64] = '\0';
    const char *const candidates[] = {other};
    assert_ptr_equal(text_nearest(word, 1, candidates), other);
    (void)state;
}

static void copies_what_fits_and_always_ends_it(void **state)
{
    char text[6] = "xxxxx";
    text_copy(sizeof text, text, "abc");
    assert_string_equal(text, "abc");
    text_copy(sizeof text, text, "abcde");
    assert_string_equal(text, "abcde");
    text_copy(sizeof text, text, "abcdefgh");
    assert_string_equal(text, "abcde");
    text_copy(sizeof text, text, "");
    assert_string_equal(text, "");
    text[0] = 'x';
    text_copy(1, text, "abc");
    assert_string_equal(text, "");
    (void)state;
}

static void duplicates_and_formats(void **state)
{
    char *copy = text_duplicate("parfor");
    assert_string_equal(copy, "parfor");
    char *text = text_format("%s-%d%%", copy, 42);
    assert_string_equal(text, "parfor-42%");
    char *empty = text_format("%s", "");
    assert_string_equal(empty, "");
    free(copy);
    free(text);
    free(empty);
    (void)state;
}

static void text_is_appended_until_it_is_full(void **state)
{
    char text[8] = "ab";
    text_append(sizeof text, text, "%d", 34);
    assert_string_equal(text, "ab34");
    text_append(sizeof text, text, "%s", "");
    assert_string_equal(text, "ab34");
    text_append(sizeof text, text, "-%s", "much longer");
    assert_string_equal(text, "ab34-mu");
    text_append(sizeof text, text, "x");
    assert_string_equal(text, "ab34-mu");
    (void)state;
}

static void only_printable_ascii_is_left(void **state)
{
    char text[] = " a~\x1b[31m\n\x7f\xc3\xa4";
    text_make_printable(text);
    assert_string_equal(text, " a~?[31m????");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_word_that_was_meant),
        cmocka_unit_test(says_nothing_where_nothing_is_near),
        cmocka_unit_test(a_short_word_has_one_letter_wrong_at_most),
        cmocka_unit_test(the_first_of_equally_near_words_counts),
        cmocka_unit_test(words_of_64_letters_are_still_compared),
        cmocka_unit_test(copies_what_fits_and_always_ends_it),
        cmocka_unit_test(duplicates_and_formats),
        cmocka_unit_test(text_is_appended_until_it_is_full),
        cmocka_unit_test(only_printable_ascii_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
