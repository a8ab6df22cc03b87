// SPDX-License-Identifier: MIT
#pragma once
/* The CPUs of a check as a grid: a cell each, in lines that end where parts of the
 * machine do, as large as the room allows. */
#include <stdbool.h>
#include <stddef.h>

#include "experiment/cpus.h"

struct part_check_grid {
    size_t per_line;       /* the most CPUs in a line */
    enum cpus_part splits; /* a line ends where such a part ends, or a greater one */
    bool named;            /* there is a heading above the first line of each */
    size_t lines, groups;
    double pitch, height; /* of a cell, with the gap to the next one */
};

enum { PART_CHECK_HEADING = 20 }; /* its height */

/* The one with the largest cells, preferably with parts of the machine apart and named.
 * There is at least one CPU. */
struct part_check_grid part_check_grid_of(
    const struct cpus *cpus, double width, double height);

/* A line for every CPU, as far as `height` suffices for lines of `least`. */
struct part_check_grid part_check_grid_bars(
    const struct cpus *cpus, double height, double least);

/* The CPUs of one line: places in cpus->order. */
struct part_check_line {
    size_t first, count;
    bool begins; /* a group */
};

/* The line after `line`, which is zeroed for the first.  False when there is none. */
bool part_check_grid_next(const struct cpus *cpus, const struct part_check_grid *grid,
    struct part_check_line *line);
