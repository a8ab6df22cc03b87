// SPDX-License-Identifier: MIT
/* Jobs of which each task is told to the parent: none is missing, whoever is killed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/spool.h"
#include "scene.h"

enum {
    TASKS_MOST = 40000,
    EACH_SEVENTH = 7, /* fails, with status 3 */
    CPU_NS = 2000000,
};

struct log {
    int64_t count;
    int told[TASKS_MOST];
    struct pool_delivery last[TASKS_MOST];
    int64_t stop_at; /* the pool is stopped with that delivery; 0: never */
    bool silent;     /* nothing was put out */
    struct scene *scene;
};

/* It puts its number out, on both ways. */
static int speak(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    struct workload_outcome *outcome = place->outcome;
    char text[32];
    int length = snprintf(text, sizeof text, "%lld", (long long)index);
    result->digest = (uint64_t)index;
    outcome->attempts = 1;
    outcome->exit_status = index % EACH_SEVENTH == 0 ? 3 : 0;
    CHECK_EQUAL(spool_append(place->spools[0], (size_t)length, text, &outcome->out), 0);
    CHECK_EQUAL(spool_append(place->spools[1], (size_t)length, text, &outcome->err), 0);
    return outcome->exit_status == 0 ? 0 : -ECHILD;
}

static int whisper(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    result->digest = (uint64_t)index;
    (void)place;
    return 0;
}

static int nap(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    struct timespec time = {.tv_nsec = 300000};
    nanosleep(&time, NULL);
    return whisper(place, index, result);
}

static int die(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    if (index == 5)
        raise(SIGKILL);
    if (index == 6)
        _exit(9);
    return whisper(place, index, result);
}

/* Says that it has used CPU time: a part of its duration, or more than all of it. */
static int use(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    struct timespec time = {.tv_nsec = CPU_NS * 2};
    nanosleep(&time, NULL);
    result->cpu_ns = index % 2 == 0 ? CPU_NS : NS_PER_S;
    return whisper(place, index, result);
}

static const struct workload_ops speaking = {
    .name = "speak", .tells = true, .run = speak};
static const struct workload_ops whispering = {
    .name = "whisper", .tells = true, .run = whisper};
static const struct workload_ops napping = {.name = "nap", .tells = true, .run = nap};
static const struct workload_ops dying = {.name = "die", .tells = true, .run = die};
static const struct workload_ops using = {.name = "use", .tells = true, .run = use};

static void check_text(int fd, struct spool_range range, int64_t index)
{
    char text[32], expected[32];
    int length = snprintf(expected, sizeof expected, "%lld", (long long)index);
    CHECK_EQUAL(range.end - range.begin, length);
    CHECK_EQUAL(spool_read(fd, range.begin, (size_t)length, text), length);
    CHECK_EQUAL(memcmp(text, expected, (size_t)length), 0);
    spool_discard(fd, range);
}

static void note(void *data, const struct pool_delivery *delivery)
{
    struct scene *scene = data;
    struct log *log = scene->data;
    CHECK(delivery->index >= 0 && delivery->index < scene->setup.loop.tasks);
    CHECK(delivery->worker >= 0 && delivery->worker < scene->setup.loop.workers);
    CHECK(delivery->begin_ns > 0 && delivery->begin_ns <= delivery->end_ns);
    CHECK(delivery->attempts >= 1);
    if (!log->silent) {
        check_text(delivery->spools[0], delivery->outcome.out, delivery->index);
        check_text(delivery->spools[1], delivery->outcome.err, delivery->index);
    }
    log->told[delivery->index]++;
    log->last[delivery->index] = *delivery;
    log->count++;
    if (log->count == log->stop_at)
        pool_stop(log->scene->pool);
}

static struct log *open_log(const struct workload_ops *ops, int64_t tasks, int workers)
{
    struct log *log = calloc(1, sizeof *log);
    CHECK(log);
    log->scene = scene_create(ops, 0, "dynamic", tasks, workers);
    log->scene->data = log;
    log->scene->setup.on_delivery = note;
    log->silent = ops != &speaking;
    return log;
}

static void close_log(struct log *log)
{
    scene_close(log->scene);
    free(log);
}

static void tell_each_once(void *data)
{
    struct log *log = open_log(&speaking, 500, 3);
    CHECK_EQUAL(scene_start(log->scene), 0);
    scene_run(log->scene);
    for (int64_t i = 0; i < 500; i++) {
        bool fails = i % EACH_SEVENTH == 0;
        CHECK_EQUAL(log->told[i], 1);
        CHECK_EQUAL(log->last[i].failed, fails);
        CHECK_EQUAL(log->last[i].attempts, 1);
        CHECK_EQUAL(log->last[i].outcome.exit_status, fails ? 3 : 0);
    }
    scene_check_whole(log->scene, (500 + EACH_SEVENTH - 1) / EACH_SEVENTH);
    close_log(log);
    (void)data;
}

static void each_task_is_told_once(void **state)
{
    scene_guard(tell_each_once, NULL, 20);
    (void)state;
}

/* More than fits into the pipe before anybody looks. */
static void tell_many(void *data)
{
    struct log *log = open_log(&whispering, TASKS_MOST, 4);
    struct timespec time = {.tv_nsec = 100000000};
    CHECK_EQUAL(scene_start(log->scene), 0);
    nanosleep(&time, NULL);
    CHECK(pool_progress(log->scene->pool).done < TASKS_MOST);
    scene_run(log->scene);
    CHECK_EQUAL(log->count, TASKS_MOST);
    scene_check_whole(log->scene, 0);
    close_log(log);
    (void)data;
}

static void a_parent_that_is_slow_is_waited_for(void **state)
{
    scene_guard(tell_many, NULL, 20);
    (void)state;
}

static void stop_full(void *data)
{
    struct log *log = open_log(&whispering, TASKS_MOST, 4);
    struct timespec time = {.tv_nsec = 50000000};
    CHECK_EQUAL(scene_start(log->scene), 0);
    nanosleep(&time, NULL);
    pool_stop(log->scene->pool);
    CHECK(log->count >= scene_done(log->scene));
    int64_t count = log->count;
    pool_stop(log->scene->pool);
    CHECK_EQUAL(log->count, count);
    close_log(log);
    (void)data;
}

static void stop_while_told(void *data)
{
    struct log *log = open_log(&napping, 3000, 4);
    log->stop_at = 20;
    CHECK_EQUAL(scene_start(log->scene), 0);
    scene_run(log->scene);
    CHECK(log->count >= 20 && log->count < 3000);
    CHECK(log->count >= scene_done(log->scene));
    close_log(log);
    (void)data;
}

static void stopping_delivers_what_was_told(void **state)
{
    scene_guard(stop_full, NULL, 20);
    scene_guard(stop_while_told, NULL, 20);
    (void)state;
}

static void tell_of_the_dead(void *data)
{
    struct log *log = open_log(&dying, 50, 2);
    CHECK_EQUAL(scene_start(log->scene), 0);
    scene_run(log->scene);
    for (int64_t i = 0; i < 50; i++) {
        CHECK_EQUAL(log->told[i], 1);
        CHECK_EQUAL(log->last[i].failed, i == 5 || i == 6);
    }
    CHECK_EQUAL(log->last[5].outcome.signal, SIGKILL);
    CHECK_EQUAL(log->last[5].outcome.exit_status, -1);
    CHECK_EQUAL(log->last[5].attempts, 2);
    CHECK_EQUAL(log->last[6].outcome.exit_status, 9);
    CHECK_EQUAL(log->last[6].attempts, 1);
    CHECK_EQUAL(scene_done(log->scene), 48);
    CHECK_EQUAL(scene_failed(log->scene), 2);
    close_log(log);
    (void)data;
}

static void a_task_that_ends_its_worker_is_told_by_the_parent(void **state)
{
    scene_guard(tell_of_the_dead, NULL, 20);
    (void)state;
}

struct killer {
    struct log *log;
    uint64_t random;
    int left;
};

static void strike(void *data)
{
    struct killer *killer = data;
    killer->random = killer->random * UINT64_C(6364136223846793005) + 1442695040888963407;
    pid_t pid = pool_view(killer->log->scene->pool, (int)(killer->random >> 33) % 4).pid;
    if (pid > 0 && killer->left-- > 0)
        kill(pid, SIGKILL);
}

static void tell_among_deaths(void *data)
{
    enum { MANY = 6000 };
    struct killer killer = {.random = *(const uint64_t *)data, .left = 100};
    struct log *log = killer.log = open_log(&napping, MANY, 4);
    struct watch *timer;
    log->scene->setup.retries = 200;
    CHECK_EQUAL(scene_start(log->scene), 0);
    CHECK_EQUAL(
        loop_watch_timer(log->scene->loop, NS_PER_MS, strike, &killer, &timer), 0);
    scene_run(log->scene);
    loop_unwatch(timer);
    for (int64_t i = 0; i < MANY; i++) {
        CHECK(log->told[i] >= 1);
        CHECK(!log->last[i].failed);
    }
    CHECK(log->count <= MANY + scene_count(log->scene, POOL_KILLED));
    CHECK(scene_count(log->scene, POOL_KILLED) > 10);
    scene_check_whole(log->scene, 0);
    close_log(log);
}

static void killed_workers_leave_nothing_untold(void **state)
{
    for (uint64_t seed = 1; seed <= 3; seed++)
        scene_guard(tell_among_deaths, &seed, 30);
    (void)state;
}

static void count_cpu(void *data)
{
    enum { TASKS = 20 };
    struct log *log = open_log(&using, TASKS, 2);
    CHECK_EQUAL(scene_start(log->scene), 0);
    scene_run(log->scene);
    int64_t cpu_ns = 0, duration_ns = 0, least_ns = 0;
    for (int i = 0; i < 2; i++) {
        struct pool_totals totals = pool_totals(log->scene->pool, i);
        CHECK_EQUAL(totals.waiting_ns, totals.first_ns > 0 ? -1 : 0);
        CHECK(totals.cpu_ns <= totals.last_ns - totals.first_ns + NS_PER_MS);
        cpu_ns += totals.cpu_ns;
    }
    for (int64_t i = 0; i < TASKS; i++) {
        duration_ns = log->last[i].end_ns - log->last[i].begin_ns;
        least_ns += i % 2 == 0 ? CPU_NS : duration_ns * 9 / 10;
    }
    CHECK(cpu_ns >= least_ns);
    close_log(log);
    (void)data;
}

static void what_tasks_have_started_counts_as_cpu_time_up_to_their_duration(void **state)
{
    scene_guard(count_cpu, NULL, 20);
    (void)state;
}

enum { SOFT_LIMIT = 80, CROWD = 40 };

/* What a task starts has the limit that the person has set, and room below it. */
static int open_some(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur != SOFT_LIMIT)
        return -ERANGE;
    int fds[8];
    for (int i = 0; i < 8; i++)
        if ((fds[i] = open("/dev/null", O_RDONLY | O_CLOEXEC)) < 0)
            return -errno;
    for (int i = 0; i < 8; i++)
        close(fds[i]);
    return nap(place, index, result);
}

static const struct workload_ops opening = {
    .name = "open", .tells = true, .run = open_some};

static void raise_limit(void *data)
{
    struct rlimit limit;
    CHECK_EQUAL(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = SOFT_LIMIT;
    CHECK_EQUAL(setrlimit(RLIMIT_NOFILE, &limit), 0);
    struct log *log = open_log(&opening, CROWD, CROWD);
    CHECK_EQUAL(scene_start(log->scene), 0);
    scene_run(log->scene);
    scene_check_whole(log->scene, 0);
    close_log(log);
    CHECK_EQUAL(getrlimit(RLIMIT_NOFILE, &limit), 0);
    CHECK_EQUAL(limit.rlim_cur, SOFT_LIMIT);
    (void)data;
}

static void a_raised_limit_of_descriptors_is_nobody_elses(void **state)
{
    scene_guard(raise_limit, NULL, 20);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_task_is_told_once),
        cmocka_unit_test(a_parent_that_is_slow_is_waited_for),
        cmocka_unit_test(stopping_delivers_what_was_told),
        cmocka_unit_test(a_task_that_ends_its_worker_is_told_by_the_parent),
        cmocka_unit_test(killed_workers_leave_nothing_untold),
        cmocka_unit_test(what_tasks_have_started_counts_as_cpu_time_up_to_their_duration),
        cmocka_unit_test(a_raised_limit_of_descriptors_is_nobody_elses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
