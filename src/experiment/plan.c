// SPDX-License-Identifier: MIT
#include "experiment/plan.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"
#include "workload/workload.h"

const char *const plan_command_names[] = {
    [PLAN_RUN] = "run",
    [PLAN_MAP] = "map",
    [PLAN_WATCH] = "watch",
    [PLAN_COMMANDS] = NULL,
};

void plan_init(struct plan *plan, enum plan_command command, const char *workload)
{
    *plan = (struct plan){.command = command,
        .repeats = 1,
        .retries = 1,
        .interval_ns = 100 * NS_PER_MS,
        .seed = 1};
    text_copy(sizeof plan->workload, plan->workload, workload);
    text_copy(sizeof plan->schedule, plan->schedule, "dynamic");
}

static bool is_usual_size(const struct plan *plan)
{
    const struct workload_ops *ops;
    struct fault fault;
    return plan->size == 0 || (workload_find(plan->workload, &ops, &fault) == 0 &&
                                  plan->size == ops->size_default);
}

static bool is_usual_workers(const struct plan *plan)
{
    double usable = fmin(ceil(plan->host_cpus), PLAN_WORKERS_MAX);
    if (plan->iterations > 0)
        usable = fmin(usable, (double)plan->iterations);
    return plan->workers == 0 || plan->workers == (int)usable;
}

static void append_schedule(const struct plan *plan, size_t size, char text[])
{
    struct plan usual;
    plan_init(&usual, plan->command, plan->workload);
    if (!plan->chunk_asked && strcmp(plan->schedule, usual.schedule) == 0)
        return;
    text_append(size, text, " --schedule %s", plan->schedule);
    if (plan->chunk_asked)
        text_append(size, text, ",%" PRId64, plan->chunk);
}

void plan_command_line(const struct plan *plan, size_t size, char text[])
{
    struct plan usual;
    plan_init(&usual, plan->command, plan->workload);
    snprintf(text, size, "parfor %s", plan_command_names[plan->command]);
    if (plan->workload[0] != '\0')
        text_append(size, text, " %s", plan->workload);
    if (plan->iterations > 0)
        text_append(size, text, " -n %" PRId64, plan->iterations);
    if (!is_usual_size(plan))
        text_append(size, text, " -s %" PRId64, plan->size);
    if (!is_usual_workers(plan))
        text_append(size, text, " -j %d", plan->workers);
    append_schedule(plan, size, text);
    if (plan->repeats != usual.repeats)
        text_append(size, text, " -r %d", plan->repeats);
    if (plan->iterations == 0 && plan->seconds_ns > 0)
        text_append(size, text, " --seconds %.9gs", (double)plan->seconds_ns / NS_PER_S);
    if (plan->retries != usual.retries)
        text_append(size, text, " --retries %d", plan->retries);
    if (plan->interval_ns != usual.interval_ns)
        text_append(
            size, text, " --interval %.9gms", (double)plan->interval_ns / NS_PER_MS);
    if (plan->seed != usual.seed)
        text_append(size, text, " --seed %" PRIu64, plan->seed);
}

static int wrong_workers(const char *text, struct fault *fault)
{
    return fault_input(fault,
        "wrong number of workers: %s (1 to %d, or of the usable CPUs 50%%, 100%%, +1, "
        "-1)",
        text, PLAN_WORKERS_MAX);
}

int plan_parse_workers(
    const char *text, double usable_cpus, int *ret_workers, struct fault *fault)
{
    char number[32];
    size_t length = strlen(text);
    bool percent = length > 0 && text[length - 1] == '%';
    if (length - percent >= sizeof number)
        return wrong_workers(text, fault);
    text_copy(length - percent + 1, number, text);
    int64_t value, most = 100 * PLAN_WORKERS_MAX;
    if (number_parse(number, &value) < 0 || value < -most || value > most)
        return wrong_workers(text, fault);
    bool relative = text[0] == '+' || text[0] == '-';
    if ((percent && (relative || value == 0)) || (!percent && !relative && value == 0))
        return wrong_workers(text, fault);
    int cpus = (int)ceil(usable_cpus);
    double workers = (double)value;
    if (percent)
        workers = fmax(1, round(usable_cpus * (double)value / 100));
    else if (relative)
        workers = fmax(1, cpus + (double)value);
    if (workers > PLAN_WORKERS_MAX)
        return wrong_workers(text, fault);
    *ret_workers = (int)workers;
    return 0;
}
