// SPDX-License-Identifier: MIT
/* Sixty sizes in three seconds, in every view of the real program: from 1x1 to 500x200.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "golden.h"
#include "program.h"

enum { RESIZES = 60, BETWEEN_MS = 50, AT_ONCE = 5 };

static const struct size {
    int columns, rows;
} sizes[] = {{80, 24}, {20, 5}, {10, 3}, {500, 200}, {1, 1}, {200, 60}, {40, 12}, {19, 5},
    {20, 4}, {120, 40}, {60, 20}, {59, 19}, {2, 50}, {300, 2}, {80, 25}, {79, 23}};

static const struct place {
    const char *arguments[12];
    const char *keys;  /* that lead to the view */
    const char *title; /* of its first row, in 80 columns */
    const char *foot;  /* in its last row */
    const char *leave; /* keys that end it */
    int status;
} places[] = {
    {{"run", PROGRAM_LONG}, "", "sleep", PROGRAM_LIVE, "qy", 1},
    {{"run", PROGRAM_LONG}, "t", "sleep", PROGRAM_TASKS, "qy", 1},
    {{"run", PROGRAM_LONG}, "w", "sleep", PROGRAM_WORKERS, "qy", 1},
    {{"run", PROGRAM_LONG}, "?", "- Top line:", PROGRAM_HELP, "qy", 1},
    {{"run", PROGRAM_LONG}, "d", "sleep", PROGRAM_LIVE, "qy", 1},
    {{"run", PROGRAM_LONG}, " ", "sleep", PROGRAM_FROZEN, "qy", 1},
    {{"run", PROGRAM_LONG}, "q", "sleep", PROGRAM_QUESTION, "y", 1},
    {{"map", PROGRAM_LONG}, "", "sleep", PROGRAM_LIVE, "qy", 1},
    {{"sweep", PROGRAM_POINTS}, "", "sleep", PROGRAM_LIVE, "qy", 1},
    {{"sweep", PROGRAM_POINTS}, "d", "sleep", PROGRAM_LIVE, "qy", 1},
    {{"sweep", PROGRAM_POINTS}, "w", "sleep", PROGRAM_WORKERS, "qy", 1},
    {{"sweep", PROGRAM_NO_TIME}, "", "empty", PROGRAM_COMPARE, "q", 0},
    {{"run", PROGRAM_NO_TIME, "--ask"}, "2", "empty", "Enter go on", "qy", 1},
    {{"run", PROGRAM_NO_TIME}, "", "empty", PROGRAM_COMPARE, "q", 0},
    {{"run", PROGRAM_NO_TIME}, "d", "empty", PROGRAM_COMPARE, "q", 0},
    {{"run", PROGRAM_NO_TIME}, "t", "empty", PROGRAM_TASKS, "q", 0},
    {{"run", PROGRAM_NO_TIME}, "w", "empty", PROGRAM_WORKERS, "q", 0},
    {{"watch", NULL}, "", "CPU", "d details", "q", 0},
};

static void expect_row(struct terminal *terminal, int row, const char *text)
{
    int found, column;
    if (!terminal_find(terminal, text, &found, &column) || found != row)
        terminal_fail(terminal, "row %d does not have: %s", row, text);
}

static void reach(struct terminal *terminal, const struct place *place)
{
    const char *first = "quit";
    bool runs = place->arguments[0][0] == 'r' || place->arguments[0][0] == 's';
    if (runs && place->arguments[1][0] == 's')
        first = "so far";
    else if (runs)
        first = place->arguments[6] ? PROGRAM_ASK : PROGRAM_COMPARE;
    terminal_expect(terminal, first);
    program_type(terminal, place->keys, place->foot);
}

/* All of them at once, one after the other, every 50 ms. */
static void shake(size_t count, struct terminal *const terminals[])
{
    for (int i = 0; i < RESIZES; i++)
        for (size_t k = 0; k < count; k++) {
            size_t number = ((size_t)i * 7 + k) % (sizeof sizes / sizeof *sizes);
            terminal_resize(terminals[k], sizes[number].rows, sizes[number].columns);
            terminal_read_for(terminals[k], BETWEEN_MS / (int)count);
        }
    for (size_t k = 0; k < count; k++)
        terminal_resize(terminals[k], 24, 80);
}

static void check(struct terminal *terminal, const struct place *place)
{
    terminal_expect(terminal, place->title);
    terminal_expect(terminal, place->foot);
    expect_row(terminal, 0, place->title);
    expect_row(terminal, 23, place->foot);
    assert_int_equal(terminal_counts(terminal).unbalanced, 0);
    assert_int_equal(terminal_counts(terminal).unframed_bytes, 0);
    terminal_type(terminal, place->leave);
    program_expect_end(terminal, place->status, "");
}

static void test_resizes(void **state)
{
    enum { PLACES = sizeof places / sizeof *places };
    struct terminal *terminals[AT_ONCE];
    (void)state;
    for (size_t first = 0; first < PLACES; first += AT_ONCE) {
        size_t count = PLACES - first < AT_ONCE ? PLACES - first : AT_ONCE;
        for (size_t i = 0; i < count; i++)
            terminals[i] = program_start(80, 24, places[first + i].arguments);
        for (size_t i = 0; i < count; i++)
            reach(terminals[i], &places[first + i]);
        shake(count, terminals);
        for (size_t i = 0; i < count; i++) {
            print_message(
                "%s, key '%s'\n", places[first + i].arguments[0], places[first + i].keys);
            check(terminals[i], &places[first + i]);
        }
    }
}

/* A terminal that is too small says what it needs, and a larger one shows all. */
static void test_too_small(void **state)
{
    struct terminal *terminal = program_start(10, 3, (const char *[]){"watch", NULL});
    (void)state;
    terminal_expect(terminal, "needs 20x5");
    assert_false(terminal_shows(terminal, "busy"));
    golden_expect(terminal, "real-watch-10x3");
    terminal_resize(terminal, 4, 30);
    terminal_expect(terminal, "needs 20x5");
    terminal_resize(terminal, 5, 20);
    terminal_expect(terminal, "busy");
    terminal_resize(terminal, 1, 1);
    terminal_expect_gone(terminal, "busy");
    terminal_type(terminal, "q");
    terminal_expect_exit(terminal, 0);
    terminal_destroy(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resizes),
        cmocka_unit_test(test_too_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
