// SPDX-License-Identifier: MIT
#include "experiment/points.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/expect.h"

static int by_number(const void *one, const void *other)
{
    int a = *(const int *)one, b = *(const int *)other;
    return (a > b) - (a < b);
}

/* The system may have refused some of those that were asked for. */
static int workers_of(const struct result_stage *stage)
{
    bool more = !stage->complete && stage->workers_asked > stage->workers;
    return more ? stage->workers_asked : stage->workers;
}

/* Those planned, those that have begun and those measured, each once.  The caller frees
 * the list. */
static int *list_workers(const struct result *result, size_t *ret_count)
{
    const struct plan *plan = &result->plan;
    const struct result_sweep *sweep = &result->sweep;
    size_t count = 0, kept = 0;
    size_t room = 1 + plan->point_count + result->stage_count + sweep->point_count;
    int *workers = memory_new(room, sizeof *workers);
    workers[count++] = 1;
    for (size_t i = 0; i < plan->point_count; i++)
        workers[count++] = plan->points[i];
    for (size_t i = 0; i < result->stage_count; i++)
        workers[count++] = workers_of(&result->stages[i]);
    for (size_t i = 0; i < sweep->point_count; i++)
        workers[count++] = sweep->points[i].workers;
    qsort(workers, count, sizeof *workers, by_number);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || workers[i] != workers[kept - 1])
            workers[kept++] = workers[i];
    *ret_count = kept;
    return workers;
}

static const struct result_point *find_result(const struct result *result, int workers)
{
    for (size_t i = 0; i < result->sweep.point_count; i++)
        if (result->sweep.points[i].workers == workers)
            return &result->sweep.points[i];
    return NULL;
}

/* Counts the point's runs; their range is its spread unless there are intervals, but a
 * run with failed tasks tells nothing of it. */
static void take_runs(struct point *point, const struct scene *scene)
{
    const struct result *result = scene->result;
    const struct result_point *alone = find_result(result, 1);
    int sound = 0;
    for (int i = 0; i <= scene->stage; i++) {
        const struct result_stage *stage = &result->stages[i];
        bool runs = scene->phase == SCENE_RUNNING && i == scene->stage;
        if (workers_of(stage) != point->workers)
            continue;
        point->running = point->running || runs;
        if (runs || !stage->complete || stage->elapsed_ns <= 0)
            continue;
        point->runs++;
        if (stage->failed > 0 || !alone)
            continue;
        double speedup = (double)alone->elapsed_ns / (double)stage->elapsed_ns;
        point->low = sound > 0 ? fmin(point->low, speedup) : speedup;
        point->high = sound > 0 ? fmax(point->high, speedup) : speedup;
        sound++;
    }
    point->has_spread = point->result && sound > 1;
}

/* Those of one kind, so that they can be held against each other; what all are held
 * against has no interval. */
static void choose_spread(struct points *points)
{
    points->spread = POINTS_NO_SPREAD;
    for (size_t i = 0; i < points->count; i++) {
        const struct point *point = &points->list[i];
        if (point->result && point->result->has_interval)
            points->spread = POINTS_INTERVAL;
        else if (point->has_spread && points->spread == POINTS_NO_SPREAD)
            points->spread = POINTS_RANGE;
    }
    for (size_t i = 0; i < points->count && points->spread == POINTS_INTERVAL; i++) {
        struct point *point = &points->list[i];
        point->has_spread = point->result && point->result->has_interval;
        if (!point->has_spread)
            continue;
        point->low = point->result->interval_low;
        point->high = point->result->interval_high;
    }
}

void points_init(struct points *points, const struct scene *scene)
{
    int *workers = list_workers(scene->result, &points->count);
    points->list = memory_new(points->count, sizeof *points->list);
    for (size_t i = 0; i < points->count; i++) {
        struct point *point = &points->list[i];
        point->workers = workers[i];
        point->result = find_result(scene->result, workers[i]);
        take_runs(point, scene);
    }
    choose_spread(points);
    free(workers);
}

/* The runs of each point that has a spread; 0 where they are not as many. */
static int runs_of_each(const struct points *points)
{
    int runs = 0;
    for (size_t i = 0; i < points->count; i++) {
        const struct point *point = &points->list[i];
        if (!point->has_spread)
            continue;
        if (runs > 0 && point->result->repeats != runs)
            return 0;
        runs = point->result->repeats;
    }
    return runs;
}

void points_describe_spread(const struct points *points, size_t size, char text[])
{
    int runs = runs_of_each(points);
    text[0] = '\0';
    if (points->spread == POINTS_INTERVAL)
        text_copy(size, text, "95 %");
    else if (points->spread == POINTS_RANGE)
        text_copy(size, text, "from the slowest run to the fastest");
    if (*text && runs > 0)
        text_append(size, text, ", %d runs each", runs);
}

void points_finish(struct points *points)
{
    free(points->list);
    *points = (struct points){0};
}

const struct point *points_find(const struct points *points, int workers)
{
    for (size_t i = 0; i < points->count; i++)
        if (points->list[i].workers == workers)
            return &points->list[i];
    return NULL;
}

double points_highest(const struct points *points)
{
    double highest = 0;
    for (size_t i = 0; i < points->count; i++)
        if (points->list[i].result)
            highest = fmax(highest, points->list[i].result->speedup);
    return highest;
}

bool points_find_measured(const struct points *points, int *ret_first, int *ret_last)
{
    bool found = false;
    for (size_t i = 0; i < points->count; i++) {
        if (!points->list[i].result)
            continue;
        if (!found)
            *ret_first = points->list[i].workers;
        *ret_last = points->list[i].workers;
        found = true;
    }
    return found;
}

int points_runs_done(const struct points *points)
{
    int runs = 0;
    for (size_t i = 0; i < points->count; i++)
        runs += points->list[i].runs;
    return runs;
}

static int repeats_of(const struct plan *plan)
{
    return plan->repeats > 1 ? plan->repeats : 1;
}

int points_runs(const struct points *points, const struct plan *plan)
{
    return (int)points->count * repeats_of(plan);
}

int64_t points_coming_ns(const struct points *points, const struct scene *scene)
{
    int64_t coming_ns = 0;
    for (size_t i = 0; i < points->count; i++) {
        const struct point *point = &points->list[i];
        int runs = repeats_of(&scene->result->plan) - point->runs - point->running;
        enum result_stage_kind kind =
            point->workers == 1 ? RESULT_SEQUENTIAL : RESULT_PARALLEL;
        int64_t run_ns = expect_stage_ns(scene->result, kind, point->workers, 0);
        if (point->result)
            run_ns = point->result->elapsed_ns;
        if (runs > 0 && run_ns <= 0)
            return -1;
        coming_ns += runs > 0 ? runs * run_ns : 0;
    }
    return coming_ns;
}
