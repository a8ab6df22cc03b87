// SPDX-License-Identifier: MIT
#include "saved.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
    int error = file_read(path, FILE_MOST, &text);
    if (error < 0)
        return fault_input(
            fault, "cannot read the file: %s (%s)", path, strerror(-error));
    error = report_json_read(text, strlen(text), path, result, fault);
    free(text);
    return error;
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
        error = read_result(saved->names[saved->count], result, fault);
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
        if (!saved->list[i]->check.has)
            return status_of((fault_input(fault,
                                  "not a check: %s (several files are shown together "
                                  "where each is one of parfor check)",
                                  saved->names[i]),
                fault));
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
    if (options->file_count == 1 && log_is_one(options->files[0]))
        return show_log(options->files[0], fault);
    if (read_all(options, &saved, fault) < 0)
        status = status_of(fault);
    else
        status = saved.count == 1 ? show_one(&saved.results[0], fault)
                                  : show_fleet(&saved, fault);
    saved_finish(&saved);
    return status;
}
