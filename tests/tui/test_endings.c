// SPDX-License-Identifier: MIT
/* kill -9 of parfor, 200 times, in every view and at odd moments. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "endings.h"

enum moment { SOON, STARTING, RESIZING, SUSPENDED, STOPPED };

/* What is run, and how it comes to where it is killed. */
struct situation {
    const char *name;
    const char *arguments[12];
    const char *first, *keys, *then; /* waited for, typed, waited for; NULL: not */
    enum moment moment;
    int in_bash, in_dash; /* how often */
};

#define LONG_RUN "run", "sleep", "-s", "20000", "-n", "100000", "-j", "2"
#define LONG_MAP "map", "sleep", "-s", "20000", "-n", "100000", "-j", "2"
#define SHORT_RUN "run", "empty", "-n", "4", "-j", "2", "--ask"

static const struct situation situations[] = {
    {"start", {LONG_RUN}, .moment = STARTING, .in_bash = 20, .in_dash = 10},
    {"quiet", {LONG_RUN}, "Looking whether", .in_bash = 8, .in_dash = 2},
    {"sequential", {LONG_RUN}, "so far", .in_bash = 12, .in_dash = 3},
    {"parallel", {"run", "sleep", "-s", "10000", "-n", "50", "-j", "1", "--ask"},
        "your guess", "2\r", "so far", .in_bash = 12, .in_dash = 3},
    {"ask", {SHORT_RUN}, "your guess:", "1.5", "your guess: 1.5", .in_bash = 8,
        .in_dash = 2},
    {"compare", {SHORT_RUN}, "your guess", "\r", "s save   t tasks", .in_bash = 8,
        .in_dash = 2},
    {"map", {LONG_MAP, "--interval", "20ms"}, "so far", .in_bash = 12, .in_dash = 3},
    {"watch", {"watch"}, "q quit", .in_bash = 12, .in_dash = 3},
    {"tasks", {LONG_MAP}, "so far", "t", "t back", .in_bash = 8, .in_dash = 2},
    {"workers", {LONG_MAP}, "so far", "w", "w back", .in_bash = 8, .in_dash = 2},
    {"help", {LONG_RUN}, "so far", "?", "? back", .in_bash = 8, .in_dash = 2},
    {"frozen", {LONG_MAP}, "so far", " ", "FROZEN", .in_bash = 8},
    {"question", {LONG_MAP}, "so far", "q", "End the run now?", .in_bash = 8},
    {"resize", {LONG_MAP}, "so far", .moment = RESIZING, .in_bash = 8, .in_dash = 2},
    {"suspended", {LONG_MAP}, "so far", .moment = SUSPENDED, .in_bash = 8, .in_dash = 2},
    {"stopped", {LONG_MAP}, "so far", .moment = STOPPED, .in_bash = 8, .in_dash = 2},
    {"at the end", {"run", "empty", "-n", "4"}, "s save   t tasks", "d", "d less",
        .in_bash = 4},
};

static int chance(int below)
{
    return (int)(random() % below);
}

static void reach(struct terminal *terminal, const struct situation *situation)
{
    if (situation->first)
        terminal_expect(terminal, situation->first);
    if (situation->keys)
        terminal_type(terminal, situation->keys);
    if (situation->then)
        terminal_expect(terminal, situation->then);
}

static void pass_time(struct terminal *terminal, pid_t parent, enum moment moment)
{
    switch (moment) {
    case SOON:
        terminal_read_for(terminal, chance(60));
        break;
    case STARTING:
        terminal_read_for(terminal, chance(chance(3) == 0 ? 400 : 40));
        break;
    case RESIZING:
        for (int i = chance(5); i >= 0; i--)
            terminal_resize(terminal, 5 + chance(50), 30 + chance(120));
        break;
    case SUSPENDED:
        terminal_control(terminal, 'Z');
        terminal_expect_prompt(terminal);
        break;
    case STOPPED:
        kill(parent, SIGSTOP);
        terminal_read_for(terminal, chance(200));
        break;
    }
}

/* Of a job in the background the shell tells only later. */
static bool is_told(const struct situation *situation)
{
    return situation->moment != SUSPENDED && situation->moment != STOPPED;
}

static void kill_in(const struct situation *situation, const char *name, int times)
{
    struct ending_shell shell;
    if (times == 0)
        return;
    ending_begin(&shell, name, NULL);
    for (int i = 0; i < times; i++) {
        pid_t parent = ending_start(&shell, situation->arguments);
        reach(shell.terminal, situation);
        pass_time(shell.terminal, parent, situation->moment);
        kill(i % 3 == 2 ? -parent : parent, SIGKILL); /* kill -9 %1, too */
        ending_expect_whole(&shell, is_told(situation) ? 128 + SIGKILL : -1);
        if (situation->moment == RESIZING)
            terminal_resize(shell.terminal, 24, 100);
    }
    ending_finish(&shell);
}

static void test_kill(void **state)
{
    const struct situation *situation = *state;
    kill_in(situation, "bash", situation->in_bash);
    kill_in(situation, "dash", situation->in_dash);
}

int main(int argc, char *argv[])
{
    enum { SITUATIONS = sizeof situations / sizeof *situations };
    struct CMUnitTest tests[SITUATIONS];
    unsigned seed = (unsigned)clock_now_ns();
    print_message("seed %u\n", seed);
    srandom(seed);
    for (size_t i = 0; i < SITUATIONS; i++)
        tests[i] = (struct CMUnitTest){.name = situations[i].name,
            .test_func = test_kill,
            .initial_state = (void *)(uintptr_t)&situations[i]};
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
