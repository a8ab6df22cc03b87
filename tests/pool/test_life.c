// SPDX-License-Identifier: MIT
/* A pool from its start to its end, or to an end before that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "scene.h"

struct life {
    const struct workload_ops *ops;
    int64_t size;
    const char *schedule;
    int64_t tasks;
    int workers;
    int64_t chunk, grain; /* 0: the default */
    bool grows;
};

static struct scene *set_up(const struct life *life)
{
    struct scene *scene =
        scene_create(life->ops, life->size, life->schedule, life->tasks, life->workers);
    scene->setup.grain = life->grain > 0 ? life->grain : 1;
    scene->setup.grain_grows = scene->setup.chunk_grows = life->grows;
    if (life->chunk > 0)
        scene->setup.loop.chunk = life->chunk;
    return scene;
}

static void live(void *data)
{
    const struct life *life = data;
    struct scene *scene = set_up(life);
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, 0);
    CHECK_EQUAL(scene->count, 0);
    CHECK_EQUAL(pool_retried(scene->pool), 0);
    for (int i = 0; i < life->workers; i++)
        CHECK(pool_totals(scene->pool, i).ran);
    scene_close(scene);
}

static void undisturbed_ones_do_every_task_once(void **state)
{
    static const struct life lives[] = {
        {&workload_empty, 0, "dynamic", 1, 1, 0, 0, false},
        {&workload_empty, 0, "dynamic", 1, 8, 0, 0, true},
        {&workload_empty, 0, "static", 3, 8, 0, 0, false},
        {&workload_empty, 0, "dynamic", 100003, 5, 7, 3, false},
        {&workload_empty, 0, "static", 100003, 5, 0, 64, true},
        {&workload_spin, 100, "dynamic", 50, 3, 4, 2, false},
        {&workload_sleep, 1000, "dynamic", 400, 100, 1, 1, false},
        {&workload_sleep, 1000, "static", 250, 100, 0, 1, false},
    };
    for (size_t i = 0; i < sizeof lives / sizeof *lives; i++) {
        struct life life = lives[i];
        scene_guard(live, &life, 20);
    }
    (void)state;
}

static void run_a_hundred_million(void *data)
{
    (void)data;
    struct life life = {&workload_empty, 0, "dynamic", 100000000, 2, 0, 1, true};
    struct scene *scene = set_up(&life);
    size_t count;
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, 0);
    pool_records(scene->pool, &count);
    CHECK(count <= TABLE_RECORDS);
    CHECK(sizeof(struct table) + 4096 * sizeof(struct table_slot) <= 64 << 20);
    for (int i = 0; i < 2; i++)
        CHECK(pool_totals(scene->pool, i).largest_chunk <= 100000000 / (32 * 2));
    scene_close(scene);
}

static void a_hundred_million_tasks_fit(void **state)
{
    scene_guard(run_a_hundred_million, NULL, 60);
    (void)state;
}

/* For timers: what to do once, and when. */
struct plan {
    struct scene *scene;
    struct watch *timer;
    int64_t seen;
};

static void set_timer(struct plan *plan, int64_t after_ns, loop_callback *callback)
{
    loop_unwatch(plan->timer);
    CHECK_EQUAL(
        loop_watch_timer(plan->scene->loop, after_ns, callback, plan, &plan->timer), 0);
}

static void stop_now(void *data)
{
    struct plan *plan = data;
    loop_unwatch(plan->timer);
    plan->timer = NULL;
    pool_stop(plan->scene->pool);
    pool_stop(plan->scene->pool);
}

static void stop_on_the_way(void *data)
{
    const struct life *life = data;
    for (int64_t after_us = 1; after_us < 20000; after_us = after_us * 2 + 300) {
        struct scene *scene = set_up(life);
        struct plan plan = {.scene = scene};
        CHECK_EQUAL(scene_start(scene), 0);
        set_timer(&plan, after_us * NS_PER_US, stop_now);
        scene_run(scene);
        CHECK(plan.timer == NULL);
        CHECK(scene_done(scene) < life->tasks);
        CHECK_EQUAL(scene_failed(scene), 0);
        CHECK_EQUAL(scene->count, 0);
        CHECK_EQUAL(pool_lost(scene->pool), 0);
        scene_close(scene);
    }
}

static void a_stop_leaves_nothing_and_totals_agree(void **state)
{
    static const struct life lives[] = {
        {&workload_empty, 0, "dynamic", INT64_C(1000000000000), 3, 1, 1, true},
        {&workload_empty, 0, "static", INT64_C(1000000000000), 3, 0, 16, false},
        {&workload_spin, 1000, "dynamic", 1000000, 4, 1, 1, false},
        {&workload_sleep, 1000000, "static", 1000000, 10, 0, 1, false},
    };
    for (size_t i = 0; i < sizeof lives / sizeof *lives; i++) {
        struct life life = lives[i];
        scene_guard(stop_on_the_way, &life, 20);
    }
    (void)state;
}

static void stop_at_death(struct scene *scene, const struct pool_event *event)
{
    CHECK_EQUAL(event->kind, POOL_KILLED);
    pool_stop(scene->pool);
}

/* As soon as all of them have a task in hand. */
static void kill_one(void *data)
{
    struct plan *plan = data;
    struct pool *pool = plan->scene->pool;
    for (int i = 0; i < plan->scene->setup.loop.workers; i++)
        if (pool_view(pool, i).index < 0)
            return;
    pid_t pid = pool_view(pool, 1).pid;
    loop_unwatch(plan->timer);
    plan->timer = NULL;
    plan->seen = clock_now_ns();
    if (pid > 0) /* it may have ended meanwhile */
        CHECK_EQUAL(kill(pid, SIGKILL), 0);
}

static void stop_from_an_event(void *data)
{
    const struct life *life = data;
    struct scene *scene = set_up(life);
    struct plan plan = {.scene = scene};
    CHECK_EQUAL(scene_start(scene), 0);
    scene->on_event = stop_at_death;
    set_timer(&plan, 5 * NS_PER_MS, kill_one);
    scene_run(scene);
    CHECK_EQUAL(scene->count, 1);
    scene_close(scene);
}

static void whoever_is_told_of_a_death_may_stop_the_pool(void **state)
{
    struct life life = {&workload_sleep, 1000000, "dynamic", 100, 3, 1, 1, false};
    scene_guard(stop_from_an_event, &life, 10);
    life.schedule = "static";
    scene_guard(stop_from_an_event, &life, 10);
    (void)state;
}

/* The others are in the middle of their first tasks when a death is told. */
static void be_told_at_once(struct scene *scene, const struct pool_event *event)
{
    const struct plan *plan = scene->data;
    if (event->kind != POOL_KILLED)
        return;
    CHECK_EQUAL(event->worker, 1);
    CHECK(event->time_ns >= plan->seen);
    CHECK_EQUAL(event->index, scene->setup.schedule->shared ? event->index : 2);
    CHECK_EQUAL(pool_progress(scene->pool).done, 0);
    CHECK_EQUAL(pool_progress(scene->pool).running, 2);
}

static void wait_for_a_death(void *data)
{
    const struct life *life = data;
    struct scene *scene = set_up(life);
    struct plan plan = {.scene = scene};
    CHECK_EQUAL(scene_start(scene), 0);
    scene->on_event = be_told_at_once;
    scene->data = &plan;
    set_timer(&plan, 50 * NS_PER_MS, kill_one);
    scene_run(scene);
    scene_check_whole(scene, 0);
    CHECK_EQUAL(scene->count, 2);
    CHECK_EQUAL(scene->events[1].kind, POOL_REPLACED);
    CHECK_EQUAL(scene->events[1].worker, 1);
    CHECK(scene->events[1].pid != scene->events[0].pid);
    CHECK_EQUAL(scene->events[1].pid, pool_totals(scene->pool, 1).pid);
    scene_close(scene);
}

static void a_death_is_told_while_the_others_work(void **state)
{
    struct life life = {&workload_sleep, 600000, "dynamic", 4, 3, 1, 1, false};
    scene_guard(wait_for_a_death, &life, 20);
    life.schedule = "static";
    scene_guard(wait_for_a_death, &life, 20);
    (void)state;
}

static void go_on(void *data)
{
    struct plan *plan = data;
    CHECK_EQUAL(pool_progress(plan->scene->pool).done, plan->seen);
    loop_unwatch(plan->timer);
    plan->timer = NULL;
    pool_resume(plan->scene->pool);
}

static void look(void *data)
{
    struct plan *plan = data;
    plan->seen = pool_progress(plan->scene->pool).done;
    CHECK(plan->seen < plan->scene->setup.loop.tasks);
    set_timer(plan, 60 * NS_PER_MS, go_on);
}

static void hold(void *data)
{
    struct plan *plan = data;
    pool_suspend(plan->scene->pool);
    set_timer(plan, 20 * NS_PER_MS, look);
}

static void suspend_and_resume(void *data)
{
    struct scene *scene = set_up(data);
    struct plan plan = {.scene = scene, .seen = -1};
    CHECK_EQUAL(scene_start(scene), 0);
    set_timer(&plan, 5 * NS_PER_MS, hold);
    scene_run(scene);
    CHECK(plan.seen >= 0 && plan.timer == NULL);
    scene_check_whole(scene, 0);
    CHECK_EQUAL(scene->count, 0);
    CHECK(pool_finished_ns(scene->pool) - pool_started_ns(scene->pool) >= 85 * NS_PER_MS);
    scene_close(scene);
}

static void suspended_ones_rest_and_go_on(void **state)
{
    struct life life = {&workload_spin, 1000, "dynamic", 1000, 3, 1, 1, false};
    scene_guard(suspend_and_resume, &life, 20);
    life.ops = &workload_sleep;
    life.schedule = "static";
    scene_guard(suspend_and_resume, &life, 20);
    (void)state;
}

static void hold_and_stop(void *data)
{
    struct plan *plan = data;
    pool_suspend(plan->scene->pool);
    set_timer(plan, 5 * NS_PER_MS, stop_now);
}

static void stop_suspended(void *data)
{
    struct scene *scene = set_up(data);
    struct plan plan = {.scene = scene};
    CHECK_EQUAL(scene_start(scene), 0);
    set_timer(&plan, 5 * NS_PER_MS, hold_and_stop);
    scene_run(scene);
    scene_close(scene);
}

static void suspended_ones_can_be_stopped(void **state)
{
    struct life life = {&workload_spin, 1000, "dynamic", 100000, 3, 1, 1, false};
    scene_guard(stop_suspended, &life, 10);
    (void)state;
}

/* Of static blocks, one task at a time: what a worker has in hand follows what it has
 * done, until there is no more; what is read need not be of one moment. */
static void look_at_hands(void *data)
{
    struct plan *plan = data;
    int64_t block = plan->scene->setup.loop.chunk, tasks = plan->scene->setup.loop.tasks;
    for (int i = 0; i < plan->scene->setup.loop.workers; i++) {
        struct pool_view before = pool_view(plan->scene->pool, i);
        struct pool_view view = pool_view(plan->scene->pool, i);
        int64_t begin = i * block, end = begin + block < tasks ? begin + block : tasks;
        CHECK(view.index >= -1);
        if (view.index >= 0)
            CHECK(view.index >= begin + before.done && view.index < end);
        if (view.pid == 0)
            CHECK(view.index == -1);
        plan->seen += view.index >= 0;
    }
}

static void name_hands(void *data)
{
    const struct life *life = data;
    struct scene *scene = set_up(life);
    struct plan plan = {.scene = scene};
    CHECK_EQUAL(scene_start(scene), 0);
    set_timer(&plan, 7 * NS_PER_MS, look_at_hands);
    scene_run(scene);
    look_at_hands(&plan);
    CHECK(plan.seen > 0);
    scene_check_whole(scene, 0);
    scene_close(scene);
}

static void what_a_worker_has_in_hand_is_seen(void **state)
{
    static const struct life lives[] = {
        {&workload_sleep, 20000, "static", 18, 2, 0, 1, false},
        {&workload_sleep, 3000, "static", 110, 3, 0, 1, false},
        {&workload_spin, 10, "static", 50000, 2, 0, 1, false},
    };
    for (size_t i = 0; i < sizeof lives / sizeof *lives; i++) {
        struct life life = lives[i];
        scene_guard(name_hands, &life, 20);
    }
    (void)state;
}

/* The task that killed one is the first that its successor has in hand. */
static void see_it_again(struct scene *scene, const struct pool_event *event)
{
    struct plan *plan = scene->data;
    if (event->kind == POOL_KILLED)
        plan->seen = event->index;
}

static void look_at_successor(void *data)
{
    struct plan *plan = data;
    struct pool_view view = pool_view(plan->scene->pool, 1);
    if (plan->scene->count < 2 || view.index < 0 || *pool_finished(plan->scene->pool))
        return;
    CHECK_EQUAL(view.index, plan->seen);
    CHECK_EQUAL(view.done, 0);
    CHECK(view.ended_cpu_ns >= 0);
    pool_stop(plan->scene->pool);
}

static void name_hand_of_successor(void *data)
{
    const struct life *life = data;
    struct scene *scene = set_up(life);
    struct plan plan = {.scene = scene}, other = {.scene = scene};
    scene->data = &plan;
    scene->on_event = see_it_again;
    CHECK_EQUAL(scene_start(scene), 0);
    set_timer(&other, 100 * NS_PER_MS, kill_one);
    set_timer(&plan, 30 * NS_PER_MS, look_at_successor);
    scene_run(scene);
    CHECK_EQUAL(scene_count(scene, POOL_REPLACED), 1);
    scene_close(scene);
}

static void a_successor_has_the_same_task_in_hand(void **state)
{
    struct life life = {&workload_sleep, 60000000, "dynamic", 6, 2, 2, 1, false};
    scene_guard(name_hand_of_successor, &life, 10);
    life.schedule = "static";
    scene_guard(name_hand_of_successor, &life, 10);
    (void)state;
}

enum { SLEEPERS = 8 };

/* Runs until it is killed; its workers' numbers go through the pipe. */
static _Noreturn void sleep_for_ever(int output)
{
    struct life life = {
        &workload_sleep, 1000000000, "dynamic", 100, SLEEPERS, 1, 1, false};
    struct scene *scene = set_up(&life);
    CHECK_EQUAL(scene_start(scene), 0);
    for (int i = 0; i < SLEEPERS; i++) {
        pid_t pid = pool_view(scene->pool, i).pid;
        CHECK_EQUAL(write(output, &pid, sizeof pid), sizeof pid);
    }
    scene_run(scene);
    _exit(EXIT_SUCCESS);
}

static void workers_do_not_survive_their_parent(void **state)
{
    int numbers[2];
    struct pollfd workers[SLEEPERS];
    assert_int_equal(pipe(numbers), 0);
    fflush(NULL);
    pid_t parent = fork();
    if (parent == 0)
        sleep_for_ever(numbers[1]);
    close(numbers[1]);
    for (int i = 0; i < SLEEPERS; i++) {
        pid_t pid = 0;
        assert_int_equal(read(numbers[0], &pid, sizeof pid), sizeof pid);
        workers[i].fd = (int)syscall(SYS_pidfd_open, pid, 0);
        workers[i].events = POLLIN;
        assert_true(workers[i].fd >= 0);
    }
    assert_int_equal(poll(workers, SLEEPERS, 0), 0);
    kill(parent, SIGKILL);
    waitpid(parent, NULL, 0);
    int64_t limit_ns = clock_now_ns() + 20 * NS_PER_S;
    for (int i = 0; i < SLEEPERS; i++) {
        int64_t left_ms = (limit_ns - clock_now_ns()) / NS_PER_MS;
        assert_int_equal(poll(&workers[i], 1, left_ms > 0 ? (int)left_ms : 0), 1);
        close(workers[i].fd);
    }
    close(numbers[0]);
    (void)state;
}

static int count_descriptors(void)
{
    int count = 0;
    DIR *folder = opendir("/proc/self/fd");
    CHECK(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

static void open_and_close_many(void *data)
{
    (void)data;
    int before = count_descriptors();
    for (int i = 0; i < 50; i++) {
        struct life life = {&workload_sleep, 100, "dynamic", 1000, 4, 1, 1, false};
        struct scene *scene = set_up(&life);
        struct plan plan = {.scene = scene};
        CHECK_EQUAL(scene_start(scene), 0);
        set_timer(&plan, 5 * NS_PER_MS, i % 2 ? kill_one : stop_now);
        scene_run(scene);
        loop_unwatch(plan.timer);
        scene_close(scene);
    }
    CHECK_EQUAL(count_descriptors(), before);
}

static void no_descriptor_is_left_open(void **state)
{
    scene_guard(open_and_close_many, NULL, 60);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(undisturbed_ones_do_every_task_once),
        cmocka_unit_test(a_hundred_million_tasks_fit),
        cmocka_unit_test(a_stop_leaves_nothing_and_totals_agree),
        cmocka_unit_test(whoever_is_told_of_a_death_may_stop_the_pool),
        cmocka_unit_test(a_death_is_told_while_the_others_work),
        cmocka_unit_test(suspended_ones_rest_and_go_on),
        cmocka_unit_test(suspended_ones_can_be_stopped),
        cmocka_unit_test(what_a_worker_has_in_hand_is_seen),
        cmocka_unit_test(a_successor_has_the_same_task_in_hand),
        cmocka_unit_test(workers_do_not_survive_their_parent),
        cmocka_unit_test(no_descriptor_is_left_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
