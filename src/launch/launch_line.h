// SPDX-License-Identifier: MIT
#pragma once
/* A command line while it is put together: its words, and the same as they are typed. */
#include <stddef.h>

#include "base/fault.h"
#include "options/options.h"
#include "workload/bytes.h"

struct launch_line {
    size_t count;
    char **words;       /* owned */
    struct bytes typed; /* quoted for a shell; without an end */
    char **arguments;   /* the words as they were parsed; NULL: not yet */
};

void launch_line_finish(struct launch_line *line);

/* Adds a word, copied; launch_line_put() as a word that has been typed already, and
 * launch_line_type() nothing but what is typed. */
void launch_line_add(struct launch_line *line, const char *word);
void launch_line_put(struct launch_line *line, const char *word);
void launch_line_type(struct launch_line *line, size_t size, const char typed[]);

/* Parses it; the options borrow from it until it is finished.  Something is to be run by
 * them, or they are refused. */
int launch_line_parse(
    struct launch_line *line, struct options *ret_options, struct fault *fault);

/* Refuses what the launcher itself is started with: how the screen looks, and whose
 * machine it is.  Returns 0 or -EINVAL with `fault`. */
int launch_line_check_screen(const struct options *options, struct fault *fault);

/* Whether a line as it is typed is one that the launcher can run.  Returns 0 or -EINVAL
 * with `fault`. */
int launch_line_is_understood(const char *typed, struct fault *fault);
