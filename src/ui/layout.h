// SPDX-License-Identifier: MIT
#pragma once
/* The ladder that bars climb with the number of CPUs: which form they take in a given
 * room, and which CPUs stand on which line.  No form drops a CPU: what has no line is
 * counted. */
#include "ui/cpus.h"

enum layout_form {
    LAYOUT_BARS,    /* a line per core: a bar and its percentage per CPU */
    LAYOUT_COLUMNS, /* short bars, several cores to a line, with the line's sum */
    LAYOUT_GRID,    /* one character per CPU */
};

struct layout_room {
    int rows, columns; /* columns without those of the label */
};

struct layout {
    enum layout_form form;
    int per_line;     /* the most CPUs on one line */
    int cell_columns; /* of each, with the blanks behind it */
    int thickness;    /* rows of each line */
    int gap;          /* empty rows between two lines */
    int group_gap;    /* empty rows more between two groups of cores */
    int lines;        /* in all, whether there is room or not */
};

/* The first form of the ladder that fits; the last one where none does. */
struct layout layout_for(const struct cpus *cpus, const struct machine *machine,
    const struct layout_room *room);

/* The CPUs of one line: places in cpus->order. */
struct layout_line {
    size_t first, count;
    bool new_group; /* it begins one */
};

/* The line after `line`, which is zeroed for the first.  False when there is none. */
bool layout_next_line(const struct cpus *cpus, const struct machine *machine,
    const struct layout *layout, struct layout_line *line);
