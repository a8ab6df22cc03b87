// SPDX-License-Identifier: MIT
#pragma once
/* The words for clocks, heat and energy that screens and reports share. */
#include "experiment/scene.h"

/* What the sensors say now: "clocks 0.80 to 4.20 GHz, hottest 71 C, power 34 W"; "clocks
 * 2.45 GHz; heat, power: not visible here". */
void words_meters(const struct scene_meters *meters, const struct machine *machine,
    size_t size, char text[]);

/* What they said during a stage: "0.80 to 4.20 GHz, 71 C, 812 J"; "" where that was
 * nothing. */
void words_meters_stage(const struct result_stage *stage, size_t size, char text[]);

/* What both kinds of stage used, the medians of their whole repeats: "Energy: 812 J one
 * after the other, 611 J 2 at a time and 38.0 J idle for the time saved: racing to idle
 * was cheaper (0.80 times)."  Returns false where idling is not in it, for its power is
 * not known or no time was saved: "Energy: 812 J one after the other, 611 J 2 at a time,
 * until each was done (0.75 times as much)."; "" where one of the two was not measured.
 */
bool words_meters_energy(const struct result *result, size_t size, char text[]);

/* What is to be known about that, in a sentence. */
const char *words_meters_note(bool has_idle);
