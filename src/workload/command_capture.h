// SPDX-License-Identifier: MIT
#pragma once
/* The output of processes, one after the other: two pipes that are read into two spools.
 * The pipes are kept for the next process, which is most of what they would cost. */
#include <stdbool.h>

#include "base/spool.h"

struct command_capture {
    int read_fds[2];
    int write_fds[2];             /* to be given to the process; -1: no pipe */
    int flags[2];                 /* of write_fds, as they were made */
    char *buffer;                 /* owned */
    int spools[2];                /* borrowed */
    struct spool_range ranges[2]; /* where the output has been put */
    int error; /* errno with which it could not be kept; it is read all the same */
};

void command_capture_init(struct command_capture *capture);
void command_capture_finish(struct command_capture *capture);

/* For the next process.  Returns 0 or -errno: there were no pipes to be had. */
int command_capture_begin(struct command_capture *capture, const int spools[2]);

/* Waits for output or the end of the process `pid_fd` (-1: none) for `timeout_ms` (-1:
 * for ever), and takes what is there.  Returns whether the process has ended; *ret_took:
 * there was output, and there may be more. */
bool command_capture_turn(
    struct command_capture *capture, int pid_fd, int timeout_ms, bool *ret_took);

/* Takes what the pipes still hold, without waiting for more. */
void command_capture_drain(struct command_capture *capture);

/* Gives up the pipes: someone may still write to them. */
void command_capture_close(struct command_capture *capture);
