// SPDX-License-Identifier: MIT
#include "logs.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "items.h"

int logs_set_up(void **state)
{
    const char *folder = getenv("TMPDIR");
    char *path = text_format("%s/parfor-log-XXXXXX", folder ? folder : "/tmp");
    *state = mkdtemp(path);
    return *state ? 0 : -1;
}

static int take_away(
    const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status, (void)kind, (void)where;
    return remove(path);
}

int logs_tear_down(void **state)
{
    int error = nftw(*state, take_away, 8, FTW_DEPTH | FTW_PHYS);
    free(*state);
    return error;
}

char *logs_path(void **state, const char *name)
{
    return text_format("%s/%s", (const char *)*state, name);
}

char *logs_read(const char *path, size_t *ret_size)
{
    struct stat status;
    char *text;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(file_read(path, 1 << 24, &text), 0);
    *ret_size = (size_t)status.st_size;
    return text;
}

void logs_write(const char *path, size_t size, const char data[])
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(data, 1, size, out), size);
    assert_int_equal(fclose(out), 0);
}

struct log *logs_open(const char *path)
{
    struct plan plan;
    struct fault fault;
    struct log *log;
    plan_init(&plan, PLAN_MAP, "command");
    text_copy(sizeof plan.loop, plan.loop, "-- cat {}");
    text_copy(sizeof plan.unit, plan.unit, "files");
    plan.workers = 2;
    char **words = made_words((const char *[]){"cat", "{}", NULL});
    struct log_run run = {.plan = &plan, .command = words, .arguments = words};
    if (log_open(path, &run, &log, &fault) < 0)
        fail_msg("not opened: %s", fault.text);
    free(words);
    return log;
}

void logs_append(struct log *log, int64_t number, const char *item, bool ok)
{
    struct fault fault;
    struct result_record record = {.index = number,
        .count = 1,
        .worker = 1,
        .start_ns = number * NS_PER_S,
        .end_ns = (number + 1) * NS_PER_S,
        .status = ok ? RESULT_OK : RESULT_FAILED,
        .failed = !ok,
        .attempts = 1,
        .item = made_item(number, item, (const char *[]){"cat", item, NULL})};
    record.item->exit_status = ok ? 0 : 1;
    if (log_append(log, &record, NULL, NULL, &fault) < 0)
        fail_msg("not appended: %s", fault.text);
    result_item_destroy(record.item);
}

void logs_close(struct log *log, int64_t done, int64_t failed)
{
    struct fault fault;
    struct result result;
    result_init(&result);
    struct result_stage *stage = result_add_stage(&result);
    stage->done = done;
    stage->failed = failed;
    stage->elapsed_ns = 95 * NS_PER_S;
    stage->complete = true;
    assert_int_equal(log_close(log, &result, &fault), 0);
    result_finish(&result);
}

struct log_past *logs_past(const char *path)
{
    struct fault fault;
    struct log_past *past;
    if (log_past_read(path, &past, &fault) < 0)
        fail_msg("not read: %s", fault.text);
    return past;
}

bool logs_take(struct log_past *past, const char *item)
{
    char **words = made_words((const char *[]){"cat", item, NULL});
    bool taken = log_past_take(past, words);
    free(words);
    return taken;
}
