// SPDX-License-Identifier: MIT
/* A loop body for the tests with all its functions: what each leaves for the next. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <parfor/workload.h>

struct shared {
    int64_t prepared, released;
};

static uint64_t shared_size(const struct parfor_context *context)
{
    return context->worker == -1 ? sizeof(struct shared) : 0;
}

static int prepare(const struct parfor_context *context)
{
    struct shared *shared = context->shared;
    if (context->shared_size != sizeof *shared)
        return 1;
    shared->prepared = 40 + context->iterations;
    printf("output of prepare\n");
    fprintf(stderr, "error of prepare\n");
    return 0;
}

static int warm(struct parfor_context *context)
{
    int64_t *own = malloc(sizeof *own);
    if (!own)
        return ENOMEM;
    *own = 7;
    context->own = own;
    printf("output of warm\n");
    return context->parameters[0]; /* an error, if it is not 0 */
}

static int run(
    const struct parfor_context *context, int64_t index, struct parfor_result *result)
{
    const struct shared *shared = context->shared;
    int64_t *own = context->own;
    result->value = shared->prepared + (*own)++;
    printf("task %" PRId64 "\n", index);
    return 0;
}

static void release(const struct parfor_context *context)
{
    struct shared *shared = context->shared;
    shared->released = *(int64_t *)context->own;
    free(context->own);
}

const struct parfor_workload parfor_workload = {
    .abi = PARFOR_ABI,
    .struct_size = sizeof(struct parfor_workload),
    .parameters = {{"cold", 0, 200, 0, NULL}},
    .shared_size = shared_size,
    .prepare = prepare,
    .warm = warm,
    .run = run,
    .release = release,
};
