// SPDX-License-Identifier: MIT
#pragma once
/* How long a process waited for a CPU although it could run: its run-queue delay, second
 * field of /proc/PID/schedstat, Documentation/scheduler/sched-stats. */
#include <stdint.h>

/* Opens where that of a process ("self" or a pid) can be read; -1 where the kernel does
 * not tell. */
int delay_open(const char *process);

/* What it is there; -1 where nothing is kept.  `fd` may be -1. */
int64_t delay_read_ns(int fd);

/* Both, once. */
int64_t delay_of_ns(const char *process);
