// SPDX-License-Identifier: MIT
#pragma once
/* What the launcher's files share: one sitting, from the first form to the last result.
 */
#include "base/loop.h"
#include "collection.h"
#include "launch/launch_form.h"
#include "launch/state.h"
#include "options/options.h"
#include "ui/launcher.h"

/* One sitting. */
struct launch {
    const struct options *options;
    struct loop *events;
    struct window *window; /* NULL: in plain lines */
    struct root root;
    struct machine machine;
    struct launch_form *form;
    struct launcher launcher;
    struct collection results;
    size_t own_results; /* how many of them were run here */
    struct state state;
    struct watch *signals;
    int signal; /* that has come */
    bool ended; /* by it */
    int status; /* of the last run */
};

/* Takes over what a run has found, if it has found anything (launch_results.c). */
void launch_keep(struct launch *launch, struct result *result);

/* Saves the selected result, and loads a file, under the name that was typed. */
void launch_save(struct launch *launch, struct fault *fault);
void launch_load(struct launch *launch, struct fault *fault);

/* Prints what was found when the screen has been given back. */
void launch_print(const struct launch *launch, struct fault *fault);
