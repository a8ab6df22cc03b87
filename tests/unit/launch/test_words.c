// SPDX-License-Identifier: MIT
/* Words are cut as a shell cuts them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "launch/launch_words.h"

/* The words, with a bar between; a pattern has an asterisk behind it. */
static void assert_words(const char *line, const char *expected)
{
    struct launch_words words;
    struct bytes text = {0};
    launch_words_split(line, &words);
    for (size_t i = 0; i < words.count; i++) {
        bytes_add_text(&text, i > 0 ? "|" : "");
        bytes_add_text(&text, words.list[i].text);
        bytes_add_text(&text, words.list[i].pattern ? "*" : "");
    }
    bytes_add(&text, 1, "");
    assert_string_equal(text.data, expected);
    assert_false(words.open);
    bytes_finish(&text);
    launch_words_finish(&words);
}

static void assert_special(const char *line, char special, bool open)
{
    struct launch_words words;
    launch_words_split(line, &words);
    assert_int_equal(words.special, special);
    assert_int_equal(words.open, open);
    launch_words_finish(&words);
}

static void words_are_cut(void **state)
{
    (void)state;
    assert_words("", "");
    assert_words("  ", "");
    assert_words(" a  b\tc ", "a|b|c");
    assert_words("'a b' \"c d\" e\\ f", "a b|c d|e f");
    assert_words("''", "");
    assert_words("a '' b", "a||b");
    assert_words("it\\'s 'it'\\''s' \"it's\"", "it's|it's|it's");
    assert_words("\"a\\\"b\\\\c\\d\"", "a\"b\\c\\d");
    assert_words("pre'mid'\"post\"", "premidpost");
    assert_words("{} {/.} a#b", "{}|{/.}|a#b");
}

static void a_word_that_no_line_shows_comes_back(void **state)
{
    static const char *const words[] = {"a\tb", "bad\xff\xfe", "it's\n\\",
        "\x1b"
        "1\xc3\xa9",
        "\xc2\x9b*"};
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct bytes line = {0};
        launch_words_quote(words[i], &line);
        bytes_add(&line, 1, "");
        assert_memory_equal(line.data, "$'", 2);
        assert_words(line.data, words[i]);
        assert_special(line.data, '\0', false);
        bytes_finish(&line);
    }
    assert_words("$'a\\'b'c", "a'bc");
    assert_special("$'\\x41'", '$', false); /* the shell knows more than are written */
    assert_special("$'\\000'", '$', false);
    assert_special("$'a", '\0', true);
    assert_special("$'a\\", '$', true);
}

static void patterns_are_known(void **state)
{
    (void)state;
    assert_words("*.h5 a?b [ab]", "*.h5*|a?b*|[ab]*");
    assert_words("'*'.h5 \\* \"?\"", "*.h5|*|?");
    assert_words("~/x a~b", "~/x*|a~b");
    struct launch_words words;
    launch_words_split("'[a]'*\\?", &words);
    assert_string_equal(words.list[0].pattern, "\\[a\\]*\\?");
    launch_words_finish(&words);
}

static void what_is_the_shells_is_known(void **state)
{
    static const char specials[] = "|&;<>()$`";
    (void)state;
    for (const char *c = specials; *c; c++) {
        char bare[] = "a?b", quoted[] = "'a?b'", escaped[] = "a\\?b";
        bare[1] = quoted[2] = escaped[2] = *c;
        assert_special(bare, *c, false);
        assert_special(quoted, '\0', false);
        assert_special(escaped, '\0', false);
    }
    assert_special("\"$x\"", '$', false);
    assert_special("\"\\$x\"", '\0', false);
    assert_special("a # b", '#', false);
    assert_special("{a,b}", '{', false);
    assert_special("{1..3}", '{', false);
    assert_special("{} {/} {a}", '\0', false);
    assert_special("'a", '\0', true);
    assert_special("\"a", '\0', true);
    assert_special("a\\", '\0', true);
    assert_special("\"a\\", '\0', true);
}

static void a_shell_is_needed_for_some(void **state)
{
    static const char *const needed[] = {"a | b", "*.c", "A=1 b", "~/x"};
    static const char *const others[] = {"a b", "'*.c'", "'A=1' b", "a B=1", "1A=2"};
    struct launch_words words;
    (void)state;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        launch_words_split(needed[i], &words);
        assert_true(launch_words_need_shell(&words));
        launch_words_finish(&words);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        launch_words_split(others[i], &words);
        assert_false(launch_words_need_shell(&words));
        launch_words_finish(&words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_cut),
        cmocka_unit_test(a_word_that_no_line_shows_comes_back),
        cmocka_unit_test(patterns_are_known),
        cmocka_unit_test(what_is_the_shells_is_known),
        cmocka_unit_test(a_shell_is_needed_for_some),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
