// SPDX-License-Identifier: MIT
/* What is typed comes in as it is, key by key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal.h"

enum { PASTED = 5000, STILL_MS = 50 };

static struct terminal *start(const char *locale)
{
    const char *argv[] = {getenv("PARFOR_KEYBOARD_SCENE"), NULL};
    assert_non_null(argv[0]);
    struct terminal *terminal =
        terminal_start(&(struct terminal_setup){.argv = argv, .locale = locale});
    terminal_expect(terminal, "0 keys: so far");
    return terminal;
}

static void leave(struct terminal *terminal)
{
    terminal_type(terminal, "q");
    terminal_expect_exit(terminal, 0);
    terminal_destroy(terminal);
}

static void expect_typed(const char *typed, const char *expected)
{
    struct terminal *terminal = start(NULL);
    terminal_type(terminal, typed);
    terminal_expect(terminal, expected);
    leave(terminal);
}

/* Each character is one key, its code point, also one with the number of a key that
 * ncurses has a name for (U+0102). */
static void test_characters(void **state)
{
    (void)state;
    expect_typed("a1 ", "3 keys: 61 31 20 so far");
    expect_typed("äß", "2 keys: e4 df so far");
    expect_typed("ĂāƁ", "3 keys: 102 101 181 so far");
    expect_typed("日本😀", "3 keys: 65e5 672c 1f600 so far");
    expect_typed("e\314\201", "2 keys: 65 301 so far");
}

static void test_broken_characters(void **state)
{
    (void)state;
    expect_typed("\377a\376b", "2 keys: 61 62 so far");
    expect_typed("\303a\303\303\244b", "3 keys: 61 e4 62 so far");
    expect_typed("\342\202\033[Aa", "2 keys: 110000 61 so far");
}

static void test_characters_in_parts(void **state)
{
    static const char *const parts[] = {"\360", "\237", "\230", "\200"};
    struct terminal *terminal = start(NULL);
    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        terminal_type(terminal, parts[i]);
        terminal_read_for(terminal, STILL_MS);
    }
    terminal_type(terminal, "a");
    terminal_expect(terminal, "2 keys: 1f600 61 so far");
    leave(terminal);
}

/* Keys that are none, by name: keys.h. */
static void test_named_keys(void **state)
{
    static const struct {
        enum terminal_key key;
        const char *expected;
    } keys[] = {{TERMINAL_UP, "110000"}, {TERMINAL_DOWN, "110001"},
        {TERMINAL_LEFT, "110002"}, {TERMINAL_RIGHT, "110003"},
        {TERMINAL_PAGE_UP, "110004"}, {TERMINAL_PAGE_DOWN, "110005"},
        {TERMINAL_HOME, "110006"}, {TERMINAL_END, "110007"},
        {TERMINAL_BACKSPACE, "110008"}, {TERMINAL_DELETE, "110009"},
        {TERMINAL_BACK_TAB, "11000a"}, {TERMINAL_ENTER, "a"}, {TERMINAL_TAB, "9"},
        {TERMINAL_ESCAPE, "1b"}};
    struct terminal *terminal = start(NULL);
    char expected[50];
    (void)state;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        terminal_press(terminal, keys[i].key);
        snprintf(expected, sizeof expected, "%s so far", keys[i].expected);
        terminal_expect(terminal, expected);
        snprintf(expected, sizeof expected, "%zu keys:", i + 1);
        terminal_expect(terminal, expected);
    }
    leave(terminal);
}

/* What nobody knows is no key, and takes none with it. */
static void test_sequences(void **state)
{
    (void)state;
    expect_typed("\033[200~ab\033[201~", "2 keys: 61 62 so far");
    expect_typed("\033[1;5Ca", "1 keys: 61 so far");
    expect_typed("\033[99;99;99ua\033OXb", "2 keys: 61 62 so far");
    expect_typed("\033[<65;3;3M\033[<64;3;3Ma", "3 keys: 11000d 11000c 61 so far");
    expect_typed("\033[<65;\033[<64;3;3M", "1 keys: 11000c so far");
}

/* All of it, in its order, also where it is more than a terminal holds at once. */
static void test_paste(void **state)
{
    char paste[PASTED * 2 + 1], *end = paste;
    struct terminal *terminal = start(NULL);
    (void)state;
    for (int i = 0; i < PASTED; i++)
        end = stpcpy(end, i % 5 == 4 ? "ö" : "o");
    terminal_type(terminal, paste);
    terminal_expect(terminal, "5000 keys: 6f 6f f6 6f 6f 6f 6f f6 so far");
    leave(terminal);
}

/* Without a locale there are no such characters. */
static void test_no_locale(void **state)
{
    struct terminal *terminal = start("C");
    (void)state;
    terminal_type(terminal, "äa");
    terminal_expect(terminal, " 61 so far");
    leave(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_broken_characters),
        cmocka_unit_test(test_characters_in_parts),
        cmocka_unit_test(test_named_keys),
        cmocka_unit_test(test_sequences),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_no_locale),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
