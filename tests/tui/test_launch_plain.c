// SPDX-License-Identifier: MIT
/* The launcher in plain lines, in a real terminal: asked, run, asked again, remembered.
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
#include <sys/stat.h>
#include <unistd.h>

#include "terminal.h"

static int set_up(void **state)
{
    char folder[] = "/tmp/parfor-test-plain.XXXXXX";
    if (!mkdtemp(folder))
        return -1;
    *state = strdup(folder);
    return 0;
}

static int tear_down(void **state)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", (char *)*state);
    int status = system(command);
    free(*state);
    return status;
}

/* It writes nothing that a terminal would obey, but for the ends of lines. */
static void assert_plain(struct terminal *terminal)
{
    size_t size;
    const char *bytes = terminal_bytes(terminal, &size);
    for (size_t i = 0; i < size; i++)
        if (((unsigned char)bytes[i] < ' ' && !strchr("\r\n\t", bytes[i])) ||
            bytes[i] == 0x7f)
            terminal_fail(terminal, "byte %d is written", bytes[i]);
}

static struct terminal *start(const char *folder)
{
    static const char *const argv[] = {"sh", "-c", "exec \"$PARFOR\"", NULL};
    char place[160];
    const char *environment[] = {"PARFOR_PLAIN=1", place, NULL};
    snprintf(place, sizeof place, "XDG_STATE_HOME=%s", folder);
    return terminal_start(&(struct terminal_setup){
        .argv = argv, .rows = 60, .columns = 200, .environment = environment});
}

static void answer(struct terminal *terminal, const char *question, const char *text)
{
    terminal_expect(terminal, question);
    terminal_type(terminal, text);
    terminal_type(terminal, "\r");
}

/* Of one end for all talks: nothing is left. */
static void expect_end(struct terminal *terminal)
{
    terminal_expect_exit(terminal, 0);
    assert_plain(terminal);
    if (!terminal_wait_alone(terminal, 0, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "a process is left");
    terminal_destroy(terminal);
}

static void a_loop_is_asked_for_and_run(void **state)
{
    struct terminal *terminal = start(*state);
    answer(terminal, "Its number (Enter: the article's loop; q leaves)?", "2");
    answer(terminal, "Enter runs it.", "loop");
    answer(terminal, "loop (now factorial)?", "sleep");
    answer(terminal, "parfor run sleep", "size");
    answer(terminal, "now 100000)?", "none");
    answer(terminal, "size: not a whole number: microseconds, 1 to 1000000000.", "1000");
    answer(terminal, "parfor run sleep -s 1000", "tasks");
    answer(terminal, "now as many as take 20 s)?", "9");
    answer(terminal, "parfor run sleep -s 1000 -n 9", "");
    terminal_expect(terminal, "parfor-1 "); /* it has run … */
    /* … and asks again, with what was chosen. */
    terminal_expect(terminal, "This is result 1: s saves it, l lists all.");
    answer(terminal,
        "Its number (Enter: as it was left: parfor run sleep -s 1000 -n 9; q leaves)?",
        "");
    answer(terminal, "Results: l lists, s saves, o opens a file (? explains, q leaves)?",
        "q");
    expect_end(terminal);

    terminal = start(*state);
    terminal_expect(terminal, " may be used"); /* the machine */
    terminal_expect(terminal, "8 my own loop: parfor run sleep -s 1000 -n 9");
    answer(terminal, "Its number (Enter: as it was left: parfor run sleep", "");
    answer(terminal, "Enter runs it.", "q");
    expect_end(terminal);
}

static void remember(const char *folder, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/parfor", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/parfor/state.json", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void results_are_listed_saved_opened_and_compared(void **state)
{
    char text[160];
    const char *folder = *state;
    remember(folder, "{\"schema\": \"parfor-state/1\", \"command_line\": "
                     "\"parfor run sleep -s 2000 -n 40 -j 2\"}\n");
    struct terminal *terminal = start(folder);
    answer(terminal, "Its number", "l");
    answer(terminal, "There are no results yet.", "");
    answer(terminal, "Results: o opens a file (? explains", "");
    snprintf(text, sizeof text, "s %s/no/such.json", folder);
    answer(terminal, "This is result 1: s saves it, l lists all.", text);
    snprintf(text, sizeof text, "s 1 %s/one.json", folder);
    answer(terminal, "no/such.json: No such file or directory", text);
    terminal_expect(terminal, "Saved: ");
    answer(terminal, "/one.json", "o nowhere.json");
    snprintf(text, sizeof text, "o %s/one.json", folder);
    answer(terminal, "cannot read the file: nowhere.json", text);
    answer(terminal, "This is result 2.", "l");
    answer(terminal, "result 2, /tmp/parfor-test-plain.", "b 1 3");
    answer(terminal, "There is no result 3: the last is 2.", "b");
    terminal_expect(terminal, "result 1 and result 2, ");
    answer(terminal, "The same loop took", "q");
    expect_end(terminal);
}

static void a_broken_state_is_said(void **state)
{
    remember(*state, "{\"schema\": ");
    struct terminal *terminal = start(*state);
    terminal_expect(terminal, "state.json");
    answer(terminal, "Its number (Enter: the article's loop; q leaves)?", "q");
    expect_end(terminal);
}

static void the_end_of_input_leaves(void **state)
{
    struct terminal *terminal = start(*state);
    terminal_expect(terminal, "Its number");
    terminal_control(terminal, 'D');
    expect_end(terminal);
}

static void an_interrupt_ends_it(void **state)
{
    struct terminal *terminal = start(*state);
    terminal_expect(terminal, "Its number");
    terminal_control(terminal, 'C');
    terminal_expect_signal(terminal, SIGINT);
    terminal_destroy(terminal);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_loop_is_asked_for_and_run),
        TEST(results_are_listed_saved_opened_and_compared),
        TEST(a_broken_state_is_said),
        TEST(the_end_of_input_leaves),
        TEST(an_interrupt_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
