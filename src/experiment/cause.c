// SPDX-License-Identifier: MIT
#include "experiment/cause.h"

#include <stdio.h>

#include "base/text.h"
#include "experiment/comparison.h"
#include "experiment/predict_stage.h"

const struct cause_ops *const cause_table[] = {
    &cause_others,
    &cause_undecided,
    &cause_fence,
    &cause_single,
    &cause_beyond_bound,
    &cause_waiting_tasks,
    &cause_threads,
    &cause_crowded,
    &cause_granularity,
    &cause_long_task,
    &cause_nearly_all,
    &cause_replaced,
    &cause_serial,
    &cause_startup,
    &cause_fork,
    &cause_renewal,
    &cause_handout,
    &cause_last_task,
    &cause_idle,
    &cause_slowdown,
    &cause_stolen,
    &cause_waiting,
    &cause_blocked,
    NULL,
};

void cause_scene_init(struct cause_scene *scene, const struct result *result)
{
    double usable = comparison_usable_cpus(result);
    *scene = (struct cause_scene){.result = result,
        .plan = &result->plan,
        .sequential = comparison_usual_stage(result, RESULT_SEQUENTIAL),
        .parallel = comparison_usual_stage(result, RESULT_PARALLEL),
        .speedup = result->comparison.speedup,
        .bound = result->comparison.bound,
        .usable = usable,
        .cpus = (int)fmin(result->machine.online_cpus, ceil(usable))};
    scene->workers = scene->parallel->workers;
    double share = comparison_computing_share(scene->sequential);
    double cpus = fmax(usable, 1), threads = comparison_threads(scene->sequential);
    scene->room = scene->workers;
    if (share >= COMPARISON_COMPUTING)
        scene->room = fmin(scene->workers, fmax(cpus / threads, 1));
    else if (share > 0)
        scene->room = fmin(scene->workers, cpus / share);
    predict_stage_init(
        result, scene->sequential, scene->parallel, &scene->profile, &scene->replay);
    scene->replayed_ns = predict_elapsed_ns(&scene->replay);
}

void cause_scene_finish(struct cause_scene *scene)
{
    predict_profile_finish(&scene->profile);
}

const struct cause_ops *cause_find(const struct cause_scene *scene)
{
    const struct cause_ops *heaviest = &cause_blocked; /* the rest, if nothing is seen */
    double most_ns = 0;
    for (size_t i = 0; cause_table[i]; i++) {
        double weight_ns = cause_table[i]->weigh(scene);
        if (weight_ns <= most_ns)
            continue;
        heaviest = cause_table[i];
        most_ns = weight_ns;
    }
    return heaviest;
}

void cause_format_speedup(double speedup, size_t size, char text[])
{
    snprintf(text, size, "%.*f", speedup < 9.995 ? 2 : speedup < 99.95 ? 1 : 0, speedup);
}

void cause_format_bound(const struct cause_scene *scene, size_t size, char text[])
{
    char bound[32];
    bool said = scene->speedup >= 1 && !scene->without_bound;
    cause_format_speedup(scene->bound, sizeof bound, bound);
    snprintf(text, size, "%s%s", said ? ", of " : "", said ? bound : "");
}

/* The most that is possible under `setup`: by the CPUs, and by the replay itself. */
static double bound_of(const struct predict_setup *setup, double elapsed_ns)
{
    double share = setup->computing_share, cpus = setup->loop.workers;
    if (share > 0)
        cpus = fmin(cpus, setup->cpus / share);
    return fmin(fmax(cpus, 1), predict_sequential_ns(setup) / elapsed_ns);
}

void cause_offer(const struct cause_scene *scene, const struct predict_setup *setup,
    const char *text, struct cause_try *best)
{
    double longer = predict_sequential_ns(setup) / predict_sequential_ns(&scene->replay);
    if (setup->profile != scene->replay.profile) /* of the same tasks: other stamps */
        longer = 1;
    double elapsed_ns = predict_elapsed_ns(setup);
    double gain = longer * scene->replayed_ns / elapsed_ns;
    double speedup = fmin(scene->speedup * gain, bound_of(setup, elapsed_ns));
    double least = CAUSE_WORTH_TRYING * fmax(scene->speedup, best->speedup);
    if (gain < CAUSE_WORTH_TRYING || speedup < least)
        return;
    best->speedup = speedup;
    text_copy(sizeof best->text, best->text, text);
}

struct predict_setup cause_with_schedule(
    const struct cause_scene *scene, const char *name)
{
    struct predict_setup setup = scene->replay;
    struct fault fault;
    if (schedule_find(name, &setup.schedule, &fault) == 0)
        setup.loop.chunk = predict_stage_chunk(
            scene->result, scene->sequential, setup.schedule, &setup.loop);
    if (scene->plan->fork_per_task)
        setup.loop.chunk = 1;
    return setup;
}

struct predict_setup cause_with_workers(const struct cause_scene *scene, int workers)
{
    struct predict_setup setup = scene->replay;
    setup.loop.workers = workers;
    cause_settle_chunk(scene, &setup);
    return setup;
}

void cause_settle_chunk(const struct cause_scene *scene, struct predict_setup *setup)
{
    if (!scene->plan->chunk_asked && !scene->plan->fork_per_task)
        setup->loop.chunk = predict_stage_chunk(
            scene->result, scene->sequential, setup->schedule, &setup->loop);
}
