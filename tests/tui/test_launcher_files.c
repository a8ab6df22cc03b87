// SPDX-License-Identifier: MIT
/* parfor alone in a terminal: results that are saved and opened, and what is printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sitting.h"

static void a_result_is_saved_and_opened(void **state)
{
    (void)state;
    char path[128];
    struct terminal *terminal = sitting_start_with_sleep();
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, SITTING_TITLE);
    snprintf(path, sizeof path, "%s/kept.json", sitting_folder());
    terminal_type(terminal, "gs");
    terminal_expect(terminal, "Enter save   Tab format   Esc leave it");
    terminal_type(terminal, "\025~/kept.json\r");
    terminal_expect(terminal, "Saved: ");
    terminal_expect(terminal, SITTING_TITLE);
    assert_int_equal(access(path, R_OK), 0);
    sitting_leave(terminal);
    terminal = sitting_start(90, 30);
    terminal_expect(terminal, "No results yet");
    terminal_type(terminal, "o");
    terminal_expect(terminal, "Enter open   Esc leave it");
    terminal_type(terminal, "~/kep.json\r");
    terminal_expect(terminal, "cannot read the file:");
    terminal_type(terminal, "o");
    terminal_expect(terminal, "Open the file: ~/kep.json");
    terminal_type(terminal, "no"); /* takes its place … */
    terminal_expect(terminal, "Open the file: no ");
    terminal_type(terminal, "pe\r");
    terminal_expect(terminal, "nope (No such");
    terminal_type(terminal, "o~/kep.json\r");
    terminal_expect(terminal, "/kep.json (No such");
    terminal_type(terminal, "o");
    terminal_expect(terminal, "Open the file: ~/kep.json");
    for (int i = 0; i < 5; i++) /* … or is mended */
        terminal_press(terminal, TERMINAL_LEFT);
    terminal_type(terminal, "t\r");
    terminal_expect(terminal, "Opened: Enter looks at it.");
    terminal_type(terminal, "o");
    terminal_expect(terminal, "Open the file:");
    assert_false(terminal_shows(terminal, "~/kep"));
    terminal_press(terminal, TERMINAL_ESCAPE);
    terminal_expect(terminal, "Enter open");
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, SITTING_TITLE);
    sitting_leave(terminal);
}

/* What is saved where the run is looked at is saved, and so is what options save. */
static void what_is_saved_elsewhere_is_saved(void **state)
{
    (void)state;
    struct terminal *terminal = sitting_start_with_sleep();
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "s");
    terminal_expect(terminal, "Save as:");
    terminal_type(terminal, "\025~/kept.json\r");
    terminal_expect(terminal, "~/kept.json");
    terminal_type(terminal, "q");
    terminal_expect(terminal, SITTING_TITLE);
    terminal_press(terminal, TERMINAL_END);
    terminal_expect(terminal, "> more options");
    terminal_type(terminal, "-o ");
    terminal_type(terminal, sitting_folder());
    terminal_type(terminal, "/more.json\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, SITTING_TITLE);
    terminal_expect(terminal, "q quit");
    sitting_leave(terminal);
}

/* What was run is printed last, whatever was opened after it. */
static void the_last_run_is_printed(void **state)
{
    (void)state;
    char path[512];
    int row, column;
    struct terminal *terminal = sitting_start_with_sleep();
    terminal_type(terminal, "\r");
    terminal_expect(terminal, "times as fast");
    terminal_type(terminal, "q");
    terminal_expect(terminal, SITTING_TITLE);
    snprintf(path, sizeof path, "o%s/run-12.json\r", getenv("PARFOR_RESULTS"));
    terminal_type(terminal, path);
    terminal_expect(terminal, "Opened");
    terminal_type(terminal, "qq");
    terminal_expect_exit(terminal, 0);
    assert_true(terminal_find(terminal, "i5-12450H", &row, &column)); /* in the table */
    while (true) {
        char *text = terminal_row(terminal, ++row);
        bool is_end = row == 29;
        assert_null(strstr(text, "i5-12450H"));
        free(text);
        if (is_end)
            break;
    }
    terminal_destroy(terminal);
}

/* A file that is none is refused in the launcher, with the reason. */
static void a_file_that_is_no_result_is_refused(void **state)
{
    (void)state;
    struct terminal *terminal = sitting_start(90, 30);
    terminal_type(terminal, "o/etc/passwd\r");
    terminal_expect(terminal, "/etc/passwd");
    terminal_expect(terminal, SITTING_TITLE);
    terminal_type(terminal, "j");
    terminal_expect(terminal, "? help");
    sitting_leave(terminal);
}

/* What may never end is not read. */
static void what_is_no_file_is_not_opened(void **state)
{
    (void)state;
    char path[128], typed[160];
    snprintf(path, sizeof path, "%s/pipe", sitting_folder());
    snprintf(typed, sizeof typed, "o%s\r", path);
    assert_int_equal(mkfifo(path, 0600), 0);
    struct terminal *terminal = sitting_start(120, 30);
    terminal_type(terminal, typed);
    terminal_expect(terminal, "not a file: ");
    terminal_type(terminal, "j");
    terminal_expect(terminal, "? help");
    sitting_leave(terminal);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_result_is_saved_and_opened, sitting_forget),
        cmocka_unit_test_teardown(what_is_saved_elsewhere_is_saved, sitting_forget),
        cmocka_unit_test_teardown(the_last_run_is_printed, sitting_forget),
        cmocka_unit_test_teardown(a_file_that_is_no_result_is_refused, sitting_forget),
        cmocka_unit_test_teardown(what_is_no_file_is_not_opened, sitting_forget),
    };
    return cmocka_run_group_tests(tests, sitting_set_up, sitting_tear_down);
}
