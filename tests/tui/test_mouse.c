// SPDX-License-Identifier: MIT
/* The mouse on the real program: the terminal's reports of it, byte by byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "endings.h"
#include "program.h"

enum { STILL_MS = 150, FLOOD = 2000, FLOOD_FRAMES = 200, REPORT_MAX = 64 };

#define MOUSE_ON "\033[?1000h"
#define WHEEL_UP "\033[<64;5;5M"
#define WHEEL_DOWN "\033[<65;5;5M"

static char *path_of(const char *result)
{
    static char path[1000];
    snprintf(path, sizeof path, "%s/%s.json", getenv("PARFOR_RESULTS"), result);
    return path;
}

/* A saved result, which stands still. */
static struct terminal *start_saved(int columns, int rows, const char *option)
{
    const char *arguments[] = {"show", path_of("run-8-parts"), option, NULL};
    struct terminal *terminal = program_start(columns, rows, arguments);
    terminal_expect(terminal, "t tasks");
    terminal_expect_quiet(terminal);
    return terminal;
}

static struct terminal *start_on(const char *term)
{
    const char *argv[] = {getenv("PARFOR"), "show", path_of("run-8-parts"), NULL};
    struct terminal *terminal =
        terminal_start(&(struct terminal_setup){.argv = argv, .term = term});
    terminal_expect(terminal, "help");
    return terminal;
}

static void leave(struct terminal *terminal)
{
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "(1 run)");
}

static void find(struct terminal *terminal, const char *text, int *row, int *column)
{
    terminal_expect(terminal, text);
    if (!terminal_find(terminal, text, row, column))
        terminal_fail(terminal, "it is gone: %s", text);
}

/* A press on a text and the release, as xterm reports them, and what is shown then. */
static void click(struct terminal *terminal, const char *text, const char *expected)
{
    char report[REPORT_MAX];
    int row, column;
    find(terminal, text, &row, &column);
    snprintf(report, sizeof report, "\033[<0;%d;%dM\033[<0;%d;%dm", column + 1, row + 1,
        column + 1, row + 1);
    program_type(terminal, report, expected);
}

/* Nothing that is typed changes the picture; keys work. */
static void expect_nothing(
    struct terminal *terminal, size_t count, const char *const typed[])
{
    terminal_expect_quiet(terminal);
    char *before = terminal_picture(terminal);
    for (size_t i = 0; i < count; i++) {
        terminal_type(terminal, typed[i]);
        terminal_read_for(terminal, STILL_MS);
        char *after = terminal_picture(terminal);
        if (strcmp(before, after) != 0)
            terminal_fail(terminal, "number %zu did something", i);
        free(after);
    }
    free(before);
    program_type(terminal, "t", PROGRAM_TASKS);
    terminal_type(terminal, "t");
    terminal_expect_gone(terminal, PROGRAM_TASKS);
}

/* What is named in the line of keys is done, wherever on the name. */
static void test_keys(void **state)
{
    struct terminal *terminal = start_saved(80, 24, NULL);
    (void)state;
    click(terminal, "? help", PROGRAM_HELP);
    click(terminal, PROGRAM_HELP, "t tasks");
    click(terminal, "tasks", PROGRAM_TASKS);
    click(terminal, "t back", "d details");
    click(terminal, "d details", "Karp-Flatt");
    click(terminal, "less", "d details");
    terminal_expect_gone(terminal, "Karp-Flatt");
    click(terminal, "q quit", "dt=");
    program_expect_end(terminal, 0, "(1 run)");
}

/* While it runs, too. */
static void test_watch(void **state)
{
    struct terminal *terminal = program_start(80, 24, (const char *[]){"watch", NULL});
    (void)state;
    click(terminal, "? help", PROGRAM_HELP);
    assert_true(terminal_state(terminal).mouse);
    click(terminal, PROGRAM_HELP, "? help");
    click(terminal, "Space freeze", PROGRAM_FROZEN);
    terminal_type(terminal, "q");
    terminal_expect_exit(terminal, 0);
    assert_false(terminal_state(terminal).mouse);
    terminal_destroy(terminal);
}

static bool is_picture(struct terminal *terminal, void *data)
{
    char *now = terminal_picture(terminal);
    bool same = strcmp(now, data) == 0;
    free(now);
    return same;
}

static bool is_another_picture(struct terminal *terminal, void *data)
{
    return !is_picture(terminal, data);
}

static void test_wheel(void **state)
{
    struct terminal *terminal = start_saved(40, 12, NULL);
    (void)state;
    program_type(terminal, "?", PROGRAM_HELP);
    terminal_expect_quiet(terminal);
    char *top = terminal_picture(terminal);
    terminal_type(terminal, WHEEL_DOWN);
    assert_true(
        terminal_wait_until(terminal, is_another_picture, top, TERMINAL_PATIENCE_MS));
    terminal_type(terminal, WHEEL_UP WHEEL_UP);
    assert_true(terminal_wait_until(terminal, is_picture, top, TERMINAL_PATIENCE_MS));
    free(top);
    leave(terminal);
}

/* Blank cells, cells that are not there, other buttons, releases, drags, held keys. */
static void test_nothing(void **state)
{
    static const char *const nothing[] = {"\033[<0;80;2M", "\033[<0;1;2M\033[<0;1;2m",
        "\033[<0;500;300M", "\033[<0;99999;99999M", "\033[<2;3;24M", "\033[<1;3;24M",
        "\033[<0;3;24m", "\033[<32;3;24M", "\033[<35;3;24M", "\033[<4;3;24M",
        "\033[<128;3;24M"};
    struct terminal *terminal = start_saved(80, 24, NULL);
    (void)state;
    expect_nothing(terminal, sizeof nothing / sizeof *nothing, nothing);
    leave(terminal);
}

/* Of the old form the three bytes behind are taken, whatever they are. */
static void test_garbage(void **state)
{
    static const char *const garbage[] = {"\033[<", "\033[<M", "\033[<0M", "\033[<0;3M",
        "\033[<0;0;0M", "\033[<;;M", "\033[<0;-3;24M", "\033[<0;3;24;7M",
        "\033[<<0;3;24M", "\033[<0;3;24~", "\033[<999999999999999999999;3;24M",
        "\033[<0;3333333333333333333333333333333333333333333333333333;24M", "\033[Mqqq",
        "\033[M\377\377\377", "\033[M#!!", "\033[Mt", "\033[M\033[M\033[Mqqq",
        "\033[<0;3;2\033[<0;3\033[<64;3;3m"};
    struct terminal *terminal = start_saved(80, 24, NULL);
    (void)state;
    expect_nothing(terminal, sizeof garbage / sizeof *garbage, garbage);
    leave(terminal);
}

/* A report that comes in two parts is one. */
static void test_parts(void **state)
{
    char report[REPORT_MAX], part[REPORT_MAX];
    int row, column;
    struct terminal *terminal = start_saved(80, 24, NULL);
    (void)state;
    find(terminal, "t tasks", &row, &column);
    int length = snprintf(report, sizeof report, "\033[<0;%d;%dM", column + 1, row + 1);
    for (int cut = 2; cut < length; cut++) {
        snprintf(part, sizeof part, "%.*s", cut, report);
        terminal_type(terminal, part);
        assert_true(terminal_wait_read(terminal, TERMINAL_PATIENCE_MS));
        program_type(terminal, report + cut, PROGRAM_TASKS);
        program_type(terminal, "t", "t tasks");
    }
    leave(terminal);
}

/* Many are obeyed at once: not a frame each. */
static void test_flood(void **state)
{
    char *flood = malloc(FLOOD * strlen(WHEEL_DOWN) + 1), *end = flood;
    struct terminal *terminal = start_saved(40, 12, NULL);
    (void)state;
    assert_non_null(flood);
    for (int i = 0; i < FLOOD; i++)
        end = stpcpy(end, WHEEL_DOWN);
    program_type(terminal, "?", PROGRAM_HELP);
    int frames = terminal_counts(terminal).frames;
    terminal_type(terminal, flood);
    terminal_expect_quiet(terminal);
    assert_true(terminal_counts(terminal).frames < frames + FLOOD_FRAMES);
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect_gone(terminal, PROGRAM_HELP);
    free(flood);
    leave(terminal);
}

/* What comes together with keys is about a picture that is no more. */
static void test_click_behind_a_key(void **state)
{
    char typed[REPORT_MAX];
    int row, column;
    struct terminal *terminal = start_saved(80, 24, NULL);
    (void)state;
    find(terminal, "w workers", &row, &column);
    snprintf(typed, sizeof typed, "t\033[<0;%d;%dM", column + 1, row + 1);
    program_type(terminal, typed, PROGRAM_TASKS);
    terminal_read_for(terminal, STILL_MS);
    terminal_expect(terminal, PROGRAM_TASKS);
    leave(terminal);
}

/* The terminal keeps its mouse. */
static void test_no_mouse(void **state)
{
    char report[REPORT_MAX];
    const char *const typed[] = {report, WHEEL_DOWN};
    int row, column;
    struct terminal *terminal = start_saved(80, 24, "--no-mouse");
    (void)state;
    find(terminal, "t tasks", &row, &column);
    snprintf(report, sizeof report, "\033[<0;%d;%dM", column + 1, row + 1);
    expect_nothing(terminal, 2, typed);
    assert_false(terminal_wrote(terminal, "\033[?1000"));
    assert_false(terminal_wrote(terminal, "\033[?1006"));
    leave(terminal);
}

static void test_kinds(void **state)
{
    static const struct {
        const char *term;
        bool mouse;
    } kinds[] = {{"vt100", false}, {"linux", false}, {"vt220", false},
        {"xterm-256color", true}, {"screen", true}, {"tmux-256color", true}};
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        print_message("%s\n", kinds[i].term);
        struct terminal *terminal = start_on(kinds[i].term);
        assert_int_equal(terminal_wrote(terminal, MOUSE_ON), kinds[i].mouse);
        assert_int_equal(terminal_state(terminal).mouse, kinds[i].mouse);
        if (kinds[i].mouse)
            click(terminal, "t tasks", PROGRAM_TASKS);
        terminal_type(terminal, "q");
        terminal_expect_exit(terminal, 0);
        assert_false(terminal_state(terminal).mouse);
        terminal_destroy(terminal);
    }
}

/* A terminal that knows the old form alone. */
static void test_old_form(void **state)
{
    char report[REPORT_MAX];
    int row, column;
    struct terminal *terminal = start_on("screen");
    (void)state;
    find(terminal, "t tasks", &row, &column);
    snprintf(report, sizeof report, "\033[M %c%c\033[M#%c%c", column + '!', row + '!',
        column + '!', row + '!');
    program_type(terminal, report, PROGRAM_TASKS);
    leave(terminal);
}

static bool has_mouse(struct terminal *terminal, void *data)
{
    (void)data;
    return terminal_state(terminal).mouse;
}

static pid_t start_watch(struct ending_shell *shell)
{
    pid_t parent = ending_start(shell, (const char *[]){"watch", NULL});
    terminal_expect(shell->terminal, "q quit");
    if (!terminal_wait_until(shell->terminal, has_mouse, NULL, TERMINAL_PATIENCE_MS))
        terminal_fail(shell->terminal, "the mouse is not asked for");
    return parent;
}

/* However it ends, the mouse is the terminal's again (ending_expect_whole() asks). */
static void test_endings(void **state)
{
    static const int signals[] = {SIGKILL, SIGTERM, SIGSEGV, SIGHUP};
    struct ending_shell shell;
    (void)state;
    ending_begin(&shell, "bash", NULL);
    start_watch(&shell);
    terminal_type(shell.terminal, "q");
    ending_expect_whole(&shell, 0);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        kill(start_watch(&shell), signals[i]);
        ending_expect_whole(&shell, -1);
    }
    ending_finish(&shell);
}

static void test_suspension(void **state)
{
    struct ending_shell shell;
    (void)state;
    ending_begin(&shell, "bash", NULL);
    start_watch(&shell);
    terminal_control(shell.terminal, 'Z');
    terminal_expect_prompt(shell.terminal);
    ending_expect_screen_left(&shell);
    terminal_command(shell.terminal, (const char *[]){"fg", NULL});
    if (!terminal_wait_until(shell.terminal, has_mouse, NULL, TERMINAL_PATIENCE_MS))
        terminal_fail(shell.terminal, "the mouse is not asked for again");
    click(shell.terminal, "? help", PROGRAM_HELP);
    terminal_type(shell.terminal, "q");
    ending_expect_whole(&shell, 0);
    ending_finish(&shell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),
        cmocka_unit_test(test_watch),
        cmocka_unit_test(test_wheel),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_garbage),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_flood),
        cmocka_unit_test(test_click_behind_a_key),
        cmocka_unit_test(test_no_mouse),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_old_form),
        cmocka_unit_test(test_endings),
        cmocka_unit_test(test_suspension),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
