// SPDX-License-Identifier: MIT
/* Workers that warm up behind a gate, and one that prepares the loop for all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include "pool/worker.h"
#include "scene.h"

enum { PREPARED = 4711, OWN_SIZE = 1 << 16, NEVER_GIVEN_UP = 9, GIVEN_UP = 10 };

/* What happens in one of the two hooks, to the first so many processes. */
enum mishap { NO_MISHAP, KILL, LEAVE, RETURN };

struct hook {
    enum mishap mishap;
    int worker; /* whom it happens to; -1: all */
    int times;
    int64_t lasts_us;
    _Atomic int begun, ended; /* by all processes */
    _Atomic int of[8];        /* begun by each worker */
};

/* Shared with the workers. */
static struct book {
    struct hook warm, prepare;
    _Atomic int64_t last_warm_ns; /* when the last one was warm */
    _Atomic int unready;          /* tasks that were begun too early */
} * book;

struct hall {
    _Atomic int64_t ready, zero;
};

static int meet(struct hook *hook, const struct workload_place *place)
{
    int before = atomic_fetch_add(&hook->of[place->worker], 1);
    hook->begun++;
    if (hook->lasts_us > 0)
        usleep((useconds_t)hook->lasts_us);
    bool struck =
        before < hook->times && (hook->worker < 0 || hook->worker == place->worker);
    if (struck && hook->mishap == KILL)
        raise(SIGKILL);
    if (struck && hook->mishap == LEAVE)
        _exit(EXIT_SUCCESS);
    if (struck && hook->mishap == RETURN)
        return -EIO;
    hook->ended++;
    return 0;
}

static int warm(struct workload_place *place)
{
    int error = meet(&book->warm, place);
    if (error < 0)
        return error;
    place->own = malloc(OWN_SIZE);
    if (!place->own)
        return -ENOMEM;
    memset(place->own, 1, OWN_SIZE);
    book->last_warm_ns = clock_now_ns();
    return 0;
}

static int prepare(const struct workload_place *place)
{
    struct hall *hall = place->shared;
    if (place->worker != 0 || hall->zero != 0 || hall->ready != 0)
        return -EINVAL;
    int error = meet(&book->prepare, place);
    if (error == 0)
        hall->ready = PREPARED;
    return error;
}

static size_t hall_size(const struct workload_job *job)
{
    (void)job;
    return sizeof(struct hall);
}

static int run_ready(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    const struct hall *hall = place->shared;
    const struct workload_ops *ops = place->job->ops;
    const char *own = place->own;
    bool warmed = !ops->warm || (own && own[OWN_SIZE - 1] == 1);
    bool prepared = !ops->prepare || hall->ready == PREPARED;
    if (!warmed || !prepared)
        book->unready++;
    result->digest = (uint64_t)index;
    usleep(200);
    return 0;
}

static const struct workload_ops warmed = {
    .name = "warmed", .run = run_ready, .warm = warm};
static const struct workload_ops prepared = {
    .name = "prepared", .run = run_ready, .prepare = prepare, .shared_size = hall_size};
static const struct workload_ops both = {.name = "both",
    .run = run_ready,
    .warm = warm,
    .prepare = prepare,
    .shared_size = hall_size};

struct trial {
    const struct workload_ops *ops;
    const char *schedule;
    int workers;
    int64_t max_tasks;
    struct hook warm, prepare;
};

enum { TASKS = 60 };

static struct scene *set_up(const struct trial *trial)
{
    struct scene *scene =
        scene_create(trial->ops, 0, trial->schedule, TASKS, trial->workers);
    book = mmap(
        NULL, sizeof *book, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(book != MAP_FAILED);
    memcpy(&book->warm, &trial->warm, sizeof book->warm);
    memcpy(&book->prepare, &trial->prepare, sizeof book->prepare);
    scene->job.iterations = TASKS;
    scene->setup.max_tasks = trial->max_tasks;
    return scene;
}

static int64_t processes(const struct scene *scene)
{
    int64_t sum = 0;
    for (int i = 0; i < scene->setup.loop.workers; i++)
        sum += pool_totals(scene->pool, i).renewals;
    return sum;
}

/* All warm up, then the gate opens, then one prepares, then the first task begins. */
static void check_sequence(const struct scene *scene)
{
    struct pool_gap gate = pool_warm(scene->pool), work = pool_prepare(scene->pool);
    int64_t at_ns = pool_started_ns(scene->pool);
    bool has_gate = scene->job.ops->warm, has_work = scene->job.ops->prepare;
    CHECK_EQUAL(gate.from_ns > 0 && gate.to_ns > 0, has_gate);
    CHECK_EQUAL(work.from_ns > 0 && work.to_ns > 0, has_work);
    CHECK_EQUAL(scene_count(scene, POOL_WARM), has_gate);
    if (has_gate) {
        CHECK(at_ns <= gate.from_ns && gate.from_ns <= gate.to_ns);
        at_ns = gate.to_ns;
    }
    if (has_work) {
        CHECK(at_ns <= work.from_ns && work.from_ns <= work.to_ns);
        at_ns = work.to_ns;
    }
    for (int i = 0; i < scene->setup.loop.workers; i++) {
        struct pool_totals totals = pool_totals(scene->pool, i);
        CHECK(totals.first_ns == 0 || totals.first_ns >= at_ns);
    }
    CHECK_EQUAL(book->unready, 0);
}

static void live(void *data)
{
    const struct trial *trial = data;
    struct scene *scene = set_up(trial);
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, 0);
    check_sequence(scene);
    CHECK_EQUAL(scene->count, trial->ops->warm != NULL);
    CHECK_EQUAL(book->prepare.begun, trial->ops->prepare != NULL);
    if (trial->ops->warm && trial->max_tasks == 0) {
        CHECK_EQUAL(book->warm.begun, trial->workers);
        CHECK(book->last_warm_ns <= pool_warm(scene->pool).to_ns);
    } else if (trial->ops->warm) {
        CHECK(book->warm.begun >= processes(scene));
        CHECK(book->warm.begun <= processes(scene) + trial->workers);
    }
    scene_close(scene);
}

static void all_are_ready_before_the_first_task(void **state)
{
    static const struct workload_ops *const all[] = {&warmed, &prepared, &both};
    for (size_t i = 0; i < 3; i++)
        for (size_t s = 0; schedule_table[s]; s++)
            for (int64_t most = 0; most <= 7; most += 7) {
                struct trial trial = {all[i], schedule_table[s]->name, 3, most,
                    {.lasts_us = 3000}, {.lasts_us = 3000}};
                scene_guard(live, &trial, 20);
                trial.workers = 1;
                scene_guard(live, &trial, 20);
            }
    (void)state;
}

static void calibrate_alone(void *data)
{
    struct scene *scene = set_up(data);
    scene->job.iterations = 0;
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    CHECK_EQUAL(book->prepare.begun, 0);
    CHECK_EQUAL(pool_prepare(scene->pool).from_ns, 0);
    CHECK_EQUAL(pool_prepare(scene->pool).to_ns, 0);
    CHECK_EQUAL(scene_done(scene), TASKS);
    scene_close(scene);
}

static void without_iterations_nothing_is_prepared(void **state)
{
    struct trial trial = {.ops = &prepared, .schedule = "dynamic", .workers = 2};
    scene_guard(calibrate_alone, &trial, 20);
    (void)state;
}

/* What a mishap is told as; the worker that it befell is replaced. */
static void check_mishaps(const struct scene *scene, const struct hook *hook, int times)
{
    enum pool_event_kind kind = hook->mishap == KILL ? POOL_KILLED : POOL_LEFT;
    bool is_warm = hook == &book->warm;
    int status = hook->mishap == KILL    ? SIGKILL
                 : hook->mishap == LEAVE ? EXIT_SUCCESS
                 : is_warm               ? WORKER_EXIT_COLD
                                         : WORKER_EXIT_UNPREPARED;
    CHECK_EQUAL(scene_count(scene, kind), times);
    for (int i = 0; i < scene->count; i++)
        if (scene->events[i].kind == kind) {
            CHECK_EQUAL(scene->events[i].status, status);
            CHECK_EQUAL(scene->events[i].index, -1);
            CHECK(hook->worker < 0 || scene->events[i].worker == hook->worker);
        }
}

static void recover(void *data)
{
    const struct trial *trial = data;
    struct scene *scene = set_up(trial);
    const struct hook *hook = book->warm.mishap ? &book->warm : &book->prepare;
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, 0);
    check_sequence(scene);
    check_mishaps(scene, hook, hook->times);
    CHECK_EQUAL(scene_count(scene, POOL_REPLACED), hook->times);
    CHECK_EQUAL(book->prepare.ended, 1);
    CHECK_EQUAL(hook->of[hook->worker], hook->times + 1);
    CHECK_EQUAL(pool_retried(scene->pool), 0);
    scene_close(scene);
}

static void who_dies_of_it_is_replaced_and_tries_again(void **state)
{
    for (enum mishap mishap = KILL; mishap <= RETURN; mishap++)
        for (int worker = 0; worker < 3; worker++) {
            struct trial trial = {&both, "dynamic", 3, 0,
                {.mishap = mishap, .worker = worker, .times = 1, .lasts_us = 1000}, {0}};
            scene_guard(recover, &trial, 20);
            trial.schedule = "static";
            trial.warm.times = NEVER_GIVEN_UP;
            scene_guard(recover, &trial, 20);
            if (worker > 0)
                continue;
            trial.prepare = trial.warm;
            trial.warm = (struct hook){0};
            scene_guard(recover, &trial, 20);
        }
    (void)state;
}

/* The others do its part, where the schedule lets them. */
static void do_without(void *data)
{
    struct scene *scene = set_up(data);
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, 0);
    check_sequence(scene);
    check_mishaps(scene, &book->warm, GIVEN_UP);
    CHECK_EQUAL(pool_totals(scene->pool, 1).done, 0);
    scene_close(scene);
}

static void the_gate_opens_without_one_that_is_given_up(void **state)
{
    struct trial trial = {
        &both, "dynamic", 3, 0, {.mishap = KILL, .worker = 1, .times = 1000}, {0}};
    scene_guard(do_without, &trial, 20);
    trial.warm.mishap = RETURN;
    scene_guard(do_without, &trial, 20);
    (void)state;
}

static void lose_all(void *data)
{
    const struct trial *trial = data;
    struct scene *scene = set_up(trial);
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    CHECK_EQUAL(pool_lost(scene->pool), TASKS);
    CHECK_EQUAL(scene_done(scene) + scene_failed(scene), 0);
    CHECK_EQUAL(book->prepare.ended, 0);
    CHECK_EQUAL(scene_count(scene, POOL_KILLED) + scene_count(scene, POOL_LEFT),
        GIVEN_UP * (book->warm.worker < 0 ? trial->workers : 1));
    scene_close(scene);
}

static void nothing_is_done_where_nobody_can_begin(void **state)
{
    for (enum mishap mishap = KILL; mishap <= RETURN; mishap++) {
        struct trial trial = {
            &both, "dynamic", 3, 0, {0}, {.mishap = mishap, .worker = 0, .times = 1000}};
        scene_guard(lose_all, &trial, 20); /* not prepared */
        trial.schedule = "static";
        scene_guard(lose_all, &trial, 20);
        trial.warm = trial.prepare; /* worker 0 cannot warm up, so it cannot prepare */
        scene_guard(lose_all, &trial, 20);
        trial.warm.worker = -1;
        trial.ops = &warmed;
        scene_guard(lose_all, &trial, 20);
    }
    (void)state;
}

/* A timer that does something at the moment that the test is about, and again. */
struct plan {
    struct scene *scene;
    struct watch *timer;
    int64_t period_ns;
    int times;
    bool is_suspended;
};

static void do_every(struct plan *plan, loop_callback *callback)
{
    CHECK_EQUAL(loop_watch_timer(
                    plan->scene->loop, plan->period_ns, callback, plan, &plan->timer),
        0);
}

static void stop_now(void *data)
{
    struct plan *plan = data;
    CHECK_EQUAL(pool_progress(plan->scene->pool).done, 0);
    pool_stop(plan->scene->pool);
}

static void stop_early(void *data)
{
    struct scene *scene = set_up(data);
    struct plan plan = {.scene = scene, .period_ns = 20 * NS_PER_MS};
    CHECK_EQUAL(scene_start(scene), 0);
    do_every(&plan, stop_now);
    scene_run(scene);
    loop_unwatch(plan.timer);
    CHECK_EQUAL(scene_done(scene) + pool_lost(scene->pool), 0);
    struct pool_gap work = pool_prepare(scene->pool);
    if (scene_count(scene, POOL_WARM) > 0)
        CHECK(work.from_ns > 0 && work.to_ns == pool_finished_ns(scene->pool));
    scene_close(scene);
}

static void it_can_be_stopped_before_the_first_task(void **state)
{
    struct trial trial = {
        &both, "dynamic", 3, 0, {.lasts_us = 10000000}, {.lasts_us = 10000000}};
    scene_guard(stop_early, &trial, 5);
    trial.warm.lasts_us = 0;
    scene_guard(stop_early, &trial, 5);
    (void)state;
}

/* Suspends and goes on, again and again; nothing begins meanwhile. */
static void turn(void *data)
{
    struct plan *plan = data;
    if (plan->is_suspended)
        pool_resume(plan->scene->pool);
    else
        pool_suspend(plan->scene->pool);
    plan->is_suspended = !plan->is_suspended;
    plan->times++;
}

static void rest_on_the_way(void *data)
{
    struct scene *scene = set_up(data);
    struct plan plan = {.scene = scene, .period_ns = 7 * NS_PER_MS};
    CHECK_EQUAL(scene_start(scene), 0);
    turn(&plan);
    do_every(&plan, turn);
    scene_run(scene);
    loop_unwatch(plan.timer);
    CHECK(plan.times >= 2);
    scene_check_whole(scene, 0);
    check_sequence(scene);
    scene_close(scene);
}

static void it_can_be_suspended_before_the_first_task(void **state)
{
    struct trial trial = {
        &both, "dynamic", 3, 0, {.lasts_us = 30000}, {.lasts_us = 30000}};
    scene_guard(rest_on_the_way, &trial, 10);
    trial.max_tasks = 9;
    trial.schedule = "cyclic";
    scene_guard(rest_on_the_way, &trial, 10);
    (void)state;
}

/* kill -9 of each worker in turn, whatever it is about. */
static void strike(void *data)
{
    struct plan *plan = data;
    int workers = plan->scene->setup.loop.workers;
    pid_t pid = pool_view(plan->scene->pool, plan->times++ % workers).pid;
    if (plan->times < 25 && pid > 0)
        CHECK_EQUAL(kill(pid, SIGKILL), 0);
}

static void be_struck(void *data)
{
    struct scene *scene = set_up(data);
    struct plan plan = {.scene = scene, .period_ns = 1300 * NS_PER_US};
    scene->setup.retries = 100;
    CHECK_EQUAL(scene_start(scene), 0);
    strike(&plan); /* nobody gets past the gate before the loop runs */
    do_every(&plan, strike);
    scene_run(scene);
    loop_unwatch(plan.timer);
    scene_check_whole(scene, 0);
    check_sequence(scene);
    CHECK(scene_count(scene, POOL_KILLED) >= 1);
    scene_close(scene);
}

static void kills_before_the_first_task_lose_nothing(void **state)
{
    struct trial trial = {&both, "dynamic", 4, 0, {.lasts_us = 4000}, {.lasts_us = 4000}};
    for (int64_t us = 0; us < 5000; us += 700) {
        trial.warm.lasts_us = us;
        trial.prepare.lasts_us = 5000 - us;
        scene_guard(be_struck, &trial, 20);
    }
    trial.schedule = "static";
    scene_guard(be_struck, &trial, 20);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_are_ready_before_the_first_task),
        cmocka_unit_test(without_iterations_nothing_is_prepared),
        cmocka_unit_test(who_dies_of_it_is_replaced_and_tries_again),
        cmocka_unit_test(the_gate_opens_without_one_that_is_given_up),
        cmocka_unit_test(nothing_is_done_where_nobody_can_begin),
        cmocka_unit_test(it_can_be_stopped_before_the_first_task),
        cmocka_unit_test(it_can_be_suspended_before_the_first_task),
        cmocka_unit_test(kills_before_the_first_task_lose_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
