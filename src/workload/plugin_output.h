// SPDX-License-Identifier: MIT
#pragma once
/* What a loop body prints, kept for each task: a worker's standard output and error
 * become files in memory, which are emptied into its spools after every task. */
#include "base/spool.h"

struct plugin_output;

/* Before the workers are forked; each has its own copy. */
struct plugin_output *plugin_output_create(void);
void plugin_output_destroy(struct plugin_output *output); /* NULL is fine */

/* In a worker: from now on what it prints goes to the files.  Returns 1, 0 if that was so
 * already, or -errno. */
int plugin_output_redirect(struct plugin_output *output);

/* Appends what has been printed to the two spools (-1: it is thrown away).  Returns 0, or
 * -errno if it could not be kept; there is nothing left either way. */
int plugin_output_take(
    struct plugin_output *output, const int spools[2], struct spool_range ret_ranges[2]);

/* Throws away what has been printed to standard output; what is in standard error comes
 * with the next task's. */
void plugin_output_drop(struct plugin_output *output);
