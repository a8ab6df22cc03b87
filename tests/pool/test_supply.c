// SPDX-License-Identifier: MIT
/* A pool whose tasks come while it works: each is done once, waiting costs nothing and is
 * no part of a task. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>

#include "scene.h"

enum { STAMPS = 64 };

struct feeder {
    struct scene *scene;
    struct watch *timer;
    int64_t step, supplied, tasks;
    int64_t stamps[STAMPS]; /* before the task of that number came, where step is 1 */
    bool patient;           /* comes only when all is done that came before */
    int kills;
    uint64_t random;
};

static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    result->digest = (uint64_t)index;
    (void)place;
    return 0;
}

static const struct workload_ops counting = {.name = "count", .run = run};
static const struct workload_ops counting_aloud = {
    .name = "count", .tells = true, .run = run};

static int64_t next_random(struct feeder *feeder)
{
    feeder->random = feeder->random * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (int64_t)(feeder->random >> 33);
}

static void feed(void *data)
{
    struct feeder *feeder = data;
    struct pool *pool = feeder->scene->pool;
    struct pool_progress progress = pool_progress(pool);
    CHECK(progress.claimed <= feeder->supplied);
    if (feeder->kills > 0) {
        pid_t pid = pool_view(pool, (int)(next_random(feeder) % 3)).pid;
        if (pid > 0 && feeder->kills-- > 0)
            kill(pid, SIGKILL);
    }
    if (feeder->patient && progress.done < feeder->supplied)
        return;
    if (feeder->supplied == feeder->tasks) {
        pool_supply(pool, feeder->tasks, true);
        return;
    }
    if (feeder->supplied < STAMPS)
        feeder->stamps[feeder->supplied] = clock_now_ns();
    feeder->supplied += feeder->step;
    if (feeder->supplied > feeder->tasks)
        feeder->supplied = feeder->tasks;
    pool_supply(pool, feeder->supplied, false);
}

static void open_feeder(struct feeder *feeder, const struct workload_ops *ops)
{
    struct scene *scene = scene_create(ops, 0, "dynamic", WORKLOAD_ITERATIONS_MAX, 3);
    feeder->scene = scene;
    scene->setup.supplied = true;
    scene->setup.retries = 200;
    CHECK_EQUAL(scene_start(scene), 0);
    CHECK_EQUAL(
        loop_watch_timer(scene->loop, 2 * NS_PER_MS, feed, feeder, &feeder->timer), 0);
}

static void close_feeder(struct feeder *feeder)
{
    loop_unwatch(feeder->timer);
    scene_close(feeder->scene);
}

static void feed_all(void *data)
{
    struct feeder *feeder = data;
    open_feeder(feeder, &counting);
    scene_run(feeder->scene);
    feeder->scene->setup.loop.tasks = feeder->tasks;
    scene_check_whole(feeder->scene, 0);
    close_feeder(feeder);
}

static void all_that_comes_is_done(void **state)
{
    struct feeder feeders[] = {
        {.step = 300, .tasks = 5000},
        {.step = 1, .tasks = 20, .patient = true},
        {.step = 100000, .tasks = 1500000},
        {.step = 1, .tasks = 0},
        {.step = 2000, .tasks = 100000, .kills = 40, .random = 1},
        {.step = 1, .tasks = 50, .kills = 30, .random = 2, .patient = true},
    };
    for (size_t i = 0; i < sizeof feeders / sizeof *feeders; i++)
        scene_guard(feed_all, &feeders[i], 20);
    (void)state;
}

/* A task begins after it has come, and who waits for it was handing out until then.
 * Returns what of the time between tasks was not told as a pause. */
static int64_t feed_slowly(const struct workload_ops *ops)
{
    struct feeder feeder = {.step = 1, .tasks = 20, .patient = true};
    int64_t paused_ns = 0, waited_ns = 0;
    size_t count;
    open_feeder(&feeder, ops);
    scene_run(feeder.scene);
    const struct table_record *records = pool_records(feeder.scene->pool, &count);
    CHECK_EQUAL(count, 20);
    for (size_t i = 0; i < count; i++)
        CHECK(records[i].start_ns >= feeder.stamps[records[i].index]);
    for (int i = 0; i < 3; i++) {
        struct pool_totals totals = pool_totals(feeder.scene->pool, i);
        int64_t span_ns = totals.last_ns - totals.first_ns;
        CHECK(totals.paused_ns <= totals.handout_ns);
        CHECK(totals.handout_ns <= span_ns);
        paused_ns += totals.paused_ns;
        waited_ns += span_ns;
    }
    for (size_t i = 0; i < count; i++)
        waited_ns -= records[i].end_ns - records[i].start_ns;
    close_feeder(&feeder);
    return waited_ns - paused_ns;
}

/* But for its own stamps, between which others may have the CPU now and then. */
static void feed_until_undisturbed(void *data)
{
    const struct workload_ops *ops = data ? &counting_aloud : &counting;
    int64_t untold_ns = INT64_MAX;
    for (int i = 0; i < 50 && untold_ns > 20 * NS_PER_US; i++)
        untold_ns = feed_slowly(ops);
    CHECK(untold_ns <= 20 * NS_PER_US);
}

static void waiting_is_no_part_of_a_task(void **state)
{
    int any = 0;
    scene_guard(feed_until_undisturbed, NULL, 60);
    scene_guard(feed_until_undisturbed, &any, 60);
    (void)state;
}

static void close_it(void *data)
{
    struct feeder *feeder = data;
    if (pool_progress(feeder->scene->pool).done == 10)
        pool_close(feeder->scene->pool);
}

static void close_the_starved(void *data)
{
    struct feeder feeder = {.tasks = 10};
    struct watch *timer;
    open_feeder(&feeder, &counting);
    loop_unwatch(feeder.timer);
    CHECK_EQUAL(
        loop_watch_timer(feeder.scene->loop, 2 * NS_PER_MS, close_it, &feeder, &timer),
        0);
    pool_supply(feeder.scene->pool, 10, false);
    scene_run(feeder.scene);
    loop_unwatch(timer);
    CHECK_EQUAL(scene_done(feeder.scene), 10);
    CHECK_EQUAL(pool_lost(feeder.scene->pool), 0);
    scene_close(feeder.scene);
    (void)data;
}

static void who_waits_leaves_when_the_pool_is_closed(void **state)
{
    scene_guard(close_the_starved, NULL, 20);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_comes_is_done),
        cmocka_unit_test(waiting_is_no_part_of_a_task),
        cmocka_unit_test(who_waits_leaves_when_the_pool_is_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
