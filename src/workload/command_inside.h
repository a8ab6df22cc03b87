// SPDX-License-Identifier: MIT
#pragma once
/* What the parts of the command share among themselves. */
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "workload/command_capture.h"
#include "workload/command_environment.h"
#include "workload/command_setup.h"
#include "workload/items.h"
#include "workload/template.h"
#include "workload/workload.h"

enum { COMMAND_WORKERS_MAX = 4096, COMMAND_LINE_SIZE = 200 };

/* In memory that the workers of a stage share. */
struct command_stage {
    _Atomic int64_t next_start_ns; /* before which nothing may start (--delay) */
    _Atomic uint8_t init_state[COMMAND_WORKERS_MAX]; /* enum command_init_state */
};

/* In memory shared by all processes, for as long as the command lives: how the init of
 * one worker failed. */
struct command_trouble {
    _Atomic uint32_t state; /* 0: none; 1: being written; 2: written */
    int worker;
    int exit_status, signal, error;
    char last_line[COMMAND_LINE_SIZE]; /* of what it put out */
};

/* What each worker's process has of its own. */
struct command_process {
    bool ready;
    sigset_t changed; /* signals that are not as by default */
    struct command_environment environment;
    struct command_capture capture;
};

struct command {
    struct workload_ops ops;
    struct command_setup setup; /* without the template's */
    char *folder, *init;        /* of the setup; owned */
    struct template *template;
    const struct items *items;
    char *path;   /* of the program; NULL: it is another one for each task */
    int null_fd;  /* the null device */
    int input_fd; /* what commands read from */
    struct command_trouble *trouble;
    struct command_process *process; /* written to by workers, each in its own copy */
};

/* Makes the process's own things when they are needed first. */
struct command_process *command_process(
    const struct command *command, const struct workload_place *place);

/* Whether a worker may begin anything now. */
static inline bool command_may_begin(const struct workload_place *place)
{
    return *place->closed == WORKLOAD_OPEN && place->ward->leave == 0;
}
