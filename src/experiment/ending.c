// SPDX-License-Identifier: MIT
#include "experiment/ending.h"

#include <signal.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"

struct ending {
    const struct plan_ending *steps;
    struct loop *events;
    struct stage *stage;
    struct watch *timer;
    int next; /* step */
};

static void take_step(void *data)
{
    struct ending *ending = data;
    const struct plan_ending_step *step = &ending->steps->steps[ending->next++];
    int64_t pause_ns = step->pause_ns > 0 ? step->pause_ns : NS_PER_MS;
    loop_unwatch(ending->timer);
    ending->timer = NULL;
    stage_end_tasks(ending->stage, step->signal);
    if (ending->next == ending->steps->step_count)
        return;
    if (loop_watch_timer(ending->events, pause_ns, take_step, ending, &ending->timer) < 0)
        stage_end_tasks(ending->stage, SIGKILL);
}

struct ending *ending_create(
    const struct plan_ending *steps, struct loop *events, struct stage *stage)
{
    struct ending *ending = memory_new(1, sizeof *ending);
    *ending = (struct ending){.steps = steps, .events = events, .stage = stage};
    if (steps->step_count > 0)
        take_step(ending);
    else
        stage_end_tasks(stage, SIGKILL);
    return ending;
}

void ending_destroy(struct ending *ending)
{
    if (!ending)
        return;
    loop_unwatch(ending->timer);
    free(ending);
}
