// SPDX-License-Identifier: MIT
#pragma once
/* Whether there is memory for as many tasks at a time as there are workers. */
#include <stddef.h>
#include <stdint.h>

/* What the kernel says can be had without swapping (MemAvailable of /proc/meminfo); -1:
 * not known. */
int64_t headroom_available_bytes(void);

/* "12 workers x 3.1 GB are more than the 16 GB free: -j 5 would fit", where so many
 * processes like the largest so far need more than was free before them; else "". */
void headroom_warn(
    int workers, int64_t peak_bytes, int64_t available_bytes, size_t size, char text[]);
