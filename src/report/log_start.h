// SPDX-License-Identifier: MIT
#pragma once
/* The start of a run, as a log has it in a line of its own. */
#include "experiment/plan.h"

/* What the line about a run says. */
struct log_run {
    const struct plan *plan;
    char *const *command;   /* the words of its template, ended by NULL; NULL: none … */
    char *const *arguments; /* … and the command line, without the program's name and what
                               chose the log, so that it can be run again; likewise */
};
