// SPDX-License-Identifier: MIT
#pragma once
/* What can be repeated: the descriptor of a workload, and the table of those built in.
 * A workload is one file with one descriptor; help, ranges and defaults come from it. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sys/types.h>

#include "base/fault.h"
#include "base/spool.h"

/* The most iterations of a loop: what the shared table's counters hold with room to
 * spare. */
#define WORKLOAD_ITERATIONS_MAX INT64_C(1000000000000)

/* What one task computed. */
struct workload_result {
    uint64_t digest; /* of everything computed: equal input gives an equal digest */
    int64_t value;   /* the number a person would look at; 0 if there is none */
    int64_t cpu_ns;  /* CPU time of processes that it has started and seen the end of, up
                        to its own duration; 0: none */
};

/* What became of a task that is told to the parent (ops->tells). */
struct workload_outcome {
    int exit_status; /* with which it ended; -1: it did not end by itself */
    int signal;      /* that ended it; 0: none */
    int error;       /* errno with which it could not be started, or its output not be
                        kept; 0: none */
    bool timed_out;  /* it was ended because it took too long */
    int attempts;    /* how often it was begun here, 1 or more */
    int64_t cpu_ns; /* of all its processes, what several threads used at once, too … */
    int64_t user_ns, system_ns;  /* … and its two parts; both 0: not known */
    int64_t max_rss_bytes;       /* of the largest of its processes; 0: not known */
    struct spool_range out, err; /* what it put out, of its last attempt, in
                                    workload_place.spools */
};

/* One worker's task in hand, in memory that it shares with its parent and with the
 * guardian.  The parent clears it before each process. */
struct workload_ward {
    _Atomic pid_t worker; /* its process */
    _Atomic pid_t group;  /* the process group of the task in hand; 0: none */
    _Atomic int64_t
        begun_ns;          /* when that was begun, monotonic; 0: there is none in hand */
    _Atomic int64_t index; /* which one that is */
    _Atomic int64_t overdue; /* set by the parent before it ends a task that has taken too
                                long: its index + 1 */
    _Atomic uint32_t
        leave; /* set by the parent: nothing more to be begun by this worker */
};

/* How far a pool is closed: a word that its workers share. */
enum {
    WORKLOAD_OPEN,
    WORKLOAD_CLOSED, /* nothing more is begun */
    WORKLOAD_ENDING, /* what is under way is being ended: it has not failed by that */
};

/* One workload with its parameters settled, shared read-only by all workers. */
struct workload_job {
    const struct workload_ops *ops;
    int64_t size;
    int64_t scale;      /* what ops->settle found out; 0 without */
    int64_t iterations; /* of the loop; 0 while that is not known yet */
    const void *body;   /* the user's own: a command, a plug-in; borrowed; NULL without */
};

/* Where a task runs: one worker's process. */
struct workload_place {
    const struct workload_job *job;
    int worker;   /* 0 … workers - 1 */
    int workers;  /* of the pool; 1 in the sequential stage */
    void *shared; /* memory that all workers of the stage share, of ops->shared_size
                     bytes, 0 before anything has run; NULL without */
    void *own;    /* what ops->warm has made for this process; NULL without */
    /* The rest is there where ops->tells; else NULL and -1. */
    struct workload_ward *ward;       /* this worker's */
    const _Atomic uint32_t *closed;   /* how far the pool is */
    int spools[2];                    /* where this worker's output and errors are kept */
    struct workload_outcome *outcome; /* to be filled; begins as 0 */
};

struct workload_ops {
    const char *name;
    const char *summary;   /* one line: what an iteration computes */
    const char *brief;     /* the same in 33 columns at most; NULL: that is */
    const char *verb;      /* "computed", "done": the task of describe() … 15 times */
    const char *teaches;   /* one line: what it is good for showing */
    const char *size_name; /* what the size is: "n", "microseconds"; NULL: has no size */
    int64_t size_min, size_max, size_default;
    int64_t size_step; /* sizes are multiples of it; 0: of nothing */
    bool
        size_is_kind; /* another size is another kind of loop: no task is shorter by it */
    bool uniform;     /* every task computes the same, so all digests must be equal */
    bool tells;       /* what becomes of each task is told to the parent, one by one */
    int cost_power; /* a task's mean cost grows with this power of the iterations: 0 (the
                       same however many there are), 1 (task i costs i + 1) */
    const char
        *value_name; /* what workload_result.value counts: "decimal digits"; or NULL */

    /* Writes what one task is for a headline: "1000000!", "spin for 0.10 s". */
    void (*describe)(const struct workload_job *job, size_t size, char text[]);

    /* Finds the job's `scale` on this machine; runs once, in the parent, before any
     * stage. NULL where there is nothing to find. */
    void (*settle)(struct workload_job *job);

    /* How many bytes of place->shared a stage needs.  NULL: none. */
    size_t (*shared_size)(const struct workload_job *job);

    /* The part of the loop that cannot be shared out: run once in every stage, by worker
     * 0, before the first task, while the others wait; its time counts.  Does nothing
     * while job->iterations is 0.  Returns 0 or -errno.  NULL: none. */
    int (*prepare)(const struct workload_place *place);

    /* The share of the loop's work that is in `prepare`, 0 … below 1.  NULL: 0. */
    double (*serial_share)(const struct workload_job *job);

    /* Makes place->own and touches it, in every worker before the stage's clock starts:
     * all wait at a gate for each other.  Returns 0 or -errno.  NULL: nothing to do, and
     * no gate. */
    int (*warm)(struct workload_place *place);

    /* Gives back what `warm` made, before a worker's process ends by itself.  NULL: the
     * system does that. */
    void (*release)(const struct workload_place *place);

    /* Computes task `index`.  Runs in a worker.  Returns 0 or -errno; a task that has no
     * memory left returns -ENOMEM, or leaves with WORKLOAD_EXIT_OUT_OF_MEMORY; one that
     * was not done because the pool is closed returns -ECANCELED, and counts as not
     * begun.
     */
    int (*run)(const struct workload_place *place, int64_t index,
        struct workload_result *result);
};

/* Exit status with which a worker leaves when a library's allocator has nowhere to go
 * back to; the pool reports the task in hand as failed for want of memory. */
enum { WORKLOAD_EXIT_OUT_OF_MEMORY = 102 };

/* The built-in workloads in the order they are listed, ended by NULL. */
extern const struct workload_ops *const workload_table[];

/* The workload of that name.  Returns 0 or -EINVAL with `fault` naming the nearest. */
int workload_find(
    const char *name, const struct workload_ops **ret_ops, struct fault *fault);

/* A job of that size (checked against the descriptor's range), settled. */
int workload_job_init(struct workload_job *job, const struct workload_ops *ops,
    int64_t size, struct fault *fault);

/* A task's digest bound to its index, so that sums of them are the same in any order but
 * show a task lost, doubled or wrong.  Digests of a whole loop are such sums, modulo
 * 2^64. */
static inline uint64_t workload_mix(int64_t index, uint64_t digest)
{
    uint64_t mixed = digest ^ ((uint64_t)index + 1) * UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ (mixed >> 32)) * UINT64_C(0xd6e8feb86659fd93);
    return mixed ^ (mixed >> 32);
}

/* Writes a task's result for a person: "5565709 decimal digits, digest 0011223344556677".
 */
void workload_format_result(const struct workload_ops *ops,
    const struct workload_result *result, size_t size, char text[]);
