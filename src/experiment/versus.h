// SPDX-License-Identifier: MIT
#pragma once
/* From the runs of whole programs to what is said of them: medians, ratios, a sentence.
 */
#include "experiment/result.h"

/* Fills in result->programs from the stages; does nothing for a loop. */
void versus_compute(struct result *result);
