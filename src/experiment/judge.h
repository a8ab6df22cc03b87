// SPDX-License-Identifier: MIT
#pragma once
/* What follows from what a check has measured: pure functions on a result. */
#include "experiment/result.h"

/* A CPU is slow by more than that: as the kind of machine has it. */
double judge_slow_from(const struct result_check *check); /* 1.05 or 1.10 */

/* Fills check_times.slowness of a part (CHECK_ALONE, CHECK_AGAIN) of all CPUs: in `alone`
 * against their whole kind, in `again` against those of their kind in it that did not
 * look slow in `alone` (or against all, where there are none).  A CPU of fewer rounds
 * than CHECK_ROUNDS_MIN is not compared. */
void judge_compare(struct result *result, enum check_part part);

/* Whether a CPU looks slow in `alone`, and is to be tried again. */
bool judge_is_suspect(const struct result_check *check, const struct check_cpu *cpu);

/* Fills all that follows: whether it was quiet, ratios, sums, SMT gain, drift, which CPUs
 * are slow, findings (the heaviest first), verdict and sentence.  Can be called again.
 * While the check is under way (its elapsed_ns is 0) there is no sentence yet, and no
 * finding that parts still to come may undo. */
void judge_check(struct result *result);
