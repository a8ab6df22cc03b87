// SPDX-License-Identifier: MIT
#pragma once
/* Why a pool was as fast as it was: a table of causes, each with what detects it, what it
 * says, and what to try instead. */
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "experiment/predict.h"
#include "experiment/result.h"

/* A comparison with what causes look at. */
struct cause_scene {
    const struct result *result;
    const struct plan *plan;
    const struct result_stage *sequential, *parallel; /* the usual ones */
    double speedup, bound;
    double usable; /* CPUs */
    double room;   /* how many CPUs' worth of tasks can be under way at once */
    int workers;
    int cpus;                       /* that there are for us, a fraction as a whole */
    struct predict_profile profile; /* owned */
    struct predict_setup replay;    /* the parallel stage as it was run */
    double replayed_ns;
    bool without_bound; /* it is left out of the sentence, for want of room */
};

/* Something to type, and how many times as fast it would be. */
struct cause_try {
    char text[80]; /* "Try: --schedule dynamic"; "" for none */
    double speedup;
};

/* From where on a cause is worth naming, and a try worth typing. */
#define CAUSE_NEARLY_ALL 0.95   /* of the bound: nothing more to explain */
#define CAUSE_BEYOND 1.05       /* of the bound: no pool can do that */
#define CAUSE_WORTH_TRYING 1.05 /* times as fast */

/* Weighs more than all worker-time: nothing else is asked. */
#define CAUSE_SETTLES INFINITY

struct cause_ops {
    const char *name;

    /* The worker-time that was lost to it, in ns; 0 or less: none; CAUSE_SETTLES. */
    double (*weigh)(const struct cause_scene *scene);

    /* What the speed-up was reached on: "on 8 cores".  The usual words are there before,
     * and may stay.  NULL: they stay. */
    void (*place)(const struct cause_scene *scene, size_t size, char text[]);

    /* Goes on after "1.34 times as fast on 2 CPUs": ", of 2.00: …".  `brief` where that
     * would be too long. */
    void (*say)(const struct cause_scene *scene, bool brief, size_t size, char text[]);

    /* What would be better by the replay, if anything is.  NULL: nothing ever. */
    void (*propose)(const struct cause_scene *scene, struct cause_try *best);

    /* It makes the comparison none: what `say` gives is the whole sentence. */
    bool doubtful;
};

/* All causes, ended by NULL; of equally heavy ones the first counts. */
extern const struct cause_ops *const cause_table[];

extern const struct cause_ops cause_others, cause_undecided, cause_fence, cause_single,
    cause_beyond_bound, cause_waiting_tasks, cause_threads, cause_crowded,
    cause_granularity, cause_long_task, cause_nearly_all, cause_replaced, cause_serial,
    cause_startup, cause_fork, cause_renewal, cause_handout, cause_last_task, cause_idle,
    cause_slowdown, cause_stolen, cause_waiting, cause_blocked;

/* Looks at a result that has a comparison; cause_scene_finish() frees. */
void cause_scene_init(struct cause_scene *scene, const struct result *result);
void cause_scene_finish(struct cause_scene *scene);

/* The heaviest cause; there is always one. */
const struct cause_ops *cause_find(const struct cause_scene *scene);

/* Writes ", of 2.00"; nothing for what is slower than one after the other, or without
 * room. */
void cause_format_bound(const struct cause_scene *scene, size_t size, char text[]);

/* Writes a speed-up with as many digits as are worth it: "1.97", "34.0", "118". */
void cause_format_speedup(double speedup, size_t size, char text[]);

/* Replays `setup`; keeps it in `best` with `text` if it gains a twentieth over what was
 * measured, and over what is there already: the mildest change is to be offered first. */
void cause_offer(const struct cause_scene *scene, const struct predict_setup *setup,
    const char *text, struct cause_try *best);

/* The same setup with another schedule, at the chunk that it takes by itself. */
struct predict_setup cause_with_schedule(
    const struct cause_scene *scene, const char *name);

/* The same setup with so many workers. */
struct predict_setup cause_with_workers(const struct cause_scene *scene, int workers);

/* Where no chunk was asked for: the one that this schedule, number of workers and number
 * of tasks bring with them. */
void cause_settle_chunk(const struct cause_scene *scene, struct predict_setup *setup);

/* Between what the speed-up lies if others' work had not been there: what the sequential
 * stage waited for a CPU is taken off its time; off the parallel one's what its worker
 * that waited longest did, and a worker's part of the slow-down, but at most what others
 * used.  Never above the bound. */
void cause_quiet_range(
    const struct cause_scene *scene, double *ret_low, double *ret_high);
