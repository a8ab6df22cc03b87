// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "experiment/words.h"
#include "report/json_emit.h"
#include "report/report.h"
#include "report/stream.h"
#include "report/trace_counters.h"
#include "report/trace_event.h"
#include "report/trace_stages.h"
#include "report/trace_tracks.h"

enum { MACHINE_SIZE = 400 };

/* A stage as a whole, on the track where they all are: the comparison. */
static void write_whole(
    struct trace *trace, const struct trace_stage *place, const struct trace_track *track)
{
    const struct result_stage *stage = place->stage;
    struct trace_event event = {.process = track->process,
        .track = track->track,
        .at_ns = place->from_ns,
        .lasts_ns = place->whole_ns,
        .category = "stage",
        .name = place->name};
    trace_event_open(trace, &event);
    trace_event_add_integer(trace, "elapsed_ns", stage->elapsed_ns);
    if (stage->projected)
        trace_event_add_text(trace, "projected", "true");
    trace_event_add_integer(trace, "workers", stage->workers);
    trace_event_add_integer(trace, "done", stage->done);
    if (stage->failed > 0)
        trace_event_add_integer(trace, "failed", stage->failed);
    if (stage->suspended_ns > 0)
        trace_event_add_integer(trace, "suspended_ns", stage->suspended_ns);
    trace_event_close(trace);
}

static void write_events(FILE *out, const struct result *result)
{
    struct trace trace = {.out = out, .next_id = 1};
    struct trace_stage *places = trace_stages_lay_out(result);
    char machine[MACHINE_SIZE];
    words_machine_short(&result->machine, sizeof machine, machine);
    struct trace_track track = {.process = trace_event_add_process(&trace, machine, 0),
        .track = trace.next_id++,
        .name = "stages"};
    trace_event_name_track(&trace, &track);
    for (size_t i = 0; i < result->stage_count; i++)
        write_whole(&trace, &places[i], &track);
    trace_counters_write(&trace, result, places, track.process);
    for (size_t i = 0; i < result->stage_count; i++)
        trace_tracks_write(&trace, &places[i], track.process, track.track);
    free(places);
}

static void write_note(struct json_emitter *emit, const char *name, const char *text)
{
    if (text[0])
        json_emit_named_text(emit, name, text);
}

/* What viewers show as the trace's own data. */
static void write_notes(FILE *out, const struct result *result)
{
    struct json_emitter emit = {.out = out};
    char text[PLAN_LINE_SIZE];
    json_emit_open(&emit, '{', true);
    write_note(&emit, "program", "parfor");
    write_note(&emit, "program_version", result->program_version);
    plan_command_line(&result->plan, sizeof text, text);
    write_note(&emit, "command", text);
    write_note(&emit, "title", result->plan.title);
    words_machine(&result->machine, sizeof text, text);
    write_note(&emit, "machine", text);
    write_note(&emit, "outcome", result->comparison.sentence);
    write_note(&emit, "advice", result->sweep.advice);
    write_note(&emit, "programs", result->programs.sentence);
    if (result->stage_count > 1)
        write_note(&emit, "time",
            "the stages stand end to end; the pauses between them are not those of the "
            "run");
    write_note(&emit, "counters",
        "a value holds until the next; where nothing was sampled it is 0");
    json_emit_close(&emit, '}', false);
}

int report_trace_write(
    const struct result *result, char **ret_text, size_t *ret_size, struct fault *fault)
{
    struct stream stream = {0};
    int error = stream_open(&stream, fault);
    if (error < 0)
        return error;
    fputs("{\"traceEvents\":[", stream.out);
    write_events(stream.out, result);
    fputs("\n],\n\"displayTimeUnit\":\"ms\",\n\"otherData\":", stream.out);
    write_notes(stream.out, result);
    fputs("}\n", stream.out);
    return stream_close(&stream, ret_text, ret_size, fault);
}
