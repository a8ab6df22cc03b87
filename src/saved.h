// SPDX-License-Identifier: MIT
#pragma once
/* What was saved: a result again, the checks of many machines in a table, or the log of a
 * run. */
#include "base/fault.h"
#include "options/options.h"

/* Shows the files of the options.  Returns the exit status, with `fault` filled where
 * something is to be said; *ret_signal is the signal to end with, or 0. */
int saved_show(const struct options *options, int *ret_signal, struct fault *fault);
