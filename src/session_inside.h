// SPDX-License-Identifier: MIT
#pragma once
/* What a session is made of; for session*.c alone. */
#include "base/file.h"
#include "base/loop.h"
#include "experiment/check.h"
#include "experiment/experiment.h"
#include "experiment/monitor.h"
#include "face.h"
#include "own.h"
#include "save.h"

struct session_place;

/* Everything that runs one experiment, or watches the machine. */
struct session {
    const struct options *options;
    const struct session_place *place; /* NULL: it has its own */
    struct root root;
    struct loop *events;
    struct result result;
    struct experiment *experiment; /* NULL when nothing is run */
    struct monitor *monitor;       /* while the machine is watched, else NULL */
    struct check *check;           /* while it is checked, else NULL */
    struct own *own;               /* the user's own loop, NULL for a built-in one */
    struct face face;
    struct save_proposal proposal;
    bool saved; /* by the user, on the screen */
    enum display_end end;
    struct experiment_observer observer;
    struct watch *signals;
    int signal;   /* the last that came in */
    bool ended;   /* by a signal */
    bool closing; /* nothing more is begun, because of it: what is under way is waited for
                   */
};

/* From here on signals are obeyed: they end what runs, or suspend it.  Returns 0 or
 * -errno with `fault` filled. */
int session_watch_signals(struct session *session, struct fault *fault);

/* Whether it goes on when the terminal is closed. */
bool session_survives_hangup(const struct session *session);
