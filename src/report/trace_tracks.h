// SPDX-License-Identifier: MIT
#pragma once
/* A stage in a trace: a process with a track for each worker, its tasks and what happened
 * to it. */
#include "report/trace_event.h"
#include "report/trace_stages.h"

/* Tasks of one worker that overlap, as only a file that was tampered with says, get
 * further tracks: on one track events must nest.  What happened to no worker in
 * particular goes to track `others` of process `process`. */
void trace_tracks_write(
    struct trace *trace, const struct trace_stage *place, int process, int others);
