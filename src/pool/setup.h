// SPDX-License-Identifier: MIT
#pragma once
/* What a pool is set up with, what it reports while it works, and what its workers did.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/loop.h"
#include "pool/schedule.h"
#include "workload/workload.h"

enum pool_event_kind {
    POOL_KILLED,   /* a worker died of signal `status` */
    POOL_LEFT,     /* a worker left with exit status `status` before its time */
    POOL_REPLACED, /* a new process took the worker's place */
    POOL_REFUSED,  /* the system refused a process: `status` is the errno */
    POOL_UNPINNED, /* it could not be pinned: `status` is the errno */
    POOL_WARM, /* all workers have warmed up, and the gate is about to open: nobody's */
};

struct pool_event {
    int64_t time_ns; /* monotonic */
    enum pool_event_kind kind;
    int worker;
    pid_t pid;
    int status;
    int64_t index; /* the task in hand, or the first of several; -1: none */
};

/* What became of a task, of a job whose ops->tells: once each, unless its worker was
 * killed just after it was done. */
struct pool_delivery {
    int64_t index;
    int worker;
    int attempts;             /* how often it was begun, by dead workers too */
    int64_t begin_ns, end_ns; /* monotonic */
    bool failed;
    struct workload_outcome outcome; /* of one whose worker died of it: with the worker's
                                        signal, and nothing put out */
    const int *spools; /* where what it put out can be read, during the callback; what has
                          been read should be let go (spool_discard) */
};

struct pool_setup {
    const struct workload_job *job;
    struct schedule_loop loop; /* its workers are those asked for */
    const struct schedule_ops *schedule;
    int64_t grain;      /* tasks per stamp; where growing starts */
    bool grain_grows;   /* each worker doubles it until a batch lasts 100 hand-outs */
    bool chunk_grows;   /* and takes chunks of that many tasks */
    int64_t handout_ns; /* the price of one, where it is known; 0: it is measured to grow
                           by */
    int64_t halt_after; /* told failures after which workers begin nothing more, at once:
                           whoever counts them is to close the pool then; 0: none */
    int retries;        /* how often a task is done again whose worker was killed */
    const struct order *order; /* which task is in which place of the loop; NULL: as
                                  numbered; borrowed */
    int64_t max_tasks;         /* a worker's process is renewed after so many; 0: never */
    size_t pin_count;          /* worker w runs on CPU pins[w % pin_count] alone … */
    const int *pins;           /* … 0: wherever the kernel wishes; borrowed */
    int room;      /* workers that there may ever be, see pool_set_workers(); 0: as many
                      as loop.workers */
    bool supplied; /* the number of tasks is not known yet: they come by pool_supply(),
                      and loop.tasks is what there may be at most; only for a shared
                      schedule */
    struct loop *events;
    void (*on_delivery)(void *data, const struct pool_delivery *delivery); /* or NULL */
    void (*on_event)(void *data, const struct pool_event *event);          /* or NULL */
    void *data;
};

/* From the last stamp of a worker's process that was killed to the first of the next. */
struct pool_gap {
    int64_t from_ns, to_ns; /* monotonic */
};

/* What a worker did, all its processes together.  Stamps are monotonic. */
struct pool_totals {
    bool ran;  /* a process was ever started for it */
    pid_t pid; /* of the last */
    int64_t done, failed, handouts, largest_chunk;
    int pinned;          /* the CPU that it runs on alone; -1: none */
    int64_t renewals;    /* processes that left after max_tasks, … */
    int64_t renewing_ns; /* … and the time from the last stamp of each to the first of the
                            next, without suspensions: a part of handout_ns */
    size_t gap_count;
    const struct pool_gap *gaps; /* between first_ns and last_ns, in order; borrowed */
    int64_t handout_ns;
    int64_t paused_ns;  /* waiting for more tasks, or for the parent to take what it is
                           told, mostly without a CPU: a part of handout_ns */
    int64_t cpu_ns;     /* since the first stamps of its processes; of what their tasks
                           have started, too */
    int64_t system_ns;  /* of that, in the kernel, without what they have started; -1:
                           one of its processes was killed and could not tell */
    int64_t waiting_ns; /* -1: not seen */
    int64_t first_ns, last_ns;
    uint64_t digest;
    int64_t odd_tasks,
        odd_index; /* whose digest was not pool_usual_digest(); one of them */
    uint64_t odd_digest;
};
