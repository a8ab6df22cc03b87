// SPDX-License-Identifier: MIT
#pragma once
/* The two spools of a worker, for what its tasks put out: all its processes have them. */

/* Creates those that are -1.  Returns 0 or -errno. */
int spools_open(int spools[2]);

/* Closes those that are not -1. */
void spools_close(const int spools[2]);
