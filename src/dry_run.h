// SPDX-License-Identifier: MIT
#pragma once
/* The commands of a loop in words, none of them run. */
#include <stdio.h>

#include "experiment/experiment.h"

/* Prints the command of every item on a line of its own, quoted for a shell; those that
 * are done already are left out.  Returns 0 or -errno with `fault`. */
int dry_run_print(FILE *out, const struct experiment_items *source,
    const struct command *command, struct fault *fault);
