// SPDX-License-Identifier: MIT
#pragma once
/* From the stages to the comparison: accounts, medians, speed-up, bound, checks. */
#include "experiment/result.h"

/* Fills in the account of every stage, each with the sequential stage of its repeat. */
void comparison_account(struct result *result);

/* The CPUs that the workers could use, also where the machine shown is a simulated one.
 */
double comparison_usable_cpus(const struct result *result);

/* Below this share of CPU time in the sequential stage, tasks can wait for something
 * together, and more of them than CPUs can be under way. */
#define COMPARISON_COMPUTING 0.9

/* CPUs' worth of time that a hypervisor took in a stage of those that we may use; 0 where
 * nothing is known, as in a stage too short for the counters. */
double comparison_stolen_cpus(
    const struct result *result, const struct result_stage *stage);

/* The share of a sequential stage's time in which its tasks computed, were they given a
 * CPU at once: the rest they waited for something else. */
double comparison_computing_share(const struct result_stage *stage);

/* The CPUs that a task of a sequential stage kept busy by itself: more than one only
 * where it has several threads, which commands may have. */
double comparison_threads(const struct result_stage *stage);

/* How many tasks like those of a sequential stage can be under way at once, in CPUs'
 * worth: those that wait need none. */
double comparison_room(const struct result *result, const struct result_stage *stage);

/* All tasks compute the same: they are equal, whatever their measured times scatter. */
bool comparison_tasks_are_equal(const struct plan *plan);

/* Of the whole stages of that kind the one whose time is nearest to their median: the one
 * to speak of where several were repeated.  NULL if there is none. */
const struct result_stage *comparison_usual_stage(
    const struct result *result, enum result_stage_kind kind);

/* That one; where none is whole the last of that kind, NULL if there is none at all. */
const struct result_stage *comparison_shown_stage(
    const struct result *result, enum result_stage_kind kind);

/* Fills in result->comparison but for the sentence, from the complete stages. */
void comparison_compute(struct result *result);
