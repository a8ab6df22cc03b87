// SPDX-License-Identifier: MIT
#pragma once
/* An experiment: the order of events from a plan to a result.  It looks whether the
 * machine is quiet, settles what the plan left open, runs the stages, and compares them.
 */
#include <stdint.h>

#include "base/file.h"
#include "base/loop.h"
#include "experiment/result.h"

struct experiment;

/* How a running stage stands. */
struct experiment_view {
    const struct result *result;
    const struct result_stage *stage;
    int64_t elapsed_ns;
    int64_t expected_ns; /* what this stage is expected to take; 0: not known */
    int64_t done, failed;
    double busy_cpus; /* of the whole machine, over about the last 500 ms */
};

/* Told what happens, as it happens; every member may be NULL.  Must not keep the
 * pointers. */
struct experiment_observer {
    void *data;
    void (*planned)(void *data, const struct result *result);
    void (*stage_started)(void *data, const struct experiment_view *view);
    void (*sampled)(void *data, const struct experiment_view *view);
    void (*stage_ended)(void *data, const struct experiment_view *view);
};

struct experiment_setup {
    struct loop *events;
    const struct root *root;
    const struct experiment_observer *observer;
};

/* Prepares an experiment on a result that holds the machine and the plan; borrows all. */
struct experiment *experiment_create(
    const struct experiment_setup *setup, struct result *result);
void experiment_destroy(struct experiment *experiment); /* NULL is fine */

/* Checks the plan against what can be run, without running anything.  Returns 0 or
 * -EINVAL with `fault` filled. */
int experiment_check(struct experiment *experiment, struct fault *fault);

/* Runs it to the end, or until experiment_stop().  Returns 0 or -errno with `fault`
 * filled; the result then holds what was measured before. */
int experiment_run(struct experiment *experiment, struct fault *fault);

/* Ends it at once because of `signal`; called from a callback of the event loop. */
void experiment_stop(struct experiment *experiment, int signal);

/* The signal it was stopped by, 0 if it was not. */
int experiment_stopped_by(const struct experiment *experiment);

/* Stops the workers, then this whole process until SIGCONT, and goes on; at once where no
 * shell could send that.  SIGTSTP must be blocked, and its action the default one. */
void experiment_suspend(struct experiment *experiment);
