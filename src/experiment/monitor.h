// SPDX-License-Identifier: MIT
#pragma once
/* The monitor: the machine is looked at while nothing of ours is run. */
#include <stdbool.h>
#include <stdint.h>

#include "base/file.h"
#include "base/loop.h"
#include "experiment/experiment.h"

struct monitor_setup {
    struct loop *events;
    const struct root *root;
    int64_t period_ns;                          /* between two samples */
    const struct experiment_observer *observer; /* its `sampled` is called */
};

/* Samples the machine of `result` until *done, into a new stage of the kind
 * RESULT_WATCHED.  Returns 0 or -errno with `fault` filled; the stage is there and sound
 * unless it could not even begin. */
int monitor_run(const struct monitor_setup *setup, struct result *result,
    const bool *done, struct fault *fault);
