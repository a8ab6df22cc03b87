// SPDX-License-Identifier: MIT
#include "workload/command_capture.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

enum {
    BUFFER_SIZE = 65536, /* what a pipe holds */
    DRAINING_READS = 32, /* a process may have made it larger, up to 1 MiB by default */
};

void command_capture_init(struct command_capture *capture)
{
    *capture = (struct command_capture){.read_fds = {-1, -1}, .write_fds = {-1, -1}};
    capture->buffer = memory_need(malloc(BUFFER_SIZE));
}

static void close_pipe(struct command_capture *capture, int stream)
{
    if (capture->write_fds[stream] < 0)
        return;
    close(capture->read_fds[stream]);
    close(capture->write_fds[stream]);
    capture->read_fds[stream] = capture->write_fds[stream] = -1;
}

void command_capture_close(struct command_capture *capture)
{
    close_pipe(capture, 0);
    close_pipe(capture, 1);
}

void command_capture_finish(struct command_capture *capture)
{
    if (capture->buffer)
        command_capture_close(capture);
    free(capture->buffer);
    capture->buffer = NULL;
}

/* Flags belong to the pipe, and a process may have changed them: one that does not wait
 * when its pipe is full would be a surprise to the next. */
static int begin_stream(struct command_capture *capture, int stream)
{
    int fds[2];
    if (capture->write_fds[stream] >= 0) {
        if (fcntl(capture->write_fds[stream], F_GETFL) == capture->flags[stream])
            return 0;
        close_pipe(capture, stream);
    }
    if (pipe2(fds, O_CLOEXEC) < 0)
        return -errno;
    capture->read_fds[stream] = fds[0];
    capture->write_fds[stream] = fds[1];
    capture->flags[stream] = fcntl(fds[1], F_GETFL);
    return 0;
}

int command_capture_begin(struct command_capture *capture, const int spools[2])
{
    memset(capture->ranges, 0, sizeof capture->ranges);
    capture->error = 0;
    for (int stream = 0; stream < 2; stream++) {
        capture->spools[stream] = spools[stream];
        int error = begin_stream(capture, stream);
        if (error < 0)
            return error;
    }
    return 0;
}

/* Pieces follow each other in the spool, for nobody else writes there. */
static void keep(struct command_capture *capture, int stream, size_t size)
{
    struct spool_range piece, *range = &capture->ranges[stream];
    if (capture->error != 0)
        return;
    int error = spool_append(capture->spools[stream], size, capture->buffer, &piece);
    if (error < 0) {
        capture->error = -error;
        return;
    }
    if (range->begin == range->end)
        range->begin = piece.begin;
    range->end = piece.end;
}

/* The process is looked at first: what it has put out before its end is seen with it. */
bool command_capture_turn(
    struct command_capture *capture, int pid_fd, int timeout_ms, bool *ret_took)
{
    struct pollfd polls[] = {{.fd = pid_fd, .events = POLLIN},
        {.fd = capture->read_fds[0], .events = POLLIN},
        {.fd = capture->read_fds[1], .events = POLLIN}};
    *ret_took = false;
    if (poll(polls, 3, timeout_ms) <= 0)
        return false;
    for (int stream = 0; stream < 2; stream++) {
        if (polls[stream + 1].revents == 0)
            continue;
        ssize_t got = read(capture->read_fds[stream], capture->buffer, BUFFER_SIZE);
        if (got > 0)
            keep(capture, stream, (size_t)got);
        *ret_took = true;
    }
    return polls[0].revents != 0;
}

/* A process that has got away may write for ever. */
void command_capture_drain(struct command_capture *capture)
{
    bool took = true;
    for (int i = 0; i < DRAINING_READS && took; i++)
        command_capture_turn(capture, -1, 0, &took);
}
