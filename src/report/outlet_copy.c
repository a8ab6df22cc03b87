// SPDX-License-Identifier: MIT
#include "report/outlet_copy.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

int outlet_write(int fd, size_t size, const char data[])
{
    while (size > 0) {
        ssize_t written = write(fd, data, size);
        if (written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            struct pollfd room = {.fd = fd, .events = POLLOUT};
            (void)!poll(&room, 1, -1);
            continue;
        }
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -errno;
        data += written;
        size -= (size_t)written;
    }
    return 0;
}

static int flush(struct outlet_copier *copier)
{
    size_t size = copier->used;
    copier->used = 0;
    return outlet_write(copier->fd, size, copier->out);
}

static int put(struct outlet_copier *copier, size_t size, const char data[])
{
    while (size > 0) {
        size_t part = sizeof copier->out - copier->used;
        part = part < size ? part : size;
        memcpy(copier->out + copier->used, data, part);
        copier->used += part;
        data += part;
        size -= part;
        int error = copier->used == sizeof copier->out ? flush(copier) : 0;
        if (error < 0)
            return error;
    }
    return 0;
}

/* Whether a line begins before the byte that comes next goes with its end: *is_new. */
static int put_lines(
    struct outlet_copier *copier, size_t size, const char *tag, bool *is_new)
{
    const char *data = copier->in, *end = data + size;
    int error = 0;
    while (data < end && error == 0) {
        const char *newline = memchr(data, '\n', (size_t)(end - data));
        const char *next = newline ? newline + 1 : end;
        if (*is_new)
            error = put(copier, strlen(tag), tag);
        if (*is_new && error == 0)
            error = put(copier, 1, "\t");
        if (error == 0)
            error = put(copier, (size_t)(next - data), data);
        *is_new = newline;
        data = next;
    }
    return error;
}

int outlet_copy(
    struct outlet_copier *copier, int from, struct spool_range range, const char *tag)
{
    bool is_new = true;
    copier->used = 0;
    while (range.begin < range.end) {
        int64_t left = range.end - range.begin;
        size_t size = left < OUTLET_BLOCK_SIZE ? (size_t)left : OUTLET_BLOCK_SIZE;
        ssize_t got = spool_read(from, range.begin, size, copier->in);
        if (got <= 0)
            return got < 0 ? (int)got : -ENODATA;
        range.begin += got;
        int error = tag ? put_lines(copier, (size_t)got, tag, &is_new)
                        : outlet_write(copier->fd, (size_t)got, copier->in);
        if (error < 0)
            return error;
    }
    int error = tag && !is_new ? put(copier, 1, "\n") : 0;
    return error < 0 ? error : flush(copier);
}
