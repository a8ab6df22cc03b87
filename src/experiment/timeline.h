// SPDX-License-Identifier: MIT
#pragma once
/* A stage's own time: monotonic stamps become nanoseconds since its start, without the
 * times during which it was suspended. */
#include <stddef.h>
#include <stdint.h>

struct timeline_gap {
    int64_t from_ns, to_ns; /* monotonic */
};

struct timeline {
    int64_t start_ns; /* monotonic */
    size_t gap_count;
    struct timeline_gap *gaps; /* by rising time; owned */
};

void timeline_finish(struct timeline *timeline);

/* Adds a suspension behind the others. */
void timeline_suspend(struct timeline *timeline, int64_t from_ns, int64_t to_ns);

/* The stage's time of a monotonic stamp; a stamp within a gap is at the gap's beginning,
 * one before the start is at 0. */
int64_t timeline_at(const struct timeline *timeline, int64_t stamp_ns);

/* All gaps together, as far as they are after the start. */
int64_t timeline_suspended_ns(const struct timeline *timeline);
