// SPDX-License-Identifier: MIT
/* parfor alone in a terminal: the form, runs from it, their results, what is remembered.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sitting.h"

#define DOWN "\033[B"

static void it_begins_with_the_article(void **state)
{
    (void)state;
    struct terminal *terminal = sitting_start(80, 24);
    terminal_expect(terminal, SITTING_TITLE);
    terminal_expect(terminal, "> what");
    terminal_expect(terminal, "parfor run factorial -s 1000000 -n 15");
    terminal_expect(terminal, "No results yet");
    sitting_leave(terminal);
}

static void presets_fill_in_the_form(void **state)
{
    (void)state;
    struct terminal *terminal = sitting_start(80, 24);
    terminal_expect_quiet(terminal);
    char *before = terminal_text(terminal);
    terminal_type(terminal, " ");
    terminal_expect_gone(terminal, "the article's loop");
    terminal_expect_gone(terminal, "-s 1000000 -n 15");
    terminal_type(terminal, "h");
    terminal_expect(terminal, "parfor run factorial -s 1000000 -n 15");
    terminal_expect_quiet(terminal);
    char *after = terminal_text(terminal);
    assert_string_equal(after, before);
    free(before);
    free(after);
    sitting_leave(terminal);
}

/* As one types, in the words of the command line; and then it is not run. */
static void what_cannot_be_run_is_refused(void **state)
{
    (void)state;
    struct terminal *terminal = sitting_start(80, 24);
    terminal_type(terminal, DOWN DOWN DOWN DOWN "0");
    terminal_expect(terminal, "> tasks");
    terminal_expect(terminal, "!");
    terminal_expect(terminal, "Cannot run like this");
    terminal_type(terminal, "\t\r");
    terminal_expect(terminal, "Cannot run yet. tasks:");
    terminal_expect(terminal, "> tasks");
    terminal_type(terminal, "15");
    terminal_expect_gone(terminal, "Cannot run");
    terminal_expect(terminal, "-n 15");
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect(terminal, "q quit");
    sitting_leave(terminal);
}

static void a_run_comes_back_to_the_form(void **state)
{
    (void)state;
    struct terminal *terminal = sitting_start_with_sleep();
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, SITTING_TITLE);
    terminal_expect(terminal, "sleep");
    terminal_expect_gone(terminal, "No results yet");
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, SITTING_TITLE);
    terminal_type(terminal, "g\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, SITTING_TITLE);
    terminal_type(terminal, "b");
    terminal_expect_gone(terminal, SITTING_TITLE);
    terminal_type(terminal, "q");
    terminal_expect(terminal, SITTING_TITLE);
    terminal_type(terminal, "q");
    terminal_expect(terminal, "2 results are not saved. q leaves, any other key stays");
    terminal_type(terminal, "x");
    terminal_expect_gone(terminal, "not saved");
    sitting_leave_unsaved(terminal, "2 results are not saved.");
}

/* Back from a run that was begun while a text was typed, letters are keys. */
static void letters_are_keys_after_a_run(void **state)
{
    (void)state;
    sitting_remember("{\"schema\": \"parfor-state/1\", \"command_line\": "
                     "\"parfor run -j 2 -- true ::: 1 2 3\"}\n");
    struct terminal *terminal = sitting_start(90, 30);
    terminal_expect(terminal, "parfor run -j 2 -- true ::: 1 2 3");
    for (int i = 0; i < 20 && !terminal_shows(terminal, "> items "); i++) {
        terminal_press(terminal, TERMINAL_DOWN);
        terminal_expect_quiet(terminal);
    }
    terminal_press(terminal, TERMINAL_END);
    terminal_type(terminal, " q g");
    terminal_expect(terminal, "parfor run -j 2 -- true ::: 1 2 3 q g");
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, SITTING_TITLE);
    terminal_expect(terminal, "g results");
    sitting_leave_unsaved(terminal, "1 result is not saved.");
}

/* The example gives way to what is typed; what is wrong with it stays there whatever is
 * wrong elsewhere. */
static void an_example_is_typed_over(void **state)
{
    (void)state;
    struct terminal *terminal = sitting_start(90, 30);
    for (int i = 0; i < 8 && !terminal_shows(terminal, "my own command"); i++) {
        terminal_type(terminal, " ");
        terminal_expect_quiet(terminal);
    }
    terminal_type(terminal, "\t\t\t");
    terminal_expect(terminal, "[sleep]");
    terminal_type(terminal, "./prep.sh {}");
    terminal_expect(terminal, "-- ./prep.sh {} :::");
    assert_false(terminal_shows(terminal, "sleep"));
    terminal_expect(terminal, "Cannot run like this");
    terminal_type(terminal, "\t");
    terminal_expect(terminal, "[1 1 1 1 1 1 1 1]");
    terminal_type(terminal, "{1..5}");
    terminal_expect(terminal, "! { means something");
    terminal_expect(terminal, "! no such program: ./prep.sh");
    terminal_type(terminal, "\025");
    terminal_expect_gone(terminal, "{1..5}");
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect(terminal, "q quit");
    sitting_leave(terminal);
}

static void the_form_is_remembered(void **state)
{
    (void)state;
    struct terminal *terminal = sitting_start(90, 30);
    terminal_type(terminal, DOWN DOWN DOWN "77");
    terminal_expect(terminal, "-s 77");
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect(terminal, "q quit");
    sitting_leave(terminal);
    terminal = sitting_start(90, 30);
    terminal_expect(terminal, "parfor run factorial -s 77 -n 15");
    sitting_leave(terminal);
}

static void colours_are_remembered(void **state)
{
    (void)state;
    struct terminal *terminal = sitting_start(90, 30);
    terminal_type(terminal, "c");
    terminal_expect(terminal, "Colours: light");
    sitting_leave(terminal);
    terminal = sitting_start(90, 30);
    terminal_type(terminal, "c");
    terminal_expect(terminal, "Colours: contrast");
    sitting_leave(terminal);
}

static void a_broken_memory_is_set_aside(void **state)
{
    (void)state;
    char path[128];
    sitting_remember("{\"schema\": ");
    struct terminal *terminal = sitting_start(120, 30);
    terminal_expect(terminal, "What was remembered is set aside");
    terminal_expect(terminal, "parfor run factorial -s 1000000 -n 15");
    snprintf(path, sizeof path, "%s/parfor/state.json.broken", sitting_folder());
    assert_int_equal(access(path, F_OK), 0);
    terminal_type(terminal, "j");
    terminal_expect(terminal, "> do");
    sitting_leave(terminal);
}

static void it_is_usable_on_a_small_screen(void **state)
{
    (void)state;
    struct terminal *terminal = sitting_start(40, 12);
    terminal_expect(terminal, "parfor run factorial");
    terminal_type(terminal, DOWN DOWN DOWN "20000" DOWN "8\r");
    terminal_expect(terminal, "times as");
    terminal_type(terminal, "q");
    terminal_expect(terminal, "the result so far");
    terminal_press(terminal, TERMINAL_ESCAPE);
    sitting_leave_unsaved(terminal, "1 result is not saved.");
}

static void a_signal_ends_it(void **state)
{
    (void)state;
    struct terminal *terminal = sitting_start(80, 24);
    terminal_control(terminal, 'C');
    terminal_expect_signal(terminal, 2);
    assert_false(terminal_state(terminal).alternate);
    terminal_destroy(terminal);
}

/* Both are there when it looks: nothing is run any more. */
static void a_signal_with_enter_ends_it(void **state)
{
    (void)state;
    struct terminal *terminal = sitting_start_with_sleep();
    terminal_signal(terminal, SIGSTOP);
    terminal_type(terminal, "\r");
    terminal_signal(terminal, SIGTERM);
    terminal_signal(terminal, SIGCONT);
    terminal_expect_signal(terminal, SIGTERM);
    assert_false(terminal_state(terminal).alternate);
    terminal_destroy(terminal);
}

/* Colours chosen while something runs are not forgotten when the launcher is left. */
static void colours_of_a_run_are_remembered(void **state)
{
    (void)state;
    struct terminal *terminal = sitting_start_with_sleep();
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "times as");
    terminal_type(terminal, "c");
    terminal_expect(terminal, "Colours: light");
    terminal_type(terminal, "q");
    terminal_expect(terminal, "Enter run");
    sitting_leave_unsaved(terminal, "1 result is not saved.");
    terminal = sitting_start(90, 30);
    terminal_type(terminal, "c");
    terminal_expect(terminal, "Colours: contrast");
    sitting_leave(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(it_begins_with_the_article, sitting_forget),
        cmocka_unit_test_teardown(presets_fill_in_the_form, sitting_forget),
        cmocka_unit_test_teardown(what_cannot_be_run_is_refused, sitting_forget),
        cmocka_unit_test_teardown(a_run_comes_back_to_the_form, sitting_forget),
        cmocka_unit_test_teardown(letters_are_keys_after_a_run, sitting_forget),
        cmocka_unit_test_teardown(an_example_is_typed_over, sitting_forget),
        cmocka_unit_test_teardown(the_form_is_remembered, sitting_forget),
        cmocka_unit_test_teardown(colours_are_remembered, sitting_forget),
        cmocka_unit_test_teardown(a_broken_memory_is_set_aside, sitting_forget),
        cmocka_unit_test_teardown(it_is_usable_on_a_small_screen, sitting_forget),
        cmocka_unit_test_teardown(a_signal_ends_it, sitting_forget),
        cmocka_unit_test_teardown(a_signal_with_enter_ends_it, sitting_forget),
        cmocka_unit_test_teardown(colours_of_a_run_are_remembered, sitting_forget),
    };
    return cmocka_run_group_tests(tests, sitting_set_up, sitting_tear_down);
}
