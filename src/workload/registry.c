// SPDX-License-Identifier: MIT
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "workload/builtin.h"
#include "workload/workload.h"

const struct workload_ops *const workload_table[] = {
    &workload_factorial,
    &workload_spin,
    &workload_primes,
    &workload_pi,
    &workload_matrix,
    &workload_mandelbrot,
    &workload_triangle,
    &workload_serial,
    &workload_memory,
    &workload_sharing,
    &workload_sleep,
    &workload_empty,
    NULL,
};

enum { TABLE_SIZE = sizeof workload_table / sizeof *workload_table - 1 };

int workload_find(
    const char *name, const struct workload_ops **ret_ops, struct fault *fault)
{
    const char *names[TABLE_SIZE];
    for (size_t i = 0; i < TABLE_SIZE; i++) {
        names[i] = workload_table[i]->name;
        if (strcmp(names[i], name) == 0) {
            *ret_ops = workload_table[i];
            return 0;
        }
    }
    const char *nearest = text_nearest(name, TABLE_SIZE, names);
    if (nearest)
        return fault_input(fault, "no such loop: %s (did you mean %s?)", name, nearest);
    return fault_input(fault, "no such loop: %s (parfor list shows what there is)", name);
}

int workload_job_init(struct workload_job *job, const struct workload_ops *ops,
    int64_t size, struct fault *fault)
{
    if (!ops->size_name && size != 0)
        return fault_input(fault, "%s has no size: %" PRId64, ops->name, size);
    if (ops->size_name && (size < ops->size_min || size > ops->size_max))
        return fault_input(fault,
            "size out of range: %" PRId64 " (%s: %s, %" PRId64 " to %" PRId64 ")", size,
            ops->name, ops->size_name, ops->size_min, ops->size_max);
    if (ops->size_step > 0 && size % ops->size_step != 0)
        return fault_input(fault,
            "wrong size: %" PRId64 " (%s: multiples of %" PRId64 ")", size, ops->name,
            ops->size_step);
    *job = (struct workload_job){.ops = ops, .size = size};
    if (ops->settle)
        ops->settle(job);
    return 0;
}

void workload_format_result(const struct workload_ops *ops,
    const struct workload_result *result, size_t size, char text[])
{
    if (ops->value_name)
        snprintf(text, size, "%" PRId64 " %s, digest %016" PRIx64, result->value,
            ops->value_name, result->digest);
    else
        snprintf(text, size, "digest %016" PRIx64, result->digest);
}
