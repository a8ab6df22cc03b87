// SPDX-License-Identifier: MIT
#pragma once
/* What the launcher's files share: one sitting, from the first form to the last result.
 */
#include "base/loop.h"
#include "collection.h"
#include "launch/launch_form.h"
#include "options/options.h"
#include "save.h"
#include "ui/launcher.h"

/* One sitting. */
struct launch {
    const struct options *options;
    struct loop *events;
    struct window *window; /* NULL: in plain lines, or closed */
    bool on_screen;
    struct root root;
    struct machine machine;
    struct launch_form *form;
    struct launcher launcher;
    struct collection results;
    struct save_proposal proposal; /* for the selected one */
    bool *unsaved;                 /* each of them: run here, and in no file; owned */
    size_t last_own;       /* the place behind the last that was run here; 0: none */
    struct watch *signals; /* NULL while a run watches them */
    int signal;            /* that has come */
    bool ended;            /* by it */
    int status;            /* of the last run */
};

/* Adds a result, which is moved, to those that are shown. */
void launch_add(struct launch *launch, struct result *result);

/* Takes over what a run has found, if it has found anything, and whether that is in a
 * file already (launch_results.c). */
void launch_keep(struct launch *launch, struct result *result, bool saved);

/* Puts a name for the selected result into launcher->name, and its endings. */
void launch_propose_name(struct launch *launch);

/* Saves the selected result in a file that there is not yet.  Returns 0 or -errno with
 * `fault` filled. */
int launch_save_as(struct launch *launch, const char *name, struct fault *fault);

/* Saves the selected result, and loads a file, under the name that was typed. */
void launch_save(struct launch *launch, struct fault *fault);
void launch_load(struct launch *launch, struct fault *fault);

/* In lines (launch_lines.c): the machine, and what is to be said once; then the
 * questions, true: to be run. */
void launch_greet(const struct launch *launch);
bool launch_ask(struct launch *launch, bool again);

/* Prints what was found when the screen has been given back. */
void launch_print(const struct launch *launch, struct fault *fault);
