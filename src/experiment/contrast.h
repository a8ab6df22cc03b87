// SPDX-License-Identifier: MIT
#pragma once
/* What two results come to beside each other, in sentences: their speed-ups, and, of the
 * same loop only, how many times as fast one was as the other. */
#include <stdbool.h>
#include <stddef.h>

#include "experiment/result.h"

/* Both ran the same loop: the same workload of the same size with as many tasks. */
bool contrast_is_same_loop(const struct result *one, const struct result *other);

/* "64 CPUs: 51.2 times as fast; 2 CPUs: 1.97 times as fast.  The same loop took 12.3 s on
 * 2 CPUs and 0.90 s on 64 CPUs: 13.7 times as fast.", "…  The loops differ, so their
 * times are not compared."  Nor are those of loops in which tasks failed. */
void contrast_describe(const struct result *const results[2], size_t size, char text[]);
