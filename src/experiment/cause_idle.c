// SPDX-License-Identifier: MIT
/* Workers that had nothing left to do before the end. */
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/text.h"
#include "experiment/cause.h"

static const double LONG_TASK = 1.5; /* times the mean: it stands out */
static const double MUCH_OF = 0.8;   /* of the time that the others were idle */
static const double ALL_OF = 0.95;   /* the long tasks that are in one block */
static const double LONGER = 1.2;    /* times as long: a block of longer tasks */

/* Beyond what comes with collecting the last result, which the last worker waits for,
 * too. */
static double idle_ns(const struct cause_scene *scene)
{
    return (double)scene->parallel->account.tail_ns -
           scene->replay.end_each_ns * scene->workers * scene->workers;
}

/* The worker that was idle longest in the end, and the one that was last. */
static void find_idle(const struct cause_scene *scene,
    const struct result_worker **ret_idle, const struct result_worker **ret_last)
{
    const struct result_stage *stage = scene->parallel;
    *ret_idle = *ret_last = &stage->worker_list[0];
    for (size_t i = 1; i < stage->worker_count; i++) {
        const struct result_worker *worker = &stage->worker_list[i];
        if (worker->times.tail_ns > (*ret_idle)->times.tail_ns)
            *ret_idle = worker;
        if (worker->times.tail_ns < (*ret_last)->times.tail_ns)
            *ret_last = worker;
    }
}

/* The record of the one task that ended last; NULL if it is not of one task. */
static const struct result_record *last_task(const struct cause_scene *scene)
{
    const struct result_stage *stage = scene->parallel;
    const struct result_record *last = NULL;
    for (size_t i = 0; i < stage->record_count; i++)
        if (!last || stage->records[i].end_ns > last->end_ns)
            last = &stage->records[i];
    return last && last->count == 1 ? last : NULL;
}

/* How many times as long as the mean of all others the last task took. */
static double last_task_times(const struct cause_scene *scene)
{
    const struct result_record *last = last_task(scene);
    double tasks = (double)scene->profile.tasks;
    if (!last || tasks < 2)
        return 0;
    double own_ns = (double)(last->end_ns - last->start_ns);
    double rest_ns = predict_profile_sum_ns(&scene->profile) - own_ns;
    return rest_ns > 0 ? own_ns * (tasks - 1) / rest_ns : 0;
}

/* The others were idle because one task, longer than all, was begun when hardly any other
 * was left. */
static double weigh_last_task(const struct cause_scene *scene)
{
    const struct result_worker *idle, *last_worker;
    const struct result_record *last = last_task(scene);
    if (last_task_times(scene) < LONG_TASK || scene->replay.longest_first ||
        !scene->replay.schedule->shared)
        return 0;
    find_idle(scene, &idle, &last_worker);
    double own_ns = (double)(last->end_ns - last->start_ns);
    if (own_ns < MUCH_OF * (double)idle->times.tail_ns)
        return 0;
    for (size_t i = 0; i < scene->profile.count; i++)
        if (scene->profile.pieces[i].task_ns > LONGER * own_ns)
            return 0;
    return idle_ns(scene);
}

static void say_last_task(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    char bound[40];
    double times = last_task_times(scene);
    (void)brief;
    cause_format_bound(scene, sizeof bound, bound);
    snprintf(text, size,
        "%s: one task took %.*f times as long as the others and came last.", bound,
        times < 10 && fabs(times - round(times)) > 0.1 ? 1 : 0, times);
}

static void propose_longest_first(const struct cause_scene *scene, struct cause_try *best)
{
    struct predict_setup setup = scene->replay;
    setup.longest_first = true;
    cause_offer(scene, &setup, "Try: --order longest", best);
}

const struct cause_ops cause_last_task = {
    .name = "one long task last",
    .weigh = weigh_last_task,
    .say = say_last_task,
    .propose = propose_longest_first,
};

/* What was shared out beforehand: where the long tasks were, as far as the records tell.
 * They are those above the mean. */
static void describe_blocks(const struct cause_scene *scene,
    const struct result_worker *idle, const struct result_worker *last, size_t size,
    char text[])
{
    const struct result_stage *stage = scene->parallel;
    double mean_ns =
        predict_profile_sum_ns(&scene->profile) / (double)scene->profile.tasks;
    double count = 0, own = 0, idle_mean_ns = 0, last_mean_ns = 0;
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        double tasks = (double)record->count;
        double time_ns = (double)(record->end_ns - record->start_ns);
        bool is_long = time_ns > LONGER * mean_ns * tasks;
        count += is_long ? tasks : 0;
        own += is_long && record->worker == last->worker ? tasks : 0;
        if (record->worker == idle->worker)
            idle_mean_ns += time_ns / (double)(idle->tasks + 1);
        if (record->worker == last->worker)
            last_mean_ns += time_ns / (double)(last->tasks + 1);
    }
    text[0] = '\0';
    if (last_mean_ns > LONGER * idle_mean_ns && count > 0)
        snprintf(text, size, ": worker %d had %s", last->worker,
            own >= ALL_OF * count ? "all the long tasks" : "longer tasks");
}

/* Large chunks that were taken last. */
static void describe_chunk(const struct cause_scene *scene, size_t size, char text[])
{
    int64_t chunk = scene->replay.loop.chunk;
    text[0] = '\0';
    if (chunk > 1)
        snprintf(text, size, ": tasks came %" PRId64 " at a time", chunk);
}

static void say_idle(
    const struct cause_scene *scene, bool brief, size_t size, char text[])
{
    const struct result_worker *idle, *last;
    char bound[40], why[80] = "", tail[32], elapsed[32];
    bool dealt = !scene->replay.schedule->shared;
    find_idle(scene, &idle, &last);
    double unit_ns = scene->parallel->elapsed_ns >= NS_PER_S ? 1e9 : 1e6;
    cause_format_bound(scene, sizeof bound, bound);
    snprintf(tail, sizeof tail, "%.1f", (double)idle->times.tail_ns / unit_ns);
    snprintf(elapsed, sizeof elapsed, "%.1f %s",
        (double)scene->parallel->elapsed_ns / unit_ns, unit_ns == 1e9 ? "s" : "ms");
    if (dealt && !brief)
        describe_blocks(scene, idle, last, sizeof why, why);
    else if (!brief)
        describe_chunk(scene, sizeof why, why);
    snprintf(text, size, "%s. Worker %d was idle for the last %s of %s%s.", bound,
        idle->worker, tail, elapsed, why);
}

/* Another schedule, a smaller chunk, or the longest first. */
static void propose_balance(const struct cause_scene *scene, struct cause_try *best)
{
    struct predict_setup setup = cause_with_schedule(scene, "dynamic");
    char text[80];
    cause_offer(scene, &setup, "Try: --schedule dynamic", best);
    if (scene->replay.schedule->shared && scene->replay.loop.chunk > 1) {
        setup = scene->replay;
        setup.loop.chunk = 1;
        snprintf(text, sizeof text, "Try: --schedule %s,1", scene->plan->schedule);
        cause_offer(scene, &setup, text, best);
    }
    propose_longest_first(scene, best);
}

const struct cause_ops cause_idle = {
    .name = "idle at the end",
    .weigh = idle_ns,
    .say = say_idle,
    .propose = propose_balance,
};
