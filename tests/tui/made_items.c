// SPDX-License-Identifier: MIT
#include "made_items.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "workload/workload.h"

enum {
    FILES = 300,
    DONE = 171,
    ELAPSED_MIN = 56,
    FAILED = 3,
    WAITING_MIN = 39,
    MORE_FAILED = 75
};

static const char LOG[] = "run.jsonl";
static const char LONG_LOG[] = "/data/of/the/laboratory/of/professor/so/and/so/in/a/deep/"
                               "folder/2026-11-23-003000-4711.jsonl";

void made_items_plan(struct plan *plan)
{
    plan->command = PLAN_MAP;
    plan->tells = plan->commands = true;
    plan->iterations = FILES;
    text_copy(sizeof plan->title, plan->title, "python3 prep.py {}, 300 files");
    text_copy(sizeof plan->task, plan->task, "prep.py {}");
    text_copy(sizeof plan->unit, plan->unit, "files");
    text_copy(sizeof plan->log, plan->log, LOG);
}

static void add_longest(struct scene_items *items, int count)
{
    for (int i = 0; i < count && i < SCENE_LONGEST; i++) {
        struct scene_item *item = &items->longest[items->longest_count++];
        item->worker = (22 + 49 * i) % count;
        item->number = 114 - 16 * i;
        item->ran_ns = (int64_t)(38 - (i > 0 ? 5 + 2 * i : 0)) * 60 * NS_PER_S;
        snprintf(item->name, sizeof item->name, "mouse-%03d.h5", (int)item->number);
    }
}

static void add_failures(struct scene_items *items)
{
    items->failures[0] = (struct scene_item){.number = 131,
        .name =
            "a name that is long enough to be cut in all but the widest of screens.h5",
        .exit_status = -1,
        .signal = 11,
        .ran_ns = NS_PER_S};
    items->failures[1] = (struct scene_item){.number = 45,
        .name = "Mäuse-045.h5",
        .exit_status = -1,
        .signal = 15,
        .timed_out = true,
        .ran_ns = 3600 * NS_PER_S,
        .last_line = "waiting for the lock of the data base on node 7"};
    items->failures[2] = (struct scene_item){.number = 17,
        .name = "mouse-017.h5",
        .exit_status = 1,
        .ran_ns = 20 * NS_PER_S,
        .last_line = "KeyError: 'spikes'"};
    items->failure_count = FAILED;
}

static void take_word(struct scene *scene, struct scene_items *items, const char *word)
{
    if (strcmp(word, "reading") == 0)
        items->whole = false;
    else if (strcmp(word, "closing") == 0) {
        items->closing = WORKLOAD_CLOSED;
        items->running = 3;
        items->longest_count = scene->worker_count < 3 ? scene->worker_count : 3;
    } else if (strcmp(word, "warning") == 0)
        text_copy(sizeof items->warning, items->warning,
            "64 workers of up to 3.1 GB are more than the 120 GB free: 38 would fit.");
    else if (strcmp(word, "failing") == 0) {
        scene->failed += MORE_FAILED;
        scene->done -= MORE_FAILED;
        items->log = LONG_LOG;
    } else if (strcmp(word, "few") == 0) {
        scene->failed = 0;
        items->failure_count = 0;
    } else if (strcmp(word, "start") == 0) {
        scene->done = scene->failed = scene->elapsed_ns = 0;
        items->failure_count = items->longest_count = 0;
        items->median_ns = items->ended = items->ended_well = 0;
    }
}

void made_items_scene(struct scene *scene, struct made_items *made, const char *word)
{
    struct scene_items *items = &made->items;
    int workers = (int)scene->worker_count;
    *items = (struct scene_items){.whole = true,
        .total = FILES,
        .running = workers < FILES - DONE - FAILED ? workers : FILES - DONE - FAILED,
        .workers = workers,
        .ended = DONE + FAILED,
        .ended_well = DONE,
        .ended_ns = (int64_t)(DONE + FAILED) * 1200 * NS_PER_S,
        .median_ns = 1200 * NS_PER_S,
        .log = LOG};
    add_longest(items, workers);
    add_failures(items);
    scene->items = items;
    for (int i = 0; i < workers && i < MADE_WORKERS_MAX; i++) {
        made->workers[i] = scene->workers[i];
        snprintf(made->workers[i].item, sizeof made->workers[i].item, "mouse-%03d.h5",
            100 + i);
    }
    scene->workers = made->workers;
    if (strcmp(word, "stage") == 0) {
        items->ended = items->ended_ns = 0;
        return;
    }
    scene->done = DONE;
    scene->failed = FAILED;
    scene->elapsed_ns = (int64_t)ELAPSED_MIN * 60 * NS_PER_S;
    scene->expected_ns = (int64_t)(ELAPSED_MIN + WAITING_MIN) * 60 * NS_PER_S;
    scene->own_cpus = scene->busy_cpus * 0.97;
    take_word(scene, items, word);
}
