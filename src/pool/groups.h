// SPDX-License-Identifier: MIT
#pragma once
/* Process groups that are being ended. */
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Whether any process of these groups is still there; 0 is no group.  Corpses that nobody
 * has buried yet do not count: some containers let them lie for seconds, or for ever. */
bool groups_are_alive(size_t count, const pid_t groups[]);
