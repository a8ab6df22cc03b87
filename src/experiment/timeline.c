// SPDX-License-Identifier: MIT
#include "experiment/timeline.h"

#include <stdlib.h>

#include "base/memory.h"

void timeline_finish(struct timeline *timeline)
{
    free(timeline->gaps);
    *timeline = (struct timeline){0};
}

static void add_gap(struct timeline *timeline, struct timeline_gap added)
{
    void *gaps = timeline->gaps;
    struct timeline_gap *gap = memory_append(&gaps, timeline->gap_count++, sizeof *gap);
    *gap = added;
    timeline->gaps = gaps;
}

void timeline_suspend(struct timeline *timeline, int64_t from_ns, int64_t to_ns)
{
    add_gap(timeline, (struct timeline_gap){from_ns, to_ns, true});
}

/* Gaps that there are already come by rising time. */
int64_t timeline_cut(struct timeline *timeline, int64_t from_ns, int64_t to_ns)
{
    size_t count = timeline->gap_count;
    int64_t sum_ns = 0;
    for (size_t i = 0; i <= count && from_ns < to_ns; i++) {
        bool last = i == count;
        int64_t next_ns = last ? to_ns : timeline->gaps[i].from_ns;
        int64_t end_ns = next_ns < to_ns ? next_ns : to_ns;
        int64_t behind_ns = last ? to_ns : timeline->gaps[i].to_ns;
        if (end_ns > from_ns) {
            add_gap(timeline, (struct timeline_gap){from_ns, end_ns, false});
            sum_ns += end_ns - from_ns;
        }
        if (behind_ns > from_ns)
            from_ns = behind_ns;
    }
    return sum_ns;
}

/* The part of a gap that lies between the start and a stamp. */
static int64_t part_ns(
    const struct timeline *timeline, const struct timeline_gap *gap, int64_t stamp_ns)
{
    int64_t from_ns =
        gap->from_ns > timeline->start_ns ? gap->from_ns : timeline->start_ns;
    int64_t to_ns = gap->to_ns < stamp_ns ? gap->to_ns : stamp_ns;
    return to_ns > from_ns ? to_ns - from_ns : 0;
}

int64_t timeline_at(const struct timeline *timeline, int64_t stamp_ns)
{
    int64_t at_ns = stamp_ns - timeline->start_ns;
    for (size_t i = 0; i < timeline->gap_count; i++)
        at_ns -= part_ns(timeline, &timeline->gaps[i], stamp_ns);
    return at_ns > 0 ? at_ns : 0;
}

int64_t timeline_suspended_ns(const struct timeline *timeline)
{
    int64_t sum_ns = 0;
    for (size_t i = 0; i < timeline->gap_count; i++)
        if (timeline->gaps[i].suspended)
            sum_ns += part_ns(timeline, &timeline->gaps[i], INT64_MAX);
    return sum_ns;
}
