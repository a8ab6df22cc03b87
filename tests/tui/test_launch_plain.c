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
    answer(terminal, "Its number (Enter: scaled to this machine; q leaves)?", "");
    answer(terminal, "parfor run sleep -s 1000 -n 9", "q");
    expect_end(terminal);

    terminal = start(*state);
    answer(terminal, "Its number", "");
    answer(terminal, "parfor run sleep -s 1000 -n 9", "q");
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
        TEST(the_end_of_input_leaves),
        TEST(an_interrupt_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
