// SPDX-License-Identifier: MIT
#pragma once
/* Arithmetic on repeated measurements. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The median of `count` >= 1 values, which it leaves in rising order. */
double statistics_median(size_t count, double values[]);

/* The lower of the two in the middle where their number is even; likewise. */
double statistics_lower_median(size_t count, double values[]);

/* The median distance of `count` >= 1 values from `middle`. */
double statistics_usual_distance(size_t count, const double values[], double middle);

/* The p-quantile (0 < p < 1) of Student's t with `freedom` > 0 degrees of freedom, which
 * need not be whole.  Abramowitz & Stegun 26.7: by bisection of the distribution
 * function. */
double statistics_student_quantile(double p, double freedom);

struct statistics_interval {
    double low, high;
};

/* The 95 % interval of the ratio median(above) / median(below) of `count` positive values
 * each. 3 and 4 repeats: Welch's t on the logarithms (Welch 1947, Satterthwaite's
 * degrees); from 5: percentile bootstrap of the medians, seeded.  Fewer: returns false,
 * *ret_interval untouched. */
bool statistics_ratio_interval(size_t count, const double above[], const double below[],
    uint64_t seed, struct statistics_interval *ret_interval);
