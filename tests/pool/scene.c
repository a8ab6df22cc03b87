// SPDX-License-Identifier: MIT
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

void scene_guard(void (*body)(void *data), void *data, unsigned seconds)
{
    int status = 0;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        alarm(seconds);
        body(data);
        _exit(EXIT_SUCCESS);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        fail_msg("it hangs: not over after %u s", seconds);
    if (WIFSIGNALED(status))
        fail_msg("ended by signal %d", WTERMSIG(status));
    if (WEXITSTATUS(status) == SCENE_SKIP)
        skip();
    assert_int_equal(WEXITSTATUS(status), EXIT_SUCCESS);
}

static void log_event(void *data, const struct pool_event *event)
{
    struct scene *scene = data;
    CHECK(scene->count < SCENE_EVENTS);
    scene->events[scene->count++] = *event;
    if (scene->on_event)
        scene->on_event(scene, event);
}

struct scene *scene_create(const struct workload_ops *ops, int64_t size,
    const char *schedule, int64_t tasks, int workers)
{
    struct scene *scene = calloc(1, sizeof *scene);
    CHECK(scene);
    CHECK_EQUAL(loop_create(&scene->loop), 0);
    CHECK_EQUAL(workload_job_init(&scene->job, ops, size, &scene->fault), 0);
    scene->setup = (struct pool_setup){.job = &scene->job,
        .loop = {.tasks = tasks, .workers = workers},
        .grain = 1,
        .retries = 1,
        .events = scene->loop,
        .on_event = log_event,
        .data = scene};
    CHECK_EQUAL(schedule_find(schedule, &scene->setup.schedule, &scene->fault), 0);
    const struct schedule_ops *kind = scene->setup.schedule;
    scene->setup.loop.chunk =
        kind->default_chunk ? kind->default_chunk(&scene->setup.loop) : 1;
    return scene;
}

int scene_start(struct scene *scene)
{
    return pool_create(&scene->setup, &scene->pool, &scene->fault);
}

void scene_run(struct scene *scene)
{
    CHECK_EQUAL(loop_run(scene->loop, pool_finished(scene->pool)), 0);
}

static int workers_of(const struct scene *scene)
{
    int workers = scene->setup.loop.workers, room = scene->setup.room;
    return room > workers ? room : workers;
}

int64_t scene_done(const struct scene *scene)
{
    int64_t done = 0;
    for (int i = 0; i < workers_of(scene); i++)
        done += pool_totals(scene->pool, i).done;
    return done;
}

int64_t scene_failed(const struct scene *scene)
{
    int64_t failed = 0;
    for (int i = 0; i < workers_of(scene); i++)
        failed += pool_totals(scene->pool, i).failed;
    return failed;
}

uint64_t scene_digest(const struct scene *scene)
{
    uint64_t digest = 0;
    for (int i = 0; i < workers_of(scene); i++)
        digest += pool_totals(scene->pool, i).digest;
    return digest;
}

int scene_count(const struct scene *scene, enum pool_event_kind kind)
{
    int count = 0;
    for (int i = 0; i < scene->count; i++)
        count += scene->events[i].kind == kind;
    return count;
}

/* The loops here are uniform, or a task's digest is its index. */
uint64_t scene_expected_digest(const struct scene *scene, int64_t but)
{
    struct workload_result result = {.digest = 0};
    struct workload_place place = {.job = &scene->job, .workers = 1};
    uint64_t sum = 0;
    bool uniform = scene->job.ops->uniform;
    if (uniform)
        CHECK_EQUAL(scene->job.ops->run(&place, 0, &result), 0);
    for (int64_t index = 0; index < scene->setup.loop.tasks; index++)
        if (index != but)
            sum += workload_mix(index, uniform ? result.digest : (uint64_t)index);
    return sum;
}

static void check_gaps(const struct pool_totals *totals)
{
    int64_t before_ns = totals->first_ns;
    for (size_t i = 0; i < totals->gap_count; i++) {
        CHECK(before_ns <= totals->gaps[i].from_ns);
        CHECK(totals->gaps[i].from_ns <= totals->gaps[i].to_ns);
        before_ns = totals->gaps[i].to_ns;
    }
    CHECK(before_ns <= totals->last_ns);
}

/* Start-up, span and idle time of each worker are the pool's whole time; the gaps between
 * its processes lie inside the span, and so do the CPU clocks of the only one. */
static void check_times(const struct scene *scene)
{
    int64_t started_ns = pool_started_ns(scene->pool);
    int64_t finished_ns = pool_finished_ns(scene->pool);
    CHECK(started_ns > 0 && finished_ns > started_ns);
    for (int i = 0; i < workers_of(scene); i++) {
        struct pool_totals totals = pool_totals(scene->pool, i);
        if (totals.last_ns == 0) {
            CHECK_EQUAL(totals.done + totals.first_ns + totals.cpu_ns, 0);
            CHECK_EQUAL(totals.gap_count, 0);
            continue;
        }
        int64_t startup_ns = totals.first_ns - started_ns;
        int64_t span_ns = totals.last_ns - totals.first_ns;
        int64_t idle_ns = finished_ns - totals.last_ns;
        CHECK(totals.ran && totals.pid > 0);
        CHECK(startup_ns >= 0 && span_ns >= 0 && idle_ns >= 0);
        CHECK_EQUAL(startup_ns + span_ns + idle_ns, finished_ns - started_ns);
        check_gaps(&totals);
        CHECK(totals.cpu_ns >= 0 && totals.handout_ns >= 0 && totals.handouts >= 0);
    }
}

static void check_records(const struct scene *scene)
{
    size_t count;
    const struct table_record *records = pool_records(scene->pool, &count);
    int64_t tasks = 0, failed = 0;
    uint64_t digest = 0;
    CHECK(count <= TABLE_RECORDS);
    for (size_t i = 0; i < count; i++) {
        const struct table_record *record = &records[i];
        if (!record->complete)
            continue;
        CHECK(record->count >= 1 && record->failed <= record->count);
        CHECK(record->index >= 0 && record->index < scene->setup.loop.tasks);
        CHECK(record->start_ns <= record->end_ns && record->attempts >= 1);
        CHECK(record->start_ns >= pool_started_ns(scene->pool));
        CHECK(record->worker < workers_of(scene));
        tasks += record->count;
        failed += record->failed;
        digest += record->count > 1     ? record->digest
                  : record->failed == 0 ? workload_mix(record->index, record->digest)
                                        : 0;
    }
    CHECK_EQUAL(tasks, scene_done(scene) + scene_failed(scene));
    CHECK_EQUAL(failed, scene_failed(scene));
    CHECK(digest == scene_digest(scene));
}

static void check_no_child_is_left(void)
{
    siginfo_t info = {0};
    CHECK(waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) < 0 && errno == ECHILD);
}

void scene_close(struct scene *scene)
{
    CHECK(*pool_finished(scene->pool));
    CHECK_EQUAL(pool_progress(scene->pool).running, 0);
    CHECK_EQUAL(pool_progress(scene->pool).done, scene_done(scene));
    CHECK_EQUAL(pool_progress(scene->pool).failed, scene_failed(scene));
    check_times(scene);
    check_records(scene);
    check_no_child_is_left();
    pool_destroy(scene->pool);
    loop_destroy(scene->loop);
    free(scene);
}

void scene_check_whole(const struct scene *scene, int64_t failed)
{
    CHECK_EQUAL(pool_lost(scene->pool), 0);
    CHECK_EQUAL(scene_failed(scene), failed);
    CHECK_EQUAL(scene_done(scene) + failed, scene->setup.loop.tasks);
    if (failed == 0)
        CHECK(scene_digest(scene) == scene_expected_digest(scene, -1));
}
