// SPDX-License-Identifier: MIT
/* A pool that is closed begins nothing more, and has lost nothing by that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <signal.h>

#include "scene.h"

struct act {
    struct scene *scene;
    struct watch *timer;
    int64_t from_done; /* when so many are done it happens */
    void (*happen)(struct act *act);
};

static void look(void *data)
{
    struct act *act = data;
    if (pool_progress(act->scene->pool).done < act->from_done)
        return;
    loop_unwatch(act->timer);
    act->timer = NULL;
    act->happen(act);
}

static void watch(struct act *act)
{
    CHECK_EQUAL(
        loop_watch_timer(act->scene->loop, NS_PER_MS / 2, look, act, &act->timer), 0);
}

static void close_it(struct act *act)
{
    pool_close(act->scene->pool);
    CHECK(pool_is_closed(act->scene->pool));
    pool_close(act->scene->pool);
}

struct round {
    const char *schedule;
    int64_t tasks;
    int workers;
    int64_t chunk; /* 0: the default */
    int64_t max_tasks;
};

static void close_in_between(void *data)
{
    const struct round *round = data;
    struct scene *scene = scene_create(
        &workload_sleep, 1000, round->schedule, round->tasks, round->workers);
    struct act act = {.scene = scene, .from_done = 5, .happen = close_it};
    if (round->chunk > 0)
        scene->setup.loop.chunk = round->chunk;
    scene->setup.max_tasks = round->max_tasks;
    CHECK_EQUAL(scene_start(scene), 0);
    CHECK(!pool_is_closed(scene->pool));
    watch(&act);
    scene_run(scene);
    loop_unwatch(act.timer);
    CHECK(scene_done(scene) >= 5 && scene_done(scene) < round->tasks);
    CHECK_EQUAL(scene_failed(scene) + pool_lost(scene->pool), 0);
    CHECK_EQUAL(scene->count, 0);
    pool_close(scene->pool);
    scene_close(scene);
}

static void what_was_not_begun_is_neither_done_nor_lost(void **state)
{
    static struct round rounds[] = {
        {"static", 5000, 1, 5000, 0},
        {"dynamic", 5000, 3, 1, 0},
        {"dynamic", 5000, 3, 100, 0},
        {"static", 5000, 3, 0, 0},
        {"guided", 5000, 2, 1, 3},
    };
    for (size_t i = 0; i < sizeof rounds / sizeof *rounds; i++)
        scene_guard(close_in_between, &rounds[i], 20);
    (void)state;
}

/* After that nobody takes its place. */
static void close_and_kill(struct act *act)
{
    pool_close(act->scene->pool);
    for (int i = 0; i < 3; i++)
        kill(pool_view(act->scene->pool, i).pid, SIGKILL);
}

static void kill_the_closed(void *data)
{
    struct scene *scene = scene_create(&workload_sleep, 20000, "dynamic", 500, 3);
    struct act act = {.scene = scene, .from_done = 3, .happen = close_and_kill};
    scene->setup.loop.chunk = 10;
    CHECK_EQUAL(scene_start(scene), 0);
    watch(&act);
    scene_run(scene);
    loop_unwatch(act.timer);
    CHECK_EQUAL(scene_count(scene, POOL_REPLACED), 0);
    CHECK_EQUAL(scene_failed(scene) + pool_lost(scene->pool), 0);
    scene_close(scene);
    (void)data;
}

static void who_dies_of_a_closed_pool_is_not_followed(void **state)
{
    scene_guard(kill_the_closed, NULL, 20);
    (void)state;
}

static int warm(struct workload_place *place)
{
    (void)place;
    usleep(20000);
    return 0;
}

static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    result->digest = (uint64_t)index;
    (void)place;
    return 0;
}

static const struct workload_ops warming = {.name = "warm", .warm = warm, .run = run};

static void close_at_the_gate(void *data)
{
    struct scene *scene = scene_create(&warming, 0, "dynamic", 1000, 3);
    CHECK_EQUAL(scene_start(scene), 0);
    pool_close(scene->pool);
    scene_run(scene);
    CHECK_EQUAL(scene_done(scene) + pool_lost(scene->pool), 0);
    scene_close(scene);
    (void)data;
}

static void resume(struct act *act)
{
    pool_resume(act->scene->pool);
}

static void suspend_and_close(struct act *act)
{
    pool_suspend(act->scene->pool);
    pool_close(act->scene->pool);
    CHECK(!*pool_finished(act->scene->pool));
    act->happen = resume;
    watch(act);
}

static void close_the_suspended(void *data)
{
    struct scene *scene = scene_create(&workload_sleep, 1000, "dynamic", 5000, 3);
    struct act act = {.scene = scene, .from_done = 5, .happen = suspend_and_close};
    CHECK_EQUAL(scene_start(scene), 0);
    watch(&act);
    scene_run(scene);
    loop_unwatch(act.timer);
    CHECK(scene_done(scene) < 5000);
    CHECK_EQUAL(scene_failed(scene) + pool_lost(scene->pool), 0);
    scene_close(scene);
    (void)data;
}

static void a_pool_can_be_closed_at_any_time(void **state)
{
    scene_guard(close_at_the_gate, NULL, 20);
    scene_guard(close_the_suspended, NULL, 20);
    (void)state;
}

/* What a body returns by itself, of a pool that is open, is a failure as any other. */
static int cancel(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    if (index % 10 == 0)
        return -ECANCELED;
    return run(place, index, result);
}

static const struct workload_ops canceling = {.name = "cancel", .run = cancel};
static const struct workload_ops canceling_and_telling = {
    .name = "cancel", .tells = true, .run = cancel};

static void cancel_for_nothing(void *data)
{
    const struct workload_ops *ops = data ? &canceling_and_telling : &canceling;
    struct scene *scene = scene_create(ops, 0, "dynamic", 1000, 2);
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, 100);
    scene_close(scene);
}

static void only_a_closed_pool_cancels(void **state)
{
    int any = 0;
    scene_guard(cancel_for_nothing, NULL, 20);
    scene_guard(cancel_for_nothing, &any, 20);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_not_begun_is_neither_done_nor_lost),
        cmocka_unit_test(who_dies_of_a_closed_pool_is_not_followed),
        cmocka_unit_test(a_pool_can_be_closed_at_any_time),
        cmocka_unit_test(only_a_closed_pool_cancels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
