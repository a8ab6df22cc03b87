// SPDX-License-Identifier: MIT
#pragma once
/* Ends all that is under way in a stage, by one signal after the other. */
#include "base/loop.h"
#include "experiment/plan.h"
#include "experiment/stage.h"

struct ending;

/* Sends the first signal now, each other one after the pause before it, until the stage
 * is over; kills at once where there is no timer for that.  To be destroyed when it
 * is. */
struct ending *ending_create(
    const struct plan_ending *steps, struct loop *events, struct stage *stage);
void ending_destroy(struct ending *ending); /* NULL is fine */
