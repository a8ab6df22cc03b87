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
};

struct pool_event {
    int64_t time_ns; /* monotonic */
    enum pool_event_kind kind;
    int worker;
    pid_t pid;
    int status;
    int64_t index; /* the task in hand, or the first of several; -1: none */
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
    int retries;        /* how often a task is done again whose worker was killed */
    struct loop *events;
    void (*on_event)(void *data, const struct pool_event *event); /* or NULL */
    void *data;
};

/* From the last stamp of a worker's process to the first of its next one. */
struct pool_gap {
    int64_t from_ns, to_ns; /* monotonic */
};

/* What a worker did, all its processes together.  Stamps are monotonic. */
struct pool_totals {
    bool ran;  /* a process was ever started for it */
    pid_t pid; /* of the last */
    int64_t done, failed, handouts, largest_chunk;
    size_t gap_count;
    const struct pool_gap *gaps; /* between first_ns and last_ns, in order; borrowed */
    int64_t handout_ns, cpu_ns;
    int64_t first_cpu_clock_ns, last_cpu_clock_ns; /* of its first and its last process */
    int64_t waiting_ns;                            /* -1: not seen */
    int64_t first_ns, last_ns;
    uint64_t digest;
    int64_t odd_tasks,
        odd_index; /* whose digest was not pool_usual_digest(); one of them */
    uint64_t odd_digest;
};
