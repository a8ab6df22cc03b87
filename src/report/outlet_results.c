// SPDX-License-Identifier: MIT
#include "report/outlet_results.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "report/log_line.h"

enum { NAME_MAX_BYTES = 60 };

/* Letters, digits, what is harmless in a shell, and other characters of UTF-8. */
static void append_safe(size_t size, const char item[], FILE *out)
{
    for (size_t i = 0; i < size;) {
        size_t length = utf8_character(size - i, item + i);
        unsigned char first = (unsigned char)item[i];
        bool is_safe =
            length > 1 || isalnum(first) || (first && strchr("._-+=@,%~", first));
        bool is_control =
            length == 2 && first == 0xc2 && (unsigned char)item[i + 1] < 0xa0;
        if (length == 0)
            length = 1;
        if (is_safe && !is_control)
            fwrite(item + i, 1, length, out);
        else
            fputc('_', out);
        i += length;
    }
}

/* The end of a long name says more than its start. */
static const char *find_end(const char *name)
{
    size_t length = strlen(name);
    const char *end = length > NAME_MAX_BYTES ? name + length - NAME_MAX_BYTES : name;
    while (((unsigned char)*end & 0xc0) == 0x80) /* within a character */
        end++;
    return end;
}

void outlet_results_name(
    const char *results, const struct result_item *item, size_t size, char path[])
{
    char *name = NULL;
    size_t length;
    FILE *out = open_memstream(&name, &length);
    memory_need(out);
    if (item->item)
        append_safe(item->item_size, item->item, out);
    fclose(out);
    memory_need(name);
    int64_t number = item->item ? item->number + 1 : item->number;
    snprintf(path, size, "%s/%" PRId64 "%s%s", results, number, *name ? "-" : "",
        find_end(name));
    free(name);
}

/* A file in the making: another name, then its own. */
static int begin_file(int folder, const char *name)
{
    char temporary[32];
    snprintf(temporary, sizeof temporary, ".%s.new", name);
    int fd = openat(
        folder, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    return fd < 0 ? -errno : fd;
}

static int sync_file(int fd)
{
    return fsync(fd) < 0 && errno != EINVAL && errno != ENOSYS ? -errno : 0;
}

/* Closes it; takes it away where `error` says that it has not become one. */
static int end_file(int folder, const char *name, int fd, int error)
{
    char temporary[32];
    snprintf(temporary, sizeof temporary, ".%s.new", name);
    if (error == 0)
        error = sync_file(fd);
    if (close(fd) < 0 && error == 0)
        error = -errno;
    if (error == 0 && renameat(folder, temporary, folder, name) < 0)
        error = -errno;
    if (error < 0)
        unlinkat(folder, temporary, 0);
    return error;
}

static int write_range(int folder, const char *name, int from, struct spool_range range,
    struct outlet_copier *copier)
{
    int fd = begin_file(folder, name);
    if (fd < 0)
        return fd;
    copier->fd = fd;
    return end_file(folder, name, fd, outlet_copy(copier, from, range, NULL));
}

static int write_record(int folder, const struct result_record *record)
{
    char ended[LOG_LINE_TIME_SIZE], *text = NULL;
    size_t size;
    log_line_time(time(NULL), ended);
    const struct log_line_item item = {.record = record, .ended = ended};
    FILE *out = open_memstream(&text, &size);
    memory_need(out);
    log_line_print_item(out, &item);
    if (fclose(out) != 0) {
        free(text);
        return -ENOMEM;
    }
    int fd = begin_file(folder, "result.json");
    int error = fd < 0 ? fd : outlet_write(fd, size, text);
    if (fd >= 0)
        error = end_file(folder, "result.json", fd, error);
    free(text);
    return error;
}

/* `result.json` comes last: where it is, the others are as it says. */
static int write_files(int folder, const struct result_record *record,
    const struct experiment_output *output, struct outlet_copier *copier)
{
    if (unlinkat(folder, "result.json", 0) < 0 && errno != ENOENT)
        return -errno;
    int error = write_range(folder, "stdout", output->out_fd, output->out, copier);
    if (error == 0)
        error = write_range(folder, "stderr", output->err_fd, output->err, copier);
    if (error == 0)
        error = write_record(folder, record);
    return error < 0 ? error : sync_file(folder);
}

int outlet_results_write(const char *path, const struct result_record *record,
    const struct experiment_output *output, struct outlet_copier *copier,
    struct fault *fault)
{
    int error = mkdir(path, 0777) < 0 && errno != EEXIST ? -errno : 0;
    int folder = error < 0 ? -1 : open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (error == 0 && folder < 0)
        error = -errno;
    if (error == 0)
        error = write_files(folder, record, output, copier);
    if (folder >= 0)
        close(folder);
    return error < 0 ? fault_system(fault, error, "cannot write the results in %s", path)
                     : 0;
}
