// SPDX-License-Identifier: MIT
#pragma once
/* A stage's samples brought onto columns of equal time, for a picture of any width. */
#include <stddef.h>
#include <stdint.h>

#include "experiment/result.h"

struct history_setup {
    const struct result_stage *stage;
    int64_t until_ns;  /* samples after that are left out */
    int64_t column_ns; /* of stage time per column, the first from 0 on; above 0 */
    size_t columns;
    size_t groups;
    const int *group_of; /* per CPU of the stage the group that it belongs to; -1: none */
    unsigned modes; /* 1 << RESULT_... of what is summed up; 0: of all that is work */
};

/* The mean busy share of a group's CPUs in a column, 0…1; negative where there is no
 * data. Column `c` of group `g` is element g * columns + c.  Caller frees. */
float *history_shares(const struct history_setup *setup);
