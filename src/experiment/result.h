// SPDX-License-Identifier: MIT
#pragma once
/* What an experiment found: the in-memory form of the result file, whose field names
 * these are. Times are nanoseconds from the stage's start, shares 0…1.  The result owns
 * its arrays. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "experiment/plan.h"
#include "experiment/result_check.h"
#include "machine/machine.h"
#include "model/account.h"
#include "model/scaling.h"

enum {
    RESULT_STAGES_MAX = 2000, /* of one experiment */
    RESULT_RECORDS_MAX = 10000,
    RESULT_SAMPLES_MAX = 600,
    RESULT_MOVES_MAX = 10000,
    RESULT_EVENT_LIST_MAX = 10000,
};

enum result_stage_kind {
    RESULT_SEQUENTIAL,
    RESULT_PARALLEL,
    RESULT_WATCHED, /* the machine alone: nothing is run */
    RESULT_PROGRAM, /* a whole program: its one record has the item */
    RESULT_STAGE_KINDS
};

/* "sequential", "parallel", "watched", "program"; ended by NULL. */
extern const char *const result_stage_names[RESULT_STAGE_KINDS + 1];

enum result_status {
    RESULT_OK,
    RESULT_FAILED, /* the task said so, or its worker died of it as often as allowed */
    RESULT_STATUSES
};

/* One task, or (count > 1) successive tasks of one worker whose times are summed. */
struct result_record {
    int64_t index; /* of the first; those of the others need not follow it */
    int64_t count;
    int worker, cpu; /* the CPU it ended on; -1 not known */
    int64_t start_ns, end_ns;
    int64_t cpu_ns;
    int64_t failed; /* how many of them did */
    enum result_status status;
    int attempts; /* 1: at the first go */
    int64_t value;
    uint64_t digest; /* the task's own if count is 1, else the sum of workload_mix() */
    struct result_item *item; /* of one task of the user's own; owned; or NULL */
};

/* What became of one item, of a loop of the user's own. */
struct result_item {
    int64_t number; /* its place in the list, from 0 */
    size_t item_size;
    char *item;      /* as it came, several with spaces between; not text in any code;
                        ended by a NUL; NULL where there is none */
    char **argv;     /* ended by NULL; in one allocation; NULL for a plug-in */
    int exit_status; /* -1: it did not end by itself */
    int signal;      /* 0: none */
    int error;       /* errno: not started, or its output not kept; 0 */
    bool timed_out;
    int attempts; /* how often it was begun, in its worker too */
    int64_t cpu_ns, max_rss_bytes;
    int64_t user_ns, system_ns; /* what cpu_ns is made of; both 0: not known */
    size_t out_size, err_size;
    char *out, *err; /* what it put out; kept only where the result is to have it */
};

enum result_event_what {
    RESULT_KILLED,   /* a worker died of `signal` */
    RESULT_LEFT,     /* a worker left with exit status `signal` without having finished */
    RESULT_REPLACED, /* a new process took the worker's place */
    RESULT_REFUSED,  /* the system refused a process */
    RESULT_UNPINNED, /* the system refused to pin it */
    RESULT_SUSPENDED, /* the whole run was stopped by the user for a while */
    RESULT_STOPPED,   /* the stage was ended before its time, by `signal` */
    RESULT_EVENTS
};

struct result_event {
    int64_t t_ns;
    int worker, pid; /* -1, 0 where it is nobody's */
    enum result_event_what what;
    int signal;    /* or 0; RESULT_LEFT: the exit status; RESULT_REFUSED and
                      RESULT_UNPINNED: the errno */
    int64_t index; /* the task in hand, or -1 */
};

/* A worker was first seen on a CPU at that time. */
struct result_move {
    int64_t t_ns;
    int worker, cpu;
};

struct result_cpu {
    int id;
    double busy; /* over the whole stage; -1: no data, and so are the others */
    double user, nice, system, irq, steal;
};

/* What one sample tells of each CPU: its share of each mode, 0…255 for 0…1. */
enum result_mode {
    RESULT_USER,
    RESULT_NICE,
    RESULT_SYSTEM,
    RESULT_IRQ,
    RESULT_STEAL,
    RESULT_ABSENT, /* 255: no data for this CPU in this sample */
    RESULT_MODES
};

/* Samples by rising time; sample k covers the time since sample k - 1 (or the start).  A
 * mode that was 0 throughout is NULL, else count x cpu_count bytes, sample by sample,
 * CPUs in the order of result_stage.cpus. */
struct result_samples {
    int64_t period_ns;
    size_t count, room;
    int64_t *t_ns;
    uint8_t *modes[RESULT_MODES];
};

/* The CPUs' clocks that were read during a stage, once a second or so. */
struct result_clocks {
    bool has; /* else they are not visible here, or it was too short */
    int low_mhz, median_mhz, high_mhz;
};

/* One worker's part of the stage. */
struct result_worker {
    int worker;
    int pid; /* of its last process */
    int64_t tasks, handouts;
    struct account_worker times; /* in the sequential stage from the first task on */
    int64_t renewed;             /* processes that left after max_tasks */
    int pinned;                  /* the CPU that it was pinned to; -1: none */
};

struct result_stage {
    enum result_stage_kind kind;
    int program;            /* of a whole program: its place in result->programs, … */
    char label[48];         /* … what it is called for a person, … */
    int processes, threads; /* … and the most of them that were seen at a time */
    bool warmup;            /* one of those that are thrown away */
    int workers;            /* that ran */
    int workers_asked;      /* more than that if the system refused some */
    int repeat;
    int64_t expected_ns; /* what it was expected to take; 0: nobody knew */
    int64_t elapsed_ns;
    int64_t warm_ns;      /* in which the workers warmed up; not in elapsed_ns */
    int64_t prepare_ns;   /* in which worker 0 prepared; in elapsed_ns */
    int64_t suspended_ns; /* taken out of every time above and below */
    bool projected; /* elapsed_ns is an estimate from the tasks that were done, … */
    int64_t measured_ns; /* … which took so long together; account and CPUs are of that
                            part; 0 where nothing is projected */
    bool complete;       /* every task was done or has failed for good, or is projected */
    int64_t done, failed, retried;
    int64_t renewed; /* processes that left after max_tasks */
    int64_t largest_chunk;
    int64_t handout_price_ns; /* mean time of one hand-out, -1: too few to tell */
    int64_t paused_ns;        /* in which workers waited for items, or for their output to
                                 be taken, between two tasks */
    int64_t cpu_ns;           /* CPU time of all workers in their tasks */
    int64_t tasks_ns;         /* what all tasks took together, of a loop of the user's
                                 own; 0: not known */
    int64_t threads_cpu_ns;   /* CPU time of all their threads, also beyond the time that
                                 they took; 0: not known */
    int64_t user_ns, system_ns; /* what threads_cpu_ns, or without it cpu_ns, is made of;
                                   both 0: not known */
    double others_cpus;         /* CPUs that were busy with others' work; -1: not known */
    double energy_j; /* that the CPUs' packages used, whoever worked on them; 0: not
                        visible here */
    double celsius;  /* the hottest that the CPUs' sensors said; 0: likewise */
    struct result_clocks clocks;
    uint64_t digest;       /* sum of workload_mix() over all tasks done */
    uint64_t usual_digest; /* of the first task, where all compute the same */
    int64_t odd_tasks;     /* how many gave another one */
    int64_t odd_index;     /* one of those, and its digest */
    uint64_t odd_digest;
    struct account account;
    size_t cpu_count;
    struct result_cpu *cpus;
    struct result_samples samples;
    size_t event_count;
    struct result_event *events;
    size_t move_count;
    struct result_move *moves;
    size_t worker_count;
    struct result_worker *worker_list;
    size_t record_count;
    struct result_record *records;
};

/* The two kinds of stage side by side; all 0 (has is false) without both, whole. */
struct result_comparison {
    bool has;
    int pairs;                          /* of complete stages, that the medians are of */
    int64_t sequential_ns, parallel_ns; /* medians over the repeats */
    double speedup, bound, efficiency;
    double karp_flatt; /* NAN for one worker */
    bool has_interval;
    double interval_low, interval_high;
    bool doubtful; /* it is none: others, or chance, had too large a part in it */
    char sentence[480];
};

/* One number of workers in a sweep: all of its stages together.  That of one worker is
 * the sequential stage. */
struct result_point {
    int workers;
    int repeats;        /* complete stages */
    int64_t elapsed_ns; /* their median */
    double speedup;     /* against the median of the sequential stages */
    bool has_interval;  /* of the speed-up */
    double interval_low, interval_high;
    double efficiency;
    double karp_flatt; /* NAN for one worker */
};

/* What a sweep gave; all 0 (has is false) for other commands or without one point. */
struct result_sweep {
    bool has;
    bool cut_short; /* not every stage was run */
    size_t point_count;
    struct result_point *points; /* by rising workers; owned */
    struct scaling_amdahl amdahl;
    struct scaling_usl usl;
    int advice_workers; /* 0: none can be given */
    char advice[240];   /* why, in a sentence */
};

/* All runs of one whole program. */
struct result_program {
    char text[PLAN_PROGRAM_SIZE];
    int repeats;            /* runs that went well */
    int64_t elapsed_ns;     /* their medians … */
    int64_t cpu_ns;         /* … of all its processes */
    double busy_cpus;       /* … and of the CPUs that these kept busy */
    int64_t max_rss_bytes;  /* of the largest process in any of them */
    int processes, threads; /* the most that were seen at a time */
    double ratio;      /* how many times as fast as the first program; 0: not known */
    bool has_interval; /* of that */
    double interval_low, interval_high;
    bool failed; /* a run of it did, by … */
    int exit_status, signal, error;
    bool timed_out;
    char last_line[160]; /* … having written that to its standard error at last */
};

/* Whole programs side by side; all 0 for loops. */
struct result_programs {
    size_t count;
    struct result_program *list; /* as they were given; owned */
    bool doubtful; /* they cannot be compared: others had too large a part in it */
    char sentence[480];
};

struct result {
    char program_version[32];
    int64_t started_s; /* when the first stage began, in seconds since 1970, UTC; 0: not
                          known */
    struct machine machine;
    struct plan plan;
    int64_t before;     /* items left out because an earlier run has done them */
    bool nothing_to_do; /* there were no others */
    double idle_w; /* that the CPUs' packages used in a moment before the first stage;
                      NAN: not visible here, or others used the machine */
    size_t stage_count;
    struct result_stage *stages;
    struct result_comparison comparison;
    struct result_sweep sweep;
    struct result_programs programs;
    struct result_check check;
    size_t remark_count;
    char **remarks; /* what will make a reader doubt a number, in sentences */
};

void result_init(struct result *result);
void result_finish(struct result *result);

void result_item_destroy(struct result_item *item); /* NULL is fine */

/* Frees what a stage owns. */
void result_stage_finish(struct result_stage *stage);

/* A new stage at the end, zeroed; borrowed until the next call. */
struct result_stage *result_add_stage(struct result *result);

/* The first stage begins now. */
void result_note_start(struct result *result);

/* A new remark at the end, once: the same words are not said twice. */
__attribute__((format(printf, 2, 3))) void result_remark(
    struct result *result, const char *format, ...);

/* Room for one more sample of `cpu_count` CPUs at the end; merges pairs and doubles
 * period_ns when RESULT_SAMPLES_MAX are there.  Returns its number.  Cells start as 0. */
size_t result_samples_add(struct result_samples *samples, size_t cpu_count, int64_t t_ns);

/* Sets a cell of a sample to a share 0…1. */
void result_samples_set(struct result_samples *samples, size_t cpu_count, size_t sample,
    size_t cpu, enum result_mode mode, double share);

/* The first stage of that kind and repeat, NULL if there is none. */
const struct result_stage *result_find_stage(
    const struct result *result, enum result_stage_kind kind, int repeat);

/* What was measured of a stage's elapsed time: all of it, unless it is projected. */
static inline int64_t result_measured_ns(const struct result_stage *stage)
{
    return stage->projected && stage->measured_ns > 0 ? stage->measured_ns
                                                      : stage->elapsed_ns;
}

/* Whether its user and system time are known apart. */
static inline bool result_item_has_parts(const struct result_item *item)
{
    return item->user_ns > 0 || item->system_ns > 0;
}

static inline bool result_stage_has_parts(const struct result_stage *stage)
{
    return stage->user_ns > 0 || stage->system_ns > 0;
}

/* What became of a whole program, which its one record tells; NULL of other stages. */
static inline const struct result_item *result_program_item(
    const struct result_stage *stage)
{
    bool has_one = stage->kind == RESULT_PROGRAM && stage->record_count > 0;
    return has_one ? stage->records[0].item : NULL;
}

/* "sequential", for a sentence. */
static inline const char *result_stage_name(const struct result_stage *stage)
{
    return result_stage_names[stage->kind];
}
