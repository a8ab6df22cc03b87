// SPDX-License-Identifier: MIT
#include "ui/about.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "experiment/replay.h"
#include "ui/about_kinds.h"

void about_say(struct about *about, const char *name, const char *format, ...)
{
    va_list arguments;
    if (about->count >= ABOUT_LINES_MAX)
        return;
    struct about_line *line = &about->lines[about->count++];
    line->name = name;
    va_start(arguments, format);
    vsnprintf(line->value, sizeof line->value, format, arguments);
    va_end(arguments);
}

void about_format_part(int64_t ns, int64_t of_ns, size_t size, char text[])
{
    number_format_duration(ns, size, text);
    if (of_ns > 0)
        text_append(size, text, ", %.0f %%", 100 * (double)ns / (double)of_ns);
}

bool about_find_worker(const struct scene *scene, const struct shown *shown, int number,
    struct scene_worker *ret_worker)
{
    const struct result_stage *stage = shown->stage;
    const struct scene_worker *workers = scene->workers;
    struct scene_worker *made = NULL;
    size_t count = scene->worker_count;
    bool found = false;
    if (!stage)
        return false;
    if (stage != scene_stage(scene) || count == 0) {
        count = stage->worker_count;
        made = memory_new(count, sizeof *made);
        replay_workers(stage, stage->elapsed_ns, made);
        workers = made;
    }
    for (size_t i = 0; i < count && !found; i++) {
        found = workers[i].worker == number;
        if (found)
            *ret_worker = workers[i];
    }
    free(made);
    return found;
}

int64_t about_task_number(const struct result_record *record)
{
    return record->item ? record->item->number : record->index;
}

double about_mean_ns(const struct shown *shown, int cpu, int64_t *ret_count)
{
    double sum_ns = 0;
    int64_t count = 0;
    for (size_t i = 0; shown->stage && i < shown->stage->record_count; i++) {
        const struct result_record *record = &shown->stage->records[i];
        if (record->end_ns > shown->until_ns || record->failed > 0 ||
            (cpu >= 0 && record->cpu != cpu))
            continue;
        sum_ns += (double)(record->end_ns - record->start_ns);
        count += record->count;
    }
    *ret_count = count;
    return count > 0 ? sum_ns / (double)count : 0;
}

void about_fill(struct about *about, const struct view_input *input)
{
    *about = (struct about){.title = "nothing"};
    switch (input->subject.kind) {
    case TARGET_CPU:
        about_cpu(about, input);
        break;
    case TARGET_WORKER:
        about_worker(about, input);
        break;
    case TARGET_TASK:
        about_task(about, input);
        break;
    default:
        about_say(about, "", "There is nothing here to look at yet.");
    }
}

/* The next number after one that is there, or the first; `from` -1: before all. */
static int64_t step(int64_t from, int64_t count, int by)
{
    if (from < 0)
        return by > 0 ? 0 : count - 1;
    int64_t next = (from + by) % count;
    return next < 0 ? next + count : next;
}

static struct target next_cpu(
    const struct result *result, const struct target *from, int by)
{
    const struct machine *machine = &result->machine;
    if (machine->cpu_count == 0)
        return (struct target){0};
    int place = from->number < 0 ? -1 : machine_cpu_index(machine, (int)from->number);
    size_t next = (size_t)step(place, (int64_t)machine->cpu_count, by);
    return (struct target){TARGET_CPU, machine->cpus[next].id};
}

/* One more than the highest number that a worker has had. */
static int count_workers(const struct result *result)
{
    int count = result->stage_count > 0 ? result->plan.workers : 0;
    for (size_t i = 0; i < result->stage_count; i++) {
        const struct result_stage *stage = &result->stages[i];
        const struct result_worker *last =
            stage->worker_count > 0 ? &stage->worker_list[stage->worker_count - 1] : NULL;
        if (stage->workers > count)
            count = stage->workers;
        if (last && last->worker >= count)
            count = last->worker + 1;
    }
    return count;
}

static struct target next_worker(
    const struct result *result, const struct target *from, int by)
{
    int count = count_workers(result);
    if (count == 0)
        return (struct target){0};
    return (struct target){TARGET_WORKER, step(from->number, count, by)};
}

/* Whether one number comes nearer after `from` than another, in this direction. */
static bool is_nearer(int64_t number, int64_t other, int by)
{
    return by > 0 ? number < other : number > other;
}

/* The latest stage that tells of tasks. */
static const struct result_stage *find_told(const struct result *result)
{
    for (size_t i = result->stage_count; i > 0; i--)
        if (result->stages[i - 1].record_count > 0)
            return &result->stages[i - 1];
    return NULL;
}

static struct target next_task(
    const struct result *result, const struct target *from, int by)
{
    const struct result_stage *stage = find_told(result);
    const struct result_record *next = NULL, *first = NULL;
    for (size_t i = 0; stage && i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        int64_t number = about_task_number(record);
        if (!first || is_nearer(number, about_task_number(first), by))
            first = record;
        if (from->number >= 0 && is_nearer(from->number, number, by) &&
            (!next || is_nearer(number, about_task_number(next), by)))
            next = record;
    }
    if (!first)
        return (struct target){0};
    return (struct target){TARGET_TASK, about_task_number(next ? next : first)};
}

struct target about_next(const struct result *result, const struct target *from, int by)
{
    if (!result || by == 0)
        return *from;
    switch (from->kind) {
    case TARGET_WORKER:
        return next_worker(result, from, by);
    case TARGET_TASK:
        return next_task(result, from, by);
    default:
        return next_cpu(result, from, by);
    }
}
