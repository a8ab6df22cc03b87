// SPDX-License-Identifier: MIT
#pragma once
/* One worker as its parent sees it: its present process, what it was left to do, and what
 * all its processes did.  Used by the inside of a pool alone. */
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
    sigset_t caught; /* of the parent */
    void *shared;    /* workload_place.shared */
    size_t shared_size;
    int gate_fd; /* an eventfd: a worker has warmed up; -1: there is no gate */
    struct watch *gate_watch;
    struct pool_gap warm;    /* from the last fork to the opening of the gate */
    int64_t suspended_at_ns; /* 0: it is not */
    size_t suspension_count;
    struct pool_gap *suspensions; /* in order; owned */
};

struct pool; /* the pool of pool.h, which a member only names */

struct member {
    struct pool *pool; /* that it is in, for the callback */
    struct member_ground *ground;
    int worker;
    pid_t pid; /* 0: no process */
    int pidfd;
    struct watch *watch;
    int barren_deaths; /* in a row, before a first task was begun */
    bool due;          /* a process has ended that another is to follow … */
    bool renewing;     /* … which is no replacement: the last one was renewed */
    bool unpinned;     /* it could not be pinned, and that was told */
    bool blind;        /* the present process is: worker_setup.blind */
    int64_t looked_ns; /* when one that looked how long it waits was stamped first */
    int64_t span_ns, seen_ns; /* time between the stamps of all processes; of those */
    struct leftover leftover; /* given to the present process, or to the next */
    int64_t open_number;      /* the record that a renewed one has left open, … */
    struct table_record open; /* … for the next to go on with; count 0: none */
    struct pool_gap *gaps;    /* those of the totals; owned */
    struct pool_totals totals;
};

/* Forks the worker's (next) process and gives it the leftover; `on_exit` is called with
 * the member when it has ended.  Returns 0 or -errno. */
int member_start(struct member *member, loop_callback *on_exit);

/* How a process ended. */
enum member_end {
    MEMBER_DONE,    /* it found nothing left to do */
    MEMBER_RENEWED, /* it did as many tasks as one process may */
    MEMBER_DIED,    /* anything else */
};

/* Reaps the process that has ended (or waits for it) and adds what it did to the totals.
 */
enum member_end member_reap(
    struct member *member, siginfo_t *ret_info, struct table_state *ret_state);

/* After an exit: what was in hand becomes the leftover, or is failed for good where it
 * has cost more workers than the setup allows.  Returns the task that was in hand, -1 for
 * none, or where nobody is to blame. */
int64_t member_judge(struct member *member, enum member_end end,
    const struct table_state *state, bool by_signal);

/* Reports once that it could not be pinned; to be called while its slot says so. */
void member_check_pin(struct member *member);

/* Keeps the record that was left open for a process that did not come. */
void member_keep_open(struct member *member);

/* Its processes died again and again before they began a task. */
bool member_is_given_up(const struct member *member);

/* There is something to do for one more process of it. */
bool member_has_work(const struct member *member);

/* Nobody can begin a task before worker 0 has prepared the loop. */
bool member_ground_is_unprepared(const struct member_ground *ground);

/* Has no process, but needs one: for what it was left, or for tasks that no one else
 * takes. */
bool member_needs_process(const struct member *member);

/* Frees what it was left and its gaps; it must have no process. */
void member_finish(struct member *member);

/* Reports an event of this worker, now. */
void member_tell(
    const struct member *member, enum pool_event_kind kind, int status, int64_t index);
