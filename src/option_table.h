// SPDX-License-Identifier: MIT
#pragma once
/* The table of options: what each is called, which commands have it, what it sets.
 * Parsing, help and the tests of manual and completions all come from it. */
#include "base/fault.h"
#include "options.h"

/* Commands as bits of a set. */
enum {
    OPTION_RUN = 1,
    OPTION_MAP = 2,
    OPTION_SWEEP = 4,
    OPTION_WATCH = 8,
    OPTION_LIST = 16,
    OPTION_ALL = 31,
};

struct option_entry {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* NULL: none */
    const char *help;
    unsigned commands; /* that have it */
    int (*take)(struct options *options, const char *text, struct fault *fault);
    size_t flag; /* without `take`: the offset of the bool that it sets */
};

enum { OPTION_ENTRIES = 27 };

/* In the order of the help; the last has no name. */
extern const struct option_entry option_entries[OPTION_ENTRIES];
