// SPDX-License-Identifier: MIT
/* parfor stopped and continued: by SIGSTOP, by Ctrl-Z, into the background and back. */
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

struct situation {
    const char *name;
    const char *arguments[12];
    const char *first, *keys, *then; /* waited for, typed, waited for; NULL: not */
    const char *again;               /* shown again when it goes on */
};

static const struct situation situations[] = {
    {"live", {"run", "sleep", "-s", "20000", "-n", "100000"}, "so far",
        .again = "q quit   Space freeze"},
    {"map", {"map", "sleep", "-s", "20000", "-n", "100000", "-j", "2"}, "so far",
        .again = "q quit   Space freeze"},
    {"ask", {"run", "empty", "-n", "4", "-j", "2", "--ask"}, "your guess:", "1.5",
        "your guess: 1.5", "your guess: 1.5"},
    {"compare", {"run", "empty", "-n", "4", "-j", "2", "--ask"}, "your guess", "\r",
        "s save   t tasks", "s save   t tasks"},
    {"watch", {"watch"}, "q quit", .again = "q quit   Space freeze"},
};

enum { SITUATIONS = sizeof situations / sizeof *situations };

/* Stopped and continued like the others; here the shell's part is tried alone. */
static const struct situation check = {
    "check", {"check", "--long", "1m"}, "q quit", .again = "q quit   Space freeze"};

static const char *const shells[] = {"bash", "dash"};

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

static void type_command(struct ending_shell *shell, const char *name)
{
    terminal_command(shell->terminal, (const char *[]){name, NULL});
    terminal_expect_program(shell->terminal);
}

static bool has_our_modes(struct terminal *terminal, void *data)
{
    (void)data;
    return !(terminal_modes(terminal).c_lflag & (ICANON | ECHO));
}

/* The screen is ours again, in our modes: keys come without Enter and are obeyed. */
static void expect_screen(struct terminal *terminal, const char *text)
{
    if (!terminal_wait_until(terminal, has_our_modes, NULL, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "the modes are not those of a screen");
    terminal_expect(terminal, text);
    if (!terminal_state(terminal).alternate)
        terminal_fail(terminal, "not on the alternate screen");
    terminal_type(terminal, "?");
    terminal_expect(terminal, "? back");
    terminal_type(terminal, "?");
    terminal_expect(terminal, text);
}

static void end_by_signal(struct ending_shell *shell, pid_t parent)
{
    kill(parent, SIGTERM);
    ending_expect_whole(shell, 128 + SIGTERM);
}

/* Without a shell, which would take the terminal meanwhile. */
static void test_stop_alone(void **state)
{
    const struct situation *situation = *state;
    const char *argv[14] = {getenv("PARFOR")};
    memcpy(argv + 1, situation->arguments, sizeof situation->arguments);
    struct terminal *terminal =
        terminal_start(&(struct terminal_setup){.argv = argv, .columns = 100});
    terminal_expect(terminal, situation->first);
    if (situation->keys)
        terminal_type(terminal, situation->keys);
    if (situation->then)
        terminal_expect(terminal, situation->then);
    for (int i = 0; i < 3; i++) {
        terminal_signal(terminal, SIGSTOP);
        terminal_read_for(terminal, i * 100);
        terminal_signal(terminal, SIGCONT);
        expect_screen(terminal, situation->again);
    }
    terminal_signal(terminal, SIGTERM);
    terminal_expect_signal(terminal, SIGTERM);
    assert_true(terminal_wait_alone(terminal, 0, TERMINAL_PATIENCE_MS));
    terminal_destroy(terminal);
}

static bool shell_has_it(struct terminal *terminal, void *data)
{
    (void)data;
    return terminal_foreground(terminal) == terminal_pid(terminal);
}

/* By SIGSTOP the screen cannot be left first, so the prompt stands in it. */
static void test_stop(void **state)
{
    struct ending_shell shell;
    for (size_t i = 0; i < 2; i++) {
        ending_begin(&shell, shells[i], NULL);
        pid_t parent = reach(&shell, *state);
        for (int times = 0; times < 2; times++) {
            kill(parent, SIGSTOP);
            terminal_read_for(shell.terminal, 100);
            if (!terminal_wait_until(
                    shell.terminal, shell_has_it, NULL, TERMINAL_PATIENCE_MS))
                terminal_fail(shell.terminal, "the shell does not take the terminal");
            terminal_type(shell.terminal, "fg\n"); /* dash keeps our modes: no CR */
            terminal_expect_program(shell.terminal);
            expect_screen(shell.terminal, ((const struct situation *)*state)->again);
        }
        end_by_signal(&shell, parent);
        ending_finish(&shell);
    }
}

static void test_suspend(void **state)
{
    struct ending_shell shell;
    for (size_t i = 0; i < 2; i++) {
        ending_begin(&shell, shells[i], NULL);
        pid_t parent = reach(&shell, *state);
        for (int times = 0; times < 3; times++) {
            terminal_control(shell.terminal, 'Z');
            ending_expect_usable(&shell, 128 + SIGTSTP);
            type_command(&shell, "fg");
            expect_screen(shell.terminal, ((const struct situation *)*state)->again);
        }
        end_by_signal(&shell, parent);
        ending_finish(&shell);
    }
}

/* 'T': stopped. */
static char state_of(pid_t pid)
{
    char path[50];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    char *text = ending_text(path);
    char letter = strrchr(text, ')')[2];
    free(text);
    return letter;
}

/* In the background it neither draws nor stops, and its keys are the shell's. */
static void test_background(void **state)
{
    struct ending_shell shell;
    for (size_t i = 0; i < 2; i++) {
        ending_begin(&shell, shells[i], NULL);
        pid_t parent = reach(&shell, *state);
        for (int times = 0; times < 2; times++) {
            terminal_control(shell.terminal, 'Z');
            ending_expect_usable(&shell, -1);
            ending_do(&shell, "bg");
            ending_expect_usable(&shell, -1);
            terminal_read_for(shell.terminal, 500);
            assert_int_not_equal(state_of(parent), 'T');
            ending_expect_usable(&shell, -1);
            type_command(&shell, "fg");
            expect_screen(shell.terminal, ((const struct situation *)*state)->again);
        }
        end_by_signal(&shell, parent);
        ending_finish(&shell);
    }
}

/* What ends in the background ends: nobody sees that it would wait for a key. */
static void test_end_in_background(void **state)
{
    (void)state;
    static const char *const commands[] = {"run", "map"};
    for (size_t i = 0; i < 2; i++) {
        struct ending_shell shell;
        const char *path = ending_path("background.json");
        ending_begin(&shell, "bash", NULL);
        ending_start(&shell, (const char *[]){commands[i], "sleep", "-s", "20000", "-n",
                                 "60", "-j", "2", "-o", path, NULL});
        terminal_expect(shell.terminal, "so far");
        terminal_control(shell.terminal, 'Z');
        terminal_expect_prompt(shell.terminal);
        terminal_command(shell.terminal, (const char *[]){"bg", NULL});
        terminal_expect(shell.terminal, "parfor-1 ");
        ending_expect_whole(&shell, -1);
        ending_expect_json(path);
        ending_finish(&shell);
    }
}

/* The last number of that name. */
static int64_t number_in(const char *text, const char *name)
{
    char key[50];
    const char *found = NULL;
    snprintf(key, sizeof key, "\"%s\": ", name);
    for (const char *at = text; (at = strstr(at, key)); at++)
        found = at + strlen(key);
    return found ? strtoll(found, NULL, 10) : -1;
}

/* The time between is nobody's, and is told. */
static void test_suspended_time(void **state)
{
    (void)state;
    enum { STOPPED_MS = 1500 };
    struct ending_shell shell;
    char remark[50];
    const char *path = ending_path("suspended.json");
    ending_begin(&shell, "bash", NULL);
    int64_t start_ns = clock_now_ns();
    ending_start(&shell, (const char *[]){"map", "sleep", "-s", "20000", "-n", "300",
                             "-j", "2", "-o", path, NULL});
    terminal_expect(shell.terminal, "so far");
    terminal_control(shell.terminal, 'Z');
    terminal_expect_prompt(shell.terminal);
    terminal_read_for(shell.terminal, STOPPED_MS);
    type_command(&shell, "fg");
    terminal_expect(shell.terminal, "stopped for ");
    ending_expect_whole(&shell, 0);
    int64_t whole_ns = clock_now_ns() - start_ns;
    char *text = ending_text(path);
    int64_t elapsed_ns = number_in(text, "elapsed_ns");
    int64_t suspended_ns = number_in(text, "suspended_ns");
    free(text);
    assert_true(suspended_ns >= STOPPED_MS * NS_PER_MS);
    assert_true(elapsed_ns > 0 && elapsed_ns + suspended_ns < whole_ns);
    snprintf(
        remark, sizeof remark, "stopped for %.1f s", (double)suspended_ns / NS_PER_S);
    assert_true(terminal_wrote(shell.terminal, remark));
    ending_finish(&shell);
}

static const struct {
    const char *name;
    CMUnitTestFunction function;
} kinds[] = {{"SIGSTOP alone", test_stop_alone}, {"SIGSTOP", test_stop},
    {"Ctrl-Z", test_suspend}, {"background", test_background}};

enum { KINDS = sizeof kinds / sizeof *kinds };

int main(int argc, char *argv[])
{
    char names[KINDS * SITUATIONS][60];
    struct CMUnitTest tests[KINDS * SITUATIONS + 3];
    size_t count = 0;
    for (size_t i = 0; i < KINDS; i++)
        for (size_t j = 0; j < SITUATIONS; j++, count++) {
            snprintf(names[count], sizeof names[count], "%s in %s", kinds[i].name,
                situations[j].name);
            tests[count] = (struct CMUnitTest){.name = names[count],
                .test_func = kinds[i].function,
                .initial_state = (void *)(uintptr_t)&situations[j]};
        }
    tests[count++] = (struct CMUnitTest){.name = "Ctrl-Z in check",
        .test_func = test_suspend,
        .initial_state = (void *)(uintptr_t)&check};
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_end_in_background);
    tests[count] = (struct CMUnitTest)cmocka_unit_test(test_suspended_time);
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
