// SPDX-License-Identifier: MIT
#include "experiment/turns.h"

static int kinds_of_stage(const struct plan *plan)
{
    switch (plan->command) {
    case PLAN_RUN:
        return 2;
    case PLAN_SWEEP:
        return (int)plan->point_count;
    default:
        return 1;
    }
}

int turns_count(const struct plan *plan)
{
    return plan->repeats * kinds_of_stage(plan);
}

struct turn turns_at(const struct plan *plan, int place)
{
    int kinds = kinds_of_stage(plan), repeat = place / kinds, kind = place % kinds;
    if (repeat % 2 == 1)
        kind = kinds - 1 - kind;
    struct turn turn = {.sequential = plan->command != PLAN_MAP && kind == 0,
        .last = place + 1 == turns_count(plan),
        .workers = plan->workers,
        .repeat = repeat};
    if (plan->command == PLAN_SWEEP)
        turn.workers = plan->points[kind];
    if (turn.sequential)
        turn.workers = 1;
    return turn;
}
