// SPDX-License-Identifier: MIT
#pragma once
/* A loop of the user's own, from the options to its end: the command or the loop body,
 * its items, where they and what they put out are kept safe. */
#include <stdbool.h>

#include "experiment/experiment.h"
#include "options/options.h"

struct own;

/* Looks for the program, compiles the file, opens the list of items, reads the log that
 * is gone on with; runs nothing.  `plan` gets the name of the log.  Returns 0 or -errno
 * with `fault` filled; *ret_own is the caller's. */
int own_create(const struct options *options, double usable_cpus, struct plan *plan,
    struct own **ret_own, struct fault *fault);
void own_destroy(struct own *own); /* NULL is fine */

/* Adds the loop to an experiment's setup. */
void own_set_up(const struct own *own, struct experiment_setup *setup);

/* The items come from the terminal, where somebody types them. */
bool own_is_typed(const struct own *own);

/* What whoever starts it should know before: that everything is run several times, that
 * items are typed.  False if there is nothing. */
bool own_warn(const struct own *own, const struct plan *plan, size_t size, char text[]);

/* Opens the log and the folder of results, before the first item.  From then on what ends
 * well is in the log.  Returns 0 or -errno with `fault`. */
int own_begin(struct own *own, struct experiment *experiment, const struct plan *plan,
    struct fault *fault);

/* An observer that keeps safe what has ended, and passes everything on to `face`. */
struct experiment_observer own_observer(
    struct own *own, const struct experiment_observer *face);

/* The terminal is a screen now: what would go there waits, until it is one no more. */
void own_hold(struct own *own);
void own_release(struct own *own);

/* All that has been kept goes out, the log gets its end.  `fault` keeps the first
 * failure.
 */
void own_end(struct own *own, const struct result *result, struct fault *fault);

/* Nobody read the standard output any more, so it was ended. */
bool own_is_unread(const struct own *own);

/* Prints the commands instead of running them.  Returns 0 or -errno with `fault`. */
int own_print(struct own *own, struct fault *fault);
