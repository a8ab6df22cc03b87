// SPDX-License-Identifier: MIT
#pragma once
/* The child side of the pool: takes tasks until there are none, stamps them, leaves. */
#include <stddef.h>
#include <sys/types.h>

#include "pool/table.h"
#include "workload/workload.h"

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
};

/* Takes and runs tasks in the calling process until there are none left. */
void worker_work(const struct worker_setup *setup);

/* The life of a forked worker: detaches from the terminal and from the parent's signals,
 * ends with `parent`, works, and _exits. */
_Noreturn void worker_main(const struct worker_setup *setup, pid_t parent, int null_fd);

/* Run-queue delay of a process so far ("self" or a pid), -1 where the kernel does not
 * tell: second field of /proc/PID/schedstat, Documentation/scheduler/sched-stats. */
int64_t worker_wait_ns(const char *process);
