// SPDX-License-Identifier: MIT
#pragma once
/* The inside of an experiment, shared by the files that run it: experiment.c (the order
 * of events), moment.c (what is waited for without a stage), own.c (loops of the user's
 * own), programs.c (whole programs). */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "experiment/ending.h"
#include "experiment/feed.h"
#include "experiment/ledger.h"
#include "experiment/marks.h"
#include "experiment/sampler.h"
#include "experiment/setup.h"
#include "experiment/show.h"
#include "experiment/stage.h"
#include "experiment/timeline.h"
#include "experiment/timeouts.h"
#include "experiment/turns.h"

/* What a loop of the user's own needs besides. */
struct own {
    struct feed *feed;         /* NULL: it has no items */
    struct ledger *ledger;     /* of the stage that runs or ran last; NULL: a built-in */
    struct timeouts *timeouts; /* of the one that runs … */
    struct ending *ending;     /* … which is being ended */
    struct marks told;         /* tasks that the observer was told of */
    bool closed;               /* nothing more is begun, and no stage follows */
    bool sequential;           /* the stage that runs is */
    int workers;               /* wanted in it … */
    int room;                  /* … and the most there may be */
    int64_t available_bytes;   /* of memory, before it */
    int error;                 /* that has ended it all; 0 … */
    struct fault fault;        /* … and its words */
};

struct programs;

struct experiment {
    struct experiment_setup setup;
    struct result *result;
    struct sampler *sampler;
    struct workload_job job;
    const struct schedule_ops *schedule;
    struct stage *stage;      /* the one that is running, or NULL */
    struct pool *calibration; /* the one that is running, or NULL */
    struct order *order;      /* of the tasks in parallel stages, once it is known */
    size_t pin_count;         /* workers are pinned to … */
    int *pins;                /* … these CPUs, where that was asked for */
    struct timeline timeline; /* of the whole run */
    struct watch *ticker;     /* calls for a reading, all the time */
    double task_ns;           /* mean of a task; 0: not known */
    bool moment_over;         /* ends a wait without a stage */
    bool is_stopped;
    struct own own;
    struct programs *programs; /* in place of a loop; NULL: a loop */
    struct show show;
};

/* moment.c: waits that end by experiment_go_on() or experiment_stop().  Return 0 or
 * -errno with `fault` filled. */
int moment_wait(struct experiment *experiment, struct fault *fault);

/* Reads the counters for a moment before anything runs, and remarks what others use; if
 * that is little, what the machine uses is its idle power. */
int moment_watch_quiet(struct experiment *experiment, struct fault *fault);

/* Before a stage, if the observer wishes so. */
int moment_wait_for_observer(struct experiment *experiment, struct fault *fault);

/* own.c: each does nothing for a built-in loop. */
void own_init(struct experiment *experiment);
void own_finish(struct experiment *experiment);

/* Reads items: all, or as many as a map begins with. */
int own_read(struct experiment *experiment, struct fault *fault);

/* What its number of items says, once it is known, of the plan. */
void own_count(struct experiment *experiment);

/* The plan is settled: so are the threads of each command. */
void own_settle(struct experiment *experiment);

/* A stage of it is next. */
void own_prepare(struct experiment *experiment, struct stage_setup *setup);

/* At every tick. */
void own_look(struct experiment *experiment);

/* The stage is over; its records have their items. */
void own_conclude(struct experiment *experiment, struct result_stage *stage);

/* For the scene; NULL for a built-in loop. */
const struct scene_items *own_items(struct experiment *experiment);

/* programs.c: whole programs in place of a loop.  Each is one task of one worker, looked
 * at with all its descendants while it runs; all but programs_create() do nothing for a
 * loop. */

/* Makes commands of the plan's programs (of the one that is watched: takes that of the
 * setup).  *ret_programs is NULL where the plan has none.  Returns 0 or -EINVAL with
 * `fault`: no such program. */
int programs_create(
    struct experiment *experiment, struct programs **ret_programs, struct fault *fault);
void programs_destroy(struct programs *programs); /* NULL is fine */

/* Settles what there is to settle of the plan. */
void programs_settle(struct experiment *experiment);

/* It has failed before, and is not run again.  False for a loop. */
bool programs_skips(const struct experiment *experiment, const struct turn *turn);

/* A run of one is next: the command that prepares it has ended on return.  Returns 0 or
 * -errno with `fault`. */
int programs_prepare(
    struct experiment *experiment, const struct turn *turn, struct fault *fault);

/* Says of its stage what it is. */
void programs_open(const struct experiment *experiment, const struct turn *turn,
    struct result_stage *stage);

/* Says of a record which program it is of. */
void programs_name(const struct experiment *experiment, struct result_record *record);

/* At every tick. */
void programs_look(struct experiment *experiment);

/* The stage is over. */
void programs_conclude(struct experiment *experiment, struct result_stage *stage);

/* What a scene shows of the program that runs: its processes, the CPUs that they keep
 * busy. */
void programs_show(const struct experiment *experiment, struct scene *scene);
