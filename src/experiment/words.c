// SPDX-License-Identifier: MIT
#include "experiment/words.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

void words_stage(const struct result_stage *stage, size_t size, char text[])
{
    if (stage->kind == RESULT_SEQUENTIAL)
        text_copy(size, text, "one after the other");
    else if (stage->kind == RESULT_WATCHED)
        text_copy(size, text, "the machine alone");
    else
        snprintf(text, size, "%d at a time", stage->workers);
}

void words_machine(const struct machine *machine, size_t size, char text[])
{
    char usable[224] = "";
    const struct machine_limit *limit = machine_smallest_limit(machine);
    if (machine->online_cpus > 1)
        text_copy(sizeof usable, usable, "all usable");
    if (limit && limit->cpus < machine->online_cpus) {
        bool whole = limit->cpus == (int)limit->cpus;
        snprintf(usable, sizeof usable, "%.*f of them usable (%s%s%.160s)", whole ? 0 : 2,
            limit->cpus, limit->source, limit->where[0] ? ": " : "", limit->where);
    }
    snprintf(text, size, "%s%s, %d CPU%s%s%s", machine->cpu_name,
        machine->simulated ? " (simulated)" : "", machine->online_cpus,
        machine->online_cpus == 1 ? "" : "s", *usable ? ", " : "", usable);
}

double words_busy_cpus(const struct result_stage *stage)
{
    double busy = 0;
    bool known = false;
    for (size_t i = 0; i < stage->cpu_count; i++) {
        known = known || stage->cpus[i].busy >= 0;
        if (stage->cpus[i].busy > 0)
            busy += stage->cpus[i].busy;
    }
    return known ? busy : -1;
}

double words_busy_allowed(
    const struct machine *machine, const struct result_stage *stage, int *ret_cpus)
{
    double busy = 0;
    *ret_cpus = 0;
    for (size_t i = 0; i < stage->cpu_count && i < machine->cpu_count; i++) {
        if (!machine->cpus[i].allowed)
            continue;
        ++*ret_cpus;
        if (stage->cpus[i].busy > 0)
            busy += stage->cpus[i].busy;
    }
    return busy;
}
