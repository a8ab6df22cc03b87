// SPDX-License-Identifier: MIT
/* parfor ended by a signal, in orderly ways and by crashes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "endings.h"

struct situation {
    const char *name;
    const char *arguments[12];
    const char *first, *keys, *then; /* waited for, typed, waited for; NULL: not */
    const char *left;                /* stands on the normal screen afterwards */
    const char *passed;              /* … that does where it had gone on before; NULL */
};

static const struct situation situations[] = {
    {"quiet", {"run", "sleep", "-s", "20000", "-n", "100000"}, "Looking whether",
        .left = "Stopped before the first task.", .passed = ", stopped after "},
    {"live", {"run", "sleep", "-s", "20000", "-n", "100000"}, "so far",
        .left = ", stopped after "},
    {"parallel", {"map", "sleep", "-s", "20000", "-n", "100000", "-j", "2"}, "so far",
        .left = "of 100000 tasks in "},
    {"ask", {"run", "spin", "-s", "1000", "-n", "4", "-j", "2", "--ask"}, "your guess",
        .left = "One after the other: "},
    {"compare", {"run", "empty", "-n", "4", "-j", "2", "--ask"}, "your guess", "\r",
        "s save   t tasks", .left = "2 at a time  "},
    {"question", {"map", "sleep", "-s", "20000", "-n", "100000", "-j", "2"}, "so far",
        "q", "End the run now?", .left = "of 100000 tasks in "},
    {"watch", {"watch"}, "q quit", .left = "Watched for "},
    {"check", {"check", "--long", "1s"}, "Each CPU alone", .left = "parfor-1 "},
};

enum { SITUATIONS = sizeof situations / sizeof *situations };

static pid_t reach(struct ending_shell *shell, const struct situation *situation)
{
    pid_t parent = ending_start(shell, situation->arguments);
    terminal_expect(shell->terminal, situation->first);
    if (situation->keys)
        terminal_type(shell->terminal, situation->keys);
    if (situation->then)
        terminal_expect(shell->terminal, situation->then);
    return parent;
}

static bool says_how_it_ended(struct terminal *terminal, void *data)
{
    const struct situation *situation = data;
    return terminal_shows(terminal, situation->left) ||
           (situation->passed && terminal_shows(terminal, situation->passed));
}

/* Brings it there and ends it, by a signal or by a letter with Ctrl; what was measured so
 * far is on the normal screen then.  Where it had passed that place before, it is done
 * again. */
static void end_there(struct ending_shell *shell, const struct situation *situation,
    int signal, char letter)
{
    enum { TRIES = 10 };
    bool was_there = false;
    for (int i = 0; i < TRIES && !was_there; i++) {
        pid_t parent = reach(shell, situation);
        if (letter)
            terminal_control(shell->terminal, letter);
        else
            kill(parent, signal);
        ending_expect_screen_left(shell);
        if (!terminal_wait_until(shell->terminal, says_how_it_ended,
                (void *)(uintptr_t)situation, TERMINAL_PATIENCE_MS))
            break;
        was_there = terminal_shows(shell->terminal, situation->left);
        ending_expect_whole(shell, 128 + signal);
        ending_do(shell, "clear");
    }
    if (!was_there)
        terminal_fail(shell->terminal, "the screen does not show: %s", situation->left);
}

static void test_orderly(void **state)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct ending_shell shell;
    ending_begin(&shell, "bash", NULL);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        end_there(&shell, *state, signals[i], 0);
    ending_finish(&shell);
}

/* From the keyboard: to the whole group, workers too. */
static void test_keyboard(void **state)
{
    static const char *const shells[] = {"bash", "dash"};
    struct ending_shell shell;
    for (size_t i = 0; i < 2; i++) {
        ending_begin(&shell, shells[i], NULL);
        end_there(&shell, *state, SIGINT, 'C');
        end_there(&shell, *state, SIGQUIT, '\\');
        ending_finish(&shell);
    }
}

static void test_crash(void **state)
{
    static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
    const struct situation *situation = *state;
    struct ending_shell shell;
    ending_begin(&shell, "bash", NULL);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        pid_t parent = reach(&shell, situation);
        kill(parent, signals[i]);
        ending_expect_whole(&shell, 128 + signals[i]);
    }
    ending_finish(&shell);
}

/* Twice, or with another one behind: as if once. */
static void test_impatience(void **state)
{
    static const int signals[][2] = {{SIGINT, SIGINT}, {SIGTERM, SIGHUP}};
    (void)state;
    struct ending_shell shell;
    ending_begin(&shell, "bash", NULL);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        pid_t parent = reach(&shell, &situations[1]);
        kill(parent, signals[i][0]);
        kill(parent, signals[i][1]);
        terminal_expect(shell.terminal, situations[1].left);
        ending_expect_whole(&shell, -1);
        ending_do(&shell, "clear");
    }
    ending_finish(&shell);
}

static const struct {
    const char *name;
    CMUnitTestFunction function;
} kinds[] = {
    {"signal", test_orderly}, {"keyboard", test_keyboard}, {"crash", test_crash}};

enum { KINDS = sizeof kinds / sizeof *kinds };

int main(int argc, char *argv[])
{
    char names[KINDS * SITUATIONS][60];
    struct CMUnitTest tests[KINDS * SITUATIONS + 1];
    size_t count = 0;
    /* A sanitizer's own handlers would change the status. */
    setenv("ASAN_OPTIONS",
        "handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:handle_abort=0",
        1);
    for (size_t i = 0; i < KINDS; i++)
        for (size_t j = 0; j < SITUATIONS; j++, count++) {
            snprintf(names[count], sizeof names[count], "%s in %s", kinds[i].name,
                situations[j].name);
            tests[count] = (struct CMUnitTest){.name = names[count],
                .test_func = kinds[i].function,
                .initial_state = (void *)(uintptr_t)&situations[j]};
        }
    tests[count] = (struct CMUnitTest)cmocka_unit_test(test_impatience);
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
