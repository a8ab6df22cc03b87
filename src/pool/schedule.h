// SPDX-License-Identifier: MIT
#pragma once
/* How tasks are handed out: OpenMP's schedules as pure functions from a cursor to a
 * range. A cursor counts the tasks handed out so far, by the whole pool or by one worker.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

struct schedule_range {
    int64_t begin, end; /* tasks begin … end - 1; empty when begin == end */
};

/* The loop as a schedule sees it. */
struct schedule_loop {
    int64_t tasks;
    int workers;
    int64_t chunk; /* consecutive tasks per hand-out, at least 1 */
};

struct schedule_ops {
    const char *name;
    const char *summary; /* one line for the help */
    const char *brief;   /* the same beside a field: 33 columns at most */
    bool shared;         /* one cursor for the whole pool; else each worker has its own */

    /* The chunk where none was asked for.  NULL: the caller's rule, by what handing out
     * costs; or 1. */
    int64_t (*default_chunk)(const struct schedule_loop *loop);

    /* What it is with a chunk that was asked for; NULL: itself. */
    const struct schedule_ops *with_chunk;

    /* The range that `worker` takes at `cursor`; the cursor moves on by its length. Empty
     * when there is nothing left for it. */
    struct schedule_range (*take)(
        const struct schedule_loop *loop, int worker, int64_t cursor);

    /* How many tasks a cursor counts in all: of the pool, or of that worker. */
    int64_t (*total)(const struct schedule_loop *loop, int worker);
};

/* The schedules a user can ask for, ended by NULL; the first is the default. */
extern const struct schedule_ops *const schedule_table[];

/* For calibration: single tasks spread over the whole loop, so that the first few are
 * like the rest.  Not in the table. */
extern const struct schedule_ops schedule_spread;

/* The schedule of that name.  Returns 0 or -EINVAL with `fault` naming the nearest. */
int schedule_find(
    const char *name, const struct schedule_ops **ret_ops, struct fault *fault);
