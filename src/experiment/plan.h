// SPDX-License-Identifier: MIT
#pragma once
/* What is to be run.  Filled by whoever asks (the command line, a form, a saved result),
 * then settled against the machine; plain data, so that it is saved with the result as it
 * stands. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "pool/schedule.h"

enum { PLAN_WORKERS_MAX = 4096, PLAN_POINTS_MAX = 64 };
enum { PLAN_PROGRAMS_MAX = 16, PLAN_PROGRAM_SIZE = 512 };

/* How long a check takes, and how it gives way, unless it is told otherwise. */
#define PLAN_CHECK_NS INT64_C(20000000000)
#define PLAN_CHECK_QUICK_NS INT64_C(5000000000)
enum { PLAN_CHECK_NICE = 10 };

enum plan_command {
    PLAN_RUN,    /* sequential and parallel */
    PLAN_MAP,    /* parallel only */
    PLAN_SWEEP,  /* sequential, then parallel with rising numbers of workers */
    PLAN_WATCH,  /* nothing, or one whole program: the machine is looked at */
    PLAN_VERSUS, /* whole programs, one after the other */
    PLAN_CHECK,  /* no loop: the machine is checked */
    PLAN_COMMANDS
};

/* "run", "map", "sweep", "watch", "versus", "check"; ended by NULL. */
extern const char *const plan_command_names[PLAN_COMMANDS + 1];

enum plan_order {
    PLAN_ORDER_INDEX,   /* as they are numbered */
    PLAN_ORDER_LONGEST, /* by the times of the sequential stage, the longest first */
    PLAN_ORDERS
};

/* "index", "longest"; ended by NULL. */
extern const char *const plan_order_names[PLAN_ORDERS + 1];

/* What failures of items do to the rest. */
enum plan_halt {
    PLAN_HALT_NEVER,
    PLAN_HALT_SOON, /* nothing more is begun */
    PLAN_HALT_NOW,  /* what is under way is ended as well */
    PLAN_HALTS
};

/* "never", "soon", "now"; ended by NULL. */
extern const char *const plan_halt_names[PLAN_HALTS + 1];

/* How a task is ended: signals with pauses between them. */
enum { PLAN_ENDING_STEPS = 8 };
struct plan_ending {
    int step_count;
    struct plan_ending_step {
        int signal;
        int64_t pause_ns; /* after it, before the next */
    } steps[PLAN_ENDING_STEPS];
};

struct plan {
    enum plan_command command;
    char workload[64];   /* name of a built-in; "command"; a plug-in's file */
    bool tells;          /* tasks are told one by one: a loop of the user's own */
    bool commands;       /* … which starts a process for each: they have items */
    bool shell;          /* … by a shell, which reads it as a script */
    char separator[32];  /* … and columns, which this is between; "": none */
    char loop[512];      /* that loop as it is typed, quoted for a shell: "-- gzip -k {}",
                            "./body.c"; "" for a built-in one */
    char unit[16];       /* what its tasks are called, "files", "items", "tasks" */
    int64_t timeout_ns;  /* of a task; 0: none … */
    int timeout_percent; /* … or of the median so far; 0: none */
    enum plan_halt halt;
    int64_t halt_after; /* failures */
    bool retries_asked; /* then statuses are retried as well as signals */
    int64_t sample;     /* end the sequential stage after so many tasks, and project the
                           rest; 0: do them all */
    int inner_threads;  /* for each task; 0: left alone */
    bool inner_auto;    /* that is to be usable CPUs / workers, once both are known */
    int64_t max_args;   /* items per task */
    struct plan_ending ending;
    char log[256];      /* the file that says what is done; "": none */
    char title[96];     /* the loop for a headline: "1000000! computed 110 times" */
    char task[64];      /* one task of it: "1000000!" */
    int64_t size;       /* the workload's own size; 0: its default, or scaled */
    int64_t iterations; /* n; 0: scaled to `seconds` */
    int64_t seconds_ns; /* how long the sequential stage should take; 0: not asked for */
    bool size_reduced;  /* the size was made smaller than the default, to end in time */
    double host_cpus; /* usable CPUs of the computer that runs it, also where the machine
                         shown is a simulated one */
    const char *sysroot;  /* the folder of the simulated machine, borrowed; NULL: there is
                             none, or it is not known, as of a saved result */
    int workers;          /* W asked for; 0: usable CPUs */
    char schedule[16];    /* name of a schedule */
    int64_t chunk;        /* tasks per hand-out; 0: by the rule */
    bool chunk_asked;     /* it was not the rule that chose it */
    bool chunk_grows;     /* the rule of `map`: each worker doubles its chunk */
    char chunk_rule[160]; /* why the chunk is what it is, in words */
    int64_t handout_price_ns; /* what handing out a task costs here, claim and stamps */
    int64_t grain;            /* tasks per stamp, in all stages alike */
    enum plan_order order;    /* in which the tasks of a parallel stage are handed out */
    bool fork_per_task;       /* a new process for every task */
    int64_t max_tasks;        /* a worker is renewed after so many tasks; 0: never */
    bool pin;                 /* worker w stays on one CPU: cores before SMT siblings */
    size_t point_count;       /* of a sweep … */
    int points[PLAN_POINTS_MAX]; /* … the numbers of workers, rising */
    bool points_asked;           /* they were not chosen by the usable CPUs */
    size_t program_count; /* whole programs: of versus, or the one that is watched … */
    char programs[PLAN_PROGRAMS_MAX][PLAN_PROGRAM_SIZE]; /* … as they are typed, for a
                                                            shell */
    int warmups;                     /* runs of each program that are thrown away first */
    char prepare[PLAN_PROGRAM_SIZE]; /* a command before each run, outside its time; ""
                                      */
    int64_t lasts_ns;                /* how long a check should take */
    bool only_inventory;             /* of it: nothing is run */
    bool strict;                     /* of it: what is to be warned of is a failure */
    double expected_cpus;            /* that are to be usable at least; 0: not said */
    int nice;                        /* niceness of its workers */
    int repeats;
    int retries;         /* how often a task is done again whose worker was killed */
    int64_t interval_ns; /* between two samples */
    uint64_t seed;       /* of everything random */
};

/* A plan with the defaults that do not depend on the machine. */
void plan_init(struct plan *plan, enum plan_command command, const char *workload);

enum { PLAN_LINE_SIZE = 20000 }; /* of the longest line that is told */

/* The command line that repeats it: "parfor run factorial -n 110 -r 5"; what is as it
 * would be anyway is left out. */
void plan_command_line(const struct plan *plan, size_t size, char text[]);

/* The number of workers for `4`, or of the usable CPUs for `50%`, `+1`, `-1` (at least
 * 1). Returns 0 or -EINVAL with `fault` filled. */
int plan_parse_workers(
    const char *text, double usable_cpus, int *ret_workers, struct fault *fault);

/* The points of a sweep from a list: `1-8`, `1,2,4`, `1-64x2` (each twice the one
 * before), or several of these; numbers as above.  1 is always one of them: that is the
 * sequential stage.  Returns 0 or -EINVAL with `fault` filled. */
int plan_parse_points(
    const char *text, double usable_cpus, struct plan *plan, struct fault *fault);

/* The schedule that is asked for, which with a chunk may be another one.  Returns 0 or
 * -EINVAL with `fault` filled. */
int plan_schedule(const struct plan *plan, const struct schedule_ops **ret_schedule,
    struct fault *fault);

/* The points where none are asked for: 1, 2, 4 … to twice plan->host_cpus, rounded up. */
void plan_default_points(struct plan *plan);
