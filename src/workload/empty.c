// SPDX-License-Identifier: MIT
#include <stdio.h>

#include "base/text.h"
#include "workload/builtin.h"

static void describe(const struct workload_job *job, size_t size, char text[])
{
    (void)job;
    text_copy(size, text, "empty");
}

static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    (void)place;
    result->digest = (uint64_t)index;
    result->value = 0;
    return 0;
}

const struct workload_ops workload_empty = {
    .name = "empty",
    .summary = "does nothing",
    .verb = ",",
    .teaches = "what handing out a task costs",
    .describe = describe,
    .run = run,
};
