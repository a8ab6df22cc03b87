// SPDX-License-Identifier: MIT
#pragma once
/* What all members of a pool share: made before the first, gone after the last. */
#include "base/fault.h"
#include "pool/member_state.h"

/* Fills `ground`, which is 0, for that setup, which must outlive it.  Returns 0 or -errno
 * with `fault` filled; to be finished either way. */
int ground_prepare(
    struct member_ground *ground, const struct pool_setup *setup, struct fault *fault);
void ground_finish(struct member_ground *ground);

/* A suspension, if there is one, ends now. */
void ground_end_suspension(struct member_ground *ground);

/* That worker's process begins nothing more. */
void ground_call_off(struct member_ground *ground, int worker);
