// SPDX-License-Identifier: MIT
#include "experiment/sweep.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/advice.h"
#include "experiment/comparison.h"
#include "model/speedup.h"
#include "model/statistics.h"

/* One worker of a pool is no point: that of one worker is the sequential stage. */
static bool belongs(const struct result_stage *stage)
{
    return stage->complete && stage->failed == 0 && stage->elapsed_ns > 0 &&
           (stage->kind == RESULT_SEQUENTIAL ||
               (stage->kind == RESULT_PARALLEL && stage->workers > 1));
}

/* The times of all whole stages with so many workers, in seconds; room for one for each
 * stage there is. */
static size_t list_times(const struct result *result, int workers, double ret_seconds[])
{
    size_t count = 0;
    for (size_t i = 0; i < result->stage_count; i++)
        if (belongs(&result->stages[i]) && result->stages[i].workers == workers)
            ret_seconds[count++] = (double)result->stages[i].elapsed_ns / 1e9;
    return count;
}

static double median_of(const struct advice_times *times)
{
    double *sorted = memory_new(times->count, sizeof *sorted);
    memcpy(sorted, times->seconds, times->count * sizeof *sorted);
    double median = statistics_median(times->count, sorted);
    free(sorted);
    return median;
}

/* A new point, where it belongs by its workers; none where there is one already. */
static void add_point(struct result_sweep *sweep, int workers)
{
    size_t place = 0;
    while (place < sweep->point_count && sweep->points[place].workers < workers)
        place++;
    if (place < sweep->point_count && sweep->points[place].workers == workers)
        return;
    void *points = sweep->points;
    memory_append(&points, sweep->point_count++, sizeof *sweep->points);
    sweep->points = points;
    memmove(sweep->points + place + 1, sweep->points + place,
        (sweep->point_count - 1 - place) * sizeof *sweep->points);
    sweep->points[place] = (struct result_point){.workers = workers};
}

static void fill_point(const struct result *result, const struct advice_times *one,
    const struct advice_times *times, struct result_point *point)
{
    double median = median_of(times);
    point->repeats = (int)times->count;
    point->elapsed_ns = (int64_t)(median * 1e9);
    point->speedup = median_of(one) / median;
    point->efficiency = point->speedup / point->workers;
    point->karp_flatt = speedup_karp_flatt(point->speedup, point->workers);
    size_t pairs = one->count < times->count ? one->count : times->count;
    struct statistics_interval interval;
    point->has_interval =
        point->workers > 1 && statistics_ratio_interval(pairs, one->seconds,
                                  times->seconds, result->plan.seed, &interval);
    if (!point->has_interval)
        return;
    point->interval_low = interval.low;
    point->interval_high = interval.high;
}

double sweep_room(const struct result *result)
{
    const struct result_stage *alone = result_find_stage(result, RESULT_SEQUENTIAL, 0);
    return alone && alone->complete ? comparison_room(result, alone)
                                    : comparison_usable_cpus(result);
}

int sweep_fitted_workers(const struct result *result)
{
    const struct result_stage *stage = result_find_stage(result, RESULT_SEQUENTIAL, 0);
    double room = stage ? comparison_room(result, stage) : 0;
    return (int)fmin(floor(room + 1e-6), PLAN_WORKERS_MAX);
}

/* Every run is a point of its own: the laws' intervals come from how these scatter. */
static void fit_laws(struct result *result, double one_seconds)
{
    struct result_sweep *sweep = &result->sweep;
    struct scaling_point *points = memory_new(result->stage_count, sizeof *points);
    int most = sweep_fitted_workers(result);
    size_t count = 0;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        if (belongs(stage) && stage->workers <= most)
            points[count++] = (struct scaling_point){.workers = stage->workers,
                .speedup = one_seconds * 1e9 / (double)stage->elapsed_ns};
    }
    sweep->amdahl = scaling_fit_amdahl(count, points);
    sweep->usl = scaling_fit_usl(count, points);
    free(points);
}

static size_t count_complete(const struct result *result)
{
    size_t complete = 0;
    for (size_t i = 0; i < result->stage_count; i++)
        complete += result->stages[i].complete;
    return complete;
}

static size_t count_planned(const struct result *result)
{
    return (size_t)result->plan.repeats * result->plan.point_count;
}

/* All but the list of points is made from the times of each. */
static void fill(struct result *result, double seconds[])
{
    struct result_sweep *sweep = &result->sweep;
    struct advice_times *times = memory_new(sweep->point_count, sizeof *times);
    for (size_t i = 0; i < sweep->point_count; i++) {
        times[i].seconds = seconds;
        times[i].count = list_times(result, sweep->points[i].workers, seconds);
        seconds += times[i].count;
        fill_point(result, &times[0], &times[i], &sweep->points[i]);
    }
    fit_laws(result, median_of(&times[0]));
    advice_give(result, times);
    free(times);
}

void sweep_compute(struct result *result)
{
    struct result_sweep *sweep = &result->sweep;
    if (result->plan.command != PLAN_SWEEP)
        return;
    free(sweep->points);
    *sweep = (struct result_sweep){
        .cut_short = count_complete(result) < count_planned(result)};
    for (size_t i = 0; i < result->stage_count; i++)
        if (belongs(&result->stages[i]))
            add_point(sweep, result->stages[i].workers);
    sweep->has = sweep->point_count > 0 && sweep->points[0].workers == 1;
    double *seconds = memory_new(result->stage_count + 1, sizeof *seconds);
    if (sweep->has)
        fill(result, seconds);
    free(seconds);
}

bool sweep_has_curve(const struct result_sweep *sweep)
{
    return sweep->usl.has || sweep->amdahl.has;
}

double sweep_curve_at(const struct result_sweep *sweep, double workers)
{
    return sweep->usl.has ? scaling_usl_at(&sweep->usl, workers)
                          : scaling_amdahl_at(&sweep->amdahl, workers);
}

void sweep_describe_cut(const struct result *result, size_t size, char text[])
{
    text_copy(size, text, "");
    if (result->sweep.cut_short)
        snprintf(text, size, "Cut short after %zu of %zu runs.", count_complete(result),
            count_planned(result));
}

/* How far the points reach that the laws are fitted to, and how many these are. */
static int find_range(const struct result *result, int *ret_points)
{
    const struct result_sweep *sweep = &result->sweep;
    int most = sweep_fitted_workers(result), last = 0;
    *ret_points = 0;
    for (size_t i = 0; i < sweep->point_count; i++)
        if (sweep->points[i].workers <= most) {
            last = sweep->points[i].workers;
            ++*ret_points;
        }
    return last;
}

void sweep_describe_amdahl(const struct result *result, size_t size, char text[])
{
    const struct scaling_amdahl *fit = &result->sweep.amdahl;
    int points, last = find_range(result, &points);
    if (!fit->has) {
        snprintf(text, size,
            "No law was fitted: Amdahl's needs 3 numbers of workers, one above 2, with a "
            "CPU for each worker, the Universal Scalability Law 6; here %s %d.",
            points == 1 ? "is" : "are", points);
        return;
    }
    snprintf(text, size,
        "Amdahl's law, fitted up to %d workers: %.1f %% cannot be shared out (%.1f to "
        "%.1f %%)",
        last, 100 * fit->serial.value, 100 * fit->serial.low, 100 * fit->serial.high);
    if (fit->serial.low > 0 && !result->sweep.usl.has)
        text_append(size, text, ", so at most about %.0f times as fast with any number",
            1 / fit->serial.value);
    text_append(size, text, "; residual %.2g times.", fit->residual);
}

void sweep_describe_usl(const struct result *result, size_t size, char text[])
{
    enum { FEW = 3, NEEDED = 6 };
    const struct scaling_usl *fit = &result->sweep.usl;
    int points, last = find_range(result, &points);
    if (points < FEW)
        text_copy(size, text, "");
    else if (!fit->has && points < NEEDED)
        snprintf(text, size,
            "No fit of the Universal Scalability Law: it needs %d numbers of workers.",
            NEEDED);
    else if (!fit->has)
        snprintf(text, size,
            "No fit of the Universal Scalability Law: up to %d workers the curve does "
            "not bend enough to tell where it is highest.",
            last);
    else
        snprintf(text, size,
            "Universal Scalability Law, fitted up to %d workers: contention %.4f (%.4f "
            "to %.4f), coherency %.2g (%.2g to %.2g), highest at %.0f workers%s; "
            "residual %.2g times.",
            last, fit->contention.value, fit->contention.low, fit->contention.high,
            fit->coherency.value, fit->coherency.low, fit->coherency.high,
            fit->peak_workers,
            fit->peak_workers > last ? ", beyond what was measured" : "", fit->residual);
}

const struct result_stage *sweep_advised_stage(const struct result *result)
{
    int workers = result->sweep.advice_workers;
    for (size_t i = result->stage_count; i > 0 && workers > 0; i--) {
        const struct result_stage *stage = &result->stages[i - 1];
        if (stage->complete && stage->workers_asked == workers)
            return stage;
    }
    return NULL;
}
