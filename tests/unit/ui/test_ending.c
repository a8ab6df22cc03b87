// SPDX-License-Identifier: MIT
#include "ui/ending.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

enum { ROOM = 64 };

static const char *const endings[] = {
    ".json", ".csv", ".tasks.csv", ".trace.json", ".svg", NULL};

static void expect(const char *before, int by, const char *after)
{
    char name[ROOM];
    snprintf(name, sizeof name, "%s", before);
    assert_true(ending_turn(sizeof name, name, endings, by));
    assert_string_equal(name, after);
}

static void the_next_ending_takes_the_place_of_the_present_one(void **state)
{
    (void)state;
    expect("a.json", 1, "a.csv");
    expect("a.csv", 1, "a.tasks.csv");
    expect("results.of/may 1.csv", 3, "results.of/may 1.svg");
    expect("\u00e9\xff.csv", -1, "\u00e9\xff.json");
}

static void the_longest_ending_is_the_present_one(void **state)
{
    (void)state;
    expect("a.tasks.csv", 1, "a.trace.json");
    expect("a.tasks.csv", -1, "a.csv");
    expect("a.trace.json", 1, "a.svg");
    expect("atasks.csv", 1, "atasks.tasks.csv");
}

static void the_list_goes_round_both_ways(void **state)
{
    (void)state;
    expect("a.svg", 1, "a.json");
    expect("a.json", -1, "a.svg");
    expect("a.json", 5, "a.json");
    expect("a.json", -12, "a.trace.json");
    for (int by = -1; by <= 1; by += 2) {
        char name[ROOM] = "a.csv";
        for (int i = 0; i < 5; i++)
            assert_true(ending_turn(sizeof name, name, endings, by));
        assert_string_equal(name, "a.csv");
    }
}

static void a_name_without_an_ending_gets_the_first_or_the_last(void **state)
{
    (void)state;
    expect("a", 1, "a.json");
    expect("a", -1, "a.svg");
    expect("a.jpeg", 1, "a.jpeg.json");
    expect("a.JSON", 1, "a.JSON.json");
    expect("a.json/b", 1, "a.json/b.json");
    expect("svg", 1, "svg.json");
}

/* Nothing but an ending is no name, but who types one in front of it has begun there. */
static void nothing_grows_where_there_is_no_name(void **state)
{
    (void)state;
    expect("", 1, ".json");
    expect(".json", 1, ".csv");
    expect(".csv", -1, ".json");
}

static void an_ending_that_is_begun_is_completed(void **state)
{
    (void)state;
    expect("a.s", 1, "a.svg");
    expect("a.t", 1, "a.tasks.csv");
    expect("a.tr", -1, "a.trace.json");
    expect("a.tasks", 1, "a.tasks.csv");
    expect("a.", 1, "a.json");
    expect("a.b.js", 1, "a.b.json");
}

static void what_has_no_room_stays_as_it_was(void **state)
{
    char name[] = "ab.json"; /* and no byte more */
    (void)state;
    assert_false(ending_turn(sizeof name, name, endings, 2));
    assert_string_equal(name, "ab.json");
    assert_true(ending_turn(sizeof name, name, endings, 1));
    assert_string_equal(name, "ab.csv");
    assert_true(ending_turn(sizeof name, name, endings, -1));
    assert_string_equal(name, "ab.json");
    char bare[] = "abc";
    assert_false(ending_turn(sizeof bare, bare, endings, 1));
    assert_string_equal(bare, "abc");
}

static void an_empty_list_changes_nothing(void **state)
{
    static const char *const none[] = {NULL};
    char name[ROOM] = "a.json";
    (void)state;
    assert_false(ending_turn(sizeof name, name, none, 1));
    assert_string_equal(name, "a.json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_ending_takes_the_place_of_the_present_one),
        cmocka_unit_test(the_longest_ending_is_the_present_one),
        cmocka_unit_test(the_list_goes_round_both_ways),
        cmocka_unit_test(a_name_without_an_ending_gets_the_first_or_the_last),
        cmocka_unit_test(nothing_grows_where_there_is_no_name),
        cmocka_unit_test(an_ending_that_is_begun_is_completed),
        cmocka_unit_test(what_has_no_room_stays_as_it_was),
        cmocka_unit_test(an_empty_list_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
