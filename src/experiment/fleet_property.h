// SPDX-License-Identifier: MIT
#pragma once
/* What machines of a fleet are compared by: a table of properties. */
#include <stdbool.h>
#include <stddef.h>

#include "experiment/result.h"

/* Either a word (counts, too: one CPU of 64 less is another machine) or a number that
 * was measured. */
struct fleet_property {
    const char *heading;
    bool right; /* as in struct fleet_column */

    /* Writes a word; false: not known.  NULL: it is a number. */
    bool (*word)(const struct result *result, size_t size, char text[]);

    /* More of the word, said in brackets of one that differs; "": nothing.  NULL: never.
     */
    const char *(*about)(const struct result *result);

    double (*number)(const struct result *result); /* 0: not known */
    int decimals;                                  /* of it */
    const char *unit;                              /* behind it, " ms"; NULL: none */

    /* What is said of one that differs: `before`, its own value, `between`, the usual
     * one.  `once` in place of `between` behind "1". */
    const char *before, *between, *once;
    bool relative; /* its own over the usual, and nothing behind `between` */
};

/* Ended by one without a heading. */
extern const struct fleet_property fleet_properties[];

/* The value as it is shown. */
void fleet_format(
    const struct fleet_property *property, double number, size_t size, char text[]);
