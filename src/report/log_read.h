// SPDX-License-Identifier: MIT
#pragma once
/* Reading a log (log.h) line by line.  Its end may be torn: a last line without its
 * newline, or zeros where a file system had not yet put the bytes when the power went. */
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/fault.h"

struct log_reader {
    const char *path; /* borrowed */
    FILE *in;
    char *text; /* the line */
    size_t room;
    int64_t begin, end; /* where in the file the line is; `end` is behind its newline */
    int64_t number;     /* of the line, counted from 1 */
    int64_t whole;      /* lines that were given out */
    int64_t torn;       /* the first line of what seems to be a torn end; 0: none */
};

/* Returns 0 or -errno with `fault`; to be finished. */
int log_reader_init(struct log_reader *reader, const char *path, struct fault *fault);
void log_reader_finish(struct log_reader *reader);

/* The next whole line, which the caller releases: 1; 0 at the end, from where it goes on
 * once there is more; or -EINVAL with `fault` naming the line.  The first one is that of
 * a run, of a version that can be read. */
int log_reader_next(struct log_reader *reader, json_t **ret_json, struct fault *fault);

/* A line as an object; NULL if it is none.  The caller releases it. */
json_t *log_read_line(size_t size, const char text[]);

/* Whether the object is a line about a run: 1, 0; or -EINVAL with `fault` where a version
 * wrote it that cannot be read here. */
int log_read_schema(const json_t *json, const char *path, struct fault *fault);

/* A text or its base64, whichever is there under the name: its bytes, ended by a NUL that
 * is not counted; NULL if there is none.  The caller frees. */
char *log_read_text(const json_t *json, const char *name, size_t *ret_size);
