// SPDX-License-Identifier: MIT
#include "ui/name_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ui/keys.h"

static const char *const endings[] = {".json", ".trace.json", ".svg", NULL};

static struct entry holding(const char *text)
{
    struct entry name;
    entry_set(&name, text);
    name.selected = false; /* as if it had been typed */
    return name;
}

static void press(struct entry *name, int key, const char *text, size_t cursor)
{
    assert_int_equal(name_line_obey(name, endings, key), NAME_LINE_OPEN);
    assert_string_equal(name->text, text);
    assert_int_equal(name->cursor, cursor);
}

static void it_is_typed_until_enter_or_escape(void **state)
{
    struct entry name = holding("a");
    (void)state;
    press(&name, 'q', "aq", 2);
    press(&name, KEYS_BACKSPACE, "a", 1);
    press(&name, KEYS_UP, "a", 1);
    assert_int_equal(name_line_obey(&name, endings, KEYS_ENTER), NAME_LINE_ENTERED);
    assert_int_equal(name_line_obey(&name, endings, KEYS_ESCAPE), NAME_LINE_LEFT);
    assert_string_equal(name.text, "a");
    press(&name, KEYS_BACKSPACE, "", 0);
    assert_int_equal(name_line_obey(&name, endings, KEYS_ENTER), NAME_LINE_LEFT);
}

/* The first character takes its place; other keys change it.  So it is again with one
 * that was entered. */
static void what_is_proposed_is_selected(void **state)
{
    struct entry name;
    (void)state;
    entry_set(&name, "nope.json");
    press(&name, 'a', "a", 1);
    press(&name, 'b', "ab", 2);
    assert_int_equal(name_line_obey(&name, endings, KEYS_ENTER), NAME_LINE_ENTERED);
    press(&name, '\t', "ab.json", 7);
    press(&name, 'c', "c", 1);
    entry_set(&name, "nope.json");
    press(&name, KEYS_BACKSPACE, "nope.jso", 8);
    press(&name, 'x', "nope.jsox", 9);
    entry_set(&name, "nope.json");
    press(&name, KEYS_DELETE, "", 0);
}

static void tab_goes_through_the_endings_and_back(void **state)
{
    struct entry name = holding("a.json");
    (void)state;
    press(&name, '\t', "a.trace.json", 12);
    press(&name, '\t', "a.svg", 5);
    press(&name, '\t', "a.json", 6);
    press(&name, KEYS_BACK_TAB, "a.svg", 5);
    press(&name, KEYS_BACK_TAB, "a.trace.json", 12);
}

static void the_cursor_stays_in_what_stays(void **state)
{
    struct entry name = holding("a.svg");
    (void)state;
    press(&name, KEYS_HOME, "a.svg", 0);
    press(&name, 'b', "ba.svg", 1);
    press(&name, '\t', "ba.json", 1);
    press(&name, '\t', "ba.trace.json", 1);
    name.cursor = 10; /* in what goes */
    press(&name, '\t', "ba.svg", 6);
}

static void without_endings_tab_does_nothing(void **state)
{
    static const char *const none[] = {NULL};
    struct entry name = holding("a.json"), before = name;
    (void)state;
    assert_int_equal(name_line_obey(&name, NULL, '\t'), NAME_LINE_OPEN);
    assert_int_equal(name_line_obey(&name, NULL, KEYS_BACK_TAB), NAME_LINE_OPEN);
    assert_int_equal(name_line_obey(&name, none, '\t'), NAME_LINE_OPEN);
    assert_memory_equal(&name, &before, sizeof name);
}

/* The longest there can be. */
static void a_long_name_stays_whole(void **state)
{
    char text[ENTRY_SIZE];
    (void)state;
    memset(text, 'a', sizeof text);
    strcpy(text + sizeof text - sizeof ".svg", ".svg");
    struct entry name = holding(text);
    press(&name, '\t', text, sizeof text - 1);
    press(&name, KEYS_BACK_TAB, text, sizeof text - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_typed_until_enter_or_escape),
        cmocka_unit_test(what_is_proposed_is_selected),
        cmocka_unit_test(tab_goes_through_the_endings_and_back),
        cmocka_unit_test(the_cursor_stays_in_what_stays),
        cmocka_unit_test(without_endings_tab_does_nothing),
        cmocka_unit_test(a_long_name_stays_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
