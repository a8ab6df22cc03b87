// SPDX-License-Identifier: MIT
#pragma once
/* The words for what a result came to. */
#include "experiment/result.h"
#include "experiment/words.h"

enum { WORDS_OUTCOME_SIZE = 1600, WORDS_FASTER_SIZE = 48 };

/* The sentence, the same on screens, in reports and on pictures: of a sweep the advice,
 * of two stages the comparison's, or "4 of 24 items failed, so no speed-up is given."; of
 * `map` what words_items_ended() says; else how far the last stage was; "Stopped before
 * the first task." where there is none. */
void words_outcome(const struct result *result, size_t size, char text[]);

/* Where the workers' time went: the account of the usual parallel stage, or of the first
 * one where none is whole.  NULL where nothing is known.  Borrowed. */
const struct account *words_outcome_account(const struct result *result);

/* What is said behind a part and its share: ", 6 % faster than alone", in brief ", 6 %
 * faster"; from twice on ", 2.4 times as fast as alone"; mostly "". */
void words_faster(const struct words_part *part, bool brief, size_t size, char text[]);

/* A part with its share, as all say it: "work 98 %", "work 96 %, 6 % faster than alone",
 * "idle at the end 2 %"; in brief "idle 2 %". */
void words_part(const struct words_part *part, bool brief, size_t size, char text[]);

/* The same over its part of a bar: "workers work 98 %".  False: it is next to nothing,
 * and goes without. */
bool words_part_label(
    const struct words_part parts[], size_t part, bool brief, size_t size, char text[]);

/* A time with as many figures as compare: those of all times alike on an axis that is so
 * long; of one that runs (not `exact`) no more than can be followed. */
void words_time(int64_t time_ns, int64_t axis_ns, bool exact, size_t size, char text[]);
