// SPDX-License-Identifier: MIT
#pragma once
/* The past: a result as it was while its experiment still ran. */
#include <stdint.h>

#include "experiment/result.h"

struct past {
    const struct result *of; /* the whole one; borrowed */
    struct result result;    /* shares what it can with that */
    int stage;               /* the last one that it has, … */
    bool over;               /* … which is over; else it runs */
};

void past_init(struct past *past, const struct result *of);
void past_finish(struct past *past);

/* As it was at a time of a stage: what had not been measured by then is not in it, but
 * for the rest of the sample under way, and the stage's records and moves, which tell by
 * their times when they came.  Borrowed until the next call. */
const struct result *past_at(struct past *past, int stage, int64_t t_ns);

/* As it was right after a stage that another one followed. */
const struct result *past_after(struct past *past, int stage);
