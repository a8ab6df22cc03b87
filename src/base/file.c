// SPDX-License-Identifier: MIT
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

int root_open(const char *path, struct root *ret_root, struct fault *fault)
{
    int fd = open(path ? path : "/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return fault_input(
            fault, "no such machine: %s (%s)", path ? path : "/", strerror(errno));
    *ret_root = (struct root){.fd = fd, .simulated = path != NULL};
    return 0;
}

void root_close(struct root *root)
{
    if (root->fd >= 0)
        close(root->fd);
    root->fd = -1;
}

int root_open_file(const struct root *root, const char *path)
{
    int fd = openat(root->fd, path, O_RDONLY | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

/* Reads until the end or until `size` bytes are there; returns how many, or -errno. */
static ssize_t read_up_to(int fd, size_t size, char data[])
{
    size_t length = 0;
    while (length < size) {
        ssize_t got = read(fd, data + length, size - length);
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

/* Grows as the file turns out to be: the files of /proc and /sys do not know their size.
 */
static int read_whole(int fd, size_t limit, char **ret_text, size_t *ret_size)
{
    size_t room = 4096, length = 0;
    char *text = NULL;
    for (;;) {
        char *grown = realloc(text, room + 1);
        ssize_t got = grown ? read_up_to(fd, room - length, grown + length) : -ENOMEM;
        if (grown)
            text = grown;
        if (got >= 0 && length + (size_t)got > limit)
            got = -EFBIG;
        if (got < 0) {
            free(text);
            return (int)got;
        }
        length += (size_t)got;
        if (length < room)
            break;
        room *= 2;
    }
    text[length] = '\0';
    *ret_text = text;
    *ret_size = length;
    return 0;
}

static int read_and_close(int fd, size_t limit, char **ret_text, size_t *ret_size)
{
    if (fd < 0)
        return fd;
    int error = read_whole(fd, limit, ret_text, ret_size);
    close(fd);
    return error;
}

int root_read(const struct root *root, const char *path, size_t limit, char **ret_text)
{
    size_t size;
    return read_and_close(root_open_file(root, path), limit, ret_text, &size);
}

char *file_typed(const char *path)
{
    const char *home = getenv("HOME");
    bool at_home = path[0] == '~' && path[1] == '/' && home && *home;
    return at_home ? text_format("%s%s", home, path + 1) : text_duplicate(path);
}

int file_read(const char *path, size_t limit, char **ret_text)
{
    size_t size;
    return file_read_bytes(path, limit, ret_text, &size);
}

int file_read_bytes(const char *path, size_t limit, char **ret_data, size_t *ret_size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    return read_and_close(fd < 0 ? -errno : fd, limit, ret_data, ret_size);
}

int root_read_line(const struct root *root, const char *path, size_t size, char text[])
{
    int fd = root_open_file(root, path);
    if (fd < 0)
        return fd;
    ssize_t length = read_up_to(fd, size - 1, text);
    close(fd);
    if (length < 0)
        return (int)length;
    text[length] = '\0';
    text[strcspn(text, "\n")] = '\0';
    return 0;
}
