// SPDX-License-Identifier: MIT
/* Workers that are renewed after so many tasks, tasks in another order than they are
 * numbered, workers that are pinned: each task is done once, by whom it should be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include "scene.h"

enum { TASKS_MOST = 12000, CPU_THAT_IS_NOT = 100000 };

/* Who did a task, how often it was begun, and as which of all; shared with workers. */
struct trace {
    _Atomic pid_t pid;
    _Atomic int tries, cpu;
    _Atomic int64_t turn;
};

static struct {
    struct trace *tasks;
    _Atomic int64_t *turns;
    int64_t work_us, leave_at; /* -1: none leaves */
    int status;
    struct order *order;
} notes;

static int run_traced(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    struct trace *trace = &notes.tasks[index];
    (void)place;
    trace->turn = atomic_fetch_add(notes.turns, 1);
    trace->pid = getpid();
    trace->cpu = sched_getcpu();
    if (index == notes.leave_at && atomic_fetch_add(&trace->tries, 1) == 0)
        _exit(notes.status);
    if (index != notes.leave_at)
        atomic_fetch_add(&trace->tries, 1);
    if (notes.work_us > 0)
        usleep((useconds_t)notes.work_us);
    result->digest = (uint64_t)index;
    return 0;
}

static const struct workload_ops traced = {.name = "traced", .run = run_traced};

static void *share(size_t size)
{
    void *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(memory != MAP_FAILED);
    return memory;
}

struct trial {
    const char *schedule;
    int64_t tasks;
    int workers;
    int64_t chunk, grain, max_tasks;
    bool ordered, grows;
    int64_t work_us;
};

/* The second half of each ten first, then the first halves. */
static struct order *make_order(int64_t tasks)
{
    struct order_run runs[TASKS_MOST / 5 + 2];
    size_t count = 0;
    for (int64_t index = 0; index < tasks; index += 5, count++)
        runs[count] = (struct order_run){
            index, tasks - index < 5 ? tasks - index : 5, index / 5 % 2 ? 2 : 1};
    return order_create(tasks, count, runs);
}

static struct scene *set_up(const struct trial *trial)
{
    struct scene *scene =
        scene_create(&traced, 0, trial->schedule, trial->tasks, trial->workers);
    notes.tasks = share(TASKS_MOST * sizeof *notes.tasks);
    notes.turns = share(sizeof *notes.turns);
    notes.work_us = trial->work_us;
    notes.leave_at = -1;
    if (trial->chunk > 0)
        scene->setup.loop.chunk = trial->chunk;
    scene->setup.grain = trial->grain;
    scene->setup.grain_grows = scene->setup.chunk_grows = trial->grows;
    scene->setup.max_tasks = trial->max_tasks;
    scene->setup.order = notes.order = trial->ordered ? make_order(trial->tasks) : NULL;
    return scene;
}

static void tear_down(struct scene *scene)
{
    scene_close(scene);
    order_destroy(notes.order);
    munmap(notes.tasks, TASKS_MOST * sizeof *notes.tasks);
    munmap(notes.turns, sizeof *notes.turns);
}

static int64_t renewals(const struct scene *scene)
{
    int64_t sum = 0;
    for (int i = 0; i < scene->setup.loop.workers; i++)
        sum += pool_totals(scene->pool, i).renewals;
    return sum;
}

/* None did more than it may, and those that left for that did exactly as many. */
static void check_processes(const struct scene *scene, const struct trial *trial)
{
    int64_t full = 0;
    for (int64_t i = 0; i < trial->tasks; i++) {
        int64_t same = 0, earlier = 0;
        for (int64_t j = 0; j < trial->tasks; j++) {
            same += notes.tasks[j].pid == notes.tasks[i].pid;
            earlier += j < i && notes.tasks[j].pid == notes.tasks[i].pid;
        }
        CHECK(same <= trial->max_tasks);
        full += earlier == 0 && same == trial->max_tasks;
    }
    CHECK_EQUAL(renewals(scene), full);
}

static void check_totals(const struct scene *scene, const struct trial *trial)
{
    for (int i = 0; i < trial->workers; i++) {
        struct pool_totals totals = pool_totals(scene->pool, i);
        CHECK_EQUAL(totals.gap_count, 0);
        CHECK_EQUAL(totals.pinned, -1);
        CHECK(totals.renewing_ns >= 0 && totals.renewing_ns <= totals.handout_ns);
        CHECK(totals.renewing_ns <= totals.last_ns - totals.first_ns);
        CHECK((totals.renewals > 1) <= (totals.renewing_ns > 0));
        CHECK(totals.handouts >= totals.renewals - 1);
    }
}

static void check_attempts(const struct scene *scene)
{
    size_t count;
    const struct table_record *records = pool_records(scene->pool, &count);
    for (size_t i = 0; i < count; i++)
        CHECK(!records[i].complete || records[i].attempts == 1);
}

static void live(void *data)
{
    const struct trial *trial = data;
    struct scene *scene = set_up(trial);
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, 0);
    CHECK_EQUAL(scene->count, 0);
    CHECK_EQUAL(pool_retried(scene->pool), 0);
    for (int64_t i = 0; i < trial->tasks; i++)
        CHECK_EQUAL(notes.tasks[i].tries, 1);
    check_totals(scene, trial);
    check_attempts(scene);
    if (trial->max_tasks > 0)
        check_processes(scene, trial);
    else
        CHECK_EQUAL(renewals(scene), 0);
    tear_down(scene);
}

static void every_schedule_does_every_task_once(void **state)
{
    static const int64_t most[] = {0, 1, 7};
    for (size_t s = 0; schedule_table[s]; s++)
        for (int ordered = 0; ordered < 2; ordered++)
            for (size_t k = 0; k < 3; k++) {
                struct trial trial = {
                    schedule_table[s]->name, 403, 3, 0, 1, most[k], ordered, false, 0};
                scene_guard(live, &trial, 20);
                trial.chunk = 5;
                trial.grain = 4;
                scene_guard(live, &trial, 20);
                trial.work_us = 50;
                trial.grows = schedule_table[s]->shared;
                scene_guard(live, &trial, 20);
            }
    (void)state;
}

/* Without a limit of renewals the table must not be filled by their records. */
static void renew_often(void *data)
{
    const struct trial *trial = data;
    struct scene *scene = set_up(trial);
    size_t count;
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, 0);
    CHECK_EQUAL(renewals(scene), trial->tasks);
    pool_records(scene->pool, &count);
    CHECK(count <= (size_t)trial->tasks / 3 + (size_t)trial->workers);
    tear_down(scene);
}

static void renewals_use_up_no_records(void **state)
{
    struct trial trial = {"dynamic", TASKS_MOST, 4, 1, 1, 1, false, false, 0};
    scene_guard(renew_often, &trial, 120);
    (void)state;
}

/* The dearest are begun first; with one worker exactly in the order. */
static void begin_in_order(void *data)
{
    const struct trial *trial = data;
    struct scene *scene = set_up(trial);
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    for (int64_t place = 0; place < trial->tasks; place++)
        CHECK_EQUAL(notes.tasks[order_index(scene->setup.order, place)].turn, place);
    CHECK_EQUAL(notes.tasks[5].turn, 0);
    CHECK_EQUAL(notes.tasks[0].turn, trial->tasks / 2);
    tear_down(scene);
}

static void an_order_is_kept(void **state)
{
    struct trial trial = {"dynamic", 400, 1, 1, 1, 0, true, false, 0};
    scene_guard(begin_in_order, &trial, 20);
    trial.schedule = "guided";
    trial.max_tasks = 7;
    scene_guard(begin_in_order, &trial, 20);
    trial.schedule = "static";
    trial.chunk = 0;
    scene_guard(begin_in_order, &trial, 20);
    (void)state;
}

/* A task that leaves with the status of a renewal has left all the same; it is named by
 * its number, not by its place. */
static void leave_alike(void *data)
{
    const struct trial *trial = data;
    struct scene *scene = set_up(trial);
    notes.leave_at = 20;
    notes.status = 103;
    scene->setup.retries = 3;
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, 1);
    CHECK_EQUAL(scene_count(scene, POOL_LEFT), 1);
    CHECK_EQUAL(scene->events[0].kind, POOL_LEFT);
    CHECK_EQUAL(scene->events[0].status, 103);
    CHECK_EQUAL(scene->events[0].index, 20);
    size_t count;
    const struct table_record *records = pool_records(scene->pool, &count);
    for (size_t i = 0; i < count; i++)
        CHECK(!records[i].complete || records[i].failed == 0 || records[i].index == 20);
    tear_down(scene);
}

static void no_task_can_leave_as_if_it_were_renewed(void **state)
{
    struct trial trial = {"dynamic", 60, 2, 1, 1, 0, true, false, 1500};
    scene_guard(leave_alike, &trial, 20);
    trial.max_tasks = 4;
    scene_guard(leave_alike, &trial, 20);
    (void)state;
}

/* Suspended between two of its processes: what passes meanwhile is no hand-out. */
struct rest {
    struct scene *scene;
    struct watch *timer;
    int64_t done, since_ns, rested_ns;
    bool resting;
};

static void rest_now_and_then(void *data)
{
    struct rest *rest = data;
    int64_t done = pool_progress(rest->scene->pool).done;
    if (rest->resting)
        rest->rested_ns += clock_now_ns() - rest->since_ns;
    if (rest->resting)
        pool_resume(rest->scene->pool);
    else
        pool_suspend(rest->scene->pool);
    rest->since_ns = clock_now_ns();
    CHECK(!rest->resting || done <= rest->done + rest->scene->setup.loop.workers);
    rest->done = pool_progress(rest->scene->pool).done;
    rest->resting = !rest->resting;
}

static void rest_on_the_way(void *data)
{
    const struct trial *trial = data;
    struct scene *scene = set_up(trial);
    struct rest rest = {.scene = scene};
    CHECK_EQUAL(scene_start(scene), 0);
    CHECK_EQUAL(loop_watch_timer(
                    scene->loop, 20 * NS_PER_MS, rest_now_and_then, &rest, &rest.timer),
        0);
    scene_run(scene);
    loop_unwatch(rest.timer);
    scene_check_whole(scene, 0);
    CHECK_EQUAL(scene->count, 0);
    check_totals(scene, trial);
    int64_t took_ns = pool_finished_ns(scene->pool) - pool_started_ns(scene->pool);
    for (int i = 0; i < trial->workers; i++)
        CHECK(pool_totals(scene->pool, i).renewing_ns <= took_ns - rest.rested_ns);
    tear_down(scene);
}

static void suspended_ones_are_not_renewed(void **state)
{
    struct trial trial = {"dynamic", 1000, 2, 1, 1, 1, false, false, 0};
    scene_guard(rest_on_the_way, &trial, 30);
    trial.schedule = "static";
    scene_guard(rest_on_the_way, &trial, 30);
    (void)state;
}

static void pin_nowhere(void *data)
{
    const struct trial *trial = data;
    static const int pins[] = {CPU_THAT_IS_NOT};
    struct scene *scene = set_up(trial);
    scene->setup.pins = pins;
    scene->setup.pin_count = 1;
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, 0);
    CHECK_EQUAL(scene->count, trial->workers);
    int told = 0;
    for (int i = 0; i < scene->count; i++) {
        CHECK_EQUAL(scene->events[i].kind, POOL_UNPINNED);
        CHECK_EQUAL(scene->events[i].status, EINVAL);
        CHECK(scene->events[i].pid > 0);
        told |= 1 << scene->events[i].worker;
    }
    CHECK_EQUAL(told, (1 << trial->workers) - 1);
    for (int i = 0; i < trial->workers; i++)
        CHECK_EQUAL(pool_totals(scene->pool, i).pinned, -1);
    tear_down(scene);
}

static void who_cannot_be_pinned_works_unpinned_and_that_is_told_once(void **state)
{
    struct trial trial = {"dynamic", 100, 3, 1, 1, 0, false, false, 100};
    scene_guard(pin_nowhere, &trial, 20);
    trial.max_tasks = 3;
    trial.schedule = "cyclic";
    scene_guard(pin_nowhere, &trial, 20);
    (void)state;
}

static void pin_in_turn(void *data)
{
    const struct trial *trial = data;
    cpu_set_t before, after;
    int pins[2], count = 0;
    CHECK_EQUAL(sched_getaffinity(0, sizeof before, &before), 0);
    for (int cpu = CPU_SETSIZE - 1; cpu >= 0 && count < 2; cpu--)
        if (CPU_ISSET(cpu, &before))
            pins[count++] = cpu;
    struct scene *scene = set_up(trial);
    scene->setup.pins = pins;
    scene->setup.pin_count = (size_t)count;
    CHECK_EQUAL(scene_start(scene), 0);
    scene_run(scene);
    scene_check_whole(scene, 0);
    CHECK_EQUAL(scene->count, 0);
    for (int64_t i = 0; i < trial->tasks; i++)
        CHECK_EQUAL(notes.tasks[i].cpu, pins[i % trial->workers % count]);
    for (int i = 0; i < trial->workers; i++)
        CHECK_EQUAL(pool_totals(scene->pool, i).pinned, pins[i % count]);
    CHECK_EQUAL(sched_getaffinity(0, sizeof after, &after), 0);
    CHECK(CPU_EQUAL(&before, &after));
    tear_down(scene);
}

static void workers_stay_on_the_cpus_they_are_pinned_to(void **state)
{
    struct trial trial = {"cyclic", 90, 3, 1, 1, 0, false, false, 100};
    scene_guard(pin_in_turn, &trial, 20);
    trial.max_tasks = 2;
    scene_guard(pin_in_turn, &trial, 20);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_schedule_does_every_task_once),
        cmocka_unit_test(renewals_use_up_no_records),
        cmocka_unit_test(an_order_is_kept),
        cmocka_unit_test(no_task_can_leave_as_if_it_were_renewed),
        cmocka_unit_test(suspended_ones_are_not_renewed),
        cmocka_unit_test(who_cannot_be_pinned_works_unpinned_and_that_is_told_once),
        cmocka_unit_test(workers_stay_on_the_cpus_they_are_pinned_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
