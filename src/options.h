// SPDX-License-Identifier: MIT
#pragma once
/* What the command line asks for. */
#include <stdbool.h>

#include "experiment/plan.h"

enum options_action {
    OPTIONS_HELP,    /* print the help of `command`, or the short help */
    OPTIONS_VERSION, /* print the version */
    OPTIONS_LIST,    /* print the workloads */
    OPTIONS_RUN,     /* run the plan */
};

enum { OPTIONS_OUTPUTS_MAX = 16 };

/* Texts are borrowed from argv. */
struct options {
    enum options_action action;
    const char *command; /* "run", "map" …; NULL without one */
    struct plan plan;
    const char *workers; /* as typed, for plan_parse_workers(); NULL: not given */
    const char *sysroot; /* NULL: the real machine */
    size_t output_count;
    const char *outputs[OPTIONS_OUTPUTS_MAX];
    bool json, ask, plain, ascii, no_color, quiet, help, version;
};
