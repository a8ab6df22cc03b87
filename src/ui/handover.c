// SPDX-License-Identifier: MIT
#include "ui/handover.h"

bool handover_is_possible(const struct experiment *experiment, const struct scene *scene)
{
    return experiment && scene->result && scene->result->plan.tells &&
           scene->result->plan.command == PLAN_MAP;
}

void handover_begin(struct handover *handover, const struct scene *scene)
{
    handover->done = true;
    handover->lines = plain_observer_from(&handover->plain, stderr, scene);
}

void handover_started(struct handover *handover, const struct scene *scene)
{
    if (handover->done)
        handover->lines.stage_started(handover->lines.data, scene);
}

void handover_sampled(struct handover *handover, const struct scene *scene)
{
    if (handover->done)
        handover->lines.sampled(handover->lines.data, scene);
}

void handover_ended(struct handover *handover, const struct scene *scene)
{
    if (handover->done)
        handover->lines.stage_ended(handover->lines.data, scene);
}

bool handover_obey(struct experiment *experiment, enum choice_action action)
{
    switch (action) {
    case CHOICE_CLOSE:
        experiment_close(experiment);
        return true;
    case CHOICE_END:
        experiment_end(experiment, 0);
        return true;
    case CHOICE_MORE:
    case CHOICE_FEWER:
        experiment_add_workers(experiment, action == CHOICE_MORE ? 1 : -1);
        return true;
    case CHOICE_SAMPLE:
        experiment_sample(experiment);
        return true;
    default:
        return false;
    }
}
