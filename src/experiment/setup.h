// SPDX-License-Identifier: MIT
#pragma once
/* What an experiment is set up with: where a loop of the user's own has its items from,
 * and whom it tells what happens. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/file.h"
#include "base/loop.h"
#include "base/spool.h"
#include "experiment/result.h"
#include "experiment/scene.h"
#include "workload/command.h"

/* What a task put out: ranges of two spools (base/spool.h). */
struct experiment_output {
    int out_fd, err_fd;
    struct spool_range out, err;
};

/* Where the items of a loop come from: one of the two. */
struct experiment_items {
    struct items *store; /* to be filled; borrowed */
    size_t count;
    char *const *texts; /* given on the command line */
    int fd;             /* else read from there, as needed; -1: there are only those */
    bool nul;           /* they end with a NUL */
    int max_args;
    /* Whether an earlier run has done the task: called once for each, in order.  NULL:
     * none was.  `argv` is that of command_expand() with worker -1. */
    bool (*is_done)(void *data, char *const argv[]);
    void *data;
};

/* Told what happens, as it happens; every member may be NULL.  A scene is borrowed: it
 * and all in it changes with the next call. */
struct experiment_observer {
    void *data;

    /* The plan is settled, the first stage is next. */
    void (*planned)(void *data, const struct result *result);

    void (*stage_started)(void *data, const struct scene *scene);

    /* Every plan.interval_ns, and at least every 100 ms, from the first look at the
     * machine to the end of the last stage, whatever the phase. */
    void (*sampled)(void *data, const struct scene *scene);

    /* In the phase SCENE_BETWEEN; SCENE_ENDED if no other follows, and then the
     * comparison is there. */
    void (*stage_ended)(void *data, const struct scene *scene);

    /* A task of the user's own has ended; `output` is what it put out, to be read within
     * the call.  In the first stage only, and in the order they end.  Returns 0, or
     * -errno with `fault` where it cannot be kept safe: then nothing more is begun, and
     * experiment_run() returns that. */
    int (*item_ended)(void *data, const struct result_record *record,
        const struct experiment_output *output, struct fault *fault);

    /* An item was left out because an earlier run has done it. */
    int (*item_skipped)(
        void *data, int64_t number, const struct items_task *task, struct fault *fault);

    /* Asked before every stage but the first: true to wait for experiment_go_on(). */
    bool (*before_stage)(void *data, const struct scene *scene);
};

struct experiment_setup {
    struct loop *events;
    const struct root *root;
    const struct experiment_observer *observer;
    const struct workload_job *body;      /* a loop of the user's own; NULL: the plan's
                                             built-in one */
    struct command *command;              /* behind it, where it is one */
    const struct experiment_items *items; /* of it; NULL: it has none */
    bool keep_output;                     /* in the records of the result */
    const char *log;                      /* for the scene: struct scene_items */
};
