// SPDX-License-Identifier: MIT
#include "experiment/timeouts.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"

/* How far the ending of a worker's task is. */
struct step {
    int64_t begun_ns; /* which task that is, or which attempt at it */
    int next;         /* step of the plan's ending */
    int64_t due_ns;   /* of the stage's time */
};

struct timeouts {
    const struct plan *plan;
    struct loop *events;
    const struct stage *stage;
    struct watch *timer;
    int64_t median_ns;
    int room;
    struct step *steps; /* by worker */
};

/* What a task may take; 0: that is not known yet. */
static int64_t limit_of(const struct timeouts *timeouts)
{
    const struct plan *plan = timeouts->plan;
    if (plan->timeout_ns > 0)
        return plan->timeout_ns;
    return (int64_t)((double)timeouts->median_ns * plan->timeout_percent / 100);
}

/* Ends what one worker does if that is due.  Returns when to look at it again, in the
 * stage's time; INT64_MAX: there is nothing more to do. */
static int64_t look_at(struct timeouts *timeouts, int worker, int64_t now_ns)
{
    const struct plan_ending *ending = &timeouts->plan->ending;
    struct pool *pool = stage_pool(timeouts->stage);
    struct step *step = &timeouts->steps[worker];
    struct pool_view view = pool_view(pool, worker);
    if (view.index < 0 || view.begun_ns == 0)
        return INT64_MAX;
    if (view.begun_ns != step->begun_ns)
        *step = (struct step){.begun_ns = view.begun_ns};
    if (step->next == 0)
        step->due_ns = stage_time(timeouts->stage, view.begun_ns) + limit_of(timeouts);
    while (step->next < ending->step_count && step->due_ns <= now_ns) {
        const struct plan_ending_step *now = &ending->steps[step->next++];
        if (!pool_end_task(pool, worker, view.index, now->signal))
            return INT64_MAX;
        step->due_ns = now_ns + now->pause_ns;
    }
    return step->next < ending->step_count ? step->due_ns : INT64_MAX;
}

/* Looks at all workers, and has itself called again when the next one may be due: no task
 * that is begun from now on can be before the limit has passed. */
static void look(void *data)
{
    struct timeouts *timeouts = data;
    int64_t now_ns = stage_now(timeouts->stage);
    int64_t next_ns = now_ns + limit_of(timeouts);
    int count = stage_workers(timeouts->stage);
    loop_unwatch(timeouts->timer);
    timeouts->timer = NULL;
    for (int i = 0; i < count && i < timeouts->room; i++) {
        int64_t due_ns = look_at(timeouts, i, now_ns);
        next_ns = due_ns < next_ns ? due_ns : next_ns;
    }
    int64_t pause_ns = next_ns - now_ns;
    loop_watch_timer(timeouts->events, pause_ns > NS_PER_MS ? pause_ns : NS_PER_MS, look,
        timeouts, &timeouts->timer);
}

struct timeouts *timeouts_create(
    const struct plan *plan, struct loop *events, const struct stage *stage, int room)
{
    if (plan->timeout_ns == 0 && plan->timeout_percent == 0)
        return NULL;
    struct timeouts *timeouts = memory_new(1, sizeof *timeouts);
    *timeouts = (struct timeouts){.plan = plan,
        .events = events,
        .stage = stage,
        .room = room,
        .steps = memory_new((size_t)room, sizeof *timeouts->steps)};
    if (limit_of(timeouts) > 0)
        look(timeouts);
    return timeouts;
}

void timeouts_destroy(struct timeouts *timeouts)
{
    if (!timeouts)
        return;
    loop_unwatch(timeouts->timer);
    free(timeouts->steps);
    free(timeouts);
}

void timeouts_set_median(struct timeouts *timeouts, int64_t median_ns)
{
    bool is_shorter = median_ns < timeouts->median_ns;
    timeouts->median_ns = median_ns;
    bool by_median = timeouts->plan->timeout_ns == 0;
    if (limit_of(timeouts) > 0 && (!timeouts->timer || (by_median && is_shorter)))
        look(timeouts);
}
