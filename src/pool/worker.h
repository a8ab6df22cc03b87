// SPDX-License-Identifier: MIT
#pragma once
/* The child side of the pool: takes tasks until there are none, stamps them, leaves. */
#include <signal.h>
#include <stddef.h>
#include <sys/types.h>

#include "pool/order.h"
#include "pool/table.h"
#include "workload/workload.h"

/* Exit statuses of a worker that came to no task's harm; WORKLOAD_EXIT_OUT_OF_MEMORY is
 * another. */
enum {
    WORKER_EXIT_RENEW = 103,      /* after max_tasks: another process is to go on */
    WORKER_EXIT_COLD = 104,       /* it could not warm up */
    WORKER_EXIT_UNPREPARED = 105, /* it could not prepare the loop */
};

/* A range that a worker is given at its start: what its predecessor left behind. */
struct worker_share {
    struct schedule_range range;
    int deaths;  /* how many workers have died of each of these tasks so far */
    bool singly; /* stamp and publish each, to tell which one kills */
};

struct worker_setup {
    const struct workload_job *job;
    struct table *table;
    int worker;
    int64_t grain;      /* tasks per stamp */
    bool grain_grows;   /* doubled from `grain` until a batch lasts `batch_ns` */
    bool chunk_grows;   /* claims grow with the grain */
    int64_t grain_most; /* where growing ends */
    int64_t batch_ns;
    size_t share_count;
    const struct worker_share *shares;
    const struct order *order; /* or NULL */
    int64_t max_tasks;         /* it leaves after so many; 0: never */
    bool renewal;              /* its predecessor left like that */
    bool blind;          /* it does not look how long it waits for a CPU: for a short
                            life that costs too much */
    sigset_t caught;     /* signals that the parent does not leave to the kernel */
    int64_t cpu_base_ns; /* CPU time of its predecessors since their first stamps */
    int pin;             /* the CPU to run on alone; -1: none */
    int gate_fd;         /* an eventfd, to tell that it is warm */
    void *shared;        /* workload_place.shared */
};

/* Takes and runs tasks in the calling process until there are none left, or max_tasks
 * are done, going on with the open record in its slot.  `own` is what was warmed up.
 * Returns the exit status. */
int worker_work(const struct worker_setup *setup, void *own);

/* Where its tasks run; without what it has warmed up. */
struct workload_place worker_place(const struct worker_setup *setup);

/* Run-queue delay of a process so far ("self" or a pid), -1 where the kernel does not
 * tell: second field of /proc/PID/schedstat, Documentation/scheduler/sched-stats. */
int64_t worker_wait_ns(const char *process);
