// SPDX-License-Identifier: MIT
/* The system refuses processes or descriptors: a smaller pool does all of the work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <grp.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "scene.h"

static void allow_processes(int count)
{
    CHECK_EQUAL(setrlimit(RLIMIT_NPROC, &(struct rlimit){(rlim_t)count, 4096}), 0);
}

static bool can_fork(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    if (pid > 0)
        waitpid(pid, NULL, 0);
    return pid > 0;
}

static void skip_here(const char *why)
{
    dprintf(STDERR_FILENO, "skipped: %s\n", why);
    _exit(SCENE_SKIP);
}

/* The limit does not hold for root: becomes a user of whom no other process is. */
static void become_nobody(void)
{
    const uid_t users[] = {54321 + (uid_t)getpid() % 1000, 65534};
    setgroups(0, NULL);
    if (getuid() != 0 || (setresuid(users[0], users[0], users[0]) < 0 &&
                             setresuid(users[1], users[1], users[1]) < 0))
        skip_here("only root can become a user without processes");
    allow_processes(1);
    if (can_fork())
        skip_here("the limit of processes does not hold here");
}

static void check_refusals(const struct scene *scene, int error)
{
    CHECK(scene_count(scene, POOL_REFUSED) >= 1);
    for (int i = 0; i < scene->count; i++) {
        CHECK_EQUAL(scene->events[i].kind, POOL_REFUSED);
        CHECK_EQUAL(scene->events[i].status, error);
        CHECK_EQUAL(scene->events[i].index, -1);
    }
}

static void share_a_smaller_pool(void *data)
{
    struct scene *scene = scene_create(&workload_sleep, 500, data, 200, 6);
    become_nobody();
    allow_processes(3);
    CHECK_EQUAL(scene_start(scene), 0);
    CHECK_EQUAL(pool_progress(scene->pool).running, 2);
    scene_run(scene);
    scene_check_whole(scene, 0);
    check_refusals(scene, EAGAIN);
    if (!scene->setup.schedule->shared)
        for (int i = 0; i < 6; i++)
            CHECK_EQUAL(pool_totals(scene->pool, i).done,
                scene->setup.schedule->total(&scene->setup.loop, i));
    scene_close(scene);
}

static void a_smaller_pool_does_it_all(void **state)
{
    scene_guard(share_a_smaller_pool, (char[]){"dynamic"}, 20);
    (void)state;
}

static void blocks_without_a_worker_are_done_by_others(void **state)
{
    scene_guard(share_a_smaller_pool, (char[]){"static"}, 20);
    (void)state;
}

static void start_nothing(void *data)
{
    (void)data;
    struct scene *scene = scene_create(&workload_empty, 0, "dynamic", 100, 4);
    become_nobody();
    CHECK_EQUAL(scene_start(scene), -EAGAIN);
    CHECK(scene->pool == NULL);
    CHECK_EQUAL(scene->fault.kind, FAULT_SYSTEM);
    CHECK(strstr(scene->fault.text, "not one worker"));
    CHECK(strstr(scene->fault.text, strerror(EAGAIN)));
    CHECK(strchr(scene->fault.text, '\n') == NULL);
    CHECK_EQUAL(scene->count, 1);
    CHECK_EQUAL(scene->events[0].kind, POOL_REFUSED);
    CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
}

static void not_even_one_is_a_fault(void **state)
{
    scene_guard(start_nothing, NULL, 10);
    (void)state;
}

/* No process may be started when one was killed; as soon as one was refused, it may
 * again. */
static void refuse_once(struct scene *scene, const struct pool_event *event)
{
    (void)scene;
    if (event->kind == POOL_KILLED)
        allow_processes(1);
    if (event->kind == POOL_REFUSED)
        allow_processes(10);
}

static void kill_first(void *data)
{
    struct scene *scene = data;
    loop_unwatch(scene->data);
    kill(pool_view(scene->pool, 0).pid, SIGKILL);
}

static void refuse_replacement(void *data)
{
    struct scene *scene = scene_create(&workload_sleep, 2000, data, 600, 3);
    struct watch *timer;
    become_nobody();
    allow_processes(10);
    CHECK_EQUAL(scene_start(scene), 0);
    scene->on_event = refuse_once;
    CHECK_EQUAL(
        loop_watch_timer(scene->loop, 10 * NS_PER_MS, kill_first, scene, &timer), 0);
    scene->data = timer;
    scene_run(scene);
    scene_check_whole(scene, 0);
    CHECK_EQUAL(scene_count(scene, POOL_KILLED), 1);
    CHECK_EQUAL(scene_count(scene, POOL_REFUSED), 1);
    scene_close(scene);
}

static void a_refused_replacement_is_tried_again(void **state)
{
    scene_guard(refuse_replacement, (char[]){"dynamic"}, 20);
    scene_guard(refuse_replacement, (char[]){"static"}, 20);
    (void)state;
}

/* A process that cannot be watched is ended again; what it has done or claimed by then is
 * not lost and not done twice. */
static void run_short_of_descriptors(void *data)
{
    for (int round = 0; round < 20; round++) {
        struct scene *scene = scene_create(&workload_empty, 0, data, 100000, 30);
        struct rlimit before;
        getrlimit(RLIMIT_NOFILE, &before);
        CHECK_EQUAL(setrlimit(RLIMIT_NOFILE, &(struct rlimit){12, 12}), 0);
        CHECK_EQUAL(scene_start(scene), 0);
        CHECK(pool_progress(scene->pool).running < 12);
        scene_run(scene);
        scene_check_whole(scene, 0);
        check_refusals(scene, EMFILE);
        scene_close(scene);
        if (setrlimit(RLIMIT_NOFILE, &before) < 0)
            break; /* only root can do that again */
    }
}

static void without_descriptors_nothing_is_lost(void **state)
{
    scene_guard(run_short_of_descriptors, (char[]){"dynamic"}, 30);
    scene_guard(run_short_of_descriptors, (char[]){"static"}, 30);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_smaller_pool_does_it_all),
        cmocka_unit_test(blocks_without_a_worker_are_done_by_others),
        cmocka_unit_test(not_even_one_is_a_fault),
        cmocka_unit_test(a_refused_replacement_is_tried_again),
        cmocka_unit_test(without_descriptors_nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
