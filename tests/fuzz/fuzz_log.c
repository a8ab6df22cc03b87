// SPDX-License-Identifier: MIT
/* Logs may be cut off or damaged anywhere: what can be read can be gone on with, and
 * nothing that was done is lost by it; what cannot be gone on with stays as it is. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/log.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
    if (!condition)
        abort();
}

/* How many ended well; -1 where it is no log. */
static int64_t count_done(const char *path)
{
    struct fault fault;
    struct log_past *past;
    if (log_past_read(path, &past, &fault) < 0) {
        require(fault.text[0] != '\0' && !strchr(fault.text, '\n'));
        return -1;
    }
    char *words[] = {strdup("cat"), strdup("one"), NULL};
    int64_t count = log_past_count(past), taken = 0;
    while (log_past_take(past, words)) {
        log_past_results(past);
        taken++;
    }
    require(taken <= count);
    free(words[0]);
    free(words[1]);
    log_past_destroy(past);
    return count;
}

static void tell(const char *path)
{
    static const bool stop = true;
    struct fault fault;
    char *text = NULL;
    size_t size;
    int64_t failed;
    FILE *out = open_memstream(&text, &size);
    require(out != NULL);
    if (log_follow(path, out, &stop, &failed, &fault) == 0)
        require(failed >= 0);
    fclose(out);
    for (size_t i = 0; i < size; i++) /* nothing that a terminal would obey */
        require((unsigned char)text[i] >= ' ' || text[i] == '\n');
    free(text);
}

static int go_on(const char *path)
{
    struct plan plan;
    struct fault fault;
    struct log *log;
    plan_init(&plan, PLAN_MAP, "command");
    if (log_open(path, &(struct log_run){.plan = &plan}, &log, &fault) < 0)
        return -1;
    require(log_close(log, NULL, &fault) == 0);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64];
    struct stat status;
    int fd = memfd_create("log", MFD_CLOEXEC);
    require(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    log_is_one(path);
    int64_t before = count_done(path);
    tell(path);
    if (go_on(path) == 0) {
        int64_t after =
            count_done(path); /* or it was damaged in the middle, and still is */
        require(before >= 0 ? after == before : after <= 0);
        tell(path);
    } else {
        require(before < 0);
        require(fstat(fd, &status) == 0 && status.st_size == (off_t)size);
    }
    close(fd);
    return 0;
}
