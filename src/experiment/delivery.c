// SPDX-License-Identifier: MIT
#include "experiment/delivery.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/words_items.h"

enum { LAST_BYTES = 4096 };

static const size_t OUTPUT_MOST = (size_t)16 << 20; /* kept of one stream of an item */

/* All of a range, or as much of it as can be read; ended by a NUL.  Caller frees. */
static char *read_range(int fd, struct spool_range range, size_t *ret_size)
{
    size_t size = (size_t)(range.end - range.begin), length = 0;
    if (size > OUTPUT_MOST)
        size = OUTPUT_MOST;
    char *data = memory_new(size + 1, 1);
    while (length < size) {
        ssize_t count =
            spool_read(fd, range.begin + (int64_t)length, size - length, data + length);
        if (count <= 0)
            break;
        length += (size_t)count;
    }
    *ret_size = length;
    return data;
}

/* The items of a task with spaces between. */
static void join(const struct items_task *task, struct result_item *item)
{
    size_t size = 1, length = 0;
    for (size_t i = 0; i < task->count; i++)
        size += strlen(task->texts[i]) + 1;
    item->item = memory_new(size, 1);
    for (size_t i = 0; i < task->count; i++) {
        if (i > 0)
            item->item[length++] = ' ';
        size_t part = strlen(task->texts[i]);
        memcpy(item->item + length, task->texts[i], part);
        length += part;
    }
    item->item_size = length;
}

static void name(const struct command *command, const struct pool_delivery *delivery,
    struct result_item *item)
{
    struct items_task task;
    item->number = delivery->index;
    if (!command)
        return;
    const struct items *store = command_items(command);
    if (store && items_read(store, delivery->index, &task) == 0) {
        item->number = task.number;
        join(&task, item);
        items_drop(&task);
    }
    if (command_expand(command, delivery->index, delivery->worker, &item->argv) < 0)
        item->argv = NULL;
}

struct result_record delivery_record(const struct stage *stage,
    const struct command *command, const struct pool_delivery *delivery, bool keep_output)
{
    const struct workload_outcome *outcome = &delivery->outcome;
    struct result_item *item = memory_new(1, sizeof *item);
    *item = (struct result_item){.exit_status = outcome->exit_status,
        .signal = outcome->signal,
        .error = outcome->error,
        .timed_out = outcome->timed_out,
        .cpu_ns = outcome->cpu_ns,
        .user_ns = outcome->user_ns,
        .system_ns = outcome->system_ns,
        .max_rss_bytes = outcome->max_rss_bytes};
    name(command, delivery, item);
    if (keep_output && delivery->spools) {
        item->out = read_range(delivery->spools[0], outcome->out, &item->out_size);
        item->err = read_range(delivery->spools[1], outcome->err, &item->err_size);
    }
    struct result_record record = {.index = delivery->index,
        .count = 1,
        .worker = delivery->worker,
        .cpu = -1,
        .start_ns = stage_time(stage, delivery->begin_ns),
        .end_ns = stage_time(stage, delivery->end_ns),
        .failed = delivery->failed,
        .status = delivery->failed ? RESULT_FAILED : RESULT_OK,
        .attempts = delivery->attempts,
        .item = item};
    int64_t duration_ns = record.end_ns - record.start_ns;
    record.cpu_ns = outcome->cpu_ns < duration_ns ? outcome->cpu_ns : duration_ns;
    return record;
}

void delivery_last_line(const struct pool_delivery *delivery, size_t size, char text[])
{
    struct spool_range range = delivery->outcome.err;
    size_t length = 0;
    text_copy(size, text, "");
    if (!delivery->spools || range.end <= range.begin)
        return;
    if (range.end - range.begin > LAST_BYTES)
        range.begin = range.end - LAST_BYTES;
    char *data = read_range(delivery->spools[1], range, &length);
    while (length > 0 && strchr(" \t\r\n", data[length - 1]))
        data[--length] = '\0';
    const char *newline = memrchr(data, '\n', length);
    const char *line = newline ? newline + 1 : data;
    words_clean((size_t)(data + length - line), line, size, text);
    free(data);
}

static void discard(int fd, struct spool_range range)
{
    if (range.end > range.begin)
        spool_discard(fd, range);
}

void delivery_discard(const struct pool_delivery *delivery)
{
    if (!delivery->spools)
        return;
    discard(delivery->spools[0], delivery->outcome.out);
    discard(delivery->spools[1], delivery->outcome.err);
}
