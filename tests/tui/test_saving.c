// SPDX-License-Identifier: MIT
/* The key `s` in every place where a result is looked at: the form is chosen by Tab, what
 * is wrong with a name is said, and the file is there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/pictures.h"
#include "sitting.h"

enum { ENDINGS_MAX = 24, BEGINNING_SIZE = 16 };

/* Starts it in the folder of the sitting. */
static struct terminal *start(int columns, int rows, const char *arguments)
{
    static char state[64], script[600];
    static const char *const variables[] = {state, NULL};
    const char *const argv[] = {"sh", "-c", script, NULL};
    snprintf(state, sizeof state, "XDG_STATE_HOME=%s", sitting_folder());
    snprintf(script, sizeof script,
        "cd %s && at=\"$PARFOR_RESULTS\" && exec \"$PARFOR\" %s", sitting_folder(),
        arguments);
    return terminal_start(&(struct terminal_setup){
        .argv = argv, .rows = rows, .columns = columns, .environment = variables});
}

static struct terminal *start_ended(void)
{
    struct terminal *terminal = start(80, 24, "run empty -n 4 -j 2");
    terminal_expect(terminal, PROGRAM_COMPARE);
    terminal_type(terminal, "s");
    terminal_expect(terminal, "Save as:");
    return terminal;
}

static bool there_is(const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", sitting_folder(), name);
    return access(path, F_OK) == 0;
}

static void expect_beginning(const char *name, const char *beginning)
{
    char path[128], text[BEGINNING_SIZE] = "";
    snprintf(path, sizeof path, "%s/%s", sitting_folder(), name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fread(text, 1, strlen(beginning), file), strlen(beginning));
    fclose(file);
    assert_string_equal(text, beginning);
}

/* By one key, however often. */
static void choose(struct terminal *terminal, enum terminal_key key, const char *shown)
{
    for (int i = 0; i < ENDINGS_MAX && !terminal_shows(terminal, shown); i++) {
        terminal_press(terminal, key);
        terminal_expect_quiet(terminal);
    }
    terminal_expect(terminal, shown);
}

/* Without pictures there are tables. */
static const char *wanted(void)
{
    return pictures_missing ? ".csv" : ".svg";
}

static void leave(struct terminal *terminal)
{
    terminal_type(terminal, "q");
    terminal_expect_exit(terminal, 0);
    terminal_destroy(terminal);
}

static void the_form_is_chosen_by_tab(void **state)
{
    char name[64], shown[96];
    struct terminal *terminal = start_ended();
    (void)state;
    terminal_expect(terminal, "Save as: empty.json ");
    terminal_expect(terminal, "Enter save   Tab format   Esc leave it");
    snprintf(name, sizeof name, "empty%s", wanted());
    snprintf(shown, sizeof shown, "Save as: %s ", name);
    choose(terminal, TERMINAL_TAB, shown);
    assert_false(there_is(name));
    terminal_type(terminal, "\r");
    snprintf(shown, sizeof shown, "Saved: %s", name);
    terminal_expect(terminal, shown);
    expect_beginning(name, pictures_missing ? "" : "<");
    terminal_type(terminal, "s");
    choose(terminal, TERMINAL_BACK_TAB, "Save as: empty.txt ");
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "Saved: empty.txt");
    assert_true(there_is("empty.txt"));
    assert_false(there_is("empty.json"));
    leave(terminal);
}

static void what_is_wrong_with_a_name_is_said(void **state)
{
    struct terminal *terminal = start_ended();
    (void)state;
    terminal_type(terminal, "\025one.jpg\r");
    terminal_expect(terminal, "unknown ending: one.jpg (known: .json, .svg");
    assert_false(there_is("one.jpg"));
    terminal_type(terminal, "s"); /* to be mended */
    terminal_expect(terminal, "Save as: one.jpg ");
    terminal_type(terminal, "\b\b\b\t\r");
    terminal_expect(terminal, "Saved: one.json");
    expect_beginning("one.json", "{");
    terminal_type(terminal, "s\r");
    terminal_expect(terminal, "there is such a file already: one.json (another name)");
    terminal_type(terminal, "s\025no/such/folder.json\r");
    terminal_expect(terminal, "no/such/folder.json");
    terminal_expect_gone(terminal, "Enter save");
    leave(terminal);
}

static void escape_leaves_it(void **state)
{
    struct terminal *terminal = start_ended();
    (void)state;
    terminal_type(terminal, "x\t");
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect(terminal, "s save");
    terminal_type(terminal, "s");
    terminal_expect(terminal, "Save as: empty.json "); /* as it was proposed */
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect(terminal, "s save");
    assert_false(there_is("empty.json"));
    assert_false(there_is("empty.jsonx.json"));
    leave(terminal);
}

static void it_is_there_on_small_screens(void **state)
{
    static const struct {
        int columns, rows;
    } sizes[] = {{40, 12}, {20, 5}};
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct terminal *terminal =
            start(sizes[i].columns, sizes[i].rows, "show \"$at/run-12.json\"");
        terminal_expect(terminal, "6.15 times as fast");
        terminal_type(terminal, "s");
        terminal_expect(terminal, "al.json ");
        choose(terminal, TERMINAL_TAB, "al.txt ");
        assert_false(terminal_shows(terminal, "Tab"));
        terminal_type(terminal, "\025no.jpg\r");
        terminal_expect(terminal, "unknown ending:");
        terminal_type(terminal, "s\025a.txt\r");
        terminal_expect(terminal, "Saved: a.txt");
        assert_true(there_is("a.txt"));
        leave(terminal);
        sitting_forget(NULL);
    }
}

/* A result of a file, in whichever view. */
static void a_saved_result_can_be_had_in_another_form(void **state)
{
    char shown[64];
    struct terminal *terminal = start(80, 24, "show \"$at/run-12.json\"");
    (void)state;
    terminal_expect(terminal, "s save");
    terminal_type(terminal, "t");
    terminal_expect(terminal, PROGRAM_TASKS);
    terminal_type(terminal, "s");
    snprintf(shown, sizeof shown, "Save as: factorial%s ", wanted());
    choose(terminal, TERMINAL_TAB, shown);
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "Saved: factorial");
    snprintf(shown, sizeof shown, "factorial%s", wanted());
    assert_true(there_is(shown));
    leave(terminal);
}

static void one_of_several_can_be_had_in_another_form(void **state)
{
    char shown[64];
    struct terminal *terminal =
        start(80, 24, "show \"$at/run-12.json\" \"$at/sweep-12.json\"");
    (void)state;
    terminal_expect(terminal, "s save");
    terminal_type(terminal, "js\025the-sweep");
    snprintf(shown, sizeof shown, "the-sweep%s ", wanted());
    choose(terminal, TERMINAL_TAB, shown);
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "Saved: the-sweep");
    snprintf(shown, sizeof shown, "the-sweep%s", wanted());
    assert_true(there_is(shown));
    leave(terminal);
}

/* Rows of the table below its head and its rule. */
static int count_rows(const char *name)
{
    char path[128], line[1000];
    int rows = -2;
    snprintf(path, sizeof path, "%s/%s", sitting_folder(), name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        rows += line[0] == '|';
    fclose(file);
    return rows;
}

/* The forms are those that have room for both. */
static void two_side_by_side_are_saved_as_one_table(void **state)
{
    struct terminal *terminal = start(
        80, 24, "show \"$at/run-12.json\" \"$at/sweep-12.json\" \"$at/run-2.json\"");
    (void)state;
    terminal_expect(terminal, "s save");
    terminal_type(terminal, "jb");
    terminal_expect(terminal, "q back");
    terminal_expect(terminal, "s save");
    terminal_type(terminal, "s");
    terminal_expect(terminal, "Save as: both.md ");
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "Saved: both.md");
    assert_int_equal(count_rows("both.md"), 2);
    terminal_type(terminal, "s\t");
    terminal_expect(terminal, "Save as: both.csv ");
    terminal_type(terminal, "\t");
    terminal_expect(terminal, "Save as: both.txt ");
    terminal_type(terminal, "\t\r");
    terminal_expect(terminal, "there is such a file already: both.md");
    terminal_type(terminal, "s\025a.json\r");
    terminal_expect(terminal, ".json is of one result, not of 2");
    assert_false(there_is("a.json"));
    terminal_type(terminal, "q");
    terminal_expect(terminal, "3 results");
    leave(terminal);
}

static void open_in_launcher(
    struct terminal *terminal, const char *name, const char *shown)
{
    char keys[200];
    snprintf(keys, sizeof keys, "o%s/%s\r", getenv("PARFOR_RESULTS"), name);
    terminal_type(terminal, keys);
    terminal_expect(terminal, shown);
    terminal_expect(terminal, "Opened");
}

static void the_launcher_saves_two_together(void **state)
{
    struct terminal *terminal = sitting_start(90, 30);
    (void)state;
    open_in_launcher(terminal, "run-12.json", "1000000! x 120");
    open_in_launcher(terminal, "run-2.json", "1000000! x 110");
    terminal_type(terminal, "b");
    terminal_expect(terminal, "q back");
    terminal_type(terminal, "s");
    terminal_expect(terminal, "Save as: both.md ");
    terminal_type(terminal, "\025~/two.md\r");
    terminal_expect(terminal, "Saved: ~/two.md");
    assert_int_equal(count_rows("two.md"), 2);
    terminal_type(terminal, "qs");
    terminal_expect(terminal, "factorial"); /* the selected one has its own name */
    terminal_expect_gone(terminal, "both");
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect_gone(terminal, "Tab format");
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "");
}

static void the_launcher_has_the_same_forms(void **state)
{
    char path[96];
    struct terminal *terminal = sitting_start(90, 30);
    (void)state;
    snprintf(path, sizeof path, "o%s/run-12.json\r", getenv("PARFOR_RESULTS"));
    terminal_type(terminal, path);
    terminal_expect(terminal, "Opened");
    terminal_type(terminal, "s\025~/kept");
    terminal_expect(terminal, "Tab format");
    choose(terminal, TERMINAL_TAB, "~/kept.json ");
    choose(terminal, TERMINAL_TAB, wanted());
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "Saved: ~/kept");
    snprintf(path, sizeof path, "kept%s", wanted());
    assert_true(there_is(path));
    terminal_type(terminal, "q");
    program_expect_end(terminal, 0, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(the_form_is_chosen_by_tab, sitting_forget),
        cmocka_unit_test_teardown(what_is_wrong_with_a_name_is_said, sitting_forget),
        cmocka_unit_test_teardown(escape_leaves_it, sitting_forget),
        cmocka_unit_test_teardown(it_is_there_on_small_screens, sitting_forget),
        cmocka_unit_test_teardown(
            a_saved_result_can_be_had_in_another_form, sitting_forget),
        cmocka_unit_test_teardown(
            one_of_several_can_be_had_in_another_form, sitting_forget),
        cmocka_unit_test_teardown(
            two_side_by_side_are_saved_as_one_table, sitting_forget),
        cmocka_unit_test_teardown(the_launcher_saves_two_together, sitting_forget),
        cmocka_unit_test_teardown(the_launcher_has_the_same_forms, sitting_forget),
    };
    return cmocka_run_group_tests(tests, sitting_set_up, sitting_tear_down);
}
