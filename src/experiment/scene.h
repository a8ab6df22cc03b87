// SPDX-License-Identifier: MIT
#pragma once
/* A scene: how an experiment stands at one moment, all that a screen or a sentence is
 * made from.  The running experiment fills one at every sample (experiment.h, monitor.h);
 * replay_at() makes one from a saved result. */
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "experiment/result.h"
#include "machine/family.h"
#include "machine/load.h"

enum scene_phase {
    SCENE_QUIET,       /* it looks whether the machine is quiet */
    SCENE_CALIBRATING, /* it measures how long a task takes */
    SCENE_READING,     /* it reads items; scene.items says how many it has */
    SCENE_RUNNING,     /* a stage runs */
    SCENE_BETWEEN,     /* a stage is over, another is to come */
    SCENE_ENDED,       /* all is over, the comparison is there */
    SCENE_WATCHING,    /* nothing is run, the machine is looked at */
    SCENE_CHECKING,    /* it is checked: scene.check */
};

/* What a worker does now, or did last. */
struct scene_worker {
    int worker;
    pid_t pid;        /* 0: no process; once the stage is over that of its last one */
    int cpu;          /* id of the CPU it was last seen on; -1: not known or not shown */
    int64_t index;    /* the task in hand, the first where it has several; -1: none */
    int64_t done;     /* tasks that it has ended, failed ones too */
    double cpu_share; /* of the stage's time so far that it had a CPU; -1: not known */
    char item[48];    /* the item in hand, for a person; may be cut; "" without */
};

/* An item as a line of a list. */
struct scene_item {
    int64_t number;
    char name[96]; /* for a person; may be cut */
    int worker;
    int64_t ran_ns;  /* so far, or in all */
    int exit_status; /* as in struct result_item, of those that failed */
    int signal, error;
    bool timed_out;
    char last_line[160]; /* that it wrote to its standard error; may be "" */
};

enum { SCENE_LONGEST = 8, SCENE_FAILURES = 100 };

/* How a loop of the user's own stands (result->plan.tells), in the running stage. */
struct scene_items {
    bool whole;       /* the number of items is known; else they are still being read */
    int64_t total;    /* that there are, or have been read so far; those before, too */
    int64_t before;   /* done in an earlier run */
    int64_t running;  /* tasks under way */
    int64_t ended;    /* tasks that have, in this stage … */
    int64_t ended_ns; /* … and what they took together */
    int64_t ended_well;
    int64_t median_ns;      /* of those that ended well; 0: none yet */
    int64_t peak_rss_bytes; /* of the largest process so far; 0: not known */
    size_t longest_count;
    struct scene_item longest[SCENE_LONGEST];   /* under way, the longest first */
    size_t failure_count;                       /* kept here, of `failed` in all */
    struct scene_item failures[SCENE_FAILURES]; /* the last ones, the newest first */
    int closing;       /* a WORKLOAD_… of workload.h: CLOSED: nothing more is begun */
    int workers;       /* wanted now */
    const char *log;   /* the file that says what is done; NULL: none */
    char warning[160]; /* memory that will not suffice; "" */
    bool sampled;      /* the stage that runs was told to end after the task in hand, and
                          the rest is projected */
    int64_t slack_ns;  /* of the tasks under way, what is left until each has taken as
                          long as the mean of those that ended */
};

/* How far a check is with one CPU, in the part under way. */
struct scene_check_cpu {
    bool taken;     /* it is in this part */
    bool current;   /* it computes now */
    double share;   /* of this part that it has done, 0…1 */
    int64_t rounds; /* in all parts so far */
    int64_t wrong;  /* of them */
};

/* How a check stands; its findings so far are in result->check. */
struct scene_check {
    enum check_part part;
    double share;                       /* of this part, 0…1 */
    int64_t elapsed_ns, expected_ns;    /* of all parts */
    const struct scene_check_cpu *cpus; /* in the order of machine.cpus */
};

/* What the machine's sensors say, read once a second at most; where one says nothing it
 * is not visible here. */
struct scene_meters {
    const int *mhz; /* of every CPU, in the order of machine.cpus; 0: not visible; NULL:
                       of none */
    double celsius; /* the hottest of the CPUs' sensors; NAN: not visible */
    double watts;   /* of all packages, over the last second; NAN: not visible */
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
    const struct scene_items *items;    /* NULL for a built-in loop */
    const struct family *family;        /* the processes of the whole program that runs,
                                           looked at ten times a second; NULL: none does */
    const struct scene_check *check;    /* NULL: nothing is checked */
    const struct scene_meters *meters;  /* NULL: not looked at */
};

/* The stage that runs or ran last, NULL if there is none yet. */
static inline const struct result_stage *scene_stage(const struct scene *scene)
{
    return scene->stage >= 0 ? &scene->result->stages[scene->stage] : NULL;
}
