// SPDX-License-Identifier: MIT
/* A worker may be killed between any two instructions.  It is traced here, stopped before
 * each of them, and what the table would say about its death is compared with what is
 * true. */
#include "pool/worker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "pool/leftover.h"

/* Under the address sanitizer a fork takes ten times as long. */
#ifdef __SANITIZE_ADDRESS__
enum { KILLS = 300 };
#else
enum { KILLS = 1500 };
#endif
enum { TASKS_MOST = 4000 };

/* A clock that moves on by so much with each look at it; 0: the real one.  Traced
 * instructions take so long that no batch would ever be too short to be published. */
static int64_t clock_step_ns, clock_faked_ns = NS_PER_S;

int clock_gettime(clockid_t id, struct timespec *time)
{
    if (clock_step_ns == 0)
        return (int)syscall(SYS_clock_gettime, id, time);
    *time = clock_timespec(clock_faked_ns += clock_step_ns);
    return 0;
}

static int run_tiny(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    result->digest = (uint64_t)(index * index + 3);
    result->value = index;
    return place->job->size > 0 && index % place->job->size == 0 ? -ENOMEM : 0;
}

static const struct workload_ops tiny = {.name = "tiny", .run = run_tiny};

/* A loop with worker 0, which is killed, and worker 1, which takes tasks now and then. */
struct scene {
    const char *schedule;
    int64_t tasks, chunk, grain, fail_every;
    bool grows;
    int64_t clock_step_ns;
    struct worker_share shares[3];
    size_t share_count;
    int64_t max_tasks;        /* then it leaves to be renewed; 0: never */
    int64_t share_tasks;      /* the cursor begins behind those shared out */
    int64_t other_claims_per; /* the other takes a range every so many steps; 0: never */

    struct workload_job job;
    struct table *table;
    bool others[TASKS_MOST];
    uint64_t random;
    uint64_t hands_seen[3];
};

static void open_scene(struct scene *scene)
{
    const struct schedule_ops *schedule;
    struct fault fault;
    assert_int_equal(schedule_find(scene->schedule, &schedule, &fault), 0);
    struct schedule_loop loop = {scene->tasks, 2, scene->chunk};
    struct table_setup setup = {.loop = loop, .schedule = schedule};
    assert_int_equal(table_create(&setup, &scene->table), 0);
    scene->table->cursor = scene->table->slots[0].cursor = scene->share_tasks;
    table_slot_reset(scene->table, 0);
    scene->job = (struct workload_job){.ops = &tiny, .size = scene->fail_every};
    memset(scene->others, 0, sizeof scene->others);
}

static void let_other_claim(struct scene *scene)
{
    struct schedule_range range;
    struct table_slot *slot = &scene->table->slots[1];
    table_publish(slot, &(struct table_state){.claim = slot->wanted});
    if (table_claim(scene->table, 1, 0, &range))
        for (int64_t i = range.begin; i < range.end; i++)
            scene->others[i] = true;
}

static _Noreturn void work(const struct scene *scene, bool traced)
{
    struct worker_setup setup = {.job = &scene->job,
        .table = scene->table,
        .worker = 0,
        .grain = scene->grain,
        .pin = -1,
        .grain_grows = scene->grows,
        .chunk_grows = scene->grows,
        .grain_most = 64,
        .batch_ns = 100000,
        .max_tasks = scene->max_tasks,
        .share_count = scene->share_count,
        .shares = scene->shares};
    clock_step_ns = scene->clock_step_ns;
    if (traced) {
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
            _exit(77);
        raise(SIGSTOP);
    }
    _exit(worker_work(&setup, NULL));
}

static void mark(bool marks[], struct schedule_range range)
{
    for (int64_t i = range.begin; i < range.end; i++) {
        if (marks[i])
            fail_msg("task %ld is in hand twice", (long)i);
        marks[i] = true;
    }
}

static bool was_taken(const struct scene *scene, int64_t index)
{
    int64_t cursor = scene->table->schedule->shared ? scene->table->cursor
                                                    : scene->table->slots[0].cursor;
    return index < cursor && !scene->others[index];
}

/* The sign of all that the worker claimed is that of all that the other did not. */
static void check_cover(struct scene *scene, const struct table_state *state)
{
    struct table_hands hands = table_hands_of(scene->table, 0);
    uint64_t cover = state->cover;
    for (uint64_t claim = state->claim + 1; claim <= hands.last; claim++) {
        struct schedule_range range;
        enum table_hand hand = table_hand_of(scene->table, 0, claim, &range);
        if (hand == TABLE_HAND_HELD ||
            (hand == TABLE_HAND_AMBIGUOUS && !scene->others[range.begin]))
            cover ^= table_cover(range);
    }
    for (int64_t i = scene->share_tasks; i < scene->tasks; i++)
        if (was_taken(scene, i))
            cover ^= table_cover((struct schedule_range){i, i + 1});
    assert_true(cover == 0);
}

/* What would have to be done again if the worker died now. */
static void mark_hands(struct scene *scene, const struct table_state *state, bool marks[])
{
    struct leftover given = {scene->share_count, scene->shares}, rest = {0};
    leftover_after(&given, state, &rest);
    for (size_t i = 0; i < rest.count; i++)
        mark(marks, rest.shares[i].range);
    leftover_finish(&rest);
    struct table_hands hands = table_hands_of(scene->table, 0);
    for (uint64_t claim = hands.first; claim <= hands.last; claim++) {
        struct schedule_range range;
        enum table_hand hand = table_hand_of(scene->table, 0, claim, &range);
        scene->hands_seen[hand]++;
        if (hand == TABLE_HAND_EMPTY)
            continue;
        bool foreign = scene->others[range.begin];
        for (int64_t i = range.begin; i < range.end; i++)
            assert_int_equal(scene->others[i], foreign);
        if (hand == TABLE_HAND_HELD)
            assert_false(foreign);
        else
            assert_int_equal(claim, hands.last);
        if (!foreign)
            mark(marks, range);
    }
}

static void check_records(const struct scene *scene, const struct table_state *state)
{
    int64_t count = 0, failed = 0;
    uint64_t digest = 0;
    for (int64_t i = 0; i < scene->table->records_opened; i++) {
        const struct table_record *record = &scene->table->records[i];
        if (!record->complete && i == state->open_number)
            record = &state->open; /* kept by the parent */
        else if (!record->complete)
            continue;
        count += record->count;
        failed += record->failed;
        digest += record->count > 1     ? record->digest
                  : record->failed == 0 ? workload_mix(record->index, record->digest)
                                        : 0;
    }
    assert_int_equal(count, state->done + state->failed);
    assert_int_equal(failed, state->failed);
    assert_true(digest == state->digest);
}

/* All that was taken is either published as done or in hand, and nothing is both. */
static void check(struct scene *scene)
{
    bool hands[TASKS_MOST] = {false};
    struct table_state state = table_state_of(&scene->table->slots[0]);
    int64_t done = 0, failed = 0;
    uint64_t digest = 0;
    struct workload_place place = {.job = &scene->job, .workers = 1};
    mark_hands(scene, &state, hands);
    for (int64_t i = 0; i < scene->tasks; i++) {
        struct workload_result result;
        if (!was_taken(scene, i))
            assert_false(hands[i]);
        if (!was_taken(scene, i) || hands[i])
            continue;
        bool fails = run_tiny(&place, i, &result) < 0;
        failed += fails;
        done += !fails;
        digest += fails ? 0 : workload_mix(i, result.digest);
    }
    assert_int_equal(state.done, done);
    assert_int_equal(state.failed, failed);
    assert_true(state.digest == digest);
    check_records(scene, &state);
    check_cover(scene, &state);
}

static uint64_t next_random(struct scene *scene)
{
    scene->random = scene->random * UINT64_C(6364136223846793005) + 1442695040888963407;
    return scene->random >> 33;
}

/* Tracer and traced take turns: on one CPU that is a switch, not a wake-up. */
static void stay_on_one_cpu(cpu_set_t *ret_before)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(sched_getcpu(), &one);
    sched_getaffinity(0, sizeof *ret_before, ret_before);
    sched_setaffinity(0, sizeof one, &one);
}

/* Returns how many instructions the worker took. */
static int64_t step_through(struct scene *scene)
{
    int64_t steps = 0;
    int status;
    cpu_set_t before;
    open_scene(scene);
    stay_on_one_cpu(&before);
    pid_t pid = fork();
    if (pid == 0)
        work(scene, true);
    waitpid(pid, &status, 0);
    if (!WIFSTOPPED(status)) {
        sched_setaffinity(0, sizeof before, &before);
        table_destroy(scene->table);
        skip(); /* tracing is not allowed here */
    }
    for (;; steps++) {
        ptrace(PTRACE_SINGLESTEP, pid, NULL, NULL);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        if (!WIFSTOPPED(status))
            break;
        check(scene);
        if (scene->table->slots[0].notes.first_ns > 0 && scene->other_claims_per > 0 &&
            next_random(scene) % (uint64_t)scene->other_claims_per == 0)
            let_other_claim(scene);
    }
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), scene->max_tasks ? WORKER_EXIT_RENEW : 0);
    assert_true(scene->table->slots[0].notes.ended);
    check(scene);
    struct table_state state = table_state_of(&scene->table->slots[0]);
    if (scene->max_tasks > 0)
        assert_int_equal(state.done + state.failed, scene->max_tasks);
    sched_setaffinity(0, sizeof before, &before);
    table_destroy(scene->table);
    return steps;
}

static void published_one_by_one(void **state)
{
    struct scene scene = {.schedule = "dynamic",
        .tasks = 24,
        .chunk = 5,
        .grain = 2,
        .fail_every = 7,
        .clock_step_ns = 2000};
    assert_true(step_through(&scene) > 1000);
    (void)state;
}

static void published_after_several(void **state)
{
    struct scene scene = {.schedule = "dynamic",
        .tasks = 90,
        .chunk = 2,
        .grain = 1,
        .fail_every = 11,
        .clock_step_ns = 10};
    step_through(&scene);
    assert_true(scene.hands_seen[TABLE_HAND_HELD] > 1000);
    (void)state;
}

static void with_chunks_that_grow(void **state)
{
    struct scene scene = {.schedule = "dynamic",
        .tasks = 300,
        .chunk = 1,
        .grain = 1,
        .grows = true,
        .clock_step_ns = 30};
    step_through(&scene);
    (void)state;
}

static void with_a_block_of_its_own(void **state)
{
    struct scene scene = {.schedule = "static",
        .tasks = 100,
        .chunk = 100,
        .grain = 3,
        .clock_step_ns = 500};
    step_through(&scene);
    assert_int_equal(scene.hands_seen[TABLE_HAND_AMBIGUOUS], 0);
    (void)state;
}

static void with_shares_of_a_predecessor(void **state)
{
    struct scene scene = {.schedule = "dynamic",
        .tasks = 60,
        .chunk = 4,
        .grain = 2,
        .fail_every = 7,
        .clock_step_ns = 400,
        .shares = {{{0, 5}, 1, true}, {{5, 6}, 0, false}, {{6, 20}, 0, false}},
        .share_count = 3,
        .share_tasks = 20};
    step_through(&scene);
    (void)state;
}

/* It leaves within a batch, between two, within a share, and with the last of all. */
static void until_it_is_renewed(void **state)
{
    static const int64_t most[] = {1, 13, 20, 60};
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        struct scene scene = {.schedule = i % 2 ? "guided" : "dynamic",
            .tasks = 60,
            .chunk = 4,
            .grain = 3,
            .fail_every = 7,
            .clock_step_ns = i % 3 ? 400 : 10,
            .shares = {{{0, 5}, 0, true}, {{5, 6}, 2, false}, {{6, 20}, 0, false}},
            .share_count = 3,
            .share_tasks = 20,
            .max_tasks = most[i]};
        step_through(&scene);
    }
    (void)state;
}

/* The other takes the range that the worker is about to take, again and again. */
static void beside_a_faster_one(void **state)
{
    for (int per = 2; per <= 50; per *= 5) {
        struct scene scene = {.schedule = "dynamic",
            .tasks = 600,
            .chunk = 3,
            .grain = 2,
            .clock_step_ns = 200,
            .other_claims_per = per,
            .random = (uint64_t)per};
        step_through(&scene);
        assert_true(scene.hands_seen[TABLE_HAND_AMBIGUOUS] > 0);
    }
    (void)state;
}

/* At full speed, killed by chance: what single steps cannot show. */
static void killed_at_random_instants(void **state)
{
    struct scene scene = {.schedule = "dynamic",
        .tasks = TASKS_MOST,
        .chunk = 1,
        .grain = 1,
        .fail_every = 13,
        .random = 1};
    int cut_short = 0;
    for (int round = 0; round < KILLS; round++) {
        int status;
        open_scene(&scene);
        pid_t pid = fork();
        if (pid == 0)
            work(&scene, false);
        while (scene.table->cursor == 0) /* until it has begun */
            continue;
        int64_t until_ns = clock_now_ns() + (int64_t)next_random(&scene) % 300000;
        do
            if (round % 2)
                let_other_claim(&scene);
        while (clock_now_ns() < until_ns);
        kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
        cut_short += WIFSIGNALED(status) && table_unclaimed(scene.table, 0) > 0;
        check(&scene);
        table_destroy(scene.table);
    }
    assert_true(cut_short > KILLS / 15);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_one_by_one),
        cmocka_unit_test(published_after_several),
        cmocka_unit_test(with_chunks_that_grow),
        cmocka_unit_test(with_a_block_of_its_own),
        cmocka_unit_test(with_shares_of_a_predecessor),
        cmocka_unit_test(until_it_is_renewed),
        cmocka_unit_test(beside_a_faster_one),
        cmocka_unit_test(killed_at_random_instants),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
