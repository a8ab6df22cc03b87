// SPDX-License-Identifier: MIT
#pragma once
/* What is shown of a running experiment: its scene, kept up to date. */
#include "experiment/sampler.h"
#include "experiment/scene.h"
#include "experiment/stage.h"

struct show {
    struct scene scene;
    struct scene_worker *workers; /* of a stage that is over; owned */
};

void show_init(struct show *show, const struct result *result, enum scene_phase phase);
void show_finish(struct show *show);

/* Brings the scene up to now: the machine, and the stage where one runs (or NULL). */
void show_update(
    struct show *show, const struct sampler *sampler, const struct stage *stage);

/* The stage that is last in the result is next. */
void show_open_stage(struct show *show, int64_t expected_ns);

/* It is over and its result there, or it was taken out of the result again. */
void show_close_stage(struct show *show);
