// SPDX-License-Identifier: MIT
#pragma once
/* The last scene, kept with all that it points to, so that it can be drawn again at any
 * time; with its numbers and the axis of time. */
#include "model/axis.h"
#include "ui/figures.h"

struct kept {
    struct scene scene; /* its result NULL: none yet */
    struct figures figures;
    struct axis axis; /* end_ns 0: not known yet */
    struct load_share *loads;
    struct scene_worker *workers;
};

/* Keeps a scene; `now_ns` is monotonic.  The axis is fixed from the start by what the
 * first stage is expected to take; it becomes twice as long if that was wrong, never
 * slides. */
void kept_take(struct kept *kept, const struct scene *scene, int64_t now_ns);

void kept_finish(struct kept *kept);
