// SPDX-License-Identifier: MIT
#pragma once
/* Finding processes by what is in their environment, wherever they went. */
#include <stddef.h>
#include <sys/types.h>

/* The living processes whose environment has `mark` ("NAME=value"): fills up to `room`,
 * returns how many there are. */
size_t processes_marked(const char *mark, size_t room, pid_t pids[]);
