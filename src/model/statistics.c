// SPDX-License-Identifier: MIT
#include "model/statistics.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

enum { WELCH_REPEATS_MIN = 3, BOOTSTRAP_REPEATS_MIN = 5, RESAMPLES = 4000 };

static int compare_rising(const void *one, const void *other)
{
    double left = *(const double *)one, right = *(const double *)other;
    return (left > right) - (left < right);
}

double statistics_median(size_t count, double values[])
{
    qsort(values, count, sizeof *values, compare_rising);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

double statistics_lower_median(size_t count, double values[])
{
    qsort(values, count, sizeof *values, compare_rising);
    return values[(count - 1) / 2];
}

double statistics_usual_distance(size_t count, const double values[], double middle)
{
    double *distances = memory_new(count, sizeof *distances);
    for (size_t i = 0; i < count; i++)
        distances[i] = fabs(values[i] - middle);
    double distance = statistics_median(count, distances);
    free(distances);
    return distance;
}

/* The continued fraction of the incomplete beta function (Abramowitz & Stegun 26.5.8) by
 * Lentz's method; converges fast for x < (a + 1) / (a + b + 2). */
static double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 / fmax(1 - (a + b) * x / (a + 1), DBL_MIN), value = d;
    for (int m = 1; m <= 1000; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / (1 + even * d);
        c = 1 + even / c;
        value *= c * d;
        d = 1 / (1 + odd * d);
        c = 1 + odd / c;
        value *= c * d;
        if (fabs(c * d - 1) < 1e-15)
            break;
    }
    return value;
}

static double log_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign);
}

/* The regularised incomplete beta function I_x(a, b). */
static double beta_share(double a, double b, double x)
{
    if (x <= 0 || x >= 1)
        return x <= 0 ? 0 : 1;
    double front =
        exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x));
    if (x < (a + 1) / (a + b + 2))
        return front * beta_fraction(a, b, x) / a;
    return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

/* The share of Student's t above t >= 0 (26.7.1). */
static double student_tail(double t, double freedom)
{
    return beta_share(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2;
}

double statistics_student_quantile(double p, double freedom)
{
    if (p < 0.5)
        return -statistics_student_quantile(1 - p, freedom);
    double low = 0, high = 1;
    while (student_tail(high, freedom) > 1 - p && high < 1e100)
        high *= 2;
    for (int i = 0; i < 200 && high - low > 1e-12 * high; i++) {
        double middle = (low + high) / 2;
        if (student_tail(middle, freedom) > 1 - p)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

/* Mean of the logarithms, and the variance of that mean. */
static void describe_logarithms(
    size_t count, const double values[], double *ret_mean, double *ret_variance)
{
    double mean = 0, squares = 0;
    for (size_t i = 0; i < count; i++)
        mean += log(values[i]) / (double)count;
    for (size_t i = 0; i < count; i++)
        squares += (log(values[i]) - mean) * (log(values[i]) - mean);
    *ret_mean = mean;
    *ret_variance = squares / (double)(count - 1) / (double)count;
}

static struct statistics_interval welch_interval(
    size_t count, const double above[], const double below[])
{
    double mean_above, mean_below, a, b;
    describe_logarithms(count, above, &mean_above, &a);
    describe_logarithms(count, below, &mean_below, &b);
    double middle = mean_above - mean_below, reach = 0;
    if (a + b > 0) {
        double freedom = (a + b) * (a + b) * (double)(count - 1) / (a * a + b * b);
        reach = statistics_student_quantile(0.975, freedom) * sqrt(a + b);
    }
    return (struct statistics_interval){exp(middle - reach), exp(middle + reach)};
}

/* SplitMix64 (Steele, Lea & Flood 2014). */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static double resampled_median(
    size_t count, const double values[], uint64_t *state, double scratch[])
{
    for (size_t i = 0; i < count; i++)
        scratch[i] = values[next_random(state) % count];
    return statistics_median(count, scratch);
}

static struct statistics_interval bootstrap_interval(
    size_t count, const double above[], const double below[], uint64_t seed)
{
    double *ratios = memory_new(RESAMPLES, sizeof *ratios);
    double *scratch = memory_new(count, sizeof *scratch);
    for (size_t i = 0; i < RESAMPLES; i++) {
        double numerator = resampled_median(count, above, &seed, scratch);
        ratios[i] = numerator / resampled_median(count, below, &seed, scratch);
    }
    qsort(ratios, RESAMPLES, sizeof *ratios, compare_rising);
    struct statistics_interval interval = {
        ratios[RESAMPLES / 40], ratios[RESAMPLES - 1 - RESAMPLES / 40]};
    free(scratch);
    free(ratios);
    return interval;
}

bool statistics_ratio_interval(size_t count, const double above[], const double below[],
    uint64_t seed, struct statistics_interval *ret_interval)
{
    if (count < WELCH_REPEATS_MIN)
        return false;
    *ret_interval = count < BOOTSTRAP_REPEATS_MIN
                        ? welch_interval(count, above, below)
                        : bootstrap_interval(count, above, below, seed);
    return true;
}
