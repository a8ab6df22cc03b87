// SPDX-License-Identifier: MIT
/* Keys where the program is at another place: the end, watch, map, the question for a
 * guess, what has to be scrolled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

enum { CPUS_MANY = 200, WORKERS = 64, HEAD_ROWS = 3, TABLE_END = 20 };

#define WATCHING "Space freeze   d details"

static void test_end(void **state)
{
    struct terminal *terminal =
        program_start(80, 24, (const char *[]){"run", PROGRAM_NO_TIME, NULL});
    (void)state;
    terminal_expect(terminal, PROGRAM_COMPARE);
    program_type(terminal, "t", PROGRAM_TASKS);
    program_type(terminal, "w", PROGRAM_WORKERS);
    program_type(terminal, "?", PROGRAM_HELP);
    program_type(terminal, "\r", PROGRAM_COMPARE);
    program_type(terminal, "d", "dt=");
    terminal_type(terminal, "d");
    terminal_expect_gone(terminal, "dt=");
    program_press(terminal, TERMINAL_PAGE_DOWN, PROGRAM_TASKS);
    program_press(terminal, TERMINAL_PAGE_DOWN, PROGRAM_WORKERS);
    program_press(terminal, TERMINAL_PAGE_DOWN, PROGRAM_COMPARE);
    program_type(terminal, "zä\033[5", PROGRAM_COMPARE);
    terminal_expect_quiet(terminal); /* or q would be the end of that sequence */
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "one after the other");
}

/* What was on the screen before is above what is printed now. */
static void test_scroll_back(void **state)
{
    const char *argv[] = {
        "sh", "-c", "echo before; \"$PARFOR\" run empty -n 4 -j 2", NULL};
    struct terminal *terminal =
        terminal_start(&(struct terminal_setup){.argv = argv, .columns = 60, .rows = 50});
    int before, row, column;
    (void)state;
    terminal_expect(terminal, "s save   t tasks");
    assert_false(terminal_shows(terminal, "before"));
    terminal_type(terminal, "q");
    terminal_expect_exit(terminal, 0);
    assert_true(terminal_find(terminal, "before", &before, &column));
    assert_true(terminal_find(terminal, "one after the other", &row, &column));
    assert_true(row > before);
    terminal_destroy(terminal);
}

static void test_watch(void **state)
{
    struct terminal *terminal = program_start(80, 24, (const char *[]){"watch", NULL});
    (void)state;
    terminal_expect(terminal, WATCHING);
    terminal_expect(terminal, "busy");
    program_type(terminal, "t", "No tasks: nothing is run.");
    program_type(terminal, "w", "No workers: nothing is run.");
    program_type(terminal, "s", "Nothing is run: nothing to save.");
    terminal_type(terminal, "jk\r");
    terminal_press(terminal, TERMINAL_PAGE_DOWN);
    terminal_press(terminal, TERMINAL_PAGE_UP);
    terminal_press(terminal, TERMINAL_DOWN);
    terminal_press(terminal, TERMINAL_UP);
    terminal_read_for(terminal, 300);
    terminal_expect(terminal, WATCHING);
    program_type(terminal, "?", PROGRAM_HELP);
    program_type(terminal, "?", WATCHING);
    program_type(terminal, " ", PROGRAM_FROZEN);
    terminal_expect_quiet(terminal);
    terminal_type(terminal, " d");
    terminal_expect_gone(terminal, PROGRAM_FROZEN);
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "Watched for");
}

static void expect_row(struct terminal *terminal, int row, const char *start)
{
    char *text = terminal_row(terminal, row);
    if (strncmp(text, start, strlen(start)) != 0)
        terminal_fail(terminal, "row %d does not start with '%s'", row, start);
    free(text);
}

static void scroll(struct terminal *terminal, const char *keys, const char *first)
{
    terminal_type(terminal, keys);
    terminal_expect_quiet(terminal);
    expect_row(terminal, 1, first);
}

/* CPUs that have no room are counted, and can be scrolled to, and no further. */
static void test_scroll(void **state)
{
    struct terminal *terminal = program_start(
        20, 6, (const char *[]){"watch", "--sysroot", program_machine(CPUS_MANY), NULL});
    (void)state;
    terminal_expect(terminal, "+");
    terminal_expect(terminal, "0 ");
    terminal_expect_quiet(terminal);
    char *before = terminal_picture(terminal);
    scroll(terminal, "k", "0 ");
    terminal_type(terminal, "jjj");
    terminal_expect_quiet(terminal);
    char *after = terminal_picture(terminal);
    assert_string_not_equal(before, after);
    assert_true(terminal_shows(terminal, "+"));
    scroll(terminal, "kkk", "0 ");
    for (int i = 0; i < 300; i++)
        terminal_type(terminal, "j");
    terminal_expect(terminal, "19");
    terminal_expect_quiet(terminal);
    free(after);
    after = terminal_picture(terminal);
    terminal_type(terminal, "j");
    terminal_press(terminal, TERMINAL_DOWN);
    terminal_press(terminal, TERMINAL_PAGE_DOWN);
    terminal_expect_quiet(terminal);
    char *end = terminal_picture(terminal);
    assert_string_equal(after, end);
    free(before);
    free(after);
    free(end);
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "Watched");
}

/* Marks the workers whose lines are there: a number, which nothing but blanks precede,
 * and more behind it. */
static void note_workers(struct terminal *terminal, int count, bool seen[])
{
    terminal_expect_quiet(terminal);
    for (int row = HEAD_ROWS; row < TABLE_END; row++) {
        char *line = terminal_row(terminal, row), *end;
        long worker = strtol(line, &end, 10);
        if (end > line && *end == ' ' && worker >= 0 && worker < count)
            seen[worker] = true;
        free(line);
    }
}

/* Every line is seen by pages, and in as few of them as it takes, down and up again. */
static void expect_pages(
    struct terminal *terminal, int pages, const char *begin, const char *end)
{
    static const enum terminal_key ways[] = {TERMINAL_PAGE_DOWN, TERMINAL_PAGE_UP};
    const char *const last[] = {end, begin};
    for (int way = 0; way < 2; way++) {
        bool seen[WORKERS] = {false};
        note_workers(terminal, WORKERS, seen);
        for (int page = 1; page < pages; page++) {
            terminal_press(terminal, ways[way]);
            note_workers(terminal, WORKERS, seen);
        }
        for (int worker = 0; worker < WORKERS; worker++)
            if (!seen[worker])
                terminal_fail(terminal, "worker %d is not seen", worker);
        terminal_expect(terminal, last[way]);
    }
}

static void test_pages(void **state)
{
    char path[500];
    snprintf(path, sizeof path, "%s/run-64.json", getenv("PARFOR_RESULTS"));
    struct terminal *terminal =
        program_start(80, 24, (const char *[]){"show", path, NULL});
    (void)state;
    terminal_expect(terminal, "t tasks");
    program_type(terminal, "w", PROGRAM_WORKERS);
    expect_pages(terminal, 4, "+48 more", "+48 above");
    program_type(terminal, "d", "where each worker's time went");
    expect_pages(terminal, 5, "+50 more", "+50 above");
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "64 at a time");
}

static void test_map(void **state)
{
    struct terminal *terminal =
        program_start(80, 24, (const char *[]){"map", PROGRAM_LONG, NULL});
    (void)state;
    terminal_expect(terminal, PROGRAM_LIVE);
    program_type(terminal, "t", PROGRAM_TASKS);
    program_type(terminal, "w", PROGRAM_WORKERS);
    program_type(terminal, "w", PROGRAM_LIVE);
    program_type(terminal, "q", PROGRAM_QUESTION);
    program_type(terminal, "n", PROGRAM_LIVE);
    program_type(terminal, " ", PROGRAM_FROZEN);
    program_expect_end(terminal, 0, "600");
}

static void test_map_ended(void **state)
{
    struct terminal *terminal =
        program_start(80, 24, (const char *[]){"map", PROGRAM_LONG, NULL});
    (void)state;
    terminal_expect(terminal, PROGRAM_LIVE);
    program_type(terminal, "q", PROGRAM_QUESTION);
    terminal_type(terminal, "y");
    program_expect_end(terminal, 1, "stopped");
}

static struct terminal *start_ask(void)
{
    struct terminal *terminal =
        program_start(80, 24, (const char *[]){"run", PROGRAM_NO_TIME, "--ask", NULL});
    terminal_expect(terminal, PROGRAM_ASK);
    return terminal;
}

/* A guess is digits and a point, eight at most; the rest are keys, or no
 * number. */
static void test_guess(void **state)
{
    struct terminal *terminal = start_ask();
    (void)state;
    program_type(terminal, "1.5", PROGRAM_ASK " 1.5");
    program_press(terminal, TERMINAL_BACKSPACE, PROGRAM_ASK " 1. ");
    program_type(terminal, "c", "A number, please.");
    program_type(terminal, "abxyz,-+", PROGRAM_ASK " 1. ");
    program_type(terminal, "75", PROGRAM_ASK " 1.75 ");
    program_type(terminal, "123456789", PROGRAM_ASK " 1.751234 ");
    for (int i = 0; i < 12; i++)
        terminal_press(terminal, TERMINAL_BACKSPACE);
    program_type(terminal, "2", PROGRAM_ASK " 2 ");
    program_type(terminal, "t", PROGRAM_TASKS);
    program_type(terminal, "t", PROGRAM_ASK " 2 ");
    program_type(terminal, "?", PROGRAM_HELP);
    program_type(terminal, "\r", PROGRAM_ASK " 2 ");
    assert_true(terminal_state(terminal).cursor_visible);
    program_type(terminal, "\r", PROGRAM_COMPARE);
    assert_false(terminal_state(terminal).cursor_visible);
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "one after the other");
}

static void test_guess_by_clicker(void **state)
{
    struct terminal *terminal = start_ask();
    (void)state;
    program_press(terminal, TERMINAL_PAGE_DOWN, PROGRAM_COMPARE);
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "one after the other");
}

static void test_guess_left(void **state)
{
    struct terminal *terminal = start_ask();
    (void)state;
    program_type(terminal, "q", PROGRAM_QUESTION);
    program_type(terminal, "n", PROGRAM_ASK);
    program_type(terminal, "q", PROGRAM_QUESTION);
    terminal_type(terminal, "y");
    program_expect_end(terminal, 1, "one after the other");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_end),
        cmocka_unit_test(test_scroll_back),
        cmocka_unit_test(test_watch),
        cmocka_unit_test(test_scroll),
        cmocka_unit_test(test_pages),
        cmocka_unit_test(test_map),
        cmocka_unit_test(test_map_ended),
        cmocka_unit_test(test_guess),
        cmocka_unit_test(test_guess_by_clicker),
        cmocka_unit_test(test_guess_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
