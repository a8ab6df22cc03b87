// SPDX-License-Identifier: MIT
#pragma once
/* The check: does this machine have the CPUs that it says it has, at speed, and right?
 * It runs the parts of enum check_part one after the other, and has `judge` say what
 * follows. */
#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "experiment/check_setup.h"
#include "experiment/scene.h"

struct check;

/* How long the plan's check of this machine takes, about. */
int64_t check_expected_ns(const struct plan *plan, const struct machine *machine);

/* Says which machine that is, for what is shown before anything else is known of it: its
 * name in its network, none of a simulated one. */
void check_find_host(struct result *result);

/* Checks the machine of `result` (complete) by its plan, into result->check and one stage
 * of the kind RESULT_WATCHED, until it is over or *done.  *ret_check is set while it
 * runs, for the calls below, NULL after.  Returns 0 or -errno with `fault` filled where
 * it could not even begin; what could not be measured is a finding. */
int check_run(const struct check_setup *setup, struct result *result, const bool *done,
    struct check **ret_check, struct fault *fault);

/* Stops this process as experiment_suspend() does; speeds are not judged then. */
void check_suspend(struct check *check);
