// SPDX-License-Identifier: MIT
#pragma once
/* The environment of commands: that of parfor, what they can know their task by, and how
 * many threads numerical libraries should use. */
#include <stdint.h>

enum { COMMAND_INNER_VARIABLES = 6 };

struct command_environment {
    char **variables; /* for execve() */
    char task[40], worker[40], workers[40];
    char inner[COMMAND_INNER_VARIABLES][40];
};

/* `inner_threads` 0: what libraries do is left alone. */
void command_environment_init(
    struct command_environment *environment, int worker, int workers, int inner_threads);
void command_environment_finish(struct command_environment *environment);

/* The number of the task that is started next, counted from 0. */
void command_environment_set_task(
    struct command_environment *environment, int64_t number);

/* How many variables for inner threads the person has left to us. */
int command_environment_inner_variables(void);
