// SPDX-License-Identifier: MIT
#pragma once
/* What runs once in each worker before its first task (--init). */
#include "workload/command_inside.h"

/* For ops->warm: runs it where this worker has not done so yet, in this process or in one
 * before it.  Returns 0, or -ECHILD if it failed, now or before: the worker is of no use
 * then, and the first such failure is kept in command->trouble. */
int command_init_warm(struct workload_place *place);

/* Says how it failed, if it did. */
bool command_init_tell(const struct command_trouble *trouble, struct fault *fault);
