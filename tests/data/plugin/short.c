// SPDX-License-Identifier: MIT
/* The least that a loop body is: all else is left out. */
#include <parfor/workload.h>

static int run(
    const struct parfor_context *context, int64_t index, struct parfor_result *result)
{
    result->value = index + context->parameter_count;
    return 0;
}

const struct parfor_workload parfor_workload = {
    .abi = PARFOR_ABI,
    .struct_size = sizeof(struct parfor_workload),
    .run = run,
};
