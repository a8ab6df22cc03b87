// SPDX-License-Identifier: MIT
#pragma once
/* The points of a sweep as lines: workers, time, a bar as long as the speed-up. */
#include "experiment/points.h"
#include "ui/more.h"

struct sweep_table {
    struct area area; /* with the line of heads, if there are any */
    const struct points *points;
    const struct view_input *input;
    bool heads;
    bool details; /* the interval, efficiency, Karp-Flatt, runs */
};

/* Draws what fits; while the sweep runs the point that runs is among it.  Returns how far
 * it can be scrolled, and in *ret_more the lines that are not seen. */
int sweep_table_draw(
    struct canvas *canvas, const struct sweep_table *table, struct more *ret_more);

/* The rows that all of it would take. */
int sweep_table_rows(const struct sweep_table *table);
