// SPDX-License-Identifier: MIT
#include "experiment/words_items.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/number.h"
#include "base/signals.h"
#include "base/text.h"
#include "base/utf8.h"
#include "experiment/expect.h"
#include "workload/template.h"
#include "workload/workload.h"

enum { FAILED_NAMED = 3, TELLING = 3, HOURS_SAME_DAY = 6, DAYS_OF_WEEK = 6 };

static const double WORTH_SAYING = 1.05; /* times the elapsed time */

void words_items_count(const struct plan *plan, int64_t count, size_t size, char text[])
{
    const char *unit = plan->unit[0] ? plan->unit : "tasks";
    int length = (int)strlen(unit) - (count == 1);
    snprintf(text, size, "%" PRId64 " %.*s", count, length, unit);
}

void words_items_title(const struct plan *plan, size_t size, char text[])
{
    char count[48] = "";
    const char *loop = plan->loop, *mark = strstr(loop, "-- ");
    if (mark) /* where the list of items may be named before it */
        loop = mark + 3;
    const char *items = strstr(loop, " ::: ");
    if (plan->iterations > 0)
        words_items_count(plan, plan->iterations, sizeof count, count);
    size_t length = items ? (size_t)(items - loop) : strlen(loop);
    size_t ending = strlen(count) + 2;
    words_clean(length, loop, size > ending ? size - ending : 1, text);
    if (count[0])
        text_append(size, text, ", %s", count);
}

/* For a reader, who does not count the minutes of a hundred hours. */
static void format_rough(int64_t ns, size_t size, char text[])
{
    double minutes = (double)ns / (60.0 * NS_PER_S);
    if (ns < 100 * NS_PER_S)
        number_format_estimate(ns, size, text);
    else if (minutes < 59.5)
        snprintf(text, size, "%.0f min", minutes);
    else if (minutes < 10 * 60)
        number_format_duration(ns, size, text);
    else
        snprintf(text, size, "%.0f h", minutes / 60);
}

void words_item_number(int64_t number, size_t size, char text[])
{
    snprintf(text, size, "number %" PRId64, number + 1);
}

/* With a character for tabs. */
static void clean(size_t length, const char source[], char tab, size_t size, char text[])
{
    size_t written = 0;
    while (length > 0) {
        size_t step = utf8_character(length, source);
        bool is_control = step == 1 && ((unsigned char)*source < ' ' || *source == 0x7f);
        bool is_c1 = step == 2 && (unsigned char)source[0] == 0xc2 &&
                     (unsigned char)source[1] < 0xa0;
        size_t taken = step > 0 ? step : 1;
        if (written + taken >= size)
            break;
        if (step == 0 || is_control || is_c1) {
            text[written++] = step == 1 && *source == '\t' ? tab : '?';
        } else {
            memcpy(text + written, source, step);
            written += step;
        }
        source += taken;
        length -= taken;
    }
    text[written] = '\0';
}

void words_record_name(const struct result_record *record, size_t size, char text[])
{
    const struct result_item *item = record->item;
    if (!item || !item->item) {
        snprintf(text, size, "task %" PRId64, record->index);
        return;
    }
    clean(item->item_size, item->item, '?', size, text); /* a tab is no blank */
    if (!text[0])
        words_item_number(item->number, size, text);
}

void words_item_failure(const struct scene_item *item, size_t size, char text[])
{
    char ran[32];
    number_format_duration(item->ran_ns, sizeof ran, ran);
    if (item->timed_out)
        snprintf(text, size, "timed out after %s", ran);
    else if (item->error && item->exit_status < 0 && item->signal == 0)
        snprintf(text, size, "not started: %s", strerror(item->error));
    else if (item->error)
        text_copy(size, text, "no room for its output");
    else if (item->signal)
        signals_name(item->signal, size, text);
    else if (item->exit_status >= 0) /* 0: a loop body has left its worker */
        snprintf(text, size, "exit %d", item->exit_status);
    else
        text_copy(size, text, "failed");
}

void words_record_failure(const struct result_record *record, size_t size, char text[])
{
    struct scene_item item = {
        .exit_status = -1, .ran_ns = record->end_ns - record->start_ns};
    if (record->item) {
        item.exit_status = record->item->exit_status;
        item.signal = record->item->signal;
        item.error = record->item->error;
        item.timed_out = record->item->timed_out;
    }
    words_item_failure(&item, size, text);
}

void words_items_progress(const struct scene *scene, size_t size, char text[])
{
    const struct scene_items *items = scene->items;
    int64_t before = items ? items->before : 0, done = scene->done + before;
    if (items && !items->whole)
        snprintf(text, size, "%" PRId64 " done of %" PRId64 " read so far", done,
            items->total);
    else
        snprintf(text, size, "%" PRId64 " of %" PRId64 " done", done,
            items ? items->total : scene->result->plan.iterations);
    if (before > 0)
        text_append(size, text, ", %" PRId64 " of them before", before);
    if (scene->failed > 0)
        text_append(size, text, ", %" PRId64 " failed", scene->failed);
}

void words_items_clock(time_t now, int64_t left_ns, size_t size, char text[])
{
    struct tm here, then;
    time_t end = now + (time_t)((left_ns + NS_PER_S / 2) / NS_PER_S);
    char clock[16] = "", day[16] = "";
    localtime_r(&now, &here);
    localtime_r(&end, &then);
    strftime(clock, sizeof clock, "%H:%M", &then);
    bool same_day = then.tm_yday == here.tm_yday && then.tm_year == here.tm_year;
    if (same_day || end - now < HOURS_SAME_DAY * 3600) {
        text_copy(size, text, clock);
    } else if (end - now < DAYS_OF_WEEK * 24 * 3600) {
        strftime(day, sizeof day, "%a", &then);
        snprintf(text, size, "%s %s", day, clock);
    } else {
        strftime(day, sizeof day, "%b", &then);
        snprintf(text, size, "%d %s %s", then.tm_mday, day, clock);
    }
}

void words_items_time(const struct scene *scene, time_t now, size_t size, char text[])
{
    char elapsed[32], left[32], clock[32];
    int64_t whole_ns = expect_whole_ns(scene);
    format_rough(scene->elapsed_ns, sizeof elapsed, elapsed);
    snprintf(text, size, "%s so far", elapsed);
    bool closing = scene->items && scene->items->closing != WORKLOAD_OPEN;
    if (closing || whole_ns <= scene->elapsed_ns) /* closing: the rest is not done */
        return;
    int64_t left_ns = whole_ns - scene->elapsed_ns;
    format_rough(left_ns, sizeof left, left);
    words_items_clock(now, left_ns, sizeof clock, clock);
    text_append(size, text, ", about %s left: done at about %s", left, clock);
}

void words_items_median(const struct scene_items *items, size_t size, char text[])
{
    char median[32];
    text_copy(size, text, "");
    if (items->ended_well < TELLING)
        return;
    format_rough(items->median_ns, sizeof median, median);
    snprintf(text, size, "half of them take less than %s", median);
}

void words_items_closing(const struct scene *scene, size_t size, char text[])
{
    const struct scene_items *items = scene->items;
    text_copy(size, text, "");
    if (!items || items->closing == WORKLOAD_OPEN || items->running == 0)
        return;
    char count[48];
    words_items_count(&scene->result->plan, items->running, sizeof count, count);
    bool ending = items->closing == WORKLOAD_ENDING;
    snprintf(text, size, ending ? "Ending %s" : "Nothing more is begun. Waiting for %s",
        count);
    size_t named =
        items->longest_count < FAILED_NAMED ? items->longest_count : FAILED_NAMED;
    for (size_t i = 0; i < named; i++)
        text_append(size, text, "%s%s", i == 0 ? ": " : ", ", items->longest[i].name);
    if (items->running > (int64_t)named && named > 0)
        text_append(size, text, " and %" PRId64 " more", items->running - (int64_t)named);
}

void words_items_safe(const char *log, size_t size, char text[])
{
    text_copy(size, text, "");
    if (log && log[0])
        snprintf(text, size, "All of it is safe in %s.", log);
}

void words_items_threads(const struct plan *plan, size_t size, char text[])
{
    text_copy(size, text, "");
    if (plan->inner_threads > 0)
        snprintf(text, size, "%d thread%s each", plan->inner_threads,
            plan->inner_threads == 1 ? "" : "s");
}

void words_clean(size_t length, const char source[], size_t size, char text[])
{
    clean(length, source, ' ', size, text);
}

/* What one after the other would have taken. */
static int64_t sum_of_tasks_ns(const struct result_stage *stage)
{
    int64_t sum_ns = stage->tasks_ns;
    for (size_t i = 0; i < stage->record_count && stage->tasks_ns == 0; i++)
        sum_ns += stage->records[i].end_ns - stage->records[i].start_ns;
    return sum_ns;
}

static void append_failed(const struct result_stage *stage, size_t size, char text[])
{
    int64_t named = 0;
    text_append(size, text, " %" PRId64 " failed", stage->failed);
    for (size_t i = 0; i < stage->record_count && named < FAILED_NAMED; i++) {
        const struct result_record *record = &stage->records[i];
        char name[64];
        if (record->status != RESULT_FAILED || record->count != 1)
            continue;
        words_record_name(record, sizeof name, name);
        text_append(size, text, "%s%s", named++ == 0 ? ": " : ", ", name);
    }
    if (named > 0 && named < stage->failed)
        text_append(size, text, " and %" PRId64 " more", stage->failed - named);
    text_append(size, text, ".");
}

/* Where no stage was run. */
static void say_nothing_done(const struct result *result, size_t size, char text[])
{
    char count[48];
    text_copy(size, text, "There are no items: nothing to do.");
    if (!result->nothing_to_do)
        text_copy(size, text, "Ended before anything was begun.");
    if (!result->nothing_to_do || result->before == 0)
        return;
    words_items_count(&result->plan, result->before, sizeof count, count);
    snprintf(text, size, "%s%s %s done before: nothing to do.",
        result->before == 1 ? "" : "All ", count, result->before == 1 ? "was" : "were");
}

void words_items_ended(const struct result *result, size_t size, char text[])
{
    const struct plan *plan = &result->plan;
    char count[48], elapsed[32], alone[32], log[TEMPLATE_QUOTED(sizeof plan->log)];
    if (result->stage_count == 0) {
        say_nothing_done(result, size, text);
        return;
    }
    const struct result_stage *stage = &result->stages[0];
    int64_t ended = stage->done + stage->failed, sum_ns = sum_of_tasks_ns(stage);
    bool cut = !stage->complete && plan->iterations > ended;
    words_items_count(plan, cut ? plan->iterations : ended, sizeof count, count);
    if (stage->elapsed_ns < 100 * NS_PER_S) /* it was measured */
        number_format_duration(stage->elapsed_ns, sizeof elapsed, elapsed);
    else
        format_rough(stage->elapsed_ns, sizeof elapsed, elapsed);
    text_copy(size, text, "");
    if (cut)
        snprintf(text, size, "%" PRId64 " of ", ended);
    text_append(size, text, "%s in %s", count, elapsed);
    if ((double)sum_ns > WORTH_SAYING * (double)stage->elapsed_ns) {
        format_rough(sum_ns, sizeof alone, alone);
        text_append(size, text, ", about %s one after the other", alone);
    }
    text_append(size, text, ".");
    if (!stage->complete && !cut)
        text_append(size, text, " It was ended early.");
    if (stage->failed > 0)
        append_failed(stage, size, text);
    if ((stage->failed > 0 || !stage->complete) && plan->log[0]) {
        template_quote(plan->log, sizeof log, log);
        text_append(size, text, " Try: parfor map --resume %s", log);
    }
}
