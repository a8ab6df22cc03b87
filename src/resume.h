// SPDX-License-Identifier: MIT
#pragma once
/* A run that is gone on with by its log alone: the log knows the command line and the
 * folder. */
#include "base/fault.h"
#include "options/options.h"

/* The options of that run with those of now on top; changes to its folder.  What they
 * borrow is kept for good.  Returns 0 or -errno with `fault`. */
int resume_read(
    const struct options *options, struct options *ret_options, struct fault *fault);

/* The arguments that a log is to have, ended by NULL: without what chose the log.  The
 * caller frees the list, not the words. */
char **resume_arguments(const struct options *options);
