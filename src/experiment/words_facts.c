// SPDX-License-Identifier: MIT
#include "experiment/words_facts.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/words_items.h"

static const double IDLE_FROM = 0.01; /* of the stage's time */
static const double LONG_FROM = 1.2;  /* times the mean */

enum { NAME_SIZE = 40 };

static int64_t length_of(const struct result_record *record)
{
    return record->end_ns - record->start_ns;
}

struct words_facts words_facts_of(
    const struct result_stage *stage, bool running, int64_t until_ns)
{
    struct words_facts facts = {.stage = stage, .running = running, .until_ns = until_ns};
    int64_t singles = 0;
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        if (record->end_ns > until_ns || record->failed > 0)
            continue;
        facts.sum_ns += (double)length_of(record);
        facts.count += record->count;
        if (record->count > 1)
            continue;
        singles++;
        if (!facts.shortest || length_of(record) < length_of(facts.shortest))
            facts.shortest = record;
        if (!facts.longest || length_of(record) > length_of(facts.longest))
            facts.longest = record;
    }
    if (2 * singles < facts.count) /* those few do not stand for the others */
        facts.shortest = facts.longest = NULL;
    return facts;
}

/* What its tasks are called: "tasks", "files". */
static const char *unit_of(const struct words_facts *facts)
{
    return facts->plan && facts->plan->unit[0] ? facts->plan->unit : "tasks";
}

/* One of them. */
static int singular(const char *unit)
{
    return (int)strlen(unit) - 1;
}

static void say_failed(const struct words_facts *facts, size_t size, char text[])
{
    int64_t failed = facts->stage->failed;
    const char *unit = unit_of(facts);
    if (!facts->running && failed > 0)
        snprintf(text, size, "%" PRId64 " %.*s failed (marked F).", failed,
            singular(unit) + (failed != 1), unit);
}

/* Why there are gaps in a worker's lane. */
static void say_deaths(const struct words_facts *facts, size_t size, char text[])
{
    const struct result_stage *stage = facts->stage;
    const struct result_event *last = NULL;
    int deaths = 0;
    for (size_t i = 0; i < stage->event_count; i++) {
        const struct result_event *event = &stage->events[i];
        bool death = event->what == RESULT_KILLED || event->what == RESULT_LEFT;
        if (!death || event->t_ns > facts->until_ns)
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

static void say_range(const struct words_facts *facts, size_t size, char text[])
{
    char range[80];
    const char *unit = unit_of(facts);
    if (facts->count == 0) {
        if (facts->running || facts->stage->done == 0)
            snprintf(text, size, "No %.*s has ended yet.", singular(unit), unit);
        return;
    }
    if (!facts->longest)
        return;
    format_range(
        length_of(facts->shortest), length_of(facts->longest), sizeof range, range);
    snprintf(text, size, "%c%s took %s%s.", toupper((unsigned char)*unit), unit + 1,
        range, facts->running ? " so far" : "");
}

/* An item may be long. */
static const char *name_of(const struct result_record *record, char name[NAME_SIZE + 4])
{
    char whole[2 * NAME_SIZE];
    words_record_name(record, sizeof whole, whole);
    words_clean(strlen(whole), whole, NAME_SIZE, name);
    if (strlen(name) < strlen(whole))
        text_append(NAME_SIZE + 4, name, "...");
    return name;
}

/* As far as can be seen they took equally long, which the range has said. */
static bool are_equal(const struct words_facts *facts)
{
    char shortest[32], longest[32];
    if (!facts->longest)
        return false;
    number_format_duration(length_of(facts->shortest), sizeof shortest, shortest);
    number_format_duration(length_of(facts->longest), sizeof longest, longest);
    return strcmp(shortest, longest) == 0;
}

/* It moves with every task, so it is told once all are over. */
static void say_mean(const struct words_facts *facts, size_t size, char text[])
{
    char mean[32], name[NAME_SIZE + 4];
    const char *unit = unit_of(facts);
    if (facts->count == 0 || facts->running || are_equal(facts))
        return;
    double mean_ns = facts->sum_ns / (double)facts->count;
    number_format_duration((int64_t)mean_ns, sizeof mean, mean);
    if (!facts->longest)
        snprintf(text, size, "%s %.*s took %s on average.",
            strchr("aeiou", *unit) ? "An" : "A", singular(unit), unit, mean);
    else if ((double)length_of(facts->longest) < LONG_FROM * mean_ns)
        snprintf(text, size, "The mean is %s.", mean);
    else if (facts->longest->item && facts->longest->item->item)
        snprintf(text, size, "The mean is %s, the longest was %.*s %s.", mean,
            singular(unit), unit, name_of(facts->longest, name));
    else
        snprintf(text, size, "The mean is %s, the longest was %s.", mean,
            name_of(facts->longest, name));
}

/* Who had nothing to do: never, or at the end. */
static void say_idle(const struct words_facts *facts, size_t size, char text[])
{
    const struct result_stage *stage = facts->stage;
    const struct result_worker *idlest = NULL;
    int without = 0;
    char time[32];
    if (facts->running || stage->kind != RESULT_PARALLEL || !stage->complete)
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

void words_facts_lanes(int workers, bool told_apart, size_t size, char text[])
{
    if (workers > 1)
        snprintf(text, size, ": how many workers have a task, %d to a line", workers);
    else
        text_copy(size, text,
            told_apart ? ": which worker had which task when"
                       : ": when each worker had a task");
}

void words_fact(
    const struct words_facts *facts, enum words_fact fact, size_t size, char text[])
{
    static void (*const say[WORDS_FACTS])(const struct words_facts *, size_t, char[]) = {
        [WORDS_FACT_FAILED] = say_failed,
        [WORDS_FACT_DEATHS] = say_deaths,
        [WORDS_FACT_RANGE] = say_range,
        [WORDS_FACT_MEAN] = say_mean,
        [WORDS_FACT_IDLE] = say_idle};
    text[0] = '\0';
    say[fact](facts, size, text);
}
