// SPDX-License-Identifier: MIT
/* A check of this machine on a screen: it can be ended, and its end stays to be seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal.h"

enum { STATUS_INCONCLUSIVE = 4 };

/* `rest` for a shell in which $0 is the program. */
static struct terminal *start(const char *rest)
{
    char script[400];
    const char *argv[] = {"sh", "-c", script, getenv("PARFOR"), NULL};
    snprintf(script, sizeof script, "exec \"$0\" %s", rest);
    return terminal_start(&(struct terminal_setup){.argv = argv});
}

static void expect_given_back(struct terminal *terminal)
{
    assert_false(terminal_state(terminal).alternate);
    assert_true(terminal_state(terminal).cursor_visible);
    if (!terminal_wait_alone(terminal, 0, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "a process is left");
    terminal_destroy(terminal);
}

/* It says what it will do from the first frame on; what was not measured is not judged.
 */
static void test_quit(void **state)
{
    struct terminal *terminal = start("check --long 2m");
    (void)state;
    terminal_expect(terminal, ", for about 2 min");
    assert_true(terminal_shows(terminal, "Check of "));
    assert_false(terminal_shows(terminal, "Check of this machine")); /* nor before */
    terminal_expect(terminal, "quiet done");
    terminal_expect(terminal, " left");
    terminal_type(terminal, "q");
    terminal_expect(terminal, "End the check now?");
    terminal_type(terminal, "n");
    terminal_expect(terminal, "q quit");
    terminal_type(terminal, "?");
    terminal_expect(terminal, "asks while it checks");
    terminal_type(terminal, "?dqy");
    terminal_expect_exit(terminal, STATUS_INCONCLUSIVE);
    assert_true(terminal_shows(terminal, "INCONCLUSIVE"));
    expect_given_back(terminal);
}

/* Which verdict it is depends on the machine; the exit status and the report have the
 * same one. */
static void test_end(void **state)
{
    static const struct {
        const char *name;
        int status;
    } verdicts[] = {
        {" PASS", 0}, {" WARN", 0}, {" FAIL", 1}, {" INCONCLUSIVE", STATUS_INCONCLUSIVE}};
    struct terminal *terminal = start("check --quick");
    size_t i = 0;
    (void)state;
    terminal_expect(terminal, "s save   d details"); /* there is nothing to freeze */
    char *row = terminal_row(terminal, 1);
    while (i < 4 && strncmp(row, verdicts[i].name, strlen(verdicts[i].name)) != 0)
        i++;
    free(row);
    if (i == 4)
        terminal_fail(terminal, "there is no verdict");
    terminal_type(terminal, "q");
    terminal_expect_exit(terminal, verdicts[i].status);
    assert_true(terminal_shows(terminal, verdicts[i].name + 1));
    expect_given_back(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quit),
        cmocka_unit_test(test_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
