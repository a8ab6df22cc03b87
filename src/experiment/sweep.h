// SPDX-License-Identifier: MIT
#pragma once
/* What a sweep found: its points, the laws fitted to them, and the advice. */
#include <stdbool.h>
#include <stddef.h>

#include "experiment/result.h"

/* Fills in result->sweep from the whole stages that there are, all anew; called after
 * every stage and at the end.  Leaves the result of another command alone. */
void sweep_compute(struct result *result);

/* The last whole stage with as many workers as are advised; NULL if there is none. */
const struct result_stage *sweep_advised_stage(const struct result *result);

/* How many times as fast is possible, however many workers there are. */
double sweep_room(const struct result *result);

/* The most workers that the laws are fitted to.  With more of them than there is room
 * for, computing tasks share CPUs: that is the machine's end, which no law knows. */
int sweep_fitted_workers(const struct result *result);

/* Whether there is a curve, and its speed-up: the law that says most of those fitted. */
bool sweep_has_curve(const struct result_sweep *sweep);
double sweep_curve_at(const struct result_sweep *sweep, double workers);

/* "Cut short after 3 of 8 runs."; "" where it was not. */
void sweep_describe_cut(const struct result *result, size_t size, char text[]);

/* Each law in a sentence, with its interval and the range it is fitted to: "Amdahl's law,
 * fitted up to 8 workers: …"; or why there is none, which the first says for both where
 * the second has no words. */
void sweep_describe_amdahl(const struct result *result, size_t size, char text[]);
void sweep_describe_usl(const struct result *result, size_t size, char text[]);
