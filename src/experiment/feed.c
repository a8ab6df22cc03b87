// SPDX-License-Identifier: MIT
#include "experiment/feed.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

enum { READ_SIZE = 65536, LOOKED_AT = 10 }; /* items, whether they are files */

struct feed {
    struct feed_setup setup;
    struct items_cutter cutter;
    struct watch *watch; /* while it reads */
    int64_t wanted;
    size_t next_text;   /* of those given */
    size_t group_count; /* items for the next task … */
    char **group;       /* … owned, as they are */
    int64_t number;     /* of the next task in the whole list */
    int64_t skipped;
    int looked_at; /* items … */
    bool files;    /* … all of which are files */
    bool over;
    int error;
    struct fault fault;
};

struct feed *feed_create(const struct feed_setup *setup)
{
    struct feed *feed = memory_new(1, sizeof *feed);
    feed->setup = *setup;
    feed->cutter.nul = setup->items->nul;
    feed->files = true;
    return feed;
}

static void drop_group(struct feed *feed)
{
    for (size_t i = 0; i < feed->group_count; i++)
        free(feed->group[i]);
    free(feed->group);
    feed->group = NULL;
    feed->group_count = 0;
}

void feed_destroy(struct feed *feed)
{
    if (!feed)
        return;
    feed_stop(feed);
    drop_group(feed);
    items_cutter_finish(&feed->cutter);
    free(feed);
}

/* Asks whether an earlier run has done it.  A task whose words cannot be made was not. */
static bool was_done(const struct feed *feed)
{
    const struct experiment_items *items = feed->setup.items;
    struct template_task task = {.item_count = feed->group_count,
        .items = (const char *const *)feed->group,
        .number = feed->number + 1,
        .nameless = true};
    char **argv;
    int column;
    if (!items->is_done)
        return false;
    if (template_expand(command_template(feed->setup.command), &task, &argv, &column) < 0)
        return false;
    bool done = items->is_done(items->data, argv);
    free(argv);
    return done;
}

static int skip_task(struct feed *feed)
{
    const struct experiment_observer *observer = feed->setup.observer;
    struct items_task task = {.number = feed->number,
        .count = feed->group_count,
        .texts = memory_new(feed->group_count, sizeof *task.texts)};
    for (size_t i = 0; i < feed->group_count; i++)
        task.texts[i] = feed->group[i];
    int error = 0;
    feed->skipped++;
    if (observer->item_skipped)
        error = observer->item_skipped(observer->data, feed->number, &task, &feed->fault);
    free(task.texts);
    return error;
}

/* The items gathered are a task. */
static int add_task(struct feed *feed)
{
    int error;
    if (feed->group_count == 0)
        return 0;
    if (was_done(feed))
        error = skip_task(feed);
    else
        error = items_add(feed->setup.items->store, feed->number, feed->group_count,
            (const char *const *)feed->group, &feed->fault);
    feed->number++;
    drop_group(feed);
    return error;
}

static int add_item(void *data, const char *item, size_t size)
{
    struct feed *feed = data;
    int max_args = feed->setup.items->max_args;
    void *group = feed->group;
    char **added = memory_append(&group, feed->group_count++, sizeof *added);
    feed->group = group;
    *added = memory_new(size + 1, 1);
    memcpy(*added, item, size);
    if (feed->looked_at < LOOKED_AT) {
        feed->looked_at++;
        feed->files = feed->files && access(*added, F_OK) == 0;
    }
    return feed->group_count < (size_t)(max_args > 1 ? max_args : 1) ? 0 : add_task(feed);
}

static bool wants_more(const struct feed *feed)
{
    return !feed->over && feed_tasks(feed) < feed->wanted;
}

static void end(struct feed *feed, int error)
{
    feed->error = error;
    feed->over = true;
    loop_unwatch(feed->watch);
    feed->watch = NULL;
}

/* Those given come in the order they were typed, before the others. */
static void take_texts(struct feed *feed)
{
    const struct experiment_items *items = feed->setup.items;
    int error = 0;
    while (error == 0 && feed->next_text < items->count && wants_more(feed)) {
        const char *text = items->texts[feed->next_text++];
        error = add_item(feed, text, strlen(text));
    }
    bool last = feed->next_text == items->count && items->fd < 0;
    if (error == 0 && last)
        error = add_task(feed);
    if (error == 0)
        error = items_flush(items->store, &feed->fault);
    if (error < 0 || last)
        end(feed, error);
}

/* One read, of what is there. */
static int read_once(struct feed *feed)
{
    char data[READ_SIZE];
    ssize_t length = read(feed->setup.items->fd, data, sizeof data);
    if (length < 0 && (errno == EINTR || errno == EAGAIN))
        return 0;
    if (length < 0)
        return fault_system(&feed->fault, -errno, "cannot read the items");
    if (length > 0)
        return items_cut(
            &feed->cutter, (size_t)length, data, add_item, feed, &feed->fault);
    int error = items_cut_end(&feed->cutter, add_item, feed, &feed->fault);
    if (error == 0)
        error = add_task(feed);
    feed->over = true;
    return error;
}

bool feed_is_dry(const struct feed *feed)
{
    struct pollfd input = {.fd = feed->setup.items->fd, .events = POLLIN};
    return feed->over || poll(&input, 1, 0) <= 0;
}

static void on_input(void *data)
{
    struct feed *feed = data;
    if (!feed_is_dry(feed)) {
        int error = read_once(feed);
        if (error == 0)
            error = items_flush(feed->setup.items->store, &feed->fault);
        if (error < 0 || feed->over)
            end(feed, error);
    }
    if (!wants_more(feed)) {
        loop_unwatch(feed->watch);
        feed->watch = NULL;
    }
    feed->setup.on_batch(feed->setup.data);
}

void feed_want(struct feed *feed, int64_t tasks)
{
    if (tasks > feed->wanted)
        feed->wanted = tasks;
    if (!feed->over && feed->next_text < feed->setup.items->count)
        take_texts(feed);
    else if (!feed->over && feed->setup.items->fd < 0)
        take_texts(feed); /* there are none */
    if (!wants_more(feed) || feed->watch || feed->setup.items->fd < 0)
        return;
    int error = loop_watch(
        feed->setup.events, feed->setup.items->fd, on_input, feed, &feed->watch);
    if (error < 0)
        end(feed, fault_system(&feed->fault, error, "cannot wait for the items"));
}

void feed_stop(struct feed *feed)
{
    end(feed, feed->error);
}

bool feed_is_over(const struct feed *feed)
{
    return feed->over;
}

int feed_error(const struct feed *feed, struct fault *fault)
{
    if (feed->error < 0)
        *fault = feed->fault;
    return feed->error;
}

int64_t feed_tasks(const struct feed *feed)
{
    return items_count(feed->setup.items->store);
}

int64_t feed_skipped(const struct feed *feed)
{
    return feed->skipped;
}

bool feed_has_files(const struct feed *feed)
{
    return feed->looked_at > 0 && feed->files;
}
