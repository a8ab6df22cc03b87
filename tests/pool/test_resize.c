// SPDX-License-Identifier: MIT
/* A pool that gets more workers, or fewer, while it works. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>

#include "scene.h"

enum { ROOM = 5 };

struct play {
    int64_t tasks, chunk;
    int workers;
    const int *acts; /* so many workers, one after the other; ended by 0 */
    bool settles;    /* the next comes when so many are running */
    int kills;
    bool suspends;
    struct scene *scene;
    uint64_t random;
    int most; /* that were running */
};

static int64_t next_random(struct play *play)
{
    play->random = play->random * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (int64_t)(play->random >> 33);
}

static void kill_somebody(struct play *play)
{
    pid_t pid = pool_view(play->scene->pool, (int)(next_random(play) % ROOM)).pid;
    if (pid > 0 && play->kills-- > 0)
        kill(pid, SIGKILL);
}

static void act(void *data)
{
    struct play *play = data;
    struct pool *pool = play->scene->pool;
    int running = pool_progress(pool).running;
    if (running > play->most)
        play->most = running;
    if (play->kills > 0)
        kill_somebody(play);
    if (play->settles && running != pool_workers(pool))
        return;
    if (*play->acts == 0)
        return;
    if (play->suspends)
        pool_suspend(pool);
    pool_set_workers(pool, *play->acts);
    CHECK_EQUAL(pool_workers(pool), *play->acts > ROOM ? ROOM : *play->acts);
    if (play->suspends)
        pool_resume(pool);
    play->acts++;
}

static void play_through(void *data)
{
    struct play *play = data;
    struct scene *scene =
        scene_create(&workload_sleep, 500, "dynamic", play->tasks, play->workers);
    struct watch *timer;
    play->scene = scene;
    scene->setup.room = ROOM;
    scene->setup.retries = 200;
    scene->setup.loop.chunk = play->chunk;
    CHECK_EQUAL(scene_start(scene), 0);
    CHECK_EQUAL(pool_workers(scene->pool), play->workers);
    CHECK_EQUAL(loop_watch_timer(scene->loop, 3 * NS_PER_MS, act, play, &timer), 0);
    scene_run(scene);
    loop_unwatch(timer);
    CHECK_EQUAL(*play->acts, 0);
    scene_check_whole(scene, 0);
    if (scene_count(scene, POOL_KILLED) == 0)
        CHECK_EQUAL(scene->count, 0);
    if (play->settles)
        CHECK_EQUAL(play->most, ROOM);
    scene_close(scene);
}

static void workers_come_and_go(void **state)
{
    static const int up[] = {ROOM, 0}, down_and_up[] = {1, ROOM, 2, ROOM + 3, 1, 0};
    static const int many[] = {1, 5, 2, 4, 1, 3, 1, 5, 1, 2, 4, 1, 5, 1, 0};
    struct play plays[] = {
        {.tasks = 600, .chunk = 1, .workers = 1, .acts = up, .settles = true},
        {.tasks = 1200, .chunk = 1, .workers = 3, .acts = down_and_up, .settles = true},
        {.tasks = 1800, .chunk = 40, .workers = 3, .acts = down_and_up, .settles = true},
        {.tasks = 1800, .chunk = 40, .workers = 2, .acts = many},
        {.tasks = 1800, .chunk = 3, .workers = 5, .acts = many, .suspends = true},
        {.tasks = 1800,
            .chunk = 30,
            .workers = 3,
            .acts = many,
            .kills = 12,
            .random = 3},
        {.tasks = 1800, .chunk = 1, .workers = 5, .acts = many, .kills = 20, .random = 4},
    };
    for (size_t i = 0; i < sizeof plays / sizeof *plays; i++)
        scene_guard(play_through, &plays[i], 30);
    (void)state;
}

static void end_supply(void *data)
{
    struct scene *scene = data;
    struct pool_progress progress = pool_progress(scene->pool);
    if (progress.done == 400 && progress.running == 1)
        pool_supply(scene->pool, 400, true);
}

/* Those that leave give back what they have taken, though those that stay do not end. */
static void give_back(void *data)
{
    const bool *starved = data;
    struct watch *timer;
    struct scene *scene = scene_create(&workload_sleep, 500, "dynamic", 400, 4);
    scene->setup.loop.chunk = 50;
    scene->setup.supplied = true;
    CHECK_EQUAL(scene_start(scene), 0);
    pool_supply(scene->pool, 400, false);
    while (!*starved && pool_progress(scene->pool).claimed < 200)
        usleep(500);
    while (*starved && pool_progress(scene->pool).done < 400)
        usleep(500);
    pool_set_workers(scene->pool, 1);
    CHECK_EQUAL(pool_workers(scene->pool), 1);
    CHECK_EQUAL(loop_watch_timer(scene->loop, NS_PER_MS, end_supply, scene, &timer), 0);
    scene_run(scene);
    loop_unwatch(timer);
    scene_check_whole(scene, 0);
    CHECK_EQUAL(scene->count, 0);
    scene_close(scene);
}

static void who_leaves_gives_back_what_it_took(void **state)
{
    bool starved[] = {false, true};
    scene_guard(give_back, &starved[0], 20);
    scene_guard(give_back, &starved[1], 20);
    (void)state;
}

static void resize_fixed(void *data)
{
    struct scene *scene = scene_create(&workload_sleep, 500, "static", 60, 3);
    scene->setup.room = ROOM;
    CHECK_EQUAL(scene_start(scene), 0);
    pool_set_workers(scene->pool, ROOM);
    CHECK_EQUAL(pool_workers(scene->pool), 3);
    pool_set_workers(scene->pool, 1);
    CHECK_EQUAL(pool_workers(scene->pool), 3);
    scene_run(scene);
    scene_check_whole(scene, 0);
    scene_close(scene);
    (void)data;
}

static void a_fixed_schedule_keeps_its_workers(void **state)
{
    scene_guard(resize_fixed, NULL, 20);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workers_come_and_go),
        cmocka_unit_test(who_leaves_gives_back_what_it_took),
        cmocka_unit_test(a_fixed_schedule_keeps_its_workers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
