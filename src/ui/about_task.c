// SPDX-License-Identifier: MIT
/* One task: who did it, where and when, how long it took beside the others, what came of
 * it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "experiment/words_items.h"
#include "experiment/words_programs.h"
#include "ui/about.h"
#include "ui/about_kinds.h"
#include "workload/workload.h"

enum { TEXT_MAX = 130, UNIT_MAX = 32 };

/* The task, and what it is said of. */
struct subject {
    struct about *about;
    const struct view_input *input;
    struct shown shown;
    int64_t number;
    const struct result_record *record; /* NULL: it has none, or is not over yet */
    const struct scene_item *failure;   /* kept of it; or NULL */
};

static const struct result_record *find_record(const struct shown *shown, int64_t number)
{
    for (size_t i = 0; shown->stage && i < shown->stage->record_count; i++) {
        const struct result_record *record = &shown->stage->records[i];
        if (about_task_number(record) == number && record->end_ns <= shown->until_ns)
            return record;
    }
    return NULL;
}

static const struct scene_item *find_failure(const struct scene *scene, int64_t number)
{
    const struct scene_items *items = scene->items;
    for (size_t i = 0; items && i < items->failure_count; i++)
        if (items->failures[i].number == number)
            return &items->failures[i];
    return NULL;
}

static void format_ns(int64_t ns, char text[UNIT_MAX])
{
    number_format_duration(ns, UNIT_MAX, text);
}

/* Of those that run longest; NULL: it is none of them. */
static const struct scene_item *find_longest(const struct scene *scene, int64_t number)
{
    const struct scene_items *items = scene->items;
    for (size_t i = 0; items && i < items->longest_count; i++)
        if (items->longest[i].number == number)
            return &items->longest[i];
    return NULL;
}

/* Who has it in hand; false if nobody. */
static bool say_in_hand(const struct subject *subject)
{
    const struct scene *scene = subject->input->scene;
    const struct scene_item *item = find_longest(scene, subject->number);
    const struct scene_worker *worker = NULL;
    char ran[UNIT_MAX];
    for (size_t i = 0; i < scene->worker_count && subject->shown.running; i++)
        if (item ? scene->workers[i].worker == item->worker
                 : scene->workers[i].index == subject->number)
            worker = &scene->workers[i];
    if (!worker)
        return false;
    if (item) {
        format_ns(item->ran_ns, ran);
        about_say(subject->about, "item", "%s", item->name);
    }
    about_say(
        subject->about, "state", "under way%s%s", item ? " for " : "", item ? ran : "");
    about_say(subject->about, "worker", "%d", worker->worker);
    if (worker->cpu >= 0)
        about_say(subject->about, "CPU", "%d", worker->cpu);
    return true;
}

/* A record of one task, or of several that are summed. */
static void say_several(const struct subject *subject)
{
    const struct result_record *record = subject->record;
    char each[UNIT_MAX];
    if (record->count <= 1)
        return;
    format_ns((record->end_ns - record->start_ns) / record->count, each);
    about_say(subject->about, "tasks", "%" PRId64 " of this worker told of together",
        record->count);
    about_say(subject->about, "each took", "%s on average", each);
}

static void say_where(const struct subject *subject)
{
    const struct result_record *record = subject->record;
    about_say(subject->about, "worker", "%d", record->worker);
    if (subject->input->scene->result->machine.simulated)
        about_say(subject->about, "CPU", ABOUT_SIMULATED);
    else if (record->cpu < 0)
        about_say(subject->about, "CPU", ABOUT_NOT_VISIBLE);
    else
        about_say(subject->about, "CPU", "%d, when it ended", record->cpu);
}

static void say_times(const struct subject *subject)
{
    const struct result_record *record = subject->record;
    int64_t count, took_ns = record->end_ns - record->start_ns;
    char one[UNIT_MAX], mean[UNIT_MAX], text[TEXT_MAX];
    double mean_ns = about_mean_ns(&subject->shown, -1, &count);
    format_ns(record->start_ns, one);
    about_say(subject->about, "began", "%s after the start of the run", one);
    format_ns(record->end_ns, one);
    about_say(subject->about, "ended", "%s after it", one);
    format_ns(took_ns, text);
    if (count > 0 && record->count == 1) {
        format_ns((int64_t)mean_ns, mean);
        text_append(sizeof text, text, ", %.2f of the mean (%s)",
            (double)took_ns / mean_ns, mean);
    }
    about_say(subject->about, record->count > 1 ? "all took" : "took", "%s", text);
    about_format_part(record->cpu_ns, took_ns, sizeof text, text);
    about_say(subject->about, "CPU time", "%s of that", text);
}

/* The same task in the other run: what working together has cost it. */
static void say_alone(const struct subject *subject)
{
    const struct shown alone = shown_find(subject->input->scene, RESULT_SEQUENTIAL);
    if (alone.stage == subject->shown.stage)
        return;
    const struct result_record *record = find_record(&alone, subject->number);
    if (!record || record->count > 1)
        return;
    char took[UNIT_MAX], text[TEXT_MAX];
    int64_t took_ns = record->end_ns - record->start_ns;
    format_ns(took_ns, took);
    snprintf(text, sizeof text, "%s, one after the other", took);
    const struct result_record *here = subject->record;
    if (here && here->count == 1 && took_ns > 0)
        text_append(sizeof text, text, "; here %.2f times as long",
            (double)(here->end_ns - here->start_ns) / (double)took_ns);
    about_say(subject->about, "alone", "%s", text);
}

static void say_status(const struct subject *subject)
{
    const struct result_record *record = subject->record;
    char text[TEXT_MAX] = "";
    if (record->count > 1 && record->failed > 0)
        about_say(subject->about, "status", "%" PRId64 " of them failed", record->failed);
    else if (record->status == RESULT_OK)
        about_say(subject->about, "status", "done");
    else {
        if (subject->failure)
            words_item_failure(subject->failure, sizeof text, text);
        else
            words_record_failure(record, sizeof text, text);
        about_say(subject->about, "status", "failed%s%s",
            strcmp(text, "failed") == 0 ? "" : ": ",
            strcmp(text, "failed") == 0 ? "" : text);
    }
    if (record->count == 1)
        about_say(subject->about, "attempts", "%d", record->attempts);
}

static void say_result(const struct subject *subject)
{
    const struct result_record *record = subject->record;
    const struct plan *plan = &subject->input->scene->result->plan;
    const struct workload_result result = {
        .digest = record->digest, .value = record->value};
    const struct workload_ops *ops;
    struct fault fault = {0};
    char text[TEXT_MAX];
    if (record->count > 1 || record->status != RESULT_OK || plan->tells ||
        (record->digest == 0 && record->value == 0) ||
        workload_find(plan->workload, &ops, &fault) < 0)
        return;
    workload_format_result(ops, &result, sizeof text, text);
    about_say(subject->about, "result", "%s", text);
}

/* The last line that is not empty. */
static void find_last_line(
    const struct result_item *item, size_t *ret_begin, size_t *ret_length)
{
    size_t end = item->err_size;
    while (end > 0 && (item->err[end - 1] == '\n' || item->err[end - 1] == '\r'))
        end--;
    size_t begin = end;
    while (begin > 0 && item->err[begin - 1] != '\n')
        begin--;
    *ret_begin = begin;
    *ret_length = end - begin;
}

static void say_last_line(const struct subject *subject)
{
    const struct result_item *item = subject->record ? subject->record->item : NULL;
    char text[TEXT_MAX] = "";
    size_t begin, length;
    if (subject->failure)
        text_copy(sizeof text, text, subject->failure->last_line);
    else if (item && item->err && item->err_size > 0) {
        find_last_line(item, &begin, &length);
        words_clean(length, item->err + begin, sizeof text, text);
    }
    if (*text)
        about_say(subject->about, "last line", "%s", text);
}

/* What its command came to. */
static void say_item(const struct subject *subject)
{
    const struct result_item *item = subject->record ? subject->record->item : NULL;
    char text[TEXT_MAX] = "";
    if (item)
        words_record_name(subject->record, sizeof text, text);
    else if (subject->failure)
        text_copy(sizeof text, text, subject->failure->name);
    if (*text)
        about_say(subject->about, "item", "%s", text);
    if (!item)
        return;
    if (item->exit_status >= 0)
        about_say(subject->about, "exit status", "%d", item->exit_status);
    if (item->max_rss_bytes > 0) {
        words_program_memory(item->max_rss_bytes, sizeof text, text);
        about_say(subject->about, "memory", "%s, its largest process", text);
    }
}

static void say_record(const struct subject *subject)
{
    say_several(subject);
    say_where(subject);
    say_times(subject);
    say_alone(subject);
    say_status(subject);
    say_result(subject);
}

/* Failed, and without a record of its own yet. */
static void say_failure(const struct subject *subject)
{
    const struct scene_item *failure = subject->failure;
    char text[TEXT_MAX], ran[UNIT_MAX];
    words_item_failure(failure, sizeof text, text);
    format_ns(failure->ran_ns, ran);
    about_say(subject->about, "status", "failed: %s", text);
    about_say(subject->about, "worker", "%d", failure->worker);
    about_say(subject->about, "took", "%s", ran);
}

void about_task(struct about *about, const struct view_input *input)
{
    struct subject subject = {.about = about,
        .input = input,
        .shown = shown_latest(input->scene),
        .number = input->subject.number};
    char name[96];
    snprintf(about->title, sizeof about->title, "task %" PRId64, subject.number);
    if (!subject.shown.stage) {
        about_say(about, "", "No task has begun yet.");
        return;
    }
    subject.record = find_record(&subject.shown, subject.number);
    subject.failure = find_failure(input->scene, subject.number);
    shown_name(input->scene, &subject.shown, false, sizeof name, name);
    about_say(about, "run", "%s", name);
    say_item(&subject);
    if (subject.record)
        say_record(&subject);
    else if (subject.failure)
        say_failure(&subject);
    else if (!say_in_hand(&subject)) {
        about_say(about, "state", "not known: not over yet, or told of with others");
        say_alone(&subject);
    }
    say_last_line(&subject);
}
