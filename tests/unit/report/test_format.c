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
        {"x.md", report_markdown_write},
        {"x.csv", report_csv_write},
        {"x.tasks.csv", report_csv_tasks_write},
        {"tasks.csv", report_csv_write}, /* what is before the ending is a name */
        {"x.trace.json", report_trace_write},
        {"x.tasks.trace.json", report_trace_write},
        {"x.hyperfine.json", report_hyperfine_write},
        {"x.hyperfine.csv", report_csv_write},
        {"x.JSON", report_json_write},
        {"x.Trace.JSON", report_trace_write},
        {"x.Tasks.csv", report_csv_tasks_write},
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
        "x.JSN", "x.json ", "x.json/", "x.txt.gz", "txt"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const struct report_format *format = NULL;
        struct fault fault = {0};
        if (report_find_format(paths[i], &format, &fault) != -EINVAL)
            fail_msg("taken: %s", paths[i]);
        assert_null(format);
        assert_int_equal(fault.kind, FAULT_INPUT);
        assert_non_null(strstr(fault.text, "unknown ending: "));
        assert_non_null(strstr(fault.text, " (known: .json, .svg, .png, "));
    }
    (void)state;
}

static void every_format_has_a_name_and_an_ending_of_its_own(void **state)
{
    for (const struct report_format *format = report_formats; format->name; format++) {
        assert_int_equal(format->ending[0], '.');
        assert_non_null(format->help);
        assert_int_equal(!format->fits, !format->unfit);
        for (const struct report_format *other = report_formats; other != format;
             other++) {
            assert_string_not_equal(format->ending, other->ending);
            assert_string_not_equal(format->name, other->name);
        }
    }
    (void)state;
}

static const struct report_format *find(const char *path)
{
    const struct report_format *format = NULL;
    struct fault fault = {0};
    if (report_find_format(path, &format, &fault) < 0)
        fail_msg("%s: %s", path, fault.text);
    return format;
}

static void a_picture_is_of_the_result_or_of_its_tasks(void **state)
{
    static const struct {
        const char *path;
        enum picture_kind kind;
        enum paper_form form;
        bool is_binary;
    } cases[] = {
        {"x.svg", PICTURE_RESULT, PAPER_SVG, false},
        {"x.png", PICTURE_RESULT, PAPER_PNG, true},
        {"x.pdf", PICTURE_RESULT, PAPER_PDF, true},
        {"x.tasks.svg", PICTURE_TASKS, PAPER_SVG, false},
        {"x.tasks.png", PICTURE_TASKS, PAPER_PNG, true},
        {"x.tasks.pdf", PICTURE_TASKS, PAPER_PDF, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct report_format *format = find(cases[i].path);
        assert_null(format->write);
        assert_int_equal(format->picture.kind, cases[i].kind);
        assert_int_equal(format->picture.form, cases[i].form);
        assert_int_equal(format->is_binary, cases[i].is_binary);
    }
    (void)state;
}

static void every_format_is_found_by_its_name(void **state)
{
    for (const struct report_format *format = report_formats; format->name; format++) {
        const struct report_format *found = NULL;
        struct fault fault = {0};
        assert_int_equal(report_find_named(format->name, &found, &fault), 0);
        assert_ptr_equal(found, format);
    }
    const struct report_format *found = NULL;
    struct fault fault = {0};
    assert_int_equal(report_find_named("xml", &found, &fault), -EINVAL);
    assert_non_null(strstr(fault.text, "unknown format: xml (known: json, svg, png, "));
    assert_null(found);
    (void)state;
}

static void a_command_without_tasks_has_no_form_of_them(void **state)
{
    static const struct {
        const char *path;
        enum plan_command command;
        int fits;
    } cases[] = {
        {"x.tasks.svg", PLAN_RUN, 0},
        {"x.tasks.svg", PLAN_MAP, 0},
        {"x.tasks.svg", PLAN_CHECK, -EINVAL},
        {"x.tasks.svg", PLAN_VERSUS, -EINVAL},
        {"x.tasks.csv", PLAN_WATCH, -EINVAL},
        {"x.tasks.csv", PLAN_VERSUS, 0},
        {"x.hyperfine.json", PLAN_CHECK, -EINVAL},
        {"x.hyperfine.json", PLAN_SWEEP, 0},
        {"x.svg", PLAN_CHECK, 0},
        {"x.trace.json", PLAN_WATCH, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fault fault = {0};
        assert_int_equal(
            report_check_format(find(cases[i].path), cases[i].command, &fault),
            cases[i].fits);
        if (cases[i].fits < 0)
            assert_non_null(strstr(fault.text, " has nothing for ."));
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ending_chooses_the_format),
        cmocka_unit_test(another_ending_is_refused_with_those_known),
        cmocka_unit_test(every_format_has_a_name_and_an_ending_of_its_own),
        cmocka_unit_test(a_picture_is_of_the_result_or_of_its_tasks),
        cmocka_unit_test(every_format_is_found_by_its_name),
        cmocka_unit_test(a_command_without_tasks_has_no_form_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
