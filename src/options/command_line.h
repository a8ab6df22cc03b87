// SPDX-License-Identifier: MIT
#pragma once
/* The command line: parsed, and explained, from one table (option_table.h). */
#include <stdio.h>

#include "base/fault.h"
#include "options/options.h"

/* Parses argv, whose order it may change.  Returns 0 or -EINVAL with `fault` filled. */
int command_line_parse(
    int argc, char *argv[], struct options *ret_options, struct fault *fault);

/* Prints the help of a command, or the short help for NULL. */
void command_line_print_help(FILE *out, const char *command);
