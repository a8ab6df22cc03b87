// SPDX-License-Identifier: MIT
#pragma once
/* A stream into memory, that ends as the text of a report. */
#include <stddef.h>
#include <stdio.h>

#include "base/fault.h"

struct stream {
    FILE *out;
    char *text;
    size_t size;
};

/* Returns 0 or -errno with `fault` filled. */
int stream_open(struct stream *stream, struct fault *fault);

/* Ends it.  Returns 0 or -errno with `fault` filled; caller frees *ret_text, which a NUL
 * that is not counted ends. */
int stream_close(
    struct stream *stream, char **ret_text, size_t *ret_size, struct fault *fault);
