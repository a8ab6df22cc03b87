// SPDX-License-Identifier: MIT
#include "ui/facts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/signals.h"
#include "base/text.h"

enum { TEXT_MAX = 128 };

static const double IDLE_FROM = 0.01; /* of the stage's time */
static const double LONG_FROM = 1.2;  /* times the mean */

/* A stage, and its tasks that are over and did not fail. */
struct facts {
    const struct shown *shown;
    const struct result_record *shortest, *longest; /* of those with their own record */
    double sum_ns;
    int64_t count;
};

static int64_t length_of(const struct result_record *record)
{
    return record->end_ns - record->start_ns;
}

static struct facts facts_of(const struct shown *shown)
{
    const struct result_stage *stage = shown->stage;
    struct facts facts = {.shown = shown};
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        if (record->end_ns > shown->until_ns || record->failed > 0)
            continue;
        facts.sum_ns += (double)length_of(record);
        facts.count += record->count;
        if (record->count > 1)
            continue;
        if (!facts.shortest || length_of(record) < length_of(facts.shortest))
            facts.shortest = record;
        if (!facts.longest || length_of(record) > length_of(facts.longest))
            facts.longest = record;
    }
    return facts;
}

static void say_failed(const struct facts *facts, size_t size, char text[])
{
    int64_t failed = facts->shown->stage->failed;
    if (!facts->shown->running && failed > 0)
        snprintf(
            text, size, "%" PRId64 " task%s failed: F.", failed, failed == 1 ? "" : "s");
}

/* Why there are gaps in a worker's lane. */
static void say_deaths(const struct facts *facts, size_t size, char text[])
{
    const struct result_stage *stage = facts->shown->stage;
    const struct result_event *last = NULL;
    int deaths = 0;
    for (size_t i = 0; i < stage->event_count; i++) {
        const struct result_event *event = &stage->events[i];
        bool death = event->what == RESULT_KILLED || event->what == RESULT_LEFT;
        if (!death || event->t_ns > facts->shown->until_ns)
            continue;
        deaths++;
        last = event;
    }
    if (deaths == 0)
        return;
    char time[32];
    number_format_duration(last->t_ns, sizeof time, time);
    if (deaths > 1)
        snprintf(text, size, "%d workers died, the last at %s.", deaths, time);
    else
        snprintf(text, size, "Worker %d died at %s.", last->worker, time);
}

/* "0.21 to 0.24 s", "0.50 ms to 1.2 s", "0.22 s". */
static void format_range(int64_t low_ns, int64_t high_ns, size_t size, char text[])
{
    char low[32], high[32];
    number_format_duration(low_ns, sizeof low, low);
    number_format_duration(high_ns, sizeof high, high);
    if (strcmp(low, high) == 0) {
        text_copy(size, text, high);
        return;
    }
    bool simple = strchr(low, ' ') == strrchr(low, ' '); /* not "3 min 20 s" */
    if (simple && strcmp(strchr(low, ' '), strchr(high, ' ')) == 0)
        *strchr(low, ' ') = '\0';
    snprintf(text, size, "%s to %s", low, high);
}

static void say_range(const struct facts *facts, size_t size, char text[])
{
    char range[80];
    if (facts->count == 0) {
        if (facts->shown->running || facts->shown->stage->done == 0)
            text_copy(size, text, "No task has ended yet.");
        return;
    }
    if (!facts->longest)
        return;
    format_range(
        length_of(facts->shortest), length_of(facts->longest), sizeof range, range);
    snprintf(
        text, size, "Tasks took %s%s.", range, facts->shown->running ? " so far" : "");
}

/* It moves with every task, so it is told once all are over. */
static void say_mean(const struct facts *facts, size_t size, char text[])
{
    char mean[32];
    if (facts->count == 0 || facts->shown->running)
        return;
    double mean_ns = facts->sum_ns / (double)facts->count;
    number_format_duration((int64_t)mean_ns, sizeof mean, mean);
    if (!facts->longest)
        snprintf(text, size, "A task took %s on average.", mean);
    else if ((double)length_of(facts->longest) >= LONG_FROM * mean_ns)
        snprintf(text, size, "The mean is %s, the longest was task %" PRId64 ".", mean,
            facts->longest->index);
    else
        snprintf(text, size, "The mean is %s.", mean);
}

/* Who had nothing to do: never, or at the end. */
static void say_idle(const struct facts *facts, size_t size, char text[])
{
    const struct result_stage *stage = facts->shown->stage;
    const struct result_worker *idlest = NULL;
    int without = 0;
    char time[32];
    if (facts->shown->running || stage->kind != RESULT_PARALLEL || !stage->complete)
        return;
    for (size_t i = 0; i < stage->worker_count; i++) {
        const struct result_worker *worker = &stage->worker_list[i];
        without += worker->tasks == 0;
        if (worker->tasks > 0 &&
            (!idlest || worker->times.tail_ns > idlest->times.tail_ns))
            idlest = worker;
    }
    if (without > 0) {
        snprintf(text, size, "%d of %zu workers had no task at all.", without,
            stage->worker_count);
        return;
    }
    if (!idlest || (double)idlest->times.tail_ns < IDLE_FROM * (double)stage->elapsed_ns)
        return;
    number_format_duration(idlest->times.tail_ns, sizeof time, time);
    snprintf(
        text, size, "Worker %d had nothing to do for the last %s.", idlest->worker, time);
}

void facts_draw(struct canvas *canvas, struct area area, const struct shown *shown)
{
    static void (*const say[])(const struct facts *, size_t, char[]) = {
        say_failed, say_deaths, say_range, say_mean, say_idle};
    const struct facts facts = facts_of(shown);
    int row = 0, column = 0;
    for (size_t i = 0; i < sizeof say / sizeof *say; i++) {
        char text[TEXT_MAX] = "";
        say[i](&facts, sizeof text, text);
        int width = canvas_width_of(text);
        if (column > 0 && column + width > area.columns) {
            row++;
            column = 0;
        }
        if (width == 0 || width > area.columns || row >= area.rows)
            continue;
        canvas_text(canvas, area.row + row, area.column + column,
            say[i] == say_failed ? STYLE_FAILED : STYLE_TEXT, text);
        column += width + 1;
    }
}
