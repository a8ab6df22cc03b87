// SPDX-License-Identifier: MIT
/* Every key in every view of the real program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

enum { STILL_MS = 700, CPUS_MANY = 200 };

#define NO_KEY TERMINAL_KEYS

/* A key, or characters, and what is shown then. */
struct step {
    const char *typed;
    enum terminal_key pressed; /* where nothing is typed */
    const char *expected;
};

static void walk(struct terminal *terminal, size_t count, const struct step steps[])
{
    for (size_t i = 0; i < count; i++)
        if (steps[i].typed)
            program_type(terminal, steps[i].typed, steps[i].expected);
        else
            program_press(terminal, steps[i].pressed, steps[i].expected);
}

#define WALK(terminal, steps) walk(terminal, sizeof steps / sizeof *steps, steps)

static struct terminal *start_live(void)
{
    struct terminal *terminal =
        program_start(80, 24, (const char *[]){"run", PROGRAM_LONG, NULL});
    terminal_expect(terminal, PROGRAM_LIVE);
    terminal_expect(terminal, "so far");
    return terminal;
}

/* Answers yes, and looks at what is left. */
static void end_now(struct terminal *terminal)
{
    program_type(terminal, "q", PROGRAM_QUESTION);
    terminal_type(terminal, "y");
    program_expect_end(terminal, 1, "stopped");
}

/* From every view to every other one, by letters and by a clicker's two keys. */
static void test_views(void **state)
{
    static const struct step steps[] = {
        {"t", NO_KEY, PROGRAM_TASKS},
        {"t", NO_KEY, PROGRAM_LIVE},
        {"w", NO_KEY, PROGRAM_WORKERS},
        {"w", NO_KEY, PROGRAM_LIVE},
        {"?", NO_KEY, PROGRAM_HELP},
        {"?", NO_KEY, PROGRAM_LIVE},
        {"t", NO_KEY, PROGRAM_TASKS},
        {"w", NO_KEY, PROGRAM_WORKERS},
        {"t", NO_KEY, PROGRAM_TASKS},
        {"?", NO_KEY, PROGRAM_HELP},
        {"w", NO_KEY, PROGRAM_WORKERS},
        {"\r", NO_KEY, PROGRAM_LIVE},
        {"?", NO_KEY, PROGRAM_HELP},
        {NULL, TERMINAL_ESCAPE, PROGRAM_LIVE},
        {"t", NO_KEY, PROGRAM_TASKS},
        {NULL, TERMINAL_ESCAPE, PROGRAM_LIVE},
        {NULL, TERMINAL_PAGE_DOWN, PROGRAM_TASKS},
        {NULL, TERMINAL_PAGE_DOWN, PROGRAM_WORKERS},
        {NULL, TERMINAL_PAGE_DOWN, PROGRAM_LIVE},
        {NULL, TERMINAL_PAGE_UP, PROGRAM_WORKERS},
        {NULL, TERMINAL_PAGE_UP, PROGRAM_TASKS},
        {NULL, TERMINAL_PAGE_UP, PROGRAM_LIVE},
        {NULL, TERMINAL_RIGHT, PROGRAM_TASKS},
        {NULL, TERMINAL_TAB, PROGRAM_WORKERS},
        {"l", NO_KEY, PROGRAM_LIVE},
        {"h", NO_KEY, PROGRAM_WORKERS},
        {NULL, TERMINAL_LEFT, PROGRAM_TASKS},
        {NULL, TERMINAL_LEFT, PROGRAM_LIVE},
    };
    struct terminal *terminal = start_live();
    (void)state;
    WALK(terminal, steps);
    end_now(terminal);
}

/* A sweep has its own picture, while it runs and at the end. */
static void test_sweep(void **state)
{
    static const struct step steps[] = {
        {"t", NO_KEY, PROGRAM_TASKS},
        {"t", NO_KEY, PROGRAM_SWEEP},
        {"w", NO_KEY, PROGRAM_WORKERS},
        {"w", NO_KEY, PROGRAM_SWEEP},
        {"?", NO_KEY, PROGRAM_HELP},
        {NULL, TERMINAL_ESCAPE, PROGRAM_SWEEP},
        {NULL, TERMINAL_PAGE_DOWN, PROGRAM_TASKS},
        {NULL, TERMINAL_PAGE_DOWN, PROGRAM_WORKERS},
        {NULL, TERMINAL_PAGE_DOWN, PROGRAM_SWEEP},
        {NULL, TERMINAL_PAGE_UP, PROGRAM_WORKERS},
        {"\r", NO_KEY, PROGRAM_SWEEP},
        {"d", NO_KEY, "runs"},
        {"d", NO_KEY, "of a worker alone"},
    };
    struct terminal *terminal =
        program_start(80, 24, (const char *[]){"sweep", PROGRAM_POINTS, NULL});
    (void)state;
    terminal_expect(terminal, "so far");
    WALK(terminal, steps);
    program_type(terminal, " ", PROGRAM_FROZEN);
    terminal_type(terminal, " ");
    terminal_expect_gone(terminal, PROGRAM_FROZEN);
    end_now(terminal);
    terminal = program_start(80, 24, (const char *[]){"sweep", PROGRAM_NO_TIME, NULL});
    terminal_expect(terminal, PROGRAM_COMPARE);
    WALK(terminal, steps);
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "");
}

/* The question is answered by one key, whichever it is, in every view; that key does
 * nothing else. */
static void test_question(void **state)
{
    static const char *const views[] = {"\r", "t", "w", "?"};
    static const char *const shown[] = {
        PROGRAM_LIVE, PROGRAM_TASKS, PROGRAM_WORKERS, PROGRAM_HELP};
    static const char *const others[] = {"n", "q", "?", "t", " ", "\r", "\033", "d", "x"};
    struct terminal *terminal = start_live();
    (void)state;
    for (int view = 0; view < 4; view++) {
        program_type(terminal, views[view], shown[view]);
        for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
            program_type(terminal, "q", PROGRAM_QUESTION);
            program_type(terminal, others[i], shown[view]);
            terminal_expect_gone(terminal, PROGRAM_QUESTION);
            assert_false(terminal_shows(terminal, PROGRAM_FROZEN));
        }
        if (view > 0)
            program_type(terminal, "\r", PROGRAM_LIVE);
    }
    program_type(terminal, "q", PROGRAM_QUESTION);
    terminal_type(terminal, "Y");
    program_expect_end(terminal, 1, "stopped");
}

/* Ctrl-C ends it at once, in every view. */
static void test_interrupt(void **state)
{
    static const char *const views[] = {"\r", "t", "w", "?", "q"};
    (void)state;
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        struct terminal *terminal = start_live();
        terminal_type(terminal, views[i]);
        terminal_read_for(terminal, 50);
        terminal_control(terminal, 'C');
        terminal_expect_signal(terminal, 2);
        assert_false(terminal_state(terminal).alternate);
        assert_true(terminal_shows(terminal, "stopped"));
        terminal_destroy(terminal);
    }
}

/* The screen stands still, the run goes on. */
static void test_frozen(void **state)
{
    static const char *const views[] = {"\r", "t", "w"};
    struct terminal *terminal = start_live();
    (void)state;
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        terminal_type(terminal, views[i]);
        terminal_read_for(terminal, 200);
        program_type(terminal, " ", PROGRAM_FROZEN);
        terminal_settle(terminal, 300, TERMINAL_PATIENCE_MS);
        char *before = terminal_picture(terminal);
        terminal_read_for(terminal, STILL_MS);
        char *after = terminal_picture(terminal);
        assert_string_equal(before, after);
        terminal_type(terminal, " ");
        terminal_expect_gone(terminal, PROGRAM_FROZEN);
        free(after);
        after = terminal_picture(terminal);
        assert_string_not_equal(before, after);
        free(before);
        free(after);
    }
    end_now(terminal);
}

static bool is_further(struct terminal *terminal, void *done)
{
    return program_done(terminal) > *(const int *)done + 10;
}

/* While it is frozen the other views are of the same moment, and the keys work. */
static void test_frozen_views(void **state)
{
    static const struct step steps[] = {
        {" ", NO_KEY, PROGRAM_FROZEN},
        {"t", NO_KEY, PROGRAM_TASKS},
        {"w", NO_KEY, PROGRAM_WORKERS},
        {"?", NO_KEY, PROGRAM_HELP},
        {"\r", NO_KEY, PROGRAM_LIVE},
    };
    struct terminal *terminal = start_live();
    (void)state;
    WALK(terminal, steps);
    int done = program_done(terminal);
    assert_true(done >= 0);
    terminal_read_for(terminal, STILL_MS);
    program_type(terminal, "d", PROGRAM_LIVE);
    terminal_read_for(terminal, 100);
    assert_int_equal(program_done(terminal), done);
    terminal_type(terminal, " ");
    terminal_expect_gone(terminal, PROGRAM_FROZEN);
    if (!terminal_wait_until(terminal, is_further, &done, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "it does not go on");
    end_now(terminal);
}

/* The end of a stage and of the run is shown, frozen or not. */
static void test_frozen_to_the_end(void **state)
{
    struct terminal *terminal =
        program_start(80, 24, (const char *[]){"run", PROGRAM_SHORT, NULL});
    (void)state;
    terminal_expect(terminal, "so far");
    program_type(terminal, " ", PROGRAM_FROZEN);
    terminal_expect(terminal, PROGRAM_COMPARE);
    assert_false(terminal_shows(terminal, PROGRAM_FROZEN));
    program_type(terminal, " ", PROGRAM_COMPARE);
    terminal_read_for(terminal, 200);
    assert_false(terminal_shows(terminal, PROGRAM_FROZEN));
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "times as fast");
}

/* What has no Escape in it, and what has: that leads back to the picture at most. */
static const char *const garbage[] = {"x", "Z", "1", ".", "-", "\a", "ä", "日本",
    "\360\237\230\200", "\303", "\377\376", "\001\002\005\006", "\b", "\177"};
static const char *const sequences[] = {"\033[", "\033[1;", "\033O", "\033[200", "\033[M",
    "\033]0;", "\033[<0;10;10M", "\033[I", "\033[99~", "\033[24~", "\033[1;5C",
    "\033\033\033", "\033P"};

/* Each of them by itself, so that what is cut in the middle is over. */
static void try_all(
    struct terminal *terminal, size_t count, const char *const texts[], const char *view)
{
    for (size_t i = 0; i < count; i++) {
        terminal_type(terminal, texts[i]);
        terminal_read_for(terminal, 60);
        if (!terminal_shows(terminal, view))
            terminal_fail(terminal, "unknown key number %zu did something", i);
    }
}

static void try_keys(struct terminal *terminal, const char *view)
{
    static const enum terminal_key keys[] = {TERMINAL_UP, TERMINAL_DOWN, TERMINAL_HOME,
        TERMINAL_END, TERMINAL_INSERT, TERMINAL_DELETE, TERMINAL_BACK_TAB,
        TERMINAL_BACKSPACE};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        terminal_press(terminal, keys[i]);
    program_type_nul(terminal);
    terminal_read_for(terminal, 100);
    terminal_expect(terminal, view);
}

/* What is no key does nothing: after each the view is still there, and keys work. */
static void test_garbage(void **state)
{
    static const char *const views[] = {"t", "w", "?", "\r"};
    static const char *const shown[] = {
        PROGRAM_TASKS, PROGRAM_WORKERS, PROGRAM_HELP, PROGRAM_LIVE};
    struct terminal *terminal = start_live();
    (void)state;
    for (int i = 0; i < 4; i++) {
        program_type(terminal, views[i], shown[i]);
        try_keys(terminal, shown[i]);
        try_all(terminal, sizeof garbage / sizeof *garbage, garbage, shown[i]);
    }
    try_all(terminal, sizeof sequences / sizeof *sequences, sequences, PROGRAM_LIVE);
    end_now(terminal);
}

/* Ten thousand bytes at once are read, and hold nothing up. */
static void test_paste(void **state)
{
    char paste[10001];
    struct terminal *terminal = start_live();
    (void)state;
    for (size_t i = 0; i + 1 < sizeof paste; i++)
        paste[i] = "lorem iPsum z=1;\t"[i % 17];
    paste[sizeof paste - 1] = '\0';
    terminal_type(terminal, paste);
    program_type(terminal, "\033\033\r", "so far");
    program_type(terminal, "t", PROGRAM_TASKS);
    end_now(terminal);
}

struct written {
    size_t before;
    const char *text;
};

static bool wrote_since(struct terminal *terminal, void *data)
{
    const struct written *written = data;
    size_t size;
    return strstr(terminal_bytes(terminal, &size) + written->before, written->text);
}

/* Everything is drawn again, whatever was there. */
static void test_repaint(void **state)
{
    size_t before, after;
    struct terminal *terminal = start_live();
    (void)state;
    program_type(terminal, " ", PROGRAM_FROZEN);
    terminal_expect_quiet(terminal);
    terminal_bytes(terminal, &before);
    char *picture = terminal_picture(terminal);
    terminal_control(terminal, 'L');
    terminal_wait_until(terminal, wrote_since,
        &(struct written){before, "one after the other"}, TERMINAL_PATIENCE_MS);
    terminal_expect_quiet(terminal);
    const char *bytes = terminal_bytes(terminal, &after);
    assert_true(after > before + 500);
    assert_non_null(strstr(bytes + before, "\033[H\033[2J"));
    assert_non_null(strstr(bytes + before, "one after the other"));
    char *again = terminal_picture(terminal);
    assert_string_equal(picture, again);
    free(picture);
    free(again);
    end_now(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_views),
        cmocka_unit_test(test_sweep),
        cmocka_unit_test(test_question),
        cmocka_unit_test(test_interrupt),
        cmocka_unit_test(test_frozen),
        cmocka_unit_test(test_frozen_views),
        cmocka_unit_test(test_frozen_to_the_end),
        cmocka_unit_test(test_garbage),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_repaint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
