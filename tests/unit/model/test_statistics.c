// SPDX-License-Identifier: MIT
#include "model/statistics.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_near(double value, double expected, double error)
{
    if (!(fabs(value - expected) <= error))
        fail_msg("%.9g is not %.9g within %g", value, expected, error);
}

static void the_median_is_the_middle_or_the_mean_of_the_two(void **state)
{
    double one[] = {7}, two[] = {4, 1}, three[] = {9, 1, 2}, four[] = {8, 1, 2, 4};
    assert_near(statistics_median(1, one), 7, 0);
    assert_near(statistics_median(2, two), 2.5, 0);
    assert_near(statistics_median(3, three), 2, 0);
    assert_near(statistics_median(4, four), 3, 0);
    assert_near(four[0], 1, 0);
    assert_near(four[3], 8, 0);
    (void)state;
}

static void the_lower_median_is_one_of_the_values(void **state)
{
    double one[] = {7}, two[] = {4, 1}, three[] = {9, 1, 2}, four[] = {8, 1, 2, 4};
    assert_near(statistics_lower_median(1, one), 7, 0);
    assert_near(statistics_lower_median(2, two), 1, 0);
    assert_near(statistics_lower_median(3, three), 2, 0);
    assert_near(statistics_lower_median(4, four), 2, 0);
    (void)state;
}

static void the_usual_distance_is_not_moved_by_one_far_away(void **state)
{
    const double values[] = {10, 11, 9, 10.5, 1000}, same[] = {3, 3, 3, 4};
    assert_near(statistics_usual_distance(5, values, 10.5), 0.5, 0);
    assert_near(statistics_usual_distance(4, same, 3), 0, 0);
    assert_near(statistics_usual_distance(1, values, 12), 2, 0);
    assert_near(values[0], 10, 0);
    (void)state;
}

/* Abramowitz & Stegun, table 26.10, and the usual tables of the normal distribution. */
static void the_quantiles_are_those_of_the_tables(void **state)
{
    static const struct {
        double p, freedom, quantile;
    } table[] = {
        {0.975, 1, 12.706},
        {0.975, 2, 4.303},
        {0.975, 3, 3.182},
        {0.975, 4, 2.776},
        {0.975, 5, 2.571},
        {0.975, 10, 2.228},
        {0.975, 30, 2.042},
        {0.975, 120, 1.980},
        {0.95, 1, 6.314},
        {0.95, 7, 1.895},
        {0.9, 6, 1.440},
        {0.995, 2, 9.925},
        {0.995, 12, 3.055},
        {0.9995, 3, 12.924},
        {0.75, 20, 0.687},
        {0.975, 1e6, 1.960},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        double quantile = statistics_student_quantile(table[i].p, table[i].freedom);
        assert_near(quantile, table[i].quantile, 0.00051);
        assert_near(statistics_student_quantile(1 - table[i].p, table[i].freedom),
            -quantile, 1e-6);
    }
    (void)state;
}

/* One degree of freedom is Cauchy's distribution, two have a closed form as well. */
static void the_quantiles_agree_with_closed_forms(void **state)
{
    for (double p = 0.51; p < 0.999; p += 0.007) {
        double cauchy = tan(M_PI * (p - 0.5));
        double two = (2 * p - 1) * sqrt(2 / (4 * p * (1 - p)));
        assert_near(statistics_student_quantile(p, 1), cauchy, 1e-8 * cauchy);
        assert_near(statistics_student_quantile(p, 2), two, 1e-8 * two);
    }
    assert_near(statistics_student_quantile(0.5, 3), 0, 1e-9);
    (void)state;
}

static void degrees_of_freedom_need_not_be_whole(void **state)
{
    double before = statistics_student_quantile(0.975, 2);
    for (double freedom = 2.1; freedom < 6; freedom += 0.1) {
        double quantile = statistics_student_quantile(0.975, freedom);
        assert_true(quantile < before);
        before = quantile;
    }
    (void)state;
}

static void fewer_than_three_repeats_have_no_interval(void **state)
{
    const double above[] = {2, 2}, below[] = {1, 1};
    struct statistics_interval interval = {-7, -8};
    assert_false(statistics_ratio_interval(0, above, below, 1, &interval));
    assert_false(statistics_ratio_interval(1, above, below, 1, &interval));
    assert_false(statistics_ratio_interval(2, above, below, 1, &interval));
    assert_near(interval.low, -7, 0);
    assert_near(interval.high, -8, 0);
    (void)state;
}

/* By hand: logarithms {0.1, 0, -0.1} + ln 2 and {0.2, 0, -0.2}; variances of the means
 * 0.01 / 3 and 0.04 / 3, so the error is sqrt(0.05 / 3) = 0.1290994 and Satterthwaite's
 * degrees are 2 x 0.05^2 / (0.01^2 + 0.04^2) = 2.941176, between t = 4.303 and 3.182. */
static void three_repeats_have_welch_s_interval(void **state)
{
    const double above[] = {2 * exp(0.1), 2, 2 * exp(-0.1)};
    const double below[] = {exp(0.2), 1, exp(-0.2)};
    struct statistics_interval interval;
    assert_true(statistics_ratio_interval(3, above, below, 1, &interval));
    double reach = statistics_student_quantile(0.975, 2.941176471) * 0.129099445;
    assert_near(log(interval.low), log(2) - reach, 1e-7);
    assert_near(log(interval.high), log(2) + reach, 1e-7);
    assert_true(reach > 3.182 * 0.1290 && reach < 3.3 * 0.1291);
    (void)state;
}

static void equal_repeats_have_an_interval_of_no_width(void **state)
{
    const double above[] = {3, 3, 3, 3, 3}, below[] = {1.5, 1.5, 1.5, 1.5, 1.5};
    struct statistics_interval interval;
    for (size_t count = 3; count <= 5; count++) {
        assert_true(statistics_ratio_interval(count, above, below, 1, &interval));
        assert_near(interval.low, 2, 1e-12);
        assert_near(interval.high, 2, 1e-12);
    }
    (void)state;
}

static void the_bootstrap_contains_the_ratio_and_repeats_for_a_seed(void **state)
{
    const double above[] = {10.1, 9.8, 10.4, 9.9, 10.0, 12.7, 10.2};
    const double below[] = {5.0, 5.2, 5.1, 4.9, 5.0, 5.3, 5.05};
    double ratio = 10.1 / 5.05;
    for (size_t count = 5; count <= 7; count++) {
        struct statistics_interval one, same, other;
        assert_true(statistics_ratio_interval(count, above, below, 42, &one));
        assert_true(statistics_ratio_interval(count, above, below, 42, &same));
        assert_true(statistics_ratio_interval(count, above, below, 43, &other));
        assert_memory_equal(&one, &same, sizeof one);
        assert_near(other.low, one.low, 0.03 * one.low);
        assert_near(other.high, one.high, 0.03 * one.high);
        assert_true(one.low < ratio && ratio < one.high);
        assert_true(one.low > 1.8 && one.high < 2.6);
    }
    (void)state;
}

/* What an interval of 95 % is for: it should miss the truth once in twenty times. */
static void intervals_cover_the_truth_as_often_as_they_say(void **state)
{
    for (size_t count = 3; count <= 7; count += 4) {
        uint64_t random = 1;
        int covered = 0;
        for (int trial = 0; trial < 200; trial++) {
            double values[2][7];
            for (size_t i = 0; i < 2 * count; i++) {
                double sum = 0; /* of twelve uniform numbers: nearly normal */
                for (int k = 0; k < 12; k++) {
                    random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
                    sum += (double)(random >> 11) / (double)(UINT64_C(1) << 53);
                }
                values[i % 2][i / 2] = exp(0.02 * (sum - 6));
            }
            struct statistics_interval interval;
            assert_true(statistics_ratio_interval(
                count, values[0], values[1], (uint64_t)trial, &interval));
            covered += interval.low <= 1 && interval.high >= 1;
        }
        assert_in_range(covered, 178, 200);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_median_is_the_middle_or_the_mean_of_the_two),
        cmocka_unit_test(the_lower_median_is_one_of_the_values),
        cmocka_unit_test(the_usual_distance_is_not_moved_by_one_far_away),
        cmocka_unit_test(the_quantiles_are_those_of_the_tables),
        cmocka_unit_test(the_quantiles_agree_with_closed_forms),
        cmocka_unit_test(degrees_of_freedom_need_not_be_whole),
        cmocka_unit_test(fewer_than_three_repeats_have_no_interval),
        cmocka_unit_test(three_repeats_have_welch_s_interval),
        cmocka_unit_test(equal_repeats_have_an_interval_of_no_width),
        cmocka_unit_test(the_bootstrap_contains_the_ratio_and_repeats_for_a_seed),
        cmocka_unit_test(intervals_cover_the_truth_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
