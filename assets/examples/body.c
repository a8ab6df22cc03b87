/* A loop body to start from.  One call of run() is one iteration of the loop
 *
 *     for (index = 0; index < n; index++)
 *         run(index);
 *
 * and parfor makes these calls in any order, several at a time, in several processes:
 *
 *     parfor run body.c -n 100           one after the other, then in parallel; compare
 *     parfor map body.c -n 100           in parallel only: the work is done
 *     parfor map body.c -n 100 -s 1000   with another size
 *     parfor map body.c -n 100 --cflags '-O3 -march=native'
 *
 * Change run() to what you have to compute.  What run() writes into a variable that lives
 * longer than the call is not seen by the other processes, nor afterwards: give results
 * back through `result`, or print them.  Everything printed is kept for each index and
 * comes out in the order of the indices.  All that a body can have (several parameters,
 * something to prepare, a check of every result) is described in parfor/workload.h. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include <parfor/workload.h>

/* Sums the square roots of `size` numbers, others for each index. */
static int run(
    const struct parfor_context *context, int64_t index, struct parfor_result *result)
{
    int64_t size = context->parameters[0];
    double sum = 0;
    for (int64_t i = 0; i < size; i++)
        sum += sqrt((double)(index * size + i));
    printf("%" PRId64 ": %.3f\n", index, sum);
    result->value = (int64_t)sum;
    result->digest = parfor_digest(0, &sum, sizeof sum); /* to be compared between runs */
    return 0; /* anything else: this task has failed */
}

const struct parfor_workload parfor_workload = {
    .abi = PARFOR_ABI,
    .struct_size = sizeof(struct parfor_workload),
    .name = "body",
    .summary = "sums square roots",
    .value_name = "as the sum",
    .parameters = {{"size", 1, 1000000000, 10000000, "how many numbers are summed"}},
    .run = run,
};
