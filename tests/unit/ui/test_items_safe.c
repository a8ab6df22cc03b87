// SPDX-License-Identifier: MIT
#include "ui/items_safe.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <locale.h>
#include <stdlib.h>

#include "workload/workload.h"

static void assert_said(const struct scene_items *items, bool stays, const char *expected)
{
    char text[400];
    items_safe_say(items, stays, 60, sizeof text, text);
    assert_string_equal(text, expected);
}

static void the_file_is_named_from_the_home_folder(void **state)
{
    struct scene_items items = {.log = "/home/ada/night.jsonl"};
    (void)state;
    setenv("HOME", "/home/ada", 1);
    assert_said(&items, false, "All of it is safe in ~/night.jsonl.");
    items.log = "/home/adam/night.jsonl";
    assert_said(&items, false, "All of it is safe in /home/adam/night.jsonl.");
    items.log = "night.jsonl";
    assert_said(&items, false, "All of it is safe in night.jsonl.");
    items.log = NULL;
    assert_said(&items, false, "");
    setenv("HOME", "/", 1);
    items.log = "/night.jsonl";
    assert_said(&items, false, "All of it is safe in /night.jsonl.");
}

/* The end is what tells one from another. */
static void a_long_name_loses_its_beginning(void **state)
{
    struct scene_items items = {
        .log = "/data/of/the/laboratory/in/a/deep/folder/2026-11-23.jsonl"};
    (void)state;
    setenv("HOME", "/home/ada", 1);
    assert_said(
        &items, false, "All of it is safe in .../in/a/deep/folder/2026-11-23.jsonl.");
    items.log = "a-name-without-any-folder-that-is-far-too-long-2026.jsonl";
    assert_said(
        &items, false, "All of it is safe in ...der-that-is-far-too-long-2026.jsonl.");
    items.log = "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
                "ame-without-any-folder-that-is-far-too-long-2026.jsonl";
    assert_said(
        &items, false, "All of it is safe in ...der-that-is-far-too-long-2026.jsonl.");
}

static void the_terminal_may_close_while_more_is_begun(void **state)
{
    struct scene_items items = {.log = "run.jsonl"};
    (void)state;
    assert_said(&items, true,
        "All of it is safe in run.jsonl. This terminal may close: the run goes on.");
    items.closing = WORKLOAD_CLOSED;
    assert_said(&items, true, "All of it is safe in run.jsonl.");
    items = (struct scene_items){0};
    assert_said(&items, true, "This terminal may close: the run goes on.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_is_named_from_the_home_folder),
        cmocka_unit_test(a_long_name_loses_its_beginning),
        cmocka_unit_test(the_terminal_may_close_while_more_is_begun),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
