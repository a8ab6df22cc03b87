// SPDX-License-Identifier: MIT
#pragma once
/* One worker as its parent sees it: its present process, what it was left to do, and what
 * all its processes did.  Used by pool.c alone. */
#include <signal.h>

#include "pool/leftover.h"
#include "pool/setup.h"

/* What all members of a pool share. */
struct member_ground {
    const struct pool_setup *setup;
    struct table *table;
    int64_t batch_ns, grain_most; /* where a growing batch ends */
    int64_t started_ns;
    int64_t retried;
    struct leftover doubtful; /* claims that may have been another worker's */
    uint64_t cover;           /* table_cover() of all that was certainly claimed */
    int running;              /* members with a process */
    int null_fd;
};

struct pool; /* the pool of pool.h, which a member only names */

struct member {
    struct pool *pool; /* that it is in, for the callback */
    struct member_ground *ground;
    int worker;
    pid_t pid; /* 0: no process */
    int pidfd;
    struct watch *watch;
    int barren_deaths;        /* in a row, before a first task was begun */
    struct leftover leftover; /* given to the present process, or to the next */
    struct pool_gap *gaps;    /* those of the totals; owned */
    struct pool_totals totals;
};

/* Forks the worker's (next) process and gives it the leftover; `on_exit` is called with
 * the member when it has ended.  Returns 0 or -errno. */
int member_start(struct member *member, loop_callback *on_exit);

/* Reaps the process that has ended (or waits for it) and adds what it did to the totals.
 */
struct table_state member_reap(struct member *member, siginfo_t *ret_info);

/* After an exit: what was in hand becomes the leftover, or is failed for good where it
 * has cost more workers than the setup allows.  Returns the task that was in hand, -1 for
 * none. */
int64_t member_judge(
    struct member *member, const struct table_state *state, bool by_signal);

/* Its processes died again and again before they began a task. */
bool member_is_given_up(const struct member *member);

/* Has no process, but needs one: for what it was left, or for tasks that no one else
 * takes. */
bool member_needs_process(const struct member *member);

/* Frees what it was left and its gaps; it must have no process. */
void member_finish(struct member *member);

/* Reports an event of this worker, now. */
void member_tell(
    const struct member *member, enum pool_event_kind kind, int status, int64_t index);
