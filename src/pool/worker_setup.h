// SPDX-License-Identifier: MIT
#pragma once
/* What a worker's process is set up with, and how it may leave. */
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
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
    WORKER_EXIT_LEAVE = 106,      /* it was told to leave: slot.leave */
};

/* A range that a worker is given at its start: what its predecessor left behind. */
struct worker_share {
    struct schedule_range range;
    int deaths;  /* how many workers have died of each of these tasks so far */
    bool singly; /* stamp and publish each, to tell which one kills */
};

/* What there is where ops->tells. */
struct worker_telling {
    int fd;                     /* of told_send(); -1: nobody wants to know */
    int spools[2];              /* workload_place.spools */
    struct workload_ward *ward; /* its own, cleared */
    rlim_t descriptors;         /* the limit for what it starts; 0: as it is */
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
    struct worker_telling telling;
};
