// SPDX-License-Identifier: MIT
#pragma once
/* The command line: one table from which it is parsed and its help is printed. */
#include <stdbool.h>
#include <stdio.h>

#include "base/fault.h"
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
    const char *command; /* "run", "map", "list"; NULL without one */
    struct plan plan;
    const char *workers; /* as typed, for plan_parse_workers(); NULL: not given */
    const char *sysroot; /* NULL: the real machine */
    size_t output_count;
    const char *outputs[OPTIONS_OUTPUTS_MAX];
    bool json, plain, quiet, help, version;
};

/* Parses argv, whose order it may change.  Returns 0 or -EINVAL with `fault` filled. */
int options_parse(
    int argc, char *argv[], struct options *ret_options, struct fault *fault);

/* Prints the help of a command, or the short help for NULL. */
void options_print_help(FILE *out, const char *command);
