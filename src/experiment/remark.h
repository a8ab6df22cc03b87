// SPDX-License-Identifier: MIT
#pragma once
/* Remarks: what makes a reader doubt a number, in sentences. */
#include "experiment/result.h"

/* Remarks what others used; `when` begins the sentence.  Says nothing of little. */
void remark_others(struct result *result, const char *when, double others_cpus);

/* Remarks what happened in a stage: refusals, deaths, failures, suspensions, others'
 * work. */
void remark_stage(struct result *result, const struct result_stage *stage);
