// SPDX-License-Identifier: MIT
#pragma once
/* Remarks: what makes a reader doubt a number, in sentences. */
#include "experiment/result.h"

/* Remarks what others used; `when` begins the sentence.  Says nothing of little, and
 * returns false then. */
bool remark_others(struct result *result, const char *when, double others_cpus);

/* Remarks what happened in a stage: refusals, deaths, failures, suspensions, others'
 * work, time that the host took away. */
void remark_stage(struct result *result, const struct result_stage *stage);

/* Remarks repeats of a stage that differ more than is good for a comparison; once, when
 * all are there. */
void remark_repeats(struct result *result);
