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
    const struct experiment_observer *observer; /* its `planned` and `sampled` are called;
                                                   `sampled` at least every 100 ms */
};

struct monitor;

/* Samples the machine of `result` until *done, into a new stage of the kind
 * RESULT_WATCHED.  *ret_monitor is set while it runs, for the call below, NULL after.
 * Returns 0 or -errno with `fault` filled; the stage is there and sound unless it could
 * not even begin. */
int monitor_run(const struct monitor_setup *setup, struct result *result,
    const bool *done, struct monitor **ret_monitor, struct fault *fault);

/* Stops this process as experiment_suspend() does; the time until it goes on is in no
 * share and no time of the stage. */
void monitor_suspend(struct monitor *monitor);
