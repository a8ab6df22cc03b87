// SPDX-License-Identifier: MIT
#pragma once
/* Starting a program on a pseudo-terminal of its own. */
#include "terminal.h"

enum { LAUNCH_MARK_MAX = 64 };

struct launch {
    char mark[LAUNCH_MARK_MAX]; /* "NAME=value" in the environment of all that comes of it
                                 */
    int master;                 /* not blocking; the caller closes it */
    pid_t pid;                  /* the caller reaps it */
    int pidfd;                  /* the caller closes it */
};

/* Returns when the program runs; fails the test if it cannot be started. */
struct launch launch_program(const struct terminal_setup *setup);
