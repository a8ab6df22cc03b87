// SPDX-License-Identifier: MIT
#include "pool/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "pool/gate.h"
#include "pool/ground.h"
#include "pool/groups.h"
#include "pool/inside.h"
#include "pool/told.h"
#include "pool/vigil.h"

enum {
    BATCH_IN_HANDOUTS = 100, /* a growing batch ends where hand-outs cost 1 % … */
    CHUNKS_PER_WORKER = 32, /* … or where the last one may leave others idle for 1/32 */
    DELIVERIES_AT_ONCE = 256, /* then others have their turn in the event loop */
    GROUPS_END_MS = 250,      /* so long those that were killed may take to be gone */
};

static int64_t tasks_accounted_for(const struct pool *pool)
{
    int64_t tasks = 0;
    for (int i = 0; i < pool->ground.room; i++)
        tasks += pool->members[i].totals.done + pool->members[i].totals.failed;
    return tasks;
}

/* Doubtful claims were their worker's own where they are missing when all others are
 * done. */
static void resolve_doubts(struct pool *pool)
{
    struct member_ground *ground = &pool->ground;
    struct schedule_range whole = {0, table_tasks(ground->table)};
    struct member *heir = &pool->members[0];
    while (member_is_given_up(heir) && heir->worker + 1 < ground->wanted)
        heir++;
    leftover_resolve(&ground->doubtful, table_cover(whole) ^ ground->cover);
    for (size_t i = 0; i < ground->doubtful.count; i++)
        leftover_add(&heir->leftover, ground->doubtful.shares[i]);
    leftover_finish(&ground->doubtful);
}

/* One at a time: whoever is told may stop the pool. */
static void deliver(struct pool *pool, int most)
{
    struct pool_delivery delivery;
    int fd = pool->ground.told_fds[0];
    for (int i = 0; i < most && told_receive(fd, &delivery); i++) {
        delivery.spools = pool->members[delivery.worker].spools;
        pool->setup.on_delivery(pool->setup.data, &delivery);
    }
}

/* What has been told so far: the other workers may tell as fast as it is taken. */
static void deliver_all(struct pool *pool)
{
    deliver(pool, told_count(pool->ground.told_fds[0]));
}

static void on_told(void *data)
{
    deliver(data, DELIVERIES_AT_ONCE);
}

static void on_exit_of(void *data);

/* A new process in the place of one that has ended, while there is something to do. */
static void follow_up(struct pool *pool, struct member *member)
{
    if (!member->due || pool->ground.suspended_at_ns > 0)
        return;
    member->due = false;
    bool replaces = member->last_end == MEMBER_DIED;
    if (member_has_work(member) && member_start(member, on_exit_of) == 0 && replaces)
        member_tell(member, POOL_REPLACED, 0, -1);
}

static void on_exit_of(void *data)
{
    struct member *member = data;
    struct pool *pool = member->pool;
    struct table_state state;
    siginfo_t info;
    enum member_end end = member_reap(member, &info, &state);
    bool by_signal = info.si_code != CLD_EXITED;
    deliver_all(pool); /* what it told before its end, too */
    int64_t index = member_judge(member, end, &state, &info);
    member_check_pin(member);
    if (end == MEMBER_DIED && !pool->finished) /* nobody has stopped it at being told */
        member_tell(member, by_signal ? POOL_KILLED : POOL_LEFT, info.si_status, index);
    if (!pool->finished)
        follow_up(pool, member);
    if (end != MEMBER_RENEWED || member->pid == 0)
        pool_carry_on(pool);
}

static void start_where_needed(struct pool *pool)
{
    for (int i = 0; i < pool->ground.room && !pool->finished; i++) {
        follow_up(pool, &pool->members[i]);
        if (!pool->finished && member_needs_process(&pool->members[i]))
            if (member_start(&pool->members[i], on_exit_of) < 0)
                return; /* the others would be refused too */
    }
}

static bool is_warm(const struct pool *pool)
{
    for (int i = 0; i < pool->ground.room; i++)
        if (pool->members[i].pid > 0 && !atomic_load(&pool->ground.table->slots[i].warm))
            return false;
    return pool->ground.running > 0;
}

/* Opens the gate once every worker that has a process is warm. */
static void open_if_warm(struct pool *pool)
{
    struct member_ground *ground = &pool->ground;
    bool closed = ground->gate_fd >= 0 && ground->warm.to_ns == 0;
    if (!closed || pool->finished || ground->suspended_at_ns > 0 || !is_warm(pool))
        return;
    struct pool_event event = {
        .time_ns = clock_now_ns(), .kind = POOL_WARM, .worker = -1, .index = -1};
    ground->warm.to_ns = event.time_ns;
    loop_unwatch(ground->gate_watch);
    ground->gate_watch = NULL;
    if (pool->setup.on_event)
        pool->setup.on_event(pool->setup.data, &event);
    if (!pool->finished)
        gate_open(&ground->table->gate);
}

static void on_warm(void *data)
{
    struct pool *pool = data;
    uint64_t count;
    if (read(pool->ground.gate_fd, &count, sizeof count) == sizeof count)
        open_if_warm(pool);
}

/* The deliveries of the last tasks are no part of the pool's time. */
static void conclude(struct pool *pool)
{
    const struct member_ground *ground = &pool->ground;
    bool tells = ground->told_fds[0] >= 0;
    if (tells && ground->running == 0 && ground->suspension_count == 0)
        pool->finished_ns = ground->reaped_ns;
    pool_stop(pool);
    int64_t lost = table_tasks(ground->table) - tasks_accounted_for(pool);
    pool->lost = lost > 0 && !ground->closed ? lost : 0; /* too many doubts may do a task
                                                            twice */
}

/* What was left by one that is not wanted any more needs a process to be given to: one
 * that is wanted leaves after the task in hand, and comes again. */
static void call_for_spare(struct pool *pool)
{
    struct member_ground *ground = &pool->ground;
    if (ground->spare.count == 0 || ground->closed)
        return;
    for (int i = 0; i < ground->wanted; i++)
        if (atomic_load(&ground->table->slots[i].leave))
            return; /* one is on its way */
    for (int i = 0; i < ground->wanted; i++)
        if (pool->members[i].pid > 0) {
            ground_call_off(ground, i);
            return;
        }
}

void pool_carry_on(struct pool *pool)
{
    struct member_ground *ground = &pool->ground;
    if (pool->finished || ground->suspended_at_ns > 0)
        return;
    start_where_needed(pool);
    call_for_spare(pool);
    if (ground->running == 0 && ground->doubtful.count > 0 && !ground->closed) {
        resolve_doubts(pool);
        start_where_needed(pool);
    }
    if (pool->finished)
        return;
    bool hopeless = member_ground_is_unprepared(ground) && pool->members[0].pid == 0;
    if (ground->running == 0 || hopeless)
        conclude(pool);
    else
        open_if_warm(pool);
}

static int watch(struct pool *pool, struct fault *fault)
{
    struct member_ground *ground = &pool->ground;
    struct loop *events = pool->setup.events;
    int error = 0;
    if (ground->gate_fd >= 0)
        error = loop_watch(events, ground->gate_fd, on_warm, pool, &ground->gate_watch);
    if (error == 0 && ground->told_fds[0] >= 0)
        error =
            loop_watch(events, ground->told_fds[0], on_told, pool, &ground->told_watch);
    return error < 0 ? fault_system(fault, error, "workers cannot be listened to") : 0;
}

/* A smaller pool than asked for is still a pool. */
static int start_all(struct pool *pool, struct fault *fault)
{
    int error = 0;
    pool->ground.started_ns = clock_now_ns();
    for (int i = 0; i < pool->ground.wanted && error == 0; i++)
        error = member_start(&pool->members[i], on_exit_of);
    if (pool->ground.gate_fd >= 0)
        pool->ground.warm.from_ns = clock_now_ns();
    if (pool->ground.running > 0)
        return 0;
    if (error == -EAGAIN)
        return fault_system(fault, error,
            "not one worker process could be started (ulimit -u, or a container's "
            "pids.max)");
    if (error == -ENOSYS || error == -EPERM)
        return fault_system(fault, error,
            "workers cannot be watched (pidfd_open, which Linux 5.4 has, is needed)");
    return fault_system(fault, error, "not one worker process could be started");
}

static int64_t grain_limit(const struct schedule_loop *loop)
{
    int64_t chunks = (int64_t)CHUNKS_PER_WORKER * loop->workers;
    return (loop->tasks + chunks - 1) / chunks;
}

static void price_batches(struct member_ground *ground, const struct pool_setup *setup)
{
    int64_t handout_ns = setup->handout_ns;
    if (setup->grain_grows && handout_ns == 0)
        handout_ns = pool_measure_handout_ns();
    ground->batch_ns = BATCH_IN_HANDOUTS * handout_ns;
    ground->grain_most = grain_limit(&setup->loop);
}

/* Where all is told one by one, a task is what is handed out and stamped. */
static struct pool_setup settle(const struct pool_setup *asked)
{
    struct pool_setup setup = *asked;
    if (setup.room < setup.loop.workers)
        setup.room = setup.loop.workers;
    if (setup.job->ops->tells) {
        setup.grain = 1;
        setup.grain_grows = false;
    }
    return setup;
}

int pool_create(
    const struct pool_setup *asked, struct pool **ret_pool, struct fault *fault)
{
    struct pool_setup setup = settle(asked);
    struct pool *pool =
        memory_new(1, sizeof *pool + (size_t)setup.room * sizeof(struct member));
    pool->setup = setup;
    for (int i = 0; i < setup.room; i++)
        pool->members[i] = (struct member){
            .pool = pool, .ground = &pool->ground, .worker = i, .spools = {-1, -1}};
    price_batches(&pool->ground, &pool->setup);
    int error = ground_prepare(&pool->ground, &pool->setup, fault);
    if (error == 0)
        error = watch(pool, fault);
    if (error == 0)
        error = start_all(pool, fault);
    if (error < 0) {
        pool_destroy(pool);
        return error;
    }
    *ret_pool = pool;
    return 0;
}

/* They have been killed already. */
static void await_groups(const struct pool *pool)
{
    int64_t end_ns = clock_now_ns() + GROUPS_END_MS * NS_PER_MS;
    size_t count = (size_t)pool->ground.room;
    pid_t *groups = memory_new(count, sizeof *groups);
    for (size_t i = 0; i < count; i++)
        groups[i] = pool->members[i].ended_group;
    while (groups_are_alive(count, groups) && clock_now_ns() < end_ns)
        poll(NULL, 0, 1);
    free(groups);
}

void pool_stop(struct pool *pool)
{
    struct member_ground *ground = &pool->ground;
    if (pool->finished)
        return;
    pool->finished = true;
    pool_signal_all(pool, SIGKILL);
    ground_end_suspension(ground);
    for (int i = 0; i < ground->room; i++) {
        struct member *member = &pool->members[i];
        struct table_state state;
        siginfo_t info;
        if (member->pid > 0)
            member_reap(member, &info, &state);
        member_keep_open(member);
    }
    if (pool->finished_ns == 0)
        pool->finished_ns = clock_now_ns();
    deliver_all(pool);
    if (ground->wards)
        await_groups(pool);
    vigil_destroy(ground->vigil);
    ground->vigil = NULL;
}

void pool_destroy(struct pool *pool)
{
    if (!pool)
        return;
    pool_stop(pool);
    for (int i = 0; i < pool->setup.room; i++)
        member_finish(&pool->members[i]);
    ground_finish(&pool->ground);
    free(pool);
}
