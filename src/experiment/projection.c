// SPDX-License-Identifier: MIT
#include "experiment/projection.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"

void projection_apply(struct result_stage *stage, int64_t tasks)
{
    int64_t ended = stage->done + stage->failed;
    if (ended == 0 || ended >= tasks)
        return;
    double each_ns = (double)(stage->elapsed_ns - stage->prepare_ns) / (double)ended;
    stage->measured_ns = stage->elapsed_ns;
    stage->elapsed_ns = stage->prepare_ns + (int64_t)(each_ns * (double)tasks);
    stage->projected = stage->complete = true;
}

void projection_describe(
    const struct plan *plan, const struct result_stage *stage, size_t size, char text[])
{
    text_copy(size, text, "");
    if (stage->projected)
        snprintf(text, size, "projected from %" PRId64 " of %" PRId64,
            stage->done + stage->failed, plan->iterations);
}
