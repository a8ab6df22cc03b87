// SPDX-License-Identifier: MIT
#include "experiment/placing.h"

#include <stdlib.h>

#include "base/memory.h"
#include "machine/spread.h"

struct order *placing_longest_first(const struct result_stage *sequential, int64_t tasks)
{
    size_t count = sequential->record_count;
    struct order_run *runs = memory_new(count, sizeof *runs);
    for (size_t i = 0; i < count; i++) {
        const struct result_record *record = &sequential->records[i];
        runs[i] = (struct order_run){.index = record->index,
            .count = record->count,
            .cost = (double)(record->end_ns - record->start_ns) / (double)record->count};
    }
    struct order *order = order_create(tasks, count, runs);
    free(runs);
    return order;
}

size_t placing_pins(struct result *result, int **ret_pins)
{
    int workers = result->plan.workers;
    *ret_pins = NULL;
    if (result->machine.simulated) {
        result_remark(result, "No worker was pinned: the machine is a simulated one.");
        return 0;
    }
    size_t count = spread_cpus(&result->machine, ret_pins);
    if ((size_t)workers > count)
        result_remark(result,
            "There %s %zu CPU%s to pin to: of %d workers some share one.",
            count == 1 ? "is" : "are", count, count == 1 ? "" : "s", workers);
    return count;
}
