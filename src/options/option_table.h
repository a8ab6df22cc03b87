// SPDX-License-Identifier: MIT
#pragma once
/* The table of options: what each is called, which commands have it, what it sets.
 * Parsing, help and the tests of manual and completions all come from it. */
#include "base/fault.h"
#include "options/options.h"

/* Commands as bits of a set. */
enum {
    OPTION_RUN = 1,
    OPTION_MAP = 2,
    OPTION_SWEEP = 4,
    OPTION_WATCH = 8,
    OPTION_LIST = 16,
    OPTION_SHOW = 32,
    OPTION_VERSUS = 64,
    OPTION_CHECK = 128,
    OPTION_NONE = 256, /* no command at all */
    OPTION_ALL = 511,
    /* Those that have a result to save. */
    OPTION_SAVING = OPTION_RUN | OPTION_MAP | OPTION_SWEEP | OPTION_VERSUS |
                    OPTION_CHECK | OPTION_SHOW,
    /* An option with one of these makes sense for such loops only. */
    OPTION_COMMAND = 512, /* a command per item */
    OPTION_BODY = 1024,   /* a file with a loop body */
    OPTION_OWN = OPTION_COMMAND | OPTION_BODY,
};

struct option_entry {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* NULL: none; in brackets: may be left out */
    const char *help;
    unsigned commands; /* that have it, and what it makes sense for */
    int (*take)(struct options *options, const char *text, struct fault *fault);
    size_t member; /* without `take`: the offset of what it sets: a text where it has an
                      argument, else a bool */
};

enum { OPTION_ENTRIES = 72 };

/* In the order of the help; the last has no name. */
extern const struct option_entry option_entries[OPTION_ENTRIES];
