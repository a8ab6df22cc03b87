// SPDX-License-Identifier: MIT
#pragma once
/* A trace's time: the stages one behind the other. */
#include <stdint.h>

#include "experiment/result.h"

struct trace_stage {
    const struct result_stage *stage;
    int64_t from_ns;   /* where it begins */
    int64_t length_ns; /* all that happened in it */
    int64_t whole_ns;  /* what it took, or was measured of it */
    int place;         /* among the processes, for the eye */
    char name[80];     /* "2 at a time (run 1 of 3)" */
};

/* Lays the stages of a result end to end, with pauses between them.  Caller frees. */
struct trace_stage *trace_stages_lay_out(const struct result *result);
