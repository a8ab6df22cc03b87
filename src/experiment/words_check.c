// SPDX-License-Identifier: MIT
#include "experiment/words_check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/check_stand.h"
#include "model/statistics.h"

const char *words_check_part(enum check_part part)
{
    static const char *const parts[] = {
        [CHECK_INVENTORY] = "what the machine says of itself",
        [CHECK_QUIET] = "looks whether the machine is quiet",
        [CHECK_ALONE] = "each CPU alone",
        [CHECK_AGAIN] = "those that looked slow, again",
        [CHECK_CORES] = "one CPU of each core",
        [CHECK_TOGETHER] = "all CPUs at once",
        [CHECK_ANSWERS] = "looks at wrong answers again",
        [CHECK_OVER] = "over",
    };
    return parts[part];
}

void words_check_begins(const struct result *result, size_t size, char text[])
{
    const struct plan *plan = &result->plan;
    const struct result_check *check = &result->check;
    char duration[32];
    int cpus = machine_count_allowed(&result->machine);
    bool simulated = result->machine.simulated;
    if (plan->only_inventory || simulated) {
        snprintf(text, size,
            "Looks at what the%s machine says of itself; nothing is run.",
            simulated ? " simulated" : "");
        return;
    }
    number_format_estimate(check->expected_ns > 0 ? check->expected_ns : plan->lasts_ns,
        sizeof duration, duration);
    if (cpus == 1)
        snprintf(text, size, "Checks 1 CPU, and uses all of it, for about %s.", duration);
    else
        snprintf(text, size, "Checks %d CPUs, and uses every one of them, for about %s.",
            cpus, duration);
}

void words_check_verdict(const struct result_check *check, size_t size, char text[])
{
    snprintf(text, size, "%s%s", check_verdict_names[check->verdict],
        check->measured ? "" : " (nothing was run)");
}

bool words_check_advises(const struct result_check *check, size_t finding)
{
    const struct check_finding *said = &check->findings[finding];
    if (*said->next == '\0')
        return false;
    return finding + 1 == check->finding_count || strcmp(said->next, said[1].next) != 0;
}

void words_check_count(double cpus, size_t size, char text[])
{
    snprintf(text, size, "%.*f", cpus == floor(cpus) ? 0 : 2, cpus);
}

void words_check_cpus(size_t count, const int ids[], size_t size, char text[])
{
    static const char more[] = ", ...";
    snprintf(text, size, "CPU%s ", count == 1 ? "" : "s");
    for (size_t i = 0, last; i < count; i = last + 1) {
        char range[40];
        for (last = i; last + 1 < count && ids[last + 1] == ids[last] + 1;)
            last++;
        snprintf(range, sizeof range, "%s%d", i > 0 ? ", " : "", ids[i]);
        if (last > i)
            text_append(
                sizeof range, range, "%s%d", last == i + 1 ? ", " : "-", ids[last]);
        bool ends = last + 1 == count;
        if (strlen(text) + strlen(range) + (ends ? 1 : sizeof more) > size) {
            text_append(size, text, more);
            return;
        }
        text_append(size, text, "%s", range);
    }
}

bool words_check_speeds(const struct result_check *check, size_t size, char text[])
{
    double least = 0, most = 0;
    char slowest[32], fastest[32];
    for (size_t i = 0; i < check->cpu_count; i++) {
        double speed = check_stand_speed(&check->cpus[i]);
        if (speed <= 0)
            continue;
        least = least > 0 ? fmin(least, speed) : speed;
        most = fmax(most, speed);
    }
    if (most <= 0)
        return false;
    snprintf(slowest, sizeof slowest, "%.2f", least);
    snprintf(fastest, sizeof fastest, "%.2f", most);
    bool alike = strcmp(slowest, fastest) == 0;
    snprintf(text, size, "%s%s%s", slowest, alike ? "" : " to ", alike ? "" : fastest);
    return true;
}

bool words_check_has_ratios(const struct result_check *check)
{
    for (size_t i = 0; i < check->cpu_count; i++)
        if (check->cpus[i].ratio > 0 && check->cpus[i].alone.rounds < CHECK_ROUNDS_MIN)
            return false;
    return true;
}

double words_check_unit_ns(const struct result_check *check)
{
    double *medians = memory_new(check->cpu_count + 1, sizeof *medians);
    double unit_ns = 0;
    size_t count = 0;
    for (size_t i = 0; i < check->cpu_count; i++)
        if (check->cpus[i].alone.median_ns > 0)
            medians[count++] = (double)check->cpus[i].alone.median_ns;
    if (count > 0 && check->units > 0)
        unit_ns = statistics_median(count, medians) / (double)check->units;
    free(medians);
    return unit_ns;
}
