// SPDX-License-Identifier: MIT
/* Uneven work, with a check of every result.
 *
 * Take a number; halve it if it is even, else triple it and add one; go on until it is 1.
 * One task looks through `block` numbers for the one that takes the most steps.  Some
 * blocks take longer than others, and nobody knows beforehand which.
 *
 *     parfor run collatz.c -n 64
 *     parfor run collatz.c -n 64 --schedule static      (shared out beforehand: worse)
 */
#include <inttypes.h>
#include <stdio.h>

#include <parfor/workload.h>

static int64_t steps_from(uint64_t number)
{
    int64_t steps = 0;
    for (; number != 1; steps++)
        number = number % 2 == 0 ? number / 2 : 3 * number + 1;
    return steps;
}

static int run(
    const struct parfor_context *context, int64_t index, struct parfor_result *result)
{
    uint64_t block = (uint64_t)context->parameters[0];
    uint64_t first = 1 + (uint64_t)index * block, longest = first;
    int64_t most = -1;
    for (uint64_t number = first; number < first + block; number++) {
        int64_t steps = steps_from(number);
        if (steps > most) {
            most = steps;
            longest = number;
        }
    }
    printf("%" PRIu64 " takes %" PRId64 " steps\n", longest, most);
    result->value = most;
    result->digest = longest;
    return 0;
}

/* Another way to the same number: two steps at once where that can be.  An error here
 * makes the task a failed one. */
static int verify(const struct parfor_context *context, int64_t index,
    const struct parfor_result *result)
{
    (void)context, (void)index;
    uint64_t number = result->digest;
    int64_t steps = 0;
    while (number != 1) {
        if (number % 2 == 0) {
            number /= 2;
            steps++;
        } else { /* 3 n + 1 is even */
            number += (number + 1) / 2;
            steps += 2;
        }
    }
    return steps == result->value ? 0 : 1;
}

const struct parfor_workload parfor_workload = {
    .abi = PARFOR_ABI,
    .struct_size = sizeof(struct parfor_workload),
    .name = "collatz",
    .summary = "looks for the number with the longest way to 1",
    .value_name = "steps",
    .parameters = {{"block", 1, 1000000000, 300000, "numbers for each task"}},
    .run = run,
    .verify = verify,
};
