// SPDX-License-Identifier: MIT
#pragma once
/* Whole programs for people: each with its numbers, and what they came to. */
#include <stdio.h>

#include "experiment/result.h"

/* Prints a line for each program that was run, of at most `width` columns: time, times
 * as fast with its interval, CPU time, memory, processes, as many as have room; else, of
 * one alone, and where `width` is 0, a sentence for each. */
void text_versus_print_programs(FILE *out, int width, const struct result *result);

/* Prints the sentence, and how to get an error bar where there is none. */
void text_versus_print_closing(FILE *out, int width, const struct result *result);
