// SPDX-License-Identifier: MIT
#pragma once
/* Reads a trace back and holds it against the rules of the format: what any viewer
 * relies on. */
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "experiment/result.h"

struct traces_event {
    char phase;         /* 'X', 'i', 'C', 'M' */
    size_t place;       /* in the file */
    int process, track; /* of a counter the track is 0 */
    int64_t at_ns, lasts_ns;
    const char *name, *category; /* borrowed from the document */
    json_t *args;
};

struct traces {
    json_t *root;
    size_t count;
    struct traces_event *events;
};

/* Writes the trace of a result, which must be sound.  Caller finishes it. */
void traces_read(const struct result *result, struct traces *ret_traces);
void traces_finish(struct traces *traces);

/* The name of a process or a track; the test fails where it has none. */
const char *traces_process_name(const struct traces *traces, int process);
const char *traces_track_name(const struct traces *traces, int track);

/* How many events of a category there are, and how long they last together. */
size_t traces_count(const struct traces *traces, const char *category);
int64_t traces_sum_ns(const struct traces *traces, const char *category);

/* The first event of a category with that name; the test fails where there is none. */
const struct traces_event *traces_find(
    const struct traces *traces, const char *category, const char *name);

/* The first event of a counter from place `from` on; NULL where there is none. */
const struct traces_event *traces_find_counter(
    const struct traces *traces, const char *name, size_t from);

/* An argument that is there. */
int64_t traces_integer(const struct traces_event *event, const char *name);
double traces_number(const struct traces_event *event, const char *name);
const char *traces_text(const struct traces_event *event, const char *name);
bool traces_has(const struct traces_event *event, const char *name);
