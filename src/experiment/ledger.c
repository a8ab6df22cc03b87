// SPDX-License-Identifier: MIT
#include "experiment/ledger.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "experiment/marks.h"
#include "experiment/words_items.h"
#include "model/statistics.h"

enum {
    SAMPLE_MOST = 1000, /* durations that the median is of */
    TELLING = 3,        /* of them say something */
    KEPT_MOST = RESULT_RECORDS_MAX,
};

static const size_t KEPT_WORDS = (size_t)16 << 20;  /* bytes of items and commands … */
static const size_t KEPT_OUTPUT = (size_t)64 << 20; /* … and of what they put out */

struct ledger {
    const struct items *store;
    struct marks seen; /* tasks that were told */
    size_t sample_count;
    double sample[SAMPLE_MOST]; /* of the durations of those that ended well: as likely
                                   one as any other (Vitter's algorithm R) */
    uint64_t random;
    bool median_is_old;
    int64_t cpu_ns, user_ns, system_ns, failed;
    size_t kept_words, kept_output; /* bytes */
    struct result_item **kept;      /* by index, KEPT_MOST of them; owned */
    struct scene_items items;
};

struct ledger *ledger_create(const struct items *store)
{
    struct ledger *ledger = memory_new(1, sizeof *ledger);
    ledger->store = store;
    ledger->random = 1;
    ledger->kept = memory_new(KEPT_MOST, sizeof *ledger->kept);
    return ledger;
}

void ledger_destroy(struct ledger *ledger)
{
    if (!ledger)
        return;
    for (size_t i = 0; i < KEPT_MOST; i++)
        result_item_destroy(ledger->kept[i]);
    free(ledger->kept);
    marks_finish(&ledger->seen);
    free(ledger);
}

bool ledger_is_new(struct ledger *ledger, int64_t index)
{
    return marks_add(&ledger->seen, index);
}

/* xorshift64 (Marsaglia 2003). */
static uint64_t next_random(struct ledger *ledger)
{
    ledger->random ^= ledger->random << 13;
    ledger->random ^= ledger->random >> 7;
    ledger->random ^= ledger->random << 17;
    return ledger->random;
}

static void note_duration(struct ledger *ledger, int64_t duration_ns)
{
    uint64_t place = (uint64_t)ledger->items.ended_well++;
    ledger->median_is_old = true;
    if (place >= SAMPLE_MOST)
        place = next_random(ledger) % (place + 1);
    else
        ledger->sample_count++;
    if (place < SAMPLE_MOST)
        ledger->sample[place] = (double)duration_ns;
}

/* The task in a line, by its item, else by its index. */
static void describe(const struct ledger *ledger, int64_t index, struct scene_item *item)
{
    struct items_task task;
    item->number = index;
    snprintf(item->name, sizeof item->name, "task %" PRId64, index);
    if (!ledger->store || items_read(ledger->store, index, &task) < 0)
        return;
    item->number = task.number;
    items_describe(&task, sizeof item->name, item->name);
    items_drop(&task);
    if (!item->name[0])
        words_item_number(item->number, sizeof item->name, item->name);
}

static void note_failure(
    struct ledger *ledger, const struct result_record *record, const char *last_line)
{
    struct scene_items *items = &ledger->items;
    if (items->failure_count < SCENE_FAILURES)
        items->failure_count++;
    memmove(items->failures + 1, items->failures,
        (items->failure_count - 1) * sizeof *items->failures);
    struct scene_item *failure = &items->failures[0];
    *failure = (struct scene_item){.worker = record->worker,
        .ran_ns = record->end_ns - record->start_ns,
        .exit_status = -1};
    describe(ledger, record->index, failure);
    text_copy(sizeof failure->last_line, failure->last_line, last_line);
    ledger->failed++;
    if (!record->item)
        return;
    failure->exit_status = record->item->exit_status;
    failure->signal = record->item->signal;
    failure->error = record->item->error;
    failure->timed_out = record->item->timed_out;
}

void ledger_take(
    struct ledger *ledger, const struct result_record *record, const char *last_line)
{
    struct scene_items *items = &ledger->items;
    int64_t duration_ns = record->end_ns - record->start_ns;
    items->ended++;
    items->ended_ns += duration_ns;
    if (record->item) {
        ledger->cpu_ns += record->item->cpu_ns;
        ledger->user_ns += record->item->user_ns;
        ledger->system_ns += record->item->system_ns;
        if (record->item->max_rss_bytes > items->peak_rss_bytes)
            items->peak_rss_bytes = record->item->max_rss_bytes;
    }
    if (record->status == RESULT_OK)
        note_duration(ledger, duration_ns);
    else
        note_failure(ledger, record, last_line);
}

static size_t bytes_of_words(const struct result_item *item)
{
    size_t bytes = sizeof *item + item->item_size;
    for (char **word = item->argv; word && *word; word++)
        bytes += strlen(*word) + 1 + sizeof *word;
    return bytes;
}

void ledger_keep(struct ledger *ledger, const struct result_record *record)
{
    struct result_item *item = record->item;
    if (!item)
        return;
    size_t words = ledger->kept_words + bytes_of_words(item);
    size_t output = ledger->kept_output + item->out_size + item->err_size;
    if (record->index >= KEPT_MOST || words > KEPT_WORDS || output > KEPT_OUTPUT) {
        result_item_destroy(item);
        return;
    }
    ledger->kept[record->index] = item;
    item->attempts = record->attempts; /* the pool's own record knows of workers only */
    ledger->kept_words = words;
    ledger->kept_output = output;
}

void ledger_attach(struct ledger *ledger, struct result_stage *stage, bool to_keep)
{
    for (size_t i = 0; i < stage->record_count; i++) {
        struct result_record *record = &stage->records[i];
        bool single = record->count == 1 && record->index < KEPT_MOST;
        record->item = single ? ledger->kept[record->index] : NULL;
        if (record->item)
            record->attempts = record->item->attempts;
        if (single && to_keep)
            ledger->kept[record->index] = NULL;
    }
}

int64_t ledger_median_ns(struct ledger *ledger)
{
    double sorted[SAMPLE_MOST];
    if (ledger->sample_count < TELLING)
        return 0;
    if (ledger->median_is_old) {
        memcpy(sorted, ledger->sample, ledger->sample_count * sizeof *sorted);
        ledger->items.median_ns =
            (int64_t)statistics_median(ledger->sample_count, sorted);
        ledger->median_is_old = false;
    }
    return ledger->items.median_ns;
}

int64_t ledger_tasks_ns(const struct ledger *ledger)
{
    return ledger->items.ended_ns;
}

int64_t ledger_cpu_ns(const struct ledger *ledger)
{
    return ledger->cpu_ns;
}

int64_t ledger_user_ns(const struct ledger *ledger)
{
    return ledger->user_ns;
}

int64_t ledger_system_ns(const struct ledger *ledger)
{
    return ledger->system_ns;
}

int64_t ledger_failed(const struct ledger *ledger)
{
    return ledger->failed;
}

int64_t ledger_ended(const struct ledger *ledger)
{
    return ledger->items.ended;
}

/* Where it stands among those that have run longest; SCENE_LONGEST: behind all. */
static size_t place_among(const struct scene_items *items, int64_t ran_ns)
{
    size_t place = items->longest_count;
    while (place > 0 && items->longest[place - 1].ran_ns < ran_ns)
        place--;
    return place;
}

/* Without its name: most are pushed out again. */
static void note_running(struct scene_items *items, const struct scene_item *item)
{
    size_t place = place_among(items, item->ran_ns);
    if (place == SCENE_LONGEST)
        return;
    if (items->longest_count < SCENE_LONGEST)
        items->longest_count++;
    memmove(items->longest + place + 1, items->longest + place,
        (items->longest_count - 1 - place) * sizeof *items->longest);
    items->longest[place] = *item;
}

void ledger_look(struct ledger *ledger, const struct stage *stage)
{
    struct scene_items *items = &ledger->items;
    struct pool *pool = stage_pool(stage);
    int64_t now_ns = stage_now(stage);
    int64_t mean_ns = items->ended > 0 ? items->ended_ns / items->ended : 0;
    items->running = items->slack_ns = 0;
    items->longest_count = 0;
    for (int i = 0; i < stage_workers(stage); i++) {
        struct pool_view view = pool_view(pool, i);
        if (view.index < 0 || view.begun_ns == 0)
            continue;
        struct scene_item item = {.number = view.index, .worker = i, .exit_status = -1};
        item.ran_ns = now_ns - stage_time(stage, view.begun_ns);
        items->running++;
        items->slack_ns += mean_ns > item.ran_ns ? mean_ns - item.ran_ns : 0;
        note_running(items, &item);
    }
    for (size_t i = 0; i < items->longest_count; i++)
        describe(ledger, items->longest[i].number, &items->longest[i]);
    ledger_median_ns(ledger);
}

struct scene_items *ledger_items(struct ledger *ledger)
{
    return &ledger->items;
}
