// SPDX-License-Identifier: MIT
/* A loop body for the tests: what it does depends on the index. */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <parfor/workload.h>

enum {
    SPEAK,
    SPEAK_HALF,
    SPEAK_BY_SHELL,
    FAIL,
    FAIL_FOR_MEMORY,
    MISCOUNT,
    CRASH,
    LEAVE,
    SHOUT,
    BURN,
    REOPEN,
    REMEMBER,
    TELL,
};

static int64_t remembered;

static void shout(void)
{
    for (int line = 0; line < 20000; line++)
        printf("line %d\n", line);
}

static void burn(void)
{
    while (clock() < CLOCKS_PER_SEC / 100)
        continue;
}

static void tell(const struct parfor_context *context)
{
    printf("worker %d of %d, %d parameters: %" PRId64 " %" PRId64 ", %s shared, %s own\n",
        context->worker, context->workers, context->parameter_count,
        context->parameters[0], context->parameters[1],
        context->shared ? "something" : "nothing",
        context->own ? "something" : "nothing");
}

static int run(
    const struct parfor_context *context, int64_t index, struct parfor_result *result)
{
    result->value = index == MISCOUNT ? -1 : index;
    result->digest = 1000 + (uint64_t)index;
    if (index == SPEAK)
        return printf("a word\n"), fprintf(stderr, "an error\n"), 0;
    if (index == SPEAK_HALF)
        return printf("without a line's end"), 0;
    if (index == SPEAK_BY_SHELL)
        return system("echo from a shell; echo its error >&2");
    if (index == FAIL)
        return printf("half of it\n"), 5;
    if (index == FAIL_FOR_MEMORY)
        return -ENOMEM;
    if (index == CRASH)
        return printf("lost\n"), raise(SIGSEGV);
    if (index == LEAVE)
        exit(0);
    if (index == SHOUT)
        shout();
    if (index == BURN)
        burn();
    if (index == REOPEN)
        return system("echo anew >/dev/stdout");
    if (index == REMEMBER)
        result->value = (remembered += 1) == 1 ? index : -1;
    if (index == TELL)
        tell(context);
    return 0;
}

static int verify(const struct parfor_context *context, int64_t index,
    const struct parfor_result *result)
{
    (void)context;
    return result->value == index ? 0 : 9;
}

const struct parfor_workload parfor_workload = {
    .abi = PARFOR_ABI,
    .struct_size = sizeof(struct parfor_workload),
    .name = "deeds",
    .summary = "does as the index says",
    .value_name = "as the index",
    .parameters = {{"first", 1, 100, 10, "a number"}, {"second", -5, 5, 0, NULL}},
    .run = run,
    .verify = verify,
};
