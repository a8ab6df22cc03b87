// SPDX-License-Identifier: MIT
#include "report/report.h"
#include "report/stream.h"

int report_trace_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault)
{
    struct stream stream = {0};
    int error = stream_open(&stream, fault);
    if (error < 0)
        return error;
    (void)result;
    return stream_close(&stream, ret_text, ret_size, fault);
}
