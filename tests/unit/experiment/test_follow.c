// SPDX-License-Identifier: MIT
#include "experiment/follow.h"

#include <sched.h>
#include <time.h>

#include "ground.h"

enum { PATIENCE = 500 }; /* looks */

/* A pool that is looked at every 20 ms, for a while or until it ends. */
struct place {
    struct ground ground;
    struct pool *pool;
    struct follow *follow;
    int looks, until, tasks_seen;
    double most_own_cpus;
    bool over, killed;
};

static int64_t now_of(const struct place *place)
{
    return clock_now_ns() - pool_started_ns(place->pool);
}

static void look(void *data)
{
    struct place *place = data;
    const struct scene_worker *workers = follow_workers(place->follow);
    int64_t tasks = place->ground.setup.loop.tasks;
    follow_look(place->follow, place->pool, now_of(place), &place->ground.result);
    for (int i = 0; i < place->ground.setup.loop.workers; i++) {
        assert_int_equal(workers[i].worker, i);
        assert_true(workers[i].index >= -1 && workers[i].index < tasks);
        assert_true(workers[i].cpu_share == -1 || workers[i].cpu_share >= 0);
        place->tasks_seen += workers[i].index >= 0;
    }
    if (follow_own_cpus(place->follow) > place->most_own_cpus)
        place->most_own_cpus = follow_own_cpus(place->follow);
    place->over = ++place->looks >= place->until || *pool_finished(place->pool);
}

static void run(struct place *place, int workers, bool cpus_shown)
{
    struct fault fault = {0};
    struct ground *ground = &place->ground;
    struct watch *ticker;
    ground->setup.loop.workers = workers;
    struct pool_setup setup = {.job = &ground->job,
        .loop = ground->setup.loop,
        .schedule = ground->setup.schedule,
        .grain = 1,
        .retries = 1,
        .events = ground->events};
    place->follow = follow_create(workers, cpus_shown);
    assert_int_equal(
        loop_watch_timer(ground->events, 20 * NS_PER_MS, look, place, &ticker), 0);
    if (pool_create(&setup, &place->pool, &fault) < 0)
        fail_msg("%s", fault.text);
    assert_int_equal(loop_run(ground->events, &place->over), 0);
    loop_unwatch(ticker);
}

static void finish(struct place *place)
{
    follow_destroy(place->follow);
    pool_destroy(place->pool);
    ground_finish(&place->ground);
}

static void what_a_worker_does_is_seen(void **state)
{
    struct place place = {.until = 40};
    ground_init(&place.ground, "sleep", 50000, 1000);
    run(&place, 2, true);
    const struct scene_worker *workers = follow_workers(place.follow);
    for (int i = 0; i < 2; i++) {
        struct pool_view view = pool_view(place.pool, i);
        assert_int_equal(workers[i].pid, view.pid);
        assert_true(kill(workers[i].pid, 0) == 0);
        assert_true(workers[i].cpu >= 0);
        assert_true(workers[i].done > 0);
        assert_true(workers[i].cpu_share >= 0 && workers[i].cpu_share < 0.5);
    }
    assert_true(workers[0].index != workers[1].index);
    assert_true(place.tasks_seen > place.looks); /* out of twice as many */
    assert_true(follow_own_cpus(place.follow) >= 0);
    assert_true(follow_own_cpus(place.follow) < 1); /* they sleep */
    assert_true(place.ground.result.move_count >= 2);
    finish(&place);
    (void)state;
}

/* The order of the first look is their number's; what they do is not known before. */
static void before_the_first_look_nothing_is_known(void **state)
{
    struct follow *follow = follow_create(3, true);
    const struct scene_worker *workers = follow_workers(follow);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(workers[i].worker, i);
        assert_int_equal(workers[i].pid, 0);
        assert_int_equal(workers[i].cpu, -1);
        assert_int_equal(workers[i].index, -1);
        assert_int_equal(workers[i].done, 0);
        assert_true(workers[i].cpu_share == -1);
    }
    assert_true(follow_own_cpus(follow) == -1);
    follow_destroy(follow);
    follow_destroy(NULL);
    (void)state;
}

static void a_worker_that_computes_has_a_cpu(void **state)
{
    struct place place = {.until = 40};
    ground_init(&place.ground, "spin", 5000, 1000000);
    run(&place, 1, true);
    const struct scene_worker *worker = follow_workers(place.follow);
    assert_true(worker->cpu_share > 0.05 && worker->cpu_share < 1.1);
    assert_true(place.most_own_cpus > 0.05 && place.most_own_cpus < 1.3);
    finish(&place);
    (void)state;
}

/* Their clocks are known all the same, but not on which of the CPUs shown. */
static void on_a_simulated_machine_no_cpu_is_named(void **state)
{
    struct place place = {.until = 15};
    ground_init(&place.ground, "spin", 1000, 1000000);
    run(&place, 2, false);
    const struct scene_worker *workers = follow_workers(place.follow);
    assert_int_equal(workers[0].cpu, -1);
    assert_int_equal(workers[1].cpu, -1);
    assert_true(workers[0].done + workers[1].done > 0);
    assert_true(workers[0].cpu_share >= 0);
    assert_true(place.most_own_cpus <= 0 && follow_own_cpus(place.follow) == -1);
    assert_int_equal(place.ground.result.move_count, 0);
    finish(&place);
    (void)state;
}

static void once_they_have_ended_their_last_cpu_stays(void **state)
{
    struct place place = {.until = 1000000};
    ground_init(&place.ground, "sleep", 20000, 8);
    run(&place, 2, true);
    look(&place);
    const struct scene_worker *workers = follow_workers(place.follow);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(workers[i].pid, 0);
        assert_int_equal(workers[i].index, -1);
        assert_true(workers[i].cpu >= 0);
    }
    assert_int_equal(workers[0].done + workers[1].done, 8);
    finish(&place);
    (void)state;
}

/* One that computes for longer than a second is looked up, and its move is noted once. */
static void a_worker_in_a_long_task_is_looked_up(void **state)
{
    struct place place = {.until = 70};
    cpu_set_t before, last;
    ground_init(&place.ground, "sleep", 60000000, 2);
    assert_int_equal(sched_getaffinity(0, sizeof before, &before), 0);
    if (CPU_COUNT(&before) < 2 || CPU_COUNT(&before) > 64) {
        finish(&place);
        skip();
    }
    run(&place, 1, true);
    pid_t pid = follow_workers(place.follow)->pid;
    int cpu = follow_workers(place.follow)->cpu, other = 0;
    while (other == cpu || !CPU_ISSET(other, &before))
        other++;
    CPU_ZERO(&last);
    CPU_SET(other, &last);
    assert_int_equal(sched_setaffinity(pid, sizeof last, &last), 0);
    kill(pid, SIGSTOP); /* and so it wakes up there */
    kill(pid, SIGCONT);
    struct timespec rest = clock_timespec(20 * NS_PER_MS);
    for (int i = 0; i < PATIENCE && follow_workers(place.follow)->cpu != other; i++) {
        nanosleep(&rest, NULL);
        look(&place);
    }
    assert_int_equal(follow_workers(place.follow)->cpu, other);
    assert_int_equal(place.ground.result.move_count, 2);
    finish(&place);
    (void)state;
}

/* Their clocks are read in parts; all of them together are known once each was. */
static void many_workers_are_followed_too(void **state)
{
    struct place place = {.until = 40};
    ground_init(&place.ground, "sleep", 100000, 1000000);
    run(&place, 300, true);
    const struct scene_worker *workers = follow_workers(place.follow);
    int running = 0, known = 0;
    for (int i = 0; i < 300; i++) {
        running += workers[i].pid > 0;
        known += workers[i].cpu_share >= 0;
    }
    assert_true(running > 0);
    assert_int_equal(known, 300);
    assert_true(follow_own_cpus(place.follow) >= 0);
    finish(&place);
    (void)state;
}

static void kill_first(void *data)
{
    struct place *place = data;
    if (place->killed || place->looks < 15)
        return;
    place->killed = true;
    kill(follow_workers(place->follow)[0].pid, SIGKILL);
}

/* What a killed process had computed is not forgotten. */
static void a_successor_carries_on_its_predecessor_s_count(void **state)
{
    struct place place = {.until = 40};
    struct watch *timer;
    ground_init(&place.ground, "spin", 1000, 1000000);
    assert_int_equal(
        loop_watch_timer(place.ground.events, 10 * NS_PER_MS, kill_first, &place, &timer),
        0);
    run(&place, 1, true);
    const struct scene_worker *worker = follow_workers(place.follow);
    assert_true(place.killed);
    assert_true(worker->pid > 0);
    assert_true(worker->done > 0);
    assert_true(worker->cpu_share > 0.05 && worker->cpu_share < 1.1);
    assert_true(place.most_own_cpus < 2);
    finish(&place);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_the_first_look_nothing_is_known),
        cmocka_unit_test(what_a_worker_does_is_seen),
        cmocka_unit_test(a_worker_that_computes_has_a_cpu),
        cmocka_unit_test(on_a_simulated_machine_no_cpu_is_named),
        cmocka_unit_test(once_they_have_ended_their_last_cpu_stays),
        cmocka_unit_test(a_worker_in_a_long_task_is_looked_up),
        cmocka_unit_test(many_workers_are_followed_too),
        cmocka_unit_test(a_successor_carries_on_its_predecessor_s_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
