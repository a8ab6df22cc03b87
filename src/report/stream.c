// SPDX-License-Identifier: MIT
#include "report/stream.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

int stream_open(struct stream *stream, struct fault *fault)
{
    stream->out = open_memstream(&stream->text, &stream->size);
    return stream->out ? 0 : fault_system(fault, -errno, "no memory for the report");
}

int stream_close(
    struct stream *stream, char **ret_text, size_t *ret_size, struct fault *fault)
{
    bool failed = ferror(stream->out);
    if (fclose(stream->out) != 0 || failed) {
        free(stream->text);
        return fault_system(fault, -ENOMEM, "no memory for the report");
    }
    *ret_text = stream->text;
    *ret_size = stream->size;
    return 0;
}
