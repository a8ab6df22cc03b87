// SPDX-License-Identifier: MIT
#pragma once
/* A session: one experiment, or a look at the machine, with its face (the screen, or
 * plain lines), its signals, and what it leaves behind. */
#include "base/fault.h"
#include "options.h"

/* Runs the plan of the options.  Returns the exit status, with `fault` filled where
 * something is to be said; *ret_signal is the signal to end with, or 0. */
int session_run(const struct options *options, int *ret_signal, struct fault *fault);
