// SPDX-License-Identifier: MIT
/* Clocks, heat and energy in the result file, and what a report says of them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "experiment/words_meters.h"
#include "report/report.h"
#include "sample.h"

static void make(struct result *result)
{
    sample_result(result);
    result->stages[0].energy_j = 812.5;
    result->stages[1].energy_j = 611.25;
    result->idle_w = 20.5;
    result->stages[1].complete = true;
    result->stages[1].projected = false;
    result->stages[0].failed = result->stages[1].failed = 0;
    result->stages[1].celsius = -3.5;
    result->stages[1].clocks = (struct result_clocks){true, 800, 1000, 4200};
}

static int read_json(const char *text, struct result *result, struct fault *fault)
{
    return report_json_read(text, strlen(text), "x.json", result, fault);
}

static void they_come_back(void **state)
{
    struct result one, back;
    struct fault fault;
    make(&one);
    char *text = sample_write(&one);
    assert_non_null(strstr(text, "\"energy_j\": 812.5,"));
    assert_non_null(strstr(text, "\"clock_mhz\": null,"));
    assert_non_null(
        strstr(text, "\"clock_mhz\": {\"low\": 800, \"median\": 1000, \"high\": 4200},"));
    assert_non_null(strstr(text, "\"celsius\": -3.5,"));
    assert_non_null(strstr(text, "\"idle_w\": 20.5,"));
    assert_int_equal(read_json(text, &back, &fault), 0);
    assert_true(back.idle_w == 20.5);
    for (size_t i = 0; i < one.stage_count; i++) {
        assert_true(one.stages[i].energy_j == back.stages[i].energy_j);
        assert_true(one.stages[i].celsius == back.stages[i].celsius);
        assert_int_equal(one.stages[i].clocks.has, back.stages[i].clocks.has);
        assert_int_equal(one.stages[i].clocks.low_mhz, back.stages[i].clocks.low_mhz);
        assert_int_equal(
            one.stages[i].clocks.median_mhz, back.stages[i].clocks.median_mhz);
        assert_int_equal(one.stages[i].clocks.high_mhz, back.stages[i].clocks.high_mhz);
    }
    result_finish(&one);
    result_finish(&back);
    free(text);
    (void)state;
}

/* A counter that stood still is no unknown one. */
static void nothing_used_is_not_unknown(void **state)
{
    static const double watts[] = {0, NAN};
    static const char *const expected[] = {"\"idle_w\": 0.0,", "\"idle_w\": null,"};
    for (size_t i = 0; i < sizeof watts / sizeof *watts; i++) {
        struct result one, back;
        struct fault fault;
        make(&one);
        one.idle_w = watts[i];
        char *text = sample_write(&one);
        assert_non_null(strstr(text, expected[i]));
        assert_int_equal(read_json(text, &back, &fault), 0);
        assert_true(isnan(watts[i]) ? isnan(back.idle_w) : back.idle_w == 0);
        result_finish(&one);
        result_finish(&back);
        free(text);
    }
    (void)state;
}

static void a_file_from_before_has_none(void **state)
{
    static const char *const fields[] = {
        "\"energy_j\": null", "\"clock_mhz\": null", "\"celsius\": null"};
    struct result back;
    struct fault fault;
    char *text = sample_json();
    text = sample_damage(text, "\"plan\"", "\"idle_w\": 3.5", "\"w\": 0");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char other[] = {'"', (char)('x' + i), '"', ':', '0', '\0'};
        text = sample_damage(text, "\"stages\"", fields[i], other);
    }
    assert_int_equal(read_json(text, &back, &fault), 0);
    assert_true(back.stages[0].energy_j == 0);
    assert_false(back.stages[0].clocks.has);
    assert_true(back.stages[0].celsius == 0);
    assert_true(isnan(back.idle_w));
    result_finish(&back);
    free(text);
    (void)state;
}

static void nonsense_is_refused(void **state)
{
    static const struct {
        const char *from, *to;
    } damages[] = {
        {"\"energy_j\": null", "\"energy_j\": -1"},
        {"\"energy_j\": null", "\"energy_j\": \"much\""},
        {"\"celsius\": null", "\"celsius\": 6000"},
        {"\"clock_mhz\": null", "\"clock_mhz\": {\"low\": 1, \"median\": 2}"},
        {"\"clock_mhz\": null",
            "\"clock_mhz\": {\"low\": 0, \"median\": 2, \"high\": 3}"},
        {"\"clock_mhz\": null",
            "\"clock_mhz\": {\"low\": 5, \"median\": 2, \"high\": 7}"},
        {"\"clock_mhz\": null",
            "\"clock_mhz\": {\"low\": 1, \"median\": 9, \"high\": 7}"},
    };
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct result back;
        struct fault fault = {0};
        char *text = sample_damaged("\"stages\"", damages[i].from, damages[i].to);
        assert_true(read_json(text, &back, &fault) < 0);
        assert_non_null(strstr(fault.text, "stages[0]"));
        free(text);
    }
    struct result back;
    struct fault fault = {0};
    char *text = sample_damaged("\"plan\"", "\"idle_w\": 3.5", "\"idle_w\": -1");
    assert_true(read_json(text, &back, &fault) < 0);
    assert_non_null(strstr(fault.text, "idle_w"));
    free(text);
    (void)state;
}

static void a_report_says_what_was_used(void **state)
{
    const struct report_text_style style = {.form = REPORT_TEXT_PLAIN};
    struct result result;
    struct fault fault;
    char *text, energy[240];
    size_t size;
    make(&result);
    result.stages[0].elapsed_ns = 2 * result.stages[1].elapsed_ns;
    assert_true(words_meters_energy(&result, sizeof energy, energy));
    assert_int_equal(report_text_write(&result, &style, &text, &size, &fault), 0);
    const char *found = strstr(text, energy);
    assert_non_null(found);
    assert_null(strstr(found + 1, energy));
    assert_non_null(strstr(text, words_meters_note(true)));
    free(text);
    result.idle_w = NAN;
    assert_int_equal(report_text_write(&result, &style, &text, &size, &fault), 0);
    assert_non_null(strstr(text, words_meters_note(false)));
    free(text);
    result.stages[0].energy_j = 0;
    assert_int_equal(report_text_write(&result, &style, &text, &size, &fault), 0);
    assert_null(strstr(text, "nergy"));
    free(text);
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(they_come_back),
        cmocka_unit_test(nothing_used_is_not_unknown),
        cmocka_unit_test(a_file_from_before_has_none),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(a_report_says_what_was_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
