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

static void measure_axis(struct kept *kept, const struct scene *scene)
{
    if (scene->stage < 0)
        return;
    if (kept->axis.end_ns == 0)
        kept->axis = axis_of(
            scene->expected_ns > 0 ? scene->expected_ns : LENGTH_UNKNOWN_S * NS_PER_S);
    while (scene->elapsed_ns > kept->axis.end_ns) {
        struct axis longer = axis_double(kept->axis);
        if (longer.end_ns <= kept->axis.end_ns)
            break;
        kept->axis = longer;
    }
}

/* What is told of workers changes with the numbers. */
void kept_take(struct kept *kept, const struct scene *scene, int64_t now_ns)
{
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
    }
    kept->scene.loads = kept->loads;
    kept->scene.workers = kept->workers;
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
    result.sweep = kept->sweep;
    return result;
}

void kept_finish(struct kept *kept)
{
    free(kept->points);
    figures_finish(&kept->figures);
    free(kept->loads);
    free(kept->workers);
    *kept = (struct kept){0};
}
