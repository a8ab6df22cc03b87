// SPDX-License-Identifier: MIT
#pragma once
/* Laws of scaling, fitted to measured speed-ups by least squares.  A fit is made only
 * from enough points, and holds for the measured range.
 *
 * What one worker does is measured like all else, and every speed-up is relative to it:
 * so its speed is fitted too (`rate`, near 1), or the intervals would be too narrow.  The
 * laws themselves are those of S(1) = 1. */
#include <stdbool.h>
#include <stddef.h>

struct scaling_point {
    double workers; /* 1 or more; several points may have the same */
    double speedup; /* above 0 */
};

/* A fitted parameter with its 95 % interval, which ends at 0 as the parameter does. */
struct scaling_parameter {
    double value, low, high;
};

/* S(W) = 1 / (f + (1 - f) / W) (Amdahl 1967). */
struct scaling_amdahl {
    bool has;
    struct scaling_parameter serial; /* f, 0 … 1 */
    double rate;
    double residual; /* root mean square, in speed-up */
};

/* C(W) = W / (1 + a (W - 1) + b W (W - 1)) (Gunther 1993, the Universal Scalability Law).
 */
struct scaling_usl {
    bool has;
    struct scaling_parameter contention; /* a, 0 … 1 */
    struct scaling_parameter coherency;  /* b, from 0 */
    double peak_workers;                 /* sqrt((1 - a) / b); INFINITY without a bend */
    double rate;
    double residual; /* root mean square, in speed-up */
};

/* The fitted speed-up, rate x S(W): what the points scatter about. */
double scaling_amdahl_at(const struct scaling_amdahl *fit, double workers);
double scaling_usl_at(const struct scaling_usl *fit, double workers);

/* From single runs, whose times scatter by a share of themselves: the squares are of the
 * logarithms.  Needs 3 different W, the largest above 2; else, or where no fit is found,
 * the result's `has` is false. */
struct scaling_amdahl scaling_fit_amdahl(
    size_t count, const struct scaling_point points[]);

/* Likewise.  Needs 6 different W, the largest well into the bend: the interval of b is
 * above 0, and the peak at most twice as far.  Short of that, 1 % of noise moves the peak
 * by more than its distance. */
struct scaling_usl scaling_fit_usl(size_t count, const struct scaling_point points[]);

/* The same law fitted as others do: `points` are any rates of work, which scatter all
 * alike, and no more than 4 are needed, bend or not. */
struct scaling_usl scaling_fit_throughput(
    size_t count, const struct scaling_point points[]);
