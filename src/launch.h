// SPDX-License-Identifier: MIT
#pragma once
/* The launcher's rounds: the form, a run, the form again with one result more; or, in
 * plain lines, questions and answers. */
#include <stdbool.h>

#include "base/fault.h"
#include "experiment/result.h"
#include "options/options.h"

/* Whether there is somebody to ask: standard input and output are a terminal. */
bool launch_is_possible(const struct options *options);

/* How it begins and ends. */
struct launch_round {
    const struct options *from; /* what the form begins with; NULL: as it was left */
    struct result *found; /* what that has found, printed already; moved; NULL: nothing */
    int signal;           /* set: the signal to end with; 0: none */
};

/* Runs it by the options that are not of a loop (the simulated machine, the colours …).
 * Returns the exit status, with `fault` filled where something is to be said. */
int launch_run(
    const struct options *options, struct launch_round *round, struct fault *fault);
