// SPDX-License-Identifier: MIT
#include "report/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "report/log_line.h"
#include "report/log_mend.h"

enum { SYNC_PERIOD_S = 1 };

struct log {
    char *path;
    int fd;
    bool is_file;  /* and not a device or a pipe */
    int64_t whole; /* its size up to the last whole line */
    FILE *line;    /* to be written, into `text` */
    char *text;
    size_t size;
    bool dirty; /* not everything is synced */
    int64_t synced_ns;
    time_t now; /* that `time` is for */
    char time[LOG_LINE_TIME_SIZE];
};

static int refuse(const struct log *log, int error, struct fault *fault)
{
    return fault_system(fault, error, "cannot write the log %s", log->path);
}

/* A file system that knows no such thing is as good as it gets. */
static int sync_file(struct log *log, struct fault *fault)
{
    log->synced_ns = clock_now_ns();
    log->dirty = false;
    if (fdatasync(log->fd) == 0 || errno == EINVAL || errno == ENOSYS || errno == EROFS)
        return 0;
    return refuse(log, -errno, fault);
}

/* Where the disk is full half a line may be written. */
static int take_back(struct log *log, int error, struct fault *fault)
{
    if (log->is_file && ftruncate(log->fd, log->whole) < 0)
        error = error ? error : -errno;
    return refuse(log, error, fault);
}

/* Writes the line that was printed. */
static int write_line(struct log *log, struct fault *fault)
{
    if (fflush(log->line) != 0)
        return refuse(log, -ENOMEM, fault);
    size_t size = (size_t)ftello(log->line), done = 0;
    rewind(log->line);
    while (done < size) {
        ssize_t written = write(log->fd, log->text + done, size - done);
        if (written < 0 && errno != EINTR)
            return take_back(log, -errno, fault);
        done += written > 0 ? (size_t)written : 0;
    }
    log->whole += (int64_t)size;
    log->dirty = true;
    return 0;
}

static const char *time_of_day(struct log *log)
{
    time_t now = time(NULL);
    if (now != log->now)
        log_line_time(now, log->time);
    log->now = now;
    return log->time;
}

/* A new file is only safe with its name. */
static void sync_folder(const char *path)
{
    char *folder = text_duplicate(path);
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder] = '\0';
    int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

static int open_file(struct log *log, struct fault *fault)
{
    struct stat status;
    log->fd = open(log->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (log->fd < 0 || fstat(log->fd, &status) < 0)
        return fault_input(
            fault, "cannot write the log: %s (%s)", log->path, strerror(errno));
    log->is_file = S_ISREG(status.st_mode);
    if (!log->is_file)
        return 0;
    int error = log_lock(log->fd, log->path, fault);
    if (error == 0)
        error = log_mend(log->fd, log->path, &log->whole, fault);
    return error;
}

static int begin(struct log *log, const struct log_run *run, struct fault *fault)
{
    int error = open_file(log, fault);
    if (error < 0)
        return error;
    log->line = open_memstream(&log->text, &log->size);
    memory_need(log->line);
    __fsetlocking(log->line, FSETLOCKING_BYCALLER);
    bool is_new = log->whole == 0;
    log_line_print_start(log->line, run, time_of_day(log));
    error = write_line(log, fault);
    if (error == 0)
        error = sync_file(log, fault);
    if (error == 0 && is_new && log->is_file)
        sync_folder(log->path);
    return error;
}

static void destroy(struct log *log)
{
    if (log->line)
        fclose(log->line);
    if (log->fd >= 0)
        close(log->fd);
    free(log->text);
    free(log->path);
    free(log);
}

int log_open(const char *path, const struct log_run *run, struct log **ret_log,
    struct fault *fault)
{
    struct log *log = memory_new(1, sizeof *log);
    log->path = text_duplicate(path);
    int error = begin(log, run, fault);
    if (error < 0)
        destroy(log);
    else
        *ret_log = log;
    return error;
}

static bool is_due(const struct log *log)
{
    return clock_now_ns() - log->synced_ns >= SYNC_PERIOD_S * NS_PER_S;
}

/* A key that says nothing new need not be there. */
static bool is_argv(char *const key[], const struct result_item *item)
{
    size_t i = 0;
    if (!key || !item || !item->argv)
        return false;
    while (key[i] && item->argv[i] && strcmp(key[i], item->argv[i]) == 0)
        i++;
    return !key[i] && !item->argv[i];
}

int log_append(struct log *log, const struct result_record *record, char *const key[],
    const char *results, struct fault *fault)
{
    const struct log_line_item item = {.record = record,
        .key = is_argv(key, record->item) ? NULL : key,
        .results = results,
        .ended = time_of_day(log)};
    log_line_print_item(log->line, &item);
    int error = write_line(log, fault);
    return error == 0 && is_due(log) ? sync_file(log, fault) : error;
}

int log_sync(struct log *log, struct fault *fault)
{
    return log->dirty && is_due(log) ? sync_file(log, fault) : 0;
}

int log_close(struct log *log, const struct result *result, struct fault *fault)
{
    if (!log)
        return 0;
    log_line_print_end(log->line, result, time_of_day(log));
    int error = write_line(log, fault);
    if (error == 0)
        error = sync_file(log, fault);
    destroy(log);
    return error;
}

const char *log_path(const struct log *log)
{
    return log->path;
}
