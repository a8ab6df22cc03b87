// SPDX-License-Identifier: MIT
#pragma once
/* Workers on CPUs: who was seen where, when and for how long, and what tasks took there.
 */
#include "ui/about_kinds.h"

/* Of a CPU: the workers that were seen on it, and the tasks that ended there. */
void about_seen_on(struct about *about, const struct view_input *input, int cpu);

/* Of a worker: the CPUs that it was seen on, in that order. */
void about_seen_by(struct about *about, const struct view_input *input, int worker);
