// SPDX-License-Identifier: MIT
#pragma once
/* An experiment: the order of events from a plan to a result.  It looks whether the
 * machine is quiet, settles what the plan left open, runs the stages, and compares them.
 */
#include <stdbool.h>
#include <stdint.h>

#include "experiment/result.h"
#include "experiment/scene.h"
#include "experiment/setup.h"

struct experiment;

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

/* Of a loop of the user's own: begins nothing more, and waits for what is under way; no
 * stage follows.  At once where none runs. */
void experiment_close(struct experiment *experiment);

/* Ends what is under way by the plan's signals, then the experiment, because of `signal`
 * or 0; at once where nothing is under way or it cannot be ended gently. */
void experiment_end(struct experiment *experiment, int signal);

/* Ends the sequential stage after the task in hand; the rest of it is projected. */
void experiment_sample(struct experiment *experiment);

/* So many workers more, or fewer, while a parallel stage of such a loop runs. */
void experiment_add_workers(struct experiment *experiment, int by);

/* Stops the workers, then this whole process until SIGCONT, and goes on; at once where no
 * shell could send that.  SIGTSTP must be blocked, and its action the default one. */
void experiment_suspend(struct experiment *experiment);
