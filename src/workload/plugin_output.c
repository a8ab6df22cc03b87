// SPDX-License-Identifier: MIT
#include "workload/plugin_output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

enum { PIECE = 64 * 1024 };

struct plugin_output {
    pid_t worker; /* whose output is redirected; a fork of it is another */
    int fds[2];   /* the files */
};

struct plugin_output *plugin_output_create(void)
{
    struct plugin_output *output = memory_new(1, sizeof *output);
    output->fds[0] = output->fds[1] = -1;
    return output;
}

static void close_files(struct plugin_output *output)
{
    for (int stream = 0; stream < 2; stream++) {
        if (output->fds[stream] >= 0)
            close(output->fds[stream]);
        output->fds[stream] = -1;
    }
}

void plugin_output_destroy(struct plugin_output *output)
{
    if (!output)
        return;
    close_files(output);
    free(output);
}

/* What is written goes to the end, so that a file can be emptied under its writer. */
static int redirect_stream(int stream, int *ret_fd)
{
    int fd = memfd_create("parfor-output", MFD_CLOEXEC);
    if (fd < 0)
        return -errno;
    *ret_fd = fd;
    if (fcntl(fd, F_SETFL, O_APPEND) < 0 || dup2(fd, STDOUT_FILENO + stream) < 0)
        return -errno;
    return 0;
}

static void empty(const struct plugin_output *output, int stream)
{
    (void)!ftruncate(output->fds[stream], 0);
}

/* What the parent had printed but not written out when it forked is in the buffers here
 * as well: it is written by the parent, and thrown away here. */
int plugin_output_redirect(struct plugin_output *output)
{
    if (output->worker == getpid())
        return 0;
    close_files(output);
    for (int stream = 0; stream < 2; stream++) {
        int error = redirect_stream(stream, &output->fds[stream]);
        if (error < 0)
            return error;
    }
    fflush(NULL);
    empty(output, 0);
    empty(output, 1);
    output->worker = getpid();
    return 1;
}

static int append_piece(
    int spool, size_t size, const char data[], struct spool_range *whole)
{
    struct spool_range range;
    int error = spool_append(spool, size, data, &range);
    if (error < 0)
        return error;
    if (whole->begin == whole->end)
        whole->begin = range.begin;
    whole->end = range.end;
    return 0;
}

static int copy(int from, int64_t size, int spool, struct spool_range *ret_range)
{
    size_t most = size < PIECE ? (size_t)size : PIECE;
    char *piece = memory_new(1, most);
    int error = 0;
    ssize_t got = 1; /* 0: somebody else has emptied it */
    for (int64_t at = 0; at < size && got > 0 && error == 0; at += got) {
        got = spool_read(from, at, most, piece);
        error = got < 0 ? (int)got : 0;
        if (got > 0)
            error = append_piece(spool, (size_t)got, piece, ret_range);
    }
    free(piece);
    return error;
}

static int take_stream(const struct plugin_output *output, int stream, int spool,
    struct spool_range *ret_range)
{
    struct stat status;
    struct spool_range range = {0, 0};
    if (fstat(output->fds[stream], &status) < 0)
        return -errno;
    if (status.st_size == 0)
        return 0;
    int error = spool >= 0 ? copy(output->fds[stream], status.st_size, spool, &range) : 0;
    empty(output, stream);
    if (error == 0)
        *ret_range = range;
    return error;
}

/* All streams are flushed, the body's own files too: a worker may be killed later.  One
 * whose descriptor is closed is nobody's. */
int plugin_output_take(
    struct plugin_output *output, const int spools[2], struct spool_range ret_ranges[2])
{
    int error = fflush(NULL) == 0 || errno == EBADF ? 0 : -errno;
    for (int stream = 0; stream < 2; stream++) {
        int stream_error =
            take_stream(output, stream, spools[stream], &ret_ranges[stream]);
        error = error < 0 ? error : stream_error;
    }
    return error;
}

void plugin_output_drop(struct plugin_output *output)
{
    fflush(NULL);
    empty(output, 0);
}
