// SPDX-License-Identifier: MIT
/* The command line: the input's lines (or what NUL separates) are the arguments. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "experiment/player.h"
#include "options/command_line.h"
#include "options/options_output.h"
#include "pool/schedule.h"
#include "report/report.h"
#include "workload/workload.h"

enum { ARGUMENTS_MAX = 32 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

static void require_within(int64_t value, int64_t least, int64_t most)
{
    require(value >= least && value <= most);
}

static void check_plan(const struct plan *plan)
{
    const struct workload_ops *workload;
    const struct schedule_ops *schedule;
    struct fault fault;
    require(plan->command < PLAN_COMMANDS);
    if (plan->command == PLAN_WATCH || plan->command == PLAN_VERSUS ||
        plan->command == PLAN_CHECK) /* no loop */
        require(plan->workload[0] == '\0');
    else if (!plan->tells)
        require(workload_find(plan->workload, &workload, &fault) == 0);
    require(schedule_find(plan->schedule, &schedule, &fault) == 0);
    require(plan->iterations == 0 || plan->seconds_ns == 0);
    require_within(plan->iterations, 0, WORKLOAD_ITERATIONS_MAX);
    require_within(plan->chunk, 0, WORKLOAD_ITERATIONS_MAX);
    require(plan->chunk_asked == (plan->chunk > 0));
    require_within(plan->size, 0, INT64_MAX);
    require_within(plan->seconds_ns, 0, 86400 * NS_PER_S);
    require_within(plan->interval_ns, 10 * NS_PER_MS, 10 * NS_PER_S);
    require_within(plan->repeats, 1, 1000);
    require_within(plan->retries, 0, 100);
    require_within(plan->max_tasks, 0, WORKLOAD_ITERATIONS_MAX);
    require(!plan->fork_per_task || plan->max_tasks <= 1);
    require(plan->order < PLAN_ORDERS);
    require(plan->halt < PLAN_HALTS);
    require_within(plan->halt_after, 1, INT32_MAX);
    require_within(plan->max_args, 1, 100000);
    require_within(plan->warmups, 0, 1000);
    require_within(plan->ending.step_count, 1, PLAN_ENDING_STEPS);
    require(plan->timeout_ns == 0 || plan->timeout_percent == 0);
}

/* How long it takes, and what is expected; of other commands nothing is said of these. */
static void check_check(const struct options *options)
{
    const struct plan *plan = &options->plan;
    if (plan->command != PLAN_CHECK) {
        require(plan->lasts_ns == 0 && plan->expected_cpus == 0 && plan->nice == 0);
        require(!plan->only_inventory && !plan->strict);
        return;
    }
    require_within(plan->lasts_ns, NS_PER_S, 7 * 86400 * NS_PER_S);
    require(!plan->only_inventory || plan->lasts_ns == PLAN_CHECK_NS);
    require(plan->expected_cpus >= 0 && plan->expected_cpus <= 65536);
    require_within(plan->nice, 0, 19);
    require(!options->own.words && !options->own.file && plan->program_count == 0);
}

/* What is the user's own is a command or a file, and has what belongs to it. */
static void check_own(const struct options *options)
{
    const struct options_own *own = &options->own;
    const struct plan *plan = &options->plan;
    require(!own->words || !own->file);
    require(!own->words || own->word_count > 0);
    require(plan->commands == (own->words && plan->command != PLAN_WATCH));
    require(plan->tells == (plan->commands || own->file));
    require(own->item_count == 0 || own->items_given);
    require((plan->command == PLAN_VERSUS) <= (plan->program_count > 0));
    require(plan->program_count <= PLAN_PROGRAMS_MAX);
}

/* A list that is relative to the usable CPUs is not looked at before these are known, and
 * may be refused then. */
static void check_points(const char *text)
{
    struct fault fault = {0};
    struct plan plan = {.point_count = 0};
    if (plan_parse_points(text, 1, &plan, &fault) < 0) {
        require(strpbrk(text, "%+") != NULL);
        require(fault.kind == FAULT_INPUT && plan.point_count == 0);
        return;
    }
    require_within((int64_t)plan.point_count, 1, PLAN_POINTS_MAX);
    for (size_t i = 0; i < plan.point_count; i++)
        require_within(
            plan.points[i], i > 0 ? plan.points[i - 1] + 1 : 1, PLAN_WORKERS_MAX);
}

static void check_accepted(const struct options *options)
{
    struct fault fault;
    const struct report_format *format;
    int workers = 0;
    require(options->action == OPTIONS_LAUNCH || options->action == OPTIONS_HELP ||
            options->action == OPTIONS_VERSION || options->action == OPTIONS_LIST ||
            options->action == OPTIONS_SHOW || options->action == OPTIONS_RUN);
    require_within((int64_t)options->output_count, 0, OPTIONS_OUTPUTS_MAX);
    require(options->action != OPTIONS_LAUNCH || !options->command);
    require(options->theme < STYLE_THEMES);
    require(!options->replay || options->action != OPTIONS_RUN);
    require(options->speed >= 0.01 && options->speed <= PLAYER_SPEED_MAX);
    bool saves = options->action == OPTIONS_RUN || options->action == OPTIONS_SHOW;
    for (size_t i = 0; i < options->output_count && saves; i++)
        require(options_find_format(options, i, &format, &fault) == 0);
    if (options->action != OPTIONS_RUN)
        return;
    check_plan(&options->plan);
    check_own(options);
    check_check(options);
    if (!options->workers)
        return;
    if (options->plan.command == PLAN_SWEEP) {
        check_points(options->workers);
        return;
    }
    require(plan_parse_workers(options->workers, 1, &workers, &fault) == 0);
    require_within(workers, 1, PLAN_WORKERS_MAX);
}

/* One line that says something, and nothing in it that moves a terminal's cursor. */
static void check_refused(const struct fault *fault)
{
    require(fault->kind == FAULT_INPUT);
    require(fault->text[0] != '\0');
    require(memchr(fault->text, '\0', sizeof fault->text) != NULL);
    for (const char *c = fault->text; *c; c++)
        require((unsigned char)*c >= ' ' && *c != 0x7f);
}

/* Cuts the text into arguments; returns how many. */
static int cut(size_t size, char text[], char *argv[])
{
    int argc = 0;
    argv[argc++] = text + size; /* the program's name: empty */
    for (size_t start = 0, end = 0; end <= size && argc < ARGUMENTS_MAX; end++)
        if (end == size || text[end] == '\n' || text[end] == '\0') {
            text[end] = '\0';
            if (end < size || end > start)
                argv[argc++] = text + start;
            start = end + 1;
        }
    argv[argc] = NULL;
    return argc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *argv[ARGUMENTS_MAX + 1], *text = malloc(size + 1);
    struct options options;
    struct fault fault = {0};
    require(text != NULL);
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    int argc = cut(size, text, argv);
    if (command_line_parse(argc, argv, &options, &fault) == 0)
        check_accepted(&options);
    else
        check_refused(&fault);
    free(text);
    return 0;
}
