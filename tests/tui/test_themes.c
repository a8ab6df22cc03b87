// SPDX-License-Identifier: MIT
/* The sets of colours on the screen of the real program. */
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
#include "screen_facts.h"

enum { CUBE = 16, BLACK_OF_256 = 16, WHITE_OF_256 = 231, BLACK_OF_8 = 0, WHITE_OF_8 = 7 };

/* A word on every screen that is in no special colour, and what `c` says. */
#define HEADLINE "computed"

static struct terminal *start_on(
    const char *term, const char *variable, const char *theme, const char *option)
{
    static char path[1000], terminfo[1000];
    const char *folder = getenv("PARFOR_TERMINFO");
    const char *argv[] = {getenv("PARFOR"), "show", path, "--theme", theme, option, NULL};
    snprintf(path, sizeof path, "%s/run-8-parts.json", getenv("PARFOR_RESULTS"));
    snprintf(terminfo, sizeof terminfo, "TERMINFO=%s", folder ? folder : "");
    bool direct = term && strcmp(term, "xterm-direct") == 0;
    struct terminal *terminal = terminal_start(&(struct terminal_setup){.argv = argv,
        .term = term,
        .environment = (const char *[]){
            variable ? variable : "PARFOR_NOTHING=1", direct ? terminfo : NULL, NULL}});
    terminal_expect(terminal, HEADLINE);
    terminal_expect_quiet(terminal);
    return terminal;
}

/* What was before is there again, in the shell's colours. */
static void leave(struct terminal *terminal)
{
    int row, column;
    terminal_type(terminal, "q");
    terminal_expect_exit(terminal, 0);
    assert_false(terminal_state(terminal).alternate);
    if (!terminal_find(terminal, "times as fast", &row, &column))
        terminal_fail(terminal, "nothing was printed");
    struct terminal_cell cell = terminal_cell(terminal, row, column);
    assert_int_equal(cell.foreground, TERMINAL_DEFAULT);
    assert_int_equal(cell.background, TERMINAL_DEFAULT);
    assert_false(cell.bold || cell.reverse);
    terminal_destroy(terminal);
}

/* Every cell, also where nothing is drawn. */
static void expect_background(struct terminal *terminal, int background)
{
    struct terminal_state state = terminal_state(terminal);
    for (int row = 0; row < state.rows; row++)
        for (int column = 0; column < state.columns; column++) {
            struct terminal_cell cell = terminal_cell(terminal, row, column);
            if (cell.background != background)
                terminal_fail(terminal, "row %d, column %d: background %d", row, column,
                    cell.background);
            if (background != TERMINAL_DEFAULT && cell.foreground == TERMINAL_DEFAULT &&
                cell.text[0] && strcmp(cell.text, " ") != 0)
                terminal_fail(terminal, "row %d, column %d: not ours", row, column);
        }
}

static int colour_at(struct terminal *terminal, const char *text)
{
    int row, column;
    if (!terminal_find(terminal, text, &row, &column))
        terminal_fail(terminal, "it is not there: %s", text);
    return terminal_cell(terminal, row, column).foreground;
}

/* A background of its own is everywhere, in every view and on every kind of terminal:
 * also on those that do not erase in a colour (screen). */
static void test_background(void **state)
{
    static const struct {
        const char *term;
        int black, white;
    } kinds[] = {
        {"xterm-256color", BLACK_OF_256, WHITE_OF_256},
        {"tmux-256color", BLACK_OF_256, WHITE_OF_256},
        {"xterm", BLACK_OF_8, WHITE_OF_8},
        {"screen", BLACK_OF_8, WHITE_OF_8},
    };
    static const char *const views[] = {"t", "w", "?", "d", "\033"};
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        print_message("%s\n", kinds[i].term);
        struct terminal *terminal = start_on(kinds[i].term, NULL, "contrast", NULL);
        expect_background(terminal, kinds[i].black);
        assert_int_equal(colour_at(terminal, HEADLINE), kinds[i].white);
        for (size_t j = 0; j < sizeof views / sizeof *views; j++) {
            terminal_type(terminal, views[j]);
            terminal_expect_quiet(terminal);
            expect_background(terminal, kinds[i].black);
        }
        leave(terminal);
    }
}

/* Of 24 bits the first eight are the basic colours, which may be any: the ninth is black.
 * libvterm does not know the form with colons, so only the bytes are looked at. */
static void test_direct(void **state)
{
    (void)state;
    if (!getenv("PARFOR_TERMINFO"))
        skip();
    struct terminal *terminal = start_on("xterm-direct", NULL, "contrast", NULL);
    assert_true(terminal_wrote(terminal, "\033[48:2::0:0:8m"));
    assert_true(terminal_wrote(terminal, "\033[38:2::255:255:255m"));
    assert_true(terminal_wrote(terminal, "\033[38:2::95:175:255m"));
    assert_false(terminal_wrote(terminal, "\033[40m"));
    leave(terminal);
}

/* A larger screen is filled, too. */
static void test_background_resized(void **state)
{
    struct terminal *terminal = start_on(NULL, NULL, "contrast", NULL);
    (void)state;
    terminal_resize(terminal, 50, 150);
    terminal_expect_quiet(terminal);
    expect_background(terminal, BLACK_OF_256);
    terminal_resize(terminal, 12, 40);
    terminal_expect_quiet(terminal);
    expect_background(terminal, BLACK_OF_256);
    terminal_resize(terminal, 24, 80);
    terminal_expect_quiet(terminal);
    leave(terminal);
}

/* The colours are all of those that look the same everywhere. */
static void test_colours(void **state)
{
    static const char *const themes[] = {"default", "light", "contrast", "safe"};
    (void)state;
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) {
        struct terminal *terminal = start_on(NULL, NULL, themes[i], NULL);
        int coloured = 0;
        for (int row = 0; row < 24; row++)
            for (int column = 0; column < 80; column++) {
                int colour = terminal_cell(terminal, row, column).foreground;
                assert_true(colour == TERMINAL_DEFAULT || colour >= CUBE);
                coloured += colour != TERMINAL_DEFAULT && colour != WHITE_OF_256;
            }
        assert_true(coloured > 20);
        expect_background(terminal,
            strcmp(themes[i], "contrast") == 0 ? BLACK_OF_256 : TERMINAL_DEFAULT);
        leave(terminal);
    }
}

/* The foregrounds and backgrounds of all cells; caller frees. */
static int *colours_of(const struct terminal *terminal, size_t *ret_size)
{
    struct terminal_state state = terminal_state(terminal);
    size_t count = (size_t)(state.rows * state.columns);
    int *colours = malloc(2 * count * sizeof *colours);
    assert_non_null(colours);
    for (size_t i = 0; i < count; i++) {
        struct terminal_cell cell =
            terminal_cell(terminal, (int)i / state.columns, (int)i % state.columns);
        colours[2 * i] = cell.foreground;
        colours[2 * i + 1] = cell.background;
    }
    *ret_size = 2 * count * sizeof *colours;
    return colours;
}

/* A key goes through all, and the last leads back to the first; what is left behind by
 * one is not to be seen in the next. */
static void test_switching(void **state)
{
    static const char *const names[] = {"light", "contrast", "safe", "mono", "default"};
    struct terminal *terminal = start_on(NULL, NULL, "default", NULL);
    size_t size;
    int *before = colours_of(terminal, &size);
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        program_type(terminal, "c", names[i]);
        terminal_expect_quiet(terminal);
        expect_background(terminal,
            strcmp(names[i], "contrast") == 0 ? BLACK_OF_256 : TERMINAL_DEFAULT);
    }
    program_type(terminal, "t", PROGRAM_TASKS);
    terminal_type(terminal, "t");
    terminal_expect_gone(terminal, PROGRAM_TASKS);
    terminal_expect_quiet(terminal);
    int *after = colours_of(terminal, &size);
    assert_memory_equal(before, after, size);
    free(before);
    free(after);
    program_type(terminal, "cc", "contrast");
    leave(terminal);
}

static void expect_no_colour(struct terminal *terminal)
{
    size_t size;
    program_type(terminal, "t", PROGRAM_TASKS);
    if (facts_has_colour(terminal_bytes(terminal, &size)))
        terminal_fail(terminal, "a colour");
    leave(terminal);
}

/* Who wants no colours gets none, whatever the theme. */
static void test_no_colour(void **state)
{
    (void)state;
    expect_no_colour(start_on(NULL, NULL, "mono", NULL));
    expect_no_colour(start_on(NULL, NULL, "contrast", "--no-color"));
    expect_no_colour(start_on(NULL, "NO_COLOR=1", "contrast", NULL));
    expect_no_colour(start_on("vt100", NULL, "contrast", NULL));
    struct terminal *terminal = start_on(NULL, "NO_COLOR=1", "light", NULL);
    terminal_type(terminal, "cc"); /* not by the key either */
    terminal_expect_quiet(terminal);
    expect_no_colour(terminal);
}

/* Nor does a colour stay when the program cannot take it back itself. */
static void test_killed(void **state)
{
    struct ending_shell shell;
    (void)state;
    ending_begin(&shell, "bash", NULL);
    pid_t parent =
        ending_start(&shell, (const char *[]){"watch", "--theme", "mono", NULL});
    terminal_expect(shell.terminal, "q quit");
    program_type(shell.terminal, "ccc", "contrast");
    expect_background(shell.terminal, BLACK_OF_256);
    kill(parent, SIGKILL);
    ending_expect_whole(&shell, 128 + SIGKILL);
    expect_background(shell.terminal, TERMINAL_DEFAULT);
    assert_int_equal(colour_at(shell.terminal, "still-"), TERMINAL_DEFAULT);
    ending_finish(&shell);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_background),
        cmocka_unit_test(test_direct),
        cmocka_unit_test(test_background_resized),
        cmocka_unit_test(test_colours),
        cmocka_unit_test(test_switching),
        cmocka_unit_test(test_no_colour),
        cmocka_unit_test(test_killed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
