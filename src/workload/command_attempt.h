// SPDX-License-Identifier: MIT
#pragma once
/* One process from its start to its end: its output taken, its group ended with it. */
#include "base/spawn.h"
#include "workload/command_capture.h"
#include "workload/workload.h"

struct command_attempt {
    struct spawn_setup spawn; /* its output and errors are set here */
    struct command_capture *capture;
    const int *spools;              /* two */
    const _Atomic uint32_t *closed; /* how far the pool is */
};

/* Once in each process that makes attempts. */
void command_attempt_prepare(void);

/* Starts it and waits for its end.  Fills the outcome but for `attempts` and `timed_out`;
 * what could not be started has an `error`. */
void command_attempt_run(
    const struct command_attempt *attempt, struct workload_outcome *outcome);
