// SPDX-License-Identifier: MIT
/* All that a body can have: something to prepare that all workers share, and memory that
 * each worker has for itself.
 *
 * One task counts the primes among `block` numbers with a sieve.  For that it needs the
 * small primes.  They are found once, in prepare(), and put where all workers see them;
 * the sieve itself is memory that every worker makes for itself before its first task.
 *
 *     parfor run sieve.c -n 200
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <parfor/workload.h>

enum { SMALL = 1 << 20 }; /* the primes below it are enough for numbers below 2^40 */

/* What the workers share: workers are processes, so a variable would be worker 0's. */
struct shared {
    uint32_t count;
    uint32_t primes[SMALL / 8]; /* there are 82025 */
};

static uint64_t shared_size(const struct parfor_context *context)
{
    (void)context;
    return sizeof(struct shared);
}

/* Worker 0 does this while the others wait: it is the part of the loop that cannot be
 * shared out, and counts as such. */
static int prepare(const struct parfor_context *context)
{
    struct shared *shared = context->shared;
    unsigned char *composite = calloc(SMALL, 1);
    if (!composite)
        return ENOMEM;
    for (uint32_t number = 2; number < SMALL; number++) {
        if (composite[number])
            continue;
        shared->primes[shared->count++] = number;
        for (uint64_t i = (uint64_t)number * number; i < SMALL; i += number)
            composite[i] = 1;
    }
    free(composite);
    return 0;
}

/* Every worker does this, before the clock starts. */
static int warm(struct parfor_context *context)
{
    size_t block = (size_t)context->parameters[0];
    context->own = malloc(block);
    if (!context->own)
        return ENOMEM;
    memset(context->own, 1, block); /* so that the memory is really there */
    return 0;
}

static void release(const struct parfor_context *context)
{
    free(context->own);
}

static int run(
    const struct parfor_context *context, int64_t index, struct parfor_result *result)
{
    const struct shared *shared = context->shared;
    unsigned char *composite = context->own;
    uint64_t block = (uint64_t)context->parameters[0];
    uint64_t begin = (uint64_t)index * block, end = begin + block;
    if (end > (uint64_t)SMALL * SMALL)
        return ERANGE;
    memset(composite, 0, block);
    for (uint32_t i = 0; i < shared->count; i++) {
        uint64_t prime = shared->primes[i], at = prime * prime;
        if (at >= end)
            break;
        if (at < begin)
            at = (begin + prime - 1) / prime * prime;
        for (; at < end; at += prime)
            composite[at - begin] = 1;
    }
    for (uint64_t number = begin < 2 ? 2 : begin; number < end; number++)
        result->value += !composite[number - begin];
    result->digest = parfor_digest(0, composite, block);
    return 0;
}

const struct parfor_workload parfor_workload = {
    .abi = PARFOR_ABI,
    .struct_size = sizeof(struct parfor_workload),
    .name = "sieve",
    .summary = "counts primes with a sieve",
    .value_name = "primes",
    .parameters = {{"block", 1, 1 << 30, 1 << 22, "numbers for each task"}},
    .shared_size = shared_size,
    .prepare = prepare,
    .warm = warm,
    .run = run,
    .release = release,
};
