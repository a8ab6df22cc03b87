// SPDX-License-Identifier: MIT
#pragma once
/* The words for what a result came to. */
#include "experiment/result.h"
#include "experiment/words.h"

enum { WORDS_OUTCOME_SIZE = 512 };

/* The sentence: of a sweep the advice, of two stages the comparison's, else how far the
 * last stage was; "Stopped before the first task." where there is none. */
void words_outcome(const struct result *result, size_t size, char text[]);

/* Where the workers' time went: the account of the usual parallel stage, or of the first
 * one where none is whole.  NULL where nothing is known.  Borrowed. */
const struct account *words_outcome_account(const struct result *result);

/* A part's name over its part of a bar: "workers work 98 %", "idle at the end 2 %"; in
 * brief "idle 2 %".  False: it is next to nothing, and goes without. */
bool words_part_label(
    const struct words_part parts[], size_t part, bool brief, size_t size, char text[]);

/* A time with as many figures as compare: those of all times alike on an axis that is so
 * long; of one that runs (not `exact`) no more than can be followed. */
void words_time(int64_t time_ns, int64_t axis_ns, bool exact, size_t size, char text[]);
