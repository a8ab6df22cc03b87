// SPDX-License-Identifier: MIT
/* A terminal that goes away while parfor runs, or does not read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "endings.h"

struct situation {
    const char *name;
    const char *arguments;           /* for a shell */
    const char *first, *keys, *then; /* waited for, typed, waited for; NULL: not */
    bool saves;                      /* a result, at the end */
};

static const struct situation situations[] = {
    {"quiet", "run sleep -s 20000 -n 60 -j 2", "Looking whether", NULL, NULL, true},
    {"live", "run sleep -s 20000 -n 60 -j 2", "so far", NULL, NULL, true},
    {"map", "map sleep -s 20000 -n 400 -j 2", "so far", NULL, NULL, true},
    {"ask", "run sleep -s 20000 -n 4 -j 2 --ask", "your guess:", NULL, NULL, true},
    {"compare", "run empty -n 4 -j 2 --ask", "your guess", "\r", "s save   t tasks",
        true},
    {"question", "map sleep -s 20000 -n 400 -j 2", "so far", "q", "End the run now?",
        true},
    {"watch", "watch", "q quit", NULL, NULL, false},
};

enum { SITUATIONS = sizeof situations / sizeof *situations };

/* With $0 for the program and $1 for the file of the result. */
static struct terminal *start(const char *before, const char *arguments,
    const char *options, const char *path, int rows, int columns)
{
    char script[300];
    const char *argv[] = {"bash", "-c", script, getenv("PARFOR"), path, NULL};
    snprintf(script, sizeof script, "%s exec \"$0\" %s %s", before, arguments, options);
    return terminal_start(
        &(struct terminal_setup){.argv = argv, .rows = rows, .columns = columns});
}

static void reach(struct terminal *terminal, const struct situation *situation)
{
    terminal_expect(terminal, situation->first);
    if (situation->keys)
        terminal_type(terminal, situation->keys);
    if (situation->then)
        terminal_expect(terminal, situation->then);
}

static void test_hang_up(void **state)
{
    const struct situation *situation = *state;
    struct terminal *terminal = start("", situation->arguments, "", NULL, 24, 80);
    reach(terminal, situation);
    terminal_hang_up(terminal);
    terminal_expect_signal(terminal, SIGHUP);
    assert_true(terminal_wait_alone(terminal, 0, TERMINAL_PATIENCE_MS));
    terminal_destroy(terminal);
}

static void test_hang_up_of_shell(void **state)
{
    const struct situation *situation = *state;
    struct ending_shell shell;
    char line[200];
    ending_begin(&shell, "bash", NULL);
    snprintf(line, sizeof line, "%s %s", getenv("PARFOR"), situation->arguments);
    terminal_command(shell.terminal, (const char *[]){"eval", line, NULL});
    reach(shell.terminal, situation);
    terminal_hang_up(shell.terminal);
    assert_true(terminal_wait_alone(shell.terminal, 0, TERMINAL_PATIENCE_MS));
    ending_finish(&shell);
}

/* It spends next to nothing: a poll() that always returns at once would spend all. */
static void expect_calm(struct terminal *terminal)
{
    int before_ms = ending_cpu_ms(terminal_pid(terminal));
    terminal_read_for(terminal, 1000);
    int after_ms = ending_cpu_ms(terminal_pid(terminal));
    if (before_ms >= 0 && after_ms - before_ms > 200)
        terminal_fail(terminal, "%d ms of a second", after_ms - before_ms);
}

/* As under nohup: what measures goes on without a screen. */
static void test_hang_up_ignored(void **state)
{
    const struct situation *situation = *state;
    const char *path = ending_path("ignored.json");
    int status;
    remove(path);
    struct terminal *terminal = start("trap '' HUP;", situation->arguments,
        situation->saves ? "-o \"$1\"" : "", path, 24, 80);
    reach(terminal, situation);
    terminal_hang_up(terminal);
    expect_calm(terminal);
    if (!terminal_wait_end(terminal, TERMINAL_PATIENCE_MS, &status))
        terminal_fail(terminal, "does not end without its terminal");
    assert_true(WIFEXITED(status));
    if (situation->saves) {
        ending_expect_json(path);
        char *text = ending_text(path);
        assert_null(strstr(text, "\"stopped\""));
        assert_non_null(strstr(text, "\"parallel\""));
        free(text);
    }
    assert_true(terminal_wait_alone(terminal, 0, TERMINAL_PATIENCE_MS));
    terminal_destroy(terminal);
}

/* 0: there is no such process, or nobody has waited for it. */
static char state_of(pid_t pid)
{
    char path[50], text[500] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;
    char *end = fgets(text, sizeof text, file) ? strrchr(text, ')') : NULL;
    fclose(file);
    return end && end[2] != 'Z' ? end[2] : 0;
}

static bool goes_on(struct terminal *terminal, void *data)
{
    const pid_t *pid = data;
    (void)terminal;
    return state_of(*pid) != 'T';
}

/* Not in the terminal's foreground when it happens. */
static void test_hang_up_in_background(void **state)
{
    (void)state;
    struct ending_shell shell;
    const char *path = ending_path("away.json");
    char line[300];
    ending_begin(&shell, "bash", NULL);
    ending_do(&shell, "trap '' HUP");
    snprintf(line, sizeof line, "%s map sleep -s 20000 -n 150 -j 2 -o %s",
        getenv("PARFOR"), path);
    terminal_command(shell.terminal, (const char *[]){"eval", line, NULL});
    pid_t parent = terminal_expect_program(shell.terminal);
    terminal_expect(shell.terminal, "so far");
    terminal_control(shell.terminal, 'Z');
    terminal_expect_prompt(shell.terminal);
    terminal_command(shell.terminal, (const char *[]){"bg", NULL});
    if (!terminal_wait_until(shell.terminal, goes_on, &parent, TERMINAL_PATIENCE_MS))
        terminal_fail(shell.terminal, "it stays stopped");
    terminal_hang_up(shell.terminal);
    int before_ms = ending_cpu_ms(parent);
    terminal_read_for(shell.terminal, 1000);
    assert_true(ending_cpu_ms(parent) - before_ms < 200);
    assert_true(terminal_wait_alone(shell.terminal, 0, TERMINAL_PATIENCE_MS));
    ending_expect_json(path);
    ending_finish(&shell);
}

enum { REPAINTS = 150 };

/* Nothing is read; so much is asked for that the terminal has no room left. */
static void fill(struct terminal *terminal)
{
    for (int i = 0; i < REPAINTS; i++) {
        terminal_control(terminal, 'L');
        poll(NULL, 0, 20);
    }
}

/* Without reading.  False: it still runs. */
static bool is_over(pid_t pid, int deadline_ms)
{
    int64_t end_ns = clock_now_ns() + deadline_ms * NS_PER_MS;
    while (state_of(pid) != 0 && clock_now_ns() < end_ns)
        poll(NULL, 0, 20);
    return state_of(pid) == 0;
}

enum { ROWS = 60, COLUMNS = 200 };

/* The number before " of 100000 done". */
static long done_on(struct terminal *terminal)
{
    int row, column;
    assert_true(terminal_find(terminal, " of 100000 done", &row, &column));
    char *line = terminal_row(terminal, row), *end = strstr(line, " of 100000 done");
    while (end > line && end[-1] >= '0' && end[-1] <= '9')
        end--;
    long done = strtol(end, NULL, 10);
    free(line);
    return done;
}

static struct terminal *start_unread(const char *path)
{
    struct terminal *terminal =
        start("", "map sleep -s 20000 -n 100000 -j 2 -o", "\"$1\"", path, ROWS, COLUMNS);
    terminal_expect(terminal, " left"); /* some tasks have ended */
    return terminal;
}

/* The run goes on, frames are left out, and the screen is right afterwards. */
static void test_unread(void **state)
{
    (void)state;
    struct terminal *terminal = start_unread(ending_path("unread.json"));
    long before = done_on(terminal);
    int frames = terminal_counts(terminal).frames;
    fill(terminal);
    terminal_type(terminal, "d");
    terminal_read_for(terminal, 500);
    assert_true(terminal_counts(terminal).frames - frames < REPAINTS);
    terminal_control(terminal, 'L');
    terminal_type(terminal, "?");
    terminal_expect(terminal, "? back");
    terminal_type(terminal, "?");
    terminal_expect_gone(terminal, "? back");
    assert_true(done_on(terminal) > before + 100);
    assert_int_equal(terminal_counts(terminal).unbalanced, 0);
    terminal_signal(terminal, SIGTERM);
    terminal_expect_signal(terminal, SIGTERM);
    assert_false(terminal_state(terminal).alternate);
    assert_true(terminal_state(terminal).cursor_visible);
    terminal_destroy(terminal);
}

/* It ends although nobody reads, and who reads later finds the screen left. */
static void test_unread_end(void **state)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGKILL, SIGSEGV};
    (void)state;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        const char *path = ending_path("unread.json");
        remove(path);
        struct terminal *terminal = start_unread(path);
        fill(terminal);
        terminal_signal(terminal, signals[i]);
        if (!is_over(terminal_pid(terminal), TERMINAL_PATIENCE_MS))
            terminal_fail(terminal, "signal %d: does not end unread", signals[i]);
        assert_true(terminal_wait_alone(terminal, 0, TERMINAL_PATIENCE_MS));
        terminal_expect_signal(terminal, signals[i]);
        if (signals[i] == SIGTERM || signals[i] == SIGINT)
            ending_expect_json(path);
        terminal_destroy(terminal);
    }
}

static const struct {
    const char *name;
    CMUnitTestFunction function;
} kinds[] = {{"hang-up", test_hang_up}, {"hang-up of the shell", test_hang_up_of_shell},
    {"hang-up ignored", test_hang_up_ignored}};

enum { KINDS = sizeof kinds / sizeof *kinds };

int main(int argc, char *argv[])
{
    char names[KINDS * SITUATIONS][60];
    struct CMUnitTest tests[KINDS * SITUATIONS + 3];
    size_t count = 0;
    setenv("ASAN_OPTIONS", "handle_segv=0", 1); /* its own handler changes the status */
    for (size_t i = 0; i < KINDS; i++)
        for (size_t j = 0; j < SITUATIONS; j++, count++) {
            snprintf(names[count], sizeof names[count], "%s in %s", kinds[i].name,
                situations[j].name);
            tests[count] = (struct CMUnitTest){.name = names[count],
                .test_func = kinds[i].function,
                .initial_state = (void *)(uintptr_t)&situations[j]};
        }
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_hang_up_in_background);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_unread);
    tests[count++] = (struct CMUnitTest)cmocka_unit_test(test_unread_end);
    if (argc > 1)
        cmocka_set_test_filter(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
