// SPDX-License-Identifier: MIT
#pragma once
/* An experiment: the order of events from a plan to a result.  It looks whether the
 * machine is quiet, settles what the plan left open, runs the stages, and compares them.
 */
#include <stdbool.h>
#include <stdint.h>

#include "base/file.h"
#include "base/loop.h"
#include "experiment/result.h"
#include "experiment/scene.h"

struct experiment;

/* Told what happens, as it happens; every member may be NULL.  A scene is borrowed: it
 * and all in it changes with the next call. */
struct experiment_observer {
    void *data;

    /* The plan is settled, the first stage is next. */
    void (*planned)(void *data, const struct result *result);

    void (*stage_started)(void *data, const struct scene *scene);

    /* Every plan.interval_ns, and at least every 100 ms, from the first look at the
     * machine to the end of the last stage, whatever the phase. */
    void (*sampled)(void *data, const struct scene *scene);

    /* In the phase SCENE_BETWEEN; SCENE_ENDED if no other follows, and then the
     * comparison is there. */
    void (*stage_ended)(void *data, const struct scene *scene);

    /* Asked before every stage but the first: true to wait for experiment_go_on(). */
    bool (*before_stage)(void *data, const struct scene *scene);
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

/* Checks the plan against what can be run, without running anything, and gives a sweep
 * its points where none were asked for.  Returns 0 or
 * -EINVAL with `fault` filled. */
int experiment_check(struct experiment *experiment, struct fault *fault);

/* Runs it to the end, or until experiment_stop().  Returns 0 or -errno with `fault`
 * filled; the result then holds what was measured before. */
int experiment_run(struct experiment *experiment, struct fault *fault);

/* Ends the wait that before_stage() has asked for, from a callback of the event loop or
 * from itself. */
void experiment_go_on(struct experiment *experiment);

/* Ends it at once with what was measured so far: because of `signal`, or 0 where the user
 * wishes so.  Called from a callback of the event loop. */
void experiment_stop(struct experiment *experiment, int signal);
bool experiment_is_stopped(const struct experiment *experiment);

/* The scene of the last callback, for whoever wants to draw again; before there was one,
 * what comes first; SCENE_ENDED after experiment_run() that brought a comparison or was
 * stopped. */
const struct scene *experiment_scene(const struct experiment *experiment);

/* Brings the records of the running stage up to what its workers have completed so far;
 * does nothing when none runs.  Takes some ms where there are thousands. */
void experiment_collect_records(struct experiment *experiment);

/* Stops the workers, then this whole process until SIGCONT, and goes on; at once where no
 * shell could send that.  SIGTSTP must be blocked, and its action the default one. */
void experiment_suspend(struct experiment *experiment);
