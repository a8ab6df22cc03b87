// SPDX-License-Identifier: MIT
#pragma once
/* A loop body of the public ABI as a workload: its functions called from ours. */
#include <stddef.h>
#include <stdint.h>

#include "workload/include/parfor/workload.h"
#include "workload/plugin_output.h"
#include "workload/workload.h"

/* What workload_job.body of such a job points to. */
struct plugin_body {
    struct parfor_workload workload; /* as much of it as the body has, the rest 0 */
    const char *name;
    int parameter_count;
    int64_t values[PARFOR_PARAMETERS]; /* but for the first, which is the job's size */
    struct plugin_output *output;
};

/* Its descriptor; what that points to is the body's. */
struct workload_ops plugin_adapt(const struct plugin_body *body);
