// SPDX-License-Identifier: MIT
#pragma once
/* Signals: their names, for their numbers differ between architectures; and those by
 * which a program is ended or stopped. */
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/loop.h"

/* "SIGKILL"; "SIG40" for one without a name of its own. */
void signals_name(int signal, size_t size, char text[]);

/* The number of a name that signals_name() writes; -1 if there is none. */
int signals_number(const char *name);

/* Stops this process the way the terminal would, until SIGCONT; SIGTSTP must be blocked,
 * and its action the default one.  False at once where no shell could continue it (an
 * orphaned process group): the kernel drops the signal there. */
bool signals_stop_here(void);

/* Keeps back the signals that are watched by the next function, until the mask from
 * before, *ret_before, is set again: between two watches none is lost, and none ends the
 * program. */
void signals_hold_ends(sigset_t *ret_before);

/* Watches the signals by which people and systems end or stop a program (SIGINT, SIGTERM,
 * SIGHUP, SIGQUIT, SIGTSTP), as loop_watch_signals() does.  Those that were ignored
 * before stay so: that is how nohup asks for it. */
int signals_watch_ends(struct loop *loop, loop_callback *callback, void *data,
    int *ret_signal, struct watch **ret_watch);
