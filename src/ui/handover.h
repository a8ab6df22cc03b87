// SPDX-License-Identifier: MIT
#pragma once
/* From the screen to plain lines in the middle of a run: a loop of the user's own that
 * gets done outlives its screen. */
#include "ui/choice.h"
#include "ui/plain.h"

struct handover {
    bool done;
    struct plain plain;
    struct experiment_observer lines;
};

/* Whether work gets done that outlives the screen: `map` of a loop of the user's own. */
bool handover_is_possible(const struct experiment *experiment, const struct scene *scene);

/* From this scene on what happens is said on standard error. */
void handover_begin(struct handover *handover, const struct scene *scene);

/* What happens, passed on if it is done. */
void handover_started(struct handover *handover, const struct scene *scene);
void handover_sampled(struct handover *handover, const struct scene *scene);
void handover_ended(struct handover *handover, const struct scene *scene);

/* What a key asks of such a loop, the handing over itself left out.  False if it is
 * something else. */
bool handover_obey(struct experiment *experiment, enum choice_action action);
