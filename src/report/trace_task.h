// SPDX-License-Identifier: MIT
#pragma once
/* What is told of a task, and of what happened to a worker, in a trace.  The arguments
 * have the names of the result file. */
#include "experiment/result.h"
#include "report/trace_event.h"

/* Each fills in what the event is called, and writes it. */
void trace_task_write(
    struct trace *trace, struct trace_event *event, const struct result_record *record);
void trace_task_write_event(
    struct trace *trace, struct trace_event *event, const struct result_event *what);
void trace_task_write_move(
    struct trace *trace, struct trace_event *event, const struct result_move *move);
