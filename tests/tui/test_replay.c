// SPDX-License-Identifier: MIT
/* Saved results on the screen: their views, their replay with its keys, several of them,
 * and how it is left. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

enum { PATH_SIZE = 512 };

static void path_of(const char *name, char path[PATH_SIZE])
{
    const char *folder = getenv("PARFOR_RESULTS");
    assert_non_null(folder);
    snprintf(path, PATH_SIZE, "%s/%s.json", folder, name);
}

/* `parfor show` of it, with an option or NULL. */
static struct terminal *start(const char *name, const char *option)
{
    char path[PATH_SIZE];
    path_of(name, path);
    return program_start(80, 24,
        option ? (const char *[]){"show", option, path, NULL}
               : (const char *[]){"show", path, NULL});
}

static void a_result_is_looked_at(void **state)
{
    struct terminal *terminal = start("run-8", NULL);
    (void)state;
    terminal_expect(terminal, "r replay");
    terminal_expect(terminal, "workers work");
    program_type(terminal, "t", PROGRAM_TASKS);
    program_type(terminal, "w", PROGRAM_WORKERS);
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "parfor-1 ");
}

/* In every kind of result, at its end and in its middle. */
static void all_kinds_are_shown_and_played(void **state)
{
    static const char *const names[] = {"run-1", "run-12", "run-256", "run-8-million",
        "map-12-stopped", "sweep-8-cut", "sweep-64", "programs-2", "programs-8-failed",
        "program-8"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct terminal *terminal = start(names[i], NULL);
        terminal_expect(terminal, "replay");
        terminal_type(terminal, "r");
        terminal_expect(terminal, "replay x1");
        program_type(terminal, " ", "PAUSED");
        terminal_type(terminal, "]]]]]]]],.");
        terminal_expect(terminal, "PAUSED");
        terminal_type(terminal, "]]]]]]]]]]]]]");
        terminal_expect(terminal, "END");
        terminal_type(terminal, "q"); /* back to its picture, … */
        terminal_expect_gone(terminal, "END");
        terminal_type(terminal, "q"); /* … and out of it */
        int status;
        if (!terminal_wait_end(terminal, TERMINAL_PATIENCE_MS, &status))
            terminal_fail(terminal, "%s: it does not end", names[i]);
        terminal_destroy(terminal);
    }
}

/* What the line says of the time; -1: it is not there. */
static double time_of(const struct terminal *terminal)
{
    int row, column;
    double now = -1, end;
    if (!terminal_find(terminal, "replay x", &row, &column))
        return -1;
    char *text = terminal_row(terminal, row), *line = strstr(text, "replay x");
    if (sscanf(line, "replay x%*f %lf of %lf", &now, &end) != 2)
        now = -1;
    free(text);
    return now;
}

static void the_keys_steer_it(void **state)
{
    struct terminal *terminal = start("run-8", "--replay");
    (void)state;
    terminal_expect(terminal, "replay x1");
    program_type(terminal, " ", "PAUSED");
    program_type(terminal, "0", " 0.0 of ");
    terminal_type(terminal, "...");
    terminal_expect_gone(terminal, " 0.0 of ");
    terminal_expect_quiet(terminal);
    double stepped = time_of(terminal);
    assert_true(stepped > 0.2 && stepped < 0.4); /* samples of 100 ms */
    terminal_type(terminal, "]]");
    terminal_expect_quiet(terminal);
    double sought = time_of(terminal);
    assert_true(sought > stepped + 0.3);
    terminal_type(terminal, "[,");
    terminal_expect_quiet(terminal);
    assert_true(time_of(terminal) < sought && time_of(terminal) > stepped);
    program_type(terminal, ">>", "replay x5");
    program_type(terminal, "<<<", "replay x0.5");
    program_type(terminal, "0", " 0.0 of ");
    program_type(terminal, " ", "Space pause");
    terminal_expect_gone(terminal, "PAUSED");
    terminal_expect_gone(terminal, " 0.0 of ");
    terminal_type(terminal, "q"); /* nothing is lost: no question */
    program_expect_end(terminal, 0, "parfor-1 ");
}

/* What was asked for in the picture leads back there. */
static void it_leads_back_to_its_picture(void **state)
{
    struct terminal *terminal = start("run-8", NULL);
    (void)state;
    terminal_expect(terminal, "q quit");
    program_type(terminal, "r", "replay x1");
    terminal_expect(terminal, "q back");
    program_type(terminal, "?", "q leave the replay");
    terminal_expect(terminal, "back to where you came from");
    program_type(terminal, "q", "workers work");
    terminal_expect(terminal, "q quit");
    terminal_expect_gone(terminal, "replay x1");
    program_type(terminal, "r", "replay x1");
    program_type(terminal, "]]]]]]]]]]]]]]]]]]]]]", "END");
    program_type(terminal, "q", "q quit");
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "parfor-1 ");
}

/* At any speed the numbers are those of the picture: at the end all is done. */
static void its_numbers_keep_up(void **state)
{
    struct terminal *terminal = start("run-8", "--replay=x1000");
    (void)state;
    terminal_expect(terminal, "END");
    terminal_expect_gone(terminal, "so far");
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "parfor-1 ");
}

/* It stays at its end, and can be seen again. */
static void it_stays_at_its_end(void **state)
{
    struct terminal *terminal = start("run-8", "--replay=x100");
    (void)state;
    terminal_expect(terminal, "END");
    terminal_expect(terminal, "workers work");
    program_type(terminal, "[", "so far"); /* goes on from there */
    terminal_expect(terminal, "END");
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "parfor-1 ");
}

static void several_are_chosen_from(void **state)
{
    char one[PATH_SIZE], other[PATH_SIZE];
    (void)state;
    path_of("run-8", one);
    path_of("run-12", other);
    struct terminal *terminal =
        program_start(80, 24, (const char *[]){"show", one, other, NULL});
    terminal_expect(terminal, "run-8");
    terminal_expect(terminal, "run-12");
    terminal_press(terminal, TERMINAL_ENTER);
    terminal_expect(terminal, "workers work");
    terminal_type(terminal, "q");
    terminal_expect_gone(terminal, "workers work");
    terminal_expect(terminal, "run-12");
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "run-12");
}

static void plain_lines_need_no_screen(void **state)
{
    struct terminal *terminal = start("run-8", "--plain");
    (void)state;
    program_expect_end(terminal, 0, "parfor-1 ");
}

static void signals_end_it(void **state)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    (void)state;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct terminal *terminal = start("run-8", i % 2 ? "--replay" : NULL);
        terminal_expect(terminal, "replay");
        terminal_signal(terminal, signals[i]);
        terminal_expect_signal(terminal, signals[i]);
        if (terminal_state(terminal).alternate)
            terminal_fail(terminal, "the screen was not given back");
        terminal_destroy(terminal);
    }
}

static void a_stop_gives_the_terminal_back(void **state)
{
    char path[PATH_SIZE];
    const char *argv[] = {getenv("PARFOR"), "show", "--replay=x0.1", path, NULL};
    (void)state;
    path_of("run-8", path);
    struct terminal *terminal =
        terminal_start(&(struct terminal_setup){.argv = argv, .in_shell = true});
    terminal_expect(terminal, "replay x0.1");
    terminal_control(terminal, 'Z');
    terminal_expect_prompt(terminal);
    assert_false(terminal_state(terminal).alternate);
    terminal_command(terminal, (const char *[]){"fg", NULL});
    terminal_expect(terminal, "replay x0.1");
    terminal_type(terminal, "q");
    terminal_expect_prompt(terminal);
    terminal_destroy(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_result_is_looked_at),
        cmocka_unit_test(all_kinds_are_shown_and_played),
        cmocka_unit_test(the_keys_steer_it),
        cmocka_unit_test(it_leads_back_to_its_picture),
        cmocka_unit_test(its_numbers_keep_up),
        cmocka_unit_test(it_stays_at_its_end),
        cmocka_unit_test(several_are_chosen_from),
        cmocka_unit_test(plain_lines_need_no_screen),
        cmocka_unit_test(signals_end_it),
        cmocka_unit_test(a_stop_gives_the_terminal_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
