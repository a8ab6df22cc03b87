// SPDX-License-Identifier: MIT
#pragma once
/* A scene: how an experiment stands at one moment, all that a screen or a sentence is
 * made from.  The running experiment fills one at every sample (experiment.h, monitor.h);
 * replay_at() makes one from a saved result. */
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "experiment/result.h"
#include "machine/load.h"

enum scene_phase {
    SCENE_QUIET,       /* it looks whether the machine is quiet */
    SCENE_CALIBRATING, /* it measures how long a task takes */
    SCENE_RUNNING,     /* a stage runs */
    SCENE_BETWEEN,     /* a stage is over, another is to come */
    SCENE_ENDED,       /* all is over, the comparison is there */
    SCENE_WATCHING,    /* nothing is run, the machine is looked at */
};

/* What a worker does now, or did last. */
struct scene_worker {
    int worker;
    pid_t pid;        /* 0: no process; once the stage is over that of its last one */
    int cpu;          /* id of the CPU it was last seen on; -1: not known or not shown */
    int64_t index;    /* the task in hand, the first where it has several; -1: none */
    int64_t done;     /* tasks that it has ended, failed ones too */
    double cpu_share; /* of the stage's time so far that it had a CPU; -1: not known */
};

/* All pointers are borrowed, until the next scene is made. */
struct scene {
    const struct result *result;
    enum scene_phase phase;
    int stage; /* index in result->stages of the one that runs or ran last; -1: none yet
                */
    int64_t elapsed_ns;  /* of that stage, so far */
    int64_t expected_ns; /* what it is expected to take in all; 0: not known */
    int64_t done, failed;
    double busy_cpus; /* of the whole machine, the sum of `loads`; -1: not known */
    double own_cpus;  /* those busy with our workers, likewise; -1: not known */
    const struct load_share *loads; /* of every CPU, in the order of machine.cpus, over
                                       about the last 500 ms and never from before the
                                       stage's start; NULL: no second reading yet */
    size_t worker_count;
    const struct scene_worker *workers; /* by rising number */
};

/* The stage that runs or ran last, NULL if there is none yet. */
static inline const struct result_stage *scene_stage(const struct scene *scene)
{
    return scene->stage >= 0 ? &scene->result->stages[scene->stage] : NULL;
}
