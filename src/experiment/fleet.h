// SPDX-License-Identifier: MIT
#pragma once
/* Many machines that were checked: what they have in common, and which is the odd one
 * out. */
#include <stdbool.h>
#include <stddef.h>

#include "experiment/result.h"

enum { FLEET_TEXT_SIZE = 200, FLEET_COLUMNS_MAX = 12 };

/* A property that machines are compared by. */
struct fleet_column {
    const char *heading; /* "CPUs", "usable", "cores", "a unit", "at once" … */
    bool right;          /* a number: aligned at its right */
};

struct fleet_machine {
    char name[80]; /* its host, without a domain that all have; the file where several
                      have the same */
    char cells[FLEET_COLUMNS_MAX][64]; /* a value for each column; "-": not known */
    bool odd_cells[FLEET_COLUMNS_MAX]; /* it differs from the others there */
    bool odd;
    char why[FLEET_TEXT_SIZE]; /* how it differs, in words: "15 CPUs usable, most have 16;
                                  a unit of work takes 1.21 times the
                                  usual" */
};

struct fleet {
    size_t count, column_count;
    struct fleet_column columns[FLEET_COLUMNS_MAX];
    struct fleet_machine
        *machines; /* the odd ones first, else as they were given; owned */
    size_t odd_count;
    char sentence[480]; /* "node17 is the odd one out: …", "All 40 are alike, each
                           with PASS." */
};

/* Compares results that all have a check; `names` are their files.  A word differs where
 * more than half of at least three have another one in common; a number where it is
 * further from the median than 5 % and than five times the median distance from it
 * (Rousseeuw & Croux 1993). */
void fleet_init(struct fleet *fleet, size_t count, const struct result *const results[],
    const char *const names[]);
void fleet_finish(struct fleet *fleet);
