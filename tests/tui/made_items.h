// SPDX-License-Identifier: MIT
#pragma once
/* A loop of the user's own in the middle of a night, made by hand. */
#include "experiment/scene.h"

enum { MADE_WORKERS_MAX = 512 };

struct made_items {
    struct scene_items items;
    struct scene_worker workers[MADE_WORKERS_MAX];
};

/* Makes the plan of a recorded result one of `map` over 300 files. */
void made_items_plan(struct plan *plan);

/* Makes a scene of that result one of 56 minutes later, with items and workers that are
 * borrowed from `made`; `word` is what is special: "" nothing, "reading", "closing",
 * "warning", "start", "few" (of no failures), "failing" (many, and the log has a long
 * name), "stage" (items of a stage that stays as it is). */
void made_items_scene(struct scene *scene, struct made_items *made, const char *word);
