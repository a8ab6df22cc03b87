// SPDX-License-Identifier: MIT
#pragma once
/* What a member is, and what all members of a pool share.  Used by the inside of a pool
 * alone. */
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

#include "pool/leftover.h"
#include "pool/setup.h"

/* What all members of a pool share. */
struct member_ground {
    const struct pool_setup *setup;
    struct table *table;
    int64_t batch_ns, grain_most; /* where a growing batch ends */
    int64_t started_ns;
    int64_t retried;
    int room, wanted;         /* members there may be, and those that there are to be */
    bool closed;              /* nothing more is to be begun */
    int64_t reaped_ns;        /* when the last process was */
    struct leftover spare;    /* left by members that are not wanted any more */
    struct leftover doubtful; /* claims that may have been another worker's */
    uint64_t cover;           /* table_cover() of all that was certainly claimed */
    int running;              /* members with a process */
    int null_fd;
    sigset_t caught; /* of the parent */
    void *shared;    /* workload_place.shared */
    size_t shared_size;
    struct workload_ward *wards; /* one each, shared; NULL where nothing is told */
    struct vigil *vigil;         /* ends what is in the wards after this process */
    int told_fds[2];             /* of told_open(); -1 */
    struct watch *told_watch;
    rlim_t descriptors; /* the limit that was raised; 0: it was not */
    int gate_fd;        /* an eventfd: a worker has warmed up; -1: there is no gate */
    struct watch *gate_watch;
    struct pool_gap warm;    /* from the last fork to the opening of the gate */
    int64_t suspended_at_ns; /* 0: it is not */
    size_t suspension_count;
    struct pool_gap *suspensions; /* in order; owned */
};

/* How a process ended. */
enum member_end {
    MEMBER_DONE,    /* it found nothing left to do */
    MEMBER_RENEWED, /* it did as many tasks as one process may */
    MEMBER_LEFT,    /* it was told to leave */
    MEMBER_DIED,    /* anything else */
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
    bool due;                 /* a process has ended that another is to follow */
    enum member_end last_end; /* how it did; MEMBER_DONE, too, before any has */
    bool unpinned;            /* it could not be pinned, and that was told */
    bool blind;               /* the present process is: worker_setup.blind */
    int64_t looked_ns; /* when one that looked how long it waits was stamped first */
    int64_t span_ns, seen_ns; /* time between the stamps of all processes; of those */
    struct leftover leftover; /* given to the present process, or to the next */
    int64_t open_number;      /* the record that a renewed one has left open, … */
    struct table_record open; /* … for the next to go on with; count 0: none */
    pid_t ended_group;        /* the last that was ended with its worker; 0: none was */
    int spools[2];            /* where what its tasks put out is kept; -1: nowhere yet */
    struct pool_gap *gaps;    /* those of the totals; owned */
    struct pool_totals totals;
};
