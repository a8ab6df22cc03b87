// SPDX-License-Identifier: MIT
/* parfor alone in a terminal: the form, runs from it, their results, what is remembered.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "program.h"

#define DOWN "\033[B"
#define TITLE "parfor: see a loop go parallel"

static char folder[] = "/tmp/parfor-test-XXXXXX";

/* Where this test remembers things, in the environment. */
static const char *const *environment(void)
{
    static char state[64];
    static const char *variables[] = {state, NULL};
    snprintf(state, sizeof state, "XDG_STATE_HOME=%s", folder);
    return variables;
}

static struct terminal *start(int columns, int rows)
{
    const char *const argv[] = {getenv("PARFOR"), NULL};
    struct terminal *terminal = terminal_start(&(struct terminal_setup){
        .argv = argv, .rows = rows, .columns = columns, .environment = environment()});
    terminal_expect(terminal, "parfor");
    return terminal;
}

static int remove_entry(
    const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status, (void)kind;
    return place->level > 0 ? remove(path) : 0;
}

/* Nothing is remembered, nothing is saved. */
static int forget(void **state)
{
    (void)state;
    return nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

static void fill(const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/parfor", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/parfor/state.json", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* A loop that takes no CPU time, ready to be run. */
static struct terminal *start_with_sleep(void)
{
    fill("{\"schema\": \"parfor-state/1\", \"command_line\": "
         "\"parfor run sleep -s 5000 -n 40 -j 2\"}\n");
    struct terminal *terminal = start(90, 30);
    terminal_expect(terminal, "parfor run sleep -s 5000 -n 40 -j 2");
    return terminal;
}

static void leave(struct terminal *terminal)
{
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "");
}

static void it_begins_with_the_article(void **state)
{
    (void)state;
    struct terminal *terminal = start(80, 24);
    terminal_expect(terminal, TITLE);
    terminal_expect(terminal, "> what");
    terminal_expect(terminal, "parfor run factorial -s 1000000 -n 15");
    terminal_expect(terminal, "No results yet");
    leave(terminal);
}

static void presets_fill_in_the_form(void **state)
{
    (void)state;
    struct terminal *terminal = start(80, 24);
    char *before = terminal_text(terminal);
    terminal_type(terminal, " ");
    terminal_expect_gone(terminal, "the article's loop");
    terminal_expect_gone(terminal, "-s 1000000 -n 15");
    terminal_type(terminal, "h");
    terminal_expect(terminal, "parfor run factorial -s 1000000 -n 15");
    terminal_expect_quiet(terminal);
    char *after = terminal_text(terminal);
    assert_string_equal(after, before);
    free(before);
    free(after);
    leave(terminal);
}

/* As one types, in the words of the command line; and then it is not run. */
static void what_cannot_be_run_is_refused(void **state)
{
    (void)state;
    struct terminal *terminal = start(80, 24);
    terminal_type(terminal, DOWN DOWN DOWN DOWN "0");
    terminal_expect(terminal, "> tasks");
    terminal_expect(terminal, "!");
    terminal_expect(terminal, "Cannot run like this");
    terminal_type(terminal, "\t\r");
    terminal_expect(terminal, "Cannot run yet. tasks:");
    terminal_expect(terminal, "> tasks");
    terminal_type(terminal, "15");
    terminal_expect_gone(terminal, "Cannot run");
    terminal_expect(terminal, "-n 15");
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect(terminal, "q quit");
    leave(terminal);
}

static void a_run_comes_back_to_the_form(void **state)
{
    (void)state;
    struct terminal *terminal = start_with_sleep();
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, TITLE);
    terminal_expect(terminal, "sleep");
    terminal_expect_gone(terminal, "No results yet");
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, TITLE);
    terminal_type(terminal, "g\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, TITLE);
    terminal_type(terminal, "b");
    terminal_expect_gone(terminal, TITLE);
    terminal_type(terminal, "q");
    terminal_expect(terminal, TITLE);
    leave(terminal);
}

/* Back from a run that was begun while a text was typed, letters are keys. */
static void letters_are_keys_after_a_run(void **state)
{
    (void)state;
    fill("{\"schema\": \"parfor-state/1\", \"command_line\": "
         "\"parfor run -j 2 -- true ::: 1 2 3\"}\n");
    struct terminal *terminal = start(90, 30);
    terminal_expect(terminal, "parfor run -j 2 -- true ::: 1 2 3");
    for (int i = 0; i < 20 && !terminal_shows(terminal, "> items "); i++) {
        terminal_press(terminal, TERMINAL_DOWN);
        terminal_expect_quiet(terminal);
    }
    terminal_type(terminal, " q g");
    terminal_expect(terminal, "parfor run -j 2 -- true ::: 1 2 3 q g");
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, TITLE);
    terminal_expect(terminal, "g results");
    leave(terminal);
}

static void a_result_is_saved_and_opened(void **state)
{
    (void)state;
    char path[128];
    struct terminal *terminal = start_with_sleep();
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, TITLE);
    snprintf(path, sizeof path, "%s/kept.json", folder);
    terminal_type(terminal, "gs");
    terminal_expect(terminal, "Save as:");
    terminal_type(terminal, "\025");
    terminal_type(terminal, path);
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "Saved: ");
    terminal_expect(terminal, TITLE);
    assert_int_equal(access(path, R_OK), 0);
    leave(terminal);
    terminal = start(90, 30);
    terminal_expect(terminal, "No results yet");
    terminal_type(terminal, "o");
    terminal_expect(terminal, "Open the file:");
    terminal_type(terminal, path);
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "Enter open");
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, TITLE);
    leave(terminal);
}

/* A file that is none is refused in the launcher, with the reason. */
static void a_file_that_is_no_result_is_refused(void **state)
{
    (void)state;
    struct terminal *terminal = start(90, 30);
    terminal_type(terminal, "o/etc/passwd\r");
    terminal_expect(terminal, "/etc/passwd");
    terminal_expect(terminal, TITLE);
    terminal_type(terminal, "j");
    terminal_expect(terminal, "? help");
    leave(terminal);
}

static void the_form_is_remembered(void **state)
{
    (void)state;
    struct terminal *terminal = start(90, 30);
    terminal_type(terminal, DOWN DOWN DOWN "77");
    terminal_expect(terminal, "-s 77");
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect(terminal, "q quit");
    leave(terminal);
    terminal = start(90, 30);
    terminal_expect(terminal, "parfor run factorial -s 77 -n 15");
    leave(terminal);
}

static void colours_are_remembered(void **state)
{
    (void)state;
    struct terminal *terminal = start(90, 30);
    terminal_type(terminal, "c");
    terminal_expect(terminal, "Colours: light");
    leave(terminal);
    terminal = start(90, 30);
    terminal_type(terminal, "c");
    terminal_expect(terminal, "Colours: contrast");
    leave(terminal);
}

static void a_broken_memory_is_set_aside(void **state)
{
    (void)state;
    char path[128];
    fill("{\"schema\": ");
    struct terminal *terminal = start(120, 30);
    terminal_expect(terminal, "What was remembered is set aside");
    terminal_expect(terminal, "parfor run factorial -s 1000000 -n 15");
    snprintf(path, sizeof path, "%s/parfor/state.json.broken", folder);
    assert_int_equal(access(path, F_OK), 0);
    terminal_type(terminal, "j");
    terminal_expect(terminal, "> do");
    leave(terminal);
}

static void it_is_usable_on_a_small_screen(void **state)
{
    (void)state;
    struct terminal *terminal = start(40, 12);
    terminal_expect(terminal, "parfor run factorial");
    terminal_type(terminal, DOWN DOWN DOWN "20000" DOWN "8\r");
    terminal_expect(terminal, "times as");
    terminal_type(terminal, "q");
    terminal_expect(terminal, "the result so far");
    terminal_press(terminal, TERMINAL_ESCAPE);
    leave(terminal);
}

static void a_signal_ends_it(void **state)
{
    (void)state;
    struct terminal *terminal = start(80, 24);
    terminal_control(terminal, 'C');
    terminal_expect_signal(terminal, 2);
    assert_false(terminal_state(terminal).alternate);
    terminal_destroy(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(it_begins_with_the_article, forget),
        cmocka_unit_test_teardown(presets_fill_in_the_form, forget),
        cmocka_unit_test_teardown(what_cannot_be_run_is_refused, forget),
        cmocka_unit_test_teardown(a_run_comes_back_to_the_form, forget),
        cmocka_unit_test_teardown(letters_are_keys_after_a_run, forget),
        cmocka_unit_test_teardown(a_result_is_saved_and_opened, forget),
        cmocka_unit_test_teardown(a_file_that_is_no_result_is_refused, forget),
        cmocka_unit_test_teardown(the_form_is_remembered, forget),
        cmocka_unit_test_teardown(colours_are_remembered, forget),
        cmocka_unit_test_teardown(a_broken_memory_is_set_aside, forget),
        cmocka_unit_test_teardown(it_is_usable_on_a_small_screen, forget),
        cmocka_unit_test_teardown(a_signal_ends_it, forget),
    };
    if (!mkdtemp(folder))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    forget(NULL);
    rmdir(folder);
    return failed;
}
