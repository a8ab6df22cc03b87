// SPDX-License-Identifier: MIT
#include "ui/figures.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "experiment/expect.h"

enum { HOLD_MS = 450 }; /* a little less than five frames, so that it is not six */

static int64_t left_of(const struct scene *scene)
{
    int64_t whole_ns = expect_whole_ns(scene);
    if (whole_ns <= 0)
        return -1;
    return whole_ns > scene->elapsed_ns ? whole_ns - scene->elapsed_ns : 0;
}

/* A CPU without data is offline, unless none has any: CPUs come and go. */
static void take_shares(struct figures *figures, const struct scene *scene)
{
    const struct machine *machine = &scene->result->machine;
    int known = 0;
    free(figures->shares);
    figures->shares = NULL;
    figures->cpu_count = machine->cpu_count;
    figures->online_cpus = machine->online_cpus;
    if (!scene->loads)
        return;
    figures->shares = memory_new(figures->cpu_count, sizeof *figures->shares);
    for (size_t i = 0; i < figures->cpu_count; i++) {
        figures->shares[i] = scene->loads[i].busy;
        known += scene->loads[i].busy >= 0;
    }
    if (known > 0)
        figures->online_cpus = known;
    else
        figures->busy_cpus = -1;
}

/* A replay's time is another than the user's: where it runs fast, numbers that are held
 * would be those of long ago. */
static bool are_fresh(
    const struct figures *figures, const struct scene *scene, int64_t now_ns)
{
    const int64_t hold_ns = HOLD_MS * NS_PER_MS;
    return figures->held_ns > 0 && now_ns - figures->held_ns < hold_ns &&
           llabs(scene->elapsed_ns - figures->elapsed_ns) < hold_ns;
}

void figures_take(struct figures *figures, const struct scene *scene, int64_t now_ns)
{
    bool new_loads = scene->loads && !figures->shares;
    if (are_fresh(figures, scene, now_ns) && figures->stage == scene->stage &&
        figures->phase == scene->phase && !new_loads &&
        figures->cpu_count == scene->result->machine.cpu_count)
        return;
    figures->elapsed_ns = scene->elapsed_ns;
    figures->left_ns = left_of(scene);
    figures->done = scene->done;
    figures->failed = scene->failed;
    figures->busy_cpus = scene->busy_cpus;
    figures->own_cpus = scene->own_cpus;
    figures->held_ns = now_ns;
    figures->stage = scene->stage;
    figures->phase = scene->phase;
    take_shares(figures, scene);
}

void figures_finish(struct figures *figures)
{
    free(figures->shares);
    *figures = (struct figures){0};
}
