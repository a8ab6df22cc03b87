// SPDX-License-Identifier: MIT
#include "model/scaling.h"

#include <math.h>
#include <string.h>

#include "model/statistics.h"

enum {
    PARAMETERS = 3, /* rate, a, b; Amdahl's law is that of b = 0, with f = a */
    RATE = 0,
    CONTENTION = 1,
    COHERENCY = 2,
    STEPS_MAX = 200,
    AMDAHL_WORKERS = 3, /* different numbers of workers that a fit needs */
    USL_WORKERS = 6
};

static const double PEAK_BEYOND = 2; /* times the largest number of workers, at most */

/* What is fitted: the first `used` parameters, to the points or to their logarithms. */
struct fit {
    size_t count;
    const struct scaling_point *points;
    bool logarithmic;
    size_t used;
    double values[PARAMETERS];
    bool held[PARAMETERS]; /* at the end of its range */
    double squares;
    double spread[PARAMETERS]; /* half of the 95 % interval */
};

static double capacity_at(const double values[], double workers)
{
    return workers / (1 + values[CONTENTION] * (workers - 1) +
                         values[COHERENCY] * workers * (workers - 1));
}

double scaling_amdahl_at(const struct scaling_amdahl *fit, double workers)
{
    return fit->rate *
           capacity_at((double[PARAMETERS]){0, fit->serial.value, 0}, workers);
}

double scaling_usl_at(const struct scaling_usl *fit, double workers)
{
    return fit->rate * capacity_at((double[PARAMETERS]){0, fit->contention.value,
                                       fit->coherency.value},
                           workers);
}

/* How far a point is from the law, and how that changes with each parameter. */
static double differ(
    const struct fit *fit, const struct scaling_point *point, double ret_slopes[])
{
    double workers = point->workers;
    double capacity = capacity_at(fit->values, workers);
    double rate = fit->values[RATE], speedup = rate * capacity;
    double unit = fit->logarithmic ? 1 : speedup;
    ret_slopes[RATE] = unit / rate;
    ret_slopes[CONTENTION] = -unit * capacity * (workers - 1) / workers;
    ret_slopes[COHERENCY] = -unit * capacity * (workers - 1);
    return fit->logarithmic ? log(point->speedup / speedup) : point->speedup - speedup;
}

static double sum_squares(const struct fit *fit)
{
    double squares = 0, slopes[PARAMETERS];
    for (size_t i = 0; i < fit->count; i++) {
        double difference = differ(fit, &fit->points[i], slopes);
        squares += difference * difference;
    }
    return squares;
}

/* The matrix of the normal equations, and their right side in a last column; a parameter
 * that is not `free` stays as it is. */
static void add_up(const struct fit *fit, const bool free[],
    double ret_matrix[PARAMETERS][PARAMETERS + 1])
{
    memset(ret_matrix, 0, PARAMETERS * sizeof *ret_matrix);
    for (size_t i = 0; i < fit->count; i++) {
        double slopes[PARAMETERS];
        double difference = differ(fit, &fit->points[i], slopes);
        for (size_t row = 0; row < PARAMETERS; row++) {
            for (size_t column = 0; free[row] && column < PARAMETERS; column++)
                if (free[column])
                    ret_matrix[row][column] += slopes[row] * slopes[column];
            if (free[row])
                ret_matrix[row][PARAMETERS] += slopes[row] * difference;
        }
    }
    for (size_t row = 0; row < PARAMETERS; row++)
        if (!free[row])
            ret_matrix[row][row] = 1;
}

/* Gauss and Jordan, the diagonal first: the matrix is symmetric and positive.  False
 * where it is as good as singular. */
static bool solve(double matrix[PARAMETERS][PARAMETERS + 1], double ret_solution[])
{
    for (size_t row = 0; row < PARAMETERS; row++) {
        double pivot = matrix[row][row];
        if (!(pivot > 1e-280))
            return false;
        for (size_t column = row; column <= PARAMETERS; column++)
            matrix[row][column] /= pivot;
        for (size_t other = 0; other < PARAMETERS; other++) {
            double factor = matrix[other][row];
            for (size_t column = row; other != row && column <= PARAMETERS; column++)
                matrix[other][column] -= factor * matrix[row][column];
        }
    }
    for (size_t row = 0; row < PARAMETERS; row++)
        ret_solution[row] = matrix[row][PARAMETERS];
    return true;
}

/* Takes the step as far as the ranges allow. */
static void take_step(struct fit *fit, const double step[])
{
    for (size_t i = 0; i < fit->used; i++) {
        double value = fit->values[i] + step[i];
        if (i == RATE)
            value = fmax(value, fit->values[i] / 10);
        else if (i == CONTENTION)
            value = fmin(fmax(value, 0), 1);
        else
            value = fmax(value, 0);
        fit->values[i] = value;
    }
}

/* The parameters that are neither unused nor at an end of their range with a gradient
 * that points beyond it. */
static void find_free(const struct fit *fit, bool ret_free[])
{
    static const bool all[PARAMETERS] = {true, true, true};
    double matrix[PARAMETERS][PARAMETERS + 1];
    add_up(fit, all, matrix);
    for (size_t i = 0; i < PARAMETERS; i++) {
        double pull = matrix[i][PARAMETERS];
        bool at_low = i != RATE && fit->values[i] <= 0 && pull < 0;
        bool at_high = i == CONTENTION && fit->values[i] >= 1 && pull > 0;
        ret_free[i] = i < fit->used && !at_low && !at_high;
    }
}

/* One step of Levenberg (1944) and Marquardt (1963) that gets nearer, with more and more
 * damping.  Returns by which share the squares fell; 0: it is there. */
static double improve(struct fit *fit, double *damping)
{
    bool free[PARAMETERS];
    find_free(fit, free);
    for (; *damping < 1e20; *damping *= 10) {
        struct fit next = *fit;
        double matrix[PARAMETERS][PARAMETERS + 1], step[PARAMETERS];
        add_up(fit, free, matrix);
        for (size_t i = 0; i < PARAMETERS; i++)
            matrix[i][i] *= 1 + *damping;
        if (!solve(matrix, step))
            continue;
        take_step(&next, step);
        next.squares = sum_squares(&next);
        if (!(next.squares < fit->squares))
            continue;
        double share = 1 - next.squares / fit->squares;
        *fit = next;
        *damping /= 30;
        return share;
    }
    return 0;
}

/* Half of each parameter's 95 % interval, from the curvature at the solution.  The
 * parameters at an end of their range count as free: what is at 0 is not known to be 0.
 */
static bool find_spreads(struct fit *fit)
{
    double freedom = (double)(fit->count - fit->used);
    double reach =
        statistics_student_quantile(0.975, freedom) * sqrt(fit->squares / freedom);
    for (size_t i = 0; i < fit->used; i++) {
        double matrix[PARAMETERS][PARAMETERS + 1], column[PARAMETERS];
        bool free[PARAMETERS] = {true, fit->used > CONTENTION, fit->used > COHERENCY};
        add_up(fit, free, matrix);
        for (size_t row = 0; row < PARAMETERS; row++)
            matrix[row][PARAMETERS] = row == i;
        if (!solve(matrix, column) || !(column[i] >= 0))
            return false;
        fit->spread[i] = reach * sqrt(column[i]);
    }
    return true;
}

/* The rate of the first point, and mild losses. */
static void guess(struct fit *fit)
{
    const struct scaling_point *least = fit->points, *most = fit->points;
    for (size_t i = 0; i < fit->count; i++) {
        if (fit->points[i].workers < least->workers)
            least = &fit->points[i];
        if (fit->points[i].workers > most->workers)
            most = &fit->points[i];
    }
    fit->values[RATE] = least->speedup / least->workers;
    fit->values[CONTENTION] = 0.01;
    fit->values[COHERENCY] =
        fit->used > COHERENCY ? 0.01 / (most->workers * most->workers) : 0;
}

static bool run_fit(struct fit *fit)
{
    double damping = 1e-3;
    if (fit->count <= fit->used)
        return false;
    for (size_t i = 0; i < fit->count; i++)
        if (!(fit->points[i].speedup > 0 && fit->points[i].workers >= 1))
            return false;
    guess(fit);
    fit->squares = sum_squares(fit);
    for (int step = 0; step < STEPS_MAX && improve(fit, &damping) > 0;)
        step++;
    return isfinite(fit->squares) && find_spreads(fit);
}

/* Root mean square of the differences in speed-up. */
static double residual_of(const struct fit *fit)
{
    double squares = 0;
    for (size_t i = 0; i < fit->count; i++) {
        const struct scaling_point *point = &fit->points[i];
        double difference =
            point->speedup - fit->values[RATE] * capacity_at(fit->values, point->workers);
        squares += difference * difference;
    }
    return sqrt(squares / (double)fit->count);
}

static struct scaling_parameter parameter_of(
    const struct fit *fit, size_t index, double high)
{
    double value = fit->values[index], spread = fit->spread[index];
    return (struct scaling_parameter){
        value, fmax(value - spread, 0), fmin(value + spread, high)};
}

static bool has_enough(
    size_t count, const struct scaling_point points[], size_t needed, double *ret_most)
{
    size_t different = 0;
    *ret_most = 0;
    for (size_t i = 0; i < count; i++) {
        size_t before = 0;
        while (points[before].workers != points[i].workers)
            before++;
        different += before == i;
        *ret_most = fmax(*ret_most, points[i].workers);
    }
    return different >= needed && *ret_most > 2;
}

struct scaling_amdahl scaling_fit_amdahl(
    size_t count, const struct scaling_point points[])
{
    struct fit fit = {.count = count, .points = points, .logarithmic = true, .used = 2};
    double most;
    if (!has_enough(count, points, AMDAHL_WORKERS, &most) || !run_fit(&fit))
        return (struct scaling_amdahl){.has = false};
    return (struct scaling_amdahl){.has = true,
        .serial = parameter_of(&fit, CONTENTION, 1),
        .rate = fit.values[RATE],
        .residual = residual_of(&fit)};
}

static struct scaling_usl usl_of(const struct fit *fit)
{
    double a = fit->values[CONTENTION], b = fit->values[COHERENCY];
    return (struct scaling_usl){.has = true,
        .contention = parameter_of(fit, CONTENTION, 1),
        .coherency = parameter_of(fit, COHERENCY, INFINITY),
        .peak_workers = b > 0 ? sqrt((1 - a) / b) : INFINITY,
        .rate = fit->values[RATE],
        .residual = residual_of(fit)};
}

struct scaling_usl scaling_fit_usl(size_t count, const struct scaling_point points[])
{
    struct fit fit = {
        .count = count, .points = points, .logarithmic = true, .used = PARAMETERS};
    double most;
    if (!has_enough(count, points, USL_WORKERS, &most) || !run_fit(&fit))
        return (struct scaling_usl){.has = false};
    struct scaling_usl usl = usl_of(&fit);
    usl.has = usl.coherency.low > 0 && usl.peak_workers <= PEAK_BEYOND * most;
    return usl.has ? usl : (struct scaling_usl){.has = false};
}

struct scaling_usl scaling_fit_throughput(
    size_t count, const struct scaling_point points[])
{
    struct fit fit = {.count = count, .points = points, .used = PARAMETERS};
    return run_fit(&fit) ? usl_of(&fit) : (struct scaling_usl){.has = false};
}
