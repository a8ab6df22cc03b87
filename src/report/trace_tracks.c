// SPDX-License-Identifier: MIT
#include "report/trace_tracks.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/trace_task.h"

/* The process of one stage while it is written. */
struct tracks {
    struct trace *trace;
    const struct trace_stage *place;
    int process;
    int first;      /* that of worker 0; the others' follow it by their numbers */
    int next_place; /* among the tracks, for the eye */
    int worker_count;
    bool has_worker[PLAN_WORKERS_MAX]; /* something to show */
    size_t record_count;
    const struct result_record **records; /* by worker, then by time */
    int64_t *ends_ns; /* of the last task on each of a worker's tracks */
    int *ids;         /* of these tracks */
};

static int64_t least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

static int order(int64_t one, int64_t other)
{
    return (one > other) - (one < other);
}

static int compare_records(const void *one, const void *other)
{
    const struct result_record *a = *(const struct result_record *const *)one;
    const struct result_record *b = *(const struct result_record *const *)other;
    int found = order(a->worker, b->worker);
    if (found == 0)
        found = order(a->start_ns, b->start_ns);
    if (found == 0)
        found = order(a->end_ns, b->end_ns);
    return found ? found : order(a->index, b->index);
}

static void sort_records(struct tracks *tracks)
{
    const struct result_stage *stage = tracks->place->stage;
    tracks->record_count = stage->record_count;
    tracks->records = memory_new(stage->record_count + 1, sizeof *tracks->records);
    for (size_t i = 0; i < stage->record_count; i++)
        tracks->records[i] = &stage->records[i];
    qsort(tracks->records, stage->record_count, sizeof *tracks->records, compare_records);
}

static void note_worker(struct tracks *tracks, int worker)
{
    assert(worker < PLAN_WORKERS_MAX);
    if (worker < 0)
        return;
    tracks->has_worker[worker] = true;
    if (worker >= tracks->worker_count)
        tracks->worker_count = worker + 1;
}

/* Only who has something to show gets a track: a file can tell of thousands who have
 * not. */
static void note_workers(struct tracks *tracks)
{
    const struct result_stage *stage = tracks->place->stage;
    for (size_t i = 0; i < stage->worker_count; i++)
        note_worker(tracks, stage->worker_list[i].worker);
    for (size_t i = 0; i < stage->event_count; i++)
        note_worker(tracks, stage->events[i].worker);
    for (size_t i = 0; i < stage->move_count; i++)
        note_worker(tracks, stage->moves[i].worker);
    for (size_t i = 0; i < stage->record_count; i++)
        note_worker(tracks, stage->records[i].worker);
}

static void add_track(struct tracks *tracks, int worker, size_t number)
{
    char name[48] = "no worker", again[24] = "";
    bool is_own = worker >= 0 && number == 0;
    if (worker >= 0)
        snprintf(name, sizeof name, "worker %d", worker);
    if (number > 0)
        snprintf(again, sizeof again, " (%zu)", number + 1);
    strcat(name, again);
    tracks->ids[number] = is_own ? tracks->first + worker : tracks->trace->next_id++;
    tracks->ends_ns[number] = 0;
    struct trace_track track = {
        tracks->process, tracks->ids[number], tracks->next_place++, name};
    trace_event_name_track(tracks->trace, &track);
}

static void write_span(
    struct tracks *tracks, const struct result_worker *worker, struct trace_event event)
{
    event.process = tracks->process;
    event.track = tracks->first + worker->worker;
    event.at_ns += tracks->place->from_ns;
    event.category = "start";
    if (event.lasts_ns <= 0)
        return;
    trace_event_open(tracks->trace, &event);
    trace_event_close(tracks->trace);
}

/* What a worker did before its first task. */
static void write_beginning(
    struct tracks *tracks, const struct result_worker *worker, int64_t first_ns)
{
    int64_t started_ns = least(worker->times.startup_ns, first_ns);
    int64_t prepare_ns = least(worker->times.prepare_ns, first_ns - started_ns);
    write_span(
        tracks, worker, (struct trace_event){.lasts_ns = started_ns, .name = "starting"});
    write_span(tracks, worker,
        (struct trace_event){.at_ns = started_ns,
            .lasts_ns = prepare_ns,
            .name = worker->worker == 0 ? "preparing" : "waiting for worker 0"});
}

/* The first of a worker's tracks that is free by then; a new one where none is. */
static size_t find_track(
    struct tracks *tracks, const struct result_record *record, size_t *count)
{
    for (size_t i = 0; i < *count; i++)
        if (tracks->ends_ns[i] <= record->start_ns)
            return i;
    add_track(tracks, record->worker, *count);
    return (*count)++;
}

/* Writes the tasks of one worker, which begin at `next`, and returns where they end. */
static size_t write_tasks(struct tracks *tracks, int worker, size_t next)
{
    size_t count = 1;
    add_track(tracks, worker, 0);
    for (; next < tracks->record_count; next++) {
        const struct result_record *record = tracks->records[next];
        if (record->worker != worker)
            break;
        size_t number = find_track(tracks, record, &count);
        struct trace_event event = {.process = tracks->process,
            .track = tracks->ids[number],
            .at_ns = tracks->place->from_ns + record->start_ns,
            .lasts_ns = record->end_ns - record->start_ns};
        tracks->ends_ns[number] = record->end_ns;
        trace_task_write(tracks->trace, &event, record);
    }
    return next;
}

/* Who had no task never got so far. */
static void write_beginnings(struct tracks *tracks)
{
    const struct result_stage *stage = tracks->place->stage;
    int64_t *first_ns = memory_new((size_t)tracks->worker_count + 1, sizeof *first_ns);
    for (size_t i = tracks->record_count; i-- > 0;)
        if (tracks->records[i]->worker >= 0)
            first_ns[tracks->records[i]->worker] = tracks->records[i]->start_ns;
    for (size_t i = 0; i < stage->worker_count; i++) {
        const struct result_worker *worker = &stage->worker_list[i];
        write_beginning(tracks, worker, first_ns[worker->worker]);
        first_ns[worker->worker] = 0; /* a file may name a worker twice */
    }
    free(first_ns);
}

static void write_workers(struct tracks *tracks)
{
    size_t next = 0;
    if (tracks->record_count > 0 && tracks->records[0]->worker < 0)
        next = write_tasks(tracks, -1, next);
    for (int i = 0; i < tracks->worker_count; i++)
        if (tracks->has_worker[i])
            next = write_tasks(tracks, i, next);
}

static void write_events(struct tracks *tracks, int process, int others)
{
    const struct result_stage *stage = tracks->place->stage;
    for (size_t i = 0; i < stage->event_count; i++) {
        bool is_own = stage->events[i].worker >= 0;
        struct trace_event event = {.phase = TRACE_INSTANT,
            .process = is_own ? tracks->process : process,
            .track = is_own ? tracks->first + stage->events[i].worker : others,
            .at_ns = tracks->place->from_ns + stage->events[i].t_ns};
        trace_task_write_event(tracks->trace, &event, &stage->events[i]);
    }
    for (size_t i = 0; i < stage->move_count; i++) {
        struct trace_event event = {.phase = TRACE_INSTANT,
            .process = tracks->process,
            .track = tracks->first + stage->moves[i].worker,
            .at_ns = tracks->place->from_ns + stage->moves[i].t_ns};
        if (stage->moves[i].worker >= 0 && stage->moves[i].cpu >= 0)
            trace_task_write_move(tracks->trace, &event, &stage->moves[i]);
    }
}

void trace_tracks_write(
    struct trace *trace, const struct trace_stage *place, int process, int others)
{
    size_t room = place->stage->record_count + 1;
    struct tracks tracks = {.trace = trace,
        .place = place,
        .ends_ns = memory_new(room, sizeof *tracks.ends_ns),
        .ids = memory_new(room, sizeof *tracks.ids)};
    note_workers(&tracks);
    if (tracks.worker_count > 0 || place->stage->record_count > 0)
        tracks.process = trace_event_add_process(trace, place->name, place->place);
    tracks.first = trace->next_id;
    trace->next_id += tracks.worker_count;
    sort_records(&tracks);
    write_workers(&tracks);
    write_beginnings(&tracks);
    write_events(&tracks, process, others);
    free(tracks.records);
    free(tracks.ends_ns);
    free(tracks.ids);
}
