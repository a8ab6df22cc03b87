// SPDX-License-Identifier: MIT
/* A program that is built without cairo: linked with what stands in its place. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "report/pictures.h"
#include "report/report.h"

static void what_is_not_built_in_is_named(void **state)
{
    static const char *const names[] = {"svg", "png", "pdf", "tasks.svg"};
    assert_string_equal(pictures_missing, "cairo");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[32], expected[128];
        const struct report_format *format = NULL;
        struct fault fault = {0};
        snprintf(path, sizeof path, "x.%s", names[i]);
        snprintf(expected, sizeof expected,
            "%s is not built in: this program was built without cairo", names[i]);
        assert_int_equal(report_find_format(path, &format, &fault), -EINVAL);
        assert_string_equal(fault.text, expected);
        assert_int_equal(report_find_named(names[i], &format, &fault), -EINVAL);
        assert_string_equal(fault.text, expected);
        assert_int_equal(fault.kind, FAULT_INPUT);
        assert_null(format);
    }
    (void)state;
}

static void a_picture_is_refused_and_nothing_is_made(void **state)
{
    const struct picture_setup setup = {.kind = PICTURE_RESULT};
    struct result result;
    struct fault fault = {0};
    char *data = NULL;
    size_t size = 7;
    result_init(&result);
    assert_int_equal(pictures_write(&result, &setup, &data, &size, &fault), -EINVAL);
    assert_null(data);
    assert_int_equal(size, 7);
    assert_non_null(strstr(fault.text, "pictures are not built in"));
    result_finish(&result);
    (void)state;
}

static void all_else_is_as_ever(void **state)
{
    const struct report_format *format = NULL;
    struct fault fault = {0};
    assert_int_equal(report_find_format("x.csv", &format, &fault), 0);
    assert_true(format->write == report_csv_write);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_built_in_is_named),
        cmocka_unit_test(a_picture_is_refused_and_nothing_is_made),
        cmocka_unit_test(all_else_is_as_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
