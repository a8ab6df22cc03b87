// SPDX-License-Identifier: MIT
#pragma once
/* Remarks: what makes a reader doubt a number, in sentences. */
#include "experiment/result.h"

/* Remarks what others used; `when` begins the sentence.  Says nothing of little, and
 * returns false then. */
bool remark_others(struct result *result, const char *when, double others_cpus);

/* Remarks what happened in a stage: refusals, deaths, failures, suspensions; where it is
 * the only one of its kind also others' work, time that the host took away. */
void remark_stage(struct result *result, const struct result_stage *stage);

/* Remarks, once all stages are there, what of several of a kind is said once: "In 2 of 5
 * runs of the parallel stage other programs used up to 0.2 of 2 CPUs."; and repeats that
 * differ more than is good for a comparison. */
void remark_repeats(struct result *result);
