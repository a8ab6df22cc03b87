// SPDX-License-Identifier: MIT
#pragma once
/* Events of Google's "Trace Event Format", one a line.  What tells a viewer where an
 * event belongs comes first in it, and no member is a list: older readers of the format
 * want it so. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct trace {
    FILE *out;
    bool begun;        /* there is an event before the next */
    bool has_argument; /* likewise in the event that is open */
    int next_id;       /* of a process or a track: no two have the same, and none is 0,
                          for some viewers know a track by its number alone */
};

enum trace_phase {
    TRACE_COMPLETE, /* lasts from `at_ns` on */
    TRACE_INSTANT,
};

struct trace_event {
    enum trace_phase phase;
    int process, track;
    int64_t at_ns, lasts_ns; /* of the trace's own time */
    const char *category;    /* a constant: "task" */
    const char *name;        /* any bytes */
};

/* Begins an event; arguments may follow, which have constants as names, then it is
 * closed. */
void trace_event_open(struct trace *trace, const struct trace_event *event);
void trace_event_add_integer(struct trace *trace, const char *name, int64_t value);
void trace_event_add_text(struct trace *trace, const char *name, const char *text);
void trace_event_close(struct trace *trace);

/* Names a process, and says at which place it stands.  Returns its number. */
int trace_event_add_process(struct trace *trace, const char *name, int place);

/* Names a track, and says at which place of its process it stands. */
struct trace_track {
    int process, track, place;
    const char *name;
};
void trace_event_name_track(struct trace *trace, const struct trace_track *track);

/* Writes microseconds, exact to the nanosecond. */
enum { TRACE_TIME_SIZE = 32 };
void trace_event_format_time(int64_t ns, char text[static TRACE_TIME_SIZE]);

/* Writes a text as JSON, with '?' for what is not text. */
void trace_event_write_text(FILE *out, const char *text);

/* Goes to the place of the next event: for who writes all of it himself. */
void trace_event_next(struct trace *trace);
