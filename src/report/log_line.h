// SPDX-License-Identifier: MIT
#pragma once
/* The lines of a log (log.h): a JSON object each.  The first of a run has "schema", the
 * last one "end", every other is of an item. */
#include <stdio.h>
#include <time.h>

#include "experiment/result.h"
#include "report/log_start.h"

#define LOG_SCHEMA_NAME "parfor-log/"
enum { LOG_SCHEMA_VERSION = 1, LOG_LINE_TIME_SIZE = 32 };

/* "2026-11-23T01:35:12+01:00", the local time. */
void log_line_time(time_t now, char text[LOG_LINE_TIME_SIZE]);

/* The line about a run. */
void log_line_print_start(FILE *out, const struct log_run *run, const char *started);

/* What there is to say of an item beside its record. */
struct log_line_item {
    const struct result_record *record;
    char *const *key;    /* see log_append() */
    const char *results; /* its folder, or NULL */
    const char *ended;   /* the time of day */
};
void log_line_print_item(FILE *out, const struct log_line_item *item);

/* `result` may be NULL: nothing is known of how it went. */
void log_line_print_end(FILE *out, const struct result *result, const char *ended);
