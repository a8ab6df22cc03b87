// SPDX-License-Identifier: MIT
#pragma once
/* The probe: a task with a known answer, done again and again on chosen CPUs, and timed
 * there.  Either one worker goes from CPU to CPU, round by round, so that each computes
 * alone; or each CPU has a worker of its own, and all compute at once.  Both are a pool
 * whose task i belongs to CPU i modulo their number, and what each CPU did is counted in
 * memory that outlives the workers. */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/loop.h"

/* What is computed. */
struct probe_task {
    uint64_t (*compute)(void); /* some ms of one CPU; runs in a worker */
    uint64_t answer;           /* what it must return */
};

/* The one that a check uses (workload/answer.h). */
extern const struct probe_task probe_standard_task;

enum { PROBE_ROUNDS_KEPT = 64, PROBE_THIRDS = 3 };

/* What was done on one CPU.  Shared, one writer at a time; times are complete when
 * `rounds` counts them. */
struct probe_tally {
    _Atomic int64_t rounds;                          /* tasks done */
    _Atomic int64_t wrong;                           /* with another answer … */
    _Atomic uint64_t wrong_answer;                   /* … the last of these */
    _Atomic int64_t cpu_ns, elapsed_ns;              /* of all rounds; without the time in
                                                        which it was suspended */
    _Atomic int64_t round_cpu_ns[PROBE_ROUNDS_KEPT]; /* of the first ones */
    _Atomic int64_t round_elapsed_ns[PROBE_ROUNDS_KEPT];
    _Atomic int64_t third_rounds[PROBE_THIRDS]; /* by when a round ended, in thirds of
                                                   probe_setup.lasts_ns … */
    _Atomic int64_t third_cpu_ns[PROBE_THIRDS]; /* … CPU time of all of them, … */
    _Atomic int64_t third_min_ns[PROBE_THIRDS]; /* … and of the fastest */
    _Atomic int refused; /* errno of the system's refusal to run there; 0 */
    _Atomic int
        died_of; /* the signal of which a worker died there; 0; set by the parent */
};

struct probe_setup {
    struct loop *events;
    const struct probe_task *task;
    int count;
    const int *ids;   /* of CPUs */
    int64_t units;    /* computations that are one round, timed together; one more before
                         each round is not, so that the CPU is awake and warm */
    int64_t rounds;   /* on each CPU; 0: as many as there is time for */
    bool together;    /* a worker for each CPU, in place of one for all */
    int64_t lasts_ns; /* after which it is ended; 0: by its rounds alone */
    int nice;         /* niceness of the workers, where it is more than ours */
};

struct probe;

/* Starts it.  Returns 0 or -errno with `fault` filled; *ret_probe is the caller's. */
int probe_create(
    const struct probe_setup *setup, struct probe **ret_probe, struct fault *fault);
void probe_destroy(struct probe *probe); /* ends what is left; NULL is fine */

/* True once all is done, or the time is up; for loop_run(). */
const bool *probe_finished(const struct probe *probe);
void probe_stop(struct probe *probe); /* ends it now; does nothing again */

/* Of the CPU in that place of setup.ids; as long as the probe lives. */
const struct probe_tally *probe_tally(const struct probe *probe, int place);

/* The place where a round is under way (of a probe that is not `together`); -1: none. */
int probe_current(const struct probe *probe);

void probe_suspend(struct probe *probe); /* its workers, by SIGSTOP */
void probe_resume(struct probe *probe);
