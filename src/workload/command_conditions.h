// SPDX-License-Identifier: MIT
#pragma once
/* What a start waits for: a time since the last one, a lower load, memory. */
#include "workload/command_inside.h"

/* Waits until a command may be started.  Returns 0, or -ECANCELED as soon as this worker
 * may begin nothing more. */
int command_conditions_wait(
    const struct command *command, const struct workload_place *place);
