// SPDX-License-Identifier: MIT
#pragma once
/* The part of the command line that names a loop of the user's own: a command after "--"
 * with its items after ":::", or a file with a loop body. */
#include <stdbool.h>

#include "base/fault.h"
#include "options/options.h"

/* Takes the words after "--".  Returns 0 or -EINVAL with `fault` filled. */
int command_line_take_words(
    int count, char *words[], struct options *options, struct fault *fault);

/* Takes the words after "--" of watch: one program.  Likewise. */
int command_line_take_program(
    int count, char *words[], struct options *options, struct fault *fault);

/* Adds a whole program, as it is typed for a shell; then checks all of them. */
int command_line_add_program(const char *text, struct plan *plan, struct fault *fault);
int command_line_check_programs(const struct plan *plan, struct fault *fault);

/* Refuses what is no loop, with what it may have been meant to be: a program has to come
 * after "--", and one with a loop inside cannot be shared out from outside. */
int command_line_refuse_loop(const struct options *options, const char *first,
    const char *second, struct fault *fault);

/* Checks a loop of the user's own against the options that came with it. */
int command_line_check_own(const struct options *options, struct fault *fault);
