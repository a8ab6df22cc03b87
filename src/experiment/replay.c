// SPDX-License-Identifier: MIT
#include "experiment/replay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "experiment/expect.h"
#include "experiment/past.h"

enum { MEAN_OVER_MS = 500 };

struct replay {
    const struct result *result;
    struct past past;
    struct scene scene;
    struct load_share *loads;     /* per CPU of the machine */
    struct scene_worker *workers; /* of the stage that was shown last */
};

/* The last moments before a time of a stage, and the samples that are partly in them. */
struct window {
    int64_t from_ns, to_ns;
    size_t first, end;
};

struct replay *replay_create(const struct result *result)
{
    struct replay *replay = memory_new(1, sizeof *replay);
    replay->result = result;
    past_init(&replay->past, result);
    replay->loads = memory_new(result->machine.cpu_count, sizeof *replay->loads);
    return replay;
}

void replay_destroy(struct replay *replay)
{
    if (!replay)
        return;
    past_finish(&replay->past);
    free(replay->loads);
    free(replay->workers);
    free(replay);
}

static struct window window_before(const struct result_samples *samples, int64_t t_ns)
{
    struct window window = {.from_ns = t_ns - MEAN_OVER_MS * NS_PER_MS, .to_ns = t_ns};
    if (window.from_ns < 0)
        window.from_ns = 0;
    while (window.first < samples->count && samples->t_ns[window.first] <= window.from_ns)
        window.first++;
    window.end = window.first;
    while (window.end < samples->count &&
           (window.end == 0 || samples->t_ns[window.end - 1] < t_ns))
        window.end++;
    return window;
}

/* How much of the time from `from_ns` to `to_ns` is within the window. */
static int64_t overlap_ns(const struct window *window, int64_t from_ns, int64_t to_ns)
{
    if (from_ns < window->from_ns)
        from_ns = window->from_ns;
    if (to_ns > window->to_ns)
        to_ns = window->to_ns;
    return to_ns > from_ns ? to_ns - from_ns : 0;
}

static double share_of(
    const struct result_samples *samples, enum result_mode mode, size_t element)
{
    const uint8_t *cells = samples->modes[mode];
    return cells ? cells[element] / (double)UINT8_MAX : 0;
}

/* The mean of a CPU's samples within the window. */
static struct load_share mean_load(
    const struct result_stage *stage, size_t cpu, const struct window *window)
{
    const struct result_samples *samples = &stage->samples;
    double sums[RESULT_MODES] = {0}, weight_ns = 0;
    for (size_t k = window->first; k < window->end; k++) {
        int64_t before_ns = k > 0 ? samples->t_ns[k - 1] : 0;
        double part_ns = (double)overlap_ns(window, before_ns, samples->t_ns[k]);
        size_t element = k * stage->cpu_count + cpu;
        if (part_ns <= 0 || share_of(samples, RESULT_ABSENT, element) > 0)
            continue;
        for (int mode = 0; mode < RESULT_ABSENT; mode++)
            sums[mode] += share_of(samples, mode, element) * part_ns;
        weight_ns += part_ns;
    }
    if (weight_ns <= 0)
        return (struct load_share){.busy = -1};
    struct load_share load = {.user = (float)(sums[RESULT_USER] / weight_ns),
        .nice = (float)(sums[RESULT_NICE] / weight_ns),
        .system = (float)(sums[RESULT_SYSTEM] / weight_ns),
        .irq = (float)(sums[RESULT_IRQ] / weight_ns),
        .steal = (float)(sums[RESULT_STEAL] / weight_ns)};
    load.busy = load.user + load.nice + load.system + load.irq;
    if (load.busy > 1) /* each mode was rounded */
        load.busy = 1;
    return load;
}

static void show_loads(
    struct replay *replay, const struct result_stage *stage, const struct window *window)
{
    const struct machine *machine = &replay->result->machine;
    struct scene *scene = &replay->scene;
    if (window->to_ns == 0 || stage->samples.count == 0)
        return;
    for (size_t i = 0; i < machine->cpu_count; i++)
        replay->loads[i] = (struct load_share){.busy = -1};
    scene->loads = replay->loads;
    scene->busy_cpus = 0;
    for (size_t cpu = 0; cpu < stage->cpu_count; cpu++) {
        int index = machine_cpu_index(machine, stage->cpus[cpu].id);
        if (index < 0)
            continue;
        replay->loads[index] = mean_load(stage, cpu, window);
        if (replay->loads[index].busy > 0)
            scene->busy_cpus += replay->loads[index].busy;
    }
}

/* How much of a record was over at a time of the stage, 0…1. */
static double part_of(const struct result_record *record, int64_t t_ns)
{
    if (t_ns >= record->end_ns)
        return 1;
    if (t_ns <= record->start_ns)
        return 0;
    return (double)(t_ns - record->start_ns) /
           (double)(record->end_ns - record->start_ns);
}

/* How much of the stage was over, for what has no stamps. */
static double part_of_stage(const struct result_stage *stage, int64_t t_ns)
{
    return t_ns < stage->elapsed_ns ? (double)t_ns / (double)stage->elapsed_ns : 1;
}

/* The CPUs that were busy with our workers, from their tasks' CPU time. */
static double own_cpus(const struct result *result, const struct result_stage *stage,
    const struct window *window)
{
    double length_ns = (double)(window->to_ns - window->from_ns), cpu_ns = 0;
    if (result->machine.simulated || stage->kind == RESULT_WATCHED || length_ns <= 0)
        return -1;
    if (stage->record_count == 0)
        return (double)stage->cpu_ns / fmax(1, (double)result_measured_ns(stage));
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        double whole_ns = (double)(record->end_ns - record->start_ns);
        double within_ns = (double)overlap_ns(window, record->start_ns, record->end_ns);
        if (whole_ns > 0)
            cpu_ns += (double)record->cpu_ns * within_ns / whole_ns;
    }
    return cpu_ns / length_ns;
}

static void count_tasks(
    struct scene *scene, const struct result_stage *stage, int64_t t_ns)
{
    double part = part_of_stage(stage, t_ns);
    scene->done = (int64_t)((double)stage->done * part);
    scene->failed = (int64_t)((double)stage->failed * part);
    if (part >= 1 || stage->record_count == 0)
        return;
    scene->done = scene->failed = 0;
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        double over = part_of(record, t_ns);
        int64_t failed = (int64_t)((double)record->failed * over);
        scene->failed += failed;
        scene->done += (int64_t)((double)record->count * over) - failed;
    }
}

/* What is known of one worker besides. */
struct tally {
    double cpu_ns;
    int64_t seen_ns; /* when it was seen on the CPU */
};

static int by_worker(const void *key, const void *element)
{
    const int *worker = key;
    const struct result_worker *other = element;
    return (*worker > other->worker) - (*worker < other->worker);
}

/* Its place in the list; the number of workers if it has none. */
static size_t find_worker(const struct result_stage *stage, int worker)
{
    const struct result_worker *found = NULL;
    size_t usual = (size_t)worker; /* where all are there */
    if (usual < stage->worker_count && stage->worker_list[usual].worker == worker)
        return usual;
    if (stage->worker_count > 0)
        found = bsearch(&worker, stage->worker_list, stage->worker_count,
            sizeof *stage->worker_list, by_worker);
    return found ? (size_t)(found - stage->worker_list) : stage->worker_count;
}

static void follow_moves(const struct result_stage *stage, int64_t t_ns,
    struct scene_worker workers[], struct tally tallies[])
{
    for (size_t i = 0; i < stage->move_count; i++) {
        const struct result_move *move = &stage->moves[i];
        size_t place = find_worker(stage, move->worker);
        if (place == stage->worker_count || move->t_ns > t_ns)
            continue;
        workers[place].cpu = move->cpu;
        tallies[place].seen_ns = move->t_ns;
    }
}

static void follow_records(const struct result_stage *stage, int64_t t_ns,
    struct scene_worker workers[], struct tally tallies[])
{
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        size_t place = find_worker(stage, record->worker);
        if (place == stage->worker_count || record->start_ns > t_ns)
            continue;
        double over = part_of(record, t_ns);
        struct scene_worker *worker = &workers[place];
        struct tally *tally = &tallies[place];
        worker->done += (int64_t)((double)record->count * over);
        tally->cpu_ns += (double)record->cpu_ns * over;
        if (over < 1)
            worker->index = record->index;
        int64_t seen_ns = over < 1 ? 0 : record->end_ns;
        if (record->cpu >= 0 && (worker->cpu < 0 || seen_ns > tally->seen_ns)) {
            worker->cpu = record->cpu;
            tally->seen_ns = seen_ns;
        }
    }
}

/* What a stage says of a worker's whole time. */
static void count_whole(const struct result_stage *stage, int64_t t_ns,
    struct scene_worker workers[], struct tally tallies[])
{
    double part = part_of_stage(stage, t_ns);
    for (size_t i = 0; i < stage->worker_count; i++) {
        const struct result_worker *worker = &stage->worker_list[i];
        if (part >= 1 || stage->record_count == 0) {
            workers[i].done = (int64_t)((double)worker->tasks * part);
            tallies[i].cpu_ns = (double)worker->times.cpu_ns * part;
        }
        if (t_ns > 0)
            workers[i].cpu_share = tallies[i].cpu_ns / (double)t_ns;
        if (part >= 1)
            workers[i].index = -1;
    }
}

void replay_workers(
    const struct result_stage *stage, int64_t t_ns, struct scene_worker workers[])
{
    struct tally *tallies = memory_new(stage->worker_count, sizeof *tallies);
    for (size_t i = 0; i < stage->worker_count; i++)
        workers[i] = (struct scene_worker){.worker = stage->worker_list[i].worker,
            .pid = stage->worker_list[i].pid,
            .cpu = -1,
            .index = -1,
            .cpu_share = -1};
    follow_moves(stage, t_ns, workers, tallies);
    follow_records(stage, t_ns, workers, tallies);
    count_whole(stage, t_ns, workers, tallies);
    free(tallies);
}

/* Where the file does not say it, and without a sequential stage, as long as it took, or
 * would have taken. */
static int64_t expected_ns(const struct result *result, const struct result_stage *stage)
{
    int64_t ended = stage->done + stage->failed;
    if (stage->kind == RESULT_WATCHED || stage->expected_ns > 0)
        return stage->expected_ns;
    int64_t expected_ns = expect_opened_ns(result, stage, 0);
    if (expected_ns > 0 || ended <= 0)
        return expected_ns;
    return expect_bounded_ns(
        (double)stage->elapsed_ns * (double)result->plan.iterations / (double)ended);
}

static void show_stage(
    struct replay *replay, const struct result_stage *stage, int64_t t_ns)
{
    struct scene *scene = &replay->scene;
    int64_t measured_ns = result_measured_ns(stage);
    struct window window =
        window_before(&stage->samples, t_ns < measured_ns ? t_ns : measured_ns);
    scene->elapsed_ns = t_ns;
    scene->expected_ns = expected_ns(replay->result, stage);
    count_tasks(scene, stage, t_ns);
    show_loads(replay, stage, &window);
    scene->own_cpus = own_cpus(replay->result, stage, &window);
    replay->workers = memory_new(stage->worker_count, sizeof *replay->workers);
    replay_workers(stage, t_ns, replay->workers);
    scene->workers = replay->workers;
    scene->worker_count = stage->worker_count;
}

/* Begins another scene, which has nothing of the last one. */
static void begin(
    struct replay *replay, const struct result *result, enum scene_phase phase, int stage)
{
    free(replay->workers);
    replay->workers = NULL;
    replay->scene = (struct scene){.result = result,
        .phase = phase,
        .stage = stage,
        .busy_cpus = -1,
        .own_cpus = -1};
}

static const struct scene *show_running(struct replay *replay, int stage, int64_t t_ns)
{
    const struct result_stage *shown = &replay->result->stages[stage];
    bool watched = shown->kind == RESULT_WATCHED;
    t_ns = t_ns > shown->elapsed_ns ? shown->elapsed_ns : t_ns > 0 ? t_ns : 0;
    begin(replay, past_at(&replay->past, stage, t_ns),
        watched ? SCENE_WATCHING : SCENE_RUNNING, stage);
    show_stage(replay, shown, t_ns);
    return &replay->scene;
}

/* The machine is seen as it was at last. */
static const struct scene *show_over(
    struct replay *replay, const struct result *result, enum scene_phase phase, int stage)
{
    begin(replay, result, phase, stage);
    if (stage >= 0)
        show_stage(replay, &result->stages[stage], result->stages[stage].elapsed_ns);
    return &replay->scene;
}

const struct scene *replay_at(struct replay *replay, int stage, int64_t t_ns)
{
    int count = (int)replay->result->stage_count;
    if (stage < count)
        return show_running(replay, stage, t_ns);
    return show_over(replay, replay->result, SCENE_ENDED, count - 1);
}

const struct scene *replay_after(struct replay *replay, int stage)
{
    return show_over(replay, past_after(&replay->past, stage), SCENE_BETWEEN, stage);
}
