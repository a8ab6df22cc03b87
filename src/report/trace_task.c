// SPDX-License-Identifier: MIT
#include "report/trace_task.h"

#include <inttypes.h>
#include <string.h>

#include "base/signals.h"
#include "base/text.h"
#include "experiment/words_items.h"

enum { NAME_SIZE = 240 };

static void add_signal(struct trace *trace, int signal)
{
    char name[16];
    signals_name(signal, sizeof name, name);
    if (signal > 0)
        trace_event_add_text(trace, "signal", name);
}

static void add_item(struct trace *trace, const struct result_item *item)
{
    trace_event_add_integer(trace, "number", item->number);
    if (item->exit_status >= 0)
        trace_event_add_integer(trace, "exit", item->exit_status);
    add_signal(trace, item->signal);
    if (item->error > 0)
        trace_event_add_integer(trace, "errno", item->error);
    if (item->timed_out)
        trace_event_add_text(trace, "timed_out", "true");
    if (item->max_rss_bytes > 0)
        trace_event_add_integer(trace, "max_rss_bytes", item->max_rss_bytes);
}

/* What is as usual is left out: there are ten thousand of them. */
static void add_outcome(struct trace *trace, const struct result_record *record)
{
    char digest[24];
    if (record->status != RESULT_OK)
        trace_event_add_text(trace, "status", "failed");
    if (record->failed > 0 && record->count > 1)
        trace_event_add_integer(trace, "failed", record->failed);
    if (record->attempts != 1)
        trace_event_add_integer(trace, "attempts", record->attempts);
    if (record->value != 0)
        trace_event_add_integer(trace, "value", record->value);
    snprintf(digest, sizeof digest, "%016" PRIx64, record->digest);
    if (record->digest != 0)
        trace_event_add_text(trace, "digest", digest);
    if (record->item)
        add_item(trace, record->item);
}

void trace_task_write(
    struct trace *trace, struct trace_event *event, const struct result_record *record)
{
    char name[NAME_SIZE];
    words_record_name(record, sizeof name, name);
    if (record->count > 1)
        snprintf(name, sizeof name, "%" PRId64 " tasks, the first %" PRId64,
            record->count, record->index);
    event->category = "task";
    event->name = name;
    trace_event_open(trace, event);
    trace_event_add_integer(trace, "index", record->index);
    if (record->count > 1)
        trace_event_add_integer(trace, "count", record->count);
    if (record->cpu >= 0)
        trace_event_add_integer(trace, "cpu", record->cpu);
    trace_event_add_integer(trace, "cpu_ns", record->cpu_ns);
    add_outcome(trace, record);
    trace_event_close(trace);
}

static void name_event(const struct result_event *what, size_t size, char text[])
{
    char signal[16];
    signals_name(what->signal, sizeof signal, signal);
    text[0] = '\0';
    switch (what->what) {
    case RESULT_KILLED:
        snprintf(text, size, "killed by %s", signal);
        break;
    case RESULT_LEFT:
        snprintf(text, size, "left with exit status %d", what->signal);
        break;
    case RESULT_REPLACED:
        snprintf(text, size, "replaced by process %d", what->pid);
        break;
    case RESULT_REFUSED:
        snprintf(text, size, "refused a process: %s", strerror(what->signal));
        break;
    case RESULT_UNPINNED:
        snprintf(text, size, "refused to be pinned: %s", strerror(what->signal));
        break;
    case RESULT_SUSPENDED:
        text_copy(size, text, "suspended for a while");
        break;
    default:
        text_copy(size, text, "stopped");
        if (what->signal > 0)
            text_append(size, text, " by %s", signal);
    }
}

void trace_task_write_event(
    struct trace *trace, struct trace_event *event, const struct result_event *what)
{
    char name[NAME_SIZE];
    name_event(what, sizeof name, name);
    event->category = "event";
    event->name = name;
    trace_event_open(trace, event);
    if (what->pid > 0)
        trace_event_add_integer(trace, "pid", what->pid);
    if (what->index >= 0)
        trace_event_add_integer(trace, "index", what->index);
    trace_event_close(trace);
}

void trace_task_write_move(
    struct trace *trace, struct trace_event *event, const struct result_move *move)
{
    char name[32];
    snprintf(name, sizeof name, "on CPU %d", move->cpu);
    event->category = "move";
    event->name = name;
    trace_event_open(trace, event);
    trace_event_add_integer(trace, "cpu", move->cpu);
    trace_event_close(trace);
}
