// SPDX-License-Identifier: MIT
#pragma once
/* The inside of a worker, for its own two files: worker.c has its work, told.c what
 * is particular where each task is told to the parent. */
#include "pool/worker_setup.h"

struct worker {
    const struct worker_setup *setup;
    struct table *table;
    struct table_slot *slot;
    struct table_notes *notes; /* in the slot */
    int64_t
        start_ns; /* when the next batch begins: the end of the last, or a stamp since */
    int64_t cpu_stamp_ns; /* when the CPU clock was last read */
    int64_t batch_ns;     /* how long the last batch took */
    int64_t stamp_ns;     /* what one read of the clock takes */
    int64_t tasks_left;   /* until it is renewed; 0, too, once it is to leave */
    bool leaves;          /* it was told to */
    bool starved; /* the next task has a stamp of its own: it has been waited for, or all
                     have */
    int wait_fd;  /* where its run-queue delay is read; -1: not to be had */
    struct workload_place place;
    struct workload_outcome outcome; /* of the place */
    struct table_state state;
};

/* From then on it is like one that is about to be renewed. */
static inline bool worker_is_told_to_leave(struct worker *worker)
{
    if (atomic_load_explicit(&worker->slot->leave, memory_order_relaxed) == 0)
        return false;
    worker->leaves = true;
    worker->tasks_left = 0;
    return true;
}

/* One batch: what the tasks in the places [begin, end) gave. */
struct batch {
    int64_t begin, end;
    int64_t index; /* of the first of them */
    int64_t failed;
    int attempts;
    uint64_t digest; /* of the only task, or the sum of workload_mix() */
    uint64_t mixed;  /* always the sum */
    int64_t value;
};
