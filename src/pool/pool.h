// SPDX-License-Identifier: MIT
#pragma once
/* The pool: forked workers that take tasks from a shared table.  Parent side only. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/fault.h"
#include "pool/setup.h"
#include "pool/table.h"

struct pool;

/* Starts the workers; the event loop notices their ends from then on.  Returns 0 or
 * -errno with `fault` filled when not even one could be started; *ret_pool is the
 * caller's.  The setup's job must outlive the pool. */
int pool_create(
    const struct pool_setup *setup, struct pool **ret_pool, struct fault *fault);

/* Kills and reaps what is left; NULL is fine. */
void pool_destroy(struct pool *pool);

/* True once no process is left and no task either; for loop_run(). */
const bool *pool_finished(const struct pool *pool);

/* Ends the stage now: kills and reaps all workers, does nothing again. */
void pool_stop(struct pool *pool);

/* Stops all workers (SIGSTOP) or lets them go on. */
void pool_suspend(struct pool *pool);
void pool_resume(struct pool *pool);

/* There are `tasks` now (never fewer than before), and `whole` if no more will come.  For
 * a pool that is supplied; workers that had nothing to do go on. */
void pool_supply(struct pool *pool, int64_t tasks, bool whole);

/* Nothing more is begun: workers leave after the task in hand.  What is left then is
 * neither done nor lost. */
void pool_close(struct pool *pool);
bool pool_is_closed(const struct pool *pool);

/* Closes the pool and sends `signal` to the process group of every task in hand; one that
 * ends by it has neither been done nor failed. */
void pool_end_tasks(struct pool *pool, int signal);

/* Sends `signal` to the process group of the task in hand of one worker, if that is still
 * task `index`, which has taken too long.  False if it is not. */
bool pool_end_task(struct pool *pool, int worker, int64_t index, int signal);

/* From now on there are so many workers, 1 … setup.room: more are started at once, those
 * too many leave after the task in hand.  Only for a shared schedule. */
void pool_set_workers(struct pool *pool, int workers);
int pool_workers(const struct pool *pool); /* wanted now */

/* How far the pool is. */
struct pool_progress {
    int64_t done, failed;
    int64_t
        claimed; /* places of the loop that have been handed out, by a shared cursor */
    int running; /* workers with a process */
};
struct pool_progress pool_progress(struct pool *pool);

/* What a worker does now. */
struct pool_view {
    pid_t pid;        /* 0: no process */
    int cpu;          /* where its last task ended, or the first began; -1: none yet */
    int64_t index;    /* the task in hand, or the first of several; -1: none */
    pid_t group;      /* process group of the task in hand; 0: none, or not told */
    int64_t begun_ns; /* when that was begun, where ops->tells; 0: none in hand */
    int64_t last_ns, done, failed;
    int64_t ended_cpu_ns; /* to be added to the CPU clock of `pid`: that of its processes
                             that have ended, in their tasks, without what this one
                             used to warm up */
};
struct pool_view pool_view(struct pool *pool, int worker);

/* From the last fork to the opening of the gate behind which the workers warm up: to_ns
 * is 0 until then, both are where there is none. */
struct pool_gap pool_warm(const struct pool *pool);

/* CPU time that the workers' present processes used to warm up. */
int64_t pool_warm_cpu_ns(const struct pool *pool);

/* The following are for a pool that has finished or was stopped; what the totals borrow
 * lives as long as the pool. */
struct pool_totals pool_totals(const struct pool *pool, int worker);
int64_t pool_started_ns(const struct pool *pool);  /* before the first fork */
int64_t pool_finished_ns(const struct pool *pool); /* after the last worker was reaped */
int64_t pool_retried(const struct pool *pool);     /* tasks that were begun again */
int64_t pool_lost(const struct pool *pool); /* tasks that nobody could be found for */

/* From when to when worker 0 prepared; both 0 where it did not. */
struct pool_gap pool_prepare(const struct pool *pool);

/* The digest of the first task, where all compute the same; 0: none. */
uint64_t pool_usual_digest(const struct pool *pool);

/* All records kept: *ret_count places, those not `complete` to be skipped.  Borrowed. */
const struct table_record *pool_records(const struct pool *pool, size_t *ret_count);

/* The price of a hand-out on this machine: claim, stamps and publishing, uncontended. */
int64_t pool_measure_handout_ns(void);
