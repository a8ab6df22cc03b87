// SPDX-License-Identifier: MIT
/* What tasks have started ends with their worker, with the pool and with the program,
 * also what ignores every signal that can be ignored. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "brood.h"
#include "scene.h"

enum {
    WORKERS = 3,
    EACH = 3, /* a child and two of its own */
    LEFT_MOST = 9,
};

static _Noreturn void be_child(const struct workload_place *place, pid_t parent)
{
    struct brood *brood = *(struct brood *const *)place->job->body;
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(EXIT_FAILURE);
    atomic_store(&place->ward->group, getpid());
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    for (int i = 1; i < EACH; i++)
        if (fork() == 0)
            brood_live_on(brood);
    brood_live_on(brood);
}

/* A task that lasts until what it has started is ended. */
static int give_birth(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    int status;
    pid_t parent = getpid(), child = fork();
    if (child == 0)
        be_child(place, parent);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    atomic_store(&place->ward->group, 0);
    result->digest = (uint64_t)index;
    place->outcome->signal = WTERMSIG(status);
    place->outcome->timed_out = atomic_load(&place->ward->overdue) == index + 1;
    if (atomic_load(place->closed) == WORKLOAD_ENDING)
        return -ECANCELED;
    return -ECHILD;
}

static const struct workload_ops birth = {
    .name = "birth", .tells = true, .run = give_birth};

/* A task in its worker's own group, which leaves a process behind; from the tenth on it
 * lasts for ever, with nothing in its ward. */
static int leave_one(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    struct brood *brood = *(struct brood *const *)place->job->body;
    setpgid(0, 0);
    if (fork() == 0)
        brood_live_on(brood);
    result->digest = (uint64_t)index;
    while (index >= LEFT_MOST)
        pause();
    return 0;
}

static const struct workload_ops leaving = {
    .name = "leave", .tells = true, .run = leave_one};

static struct scene *open_brood(struct brood **ret_brood)
{
    struct scene *scene = scene_create(&birth, 0, "dynamic", 100, WORKERS);
    *ret_brood = brood_create();
    scene->job.body = ret_brood;
    scene->setup.retries = 0;
    CHECK_EQUAL(scene_start(scene), 0);
    brood_await(*ret_brood, WORKERS * EACH, 0);
    return scene;
}

static void stop_all(void *data)
{
    struct brood *brood;
    struct scene *scene = open_brood(&brood);
    pool_stop(scene->pool);
    CHECK_EQUAL(brood_count(brood, 0), 0);
    scene_close(scene);
    (void)data;
}

static void nothing_is_left_by_a_pool_that_is_stopped(void **state)
{
    scene_guard(stop_all, NULL, 20);
    (void)state;
}

static void leave_some(void *data)
{
    struct brood *brood = brood_create();
    struct scene *scene = scene_create(&leaving, 0, "dynamic", LEFT_MOST, WORKERS);
    scene->job.body = &brood;
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    CHECK_EQUAL(brood_count(brood, 0), 0);
    scene_check_whole(scene, 0);
    scene_close(scene);
    (void)data;
}

static void what_a_worker_leaves_behind_ends_with_it(void **state)
{
    scene_guard(leave_some, NULL, 20);
    (void)state;
}

static void stop_when_told(struct scene *scene, const struct pool_event *event)
{
    bool *seen = scene->data;
    *seen |= event->kind == POOL_KILLED;
    if (event->kind == POOL_REPLACED)
        pool_stop(scene->pool);
}

static void kill_one(void *data)
{
    struct brood *brood;
    bool seen = false;
    struct scene *scene = open_brood(&brood);
    struct pool_view view = pool_view(scene->pool, 1);
    scene->on_event = stop_when_told;
    scene->data = &seen;
    CHECK(view.group > 0 && view.begun_ns > 0);
    CHECK_EQUAL(kill(view.pid, SIGKILL), 0);
    scene_run(scene);
    CHECK(seen);
    CHECK(kill(-view.group, 0) < 0 || brood_state_of(view.group) == 'Z');
    CHECK_EQUAL(brood_count(brood, 0), 0);
    scene_close(scene);
    (void)data;
}

static void look_for_the_rest(struct scene *scene, const struct pool_event *event)
{
    const struct brood *brood = *(struct brood *const *)scene->job.body;
    if (event->kind != POOL_KILLED)
        return;
    int64_t end_ns = clock_now_ns() + 15 * NS_PER_S;
    while (brood_count(brood, 0) > (WORKERS - 1) * EACH && clock_now_ns() < end_ns)
        usleep(500);
    CHECK_EQUAL(brood_count(brood, 0), (WORKERS - 1) * EACH);
    pool_stop(scene->pool);
}

static void kill_one_of_several(void *data)
{
    struct brood *brood;
    struct scene *scene = open_brood(&brood);
    scene->on_event = look_for_the_rest;
    CHECK_EQUAL(kill(pool_view(scene->pool, 0).pid, SIGKILL), 0);
    scene_run(scene);
    CHECK_EQUAL(brood_count(brood, 0), 0);
    scene_close(scene);
    (void)data;
}

static void what_a_dead_worker_has_started_ends_and_no_more(void **state)
{
    scene_guard(kill_one, NULL, 20);
    scene_guard(kill_one_of_several, NULL, 20);
    (void)state;
}

static pid_t child_named(pid_t parent, const char *name)
{
    char path[300], text[64];
    const struct dirent *entry;
    pid_t found = 0;
    DIR *folder = opendir("/proc");
    CHECK(folder);
    while (found == 0 && (entry = readdir(folder))) {
        int pid = atoi(entry->d_name), its_parent;
        snprintf(path, sizeof path, "/proc/%d/stat", pid);
        FILE *file = pid > 0 ? fopen(path, "r") : NULL;
        if (file && fscanf(file, "%*d (%63[^)]) %*c %d", text, &its_parent) == 2 &&
            its_parent == parent && strcmp(text, name) == 0)
            found = pid;
        if (file)
            fclose(file);
    }
    closedir(folder);
    return found;
}

static int count_descriptors(pid_t pid)
{
    char path[48];
    int count = 0;
    const struct dirent *entry;
    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *folder = opendir(path);
    CHECK(folder);
    while ((entry = readdir(folder)))
        count += entry->d_name[0] != '.';
    closedir(folder);
    return count;
}

enum cruelty { PLAINLY, STOPPED, SUSPENDED, LEAVING };

static _Noreturn void be_program(struct brood *brood, enum cruelty cruelty)
{
    const struct workload_ops *ops = cruelty == LEAVING ? &leaving : &birth;
    int born = cruelty == LEAVING ? LEFT_MOST + WORKERS : WORKERS * EACH;
    struct scene *scene = scene_create(ops, 0, "dynamic", 100, WORKERS);
    scene->job.body = &brood;
    CHECK_EQUAL(scene_start(scene), 0);
    brood_await(brood, born, 0);
    for (int i = 0; i < WORKERS; i++)
        atomic_store(&brood->pids[born + i], pool_view(scene->pool, i).pid);
    if (cruelty == SUSPENDED)
        pool_suspend(scene->pool);
    if (cruelty == STOPPED)
        for (int i = 0; i < WORKERS; i++)
            kill(pool_view(scene->pool, i).pid, SIGSTOP);
    atomic_store(&brood->count, born + WORKERS);
    atomic_store(&brood->program, getpid());
    scene_run(scene);
    _exit(EXIT_SUCCESS);
}

static void kill_program(void *data)
{
    const enum cruelty *cruelty = data;
    struct brood *brood = brood_create();
    pid_t program = fork();
    if (program == 0)
        be_program(brood, *cruelty);
    while (atomic_load(&brood->program) == 0)
        usleep(500);
    CHECK_EQUAL(brood_count(brood, 0), atomic_load(&brood->count));
    pid_t warden = child_named(program, "warden");
    CHECK(warden > 0);
    CHECK_EQUAL(count_descriptors(warden), 0);
    CHECK_EQUAL(kill(program, SIGKILL), 0);
    CHECK_EQUAL(waitpid(program, NULL, 0), program);
    brood_await(brood, 0, 0);
    int64_t end_ns = clock_now_ns() + 15 * NS_PER_S;
    while (brood_is_alive(warden) && clock_now_ns() < end_ns)
        usleep(500);
    CHECK(!brood_is_alive(warden));
}

static void nothing_outlives_a_program_that_is_killed(void **state)
{
    enum cruelty all[] = {PLAINLY, STOPPED, SUSPENDED, LEAVING};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        scene_guard(kill_program, &all[i], 60);
    (void)state;
}

static void suspend(void *data)
{
    struct brood *brood;
    struct scene *scene = open_brood(&brood);
    pool_suspend(scene->pool);
    brood_await(brood, WORKERS * EACH, 'T');
    pool_resume(scene->pool);
    brood_await(brood, WORKERS * EACH, 'S');
    pool_suspend(scene->pool);
    pool_stop(scene->pool);
    CHECK_EQUAL(brood_count(brood, 0), 0);
    scene_close(scene);
    (void)data;
}

static void what_tasks_have_started_is_suspended_with_them(void **state)
{
    scene_guard(suspend, NULL, 20);
    (void)state;
}

static void note_overdue(void *data, const struct pool_delivery *delivery)
{
    struct scene *scene = data;
    int64_t *ended = scene->data;
    CHECK_EQUAL(delivery->index, *ended);
    CHECK_EQUAL(delivery->outcome.signal, SIGKILL);
    CHECK(delivery->outcome.timed_out && delivery->failed);
    pool_stop(scene->pool);
}

static void end_one(void *data)
{
    struct brood *brood;
    int64_t ended;
    struct scene *scene = scene_create(&birth, 0, "dynamic", 100, WORKERS);
    brood = brood_create();
    scene->job.body = &brood;
    scene->setup.on_delivery = note_overdue;
    scene->data = &ended;
    CHECK_EQUAL(scene_start(scene), 0);
    brood_await(brood, WORKERS * EACH, 0);
    ended = pool_view(scene->pool, 1).index;
    CHECK(!pool_end_task(scene->pool, 1, ended + 50, SIGKILL));
    CHECK_EQUAL(brood_count(brood, 0), WORKERS * EACH);
    CHECK(pool_end_task(scene->pool, 1, ended, SIGTERM)); /* which it ignores */
    CHECK_EQUAL(brood_count(brood, 0), WORKERS * EACH);
    CHECK(pool_end_task(scene->pool, 1, ended, SIGKILL));
    scene_run(scene);
    scene_close(scene);
    (void)data;
}

static void end_all(void *data)
{
    struct brood *brood;
    struct scene *scene = open_brood(&brood);
    pool_end_tasks(scene->pool, SIGKILL);
    CHECK(pool_is_closed(scene->pool));
    scene_run(scene);
    brood_await(brood, 0, 0); /* whose parents are not waited for */
    CHECK_EQUAL(scene_done(scene) + scene_failed(scene) + pool_lost(scene->pool), 0);
    CHECK_EQUAL(scene_count(scene, POOL_KILLED) + scene_count(scene, POOL_LEFT), 0);
    scene_close(scene);
    (void)data;
}

static void tasks_can_be_ended(void **state)
{
    scene_guard(end_one, NULL, 20);
    scene_guard(end_all, NULL, 20);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_left_by_a_pool_that_is_stopped),
        cmocka_unit_test(what_a_dead_worker_has_started_ends_and_no_more),
        cmocka_unit_test(what_a_worker_leaves_behind_ends_with_it),
        cmocka_unit_test(nothing_outlives_a_program_that_is_killed),
        cmocka_unit_test(what_tasks_have_started_is_suspended_with_them),
        cmocka_unit_test(tasks_can_be_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
