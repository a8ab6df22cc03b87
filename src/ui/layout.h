// SPDX-License-Identifier: MIT
#pragma once
/* The ladder that bars climb with the number of CPUs: which form they take in a given
 * room, and which CPUs stand on which line.  No form drops a CPU: what has no line is
 * counted. */
#include "experiment/cpus.h"

enum layout_form {
    LAYOUT_BARS,    /* a line per core: a bar and its percentage per CPU */
    LAYOUT_COLUMNS, /* short bars, several cores to a line, with the line's sum */
    LAYOUT_GRID,    /* one character per CPU */
};

enum { LAYOUT_SUM_COLUMNS = 6 }; /* for the sum of a line, right of it */

struct layout_room {
    int rows, columns; /* columns without those of the label */
};

struct layout {
    enum layout_form form;
    int per_line;     /* the most CPUs on one line */
    int cell_columns; /* of each, with the blanks behind it */
    int core_gap;     /* empty columns more between the cores of a line … */
    int cache_gap;    /* … and yet more between those of two caches, nodes … */
    bool sums;        /* there is room for a sum at the right of each line */
    int thickness;    /* rows of each line */
    int gap;          /* empty rows between two lines */
    int lines;        /* in all, whether there is room or not */

    enum cpus_part splits; /* a line ends where such a part ends, or a greater one … */
    enum cpus_part whole;  /* … and has such a part whole or none of it, if it can */
    enum cpus_part groups; /* what lines are grouped by; CPUS_PARTS: not at all */
    int group_gap;         /* rows more between two groups */
    bool named;            /* the names of groups are there, and above the first one */
};

/* The first form of the ladder that fits; the last one where none does. */
struct layout layout_for(const struct cpus *cpus, const struct layout_room *room);

/* The CPUs of one line: places in cpus->order. */
struct layout_line {
    size_t first, count;
    bool new_group; /* it begins one, and is not the first */
};

/* The line after `line`, which is zeroed for the first.  False when there is none. */
bool layout_next_line(
    const struct cpus *cpus, const struct layout *layout, struct layout_line *line);

/* How far right of its line's first CPU the one at a place is. */
int layout_column(const struct cpus *cpus, const struct layout *layout,
    const struct layout_line *line, size_t place);
