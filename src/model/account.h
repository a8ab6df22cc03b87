// SPDX-License-Identifier: MIT
#pragma once
/* The account: where the W x elapsed worker-nanoseconds of a stage went. */
#include <stddef.h>
#include <stdint.h>

/* In place of a term that this kernel or stage does not show apart from its neighbour. */
#define ACCOUNT_NOT_SEEN INT64_MIN

/* What the stamps of one worker say; startup + prepare + span + tail is the stage's
 * elapsed time. */
struct account_worker {
    int64_t startup_ns; /* from the stage's start to its first task */
    int64_t span_ns;    /* from its first task's start to its last task's end */
    int64_t tail_ns;    /* from its last task's end to the end of the stage */
    int64_t handout_ns; /* inside the span: between two tasks */
    int64_t cpu_ns;     /* inside the span: CPU time, of tasks and hand-outs */
    int64_t waiting_ns; /* inside the span: runnable, not running; or ACCOUNT_NOT_SEEN */
    int64_t prepare_ns; /* not in startup_ns: one worker prepared for all meanwhile */
};

/* The terms add up to total_ns; a term that is ACCOUNT_NOT_SEEN is inside the next one.
 */
struct account {
    int64_t total_ns; /* W x elapsed */
    int64_t startup_ns;
    int64_t useful_ns;   /* CPU time that the same tasks took in the sequential stage */
    int64_t slowdown_ns; /* CPU time of the tasks beyond that; negative when they took
                            less; ACCOUNT_NOT_SEEN without a sequential stage */
    int64_t waiting_ns;  /* or ACCOUNT_NOT_SEEN: inside blocked_ns then */
    int64_t blocked_ns;  /* task time that is neither CPU time nor waiting */
    int64_t handout_ns;
    int64_t tail_ns;
    int64_t prepare_ns; /* one worker did what cannot be shared out, all others waited */
};

/* Adds up the workers.  `useful_ns` is the CPU time of the same tasks in the sequential
 * stage, or ACCOUNT_NOT_SEEN where there is none: then the tasks' own CPU time is the
 * useful work. waiting is seen only if every worker shows it. */
struct account account_of(size_t count, const struct account_worker workers[],
    int64_t elapsed_ns, int64_t useful_ns);
