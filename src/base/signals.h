// SPDX-License-Identifier: MIT
#pragma once
/* Signals by name, for their numbers differ between architectures. */
#include <stdbool.h>
#include <stddef.h>

/* "SIGKILL"; "SIG40" for one without a name of its own. */
void signals_name(int signal, size_t size, char text[]);

/* The number of a name that signals_name() writes; -1 if there is none. */
int signals_number(const char *name);

/* Stops this process the way the terminal would, until SIGCONT; SIGTSTP must be blocked,
 * and its action the default one.  False at once where no shell could continue it (an
 * orphaned process group): the kernel drops the signal there. */
bool signals_stop_here(void);
