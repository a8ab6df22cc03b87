// SPDX-License-Identifier: MIT
#pragma once
/* A result as one line of a list: cells of text under headings, and which of them have
 * room in a width.  Screens and reports share it. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "experiment/result.h"

enum { OUTLINE_CELL_SIZE = 112, OUTLINE_BRIEF_SIZE = 96 };

enum outline_column {
    OUTLINE_NAME,       /* of its file */
    OUTLINE_WHAT,       /* the loop, or what else was run */
    OUTLINE_MACHINE,    /* its name */
    OUTLINE_CPUS,       /* "64", "1.50 of 4" usable */
    OUTLINE_SEQUENTIAL, /* time one after the other; of a sweep with one worker */
    OUTLINE_PARALLEL,   /* time in parallel; of a sweep with the workers to take, of whole
                           programs that of the fastest */
    OUTLINE_WORKERS,
    OUTLINE_OUTCOME, /* the speed-up, "~1.97" of a projected time, "1.97?" where it is
                        doubtful; else a verdict, "stopped", "3 failed" */
    OUTLINE_COLUMNS
};

struct outline {
    char cells[OUTLINE_COLUMNS][OUTLINE_CELL_SIZE]; /* UTF-8 without control characters */
    char brief[OUTLINE_BRIEF_SIZE];                 /* what was run, in short; or "" */
    size_t count_at; /* in it: " x 120", ", 13 items", which tell one from another */
    char machine_brief[OUTLINE_BRIEF_SIZE]; /* likewise: "sim. EPYC 7763" */
    int64_t sequential_ns, parallel_ns;     /* 0: none */
    bool projected;                         /* sequential_ns is */
    bool doubtful;  /* others, or the spread of the runs, leave no answer */
    int workers;    /* 0: none */
    int64_t failed; /* tasks or programs */
    double speedup; /* 0: the outcome is another */
    bool stopped;   /* before all was done */
};

/* `name` may be any bytes, and NULL; left out where it only says what was run. */
void outline_init(struct outline *outline, const struct result *result, const char *name);

/* "1.97", "44.4", "128": three figures. */
void outline_format_times(double times, size_t size, char text[]);

bool outline_is_right(enum outline_column column); /* a number: aligned at its right */

/* How wide the columns are; 0: not shown. */
struct outline_layout {
    int gap;    /* between two */
    bool named; /* the name tells them apart: it is among the last to be dropped */
    int widths[OUTLINE_COLUMNS];
    int brief_widths[OUTLINE_COLUMNS]; /* of what is written in short; else as above */
};

/* Makes the columns wide enough for a line as well. */
void outline_widen(struct outline_layout *layout, const struct outline *outline);

/* Adds the headings, then drops and narrows columns until they fit into `width`: the
 * name, the machine, the workers, the CPUs (then the name that is to stay), the time one
 * after the other, which goes before the CPUs where there is little room; never the time
 * in parallel and the outcome. */
void outline_fit(struct outline_layout *layout, int width);

/* The heading that has room over a column; "" where none has. */
const char *outline_heading(
    const struct outline_layout *layout, enum outline_column column);

/* Writes what stands in a cell as wide as its column: what was run, and the machine, in
 * short where the words are too long, and with `mark` where even that is cut; of a name
 * with folders the end stays, of what was run how many times. */
void outline_write(const struct outline *outline, const struct outline_layout *layout,
    enum outline_column column, const char *mark, char text[OUTLINE_CELL_SIZE]);

/* The same of what was run, in so many columns. */
void outline_write_what(const struct outline *outline, int width, const char *mark,
    char text[OUTLINE_CELL_SIZE]);
