// SPDX-License-Identifier: MIT
#pragma once
/* The sentence under a comparison. */
#include "experiment/result.h"

/* Writes result->comparison.sentence: how many times as fast, on what, of how much
 * possible, and the one largest cause.  Needs the comparison and the accounts. */
void sentence_write(struct result *result);
