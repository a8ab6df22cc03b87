// SPDX-License-Identifier: MIT
#pragma once
/* From measured stages to a replay: what their tasks took, and what starting, handing out
 * and renewing cost. */
#include "experiment/predict.h"
#include "experiment/result.h"

/* Sets up the replay of `parallel` as it was run.  The tasks' times are those of its own
 * records where it has one for each task and a CPU for each worker, else those of
 * `sequential` in proportion.  The profile is the caller's to finish; `setup` borrows it.
 */
void predict_stage_init(const struct result *result,
    const struct result_stage *sequential, const struct result_stage *parallel,
    struct predict_profile *profile, struct predict_setup *setup);

/* What the tasks took in the sequential stage. */
void predict_stage_sequential(const struct result *result,
    const struct result_stage *sequential, struct predict_profile *profile);

/* The schedule of a plan, and the chunk that it takes where none is asked for. */
const struct schedule_ops *predict_stage_schedule(const struct plan *plan);
int64_t predict_stage_chunk(const struct result *result,
    const struct result_stage *sequential, const struct schedule_ops *schedule,
    const struct schedule_loop *loop);
