// SPDX-License-Identifier: MIT
#include "experiment/predict.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { HANDOUTS_MAX = 100000 };

/* Sums up the pieces. */
static void index_pieces(struct predict_profile *profile)
{
    profile->begins = memory_new(profile->count + 1, sizeof *profile->begins);
    profile->before_ns = memory_new(profile->count + 1, sizeof *profile->before_ns);
    for (size_t i = 0; i < profile->count; i++) {
        const struct predict_piece *piece = &profile->pieces[i];
        double count = (double)piece->count;
        profile->begins[i + 1] = profile->begins[i] + count;
        profile->before_ns[i + 1] = profile->before_ns[i] + count * piece->task_ns;
        profile->tasks += piece->count;
    }
}

void predict_profile_init(
    struct predict_profile *profile, size_t count, const struct predict_piece pieces[])
{
    assert(count > 0);
    *profile = (struct predict_profile){.count = count};
    profile->pieces = memory_new(count, sizeof *profile->pieces);
    memcpy(profile->pieces, pieces, count * sizeof *pieces);
    index_pieces(profile);
}

static int dearest_first(const void *one, const void *other)
{
    double left = ((const struct predict_piece *)one)->task_ns;
    double right = ((const struct predict_piece *)other)->task_ns;
    return (left < right) - (left > right);
}

void predict_profile_init_sorted(
    struct predict_profile *profile, const struct predict_profile *source)
{
    *profile = (struct predict_profile){.count = source->count};
    profile->pieces = memory_new(source->count, sizeof *profile->pieces);
    memcpy(profile->pieces, source->pieces, source->count * sizeof *source->pieces);
    qsort(profile->pieces, profile->count, sizeof *profile->pieces, dearest_first);
    index_pieces(profile);
}

void predict_profile_finish(struct predict_profile *profile)
{
    free(profile->pieces);
    free(profile->begins);
    free(profile->before_ns);
    *profile = (struct predict_profile){0};
}

double predict_profile_sum_ns(const struct predict_profile *profile)
{
    return profile->before_ns[profile->count];
}

/* The time of the profile's tasks before `place`, which may lie within one. */
static double time_before(const struct predict_profile *profile, double place)
{
    size_t low = 0, high = profile->count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (profile->begins[middle] <= place)
            low = middle;
        else
            high = middle;
    }
    double inside = fmin(place, profile->begins[high]) - profile->begins[low];
    return profile->before_ns[low] + inside * profile->pieces[low].task_ns;
}

/* A worker that has tasks in hand. */
struct worker {
    double free_at; /* in the time that a worker with a CPU of its own has */
    int number;
    int64_t cursor, tasks;
};

struct simulation {
    const struct predict_setup *setup;
    struct predict_profile profile;
    struct schedule_loop loop;
    double places, times;  /* of the profile for one of the loop; of its time, likewise */
    double prepare_ns;     /* of this loop */
    double handouts_each;  /* real hand-outs in a task of a full hand-out here */
    int64_t cursor;        /* of the pool, where the schedule has one for all */
    double now_ns, own_ns; /* the clock; and the time of a worker that never waits */
    size_t busy;
    struct worker *workers; /* a heap: the first is free first */
};

/* Past so many hand-outs a chunk stands for several. */
static void coarsen(struct simulation *simulation)
{
    struct schedule_loop *loop = &simulation->loop;
    int64_t least = loop->tasks / HANDOUTS_MAX + (loop->tasks % HANDOUTS_MAX != 0);
    if (loop->chunk >= least)
        return;
    simulation->handouts_each = 1 / (double)loop->chunk;
    loop->chunk = least;
}

static double cost_of(struct simulation *simulation, const struct worker *worker,
    struct schedule_range range, bool first)
{
    const struct predict_setup *setup = simulation->setup;
    double count = (double)(range.end - range.begin), handouts = 1;
    if (simulation->handouts_each > 0 &&
        range.end - range.begin <= simulation->loop.chunk)
        handouts = fmax(1, count * simulation->handouts_each);
    double from = (double)range.begin * simulation->places;
    double to = (double)range.end * simulation->places;
    double work_ns =
        time_before(&simulation->profile, to) - time_before(&simulation->profile, from);
    double cost_ns = work_ns * simulation->times + (handouts - first) * setup->handout_ns;
    if (setup->max_tasks > 0) { /* a process leaves when it wants one task more */
        int64_t before = worker->tasks > 0 ? (worker->tasks - 1) / setup->max_tasks : 0;
        int64_t after = (worker->tasks + range.end - range.begin - 1) / setup->max_tasks;
        cost_ns += (double)(after - before) * setup->renew_ns;
    }
    return cost_ns;
}

static bool is_before(const struct worker *one, const struct worker *other)
{
    if (one->free_at != other->free_at)
        return one->free_at < other->free_at;
    return one->number < other->number;
}

/* Puts `worker` where it belongs, from place `hole` downwards. */
static void sink(struct simulation *simulation, size_t hole, struct worker worker)
{
    struct worker *heap = simulation->workers;
    for (size_t child; (child = 2 * hole + 1) < simulation->busy; hole = child) {
        if (child + 1 < simulation->busy && is_before(&heap[child + 1], &heap[child]))
            child++;
        if (!is_before(&heap[child], &worker))
            break;
        heap[hole] = heap[child];
    }
    heap[hole] = worker;
}

static void rise(struct simulation *simulation, size_t hole, struct worker worker)
{
    struct worker *heap = simulation->workers;
    for (; hole > 0 && is_before(&worker, &heap[(hole - 1) / 2]); hole = (hole - 1) / 2)
        heap[hole] = heap[(hole - 1) / 2];
    heap[hole] = worker;
}

/* Takes the worker's next tasks; false when there are none for it. */
static bool take(struct simulation *simulation, struct worker *worker, bool first)
{
    const struct schedule_ops *schedule = simulation->setup->schedule;
    int64_t *cursor = schedule->shared ? &simulation->cursor : &worker->cursor;
    struct schedule_range range =
        schedule->take(&simulation->loop, worker->number, *cursor);
    if (range.begin >= range.end)
        return false;
    worker->free_at = simulation->own_ns + cost_of(simulation, worker, range, first);
    worker->tasks += range.end - range.begin;
    *cursor += range.end - range.begin;
    return true;
}

/* How fast each busy worker goes on: its share of the CPUs. */
static double speed_of(const struct simulation *simulation)
{
    const struct predict_setup *setup = simulation->setup;
    double wanted = (double)simulation->busy * setup->computing_share;
    return wanted > setup->cpus ? setup->cpus / wanted : 1;
}

static void start_worker(struct simulation *simulation, int number, double at_ns)
{
    struct worker worker = {.number = number};
    if (at_ns > simulation->now_ns)
        simulation->own_ns += (at_ns - simulation->now_ns) * speed_of(simulation);
    simulation->now_ns = fmax(at_ns, simulation->now_ns);
    if (take(simulation, &worker, true))
        rise(simulation, simulation->busy++, worker);
}

/* The worker that is free first goes on, at `at_ns`, or is done. */
static void go_on(struct simulation *simulation, double at_ns)
{
    struct worker worker = simulation->workers[0];
    simulation->own_ns = worker.free_at;
    simulation->now_ns = at_ns;
    if (!take(simulation, &worker, false) && --simulation->busy > 0)
        worker = simulation->workers[simulation->busy];
    if (simulation->busy > 0)
        sink(simulation, 0, worker);
}

static void simulate(struct simulation *simulation)
{
    const struct predict_setup *setup = simulation->setup;
    int started = 0, workers = simulation->loop.workers;
    while (started < workers || simulation->busy > 0) {
        double start_ns = simulation->prepare_ns + setup->start_ns +
                          (double)started * setup->start_each_ns;
        double free_ns = INFINITY;
        if (simulation->busy > 0)
            free_ns = simulation->now_ns +
                      (simulation->workers[0].free_at - simulation->own_ns) /
                          speed_of(simulation);
        if (started < workers && start_ns <= free_ns)
            start_worker(simulation, started++, start_ns);
        else
            go_on(simulation, free_ns);
    }
}

/* How many times its time a task takes where the loop has other tasks than the profile.
 */
static double cost_factor(const struct predict_setup *setup)
{
    double ratio = (double)setup->loop.tasks / (double)setup->profile->tasks;
    return pow(ratio, setup->cost_power);
}

/* How many times as much work as the profile's the loop is. */
static double work_factor(const struct predict_setup *setup)
{
    double ratio = (double)setup->loop.tasks / (double)setup->profile->tasks;
    return ratio * cost_factor(setup);
}

double predict_elapsed_ns(const struct predict_setup *setup)
{
    double ratio = (double)setup->profile->tasks / (double)setup->loop.tasks;
    struct simulation simulation = {.setup = setup,
        .profile = *setup->profile,
        .loop = setup->loop,
        .places = ratio,
        .times = work_factor(setup),
        .prepare_ns = setup->prepare_ns * work_factor(setup)};
    if (setup->longest_first)
        predict_profile_init_sorted(&simulation.profile, setup->profile);
    coarsen(&simulation);
    simulation.workers =
        memory_new((size_t)setup->loop.workers, sizeof *simulation.workers);
    simulate(&simulation);
    free(simulation.workers);
    if (setup->longest_first)
        predict_profile_finish(&simulation.profile);
    return simulation.now_ns + setup->end_each_ns * setup->loop.workers;
}

double predict_sequential_ns(const struct predict_setup *setup)
{
    double alone_ns = predict_profile_sum_ns(setup->profile) + setup->prepare_ns;
    return alone_ns * work_factor(setup);
}
