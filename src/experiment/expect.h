// SPDX-License-Identifier: MIT
#pragma once
/* What a stage is expected to take. */
#include "experiment/result.h"
#include "experiment/scene.h"

/* A time that was computed, as one that has room: files may say anything. */
int64_t expect_bounded_ns(double time_ns);

/* The time of a stage of that kind with so many workers: that of one like it, or from the
 * sequential stage, or before that from the mean time of a task (0: not known).  0 where
 * nothing is known. */
int64_t expect_stage_ns(const struct result *result, enum result_stage_kind kind,
    int workers, double task_ns);

/* The same of a stage that has just been opened: a whole program takes as long as the
 * last time that it was run. */
int64_t expect_opened_ns(
    const struct result *result, const struct result_stage *stage, double task_ns);

/* The time of the scene's whole stage: at the speed so far, and before the first task has
 * ended as it was expected; 0 where nothing is known. */
int64_t expect_whole_ns(const struct scene *scene);
