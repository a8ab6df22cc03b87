// SPDX-License-Identifier: MIT
#pragma once
/* Signals by name, for their numbers differ between architectures. */
#include <stddef.h>

/* "SIGKILL"; "SIG40" for one without a name of its own. */
void signals_name(int signal, size_t size, char text[]);

/* The number of a name that signals_name() writes; -1 if there is none. */
int signals_number(const char *name);
