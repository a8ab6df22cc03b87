// SPDX-License-Identifier: MIT
#pragma once
/* A command per item: one task is one process, started by vfork, its output kept apart
 * for standard output and error, its group ended with it. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "workload/command_setup.h"
#include "workload/items.h"
#include "workload/template.h"
#include "workload/workload.h"

struct command;

/* Copies the setup; the items (NULL: there is one task, without an item) are borrowed and
 * must outlive it.  Returns 0 or -EINVAL with `fault`: no such program, not executable,
 * no such folder, a wrong placeholder.  *ret_command is the caller's. */
int command_create(const struct command_setup *setup, struct items *items,
    struct command **ret_command, struct fault *fault);
void command_destroy(struct command *command); /* NULL is fine */

/* A job of it, as long as it lives; iterations stay 0. */
struct workload_job command_job(struct command *command);

/* The words of task `index` in worker `worker` (-1: by what it is, wherever it stands).
 * The caller frees.  Returns 0 or -errno. */
int command_expand(
    const struct command *command, int64_t index, int worker, char ***ret_argv);

const struct items *command_items(const struct command *command);
const struct template *command_template(const struct command *command);

/* Settles what depends on the number of workers; before a stage. */
void command_set_inner_threads(struct command *command, int threads);

/* The variables that inner threads are set by and that the person has not set: how many
 * there are.  0: nothing would be changed. */
int command_inner_variables(void);

/* Whether the init of a worker has failed since the command was created; `fault` says of
 * the first how.  That worker has begun nothing. */
bool command_init_has_failed(const struct command *command, struct fault *fault);
