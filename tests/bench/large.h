// SPDX-License-Identifier: MIT
#pragma once
/* Large results made up for measurements: the same loop one after the other and in
 * parallel. */
#include <stdint.h>

#include "experiment/result.h"

struct large {
    const char *name; /* for a table */
    int cpus, samples;
    int64_t sample_ms;
    int records;
    int64_t tasks;
    int workers; /* of the parallel stage */
};

/* Caller finishes it. */
void large_make(const struct large *kind, struct result *ret_result);
