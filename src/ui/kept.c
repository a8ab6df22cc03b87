// SPDX-License-Identifier: MIT
#include "ui/kept.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"

enum { LENGTH_UNKNOWN_S = 10 }; /* of the axis, where nobody knows how long it takes */

/* A copy of an array of the scene's; NULL stays NULL. */
static void *copy(void *old, const void *items, size_t count, size_t size)
{
    free(old);
    if (!items || count == 0)
        return NULL;
    return memcpy(memory_new(count, size), items, count * size);
}

/* Where nobody knew how long it takes, the first stage has shown it. */
static void fit_axis(struct kept *kept, const struct scene *scene)
{
    bool over = scene->stage > 0 || scene->phase != SCENE_RUNNING;
    int64_t first_ns = scene->result->stages[0].elapsed_ns;
    if (!kept->axis_is_guess || !over || first_ns <= 0)
        return;
    kept->axis = axis_of(first_ns);
    kept->axis_is_guess = false;
}

static struct axis first_axis(struct kept *kept, const struct scene *scene)
{
    int64_t expected_ns =
        scene->stage > 0 ? scene->result->stages[0].expected_ns : scene->expected_ns;
    kept->axis_is_guess = expected_ns <= 0;
    return axis_of(kept->axis_is_guess ? LENGTH_UNKNOWN_S * NS_PER_S : expected_ns);
}

/* Of the stages so far, whether they were seen or not. */
static int64_t longest_of(const struct scene *scene)
{
    int64_t longest_ns = scene->elapsed_ns;
    for (int i = 0; i < scene->stage; i++)
        if (scene->result->stages[i].elapsed_ns > longest_ns)
            longest_ns = scene->result->stages[i].elapsed_ns;
    return longest_ns;
}

static void measure_axis(struct kept *kept, const struct scene *scene)
{
    if (scene->stage < 0)
        return;
    if (kept->axis.end_ns == 0)
        kept->axis = first_axis(kept, scene);
    fit_axis(kept, scene);
    while (longest_of(scene) > kept->axis.end_ns) {
        struct axis longer = axis_double(kept->axis);
        if (longer.end_ns <= kept->axis.end_ns)
            break;
        kept->axis = longer;
    }
}

/* A replay that goes back: nothing of what was shown then was there before. */
static bool goes_back(const struct scene *before, const struct scene *now)
{
    bool over = now->phase == SCENE_BETWEEN || now->phase == SCENE_ENDED;
    return now->stage < before->stage ||
           (now->stage == before->stage && !over && now->elapsed_ns < before->elapsed_ns);
}

/* What somebody has just asked for shows at once. */
static bool is_told(const struct scene_items *old, const struct scene_items *new)
{
    if (!old || !new)
        return old != new;
    return old->closing != new->closing || old->workers != new->workers ||
           old->sampled != new->sampled || old->whole != new->whole;
}

/* Whose processes are on the screen changes with the numbers. */
static void copy_family(struct kept *kept, const struct family *family)
{
    struct family_process *processes = kept->family.processes;
    struct family_spot *spots = kept->family.spots;
    struct family none = {0};
    kept->family = family ? *family : none;
    kept->family.processes = copy(processes, kept->family.processes, kept->family.count,
        sizeof *kept->family.processes);
    kept->family.spots = copy(
        spots, kept->family.spots, kept->family.spot_count, sizeof *kept->family.spots);
}

/* What a check does shows at once, how far it is with the numbers. */
static void keep_check(struct kept *kept, const struct scene *scene, bool new_numbers)
{
    const struct scene_check *check = scene->check;
    const struct result_check *found = &scene->result->check;
    kept->check_cpus = copy(kept->check_cpus, check ? check->cpus : NULL,
        scene->result->machine.cpu_count, sizeof *kept->check_cpus);
    if (check && (new_numbers || check->part != kept->check.part))
        kept->check = *check;
    kept->check.cpus = kept->check_cpus;
    kept->scene.check = check ? &kept->check : NULL;
    kept->found = *found;
    kept->found.inventory = (struct inventory){0};
    kept->found.throttle = (struct throttle){0};
    kept->found_cpus =
        copy(kept->found_cpus, found->cpus, found->cpu_count, sizeof *found->cpus);
    kept->findings = copy(
        kept->findings, found->findings, found->finding_count, sizeof *found->findings);
    kept->found.cpus = kept->found_cpus;
    kept->found.findings = kept->findings;
}

static void keep_meters(struct kept *kept, const struct scene *scene)
{
    const struct scene_meters *meters = scene->meters;
    kept->mhz = copy(kept->mhz, meters ? meters->mhz : NULL,
        scene->result->machine.cpu_count, sizeof *kept->mhz);
    if (meters)
        kept->meters = *meters;
    kept->meters.mhz = kept->mhz;
    kept->scene.meters = meters ? &kept->meters : NULL;
}

/* What is told of workers changes with the numbers. */
void kept_take(struct kept *kept, const struct scene *scene, int64_t now_ns)
{
    if (kept->scene.result && goes_back(&kept->scene, scene)) {
        kept->axis = (struct axis){0};
        kept->figures.held_ns = 0;
    }
    int64_t held_ns = kept->figures.held_ns;
    size_t worker_count = kept->scene.worker_count;
    kept->scene = *scene;
    kept->loads = copy(kept->loads, scene->loads, scene->result->machine.cpu_count,
        sizeof *scene->loads);
    figures_take(&kept->figures, scene, now_ns);
    if (kept->figures.held_ns != held_ns) {
        kept->workers = copy(
            kept->workers, scene->workers, scene->worker_count, sizeof *scene->workers);
        worker_count = scene->worker_count;
        copy_family(kept, scene->family);
        kept->now = time(NULL);
    }
    kept->scene.family = kept->family.count > 0 ? &kept->family : NULL;
    if (kept->figures.held_ns != held_ns || is_told(kept->items, scene->items))
        kept->items = copy(kept->items, scene->items, 1, sizeof *scene->items);
    kept->scene.items = kept->items;
    keep_check(kept, scene, kept->figures.held_ns != held_ns);
    keep_meters(kept, scene);
    kept->scene.loads = kept->loads;
    kept->scene.workers = kept->workers;
    kept->plan = scene->result->plan;
    kept->programs = scene->result->programs;
    kept->program_list = copy(kept->program_list, kept->programs.list,
        kept->programs.count, sizeof *kept->programs.list);
    kept->programs.list = kept->program_list;
    kept->sweep = scene->result->sweep;
    kept->points = copy(
        kept->points, kept->sweep.points, kept->sweep.point_count, sizeof *kept->points);
    kept->sweep.points = kept->points;
    kept->scene.worker_count = worker_count;
    measure_axis(kept, scene);
}

struct result kept_result(const struct kept *kept)
{
    struct result result = *kept->scene.result;
    result.stage_count = (size_t)(kept->scene.stage + 1);
    result.plan = kept->plan;
    result.sweep = kept->sweep;
    result.programs = kept->programs;
    result.check = kept->found;
    return result;
}

void kept_finish(struct kept *kept)
{
    free(kept->points);
    free(kept->check_cpus);
    free(kept->found_cpus);
    free(kept->findings);
    free(kept->program_list);
    figures_finish(&kept->figures);
    free(kept->loads);
    free(kept->mhz);
    free(kept->workers);
    free(kept->items);
    family_finish(&kept->family);
    *kept = (struct kept){0};
}
