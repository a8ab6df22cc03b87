// SPDX-License-Identifier: MIT
#include "base/number.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static const int64_t untouched = -4711;

static void takes_whole_numbers_as_people_type_them(void **state)
{
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        {"0", 0},
        {"-0", 0},
        {"1", 1},
        {"007", 7},
        {"+5", 5},
        {"-3", -3},
        {"1000000", 1000000},
        {"1e6", 1000000},
        {"1E6", 1000000},
        {"1M", 1000000},
        {"1.5k", 1500},
        {"1.5M", 1500000},
        {".5k", 500},
        {"-.5k", -500},
        {"2.50e2", 250},
        {"1e3k", 1000000},
        {"3G", INT64_C(3000000000)},
        {"1T", INT64_C(1000000000000)},
        {"1.0", 1},
        {"100000e-3", 100},
        {"9000000000000000001", INT64_C(9000000000000000001)},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t value = untouched;
        assert_int_equal(number_parse(cases[i].text, &value), 0);
        assert_int_equal(value, cases[i].value);
    }
    (void)state;
}

static void refuses_what_is_no_whole_number(void **state)
{
    static const char *const texts[] = {"", " ", "abc", "1.5", "1e-3", "0x10", "0X1p3",
        "nan", "NaN", "inf", "-inf", "infinity", "12abc", "1 ", " 1", "1 000", "1,000",
        "--1", "+-1", "-", "+", ".", "e6", ".e6", "1e", "1kk", "1K", "1m", "k", "1.0005k",
        "1e6.0", "١"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        int64_t value = untouched;
        assert_int_equal(number_parse(texts[i], &value), -EINVAL);
        assert_int_equal(value, untouched);
    }
    (void)state;
}

static void refuses_what_does_not_fit(void **state)
{
    static const char *const texts[] = {"1e30", "-1e30", "1e99999", "9223372036854775808",
        "-9223372036854775809", "10000000T", "99999999999999999999999999"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        int64_t value = untouched;
        assert_int_equal(number_parse(texts[i], &value), -ERANGE);
        assert_int_equal(value, untouched);
    }
    (void)state;
}

static void takes_decimal_numbers(void **state)
{
    static const struct {
        const char *text;
        double value;
    } cases[] = {{"32", 32}, {"1.5", 1.5}, {"1e3", 1000}, {".25", 0.25}, {"-2", -2}};
    static const char *const wrong[] = {
        "", " 2", "2 ", "0x10", "nan", "inf", "2k", "1,5", "abc"};
    double value = 4711;
    for (size_t i = 0; i < COUNT_OF(wrong); i++)
        assert_int_equal(number_parse_decimal(wrong[i], &value), -EINVAL);
    assert_int_equal(number_parse_decimal("1e999", &value), -ERANGE);
    assert_true(value == 4711);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(number_parse_decimal(cases[i].text, &value), 0);
        assert_true(value == cases[i].value);
    }
    (void)state;
}

/* 1.001k is 1001 although no binary fraction is 1.001. */
static void is_exact_with_decimals_before_a_suffix(void **state)
{
    for (int64_t thousandths = 0; thousandths < 20000; thousandths++) {
        char text[32];
        int64_t value = untouched;
        snprintf(text, sizeof text, "%" PRId64 ".%03" PRId64 "k", thousandths / 1000,
            thousandths % 1000);
        assert_int_equal(number_parse(text, &value), 0);
        assert_int_equal(value, thousandths);
        text[strlen(text) - 1] = 'G';
        assert_int_equal(number_parse(text, &value), 0);
        assert_int_equal(value, thousandths * 1000000);
    }
    (void)state;
}

static void takes_durations(void **state)
{
    static const struct {
        const char *text;
        int64_t ns;
    } cases[] = {
        {"0", 0},
        {"5", 5 * NS_PER_S},
        {"1.5", 1500 * NS_PER_MS},
        {"0.1", 100 * NS_PER_MS},
        {"7ns", 7},
        {"350us", 350 * NS_PER_US},
        {"500ms", 500 * NS_PER_MS},
        {"3s", 3 * NS_PER_S},
        {"1.5s", 1500 * NS_PER_MS},
        {".25s", 250 * NS_PER_MS},
        {"1e3s", 1000 * NS_PER_S},
        {"2m", 120 * NS_PER_S},
        {"1h30m", 5400 * NS_PER_S},
        {"1h0.5m", 3630 * NS_PER_S},
        {"1m500ms", 60 * NS_PER_S + 500 * NS_PER_MS},
        {"1d", 86400 * NS_PER_S},
        {"1d2h3m4s5ms6us7ns",
            (((24 + 2) * 60 + 3) * 60 + 4) * NS_PER_S + INT64_C(5006007)},
        {"0.4ns", 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t ns = untouched;
        assert_int_equal(number_parse_duration(cases[i].text, &ns), 0);
        assert_int_equal(ns, cases[i].ns);
    }
    (void)state;
}

static void is_exact_with_decimal_durations(void **state)
{
    for (int64_t ms = 0; ms < 20000; ms++) {
        char text[32];
        int64_t ns = untouched;
        snprintf(text, sizeof text, "%" PRId64 ".%03" PRId64 "s", ms / 1000, ms % 1000);
        assert_int_equal(number_parse_duration(text, &ns), 0);
        assert_int_equal(ns, ms * NS_PER_MS);
    }
    (void)state;
}

static void refuses_what_is_no_duration(void **state)
{
    static const char *const texts[] = {"", "s", "abc", "-1s", "-1", "1h-30m", "3x",
        "3 s", "3s ", "1S", "3ss", "3sm", "3nss", "1.5.5s", "1h30", "1 h 30 m", "nan",
        "infs", "inf", "0x10s", "1h30m,"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        int64_t ns = untouched;
        assert_int_equal(number_parse_duration(texts[i], &ns), -EINVAL);
        assert_int_equal(ns, untouched);
    }
    static const char *const too_long[] = {"1e30", "1e99999s", "200000d", "9223372037s"};
    for (size_t i = 0; i < COUNT_OF(too_long); i++) {
        int64_t ns = untouched;
        assert_int_equal(number_parse_duration(too_long[i], &ns), -ERANGE);
        assert_int_equal(ns, untouched);
    }
    (void)state;
}

static void writes_durations_for_a_reader(void **state)
{
    static const struct {
        int64_t ns;
        const char *text;
    } cases[] = {
        {0, "0 ns"},
        {1, "1 ns"},
        {999, "999 ns"},
        {1000, "1.0 us"},
        {9949, "9.9 us"},
        {9951, "10 us"},
        {350 * NS_PER_US, "350 us"},
        {999499, "999 us"},
        {999501, "1.0 ms"},
        {9949999, "9.9 ms"},
        {9950001, "10 ms"},
        {99499999, "99 ms"},
        {99500001, "0.10 s"},
        {420 * NS_PER_MS, "0.42 s"},
        {994 * NS_PER_MS, "0.99 s"},
        {996 * NS_PER_MS, "1.00 s"},
        {9994 * NS_PER_MS, "9.99 s"},
        {9996 * NS_PER_MS, "10.0 s"},
        {24200 * NS_PER_MS, "24.2 s"},
        {99940 * NS_PER_MS, "99.9 s"},
        {99960 * NS_PER_MS, "1 min 40 s"},
        {119400 * NS_PER_MS, "1 min 59 s"},
        {119600 * NS_PER_MS, "2 min 00 s"},
        {200 * NS_PER_S, "3 min 20 s"},
        {3599400 * NS_PER_MS, "59 min 59 s"},
        {3599600 * NS_PER_MS, "1 h 00 min"},
        {5700 * NS_PER_S, "1 h 35 min"},
        {7199 * NS_PER_S, "2 h 00 min"},
        {100 * 3600 * NS_PER_S, "100 h 00 min"},
        {-1, "-1 ns"},
        {-24200 * NS_PER_MS, "-24.2 s"},
        {INT64_MIN, "-2562047 h 47 min"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[32];
        number_format_duration(cases[i].ns, sizeof text, text);
        assert_string_equal(text, cases[i].text);
    }
    char small[5];
    number_format_duration(24200 * NS_PER_MS, sizeof small, small);
    assert_string_equal(small, "24.2");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_whole_numbers_as_people_type_them),
        cmocka_unit_test(refuses_what_is_no_whole_number),
        cmocka_unit_test(refuses_what_does_not_fit),
        cmocka_unit_test(takes_decimal_numbers),
        cmocka_unit_test(is_exact_with_decimals_before_a_suffix),
        cmocka_unit_test(takes_durations),
        cmocka_unit_test(is_exact_with_decimal_durations),
        cmocka_unit_test(refuses_what_is_no_duration),
        cmocka_unit_test(writes_durations_for_a_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
