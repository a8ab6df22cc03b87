// SPDX-License-Identifier: MIT
#include "workload/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "workload/command_attempt.h"
#include "workload/command_conditions.h"
#include "workload/command_init.h"

/* The null device for the commands, or our own input: but not a terminal, which is not
 * for many at once. */
static int open_input(bool keep)
{
    if (keep && !isatty(STDIN_FILENO)) {
        int fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
        if (fd >= 0)
            return fd;
    }
    return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

static int check_folder(const char *folder, struct fault *fault)
{
    struct stat about;
    if (!folder)
        return 0;
    if (stat(folder, &about) < 0)
        return fault_input(fault, "no such folder: %s (%s)", folder, strerror(errno));
    if (!S_ISDIR(about.st_mode))
        return fault_input(fault, "not a folder: %s", folder);
    if (access(folder, X_OK) < 0)
        return fault_input(
            fault, "nothing can be started in: %s (%s)", folder, strerror(errno));
    return 0;
}

static int open_files(struct command *command, struct fault *fault)
{
    command->null_fd = open_input(false);
    command->input_fd = open_input(command->setup.keep_input);
    void *trouble = mmap(NULL, sizeof *command->trouble, PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int error = -errno;
    command->trouble = trouble == MAP_FAILED ? NULL : trouble;
    if (command->null_fd < 0 || command->input_fd < 0 || !command->trouble)
        return fault_system(fault, error, "commands cannot be started");
    return 0;
}

int command_create(const struct command_setup *setup, struct items *items,
    struct command **ret_command, struct fault *fault)
{
    struct command *command = memory_new(1, sizeof *command);
    command->setup = *setup;
    command->setup.template = (struct template_setup){0};
    command->setup.folder = command->folder =
        setup->folder ? text_duplicate(setup->folder) : NULL;
    command->setup.init = command->init =
        setup->init ? text_duplicate(setup->init) : NULL;
    command->items = items;
    command->process = memory_new(1, sizeof *command->process);
    command->null_fd = command->input_fd = -1;
    int error = template_create(&setup->template, &command->template, fault);
    if (error == 0)
        error = check_folder(setup->folder, fault);
    const char *program = error == 0 ? template_program(command->template) : NULL;
    if (program)
        error = spawn_find(program, setup->folder, &command->path, fault);
    if (error == 0)
        error = open_files(command, fault);
    if (error < 0)
        command_destroy(command);
    else
        *ret_command = command;
    return error;
}

static void close_fd(int fd)
{
    if (fd >= 0)
        close(fd);
}

void command_destroy(struct command *command)
{
    if (!command)
        return;
    close_fd(command->null_fd);
    close_fd(command->input_fd);
    if (command->trouble)
        munmap(command->trouble, sizeof *command->trouble);
    command_environment_finish(&command->process->environment);
    command_capture_finish(&command->process->capture);
    free(command->process);
    template_destroy(command->template);
    free(command->folder);
    free(command->init);
    free(command->path);
    free(command);
}

const struct items *command_items(const struct command *command)
{
    return command->items;
}

const struct template *command_template(const struct command *command)
{
    return command->template;
}

void command_set_inner_threads(struct command *command, int threads)
{
    command->setup.inner_threads = threads;
}

int command_inner_variables(void)
{
    return command_environment_inner_variables();
}

/* What of a task does not change from one attempt to the next. */
struct errand {
    const struct command *command;
    const struct workload_place *place;
    struct command_process *process;
    int64_t number;
    char **argv;      /* owned */
    const char *path; /* of the program */
    char *found;      /* the same, if it was looked for; owned */
};

static int read_task(
    const struct command *command, int64_t index, struct items_task *ret_task)
{
    if (command->items)
        return items_read(command->items, index, ret_task);
    *ret_task = (struct items_task){.number = index};
    return 0;
}

static int expand(const struct command *command, int64_t index, int worker,
    char ***ret_argv, int64_t *ret_number)
{
    struct items_task items;
    int column, error = read_task(command, index, &items);
    if (error < 0)
        return error;
    const struct template_task task = {.item_count = items.count,
        .items = items.texts,
        .number = items.number + 1,
        .slot = worker + 1,
        .nameless = worker < 0};
    error = template_expand(command->template, &task, ret_argv, &column);
    *ret_number = items.number;
    if (command->items)
        items_drop(&items);
    return error;
}

/* The program is another one for each task: what is not there is a failure of the task.
 */
static int find_program(struct errand *errand)
{
    const struct command *command = errand->command;
    struct fault fault;
    errand->path = command->path;
    if (errand->path)
        return 0;
    if (!errand->argv[0])
        return -ENOENT;
    errand->path = errand->argv[0];
    if (strchr(errand->path, '/'))
        return 0;
    if (spawn_find(errand->path, command->setup.folder, &errand->found, &fault) < 0)
        return -ENOENT;
    errand->path = errand->found;
    return 0;
}

static void attempt(const struct errand *errand, int64_t index)
{
    const struct command_setup *setup = &errand->command->setup;
    const struct workload_place *place = errand->place;
    struct workload_ward *ward = place->ward;
    struct command_process *process = errand->process;
    const struct command_attempt attempt = {
        .spawn = {.path = errand->path,
            .argv = errand->argv,
            .envp = process->environment.variables,
            .folder = setup->folder,
            .fds = {errand->command->input_fd},
            .nice = setup->nice,
            .changed = &process->changed,
            .ret_group = &ward->group},
        .capture = &process->capture,
        .spools = place->spools,
        .closed = place->closed,
    };
    ward->index = index;
    ward->overdue = 0;
    ward->begun_ns = clock_now_ns();
    command_attempt_run(&attempt, place->outcome);
    ward->begun_ns = 0;
    place->outcome->timed_out = ward->overdue == index + 1;
}

static bool went_well(const struct workload_outcome *outcome)
{
    return outcome->error == 0 && outcome->exit_status == 0 && !outcome->timed_out;
}

/* Whether what happened may be an accident: by default only a death by a signal that was
 * not ours. */
static bool is_worth_another(
    const struct command_setup *setup, const struct workload_outcome *outcome)
{
    if (went_well(outcome) || outcome->error != 0)
        return false;
    return setup->retry_statuses || (outcome->signal != 0 && !outcome->timed_out);
}

/* Attempts until one has gone well, or there have been enough, or no more is begun. */
static int attempt_it(const struct errand *errand, int64_t index)
{
    const struct command_setup *setup = &errand->command->setup;
    const struct workload_place *place = errand->place;
    struct workload_outcome *outcome = place->outcome;
    int attempts = 0;
    for (;;) {
        attempt(errand, index);
        outcome->attempts = ++attempts;
        if (!went_well(outcome) && *place->closed == WORKLOAD_ENDING)
            return -ECANCELED;
        if (attempts > setup->retries || !is_worth_another(setup, outcome) ||
            *place->closed != WORKLOAD_OPEN)
            return went_well(outcome) ? 0 : -ECHILD;
        spool_take_back(place->spools[0], outcome->out);
        spool_take_back(place->spools[1], outcome->err);
    }
}

static int fail_to_begin(struct workload_outcome *outcome, int error)
{
    *outcome =
        (struct workload_outcome){.exit_status = -1, .error = -error, .attempts = 1};
    return -ECHILD;
}

/* What a command prints may be the time: that it went well is all that must be the same
 * in every stage. */
static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    const struct command *command = place->job->body;
    struct errand errand = {
        .command = command, .place = place, .process = command_process(command, place)};
    if (!command_may_begin(place) || command_conditions_wait(command, place) < 0)
        return -ECANCELED;
    int error = expand(command, index, place->worker, &errand.argv, &errand.number);
    if (error < 0)
        return fail_to_begin(place->outcome, error);
    error = find_program(&errand);
    int64_t begin_ns = clock_now_ns();
    if (error < 0) {
        error = fail_to_begin(place->outcome, error);
    } else {
        command_environment_set_task(&errand.process->environment, errand.number);
        error = attempt_it(&errand, index);
    }
    int64_t took_ns = clock_now_ns() - begin_ns, cpu_ns = place->outcome->cpu_ns;
    *result = (struct workload_result){.digest = (uint64_t)place->outcome->exit_status,
        .value = place->outcome->exit_status,
        .cpu_ns = cpu_ns < took_ns ? cpu_ns : took_ns};
    free(errand.found);
    free(errand.argv);
    return error;
}

int command_expand(
    const struct command *command, int64_t index, int worker, char ***ret_argv)
{
    int64_t number;
    return expand(command, index, worker, ret_argv, &number);
}

static size_t shared_size(const struct workload_job *job)
{
    const struct command *command = job->body;
    bool needed = command->setup.init || command->setup.delay_ns > 0;
    return needed ? sizeof(struct command_stage) : 0;
}

static void describe(const struct workload_job *job, size_t size, char text[])
{
    const struct command *command = job->body;
    template_describe(command->template, size, text);
}

static const struct workload_ops command_ops = {
    .name = "command",
    .summary = "a command for each item",
    .verb = "done",
    .teaches = "what a loop over files gains",
    .tells = true,
    .describe = describe,
    .shared_size = shared_size,
    .run = run,
};

bool command_init_has_failed(const struct command *command, struct fault *fault)
{
    return command_init_tell(command->trouble, fault);
}

struct workload_job command_job(struct command *command)
{
    command->ops = command_ops;
    if (command->setup.init) /* only that makes workers wait for each other */
        command->ops.warm = command_init_warm;
    return (struct workload_job){.ops = &command->ops, .body = command};
}
