// SPDX-License-Identifier: MIT
#include "experiment/show.h"

#include <stdlib.h>

#include "base/memory.h"
#include "experiment/replay.h"

void show_init(struct show *show, const struct result *result, enum scene_phase phase)
{
    *show = (struct show){.scene = {.result = result,
                              .phase = phase,
                              .stage = (int)result->stage_count - 1,
                              .busy_cpus = -1,
                              .own_cpus = -1}};
}

void show_finish(struct show *show)
{
    free(show->workers);
    show->workers = NULL;
    show->scene.workers = NULL;
    show->scene.worker_count = 0;
}

void show_update(
    struct show *show, const struct sampler *sampler, const struct stage *stage)
{
    struct scene *scene = &show->scene;
    scene->loads = sampler_loads(sampler);
    scene->busy_cpus = sampler_busy_cpus(sampler);
    scene->meters = sampler_meters(sampler);
    if (!stage)
        return;
    struct stage_state state = stage_state(stage);
    scene->elapsed_ns = state.elapsed_ns;
    scene->done = state.done;
    scene->failed = state.failed;
    scene->own_cpus = state.own_cpus;
    scene->workers = state.workers;
    scene->worker_count = (size_t)scene_stage(scene)->workers_asked;
}

void show_open_stage(struct show *show, int64_t expected_ns)
{
    show_finish(show);
    show_init(show, show->scene.result, SCENE_RUNNING);
    show->scene.expected_ns = expected_ns;
}

void show_close_stage(struct show *show)
{
    show_open_stage(show, show->scene.expected_ns);
    struct scene *scene = &show->scene;
    const struct result_stage *stage = scene_stage(scene);
    scene->phase = SCENE_BETWEEN;
    if (!stage)
        return;
    scene->elapsed_ns = stage->elapsed_ns;
    scene->done = stage->done;
    scene->failed = stage->failed;
    show->workers = memory_new(stage->worker_count, sizeof *show->workers);
    replay_workers(stage, stage->elapsed_ns, show->workers);
    scene->workers = show->workers;
    scene->worker_count = stage->worker_count;
}
