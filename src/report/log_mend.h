// SPDX-License-Identifier: MIT
#pragma once
/* A log's file before it is gone on with: one writer, and whole lines. */
#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"

/* Locks it for as long as the descriptor and its copies are open.  Returns 0 (also where
 * the file system has no locks), or -errno with `fault`: another run writes it. */
int log_lock(int fd, const char *path, struct fault *fault);

/* Whether somebody else holds that lock. */
bool log_is_locked(int fd);

/* Whether the first `size` bytes are all that is there of a log that was cut off in its
 * first line, or before it. */
bool log_may_begin(int fd, int64_t size);

/* Takes away a torn end and ends the last line.  *ret_size is the file's size then.
 * Returns 0 or -errno with `fault`: what is there is no log, and stays as it is. */
int log_mend(int fd, const char *path, int64_t *ret_size, struct fault *fault);
