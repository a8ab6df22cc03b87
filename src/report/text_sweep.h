// SPDX-License-Identifier: MIT
#pragma once
/* A sweep for people: its points, as a table or as sentences, and what follows from it.
 */
#include <stdio.h>

#include "experiment/result.h"

/* Prints a line for each point, of at most `width` columns: time, times as fast with its
 * interval, efficiency and Karp-Flatt share, as many as have room; else, and where
 * `width` is 0, a sentence for each. */
void text_sweep_print_points(FILE *out, int width, const struct result *result);

/* Prints the advice, the fitted laws, and whether it was cut short, a paragraph each. */
void text_sweep_print_closing(FILE *out, int width, const struct result *result);

/* The point to speak of: that of the advice, or the fastest. */
const struct result_point *text_sweep_usual_point(const struct result_sweep *sweep);
