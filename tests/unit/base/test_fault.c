// SPDX-License-Identifier: MIT
#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>

static void input_says_what_is_wrong(void **state)
{
    struct fault fault = {0};
    assert_int_equal(fault_input(&fault, "workers: %d (1 to %s)", 0, "4096"), -EINVAL);
    assert_int_equal(fault.kind, FAULT_INPUT);
    assert_string_equal(fault.text, "workers: 0 (1 to 4096)");
    (void)state;
}

static void system_adds_the_reason_in_words(void **state)
{
    struct fault fault = {0};
    assert_int_equal(fault_system(&fault, -ENOENT, "cannot open %s", "x.json"), -ENOENT);
    assert_int_equal(fault.kind, FAULT_SYSTEM);
    assert_string_equal(fault.text, "cannot open x.json: No such file or directory");
    (void)state;
}

static void long_texts_are_cut_not_overrun(void **state)
{
    char many[2000];
    memset(many, 'x', sizeof many - 1);
    many[sizeof many - 1] = '\0';
    struct {
        struct fault fault;
        char guard[8];
    } room = {.guard = "guard"};
    assert_int_equal(fault_input(&room.fault, "%s", many), -EINVAL);
    assert_int_equal(strlen(room.fault.text), sizeof room.fault.text - 1);
    assert_int_equal(fault_system(&room.fault, -EIO, "%s", many), -EIO);
    assert_int_equal(strlen(room.fault.text), sizeof room.fault.text - 1);
    many[sizeof room.fault.text - 5] = '\0'; /* the reason fits in part */
    assert_int_equal(fault_system(&room.fault, -EIO, "%s", many), -EIO);
    assert_int_equal(strlen(room.fault.text), sizeof room.fault.text - 1);
    assert_string_equal(room.guard, "guard");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(input_says_what_is_wrong),
        cmocka_unit_test(system_adds_the_reason_in_words),
        cmocka_unit_test(long_texts_are_cut_not_overrun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
