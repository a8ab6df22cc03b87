// SPDX-License-Identifier: MIT
#pragma once
/* The command line that options came from, as it can be typed again. */
#include "options/options.h"

/* "parfor run factorial -n 15", quoted for a shell; "parfor" without a command.  Caller
 * frees. */
char *command_typed(const struct options *options);
