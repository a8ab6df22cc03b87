// SPDX-License-Identifier: MIT
#include "report/trace_event.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "experiment/words_items.h"
#include "report/json_emit.h"

enum { NAME_SIZE = 512 };

void trace_event_next(struct trace *trace)
{
    fputs(trace->begun ? ",\n" : "\n", trace->out);
    trace->begun = true;
}

void trace_event_format_time(int64_t ns, char text[static TRACE_TIME_SIZE])
{
    if (ns % NS_PER_US == 0)
        snprintf(text, TRACE_TIME_SIZE, "%" PRId64, ns / NS_PER_US);
    else
        snprintf(text, TRACE_TIME_SIZE, "%" PRId64 ".%03d", ns / NS_PER_US,
            (int)(ns % NS_PER_US));
}

void trace_event_write_text(FILE *out, const char *text)
{
    char clean[NAME_SIZE];
    struct json_emitter emit = {.out = out};
    words_clean(strlen(text), text, sizeof clean, clean);
    json_emit_text(&emit, clean, false);
}

void trace_event_open(struct trace *trace, const struct trace_event *event)
{
    char time[TRACE_TIME_SIZE];
    bool lasts = event->phase == TRACE_COMPLETE;
    trace_event_next(trace);
    trace_event_format_time(event->at_ns, time);
    fprintf(trace->out, "{\"ph\":\"%s\",\"pid\":%d,\"tid\":%d,\"ts\":%s",
        lasts ? "X" : "i", event->process, event->track, time);
    if (lasts) {
        trace_event_format_time(event->lasts_ns, time);
        fprintf(trace->out, ",\"dur\":%s", time);
    } else {
        fputs(",\"s\":\"t\"", trace->out);
    }
    fprintf(trace->out, ",\"cat\":\"%s\",\"name\":", event->category);
    trace_event_write_text(trace->out, event->name);
    fputs(",\"args\":{", trace->out);
    trace->has_argument = false;
}

static void name_argument(struct trace *trace, const char *name)
{
    fprintf(trace->out, "%s\"%s\":", trace->has_argument ? "," : "", name);
    trace->has_argument = true;
}

void trace_event_add_integer(struct trace *trace, const char *name, int64_t value)
{
    name_argument(trace, name);
    fprintf(trace->out, "%" PRId64, value);
}

void trace_event_add_text(struct trace *trace, const char *name, const char *text)
{
    name_argument(trace, name);
    trace_event_write_text(trace->out, text);
}

void trace_event_close(struct trace *trace)
{
    fputs("}}", trace->out);
}

/* A name and the place: "process_name" and "process_sort_index". */
static void write_name(
    struct trace *trace, const char *what, const struct trace_track *track)
{
    trace_event_next(trace);
    fprintf(trace->out,
        "{\"ph\":\"M\",\"pid\":%d,\"tid\":%d,\"name\":\"%s_name\",\"args\":{\"name\":",
        track->process, track->track, what);
    trace_event_write_text(trace->out, track->name);
    trace_event_close(trace);
    trace_event_next(trace);
    fprintf(trace->out,
        "{\"ph\":\"M\",\"pid\":%d,\"tid\":%d,\"name\":\"%s_sort_index\",\"args\":{"
        "\"sort_index\":%d",
        track->process, track->track, what, track->place);
    trace_event_close(trace);
}

int trace_event_add_process(struct trace *trace, const char *name, int place)
{
    int id = trace->next_id++;
    struct trace_track track = {id, id, place, name};
    write_name(trace, "process", &track);
    return id;
}

void trace_event_name_track(struct trace *trace, const struct trace_track *track)
{
    write_name(trace, "thread", track);
}
