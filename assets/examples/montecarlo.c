// SPDX-License-Identifier: MIT
/* Random numbers in a parallel loop, and a second parameter.
 *
 * One task throws `dots` at a square and counts those inside the circle: pi is 4 times
 * their share.  Every task has random numbers of its own, made from the seed and its
 * index: so the result is the same however many workers there are and whichever of them
 * does the task.  With rand(), which goes on where the worker's last task left off, it
 * would be another every time.
 *
 *     parfor run montecarlo.c -n 64
 *     parfor map montecarlo.c -n 64 -s 1000000 --set seed=7 |
 *         awk '{ inside += $1; all += $2 } END { print 4 * inside / all }'
 */
#include <inttypes.h>
#include <stdio.h>

#include <parfor/workload.h>

/* SplitMix64 by Sebastiano Vigna: each state gives another well mixed number. */
static uint64_t next(uint64_t *state)
{
    uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

/* From 0 to below 1. */
static double next_share(uint64_t *state)
{
    return (double)(next(state) >> 11) * 0x1p-53;
}

static int run(
    const struct parfor_context *context, int64_t index, struct parfor_result *result)
{
    int64_t dots = context->parameters[0], inside = 0;
    uint64_t seeds = (uint64_t)context->parameters[1] << 32 ^ (uint64_t)index;
    uint64_t state = next(&seeds);
    for (int64_t i = 0; i < dots; i++) {
        double x = next_share(&state), y = next_share(&state);
        if (x * x + y * y < 1)
            inside++;
    }
    printf("%" PRId64 " %" PRId64 "\n", inside, dots);
    result->value = inside;
    result->digest = (uint64_t)inside;
    return 0;
}

const struct parfor_workload parfor_workload = {
    .abi = PARFOR_ABI,
    .struct_size = sizeof(struct parfor_workload),
    .name = "montecarlo",
    .summary = "throws dots at a circle",
    .value_name = "dots inside",
    .parameters =
        {
            {"dots", 1, INT64_C(1000000000000), 20000000, "how many are thrown"},
            {"seed", 0, 1000000000, 1, "other random numbers"},
        },
    .run = run,
};
