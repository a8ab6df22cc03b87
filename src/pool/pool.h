// SPDX-License-Identifier: MIT
#pragma once
/* The pool: forked workers that take tasks from a shared table.  Parent side only. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/fault.h"
#include "base/loop.h"
#include "pool/schedule.h"
#include "pool/table.h"
#include "workload/workload.h"

struct pool;

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
    int64_t grain;    /* tasks per stamp; where growing starts */
    bool grain_grows; /* each worker doubles it until a batch lasts 100 hand-outs */
    bool chunk_grows; /* and takes chunks of that many tasks */
    int retries;      /* how often a task is done again whose worker was killed */
    struct loop *events;
    void (*on_event)(void *data, const struct pool_event *event); /* or NULL */
    void *data;
};

/* Starts the workers; the event loop notices their ends from then on.  Returns 0 or -errno
 * with `fault` filled when not even one could be started; *ret_pool is the caller's.  The
 * setup's job must outlive the pool. */
int pool_create(const struct pool_setup *setup, struct pool **ret_pool, struct fault *fault);

/* Kills and reaps what is left; NULL is fine. */
void pool_destroy(struct pool *pool);

/* True once no process is left and no task either; for loop_run(). */
const bool *pool_finished(const struct pool *pool);

/* Ends the stage now: kills and reaps all workers, does nothing again. */
void pool_stop(struct pool *pool);

/* Stops all workers (SIGSTOP) or lets them go on. */
void pool_suspend(struct pool *pool);
void pool_resume(struct pool *pool);

/* How far the pool is. */
struct pool_progress {
    int64_t done, failed;
    int running; /* workers with a process */
};
struct pool_progress pool_progress(struct pool *pool);

/* What a worker does now. */
struct pool_view {
    pid_t pid; /* 0: no process */
    int cpu;   /* where its last task ended; -1: none yet */
    int64_t last_ns, done;
};
struct pool_view pool_view(struct pool *pool, int worker);

/* What a worker did, all its processes together.  Stamps are monotonic. */
struct pool_totals {
    bool ran;  /* a process was ever started for it */
    pid_t pid; /* of the last */
    int64_t done, failed, handouts, largest_chunk;
    int64_t gaps_ns; /* between first_ns and last_ns: from one process's end to the next task */
    int64_t handout_ns, cpu_ns;
    int64_t first_cpu_clock_ns, last_cpu_clock_ns; /* of its first and its last process */
    int64_t waiting_ns; /* -1: not seen */
    int64_t first_ns, last_ns;
    uint64_t digest;
};

/* The following are for a pool that has finished or was stopped. */
struct pool_totals pool_totals(const struct pool *pool, int worker);
int64_t pool_started_ns(const struct pool *pool);  /* before the first fork */
int64_t pool_finished_ns(const struct pool *pool); /* after the last worker was reaped */
int64_t pool_retried(const struct pool *pool);     /* tasks that were begun again */
int64_t pool_lost(const struct pool *pool);        /* tasks that nobody could be found for */

/* All records kept: *ret_count places, those not `complete` to be skipped.  Borrowed. */
const struct table_record *pool_records(const struct pool *pool, size_t *ret_count);

/* The price of a hand-out on this machine: claim, stamps and publishing, uncontended. */
int64_t pool_measure_handout_ns(void);
