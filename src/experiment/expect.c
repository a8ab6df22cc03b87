// SPDX-License-Identifier: MIT
#include "experiment/expect.h"

#include <math.h>

/* Tasks that wait more than they compute can wait together, beyond the CPUs. */
int64_t expect_stage_ns(
    const struct result *result, enum result_stage_kind kind, int workers, double task_ns)
{
    const struct plan *plan = &result->plan;
    const struct result_stage *before = result_find_stage(result, RESULT_SEQUENTIAL, 0);
    double whole_ns = task_ns * (double)plan->iterations;
    if (before && before->complete)
        whole_ns = (double)before->elapsed_ns;
    if (kind == RESULT_SEQUENTIAL)
        return (int64_t)whole_ns;
    double at_once = (double)workers;
    if (!before || (double)before->cpu_ns > 0.5 * (double)before->elapsed_ns)
        at_once = fmin(at_once, plan->host_cpus);
    return at_once > 0 ? (int64_t)(whole_ns / at_once) : 0;
}

int64_t expect_whole_ns(const struct scene *scene)
{
    int64_t ended = scene->done + scene->failed;
    if (ended == 0)
        return scene->expected_ns;
    double whole_ns = (double)scene->elapsed_ns * (double)scene->result->plan.iterations /
                      (double)ended;
    return whole_ns < (double)INT64_MAX ? (int64_t)whole_ns : INT64_MAX;
}
