// SPDX-License-Identifier: MIT
#include "experiment/timeline.h"

#include <stdlib.h>

#include "base/memory.h"

void timeline_finish(struct timeline *timeline)
{
    free(timeline->gaps);
    *timeline = (struct timeline){0};
}

void timeline_suspend(struct timeline *timeline, int64_t from_ns, int64_t to_ns)
{
    void *gaps = timeline->gaps;
    struct timeline_gap *gap = memory_append(&gaps, timeline->gap_count++, sizeof *gap);
    *gap = (struct timeline_gap){from_ns, to_ns};
    timeline->gaps = gaps;
}

int64_t timeline_at(const struct timeline *timeline, int64_t stamp_ns)
{
    int64_t at_ns = stamp_ns - timeline->start_ns;
    for (size_t i = 0; i < timeline->gap_count; i++) {
        const struct timeline_gap *gap = &timeline->gaps[i];
        if (stamp_ns > gap->from_ns)
            at_ns -= (stamp_ns < gap->to_ns ? stamp_ns : gap->to_ns) - gap->from_ns;
    }
    return at_ns > 0 ? at_ns : 0;
}

int64_t timeline_suspended_ns(const struct timeline *timeline)
{
    int64_t sum_ns = 0;
    for (size_t i = 0; i < timeline->gap_count; i++)
        sum_ns += timeline->gaps[i].to_ns - timeline->gaps[i].from_ns;
    return sum_ns;
}
