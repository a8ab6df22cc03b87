// SPDX-License-Identifier: MIT
#pragma once
/* The processes of a whole program, as a screen names them. */
#include <stddef.h>

#include "machine/family.h"

/* Who runs on a CPU: "python3 4711"; of several "3 threads"; "" of none. */
void processes_on_cpu(const struct family *family, int cpu, size_t size, char text[]);

/* "6 processes", "6 proc., 9 threads": what fits beside a picture. */
void processes_count(int processes, int threads, size_t size, char text[]);
