// SPDX-License-Identifier: MIT
/* Machines of 129, 1024 and 2048 CPUs at four sizes of screen (shots.c has the smaller
 * ones); CPUs that have no room are counted and can be scrolled to; CPUs that come and go
 * while the real program runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "golden.h"
#include "program.h"
#include "screen_facts.h"

/* A view of a machine at a moment. */
struct sight {
    const char *view, *result, *word;
    int stage, ms;
};

static const struct {
    int columns, rows;
} sizes[] = {{40, 12}, {80, 24}, {120, 40}, {200, 60}};

enum { SIZES = sizeof sizes / sizeof *sizes, PATH_SIZE = 500 };

static struct terminal *start_scene(
    const struct sight *sight, int columns, int rows, const char *word)
{
    char path[PATH_SIZE], stage[12], ms[12];
    const char *argv[] = {
        getenv("PARFOR_SCENE"), path, sight->view, stage, ms, word, NULL};
    snprintf(path, sizeof path, "%s/%s.json", getenv("PARFOR_RESULTS"), sight->result);
    snprintf(stage, sizeof stage, "%d", sight->stage);
    snprintf(ms, sizeof ms, "%d", sight->ms);
    return terminal_start(
        &(struct terminal_setup){.argv = argv, .columns = columns, .rows = rows});
}

static void leave(struct terminal *terminal)
{
    terminal_type(terminal, "q");
    terminal_expect_exit(terminal, 0);
    terminal_destroy(terminal);
}

/* The screen at one size, for the golden; what holds for all screens does. */
static char *look(const struct sight *sight, int columns, int rows)
{
    struct terminal *terminal = start_scene(sight, columns, rows, sight->word);
    char cause[FACTS_CAUSE_MAX];
    if (!terminal_wait_frames(terminal, 1, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "nothing is drawn");
    char *picture = terminal_picture(terminal);
    struct facts_screen screen = {.picture = picture,
        .view = sight->view,
        .result = sight->result,
        .stage = sight->stage,
        .ms = sight->ms};
    if (!facts_hold(&screen, cause))
        terminal_fail(terminal, "%s at %dx%d: %s", sight->result, columns, rows, cause);
    leave(terminal);
    return picture;
}

static bool matches(const struct sight *sight)
{
    char name[64];
    char *all = text_duplicate("");
    for (int i = 0; i < SIZES; i++) {
        char *picture = look(sight, sizes[i].columns, sizes[i].rows);
        char *more = text_format("%s%s", all, picture);
        free(picture);
        free(all);
        all = more;
    }
    snprintf(name, sizeof name, "sizes-%s-%s", sight->view, sight->result);
    bool good = golden_matches(name, all);
    free(all);
    return good;
}

static void test_goldens(void **state)
{
    static const struct sight sights[] = {
        {"live", "run-129", NULL, 1, 300},
        {"live", "run-1024", NULL, 1, 400},
        {"live", "run-2048", NULL, 1, 400},
        {"compare", "run-129", NULL, 2, 0},
        {"compare", "run-1024", NULL, 2, 0},
        {"compare", "run-2048", NULL, 2, 0},
        {"tasks", "run-1024", NULL, 1, 400},
        {"tasks", "run-2048", NULL, 1, 400},
        {"workers", "run-1024", NULL, 1, 400},
        {"workers", "run-2048", NULL, 1, 400},
        {"help", "run-2048", NULL, 1, 400},
        {"check", "run-129", "check=wrong", 2, 0},
        {"check", "run-1024", "check=together", 2, 0},
        {"check", "run-2048", "check=wrong", 2, 0},
    };
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof sights / sizeof *sights; i++)
        wrong += !matches(&sights[i]);
    assert_int_equal(wrong, 0);
}

/* Where there is room for words only if all of them are on one side. */
static void format_hidden(int above, int below, char text[48])
{
    if (above > 0 && below > 0)
        snprintf(text, 48, ", +%d, +%d", above, below);
    else
        snprintf(text, 48, ", +%d %s", above + below, above > 0 ? "above" : "hidden");
}

/* Every line comes into sight, by its first CPU, and what is hidden is always said. */
static void test_scrolling(void **state)
{
    enum { LINES = 64, SHOWN = 8, FIRST_ROW = 3 };
    const struct sight sight = {"live", "run-2048", NULL, 1, 400};
    (void)state;
    for (int first = 0; first < LINES; first += SHOWN) {
        char word[20], hidden[48];
        snprintf(word, sizeof word, "scroll=%d", first);
        struct terminal *terminal = start_scene(&sight, 40, 12, word);
        format_hidden(first * 32, (LINES - SHOWN - first) * 32, hidden);
        if (!terminal_wait_frames(terminal, 1, TERMINAL_PATIENCE_MS) ||
            !terminal_shows(terminal, hidden))
            terminal_fail(terminal, "it does not say what is hidden");
        for (int i = 0; i < SHOWN; i++) {
            char *row = terminal_row(terminal, FIRST_ROW + i);
            if (atoi(row) != (first + i) * 16 || strlen(row) < 6 + 32)
                terminal_fail(terminal, "row %d is not of line %d", i, first + i);
            free(row);
        }
        leave(terminal);
    }
}

/* The counters of CPUs of a written machine: those with a digit 1 have a line, and are
 * half busy since the last time they were written. */
static void write_stat(const char *folder, const char *present, int ticks)
{
    static char text[1 << 16];
    char path[PATH_SIZE];
    snprintf(text, sizeof text, "cpu  0 0 0 0 0 0 0 0 0 0\n");
    for (int id = 0; present[id]; id++)
        if (present[id] == '1')
            text_append(sizeof text, text, "cpu%d %d 0 0 %d 0 0 0 0 0 0\n", id,
                10000000 + ticks, 50000000 + ticks);
    text_append(sizeof text, text, "intr 0\nctxt 0\nbtime 0\n");
    while (strlen(text) < 8000) /* a shorter text must not leave the end of a longer */
        text_append(sizeof text, text, "softirq 0\n");
    snprintf(path, sizeof path, "%s/proc/stat", folder);
    int file = open(path, O_WRONLY);
    assert_true(file >= 0);
    assert_int_equal(pwrite(file, text, strlen(text), 0), strlen(text));
    close(file);
}

static void write_online(const char *folder, const char *list)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/sys/devices/system/cpu/online", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "%s\n", list);
    fclose(file);
}

/* Goes on until the screen says it. */
static void expect_with(
    struct terminal *terminal, const char *folder, const char *present, const char *text)
{
    static int ticks;
    for (int i = 0; i < 200 && !terminal_shows(terminal, text); i++) {
        ticks += 10;
        write_stat(folder, present, ticks);
        terminal_read_for(terminal, 100);
    }
    if (!terminal_shows(terminal, text))
        terminal_fail(terminal, "with CPUs %s it does not say: %s", present, text);
}

static void expect_row(struct terminal *terminal, const char *label, const char *text)
{
    int row, column;
    if (!terminal_find(terminal, label, &row, &column))
        terminal_fail(terminal, "no %s", label);
    char *line = terminal_row(terminal, row);
    if (!strstr(line, text))
        terminal_fail(terminal, "%s does not say: %s", label, text);
    free(line);
}

/* CPUs go, come back, others go meanwhile; one comes that nobody has ever spoken of.  The
 * run goes on, and no CPU is as busy as it was since the machine was started. */
static void test_hot_plug(void **state)
{
    const char *folder = program_machine(8);
    const char *arguments[] = {"watch", "--sysroot", folder, NULL};
    (void)state;
    write_stat(folder, "11111111", 0);
    struct terminal *terminal = program_start(80, 24, arguments);
    expect_with(terminal, folder, "11111111", "4.0 of 8 CPUs busy");
    write_online(folder, "0-1,3-4,6-7");
    expect_with(terminal, folder, "11011011", "3.0 of 6 CPUs busy, 2 offline");
    expect_row(terminal, "CPU 2 ", "offline");
    expect_row(terminal, "CPU 5 ", "offline");
    expect_with(terminal, folder, "1", "0.5 of 1 CPU busy, 7 offline");
    write_online(folder, "0-11");
    expect_with(terminal, folder, "111111110001", "4.0 of 8 CPUs busy");
    expect_row(terminal, "CPU 5 ", "50 %");
    write_online(folder, "3");
    expect_with(terminal, folder, "0001", "0.5 of 1 CPU busy, 7 offline");
    expect_row(terminal, "CPU 0 ", "offline");
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "");
}

/* Whether the row whose number `data` points to is of the last CPUs, of the first. */
static bool shows_last(struct terminal *terminal, void *data)
{
    char *row = terminal_row(terminal, *(int *)data);
    bool shows = strncmp(row, "2016 ", 5) == 0;
    free(row);
    return shows;
}

static bool shows_first(struct terminal *terminal, void *data)
{
    char *row = terminal_row(terminal, *(int *)data);
    bool shows = strncmp(row, "0 ", 2) == 0;
    free(row);
    return shows;
}

static void expect_that(struct terminal *terminal,
    bool (*holds)(struct terminal *terminal, void *data), int row)
{
    if (!terminal_wait_until(terminal, holds, &row, TERMINAL_PATIENCE_MS))
        terminal_fail(terminal, "row %d is of other CPUs", row);
}

/* Above and below together, by the headline. */
static int count_hidden(struct terminal *terminal)
{
    char *row = terminal_row(terminal, 0);
    int hidden = 0;
    for (const char *plus = row; (plus = strchr(plus, '+')); plus++)
        hidden += atoi(plus + 1);
    free(row);
    return hidden;
}

/* The keys lead through all of them, on the smallest of screens. */
static void test_scrolling_keys(void **state)
{
    enum { FIRST_ROW = 1, LAST_ROW = 10 };
    const char *folder = program_machine(2048);
    const char *arguments[] = {"watch", "--sysroot", folder, NULL};
    int last_row = LAST_ROW;
    (void)state;
    struct terminal *terminal = program_start(40, 12, arguments);
    terminal_expect(terminal, ", +1728");
    terminal_expect(terminal, "sim. ");
    terminal_expect(terminal, "PageDown more");
    expect_that(terminal, shows_first, FIRST_ROW);
    terminal_press(terminal, TERMINAL_END);
    expect_that(terminal, shows_last, LAST_ROW);
    terminal_press(terminal, TERMINAL_HOME);
    expect_that(terminal, shows_first, FIRST_ROW);
    for (int i = 0; i < 20 && !shows_last(terminal, &last_row); i++) {
        terminal_press(terminal, TERMINAL_PAGE_DOWN);
        terminal_read_for(terminal, 200);
        assert_int_equal(count_hidden(terminal), 1728);
    }
    expect_that(terminal, shows_last, LAST_ROW);
    terminal_expect(terminal, "PageUp more");
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_goldens),
        cmocka_unit_test(test_scrolling),
        cmocka_unit_test(test_hot_plug),
        cmocka_unit_test(test_scrolling_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
