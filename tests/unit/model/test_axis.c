// SPDX-License-Identifier: MIT
#include "model/axis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"

#define NS_PER_MIN (60 * NS_PER_S)
#define NS_PER_H (60 * NS_PER_MIN)
#define NS_PER_DAY (24 * NS_PER_H)
#define LENGTH_MOST (50000 * NS_PER_DAY)

/* The labels of all ticks, with a space between. */
static void write_labels(struct axis axis, size_t size, char text[])
{
    text[0] = '\0';
    for (int64_t t_ns = 0; t_ns <= axis.end_ns; t_ns += axis.step_ns) {
        char label[32];
        axis_format(&axis, t_ns, sizeof label, label);
        size_t used = strlen(text);
        snprintf(text + used, size - used, "%s%s", t_ns > 0 ? " " : "", label);
    }
}

static void check_labels(int64_t length_ns, const char *expected)
{
    char text[256];
    write_labels(axis_of(length_ns), sizeof text, text);
    assert_string_equal(text, expected);
}

static void seconds(void **state)
{
    struct axis axis = axis_of(24200 * NS_PER_MS);
    assert_int_equal(axis.end_ns, 25 * NS_PER_S);
    assert_int_equal(axis.step_ns, 5 * NS_PER_S);
    check_labels(24200 * NS_PER_MS, "0 s 5 10 15 20 25");
    check_labels(12300 * NS_PER_MS, "0 s 5 10 15");
    check_labels(3 * NS_PER_S, "0 s 0.5 1 1.5 2 2.5 3");
    check_labels(2100 * NS_PER_MS, "0 s 0.5 1 1.5 2 2.5");
    check_labels(5 * NS_PER_S, "0 s 1 2 3 4 5");
    check_labels(5 * NS_PER_S + 1, "0 s 1 2 3 4 5 6");
    check_labels(30 * NS_PER_S, "0 s 5 10 15 20 25 30");
    check_labels(70 * NS_PER_S, "0 s 20 40 60 80");
    (void)state;
}

static void fractions_of_a_second(void **state)
{
    check_labels(1, "0 ns 1 2 3");
    check_labels(23, "0 ns 5 10 15 20 25");
    check_labels(1000, "0 us 0.2 0.4 0.6 0.8 1");
    check_labels(350 * NS_PER_US, "0 us 100 200 300 400");
    check_labels(999 * NS_PER_US, "0 ms 0.2 0.4 0.6 0.8 1");
    check_labels(47 * NS_PER_MS, "0 ms 10 20 30 40 50");
    check_labels(560 * NS_PER_MS, "0 ms 100 200 300 400 500 600");
    (void)state;
}

static void minutes_hours_and_days_are_those_of_clocks(void **state)
{
    check_labels(130 * NS_PER_S, "0 s 50 100 150");
    check_labels(4 * NS_PER_MIN, "0 min 1 2 3 4");
    check_labels(5 * NS_PER_MIN, "0 min 1 2 3 4 5");
    check_labels(43 * NS_PER_MIN, "0 min 15 30 45");
    check_labels(NS_PER_H, "0 min 15 30 45 60");
    check_labels(5 * NS_PER_H, "0 h 1 2 3 4 5");
    check_labels(22 * NS_PER_H, "0 h 6 12 18 24");
    check_labels(4 * NS_PER_DAY, "0 d 1 2 3 4");
    check_labels(365 * NS_PER_DAY, "0 d 100 200 300 400");
    (void)state;
}

static void no_length_is_a_second(void **state)
{
    check_labels(0, "0 s 0.2 0.4 0.6 0.8 1");
    check_labels(-5, "0 s 0.2 0.4 0.6 0.8 1");
    check_labels(INT64_MIN, "0 s 0.2 0.4 0.6 0.8 1");
    (void)state;
}

static void no_length_is_too_long(void **state)
{
    static const char most[] = "0 d 10000 20000 30000 40000 50000";
    check_labels(LENGTH_MOST, most);
    check_labels(LENGTH_MOST + 1, most);
    check_labels(INT64_MAX, most);
    char text[256];
    write_labels(axis_double(axis_of(INT64_MAX)), sizeof text, text);
    assert_string_equal(text, most);
    (void)state;
}

static bool is_round(int64_t step_ns)
{
    int64_t units[] = {NS_PER_DAY, NS_PER_H, NS_PER_MIN, 1};
    size_t i = 0;
    while (step_ns % units[i] != 0)
        i++;
    int64_t number = step_ns / units[i];
    if (units[i] == NS_PER_H)
        return number < 24 && 12 % number == 0;
    if (units[i] == NS_PER_MIN)
        return number < 60 && 60 % number == 0 &&
               strchr("1250", '0' + (char)(number % 10));
    while (number % 10 == 0)
        number /= 10;
    return number == 1 || number == 2 || number == 5;
}

static void check_axis(struct axis axis, int64_t length_ns)
{
    bool sound = axis.step_ns > 0 && axis.end_ns % axis.step_ns == 0 &&
                 axis.end_ns >= length_ns && is_round(axis.step_ns);
    int64_t steps = sound ? axis.end_ns / axis.step_ns : 0;
    int64_t waste_ns = axis.end_ns - length_ns;
    sound = sound && steps >= 3 && steps <= 6 && waste_ns <= length_ns / 3 + 2;
    if (!sound)
        fail_msg("%lld ns: %lld steps of %lld ns", (long long)length_ns, (long long)steps,
            (long long)axis.step_ns);
}

/* Labels are as good as their numbers are right, one step apart, and short. */
static void check_format(struct axis axis)
{
    double first = 0;
    for (int64_t i = 0; i <= axis.end_ns / axis.step_ns; i++) {
        char label[32], unit[8] = "";
        double number = -1;
        axis_format(&axis, i * axis.step_ns, sizeof label, label);
        assert_int_equal(sscanf(label, "%lf %7s", &number, unit), i == 0 ? 2 : 1);
        assert_true(strlen(label) <= 5);
        if (i == 1)
            first = number;
        assert_true(number > (double)i * first - 1e-6);
        assert_true(number < (double)i * first + 1e-6);
    }
    assert_true(first > 0);
}

static void any_length_has_a_round_axis(void **state)
{
    double mean = 0;
    int count = 0;
    for (int64_t length_ns = 1; length_ns < LENGTH_MOST / 103 * 100;
         length_ns += length_ns / 97 + 1) {
        struct axis axis = axis_of(length_ns);
        check_axis(axis, length_ns);
        check_format(axis);
        struct axis same = axis_of(axis.end_ns); /* as short as it can be */
        assert_int_equal(same.end_ns, axis.end_ns);
        assert_int_equal(same.step_ns, axis.step_ns);
        mean += (double)(axis.end_ns - length_ns) / (double)length_ns;
        count++;
    }
    assert_true(mean / count < 0.15);
    (void)state;
}

static void a_longer_length_has_no_shorter_axis(void **state)
{
    int64_t before_ns = 0;
    for (int64_t length_ns = 1; length_ns < INT64_MAX / 11 * 10;
         length_ns += length_ns / 50 + 1) {
        struct axis axis = axis_of(length_ns);
        assert_true(axis.end_ns >= before_ns);
        before_ns = axis.end_ns;
    }
    (void)state;
}

static void doubled_axes_are_round_again(void **state)
{
    struct axis axis = axis_double(axis_of(24 * NS_PER_S));
    assert_int_equal(axis.end_ns, 50 * NS_PER_S);
    assert_int_equal(axis.step_ns, 10 * NS_PER_S);
    for (int64_t length_ns = 1; length_ns < LENGTH_MOST / 4;
         length_ns += length_ns / 7 + 1) {
        axis = axis_of(length_ns);
        check_axis(axis_double(axis), 2 * axis.end_ns);
    }
    (void)state;
}

static void times_between_ticks_are_rounded(void **state)
{
    char text[32];
    struct axis axis = {.end_ns = 3 * NS_PER_S, .step_ns = NS_PER_S / 2};
    axis_format(&axis, 1249 * NS_PER_MS, sizeof text, text);
    assert_string_equal(text, "1.2");
    axis_format(&axis, 1950 * NS_PER_MS, sizeof text, text);
    assert_string_equal(text, "2");
    axis_format(&axis, INT64_MAX, sizeof text, text);
    assert_string_equal(text, "9223372036.9");
    axis = (struct axis){.end_ns = 25 * NS_PER_S, .step_ns = 5 * NS_PER_S};
    axis_format(&axis, 7499 * NS_PER_MS, sizeof text, text);
    assert_string_equal(text, "7");
    axis_format(&axis, 7500 * NS_PER_MS, 2, text);
    assert_string_equal(text, "8");
    axis_format(&axis, 15 * NS_PER_S, 2, text);
    assert_string_equal(text, "1"); /* cut, and ended */
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seconds),
        cmocka_unit_test(fractions_of_a_second),
        cmocka_unit_test(minutes_hours_and_days_are_those_of_clocks),
        cmocka_unit_test(no_length_is_a_second),
        cmocka_unit_test(no_length_is_too_long),
        cmocka_unit_test(any_length_has_a_round_axis),
        cmocka_unit_test(a_longer_length_has_no_shorter_axis),
        cmocka_unit_test(doubled_axes_are_round_again),
        cmocka_unit_test(times_between_ticks_are_rounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
