// SPDX-License-Identifier: MIT
#include "report/log_mend.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "report/log_line.h"
#include "report/log_read.h"

enum { BLOCK_SIZE = 65536, LOCK_WAIT_MS = 2000, LOCK_PERIOD_MS = 20 };

/* A lock of the open file, not of the process: the workers of a parent that was killed
 * hold it until they are gone, and another reading of the file does not give it up. */
static struct flock whole_file(void)
{
    return (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
}

bool log_is_locked(int fd)
{
    struct flock lock = whole_file();
    return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

int log_lock(int fd, const char *path, struct fault *fault)
{
    int64_t until_ns = clock_now_ns() + LOCK_WAIT_MS * NS_PER_MS;
    struct flock lock = whole_file();
    while (fcntl(fd, F_OFD_SETLK, &lock) < 0) {
        if (errno != EAGAIN && errno != EACCES)
            return 0;
        /* What is left of a run that was killed is being ended; nothing tells when. */
        if (clock_now_ns() > until_ns)
            return fault_input(fault,
                "the log is being written by another run: %s "
                "(wait for its end, or name another file)",
                path);
        poll(NULL, 0, LOCK_PERIOD_MS);
    }
    return 0;
}

/* Where the last line of the first `size` bytes begins, whether it has its newline or
 * not.  Returns that or -errno. */
static int64_t find_last_line(int fd, int64_t size)
{
    char *block = memory_new(BLOCK_SIZE, 1);
    int64_t end = size - 1, found = 0; /* a newline at its end is its own */
    while (end > 0 && found == 0) {
        int64_t begin = end > BLOCK_SIZE ? end - BLOCK_SIZE : 0;
        ssize_t got = pread(fd, block, (size_t)(end - begin), begin);
        const char *newline = got > 0 ? memrchr(block, '\n', (size_t)got) : NULL;
        if (got != end - begin)
            found = got < 0 ? -errno : -EIO;
        else if (newline)
            found = begin + (newline - block) + 1;
        end = begin;
    }
    free(block);
    return found;
}

static char *read_part(int fd, int64_t begin, int64_t size)
{
    char *text = memory_new((size_t)size + 1, 1);
    if (pread(fd, text, (size_t)size, begin) == size)
        return text;
    free(text);
    return NULL;
}

/* What has become of a last line. */
enum line_state { LINE_WHOLE, LINE_WITHOUT_END, LINE_TORN, LINE_NOT_READ };

static enum line_state look_at_line(int fd, int64_t begin, int64_t size)
{
    char *text = read_part(fd, begin, size);
    if (!text)
        return LINE_NOT_READ;
    enum line_state state = LINE_WHOLE;
    if (text[size - 1] != '\n') {
        json_t *json = log_read_line((size_t)size, text);
        state = json_is_object(json) ? LINE_WITHOUT_END : LINE_TORN;
        json_decref(json);
    } else if (size == 1 || memchr(text, '\0', (size_t)size)) {
        state = LINE_TORN; /* an empty one behind a torn one would keep that in place */
    }
    free(text);
    return state;
}

/* The size without a torn end, which may be several lines of zeros; *ret_state is that of
 * what is the last line then. */
static int64_t find_whole(int fd, int64_t size, enum line_state *ret_state)
{
    *ret_state = LINE_WHOLE;
    while (size > 0) {
        int64_t begin = find_last_line(fd, size);
        if (begin < 0)
            return begin;
        *ret_state = look_at_line(fd, begin, size - begin);
        if (*ret_state == LINE_NOT_READ)
            return -EIO;
        if (*ret_state != LINE_TORN)
            return size;
        size = begin;
    }
    return 0;
}

static bool has_newline(int fd, int64_t size)
{
    char block[BLOCK_SIZE];
    for (int64_t begin = 0; begin < size; begin += BLOCK_SIZE) {
        ssize_t got = pread(fd, block, sizeof block, begin);
        if (got <= 0 || memchr(block, '\n', (size_t)got))
            return true;
    }
    return false;
}

bool log_may_begin(int fd, int64_t size)
{
    static const char expected[] = "{\"schema\": \"" LOG_SCHEMA_NAME;
    char text[sizeof expected];
    size_t length = sizeof expected - 1, i = 0;
    if (size == 0)
        return true;
    ssize_t got = pread(fd, text, length, 0);
    if (got <= 0 || (int64_t)got > size)
        return false;
    while (i < (size_t)got && (text[i] == expected[i] || text[i] == '\0'))
        i++;
    return i == (size_t)got && !has_newline(fd, size);
}

/* The first line must be that of a run, or what was torn of one. */
static int check_begin(int fd, const char *path, int64_t size, struct fault *fault)
{
    struct log_reader reader;
    json_t *json = NULL;
    int error = log_reader_init(&reader, path, fault);
    if (error < 0)
        return error;
    int found = log_reader_next(&reader, &json, fault);
    json_decref(json);
    log_reader_finish(&reader);
    if (found != 0 || log_may_begin(fd, size))
        return found < 0 ? found : 0;
    return fault_input(fault, "this is no log: %s (name a new file for it)", path);
}

static int change(int fd, int64_t size, enum line_state state)
{
    if (state == LINE_WITHOUT_END)
        return write(fd, "\n", 1) == 1 ? 0 : -errno;
    return ftruncate(fd, size) < 0 ? -errno : 0;
}

int log_mend(int fd, const char *path, int64_t *ret_size, struct fault *fault)
{
    struct stat status;
    enum line_state state;
    if (fstat(fd, &status) < 0)
        return fault_system(fault, -errno, "cannot read the log %s", path);
    int error = status.st_size > 0 ? check_begin(fd, path, status.st_size, fault) : 0;
    if (error < 0)
        return error;
    int64_t size = find_whole(fd, status.st_size, &state);
    error = size < 0 ? (int)size : 0;
    if (error == 0 && (size < status.st_size || state == LINE_WITHOUT_END))
        error = change(fd, size, state);
    if (error < 0)
        return fault_system(fault, error, "cannot mend the end of the log %s", path);
    *ret_size = size + (state == LINE_WITHOUT_END);
    return 0;
}
