// SPDX-License-Identifier: MIT
#pragma once
/* Labels side by side in one row, each as near as can be to what it names. */
#include <stdbool.h>
#include <stddef.h>

struct label {
    double wish; /* where it would begin */
    double size;
    double at; /* where it does */
};

/* Moves labels, which are by rising wish, to the right until none comes nearer than
 * `between` to the one before it, then back from the row's end at `width`, where the last
 * one ends.  False where that is not enough. */
bool labels_spread(size_t count, struct label labels[], double width, double between);
