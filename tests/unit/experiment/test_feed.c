// SPDX-License-Identifier: MIT
#include "experiment/feed.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "made.h"

/* A feed of items into a store of its own. */
struct place {
    struct loop *events;
    struct items *store;
    struct experiment_items items;
    struct experiment_observer observer;
    struct feed *feed;
    bool done; /* ends loop_run() */
    int batches, skipped;
    int refuse_skip;
    struct fault fault;
};

static void on_batch(void *data)
{
    struct place *place = data;
    place->batches++;
    place->done = true;
}

static int on_skip(
    void *data, int64_t number, const struct items_task *task, struct fault *fault)
{
    struct place *place = data;
    assert_int_equal(task->number, number);
    assert_true(task->count >= 1 && task->texts[0][0] == 'd');
    place->skipped++;
    return place->refuse_skip ? fault_system(fault, -ENOSPC, "cannot write") : 0;
}

static void begin(struct place *place, int fd, int max_args)
{
    *place = (struct place){.items = {.fd = fd, .max_args = max_args, .data = place},
        .observer = {.data = place, .item_skipped = on_skip}};
    assert_int_equal(loop_create(&place->events), 0);
    assert_int_equal(items_create(&place->store, &place->fault), 0);
    place->items.store = place->store;
}

static void start(struct place *place, const struct command *command)
{
    struct feed_setup setup = {.items = &place->items,
        .command = command,
        .observer = &place->observer,
        .events = place->events,
        .on_batch = on_batch,
        .data = place};
    place->feed = feed_create(&setup);
}

static void wait_for_batch(struct place *place)
{
    place->done = false;
    assert_int_equal(loop_run(place->events, &place->done), 0);
}

static void finish(struct place *place)
{
    feed_destroy(place->feed);
    items_destroy(place->store);
    loop_destroy(place->events);
    if (place->items.fd >= 0)
        close(place->items.fd);
}

static void assert_task(struct place *place, int64_t index, int64_t number,
    const char *first, const char *last)
{
    struct items_task task;
    assert_int_equal(items_read(place->store, index, &task), 0);
    assert_int_equal(task.number, number);
    assert_string_equal(task.texts[0], first);
    assert_string_equal(task.texts[task.count - 1], last);
    items_drop(&task);
}

static char *texts[7];

static void given_items_are_there_at_once(void **state)
{
    struct place place;
    (void)state;
    begin(&place, -1, 3);
    place.items.count = 7;
    place.items.texts = texts;
    start(&place, NULL);
    assert_false(feed_is_over(place.feed));
    feed_want(place.feed, INT64_MAX);
    assert_true(feed_is_over(place.feed));
    assert_int_equal(feed_tasks(place.feed), 3);
    assert_task(&place, 0, 0, "0", "2");
    assert_task(&place, 2, 2, "6", "6");
    assert_int_equal(feed_error(place.feed, &place.fault), 0);
    assert_int_equal(place.batches, 0);
    assert_false(feed_has_files(place.feed));
    finish(&place);
}

static void no_items_are_over_at_once(void **state)
{
    struct place place;
    (void)state;
    begin(&place, -1, 1);
    start(&place, NULL);
    feed_want(place.feed, 1);
    assert_true(feed_is_over(place.feed));
    assert_int_equal(feed_tasks(place.feed), 0);
    finish(&place);
}

static void lines_are_read_as_they_come(void **state)
{
    struct place place;
    int fds[2];
    (void)state;
    assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
    begin(&place, fds[0], 1);
    start(&place, NULL);
    feed_want(place.feed, 10);
    assert_true(feed_is_dry(place.feed));
    assert_int_equal(dprintf(fds[1], "/\n/tmp\nha"), 9);
    assert_false(feed_is_dry(place.feed));
    wait_for_batch(&place);
    assert_int_equal(feed_tasks(place.feed), 2);
    assert_task(&place, 1, 1, "/tmp", "/tmp"); /* another process could read it now */
    assert_true(feed_has_files(place.feed));
    assert_int_equal(dprintf(fds[1], "lf"), 2);
    close(fds[1]);
    wait_for_batch(&place);
    if (!feed_is_over(place.feed))
        wait_for_batch(&place);
    assert_true(feed_is_over(place.feed) && feed_is_dry(place.feed));
    assert_task(&place, 2, 2, "half", "half");
    assert_false(feed_has_files(place.feed));
    finish(&place);
}

static void no_more_is_read_than_is_wanted(void **state)
{
    struct place place;
    int fds[2];
    (void)state;
    assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
    assert_true(fcntl(fds[1], F_SETPIPE_SZ, 1 << 20) > 0);
    for (int i = 0; i < 3000; i++)
        assert_int_equal(dprintf(fds[1], "%063d\n", i), 64);
    begin(&place, fds[0], 1);
    start(&place, NULL);
    feed_want(place.feed, 10);
    wait_for_batch(&place);
    assert_int_equal(feed_tasks(place.feed), 1024);
    assert_false(feed_is_over(place.feed));
    feed_want(place.feed, 1000); /* there are as many */
    assert_int_equal(feed_tasks(place.feed), 1024);
    feed_want(place.feed, 1025);
    wait_for_batch(&place);
    assert_int_equal(feed_tasks(place.feed), 2048);
    feed_want(place.feed, INT64_MAX);
    feed_stop(place.feed);
    assert_true(feed_is_over(place.feed));
    assert_int_equal(feed_error(place.feed, &place.fault), 0);
    close(fds[1]);
    finish(&place);
}

static void a_folder_cannot_be_read(void **state)
{
    struct place place;
    (void)state;
    begin(&place, open("/", O_RDONLY | O_CLOEXEC), 1);
    start(&place, NULL);
    feed_want(place.feed, 1);
    wait_for_batch(&place);
    assert_true(feed_is_over(place.feed));
    assert_int_equal(feed_error(place.feed, &place.fault), -EISDIR);
    assert_int_equal(place.fault.kind, FAULT_SYSTEM);
    finish(&place);
}

/* What begins with a d. */
static bool is_done(void *data, char *const argv[])
{
    (void)data;
    return argv[1][0] == 'd';
}

static void check_skipping(bool refuse)
{
    struct place place;
    int fds[2];
    struct command *command;
    char *words[] = {texts[0]};
    struct template_setup template = {.word_count = 1, .words = words, .max_args = 1};
    assert_int_equal(pipe2(fds, O_CLOEXEC), 0);
    assert_int_equal(dprintf(fds[1], "a\nd1\nb\nd2\n"), 10);
    close(fds[1]);
    begin(&place, fds[0], 1);
    place.items.is_done = is_done;
    place.refuse_skip = refuse;
    words[0] = text_duplicate("true");
    struct command_setup setup = {.template = template};
    assert_int_equal(command_create(&setup, place.store, &command, &place.fault), 0);
    start(&place, command);
    feed_want(place.feed, INT64_MAX);
    while (!feed_is_over(place.feed))
        wait_for_batch(&place);
    assert_int_equal(feed_error(place.feed, &place.fault), refuse ? -ENOSPC : 0);
    assert_int_equal(feed_skipped(place.feed), refuse ? 1 : 2);
    assert_int_equal(place.skipped, refuse ? 1 : 2);
    assert_int_equal(feed_tasks(place.feed), refuse ? 1 : 2);
    if (!refuse)
        assert_task(&place, 1, 2, "b", "b");
    free(words[0]);
    command_destroy(command);
    finish(&place);
}

static void what_was_done_is_left_out(void **state)
{
    (void)state;
    check_skipping(false);
    check_skipping(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(given_items_are_there_at_once),
        cmocka_unit_test(no_items_are_over_at_once),
        cmocka_unit_test(lines_are_read_as_they_come),
        cmocka_unit_test(no_more_is_read_than_is_wanted),
        cmocka_unit_test(a_folder_cannot_be_read),
        cmocka_unit_test(what_was_done_is_left_out),
    };
    for (size_t i = 0; i < 7; i++)
        texts[i] = text_format("%zu", i);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    for (size_t i = 0; i < 7; i++)
        free(texts[i]);
    return failed;
}
