// SPDX-License-Identifier: MIT
/* A small object of texts: what is written is read, and nothing else is taken for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "report/members.h"

static const struct members_schema schema = {"parfor-test/", 3};

static void assert_refused(const char *text, const char *expected)
{
    char value[8];
    struct member member = {.name = "a", .size = sizeof value, .text = value};
    struct fault fault = {0};
    assert_true(members_read(&schema, strlen(text), text, 1, &member, &fault) < 0);
    if (!strstr(fault.text, expected))
        fail_msg("%s: %s", text, fault.text);
}

static void what_is_written_is_read(void **state)
{
    char one[] = "x \"\n\x1b é", two[] = "gone", invalid[] = "\xff";
    char ones[16], twos[16] = "";
    const struct member given[] = {{.name = "a", .text = one, .present = true},
        {.name = "b", .text = two}, {.name = "c", .text = invalid, .present = true}};
    struct member members[] = {{.name = "a", .size = sizeof ones, .text = ones},
        {.name = "b", .size = sizeof twos, .text = twos}};
    struct fault fault;
    char *text = members_write(&schema, 3, given);
    (void)state;
    assert_int_equal(members_read(&schema, strlen(text), text, 2, members, &fault), 0);
    assert_true(members[0].present);
    assert_string_equal(ones, one);
    assert_false(members[1].present);
    assert_null(strstr(text, "\"c\""));
    free(text);
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    assert_refused("", "line 1, column 0");
    assert_refused("{\n  \"schema\": ", "line 2");
    assert_refused("[1]", "not an object");
    assert_refused("{\"schema\": 3}", "no schema");
    assert_refused("{\"schema\": \"parfor-test/4\"}", "another version");
    assert_refused("{\"schema\": \"parfor-other/3\"}", "another kind");
    assert_refused("{\"schema\": \"parfor-test/3\", \"a\": []}", "a: not a text");
    assert_refused("{\"schema\": \"parfor-test/3\", \"a\": \"12345678\"}", "a: too long");
    assert_refused("{\"schema\": \"parfor-test/3\"} x", "line 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(what_is_wrong_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
