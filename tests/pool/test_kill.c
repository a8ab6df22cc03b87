// SPDX-License-Identifier: MIT
/* kill -9 of random workers at random moments: nothing is lost, done twice, hangs or
 * stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <sys/wait.h>

#include "scene.h"

struct round {
    const struct workload_ops *ops;
    int64_t size;
    const char *schedule;
    int64_t tasks;
    int workers;
    int64_t chunk, grain; /* 0: the default */
    bool grows;
    int kills;
    int64_t kill_every_us; /* on average */
    int64_t max_tasks;     /* 0: without renewal */
    bool ordered;
};

static const struct round rounds[] = {
    {&workload_empty, 0, "dynamic", 1000000, 4, 1, 1, false, 20, 1500, 0, false},
    {&workload_empty, 0, "dynamic", 2000000, 3, 16, 8, false, 20, 1500, 0, false},
    {&workload_empty, 0, "dynamic", 10000000, 4, 0, 1, true, 20, 1500, 0, false},
    {&workload_empty, 0, "static", 1000000, 3, 0, 1, false, 20, 1500, 0, false},
    {&workload_empty, 0, "static", 1000000, 4, 7, 64, false, 20, 1000, 0, false},
    {&workload_spin, 100, "dynamic", 600, 4, 1, 1, false, 20, 2000, 0, false},
    {&workload_spin, 100, "dynamic", 600, 2, 8, 4, false, 20, 2000, 0, false},
    {&workload_spin, 1000, "static", 60, 3, 0, 1, false, 10, 4000, 0, false},
    {&workload_sleep, 1000, "dynamic", 200, 6, 1, 1, false, 20, 2000, 0, false},
    {&workload_sleep, 1000, "static", 150, 6, 0, 2, false, 20, 2000, 0, false},
    {&workload_sleep, 100, "dynamic", 2000, 8, 0, 1, true, 20, 1500, 0, false},
    {&workload_spin, 100, "dynamic", 300, 3, 1, 1, false, 20, 2000, 1, false},
    {&workload_empty, 0, "guided", 400000, 4, 3, 1, false, 20, 1500, 7001, true},
    {&workload_empty, 0, "static", 300, 3, 0, 1, false, 20, 1500, 1, true},
    {&workload_sleep, 100, "cyclic", 900, 4, 2, 2, false, 20, 2000, 7, true},
    {&workload_empty, 0, "pool", 1000000, 4, 0, 16, false, 20, 1500, 0, true},
    {&workload_sleep, 500, "cyclic", 300, 5, 1, 1, false, 20, 1500, 0, false},
};
enum {
    KINDS = sizeof rounds / sizeof *rounds,
    ROUNDS = KINDS * (SANITIZED ? 4 : 12),
    KILLS_MOST = 400
};

struct killer {
    const struct round *round;
    struct scene *scene;
    struct watch *timer;
    uint64_t random;
    int left; /* times to kill */
    struct {
        pid_t pid;
        int worker;
    } killed[KILLS_MOST];
    int count;
};

static int64_t next_random(struct killer *killer, int64_t below)
{
    killer->random = killer->random * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (int64_t)(killer->random >> 33) % below;
}

/* Kills it if it lives; a process that had come to its end before is no case of it. */
static void kill_worker(struct killer *killer, int worker)
{
    siginfo_t info = {0};
    pid_t pid = pool_view(killer->scene->pool, worker).pid;
    if (pid == 0)
        return;
    CHECK_EQUAL(kill(pid, SIGKILL), 0);
    CHECK_EQUAL(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT), 0);
    if (info.si_code == CLD_EXITED)
        return;
    CHECK(killer->count < KILLS_MOST);
    killer->killed[killer->count].pid = pid;
    killer->killed[killer->count++].worker = worker;
}

static void wind_up(struct killer *killer);

static void strike(void *data)
{
    struct killer *killer = data;
    int workers = killer->round->workers;
    loop_unwatch(killer->timer);
    killer->timer = NULL;
    if (next_random(killer, 12) == 0)
        for (int i = 0; i < workers; i++)
            kill_worker(killer, i);
    else
        kill_worker(killer, (int)next_random(killer, workers));
    if (--killer->left > 0)
        wind_up(killer);
}

static void wind_up(struct killer *killer)
{
    int64_t mean_ns = killer->round->kill_every_us * NS_PER_US;
    CHECK_EQUAL(loop_watch_timer(killer->scene->loop,
                    1 + next_random(killer, 2 * mean_ns), strike, killer, &killer->timer),
        0);
}

static void check_a_death_is_told_once(const struct killer *killer)
{
    const struct scene *scene = killer->scene;
    CHECK_EQUAL(scene_count(scene, POOL_KILLED), killer->count);
    CHECK_EQUAL(scene_count(scene, POOL_LEFT), 0);
    CHECK_EQUAL(scene_count(scene, POOL_REFUSED), 0);
    CHECK(scene_count(scene, POOL_REPLACED) <= killer->count);
    for (int i = 0; i < killer->count; i++) {
        int told = 0;
        for (int j = 0; j < scene->count; j++) {
            const struct pool_event *event = &scene->events[j];
            if (event->kind != POOL_KILLED || event->pid != killer->killed[i].pid)
                continue;
            told++;
            CHECK_EQUAL(event->status, SIGKILL);
            CHECK_EQUAL(event->worker, killer->killed[i].worker);
            CHECK(event->index >= -1 && event->index < scene->setup.loop.tasks);
        }
        CHECK_EQUAL(told, 1);
    }
}

/* As long as half of the loop is not done there are tasks to take, or in the dead one's
 * hand. */
static void see_replacement(struct scene *scene, const struct pool_event *event)
{
    int64_t *half_done = scene->data;
    struct pool_progress progress = pool_progress(scene->pool);
    if (event->kind == POOL_KILLED)
        half_done[event->worker] = progress.done > scene->setup.loop.tasks / 2;
    for (int i = scene->count - 2; i >= 0; i--) {
        if (scene->events[i].worker != event->worker)
            continue;
        if (scene->events[i].kind == POOL_KILLED && !half_done[event->worker])
            CHECK_EQUAL(event->kind, POOL_REPLACED);
        break;
    }
}

static void play(void *data)
{
    struct killer *killer = data;
    const struct round *round = killer->round;
    int64_t half_done[64] = {0};
    struct scene *scene = scene_create(
        round->ops, round->size, round->schedule, round->tasks, round->workers);
    killer->scene = scene;
    scene->data = half_done;
    scene->setup.retries = 200;
    scene->setup.grain = round->grain;
    scene->setup.grain_grows = scene->setup.chunk_grows = round->grows;
    if (round->chunk > 0)
        scene->setup.loop.chunk = round->chunk;
    struct order_run back = {round->tasks / 3, round->tasks - round->tasks / 3, 1};
    struct order *order = order_create(round->tasks, 1, &back);
    scene->setup.order = round->ordered ? order : NULL;
    scene->setup.max_tasks = round->max_tasks;
    CHECK_EQUAL(scene_start(scene), 0);
    scene->on_event = see_replacement;
    wind_up(killer);
    scene_run(scene);
    loop_unwatch(killer->timer);
    scene_check_whole(scene, 0);
    check_a_death_is_told_once(killer);
    scene_close(scene);
    order_destroy(order);
}

static void random_kills_lose_nothing(void **state)
{
    for (int i = 0; i < ROUNDS; i++) {
        struct killer killer = {
            .round = &rounds[i % KINDS], .random = (uint64_t)i * 7919 + 1, .left = 1};
        killer.left = killer.round->kills;
        scene_guard(play, &killer, 30);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_kills_lose_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
