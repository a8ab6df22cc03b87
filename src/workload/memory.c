// SPDX-License-Identifier: MIT
#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "workload/builtin.h"
#include "workload/digest.h"

enum { MIB = 1 << 20, PASSES = 4, LANES = 8 };

static size_t array_bytes(const struct workload_job *job)
{
    return (size_t)job->size * MIB;
}

/* The kernel promises more memory than there is and kills when it is touched: what all
 * workers want together must not be more than the machine has. */
static bool fits(const struct workload_place *place)
{
    double pages = (double)sysconf(_SC_PHYS_PAGES);
    double have = pages * (double)sysconf(_SC_PAGESIZE);
    return have <= 0 || (double)place->job->size * MIB * place->workers <= have;
}

static int warm(struct workload_place *place)
{
    size_t bytes = array_bytes(place->job), count = bytes / sizeof(uint64_t);
    if (!fits(place))
        return -ENOMEM;
    uint64_t *words =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (words == MAP_FAILED)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++)
        words[i] = i * UINT64_C(0x9e3779b97f4a7c15);
    place->own = words;
    return 0;
}

/* In lanes that do not wait for each other, so that the memory is what it waits for. */
static uint64_t sum(const uint64_t words[], size_t count)
{
    uint64_t lanes[LANES] = {0}, total = 0;
    for (size_t i = 0; i < count; i += LANES)
        for (size_t lane = 0; lane < LANES; lane++)
            lanes[lane] += words[i + lane];
    for (size_t lane = 0; lane < LANES; lane++)
        total += lanes[lane];
    return total;
}

static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    size_t count = array_bytes(place->job) / sizeof(uint64_t);
    uint64_t digest = DIGEST_START;
    (void)index;
    for (int pass = 0; pass < PASSES; pass++) {
        digest = digest_fold(digest, sum(place->own, count));
        atomic_signal_fence(memory_order_seq_cst); /* or one pass could stand for all */
    }
    result->digest = digest;
    result->value = PASSES * place->job->size;
    return 0;
}

static void describe(const struct workload_job *job, size_t size, char text[])
{
    snprintf(text, size, "%" PRId64 " MiB of memory", job->size);
}

const struct workload_ops workload_memory = {
    .name = "memory",
    .summary = "sums up an array of its worker's own, four times",
    .brief = "sums up an array, four times",
    .verb = " summed up",
    .teaches = "cores share the way to memory: more workers, slower tasks",
    .size_name = "MiB for each worker",
    .size_min = 1,
    .size_max = 65536,
    .size_default = 128,
    .uniform = true,
    .value_name = "MiB read",
    .describe = describe,
    .warm = warm,
    .run = run,
};
