// SPDX-License-Identifier: MIT
#pragma once
/* The order in which an experiment's stages are run. */
#include <stdbool.h>

#include "experiment/plan.h"

struct turn {
    bool sequential, last;
    int workers; /* 1 in the sequential stage */
    int program; /* of several whole ones; else 0 */
    bool warmup; /* of a program: this run is thrown away */
    int repeat;
};

/* How many there are, for a plan that is settled. */
int turns_count(const struct plan *plan);

/* The one in that place.  What is compared is interleaved: each repeat has all kinds of
 * stage (sequential and parallel; of a sweep every point; every whole program), in rising
 * order, every second one the other way round (ABBA).  What drifts with time then falls
 * on all alike. */
struct turn turns_at(const struct plan *plan, int place);
