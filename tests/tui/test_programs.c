// SPDX-License-Identifier: MIT
/* Whole programs on a screen: side by side, and one that is watched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal.h"

/* `rest` for a shell in which $0 is the program. */
static struct terminal *start(const char *rest)
{
    char script[400];
    const char *argv[] = {"sh", "-c", script, getenv("PARFOR"), NULL};
    snprintf(script, sizeof script, "exec \"$0\" %s", rest);
    return terminal_start(&(struct terminal_setup){.argv = argv});
}

/* What a program puts out is not seen before the screen is given back. */
static void read_to_the_end(struct terminal *terminal, const char *noise)
{
    size_t size;
    while (!terminal_wrote(terminal, "1049l")) {
        if (strstr(terminal_bytes(terminal, &size), noise) &&
            !terminal_wrote(terminal, "1049l"))
            terminal_fail(terminal, "a program writes on the screen");
        terminal_read_for(terminal, 20);
    }
}

static void end(struct terminal *terminal, int status)
{
    terminal_expect_exit(terminal, status);
    assert_false(terminal_state(terminal).alternate);
    assert_true(terminal_state(terminal).cursor_visible);
    if (!terminal_wait_alone(terminal, 0, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "a process is left");
    terminal_destroy(terminal);
}

/* Both are there from the first frame; the end stays until somebody has seen it. */
static void test_versus(void **state)
{
    struct terminal *terminal = start("versus 'sleep 0.6' 'sh -c \"sleep 0.2; echo no; "
                                      "echo noise\"'");
    (void)state;
    terminal_expect(terminal, "sleep 0.6");
    assert_true(terminal_shows(terminal, "echo noise"));
    terminal_expect(terminal, "so far");
    terminal_expect(terminal, "times as fast as sleep 0.6");
    terminal_expect(terminal, "s save   d details");
    terminal_type(terminal, "q");
    terminal_expect(terminal, "times as fast  CPU time");
    end(terminal, 0);
}

/* One that fails is named. */
static void test_versus_failed(void **state)
{
    struct terminal *terminal =
        start("versus 'sleep 0.2' 'sh -c \"echo why not >&2; exit 4\"'");
    (void)state;
    terminal_expect(terminal, "No ratio:");
    assert_true(terminal_shows(terminal, "exit 4: why not"));
    assert_true(terminal_shows(terminal, "failed"));
    terminal_type(terminal, "q");
    end(terminal, 1);
}

/* Its processes are counted; its output comes after the screen, all of it;
 * its end is ours. */
static void test_watch(void **state)
{
    struct terminal *terminal =
        start("watch -- sh -c 'echo noise; yes >/dev/null & sleep 1.5; kill $!; echo "
              "more noise >&2; exit 7'");
    int row, column;
    (void)state;
    terminal_expect(terminal, "so far");
    terminal_expect(terminal, "processes");
    read_to_the_end(terminal, "noise\r");
    terminal_expect(terminal, "more noise");
    assert_true(terminal_find(terminal, "noise", &row, &column));
    assert_int_equal(column, 0);
    terminal_expect(terminal, "busy for");
    terminal_expect(terminal, "exit 7.");
    end(terminal, 7);
}

/* To quit asks first, and ends it with all that it has started. */
static void test_quit(void **state)
{
    struct terminal *terminal = start("watch -- sh -c 'sleep 50 & sleep 51'");
    (void)state;
    terminal_expect(terminal, "so far");
    terminal_type(terminal, "q");
    terminal_expect(terminal, "End the run now?");
    terminal_type(terminal, "?");
    terminal_expect(terminal, "q quit");
    terminal_type(terminal, "qy");
    end(terminal, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_versus),
        cmocka_unit_test(test_versus_failed),
        cmocka_unit_test(test_watch),
        cmocka_unit_test(test_quit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
