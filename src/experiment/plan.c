// SPDX-License-Identifier: MIT
#include "experiment/plan.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/text.h"

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
