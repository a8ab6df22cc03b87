// SPDX-License-Identifier: MIT
#pragma once
/* What a loop would take if it were shared out otherwise: its tasks, as they were
 * measured, replayed under a schedule, a number of workers, an order, a number of tasks.
 * Pure arithmetic. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pool/schedule.h"

/* Consecutive tasks that take the same time each. */
struct predict_piece {
    int64_t count;
    double task_ns; /* on a CPU of its own */
};

/* What the tasks of a loop take, in the order of their places. */
struct predict_profile {
    int64_t tasks;
    size_t count;
    struct predict_piece *pieces; /* owned */
    double *begins;               /* `count` + 1: tasks before each piece; owned */
    double *before_ns;            /* likewise: their time; owned */
};

/* Copies the pieces, of which there is at least one. */
void predict_profile_init(
    struct predict_profile *profile, size_t count, const struct predict_piece pieces[]);
/* The same with the dearest pieces first. */
void predict_profile_init_sorted(
    struct predict_profile *profile, const struct predict_profile *source);
void predict_profile_finish(struct predict_profile *profile); /* zeroed is fine */

/* The time of all tasks together, one after the other. */
double predict_profile_sum_ns(const struct predict_profile *profile);

struct predict_setup {
    const struct predict_profile *profile; /* borrowed */
    const struct schedule_ops *schedule;
    struct schedule_loop loop; /* of other tasks than the profile's: it is stretched */
    int cost_power;            /* and then each task costs that power of it more */
    bool longest_first;
    double cpus;            /* that the workers share equally */
    double computing_share; /* of a task's time in which it needs one of them */
    double prepare_ns;      /* before the profile's tasks, by one worker alone: of other
                               tasks it is the same part */
    double start_ns;        /* until the first worker has its first task … */
    double start_each_ns;   /* … and how much later each next one has */
    double handout_ns;      /* of one hand-out, where a worker has had one already */
    double renew_ns;        /* of a new process after … */
    int64_t max_tasks;      /* … so many tasks; 0: none */
    double end_each_ns;     /* from the last task to the stage's end, for each worker */
};

/* The stage's elapsed time.  Workers that share CPUs all go on at the same speed.  Past
 * 100 000 hand-outs neighbouring ones are taken together. */
double predict_elapsed_ns(const struct predict_setup *setup);

/* The same tasks one after the other. */
double predict_sequential_ns(const struct predict_setup *setup);
