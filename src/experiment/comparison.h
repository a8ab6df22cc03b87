// SPDX-License-Identifier: MIT
#pragma once
/* From the stages to the comparison: accounts, medians, speed-up, bound, checks. */
#include "experiment/result.h"

/* Fills in the account of every stage, each with the sequential stage of its repeat. */
void comparison_account(struct result *result);

/* The share of a stage's time in which its tasks computed, were they given a CPU at once:
 * the rest they waited for something else. */
double comparison_computing_share(const struct result_stage *stage);

/* Fills in result->comparison but for the sentence, from the complete stages. */
void comparison_compute(struct result *result);

/* Compares what the tasks computed, within each stage and between them; says what differs
 * in a remark.  False if something does: then this machine computed wrongly. */
bool comparison_verify(struct result *result);

/* Writes the sentence: how many times as fast, on what, of how much possible, and why. */
void comparison_say(struct result *result);
