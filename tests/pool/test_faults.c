// SPDX-License-Identifier: MIT
/* Tasks that end their worker, one way or another: that task fails, all others are done.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include "scene.h"

enum { TASKS_MOST = 200000 };

enum deed { DEED_RAISE, DEED_LEAVE, DEED_REFUSE };

/* What some tasks do instead of their work; set before the pool is forked. */
static struct {
    enum deed deed;
    int argument;    /* signal or exit status */
    int64_t index;   /* of the task that does it, */
    int64_t every;   /* or of all such tasks: a multiple of that later; 0: the one */
    int64_t work_us; /* the others' work */
    _Atomic int *tries;
} mischief;

static int run_mischief(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    (void)place;
    atomic_fetch_add(&mischief.tries[index], 1);
    if (mischief.work_us > 0)
        usleep((useconds_t)mischief.work_us);
    result->digest = (uint64_t)index;
    result->value = 0;
    int64_t beyond = index - mischief.index;
    if (beyond != 0 &&
        (mischief.every == 0 || beyond < 0 || beyond % mischief.every != 0))
        return 0;
    if (mischief.deed == DEED_RAISE)
        raise(mischief.argument);
    else if (mischief.deed == DEED_LEAVE)
        _exit(mischief.argument);
    return -ENOMEM;
}

static void describe_mischief(const struct workload_job *job, size_t size, char text[])
{
    (void)job;
    snprintf(text, size, "mischief");
}

static const struct workload_ops ops = {
    .name = "mischief", .describe = describe_mischief, .run = run_mischief};

/* One loop with one bad task. */
struct trial {
    const char *schedule;
    int64_t tasks;
    int workers;
    int64_t chunk, grain;
    int retries;
    int64_t index, work_us;
    enum deed deed;
    int argument;
    int tries_least, tries_most; /* of the bad task */
};

static struct scene *set_up(const struct trial *trial)
{
    struct scene *scene =
        scene_create(&ops, 0, trial->schedule, trial->tasks, trial->workers);
    scene->setup.retries = trial->retries;
    scene->setup.grain = trial->grain;
    if (trial->chunk > 0)
        scene->setup.loop.chunk = trial->chunk;
    mischief.deed = trial->deed;
    mischief.argument = trial->argument;
    mischief.index = trial->index;
    mischief.work_us = trial->work_us;
    mischief.tries = mmap(NULL, TASKS_MOST * sizeof *mischief.tries,
        PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(mischief.tries != MAP_FAILED && trial->tasks <= TASKS_MOST);
    return scene;
}

/* A failed task has a record of its own when its worker died of it. */
static void check_failure_is_recorded(
    const struct scene *scene, const struct trial *trial)
{
    size_t count;
    const struct table_record *records = pool_records(scene->pool, &count);
    int found = 0, attempts = trial->deed == DEED_RAISE ? trial->retries + 1 : 1;
    for (size_t i = 0; i < count; i++) {
        if (!records[i].complete || records[i].failed == 0)
            continue;
        found++;
        CHECK_EQUAL(records[i].index, trial->index);
        CHECK_EQUAL(records[i].count, 1);
        CHECK_EQUAL(records[i].failed, 1);
        CHECK_EQUAL(records[i].attempts, attempts);
    }
    CHECK_EQUAL(found, 1);
}

static void check_events(const struct scene *scene, const struct trial *trial, int tries)
{
    enum pool_event_kind kind = trial->deed == DEED_RAISE ? POOL_KILLED : POOL_LEFT;
    const struct pool_event *last = NULL;
    CHECK_EQUAL(scene_count(scene, kind), tries);
    CHECK_EQUAL(scene_count(scene, POOL_KILLED) + scene_count(scene, POOL_LEFT), tries);
    CHECK(scene_count(scene, POOL_REPLACED) <= tries);
    for (int i = 0; i < scene->count; i++)
        if (scene->events[i].kind == kind) {
            last = &scene->events[i];
            CHECK_EQUAL(last->status, trial->argument);
        }
    CHECK(last);
    CHECK_EQUAL(last->index, trial->index);
}

static void try_it(void *data)
{
    const struct trial *trial = data;
    struct scene *scene = set_up(trial);
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, 1);
    CHECK(scene_digest(scene) == scene_expected_digest(scene, trial->index));
    int tries = mischief.tries[trial->index];
    CHECK(tries >= trial->tries_least && tries <= trial->tries_most);
    bool single = trial->work_us > 0 && trial->grain == 1;
    for (int64_t i = 0; i < trial->tasks; i++)
        CHECK(i == trial->index || mischief.tries[i] == 1 ||
              (!single && mischief.tries[i] > 1 && mischief.tries[i] <= tries));
    if (single)
        CHECK_EQUAL(pool_retried(scene->pool), tries - 1);
    check_failure_is_recorded(scene, trial);
    check_events(scene, trial, tries);
    scene_close(scene);
}

static void try_all(size_t count, const struct trial trials[])
{
    for (size_t i = 0; i < count; i++) {
        struct trial trial = trials[i];
        scene_guard(try_it, &trial, 20);
    }
}

#define TRY_ALL(trials) try_all(sizeof(trials) / sizeof *(trials), trials)

static void a_task_that_kills_is_tried_again_and_fails(void **state)
{
    static const struct trial trials[] = {
        {"dynamic", 30, 3, 1, 1, 1, 7, 1500, DEED_RAISE, SIGKILL, 2, 2},
        {"dynamic", 30, 3, 1, 1, 1, 0, 1500, DEED_RAISE, SIGSEGV, 2, 2},
        {"dynamic", 30, 3, 4, 1, 1, 29, 1500, DEED_RAISE, SIGABRT, 2, 2},
        {"dynamic", 30, 1, 7, 1, 0, 5, 1500, DEED_RAISE, SIGSEGV, 1, 1},
        {"static", 30, 3, 0, 1, 1, 0, 1500, DEED_RAISE, SIGKILL, 2, 2},
        {"static", 30, 3, 0, 1, 0, 15, 1500, DEED_RAISE, SIGFPE, 1, 1},
        {"static", 30, 3, 0, 1, 3, 29, 1500, DEED_RAISE, SIGTERM, 4, 4},
        {"dynamic", 1, 2, 1, 1, 1, 0, 0, DEED_RAISE, SIGKILL, 2, 2},
    };
    TRY_ALL(trials);
    (void)state;
}

/* Which one it was takes one worker more to find out. */
static void in_a_batch_it_alone_fails(void **state)
{
    static const struct trial trials[] = {
        {"dynamic", 640, 2, 64, 64, 1, 100, 0, DEED_RAISE, SIGKILL, 3, 3},
        {"dynamic", 640, 2, 64, 64, 1, 127, 100, DEED_RAISE, SIGSEGV, 3, 3},
        {"dynamic", 640, 2, 64, 64, 0, 64, 0, DEED_RAISE, SIGKILL, 2, 2},
        {"dynamic", 640, 2, 64, 64, 3, 639, 0, DEED_RAISE, SIGKILL, 5, 5},
        {"static", 640, 3, 0, 64, 1, 99, 0, DEED_RAISE, SIGKILL, 3, 3},
        {"static", 640, 3, 0, 7, 1, 639, 0, DEED_RAISE, SIGKILL, 2, 3},
    };
    TRY_ALL(trials);
    (void)state;
}

/* So many of them wait to be published that any of the last ones may have been it. */
static void among_tiny_tasks_it_alone_fails(void **state)
{
    static const struct trial trials[] = {
        {"dynamic", TASKS_MOST, 2, 1, 1, 1, 120017, 0, DEED_RAISE, SIGKILL, 2, 3},
        {"dynamic", TASKS_MOST, 2, 1, 1, 0, TASKS_MOST - 1, 0, DEED_RAISE, SIGKILL, 1, 2},
        {"dynamic", TASKS_MOST, 3, 5, 2, 1, 111111, 0, DEED_RAISE, SIGKILL, 2, 3},
        {"static", TASKS_MOST, 2, 0, 1, 0, 50017, 0, DEED_RAISE, SIGKILL, 1, 2},
        {"static", TASKS_MOST, 2, 0, 1, 1, 99999, 0, DEED_RAISE, SIGKILL, 2, 3},
        {"static", TASKS_MOST, 2, 0, 1, 0, 132017, 0, DEED_LEAVE, 9, 1, 2},
        {"static", TASKS_MOST, 2, 300, 3, 0, 132017, 0, DEED_RAISE, SIGKILL, 1, 2},
    };
    TRY_ALL(trials);
    (void)state;
}

static void a_task_that_leaves_is_not_tried_again(void **state)
{
    static const struct trial trials[] = {
        {"dynamic", 30, 3, 1, 1, 1, 7, 1500, DEED_LEAVE, 3, 1, 1},
        {"dynamic", 30, 3, 2, 1, 3, 29, 1500, DEED_LEAVE, WORKLOAD_EXIT_OUT_OF_MEMORY, 1,
            1},
        {"dynamic", 30, 3, 2, 1, 3, 8, 1500, DEED_LEAVE, 0, 1, 1},
        {"static", 30, 3, 0, 1, 1, 12, 1500, DEED_LEAVE, 255, 1, 1},
        {"static", 640, 3, 0, 64, 1, 300, 0, DEED_LEAVE, 1, 2, 2},
    };
    TRY_ALL(trials);
    (void)state;
}

static void run_with_many(void *data)
{
    const struct trial *trial = data;
    struct scene *scene = set_up(trial);
    mischief.every = 50;
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, trial->tasks / mischief.every);
    for (int64_t i = 0; i < trial->tasks; i++)
        CHECK(mischief.tries[i] >= 1);
    if (trial->deed == DEED_REFUSE) {
        CHECK_EQUAL(scene->count, 0);
        CHECK_EQUAL(pool_retried(scene->pool), 0);
    }
    scene_close(scene);
}

static void many_tasks_may_kill(void **state)
{
    struct trial trial = {"dynamic", 1000, 4, 8, 4, 1, 20, 50, DEED_RAISE, SIGKILL, 0, 0};
    scene_guard(run_with_many, &trial, 30);
    trial.schedule = "static";
    trial.chunk = 0;
    scene_guard(run_with_many, &trial, 30);
    trial.work_us = 0;
    trial.grain = 64;
    scene_guard(run_with_many, &trial, 30);
    (void)state;
}

static void a_task_without_memory_fails_and_its_worker_lives_on(void **state)
{
    struct trial trial = {"dynamic", 1000, 3, 7, 2, 1, 20, 50, DEED_REFUSE, 0, 0, 0};
    scene_guard(run_with_many, &trial, 30);
    trial.schedule = "static";
    trial.grain = 64;
    scene_guard(run_with_many, &trial, 30);
    (void)state;
}

static int64_t address_space(void)
{
    char text[64] = "";
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    CHECK(fd >= 0 && read(fd, text, sizeof text - 1) > 0);
    close(fd);
    return strtoll(text, NULL, 10) * sysconf(_SC_PAGESIZE);
}

static void exhaust_memory(void *data)
{
    (void)data;
    struct scene *scene = scene_create(&workload_factorial, 20000000, "dynamic", 3, 2);
    rlim_t room = (rlim_t)address_space() + (12 << 20);
    CHECK_EQUAL(setrlimit(RLIMIT_AS, &(struct rlimit){room, room}), 0);
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, 3);
    CHECK_EQUAL(scene_count(scene, POOL_LEFT), 3);
    for (int i = 0; i < scene->count; i++)
        if (scene->events[i].kind == POOL_LEFT)
            CHECK_EQUAL(scene->events[i].status, WORKLOAD_EXIT_OUT_OF_MEMORY);
    scene_close(scene);
}

static void out_of_memory_for_real(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    skip(); /* the address sanitizer needs an address space without a limit */
#endif
    scene_guard(exhaust_memory, NULL, 30);
    (void)state;
}

/* It is its worker that is ended with it, if it takes too long. */
static int hang(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    setpgid(0, 0);
    atomic_store(&place->ward->group, getpid());
    while (index == 1)
        pause();
    atomic_store(&place->ward->group, 0);
    result->digest = (uint64_t)index;
    return 0;
}

static const struct workload_ops hanging = {.name = "hang", .tells = true, .run = hang};

struct verdict {
    bool asked;
    struct pool_delivery delivery; /* of the task that took too long */
};

static void note_verdict(void *data, const struct pool_delivery *delivery)
{
    struct scene *scene = data;
    struct verdict *verdict = scene->data;
    if (delivery->index == 1)
        verdict->delivery = *delivery;
}

static void end_worker_of_one(void *data)
{
    struct scene *scene = data;
    struct verdict *verdict = scene->data;
    for (int i = 0; i < 3 && !verdict->asked; i++)
        if (pool_view(scene->pool, i).group > 0)
            verdict->asked = pool_end_task(scene->pool, i, 1, SIGTERM);
}

static void end_with_worker(void *data)
{
    struct watch *timer;
    struct verdict verdict = {.asked = false};
    struct scene *scene = scene_create(&hanging, 0, "dynamic", 20, 3);
    scene->setup.on_delivery = note_verdict;
    scene->data = &verdict;
    CHECK_EQUAL(scene_start(scene), 0);
    CHECK_EQUAL(
        loop_watch_timer(scene->loop, NS_PER_MS, end_worker_of_one, scene, &timer), 0);
    scene_run(scene);
    loop_unwatch(timer);
    CHECK(verdict.delivery.failed && verdict.delivery.outcome.timed_out);
    CHECK_EQUAL(verdict.delivery.outcome.signal, SIGTERM);
    CHECK_EQUAL(verdict.delivery.attempts, 1);
    scene_check_whole(scene, 1);
    scene_close(scene);
    (void)data;
}

static void a_task_that_takes_too_long_and_its_worker_are_not_tried_again(void **state)
{
    scene_guard(end_with_worker, NULL, 20);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_that_kills_is_tried_again_and_fails),
        cmocka_unit_test(in_a_batch_it_alone_fails),
        cmocka_unit_test(among_tiny_tasks_it_alone_fails),
        cmocka_unit_test(a_task_that_leaves_is_not_tried_again),
        cmocka_unit_test(many_tasks_may_kill),
        cmocka_unit_test(a_task_without_memory_fails_and_its_worker_lives_on),
        cmocka_unit_test(out_of_memory_for_real),
        cmocka_unit_test(a_task_that_takes_too_long_and_its_worker_are_not_tried_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
