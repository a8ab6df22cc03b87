// SPDX-License-Identifier: MIT
#pragma once
/* A sequential stage that was ended after some of its tasks: what all of them would have
 * taken, were the others like those. */
#include <stddef.h>
#include <stdint.h>

#include "experiment/result.h"

/* Makes the stage one of all `tasks`, if some were done but not all: elapsed_ns is
 * projected, measured_ns what it was.  Account, CPUs and tasks stay those of the part. */
void projection_apply(struct result_stage *stage, int64_t tasks);

/* "projected from 6 of 300"; "" for a stage that is not. */
void projection_describe(
    const struct plan *plan, const struct result_stage *stage, size_t size, char text[]);
