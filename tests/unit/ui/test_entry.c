// SPDX-License-Identifier: MIT
#include "ui/entry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <locale.h>
#include <string.h>

#include "ui/keys.h"

enum {
    CTRL_A = 1,
    CTRL_E = 5,
    CTRL_K = 11,
    CTRL_U = 21,
    CTRL_W = 23,
    COMBINING_ACUTE = 0x301
};

static void press(struct entry *entry, int key, const char *text, size_t cursor)
{
    assert_true(entry_obey(entry, key));
    assert_string_equal(entry->text, text);
    assert_int_equal(entry->cursor, cursor);
}

static struct entry holding(const char *text)
{
    struct entry entry;
    entry_set(&entry, text);
    return entry;
}

static void characters_are_put_in_where_the_cursor_is(void **state)
{
    (void)state;
    struct entry entry = holding("");
    press(&entry, 'a', "a", 1);
    press(&entry, 'c', "ac", 2);
    press(&entry, KEYS_LEFT, "ac", 1);
    press(&entry, 'b', "abc", 2);
    press(&entry, ' ', "ab c", 3);
}

static void the_cursor_moves_by_what_the_eye_takes_for_a_character(void **state)
{
    (void)state;
    struct entry entry = holding("a");
    press(&entry, 0xe9, "a\u00e9", 3);         /* of two bytes */
    press(&entry, 0x4e2d, "a\u00e9\u4e2d", 6); /* a wide one, of three */
    press(&entry, 'e', "a\u00e9\u4e2de", 7);   /* a letter, and a mark over it */
    press(&entry, COMBINING_ACUTE, "a\u00e9\u4e2de\u0301", 9);
    press(&entry, KEYS_LEFT, entry.text, 6);
    press(&entry, KEYS_LEFT, entry.text, 3);
    press(&entry, KEYS_LEFT, entry.text, 1);
    press(&entry, KEYS_LEFT, entry.text, 0);
    press(&entry, KEYS_LEFT, entry.text, 0);
    press(&entry, KEYS_END, entry.text, 9);
    press(&entry, KEYS_BACKSPACE, "a\u00e9\u4e2d", 6);
    press(&entry, KEYS_BACKSPACE, "a\u00e9", 3);
    press(&entry, KEYS_HOME, "a\u00e9", 0);
    press(&entry, KEYS_RIGHT, "a\u00e9", 1);
    press(&entry, KEYS_DELETE, "a", 1);
    press(&entry, KEYS_DELETE, "a", 1);
    press(&entry, KEYS_RIGHT, "a", 1);
}

static void control_keys_do_what_they_do_in_a_shell(void **state)
{
    (void)state;
    struct entry entry = holding("python3 prep.py  now");
    press(&entry, CTRL_W, "python3 prep.py  ", 17);
    press(&entry, CTRL_W, "python3 ", 8);
    press(&entry, CTRL_A, "python3 ", 0);
    press(&entry, CTRL_E, "python3 ", 8);
    press(&entry, KEYS_LEFT, "python3 ", 7);
    press(&entry, CTRL_K, "python3", 7);
    press(&entry, KEYS_LEFT, "python3", 6);
    press(&entry, CTRL_U, "", 0); /* all of it, also what is behind the cursor */
    press(&entry, CTRL_U, "", 0);
    press(&entry, '3', "3", 1);
    press(&entry, CTRL_A, "3", 0);
    press(&entry, CTRL_W, "3", 0);
    press(&entry, KEYS_BACKSPACE, "3", 0);
    press(&entry, CTRL_K, "", 0);
}

static void other_keys_are_none_for_a_line(void **state)
{
    (void)state;
    static const int keys[] = {KEYS_ENTER, KEYS_ESCAPE, '\t', KEYS_UP, KEYS_DOWN,
        KEYS_PAGE_UP, KEYS_BACK_TAB, KEYS_CLICK, KEYS_WHEEL_DOWN, KEYS_REPAINT, 0, 0x85};
    struct entry entry = holding("as it was");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_false(entry_obey(&entry, keys[i]));
    assert_string_equal(entry.text, "as it was");
}

/* Neither half a character nor one byte too many, wherever it is put in. */
static void what_has_no_room_is_left_out(void **state)
{
    (void)state;
    struct entry entry = holding("");
    for (int i = 0; i < ENTRY_SIZE - 2; i++)
        assert_true(entry_obey(&entry, 'x'));
    assert_int_equal(strlen(entry.text), ENTRY_SIZE - 2);
    assert_true(entry_obey(&entry, 0xe9));
    assert_int_equal(strlen(entry.text), ENTRY_SIZE - 2);
    assert_true(entry_obey(&entry, KEYS_HOME));
    assert_true(entry_obey(&entry, 'y'));
    assert_true(entry_obey(&entry, 'z'));
    assert_int_equal(strlen(entry.text), ENTRY_SIZE - 1);
    assert_int_equal(entry.text[0], 'y');
    assert_int_equal(entry.cursor, 1);
}

/* From a file that somebody else wrote. */
static void broken_text_is_gone_through_byte_by_byte(void **state)
{
    (void)state;
    struct entry entry = holding("a\xff\xe4"
                                 "b");
    assert_int_equal(entry.cursor, 4);
    press(&entry, KEYS_LEFT,
        "a\xff\xe4"
        "b",
        3);
    press(&entry, KEYS_BACKSPACE,
        "a\xff"
        "b",
        2);
    press(&entry, KEYS_BACKSPACE, "ab", 1);
    press(&entry, KEYS_RIGHT, "ab", 2);
}

int main(void)
{
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_are_put_in_where_the_cursor_is),
        cmocka_unit_test(the_cursor_moves_by_what_the_eye_takes_for_a_character),
        cmocka_unit_test(control_keys_do_what_they_do_in_a_shell),
        cmocka_unit_test(other_keys_are_none_for_a_line),
        cmocka_unit_test(what_has_no_room_is_left_out),
        cmocka_unit_test(broken_text_is_gone_through_byte_by_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
