// SPDX-License-Identifier: MIT
#pragma once
/* The child side of the pool: takes tasks until there are none, stamps them, leaves. */
#include "pool/worker_setup.h"

/* Takes and runs tasks in the calling process until there are none left, or max_tasks
 * are done, going on with the open record in its slot.  `own` is what was warmed up.
 * Returns the exit status. */
int worker_work(const struct worker_setup *setup, void *own);
