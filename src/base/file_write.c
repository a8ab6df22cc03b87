// SPDX-License-Identifier: MIT
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

/* Where a link leads that points to nothing yet. */
static char *follow_dangling(const char *path)
{
    char target[PATH_MAX];
    ssize_t length = readlink(path, target, sizeof target - 1);
    const char *slash = strrchr(path, '/');
    if (length < 0)
        return memory_need(strdup(path));
    target[length] = '\0';
    if (target[0] == '/' || !slash)
        return memory_need(strdup(target));
    return text_format("%.*s/%s", (int)(slash - path), path, target);
}

/* What a path leads to, so that a link stays one.  Caller frees. */
static char *follow(const char *path)
{
    struct stat about;
    if (lstat(path, &about) < 0 || !S_ISLNK(about.st_mode))
        return memory_need(strdup(path));
    char *target = realpath(path, NULL);
    return target ? target : follow_dangling(path);
}

/* A device or a pipe is written to: a file in its place would not be what was meant. */
static bool is_written_into(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode);
}

/* A new file beside `path` under a name of its own; caller frees *ret_name, NULL on
 * failure. */
static int create_beside(const char *path, char **ret_name)
{
    *ret_name = NULL;
    if (*path == '\0')
        return -ENOENT;
    char *name = text_format("%s.XXXXXX", path);
    int fd = mkostemp(name, O_CLOEXEC);
    if (fd < 0) {
        int error = -errno;
        free(name);
        return error;
    }
    *ret_name = name;
    return fd;
}

/* A place that is not there is a wrong one; one that cannot be written may be right. */
static int refuse_place(const char *path, int error, struct fault *fault)
{
    switch (-error) {
    case EACCES:
    case EDQUOT:
    case EIO:
    case ENOSPC:
    case EPERM:
    case EROFS:
        return fault_system(fault, error, "cannot write %s", path);
    default:
        return fault_input(fault, "cannot write %s: %s", path, strerror(-error));
    }
}

int file_probe(const char *path, struct fault *fault)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return fault_input(fault, "cannot write %s: it is a folder", path);
    if (is_written_into(path))
        return access(path, W_OK) < 0 ? refuse_place(path, -errno, fault) : 0;
    char *name, *target = follow(path);
    int fd = create_beside(target, &name);
    free(target);
    if (fd < 0)
        return refuse_place(path, fd, fault);
    close(fd);
    unlink(name);
    free(name);
    return 0;
}

static int write_fully(int fd, size_t size, const char data[])
{
    while (size > 0) {
        ssize_t done = write(fd, data, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return -errno;
        data += done;
        size -= (size_t)done;
    }
    return fsync(fd) < 0 && errno != EINVAL && errno != EROFS ? -errno : 0;
}

/* A limit on the size of files is a failure to write, and no reason to die of SIGXFSZ. */
static int write_within_limit(int fd, size_t size, const char data[])
{
    static const struct timespec at_once = {0, 0};
    sigset_t limit, before;
    sigemptyset(&limit);
    sigaddset(&limit, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &limit, &before);
    int error = write_fully(fd, size, data);
    if (error == -EFBIG)
        sigtimedwait(&limit, NULL, &at_once);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

/* mkostemp makes files private; a result is an ordinary file, under the user's umask. */
static void make_ordinary(int fd)
{
    mode_t mask = umask(0);
    umask(mask);
    fchmod(fd, 0666 & ~mask);
}

/* There is no whole or nothing where there is no file. */
static int write_into(
    const char *path, size_t size, const char data[], struct fault *fault)
{
    int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    int error = fd < 0 ? -errno : write_within_limit(fd, size, data);
    if (fd >= 0)
        close(fd);
    return error < 0 ? fault_system(fault, error, "cannot write %s", path) : 0;
}

int file_draft_write(struct file_draft *draft, const char *path, size_t size,
    const char data[], struct fault *fault)
{
    *draft = (struct file_draft){.path = NULL};
    if (is_written_into(path))
        return write_into(path, size, data, fault);
    char *name, *target = follow(path);
    int fd = create_beside(target, &name);
    if (fd < 0) {
        free(target);
        return fault_system(fault, fd, "cannot write %s", path);
    }
    make_ordinary(fd);
    int error = write_within_limit(fd, size, data);
    close(fd);
    *draft = (struct file_draft){.path = target, .name = name};
    if (error == 0)
        return 0;
    file_draft_drop(draft);
    return fault_system(fault, error, "cannot write %s", path);
}

int file_draft_keep(struct file_draft *draft, struct fault *fault)
{
    int error = 0;
    if (draft->name && rename(draft->name, draft->path) < 0)
        error = fault_system(fault, -errno, "cannot write %s", draft->path);
    if (error < 0)
        return error;
    free(draft->name);
    draft->name = NULL;
    return 0;
}

void file_draft_drop(struct file_draft *draft)
{
    if (draft->name)
        unlink(draft->name);
    free(draft->name);
    free(draft->path);
    *draft = (struct file_draft){.path = NULL};
}

int file_write(const char *path, size_t size, const char data[], struct fault *fault)
{
    struct file_draft draft;
    int error = file_draft_write(&draft, path, size, data, fault);
    if (error == 0)
        error = file_draft_keep(&draft, fault);
    file_draft_drop(&draft);
    return error;
}
