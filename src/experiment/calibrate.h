// SPDX-License-Identifier: MIT
#pragma once
/* Calibration: how long a task takes, from a few tasks run before the first stage. */
#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/loop.h"
#include "experiment/timeline.h"
#include "pool/pool.h"
#include "workload/workload.h"

struct calibrate_setup {
    const struct workload_job *job;
    int64_t tasks;    /* of the loop; they are picked from all over it */
    int64_t limit_ns; /* gives up after that */
    struct loop *events;
    const struct timeline *timeline; /* of the run: suspensions do not count */
    const bool *is_stopped;          /* it is all to end now */
    struct pool **ret_pool; /* set while one is running, so that a signal can stop it */
};

/* The mean time of a task, by one worker.  Returns 0 or -errno with `fault` filled;
 * *ret_task_ns is 0 if not one task ended within the limit. */
int calibrate(
    const struct calibrate_setup *setup, double *ret_task_ns, struct fault *fault);
