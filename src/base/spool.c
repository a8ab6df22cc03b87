// SPDX-License-Identifier: MIT
#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Room is given back in blocks of that size: some file systems write a block to the disk
 * before they let go of it, which should not be done for every short output. */
enum { BLOCK = 256 * 1024, PIECE = 16 * 1024 };

/* Where the file system has no files without a name, it loses its name at once. */
static int create_and_unlink(const char *folder)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/parfor-XXXXXX", folder);
    if (length >= (int)sizeof path)
        return -ENAMETOOLONG;
    int fd = mkostemp(path, O_CLOEXEC);
    if (fd < 0)
        return -errno;
    unlink(path);
    return fd;
}

int spool_create(struct fault *fault)
{
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder)
        folder = "/tmp";
    int fd = open(folder, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        fd = create_and_unlink(folder);
    if (fd < 0)
        return fault_system(fault, fd, "cannot keep a temporary file in %s", folder);
    return fd;
}

static int write_at(int fd, int64_t offset, size_t size, const char data[])
{
    while (size > 0) {
        ssize_t written = pwrite(fd, data, size, offset);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -errno;
        data += written;
        size -= (size_t)written;
        offset += written;
    }
    return 0;
}

int spool_append(int fd, size_t size, const void *data, struct spool_range *ret_range)
{
    int64_t begin = lseek(fd, 0, SEEK_END);
    if (begin < 0)
        return -errno;
    int error = write_at(fd, begin, size, data);
    if (error < 0) {
        if (ftruncate(fd, begin) < 0)
            return -errno;
        return error;
    }
    *ret_range = (struct spool_range){.begin = begin, .end = begin + (int64_t)size};
    return 0;
}

void spool_take_back(int fd, struct spool_range range)
{
    if (range.begin < range.end && lseek(fd, 0, SEEK_END) == range.end)
        (void)!ftruncate(fd, range.begin);
}

ssize_t spool_read(int fd, int64_t offset, size_t size, void *data)
{
    size_t length = 0;
    while (length < size) {
        ssize_t got =
            pread(fd, (char *)data + length, size - length, offset + (int64_t)length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -errno;
        if (got == 0)
            break;
        length += (size_t)got;
    }
    return (ssize_t)length;
}

static int64_t block_of(int64_t offset)
{
    return offset - offset % BLOCK;
}

static void erase(int fd, int64_t begin, int64_t end)
{
    static const char zeros[PIECE];
    for (int64_t at = begin; at < end; at += PIECE) {
        int64_t left = end - at;
        if (write_at(fd, at, left < PIECE ? (size_t)left : PIECE, zeros) < 0)
            return;
    }
}

static bool is_erased(int fd, int64_t begin, int64_t end)
{
    char piece[PIECE];
    for (int64_t at = begin; at < end; at += PIECE) {
        ssize_t got = spool_read(fd, at, PIECE, piece);
        if (got != PIECE || piece[0] != 0 || memcmp(piece, piece + 1, PIECE - 1) != 0)
            return false;
    }
    return true;
}

static void punch(int fd, int64_t begin, int64_t end)
{
    if (begin < end)
        (void)!fallocate(
            fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, begin, end - begin);
}

/* The block at an end of the range is shared with others.  The part of this one becomes
 * zeros, and a block that is nothing else reads the same without its room: so it can go
 * whoever still has a part in it.  That is looked for when the last byte of the block
 * goes, which in order is the last time that it is needed. */
void spool_discard(int fd, struct spool_range range)
{
    int64_t first = block_of(range.begin), last = block_of(range.end);
    if (range.begin >= range.end)
        return;
    if (first == last) {
        erase(fd, range.begin, range.end);
        return;
    }
    if (first < range.begin) {
        erase(fd, range.begin, first + BLOCK);
        if (is_erased(fd, first, first + BLOCK))
            punch(fd, first, first + BLOCK);
        first += BLOCK;
    }
    punch(fd, first, last);
    erase(fd, last, range.end);
}
