// SPDX-License-Identifier: MIT
#pragma once
/* A replay: the scenes of an experiment that is over, made from its result. */
#include <stdint.h>

#include "experiment/scene.h"

struct replay;

/* Borrows the result, which must not change meanwhile. */
struct replay *replay_create(const struct result *result);
void replay_destroy(struct replay *replay); /* NULL is fine */

/* The scene at a time of a stage, 0 to its elapsed_ns; stage_count stands for the end of
 * it all.  Borrowed until the next call. */
const struct scene *replay_at(struct replay *replay, int stage, int64_t t_ns);

/* The scene between a stage and the next one; borrowed likewise. */
const struct scene *replay_after(struct replay *replay, int stage);

/* What each worker of a stage that is over did at a time of it: `workers` has room for
 * stage->worker_count. */
void replay_workers(
    const struct result_stage *stage, int64_t t_ns, struct scene_worker workers[]);
