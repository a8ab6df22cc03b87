// SPDX-License-Identifier: MIT
#include "ui/plain_items.h"

#include <inttypes.h>
#include <time.h>

#include "base/clock.h"
#include "experiment/expect.h"
#include "experiment/words_items.h"
#include "workload/workload.h"

enum { TEXT_MAX = 400 };

bool plain_items_are_told(const struct scene *scene)
{
    return scene->items && scene->result->plan.command == PLAN_MAP;
}

/* "failed: mouse-017.h5: exit 1: KeyError: 'spikes'" */
static void say_failure(const struct plain_items *plain, const struct scene_item *item)
{
    char failure[128];
    words_item_failure(item, sizeof failure, failure);
    if (item->name[0])
        fprintf(plain->out, "failed: %s: %s", item->name, failure);
    else
        fprintf(plain->out, "failed: task %" PRId64 ": %s", item->number, failure);
    fprintf(plain->out, "%s%s\n", item->last_line[0] ? ": " : "", item->last_line);
}

/* In the order in which they failed; of more at once than the scene keeps the last. */
static void say_failures(struct plain_items *plain, const struct scene *scene)
{
    const struct scene_items *items = scene->items;
    int64_t new = scene->failed - plain->failures;
    for (int64_t i = new - 1; i >= 0; i--) {
        if (plain->failures++ < PLAIN_FAILURES_MAX && i < (int64_t)items->failure_count)
            say_failure(plain, &items->failures[i]);
        if (plain->failures == PLAIN_FAILURES_MAX + 1)
            fprintf(plain->out, "More have failed%s%s.\n", items->log ? ": see " : "",
                items->log ? items->log : "");
    }
}

void plain_items_say_news(struct plain_items *plain, const struct scene *scene)
{
    char text[TEXT_MAX];
    if (!scene->items)
        return;
    if (scene->failed > plain->failures)
        say_failures(plain, scene);
    words_items_closing(scene, sizeof text, text);
    if (scene->items->closing != plain->closing && *text) {
        plain->closing = scene->items->closing;
        fprintf(plain->out, "%s%s\n", text,
            plain->closing == WORKLOAD_CLOSED ? " (Ctrl-C again ends them)" : "");
    }
    fflush(plain->out);
}

static int quarters_of(const struct scene *scene)
{
    const struct scene_items *items = scene->items;
    int64_t tasks = scene->result->plan.iterations;
    if (tasks == 0 || (items && !items->whole))
        return 0;
    return (int)((double)(scene->done + scene->failed) * 4 / (double)tasks);
}

void plain_items_begin(struct plain_items *plain, const struct scene *scene)
{
    *plain = (struct plain_items){.out = plain->out,
        .quarters = quarters_of(scene),
        .said_ns = scene->elapsed_ns,
        .failures = scene->failed,
        .closing = scene->items ? scene->items->closing : WORKLOAD_OPEN};
}

void plain_items_say_progress(struct plain_items *plain, const struct scene *scene)
{
    int64_t whole_ns = expect_whole_ns(scene);
    int quarters = quarters_of(scene);
    char progress[TEXT_MAX], passed[TEXT_MAX];
    bool by_quarters = scene->items->whole && scene->done + scene->failed > 0 &&
                       whole_ns < 4 * PLAIN_EVERY_S * NS_PER_S;
    bool due = scene->elapsed_ns - plain->said_ns >= PLAIN_EVERY_S * NS_PER_S;
    if (by_quarters)
        due = quarters > plain->quarters && quarters < 4 &&
              whole_ns >= PLAIN_QUARTERS_FROM_S * NS_PER_S;
    if (!due)
        return;
    plain->quarters = quarters;
    plain->said_ns = scene->elapsed_ns;
    words_items_progress(scene, sizeof progress, progress);
    words_items_time(scene, time(NULL), sizeof passed, passed);
    fprintf(plain->out, "%s; %s.\n", progress, passed);
    fflush(plain->out);
}
