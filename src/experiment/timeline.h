// SPDX-License-Identifier: MIT
#pragma once
/* A stage's own time: monotonic stamps become nanoseconds since its start, without the
 * times during which it was suspended, or its workers warmed up. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct timeline_gap {
    int64_t from_ns, to_ns; /* monotonic */
    bool suspended;
};

struct timeline {
    int64_t start_ns; /* monotonic */
    size_t gap_count;
    struct timeline_gap *gaps; /* none overlaps another; owned */
};

void timeline_finish(struct timeline *timeline);

/* Adds a suspension, which must be later than all gaps there are. */
void timeline_suspend(struct timeline *timeline, int64_t from_ns, int64_t to_ns);

/* Takes out what does not belong to it though it was not suspended: what the gaps that
 * there are leave of that time.  Returns how much that is. */
int64_t timeline_cut(struct timeline *timeline, int64_t from_ns, int64_t to_ns);

/* The stage's time of a monotonic stamp; a stamp within a gap is at the gap's beginning,
 * one before the start is at 0. */
int64_t timeline_at(const struct timeline *timeline, int64_t stamp_ns);

/* All suspensions together, as far as they are after the start. */
int64_t timeline_suspended_ns(const struct timeline *timeline);
