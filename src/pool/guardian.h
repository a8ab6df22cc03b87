// SPDX-License-Identifier: MIT
#pragma once
/* The guardian: a small process that outlives the program's own SIGKILL and gives the
 * terminal back.  Workers need no help, they end with their parent; the process groups of
 * commands are ended by the warden. */
#include <stddef.h>
#include <termios.h>

#include "base/fault.h"

/* What a terminal needs to be the shell's again. */
struct guardian_terminal {
    struct termios before; /* modes to return to … */
    struct termios ours;   /* … if these are still in force, as tcgetattr tells them */
    size_t leave_size;
    char leave[256]; /* bytes that end synchronized output, leave the alternate screen and
                        show the cursor */
};

struct guardian;

/* Starts a guardian, not armed, for the terminal behind `terminal_fd`, which is borrowed
 * and must stay open for writing until guardian_destroy().  To be called by the main
 * thread, before any other is there: it is whose end the guardian waits for.  Returns 0
 * or -errno with `fault` filled; *ret_guardian is the caller's. */
int guardian_create(int terminal_fd, struct guardian **ret_guardian, struct fault *fault);

/* Disarms and ends the guardian, which is gone on return.  Only for the thread that
 * created it; NULL is fine. */
void guardian_destroy(struct guardian *guardian);

/* From here on the terminal is given back when the program ends without a word.  To be
 * called before the first byte that changes the screen, and again when the modes have
 * changed; `terminal` is copied. */
void guardian_arm(struct guardian *guardian, const struct guardian_terminal *terminal);

/* After the screen was left in an orderly way, also for a suspension. */
void guardian_disarm(struct guardian *guardian);

/* Gives the terminal back at once if armed, and disarms.  Takes a few seconds if the
 * terminal does not read.  For a crash handler: async-signal-safe, but takes SIGALRM, and
 * wants all other signals blocked. */
void guardian_give_back(struct guardian *guardian);
