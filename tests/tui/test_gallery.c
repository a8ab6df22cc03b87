// SPDX-License-Identifier: MIT
/* Results in a list, and two side by side: goldens at every size, keys, clicks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "golden.h"
#include "terminal.h"

enum { WORDS_MAX = 16, PATH_MAX_SIZE = 400 };

struct shot {
    const char *name;
    int columns, rows;
    const char *term, *locale;
    const char *words[WORDS_MAX]; /* a result begins with '/' */
};

static struct terminal *start(const struct shot *shot)
{
    static char paths[WORDS_MAX][PATH_MAX_SIZE];
    const char *argv[WORDS_MAX + 2] = {getenv("PARFOR_BROWSE")};
    assert_non_null(argv[0]);
    for (int i = 0; i < WORDS_MAX && shot->words[i]; i++) {
        const char *word = shot->words[i];
        snprintf(paths[i], sizeof paths[i], "%s%s",
            *word == '/' ? getenv("PARFOR_RESULTS") : "", word);
        argv[i + 1] = paths[i];
    }
    struct terminal *terminal = terminal_start(&(struct terminal_setup){.argv = argv,
        .rows = shot->rows,
        .columns = shot->columns,
        .term = shot->term,
        .locale = shot->locale});
    terminal_expect(terminal, "? help"); /* it is always there, and drawn last */
    return terminal;
}

static void end(struct terminal *terminal, const char *said)
{
    terminal_expect_exit(terminal, 0);
    assert_false(terminal_state(terminal).alternate);
    assert_true(terminal_shows(terminal, said));
    terminal_destroy(terminal);
}

#define ALL                                                                              \
    "/run-2.json", "/run-64.json", "/run-12.json", "/map-12-stopped.json",               \
        "/sweep-12.json", "/programs-8-four.json", "/program-8.json",                    \
        "/run-2.json:pass", "/run-12.json:slow", "/programs-8-failed.json",              \
        "/run-256.json"

static const struct shot shots[] = {
    {"gallery-20x5", 20, 5, .words = {ALL}},
    {"gallery-40x12", 40, 12, .words = {ALL}},
    {"gallery-80x24", 80, 24, .words = {ALL}},
    {"gallery-120x40", 120, 40, .words = {ALL}},
    {"gallery-200x60", 200, 60, .words = {ALL}},
    {"gallery-40x12-ascii", 40, 12, "vt100", "C", {"ascii", ALL}},
    {"gallery-40x12-saves", 40, 12, .words = {"saves", ALL}},
    {"gallery-80x24-saves", 80, 24, .words = {"saves", ALL}},
    {"gallery-80x24-hidden", 80, 24, .words = {"times=372", ALL}},
    {"pair-2-64-20x5", 20, 5, .words = {"beside", "/run-2.json", "/run-64.json"}},
    {"pair-2-64-40x12", 40, 12, .words = {"beside", "/run-2.json", "/run-64.json"}},
    {"pair-2-64-80x24", 80, 24, .words = {"beside", "/run-2.json", "/run-64.json"}},
    {"pair-2-64-120x40", 120, 40, .words = {"beside", "/run-2.json", "/run-64.json"}},
    {"pair-2-64-200x60", 200, 60, .words = {"beside", "/run-2.json", "/run-64.json"}},
    {"pair-2-64-200x24", 200, 24, .words = {"beside", "/run-2.json", "/run-64.json"}},
    {"pair-2-64-80x24-ascii", 80, 24, "vt100", "C",
        {"ascii", "beside", "/run-2.json", "/run-64.json"}},
    {"pair-same-80x24", 80, 24, .words = {"beside", "/run-8.json", "/run-8.json"}},
    {"pair-1-256-80x24", 80, 24, .words = {"beside", "/run-1.json", "/run-256.json"}},
    {"pair-check-80x24", 80, 24,
        .words = {"beside", "/run-2.json:pass", "/run-12.json:slow"}},
    {"pair-run-check-80x24", 80, 24,
        .words = {"beside", "/run-8.json", "/run-12.json:slow"}},
    {"pair-map-run-80x24", 80, 24,
        .words = {"beside", "/map-12-stopped.json", "/run-12.json"}},
    {"pair-sweep-run-80x24", 80, 24,
        .words = {"beside", "/sweep-12.json", "/run-12.json"}},
    {"pair-programs-80x24", 80, 24,
        .words = {"beside", "/programs-8-four.json", "/program-8.json"}},
};

static void test_shots(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof shots / sizeof *shots; i++) {
        struct terminal *terminal = start(&shots[i]);
        terminal_settle(terminal, TERMINAL_QUIET_MS, TERMINAL_PATIENCE_MS);
        char *picture = terminal_picture(terminal);
        wrong += !golden_matches(shots[i].name, picture);
        free(picture);
        terminal_type(terminal, "q");
        end(terminal, "left");
    }
    assert_int_equal(wrong, 0);
}

static struct terminal *start_list(void)
{
    return start(&(struct shot){.columns = 80, .rows = 24, .words = {ALL}});
}

/* Two marked ones are put side by side, and the list is as it was before. */
static void test_marks(void **state)
{
    struct terminal *terminal = start_list();
    (void)state;
    terminal_expect(terminal, "11 results");
    terminal_type(terminal, "m");
    terminal_expect(terminal, ">*");
    terminal_type(terminal, "jm");
    terminal_press(terminal, TERMINAL_END);
    terminal_type(terminal, "b");
    terminal_expect(terminal, "64 CPUs");
    terminal_expect(terminal, "q back");
    assert_false(terminal_shows(terminal, "11 results"));
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect(terminal, "11 results");
    terminal_type(terminal, "q");
    end(terminal, "left");
}

static void test_open(void **state)
{
    struct terminal *terminal = start_list();
    (void)state;
    terminal_press(terminal, TERMINAL_DOWN);
    terminal_press(terminal, TERMINAL_ENTER);
    end(terminal, "opened 1 run-64.json");
}

/* The help is of what is seen, and leads back there. */
static void test_help(void **state)
{
    struct terminal *terminal = start_list();
    (void)state;
    terminal_type(terminal, "?");
    terminal_expect(terminal, "A line for each result");
    terminal_type(terminal, "?");
    terminal_expect(terminal, "11 results");
    terminal_type(terminal, "b");
    terminal_expect(terminal, "q back");
    terminal_type(terminal, "?");
    terminal_expect(terminal, "the same scale of time");
    terminal_type(terminal, "q");
    terminal_expect(terminal, "q back");
    terminal_type(terminal, "qq");
    end(terminal, "left");
}

/* Presses and lets go of the first button there, counted from 0. */
static void click(struct terminal *terminal, int row, int column)
{
    char text[64];
    snprintf(text, sizeof text, "\033[<0;%d;%dM\033[<0;%d;%dm", column + 1, row + 1,
        column + 1, row + 1);
    terminal_type(terminal, text);
}

/* The selected one, in the form that Tab chooses; a name that is refused is there again.
 */
static void test_save(void **state)
{
    struct terminal *terminal =
        start(&(struct shot){.columns = 80, .rows = 24, .words = {"saves", ALL}});
    (void)state;
    terminal_type(terminal, "js");
    terminal_expect(terminal, "Save as: run-64.json");
    terminal_expect(terminal, "Enter save   Tab format   Esc leave it");
    terminal_expect_quiet(terminal);
    assert_true(terminal_state(terminal).cursor_visible);
    terminal_press(terminal, TERMINAL_TAB);
    terminal_expect(terminal, "Save as: run-64.txt");
    terminal_type(terminal, "q\025refused.sv\t\r");
    terminal_expect(terminal, "there is such a file already: refused.svg");
    terminal_expect_quiet(terminal);
    assert_false(terminal_state(terminal).cursor_visible);
    terminal_type(terminal, "s");
    terminal_expect(terminal, "Save as: refused.svg");
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect(terminal, "s save");
    terminal_type(terminal, "s");
    terminal_expect(terminal, "Save as: run-64.json");
    terminal_press(terminal, TERMINAL_BACK_TAB);
    terminal_expect(terminal, "Save as: run-64.svg");
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "Saved: run-64.svg");
    terminal_type(terminal, "js");
    terminal_expect(terminal, "Save as: run-12.json"); /* another one */
    terminal_type(terminal, "\033[A\r");
    terminal_expect(terminal, "Saved: run-12.json");
    terminal_type(terminal, "q");
    terminal_expect(terminal, "saved run-64.svg");
    end(terminal, "saved run-12.json");
}

/* Two side by side are saved together; then the selected one has its own name again. */
static void test_save_pair(void **state)
{
    struct terminal *terminal =
        start(&(struct shot){.columns = 80, .rows = 24, .words = {"saves", ALL}});
    (void)state;
    terminal_type(terminal, "jbs");
    terminal_expect(terminal, "Save as: both.txt");
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "Saved: both.txt");
    terminal_type(terminal, "?");
    terminal_expect(terminal, "save both as one table");
    terminal_type(terminal, "qqs");
    terminal_expect(terminal, "Save as: run-64.json");
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "Saved: run-64.json");
    terminal_type(terminal, "q");
    terminal_expect(terminal, "saved both: both.txt");
    end(terminal, "saved run-64.json");
}

/* Clicks on rows mean nothing while a name is typed, those on keys what the keys do. */
static void test_save_clicks(void **state)
{
    struct terminal *terminal =
        start(&(struct shot){.columns = 80, .rows = 24, .words = {"saves", ALL}});
    int row, column;
    (void)state;
    assert_true(terminal_find(terminal, "s save", &row, &column));
    click(terminal, row, column);
    terminal_expect(terminal, "Save as: run-2.json");
    assert_true(terminal_find(terminal, "check of", &row, &column));
    click(terminal, row, column);
    terminal_expect_quiet(terminal);
    assert_true(terminal_find(terminal, "Tab format", &row, &column));
    click(terminal, row, column);
    terminal_expect(terminal, "Save as: run-2.txt");
    assert_true(terminal_find(terminal, "Enter save", &row, &column));
    click(terminal, row, column + 7);
    terminal_expect(terminal, "Saved: run-2.txt");
    terminal_type(terminal, "q");
    end(terminal, "saved run-2.txt");
}

/* Where it cannot be done the key means nothing, and nobody speaks of it. */
static void test_no_save(void **state)
{
    struct terminal *terminal = start_list();
    (void)state;
    terminal_type(terminal, "s?");
    terminal_expect(terminal, "open the selected result");
    assert_false(terminal_shows(terminal, "save"));
    terminal_type(terminal, "?bs?");
    terminal_expect(terminal, "the same scale of time");
    assert_false(terminal_shows(terminal, "save"));
    terminal_type(terminal, "?qq");
    end(terminal, "left");
}

static void test_theme(void **state)
{
    struct terminal *terminal = start_list();
    (void)state;
    terminal_type(terminal, "c");
    terminal_expect(terminal, "Colours: light");
    terminal_type(terminal, "cq");
    end(terminal, "theme contrast");
}

/* A click selects, a second one on the same row opens; one on a key is that key. */
static void test_clicks(void **state)
{
    struct terminal *terminal = start_list();
    int row, column;
    (void)state;
    assert_true(terminal_find(terminal, "side by side", &row, &column));
    click(terminal, row, column);
    terminal_expect(terminal, "q back");
    terminal_type(terminal, "q");
    terminal_expect(terminal, "11 results");
    terminal_expect_quiet(terminal);
    assert_true(terminal_find(terminal, "check of", &row, &column));
    click(terminal, row, column + 4);
    terminal_expect_quiet(terminal);
    struct terminal_cell cell = terminal_cell(terminal, row, 1);
    assert_string_equal(cell.text, ">");
    click(terminal, row, column + 4);
    end(terminal, "opened 7 run-2.json");
}

/* Whatever the sizes and the keys, it goes on, and ends as it should. */
static void test_random(void **state)
{
    static const char *const keys[] = {
        "j", "k", "m", "b", "?", "c", "jj", "\033[6~", "\033[5~", "\033[H", "\033[F"};
    struct terminal *terminal = start_list();
    unsigned seed = 7;
    (void)state;
    for (int i = 0; i < 200; i++) {
        seed = seed * 1103515245 + 12345;
        unsigned number = seed >> 16;
        if (number % 3 == 0)
            terminal_resize(
                terminal, 1 + (int)(number / 3 % 50), 1 + (int)(number % 160));
        else
            terminal_type(terminal, keys[number / 3 % (sizeof keys / sizeof *keys)]);
        terminal_read_for(terminal, 5);
    }
    terminal_resize(terminal, 24, 80);
    terminal_expect(terminal, "?");
    terminal_type(terminal, "qqq");
    end(terminal, "left");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shots),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_open),
        cmocka_unit_test(test_help),
        cmocka_unit_test(test_save),
        cmocka_unit_test(test_save_pair),
        cmocka_unit_test(test_save_clicks),
        cmocka_unit_test(test_no_save),
        cmocka_unit_test(test_theme),
        cmocka_unit_test(test_clicks),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
