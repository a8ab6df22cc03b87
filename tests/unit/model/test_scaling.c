// SPDX-License-Identifier: MIT
#include "model/scaling.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(LIST) (sizeof(LIST) / sizeof *(LIST))

static void assert_near(double value, double expected, double error)
{
    if (!(fabs(value - expected) <= error))
        fail_msg("%.9g is not %.9g within %g", value, expected, error);
}

/* A Sun SPARCcenter 2000 in the benchmark SPEC SDM91: scripts per hour of so many users.
 * The data set `specsdm91` of the package `usl` for R (version 3.0.3, S. Moeding and N.
 * J. Gunther), with the coefficients and standard errors that its README prints, and the
 * fitted values and the peak of its tests fitted.Rout.save and
 * peak-scalability.Rout.save. */
static const struct scaling_point specsdm91[] = {{1, 64.9}, {18, 995.9}, {36, 1652.4},
    {72, 1853.2}, {108, 1828.9}, {144, 1775.0}, {216, 1702.2}};

static void the_law_fits_published_data_as_published(void **state)
{
    static const double fitted[] = {90, 1078, 1541, 1850, 1879, 1822, 1646};
    static const double t_of_4_degrees = 2.7764451;
    struct scaling_usl fit = scaling_fit_throughput(COUNT(specsdm91), specsdm91);
    assert_true(fit.has);
    assert_near(fit.contention.value, 0.0277285, 0.00000005);
    assert_near(fit.coherency.value, 0.0001044, 0.00000005);
    assert_near(fit.rate, 89.9952330, 0.0000005);
    assert_near((fit.contention.high - fit.contention.value) / t_of_4_degrees, 0.0091217,
        0.00000005);
    assert_near((fit.coherency.high - fit.coherency.value) / t_of_4_degrees, 0.0000199,
        0.00000005);
    assert_near(fit.contention.value - fit.contention.low,
        fit.contention.high - fit.contention.value, 1e-12);
    for (size_t i = 0; i < COUNT(specsdm91); i++)
        assert_near(scaling_usl_at(&fit, specsdm91[i].workers), fitted[i], 0.5);
    assert_near(fit.peak_workers, 97, 0.5);
    (void)state;
}

/* The data set `raytracer` of the same package, and the coefficients that its test
 * confint.Rout.save prints: b is at the end of its range. */
static void what_has_no_bend_has_no_peak(void **state)
{
    static const struct scaling_point raytracer[] = {{1, 20}, {4, 78}, {8, 130},
        {12, 170}, {16, 190}, {20, 200}, {24, 210}, {28, 230}, {32, 260}, {48, 280},
        {64, 310}};
    struct scaling_usl fit = scaling_fit_throughput(COUNT(raytracer), raytracer);
    assert_true(fit.has);
    assert_near(fit.contention.value, 0.0578, 0.00005);
    assert_near(fit.coherency.value, 0, 0);
    assert_near(fit.coherency.low, 0, 0);
    assert_true(fit.coherency.high > 0);
    assert_near(fit.rate, 21.8488, 0.00005);
    assert_true(isinf(fit.peak_workers));
    assert_false(scaling_fit_usl(COUNT(raytracer), raytracer).has);
    (void)state;
}

/* From its test coef.Rout.save. */
static void a_law_without_noise_is_found_again(void **state)
{
    static const struct scaling_point points[] = {
        {1, 1}, {2, 1.8868}, {4, 3.0769}, {6, 3.5294}, {8, 3.5398}, {10, 3.3557}};
    struct scaling_usl fit = scaling_fit_throughput(COUNT(points), points);
    assert_near(fit.contention.value, 0.02, 0.00005);
    assert_near(fit.coherency.value, 0.02, 0.00005);
    assert_near(fit.rate, 1, 0.005);
    fit = scaling_fit_usl(COUNT(points), points);
    assert_true(fit.has);
    assert_near(fit.contention.value, 0.02, 0.00005);
    assert_near(fit.coherency.value, 0.02, 0.00005);
    assert_near(fit.peak_workers, 7, 0.01);
    assert_near(fit.residual, 0, 0.0001);
    assert_near(scaling_usl_at(&fit, 2), 1.8868, 0.0001);
    (void)state;
}

/* SplitMix64 (Steele, Lea & Flood 2014). */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static double next_share(uint64_t *state)
{
    return ((double)(next_random(state) >> 11) + 0.5) * 0x1p-53;
}

/* Box and Muller. */
static double next_normal(uint64_t *state)
{
    return sqrt(-2 * log(next_share(state))) * cos(2 * M_PI * next_share(state));
}

enum { RUNS = 2000, POINTS_MAX = 64 };

struct truth {
    size_t numbers;
    double workers[8];
    int repeats;
    double a, b, noise;
};

/* Times with noise that is a share of them, as speed-ups against the first that was
 * measured with one worker: its noise is in all of them. */
static size_t simulate(
    const struct truth *truth, uint64_t *state, struct scaling_point points[])
{
    size_t count = 0;
    double one = 0;
    for (size_t i = 0; i < truth->numbers; i++)
        for (int repeat = 0; repeat < truth->repeats; repeat++) {
            double workers = truth->workers[i];
            double losses = truth->a * (workers - 1) + truth->b * workers * (workers - 1);
            double time = (1 + losses) / workers * exp(truth->noise * next_normal(state));
            one = count == 0 ? time : one;
            points[count++] = (struct scaling_point){workers, one / time};
        }
    return count;
}

static bool covers(const struct scaling_parameter *parameter, double truth)
{
    return parameter->low <= truth && truth <= parameter->high &&
           parameter->low <= parameter->value && parameter->value <= parameter->high;
}

static void assert_coverage(int covered, int runs)
{
    double share = (double)covered / runs;
    if (share < 0.92 || share > 0.98)
        fail_msg("the intervals cover the truth %.3f of the time", share);
}

static void the_interval_of_the_serial_share_says_how_often_it_is_right(void **state)
{
    static const struct truth truths[] = {
        {3, {1, 2, 4}, 1, 0.05, 0, 0.01},
        {3, {1, 2, 4}, 3, 0.05, 0, 0.01},
        {4, {1, 2, 4, 8}, 3, 0.01, 0, 0.01},
        {7, {1, 2, 4, 8, 16, 32, 64}, 3, 0.01, 0, 0.02},
        {7, {1, 2, 4, 8, 16, 32, 64}, 5, 0.2, 0, 0.05},
    };
    for (size_t i = 0; i < COUNT(truths); i++) {
        uint64_t seed = 1 + i;
        int covered = 0;
        for (int run = 0; run < RUNS; run++) {
            struct scaling_point points[POINTS_MAX];
            size_t count = simulate(&truths[i], &seed, points);
            struct scaling_amdahl fit = scaling_fit_amdahl(count, points);
            assert_true(fit.has);
            covered += covers(&fit.serial, truths[i].a);
        }
        assert_coverage(covered, RUNS);
    }
    (void)state;
}

static void the_intervals_of_both_losses_say_how_often_they_are_right(void **state)
{
    static const struct truth truths[] = {
        {6, {1, 2, 4, 8, 16, 32}, 1, 0.03, 0.002, 0.01},
        {7, {1, 2, 4, 8, 16, 32, 64}, 3, 0.03, 0.0008, 0.01},
        {8, {1, 2, 3, 4, 5, 6, 7, 8}, 3, 0.05, 0.01, 0.01},
        {8, {1, 2, 4, 8, 12, 16, 24, 32}, 5, 0.05, 0.002, 0.02},
    };
    for (size_t i = 0; i < COUNT(truths); i++) {
        uint64_t seed = 100 + i;
        int contention = 0, coherency = 0;
        for (int run = 0; run < RUNS; run++) {
            struct scaling_point points[POINTS_MAX];
            size_t count = simulate(&truths[i], &seed, points);
            struct scaling_usl fit = scaling_fit_usl(count, points);
            assert_true(fit.has);
            contention += covers(&fit.contention, truths[i].a);
            coherency += covers(&fit.coherency, truths[i].b);
        }
        assert_coverage(contention, RUNS);
        assert_coverage(coherency, RUNS);
    }
    (void)state;
}

/* With a peak at 35 and 1 % of noise, measurements up to 8 place it anywhere from 22. */
static void a_peak_far_beyond_what_was_measured_is_not_told(void **state)
{
    static const struct truth far = {8, {1, 2, 3, 4, 5, 6, 7, 8}, 3, 0.02, 0.0008, 0.01};
    static const struct truth straight = {8, {1, 2, 3, 4, 5, 6, 7, 8}, 3, 0.05, 0, 0.01};
    uint64_t seed = 7;
    for (int run = 0; run < RUNS; run++) {
        struct scaling_point points[POINTS_MAX];
        size_t count = simulate(&far, &seed, points);
        assert_false(scaling_fit_usl(count, points).has);
        count = simulate(&straight, &seed, points);
        assert_false(scaling_fit_usl(count, points).has);
    }
    (void)state;
}

static void a_peak_that_was_reached_is_found(void **state)
{
    static const struct truth truth = {
        7, {1, 2, 4, 8, 16, 32, 64}, 3, 0.02, 0.0008, 0.01};
    uint64_t seed = 8;
    for (int run = 0; run < RUNS; run++) {
        struct scaling_point points[POINTS_MAX];
        size_t count = simulate(&truth, &seed, points);
        struct scaling_usl fit = scaling_fit_usl(count, points);
        assert_true(fit.has);
        assert_near(fit.peak_workers, 35, 3);
    }
    (void)state;
}

static void amdahl_s_law_is_found_again(void **state)
{
    static const struct scaling_point points[] = {
        {1, 1}, {2, 1 / 0.55}, {4, 1 / 0.325}, {8, 1 / 0.2125}};
    struct scaling_amdahl fit = scaling_fit_amdahl(COUNT(points), points);
    assert_true(fit.has);
    assert_near(fit.serial.value, 0.1, 1e-6);
    assert_near(fit.serial.low, 0.1, 1e-5);
    assert_near(fit.serial.high, 0.1, 1e-5);
    assert_near(fit.rate, 1, 1e-6);
    assert_near(fit.residual, 0, 1e-6);
    assert_near(scaling_amdahl_at(&fit, 16), 1 / (0.1 + 0.9 / 16), 1e-4);
    (void)state;
}

static void too_few_numbers_of_workers_give_no_fit(void **state)
{
    static const struct scaling_point two[] = {{1, 1}, {1, 1.01}, {4, 3.5}, {4, 3.6}};
    static const struct scaling_point low[] = {{1, 1}, {1.5, 1.4}, {2, 1.9}, {2, 1.91}};
    static const struct scaling_point five[] = {
        {1, 1}, {2, 1.8868}, {4, 3.0769}, {8, 3.5398}, {10, 3.3557}, {10, 3.3557}};
    assert_false(scaling_fit_amdahl(0, NULL).has);
    assert_false(scaling_fit_amdahl(1, two).has);
    assert_false(scaling_fit_amdahl(COUNT(two), two).has);
    assert_false(scaling_fit_amdahl(COUNT(low), low).has);
    assert_true(scaling_fit_amdahl(COUNT(five), five).has);
    assert_false(scaling_fit_usl(0, NULL).has);
    assert_false(scaling_fit_usl(COUNT(five), five).has);
    assert_false(scaling_fit_throughput(3, five).has);
    (void)state;
}

static void what_is_no_speed_up_gives_no_fit(void **state)
{
    static const struct scaling_point zero[] = {{1, 1}, {2, 0}, {4, 3}, {8, 5}};
    static const struct scaling_point nan[] = {{1, 1}, {2, NAN}, {4, 3}, {8, 5}};
    static const struct scaling_point negative[] = {{1, 1}, {2, -2}, {4, 3}, {8, 5}};
    assert_false(scaling_fit_amdahl(COUNT(zero), zero).has);
    assert_false(scaling_fit_amdahl(COUNT(nan), nan).has);
    assert_false(scaling_fit_amdahl(COUNT(negative), negative).has);
    assert_false(scaling_fit_throughput(COUNT(nan), nan).has);
    (void)state;
}

/* Caches can make two workers more than twice as fast; a share below 0 has no meaning. */
static void faster_than_the_ideal_is_no_serial_share(void **state)
{
    static const struct scaling_point points[] = {{1, 1}, {2, 2.1}, {4, 4.4}, {8, 9.2}};
    struct scaling_amdahl fit = scaling_fit_amdahl(COUNT(points), points);
    assert_true(fit.has);
    assert_near(fit.serial.value, 0, 0);
    assert_near(fit.serial.low, 0, 0);
    assert_true(fit.rate > 1);
    (void)state;
}

/* Workers that hinder each other: nothing is left to be shared out. */
static void slower_with_every_worker_is_all_serial(void **state)
{
    static const struct scaling_point points[] = {{1, 1}, {2, 0.8}, {4, 0.5}, {8, 0.2}};
    struct scaling_amdahl fit = scaling_fit_amdahl(COUNT(points), points);
    assert_true(fit.has);
    assert_near(fit.serial.value, 1, 0);
    assert_near(fit.serial.high, 1, 0);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_law_fits_published_data_as_published),
        cmocka_unit_test(what_has_no_bend_has_no_peak),
        cmocka_unit_test(a_law_without_noise_is_found_again),
        cmocka_unit_test(the_interval_of_the_serial_share_says_how_often_it_is_right),
        cmocka_unit_test(the_intervals_of_both_losses_say_how_often_they_are_right),
        cmocka_unit_test(a_peak_far_beyond_what_was_measured_is_not_told),
        cmocka_unit_test(a_peak_that_was_reached_is_found),
        cmocka_unit_test(amdahl_s_law_is_found_again),
        cmocka_unit_test(too_few_numbers_of_workers_give_no_fit),
        cmocka_unit_test(what_is_no_speed_up_gives_no_fit),
        cmocka_unit_test(faster_than_the_ideal_is_no_serial_share),
        cmocka_unit_test(slower_with_every_worker_is_all_serial),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
