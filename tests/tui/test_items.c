// SPDX-License-Identifier: MIT
/* Commands under the screen of a night's work: its keys, and an end without it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "endings.h"
#include "terminal.h"

#define NIGHT "leave it running"
#define QUESTION "begin nothing more"
#define LEFT "The run goes on; Ctrl-C ends it."

/* `rest` for a shell in which $0 is the program and $1 a file. */
static struct terminal *start(const char *rest, const char *path)
{
    char script[400];
    const char *argv[] = {"sh", "-c", script, getenv("PARFOR"), path, NULL};
    snprintf(script, sizeof script, "exec \"$0\" %s", rest);
    return terminal_start(&(struct terminal_setup){.argv = argv});
}

static struct terminal *start_night(const char *rest, const char *path)
{
    struct terminal *terminal = start(rest, path);
    terminal_expect(terminal, NIGHT);
    terminal_expect(terminal, "so far");
    return terminal;
}

/* Commands wait for this file where the screen is to be seen before they are over. */
#define GATE "until [ -e \"$GATE\" ]; do sleep 0.05; done; "

static void close_gate(void)
{
    const char *path = ending_path("gate");
    remove(path);
    setenv("GATE", path, 1);
}

static void open_gate(void)
{
    FILE *file = fopen(ending_path("gate"), "w");
    assert_non_null(file);
    fclose(file);
}

static const char *new_path(const char *name)
{
    const char *path = ending_path(name);
    remove(path);
    return path;
}

static void end(struct terminal *terminal)
{
    int status;
    if (!terminal_wait_end(terminal, TERMINAL_PATIENCE_MS, &status))
        terminal_fail(terminal, "it does not end");
    if (!WIFEXITED(status) && WTERMSIG(status) != SIGINT)
        terminal_fail(terminal, "it ends with signal %d", WTERMSIG(status));
    if (!terminal_wait_alone(terminal, 0, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "a process is left");
    terminal_destroy(terminal);
}

static int count(const char *text, const char *word)
{
    int times = 0;
    for (; (text = strstr(text, word)); text += strlen(word))
        times++;
    return times;
}

/* Nothing of a command is seen before the screen is given back, all of it after. */
static void test_output(void **state)
{
    size_t size;
    char log[300];
    close_gate();
    snprintf(log, sizeof log, "%s", new_path("items.log"));
    struct terminal *terminal = start_night(
        "map --log \"$1\" -j 2 -- sh -c 'echo no{}ise; echo no{}ise >&2; " GATE
        "sleep 0.1' ::: 1 2 3 4 5 6 7 8",
        log);
    (void)state;
    open_gate();
    while (terminal_state(terminal).alternate) {
        bool seen = strstr(terminal_bytes(terminal, &size), "no1ise");
        if (seen && !terminal_wrote(terminal, "1049l"))
            terminal_fail(terminal, "a command writes on the screen");
        terminal_read_for(terminal, 20);
    }
    terminal_expect(terminal, "no8ise");
    terminal_expect_exit(terminal, 0);
    assert_true(terminal_wrote(terminal, "no1ise"));
    end(terminal);
}

/* It leaves the terminal and goes on to its end. */
static void test_leave(void **state)
{
    char log[300];
    close_gate();
    snprintf(log, sizeof log, "%s", new_path("items.log"));
    struct terminal *terminal = start_night(
        "map --log \"$1\" -j 2 -- sh -c '" GATE "echo out-{}' ::: $(seq 16)", log);
    (void)state;
    terminal_type(terminal, "q");
    terminal_expect(terminal, LEFT);
    assert_false(terminal_state(terminal).alternate);
    assert_true(terminal_state(terminal).cursor_visible);
    assert_true(terminal_modes(terminal).c_lflag & ICANON);
    open_gate();
    terminal_expect_exit(terminal, 0);
    assert_true(terminal_shows(terminal, "out-16"));
    assert_true(terminal_shows(terminal, "16 "));
    end(terminal);
}

/* Its terminal is closed: everything is done, and where it belongs. */
static void test_hang_up(void **state)
{
    char *text, path[300], log[310];
    close_gate();
    snprintf(path, sizeof path, "%s", new_path("items.out"));
    struct terminal *terminal = start_night("map --log \"$1.log\" -j 2 -- sh -c '" GATE
                                            "echo out-{}' ::: $(seq 16) > \"$1\"",
        path);
    (void)state;
    terminal_hang_up(terminal);
    open_gate();
    end(terminal);
    text = ending_text(path);
    assert_int_equal(count(text, "out-"), 16);
    free(text);
    snprintf(log, sizeof log, "%s.log", path);
    text = ending_text(log);
    assert_int_equal(count(text, "\"status\": \"ok\""), 16);
    free(text);
}

static void test_close(void **state)
{
    char log[300];
    close_gate();
    snprintf(log, sizeof log, "%s", new_path("items.log"));
    struct terminal *terminal = start_night(
        "map --log \"$1\" -j 2 -- sh -c '" GATE ": {}' ::: 0.81 0.82 $(seq 50)", log);
    (void)state;
    terminal_expect(terminal, "0.82");
    terminal_type(terminal, "x");
    terminal_expect(terminal, QUESTION);
    terminal_type(terminal, "?"); /* any other key: it goes on */
    terminal_expect(terminal, NIGHT);
    terminal_type(terminal, "x");
    terminal_expect(terminal, QUESTION);
    terminal_type(terminal, "s");
    terminal_expect(terminal, "Nothing more is begun.");
    open_gate();
    terminal_expect(terminal, "2 of 52");
    end(terminal);
}

static void test_end(void **state)
{
    const char *path = new_path("items.log");
    struct terminal *terminal =
        start_night("map --log \"$1\" -j 2 -- sleep {} ::: 0.1 $(seq 50 90)", path);
    (void)state;
    terminal_expect(terminal, "1 of 42");
    terminal_type(terminal, "x");
    terminal_expect(terminal, QUESTION);
    terminal_type(terminal, "e");
    end(terminal);
}

/* Workers come and go while it runs. */
static void test_workers(void **state)
{
    const char *path = new_path("items.log");
    struct terminal *terminal =
        start_night("map --log \"$1\" -j 2 -- sleep {} ::: $(seq 50 90)", path);
    (void)state;
    terminal_expect(terminal, "2 workers");
    terminal_type(terminal, "+");
    terminal_expect(terminal, "3 workers");
    terminal_expect(terminal, "worker 2 on");
    terminal_type(terminal, "--");
    terminal_expect(terminal, "1 worker ");
    terminal_type(terminal, "xe");
    end(terminal);
}

/* The first begins nothing more, the second ends it. */
static void test_interrupt(void **state)
{
    const char *path = new_path("items.log");
    struct terminal *terminal =
        start_night("map --log \"$1\" -j 2 -- sleep {} ::: $(seq 50 90)", path);
    (void)state;
    terminal_expect(terminal, "51 ");
    terminal_control(terminal, 'C');
    terminal_expect(terminal, "Nothing more is begun. Waiting for 2");
    terminal_control(terminal, 'C');
    terminal_expect_signal(terminal, SIGINT);
    assert_false(terminal_state(terminal).alternate);
    end(terminal);
}

/* What has failed can be read while the rest goes on. */
static void test_failed(void **state)
{
    const char *path = new_path("items.log");
    struct terminal *terminal = start_night("map --log \"$1\" -j 2 -- sh -c 'echo why-{} "
                                            ">&2; sleep $(({} / 9 * 60)); exit 3' "
                                            "::: $(seq 20)",
        path);
    (void)state;
    terminal_expect(terminal, "8 failed");
    terminal_type(terminal, "f");
    terminal_expect(terminal, "8 failed, the newest first");
    terminal_expect(terminal, "why-1");
    assert_true(terminal_shows(terminal, "exit 3"));
    terminal_type(terminal, "f");
    terminal_expect(terminal, NIGHT);
    terminal_type(terminal, "xe");
    end(terminal);
}

/* One after the other is cut short, the rest of it is projected. */
static void test_sample(void **state)
{
    struct terminal *terminal =
        start("run -j 2 -- sleep {} ::: $(yes .3 | head -n 12)", NULL);
    (void)state;
    terminal_expect(terminal, "n: enough");
    terminal_type(terminal, "n");
    terminal_expect(terminal, "projected from");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    end(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_output),
        cmocka_unit_test(test_leave),
        cmocka_unit_test(test_hang_up),
        cmocka_unit_test(test_close),
        cmocka_unit_test(test_end),
        cmocka_unit_test(test_workers),
        cmocka_unit_test(test_interrupt),
        cmocka_unit_test(test_failed),
        cmocka_unit_test(test_sample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
