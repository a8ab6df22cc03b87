// SPDX-License-Identifier: MIT
#pragma once
/* What a result means for whoever asked for it: the exit status. */
#include <stdbool.h>

#include "experiment/result.h"

/* Every stage came to its end. */
bool outcome_is_whole(const struct result *result);

/* The exit status (status.h); that of the program where one was watched.  Remarks in the
 * result what was computed wrongly. */
int outcome_status(struct result *result);
