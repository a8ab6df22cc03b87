// SPDX-License-Identifier: MIT
#pragma once
/* Patience with files that may be slow: for how long they are read, and which of them
 * took too long.  Under load, or a quota, it is us who were kept waiting for a CPU: that
 * time is no fault of a file's. */
#include <stdbool.h>
#include <stdint.h>

struct patience {
    int64_t end_ns;
    int64_t delay_ns; /* for which we have waited for a CPU so far */
};

/* From now on, for so long. */
struct patience patience_begin(int64_t budget_ns);

bool patience_is_over(const struct patience *patience);

/* Whether a file that was asked at `began_ns` (monotonic) took more than 2 ms. */
bool patience_was_tried(struct patience *patience, int64_t began_ns);
