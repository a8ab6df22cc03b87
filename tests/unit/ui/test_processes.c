// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/processes.h"

static void who_is_on_a_cpu(void **state)
{
    struct family_process processes[] = {{.pid = 4711, .name = "python3"},
        {.pid = 4194304, .name = "a\x1b[2Jbcdefghi"}, {.pid = 7, .name = "x"}};
    struct family_spot spots[] = {{3, 0}, {5, 1}, {6, 0}, {6, 2}};
    const struct family family = {
        .count = 3, .processes = processes, .spot_count = 4, .spots = spots};
    char text[40];
    processes_on_cpu(&family, 3, sizeof text, text);
    assert_string_equal(text, "python3 4711");
    processes_on_cpu(&family, 5, sizeof text, text);
    assert_string_equal(text, "a?[2J 4194304"); /* as many columns as there are */
    processes_on_cpu(&family, 6, sizeof text, text);
    assert_string_equal(text, "2 threads");
    processes_on_cpu(&family, 0, sizeof text, text);
    assert_string_equal(text, "");
    (void)state;
}

static void how_many_there_are(void **state)
{
    char text[40];
    processes_count(1, 1, sizeof text, text);
    assert_string_equal(text, "1 process");
    processes_count(6, 6, sizeof text, text);
    assert_string_equal(text, "6 processes");
    processes_count(6, 9, sizeof text, text);
    assert_string_equal(text, "6 proc., 9 threads");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_on_a_cpu),
        cmocka_unit_test(how_many_there_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
