// SPDX-License-Identifier: MIT
#pragma once
/* The CPUs in a trace: counters, which hold each value until the next. */
#include "experiment/result.h"
#include "report/trace_event.h"
#include "report/trace_stages.h"

/* Writes how many CPUs were busy, and doing what, into process `all`, and the share of
 * each CPU in percent into a process of its own. */
void trace_counters_write(struct trace *trace, const struct result *result,
    const struct trace_stage places[], int all);
