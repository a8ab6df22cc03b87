// SPDX-License-Identifier: MIT
#include "workload/command_inside.h"

#include "base/spawn.h"
#include "workload/command_attempt.h"

struct command_process *command_process(
    const struct command *command, const struct workload_place *place)
{
    struct command_process *process = command->process;
    if (process->ready)
        return process;
    command_attempt_prepare();
    spawn_list_changed(&process->changed);
    command_environment_init(&process->environment, place->worker, place->workers,
        command->setup.inner_threads);
    command_capture_init(&process->capture);
    process->ready = true;
    return process;
}
