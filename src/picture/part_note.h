// SPDX-License-Identifier: MIT
#pragma once
/* What is said beside the name of a stage: of which run it is, how long that took, and
 * what the colours in its history mean. */
#include "picture/page.h"

/* "run 2 of 5"; "" of a single one. */
void part_note_run(
    const struct page *page, const struct result_stage *stage, size_t size, char text[]);

/* "dt=3.364s, run 2 of 5"; the time only where it was measured. */
void part_note_write(
    const struct page *page, const struct result_stage *stage, size_t size, char text[]);

/* How wide the next one is; `inks` are what part_history_draw() returned. */
double part_note_modes_extent(
    const struct page *page, const struct drawing_text *place, unsigned inks);

/* Each behind a field of its colour, in their order in the picture from below, as far as
 * there is room; where only one colour is drawn, nothing. */
void part_note_modes(const struct page *page, const struct drawing_text *place,
    double end_x, unsigned inks);
