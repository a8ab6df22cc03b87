// SPDX-License-Identifier: MIT
#include "experiment/advice.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/comparison.h"
#include "model/statistics.h"

static const double WITHIN = 1.05;     /* times the best time: as good */
static const double UNDECIDED = 1.15;  /* a spread that hides more than this hides all */
static const double NO_FASTER = 1.005; /* what two decimals show as the same */
static const double COMPUTING = 0.5;   /* of a task's time: below, it mostly waits */
static const double OTHERS_CPUS = 0.1; /* that others used, are worth a word … */
static const double OTHERS_SHARE = 0.2; /* … and with that of all, nothing is worth one */

static size_t find_best(const struct result_sweep *sweep)
{
    size_t best = 0;
    for (size_t i = 1; i < sweep->point_count; i++)
        if (sweep->points[i].elapsed_ns < sweep->points[best].elapsed_ns)
            best = i;
    return best;
}

static double times_the_best(const struct result_sweep *sweep, size_t point, size_t best)
{
    return (double)sweep->points[point].elapsed_ns /
           (double)sweep->points[best].elapsed_ns;
}

/* Whether the repeats cannot tell a point from the best one. */
static bool is_hidden(const struct result *result, const struct advice_times times[],
    size_t point, size_t best)
{
    struct statistics_interval interval;
    size_t count =
        times[point].count < times[best].count ? times[point].count : times[best].count;
    return statistics_ratio_interval(count, times[point].seconds, times[best].seconds,
               result->plan.seed, &interval) &&
           interval.low <= 1;
}

/* How many CPUs others used, in the middle of all stages that know. */
static double usual_others(const struct result *result)
{
    double *others = memory_new(result->stage_count, sizeof *others);
    size_t count = 0;
    for (size_t i = 0; i < result->stage_count; i++)
        if (result->stages[i].others_cpus >= 0)
            others[count++] = result->stages[i].others_cpus;
    double median = count > 0 ? statistics_median(count, others) : 0;
    free(others);
    return median;
}

/* "No result: …", with the number that makes it none. */
static void give_none(
    struct result *result, const struct result_point *best, double others_cpus)
{
    struct result_sweep *sweep = &result->sweep;
    size_t size = sizeof sweep->advice;
    text_copy(size, sweep->advice, "No result: the times scatter too much");
    if (others_cpus >= OTHERS_CPUS)
        snprintf(sweep->advice, size,
            "No result: other programs used %.1f of %d CPUs meanwhile", others_cpus,
            result->machine.online_cpus);
    if (best->has_interval)
        text_append(size, sweep->advice,
            " (with %d workers between %.2f and %.2f times as fast)", best->workers,
            best->interval_low, best->interval_high);
    text_append(size, sweep->advice, ". Try again when it is quiet.");
}

/* What the others were that are no better. */
static void write_others(struct result_sweep *sweep, const struct result_point *chosen,
    const struct result_point *other, bool hidden)
{
    double gain = other->speedup / chosen->speedup;
    char how[48];
    if (gain < 1 / WITHIN)
        text_copy(sizeof how, how, "slower");
    else if (gain <= NO_FASTER)
        text_copy(sizeof how, how, "no faster");
    else if (hidden)
        text_copy(sizeof how, how, "not clearly faster");
    else
        snprintf(how, sizeof how, "only %.0f %% faster", fmax(1, 100 * (gain - 1)));
    text_append(
        sizeof sweep->advice, sweep->advice, ": %d are %s (", other->workers, how);
    if (chosen->workers > 1)
        text_append(sizeof sweep->advice, sweep->advice, "%.2f against %.2f times).",
            other->speedup, chosen->speedup);
    else
        text_append(
            sizeof sweep->advice, sweep->advice, "%.2f times as fast).", other->speedup);
}

/* The speed-up of the best point with more workers than that, or with at most as many;
 * 0 without any. */
static double best_speedup(const struct result_sweep *sweep, double workers, bool above)
{
    double best = 0;
    for (size_t i = 0; i < sweep->point_count; i++)
        if ((sweep->points[i].workers > workers) == above)
            best = fmax(best, sweep->points[i].speedup);
    return best;
}

/* What was measured of more workers than CPUs. */
static void write_beyond(struct result *result, const struct result_point *chosen)
{
    const struct result_stage *stage = result_find_stage(result, RESULT_SEQUENTIAL, 0);
    struct result_sweep *sweep = &result->sweep;
    double cpus = ceil(comparison_usable_cpus(result));
    double above = best_speedup(sweep, cpus, true);
    bool in_vain = above > 0 && above <= NO_FASTER * best_speedup(sweep, cpus, false);
    bool waits = comparison_room(result, stage) > cpus;
    if (chosen->workers > cpus && waits)
        text_append(sizeof sweep->advice, sweep->advice,
            " These tasks wait %s: more workers than CPUs pay.",
            comparison_computing_share(stage) < COMPUTING ? "more than they compute"
                                                          : "part of their time");
    else if (chosen->workers <= cpus && in_vain)
        text_append(
            sizeof sweep->advice, sweep->advice, " More workers than CPUs do not help.");
}

static void give(
    struct result *result, const struct advice_times times[], size_t chosen, size_t best)
{
    struct result_sweep *sweep = &result->sweep;
    const struct result_point *point = &sweep->points[chosen];
    sweep->advice_workers = point->workers;
    snprintf(sweep->advice, sizeof sweep->advice, "%d worker%s", point->workers,
        point->workers == 1 ? "" : "s");
    size_t other = best > chosen ? best : chosen + 1;
    if (other < sweep->point_count)
        write_others(
            sweep, point, &sweep->points[other], is_hidden(result, times, chosen, best));
    else
        text_append(sizeof sweep->advice, sweep->advice,
            ": the fastest, and the most that were measured (%.2f times as fast).",
            point->speedup);
    write_beyond(result, point);
}

void advice_give(struct result *result, const struct advice_times times[])
{
    struct result_sweep *sweep = &result->sweep;
    size_t best = find_best(sweep), chosen = 0;
    double others_cpus = usual_others(result);
    if (sweep->point_count == 1) {
        text_copy(sizeof sweep->advice, sweep->advice,
            "One point: nothing to compare or to fit.");
        return;
    }
    while (chosen < best && times_the_best(sweep, chosen, best) > WITHIN &&
           !is_hidden(result, times, chosen, best))
        chosen++;
    bool noisy = others_cpus > OTHERS_SHARE * comparison_usable_cpus(result);
    if (noisy || times_the_best(sweep, chosen, best) > UNDECIDED)
        give_none(result, &sweep->points[best], others_cpus);
    else
        give(result, times, chosen, best);
}
