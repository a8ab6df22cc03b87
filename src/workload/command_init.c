// SPDX-License-Identifier: MIT
#include "workload/command_init.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/signals.h"
#include "base/text.h"
#include "workload/command_attempt.h"

enum command_init_state { INIT_NOT_YET, INIT_DONE, INIT_FAILED };
enum { TROUBLE_NONE, TROUBLE_IN_WRITING, TROUBLE_WRITTEN };

static const char *shell_path(void)
{
    const char *shell = getenv("SHELL");
    return shell && *shell == '/' ? shell : "/bin/sh";
}

/* The last line that is not empty, of the last bytes of what it put out. */
static void read_last_line(int spool, char line[COMMAND_LINE_SIZE])
{
    char tail[COMMAND_LINE_SIZE];
    int64_t end = lseek(spool, 0, SEEK_END), begin = end - COMMAND_LINE_SIZE + 1;
    ssize_t got = spool_read(spool, begin > 0 ? begin : 0, sizeof tail - 1, tail);
    tail[got > 0 ? got : 0] = '\0';
    for (size_t length = strlen(tail); length > 0 && tail[length - 1] <= ' '; length--)
        tail[length - 1] = '\0';
    const char *newline = strrchr(tail, '\n');
    text_copy(COMMAND_LINE_SIZE, line, newline ? newline + 1 : tail);
}

/* The first failure is told; the others are the same one in other workers. */
static void keep_trouble(const struct command *command, int worker,
    const struct workload_outcome *outcome, int spool)
{
    struct command_trouble *trouble = command->trouble;
    uint32_t none = TROUBLE_NONE;
    if (!atomic_compare_exchange_strong(&trouble->state, &none, TROUBLE_IN_WRITING))
        return;
    trouble->worker = worker;
    trouble->exit_status = outcome->exit_status;
    trouble->signal = outcome->signal;
    trouble->error = outcome->error;
    read_last_line(spool, trouble->last_line);
    atomic_store(&trouble->state, TROUBLE_WRITTEN);
}

static void run_init(const struct command *command, const struct workload_place *place,
    int spool, struct workload_outcome *outcome)
{
    static const _Atomic uint32_t open = WORKLOAD_OPEN;
    const struct command_setup *setup = &command->setup;
    struct command_process *process = command_process(command, place);
    const int spools[] = {spool, spool};
    char *shell = text_duplicate(shell_path()), option[] = "-c";
    char *argv[] = {shell, option, command->init, NULL};
    const struct command_attempt attempt = {
        .spawn = {.path = shell,
            .argv = argv,
            .envp = process->environment.variables,
            .folder = setup->folder,
            .fds = {command->null_fd},
            .nice = setup->nice,
            .changed = &process->changed,
            .ret_group = place->ward ? &place->ward->group : NULL},
        .capture = &process->capture,
        .spools = spools,
        .closed = place->closed ? place->closed : &open,
    };
    command_attempt_run(&attempt, outcome);
    free(shell);
}

int command_init_warm(struct workload_place *place)
{
    const struct command *command = place->job->body;
    struct command_stage *stage = place->shared;
    _Atomic uint8_t *state = &stage->init_state[place->worker];
    struct workload_outcome outcome = {.exit_status = -1};
    struct fault fault;
    if (*state != INIT_NOT_YET)
        return *state == INIT_DONE ? 0 : -ECHILD;
    int spool = spool_create(&fault);
    if (spool >= 0)
        run_init(command, place, spool, &outcome);
    else
        outcome.error = -spool;
    bool well = outcome.error == 0 && outcome.exit_status == 0;
    *state = well ? INIT_DONE : INIT_FAILED;
    if (!well)
        keep_trouble(command, place->worker, &outcome, spool);
    if (spool >= 0)
        close(spool);
    return well ? 0 : -ECHILD;
}

bool command_init_tell(const struct command_trouble *trouble, struct fault *fault)
{
    char how[64];
    if (trouble->state != TROUBLE_WRITTEN)
        return false;
    if (trouble->error != 0)
        text_copy(sizeof how, how, strerror(trouble->error));
    else if (trouble->signal != 0)
        signals_name(trouble->signal, sizeof how, how);
    else
        snprintf(how, sizeof how, "exit status %d", trouble->exit_status);
    fault_input(fault, "--init has failed in worker %d: %s%s%s%s", trouble->worker, how,
        *trouble->last_line ? " (it said \"" : "", trouble->last_line,
        *trouble->last_line ? "\")" : "");
    return true;
}
