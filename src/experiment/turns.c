// SPDX-License-Identifier: MIT
#include "experiment/turns.h"

static int kinds_of_stage(const struct plan *plan)
{
    switch (plan->command) {
    case PLAN_RUN:
        return 2;
    case PLAN_SWEEP:
        return (int)plan->point_count;
    case PLAN_VERSUS:
        return (int)plan->program_count;
    default:
        return 1;
    }
}

int turns_count(const struct plan *plan)
{
    return (plan->warmups + plan->repeats) * kinds_of_stage(plan);
}

struct turn turns_at(const struct plan *plan, int place)
{
    int kinds = kinds_of_stage(plan), repeat = place / kinds, kind = place % kinds;
    bool warmup = repeat < plan->warmups;
    repeat -= warmup ? 0 : plan->warmups;
    if (repeat % 2 == 1)
        kind = kinds - 1 - kind;
    struct turn turn = {
        .sequential = plan->program_count > 0 || (plan->command != PLAN_MAP && kind == 0),
        .last = place + 1 == turns_count(plan),
        .workers = plan->workers,
        .warmup = warmup,
        .repeat = repeat};
    if (plan->program_count > 0)
        turn.program = kind;
    if (plan->command == PLAN_SWEEP)
        turn.workers = plan->points[kind];
    if (turn.sequential)
        turn.workers = 1;
    return turn;
}
