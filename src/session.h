// SPDX-License-Identifier: MIT
#pragma once
/* A session: one experiment, or a look at the machine, with its face (the screen, or
 * plain lines), its signals, and what it leaves behind. */
#include "base/fault.h"
#include "experiment/result.h"
#include "options/options.h"
#include "ui/display.h"

/* What a session has from whoever runs several of them, in place of its own. */
struct session_place {
    struct loop *events;
    struct window *window;
};

/* How it ended. */
struct session_end {
    int signal;           /* to end with; 0: none */
    enum display_end end; /* what the user wants next */
    struct result result; /* what it found; the caller's */
    bool saved;           /* the user has saved it, on the screen */
};

/* Runs the plan of the options.  In a place nothing is printed.  Returns the exit status,
 * with `fault` filled where something is to be said; *ret_end is set in any case. */
int session_run(const struct options *options, const struct session_place *place,
    struct session_end *ret_end, struct fault *fault);
