// SPDX-License-Identifier: MIT
#pragma once
/* The wiring: from options to an exit status. */
#include "options.h"

/* DESIGN of the exit status: the same for every command. */
enum app_status {
    APP_DONE = 0,
    APP_UNSUCCESSFUL = 1, /* a task failed, or the machine computed wrongly */
    APP_WRONG_INPUT = 2,
    APP_REFUSED = 3, /* by the system */
};

/* The exit status that a fault means. */
int app_status_of(const struct fault *fault);

/* Does what the options say.  Returns the exit status, with `fault` filled where it is
 * not a success and something is to be said; *ret_signal is the signal to end with, or 0.
 */
int app_run(const struct options *options, int *ret_signal, struct fault *fault);
