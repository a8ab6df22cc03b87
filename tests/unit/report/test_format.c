// SPDX-License-Identifier: MIT
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/report.h"

static void the_ending_chooses_the_format(void **state)
{
    static const struct {
        const char *path;
        int (*write)(const struct result *result, char **ret_text, size_t *ret_size,
            struct fault *fault);
    } cases[] = {
        {"x.json", report_json_write},
        {"/some/folder.txt/x.json", report_json_write},
        {"a.b.c.txt", report_text_write_page},
        {"x.json.txt", report_text_write_page},
        {"-.txt", report_text_write_page},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct report_format *format = NULL;
        struct fault fault = {0};
        assert_int_equal(report_find_format(cases[i].path, &format, &fault), 0);
        assert_true(format->write == cases[i].write);
        assert_int_equal(fault.kind, FAULT_NONE);
    }
    (void)state;
}

static void another_ending_is_refused_with_those_known(void **state)
{
    static const char *const paths[] = {"", "x", "json", ".json", ".txt", "x.jsn",
        "x.JSON", "x.json ", "x.json/", "x.txt.gz", "txt"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const struct report_format *format = NULL;
        struct fault fault = {0};
        if (report_find_format(paths[i], &format, &fault) != -EINVAL)
            fail_msg("taken: %s", paths[i]);
        assert_null(format);
        assert_int_equal(fault.kind, FAULT_INPUT);
        assert_non_null(strstr(fault.text, "unknown ending: "));
        assert_non_null(strstr(fault.text, " (known: .json, .txt)"));
    }
    (void)state;
}

static void every_format_has_a_writer_and_an_ending_of_its_own(void **state)
{
    for (const struct report_format *format = report_formats; format->ending; format++) {
        assert_int_equal(format->ending[0], '.');
        assert_non_null(format->write);
        for (const struct report_format *other = report_formats; other != format; other++)
            assert_string_not_equal(format->ending, other->ending);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ending_chooses_the_format),
        cmocka_unit_test(another_ending_is_refused_with_those_known),
        cmocka_unit_test(every_format_has_a_writer_and_an_ending_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
