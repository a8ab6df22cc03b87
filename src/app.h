// SPDX-License-Identifier: MIT
#pragma once
/* The wiring: from options to an exit status. */
#include "options/options.h"

/* Does what the options say.  Returns the exit status (status.h), with `fault` filled
 * where it is not a success and something is to be said; *ret_signal is the signal to end
 * with, or 0. */
int app_run(const struct options *options, int *ret_signal, struct fault *fault);
