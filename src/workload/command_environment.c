// SPDX-License-Identifier: MIT
#include "workload/command_environment.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

extern char **environ;

/* What numerical libraries read, as in joblib's list, without the one that is read on
 * macOS only.  All of these keep their threads waiting for each other, so that more of
 * them than CPUs cost far more than they bring; the thread pools of Go or Rust, which
 * sleep, are left as they are. */
static const struct inner_variable {
    const char *name;
    bool follows; /* without it, the library does as OMP_NUM_THREADS says */
} inner_variables[COMMAND_INNER_VARIABLES] = {
    {"OMP_NUM_THREADS", false},
    {"OPENBLAS_NUM_THREADS", true},
    {"MKL_NUM_THREADS", true},
    {"BLIS_NUM_THREADS", true},
    {"NUMEXPR_NUM_THREADS", true},
    {"NUMBA_NUM_THREADS", false},
};

/* The person has not set it, nor OMP_NUM_THREADS, which it would overrule. */
static bool is_ours(const struct inner_variable *variable)
{
    return !getenv(variable->name) && !(variable->follows && getenv("OMP_NUM_THREADS"));
}

int command_environment_inner_variables(void)
{
    int count = 0;
    for (size_t i = 0; i < COMMAND_INNER_VARIABLES; i++)
        count += is_ours(&inner_variables[i]);
    return count;
}

static bool is_about_the_task(const char *variable)
{
    static const char *const names[] = {
        "PARFOR_TASK=", "PARFOR_WORKER=", "PARFOR_WORKERS="};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncmp(variable, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

void command_environment_init(
    struct command_environment *environment, int worker, int workers, int inner_threads)
{
    enum { OURS = 3 + COMMAND_INNER_VARIABLES };
    size_t count = 0, used = 0;
    while (environ[count])
        count++;
    char **variables = memory_new(count + OURS + 1, sizeof *variables);
    for (size_t i = 0; i < count; i++)
        if (!is_about_the_task(environ[i]))
            variables[used++] = environ[i];
    snprintf(environment->worker, sizeof environment->worker, "PARFOR_WORKER=%d", worker);
    snprintf(
        environment->workers, sizeof environment->workers, "PARFOR_WORKERS=%d", workers);
    variables[used++] = environment->task;
    variables[used++] = environment->worker;
    variables[used++] = environment->workers;
    for (size_t i = 0; inner_threads > 0 && i < COMMAND_INNER_VARIABLES; i++) {
        if (!is_ours(&inner_variables[i]))
            continue;
        snprintf(environment->inner[i], sizeof environment->inner[i], "%s=%d",
            inner_variables[i].name, inner_threads);
        variables[used++] = environment->inner[i];
    }
    variables[used] = NULL;
    environment->variables = variables;
    command_environment_set_task(environment, 0);
}

void command_environment_set_task(struct command_environment *environment, int64_t number)
{
    snprintf(environment->task, sizeof environment->task, "PARFOR_TASK=%" PRId64, number);
}

void command_environment_finish(struct command_environment *environment)
{
    free(environment->variables);
    environment->variables = NULL;
}
