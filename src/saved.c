// SPDX-License-Identifier: MIT
#include "saved.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "outcome.h"
#include "present.h"
#include "report/log.h"
#include "report/report.h"
#include "status.h"

enum { FILE_MOST = 1 << 28 };

/* Results that were read, and what they were read from. */
struct saved {
    size_t count;
    struct result *results;
    const struct result **list;
    const char *const *names;
};

/* Only a file that can be read again is looked at beforehand. */
static bool is_log(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode) && log_is_one(path);
}

static int show_log(const char *path, struct fault *fault)
{
    const bool never = false;
    int64_t failed = 0;
    if (log_follow(path, stdout, &never, &failed, fault) < 0)
        return status_of(fault);
    return failed > 0 ? STATUS_UNSUCCESSFUL : STATUS_DONE;
}

static int read_result(const char *path, struct result *result, struct fault *fault)
{
    char *text;
    size_t size;
    int error = file_read_bytes(path, FILE_MOST, &text, &size);
    if (error < 0)
        return fault_input(
            fault, "cannot read the file: %s (%s)", path, strerror(-error));
    error = report_json_read(text, size, path, result, fault);
    free(text);
    return error;
}

/* Of several files each is to be one. */
static int refuse_other(const char *path, struct fault *fault)
{
    return fault_input(fault,
        "not a check: %s (several files are shown together where each is one of parfor "
        "check)",
        path);
}

static int read_all(
    const struct options *options, struct saved *saved, struct fault *fault)
{
    size_t count = (size_t)options->file_count;
    saved->names = options->files;
    saved->results = memory_new(count, sizeof saved->results[0]);
    saved->list = memory_new(count, sizeof saved->list[0]);
    for (int error = 0; saved->count < count; saved->count++) {
        struct result *result = &saved->results[saved->count];
        const char *name = saved->names[saved->count];
        error = count > 1 && is_log(name) ? refuse_other(name, fault)
                                          : read_result(name, result, fault);
        if (error < 0)
            return error;
        saved->list[saved->count] = result;
    }
    return 0;
}

static void saved_finish(struct saved *saved)
{
    for (size_t i = 0; i < saved->count; i++)
        result_finish(&saved->results[i]);
    free(saved->results);
    free(saved->list);
}

static int show_one(struct result *result, struct fault *fault)
{
    const struct options usual = {0};
    const struct present_manner manner = {.after = PRESENT_AFTER_SCREEN};
    present_print(&usual, result, &manner, fault);
    return fault->kind != FAULT_NONE ? status_of(fault) : outcome_status(result);
}

/* Those that failed are a failure; one that is only odd is not. */
static int show_fleet(const struct saved *saved, struct fault *fault)
{
    struct fleet fleet;
    int status = STATUS_DONE;
    for (size_t i = 0; i < saved->count; i++) {
        if (!saved->list[i]->check.has) {
            refuse_other(saved->names[i], fault);
            return status_of(fault);
        }
        if (saved->list[i]->check.verdict == CHECK_FAIL)
            status = STATUS_UNSUCCESSFUL;
    }
    fleet_init(&fleet, saved->count, saved->list, saved->names);
    present_fleet(&fleet, fault);
    fleet_finish(&fleet);
    return fault->kind != FAULT_NONE ? status_of(fault) : status;
}

int saved_show(const struct options *options, struct fault *fault)
{
    struct saved saved = {0};
    int status;
    if (options->file_count == 1 && is_log(options->files[0]))
        return show_log(options->files[0], fault);
    if (read_all(options, &saved, fault) < 0)
        status = status_of(fault);
    else
        status = saved.count == 1 ? show_one(&saved.results[0], fault)
                                  : show_fleet(&saved, fault);
    saved_finish(&saved);
    return status;
}
