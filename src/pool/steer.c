// SPDX-License-Identifier: MIT
/* What is asked of a pool while it works: to pause, to be closed, to be larger. */
#include <assert.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "pool/ground.h"
#include "pool/inside.h"
#include "pool/pool.h"
#include "pool/supply.h"

enum { SETTLE_MS = 100 };

void pool_signal_all(struct pool *pool, int number)
{
    for (int i = 0; i < pool->ground.room; i++)
        if (pool->members[i].pid > 0)
            kill(pool->members[i].pid, number);
}

/* One that is stopped before it can end with its parent would outlive it.  Somebody else
 * may have stopped it already: it is not waited for long. */
static void await_settled(const struct member *member)
{
    const struct table_slot *slot = &member->ground->table->slots[member->worker];
    struct pollfd end = {.fd = member->pidfd, .events = POLLIN};
    for (int i = 0; i < SETTLE_MS && member->pid > 0; i++)
        if (atomic_load(&slot->settled) == member->pid || poll(&end, 1, 1) != 0)
            return;
}

/* It may be about to start something, which is to be stopped, too. */
static void await_stopped(const struct member *member)
{
    siginfo_t info = {0};
    for (int i = 0; i < SETTLE_MS && member->pid > 0; i++) {
        waitid(
            P_PIDFD, (id_t)member->pidfd, &info, WSTOPPED | WEXITED | WNOHANG | WNOWAIT);
        if (info.si_pid != 0)
            return;
        poll(NULL, 0, 1);
    }
}

void pool_suspend(struct pool *pool)
{
    if (pool->ground.suspended_at_ns == 0)
        pool->ground.suspended_at_ns = clock_now_ns();
    for (int i = 0; i < pool->ground.room; i++)
        await_settled(&pool->members[i]);
    pool_signal_all(pool, SIGSTOP);
    for (int i = 0; i < pool->ground.room && pool->ground.wards; i++) {
        await_stopped(&pool->members[i]);
        member_signal_group(&pool->members[i], SIGSTOP);
    }
}

void pool_resume(struct pool *pool)
{
    ground_end_suspension(&pool->ground);
    for (int i = 0; i < pool->ground.room; i++)
        member_signal_group(&pool->members[i], SIGCONT);
    pool_signal_all(pool, SIGCONT);
    pool_carry_on(pool); /* what ended meanwhile is followed up now */
}

void pool_supply(struct pool *pool, int64_t tasks, bool whole)
{
    struct table_supply *supply = &pool->ground.table->supply;
    assert(pool->setup.supplied && tasks >= atomic_load(&supply->available));
    assert(tasks <= pool->setup.loop.tasks);
    atomic_store(&supply->available, tasks);
    atomic_store(&supply->whole, whole);
    supply_announce(supply);
}

static void close_for(struct pool *pool, uint32_t state)
{
    struct member_ground *ground = &pool->ground;
    struct table_supply *supply = &ground->table->supply;
    ground->closed = true;
    for (int i = 0; i < ground->room; i++)
        ground_call_off(ground, i);
    if (atomic_load(&supply->closed) < state)
        atomic_store(&supply->closed, state);
}

void pool_close(struct pool *pool)
{
    close_for(pool, WORKLOAD_CLOSED);
    pool_carry_on(pool);
}

bool pool_is_closed(const struct pool *pool)
{
    return pool->ground.closed;
}

void pool_end_tasks(struct pool *pool, int signal)
{
    close_for(pool, WORKLOAD_ENDING);
    for (int i = 0; i < pool->ground.room; i++)
        member_signal_group(&pool->members[i], signal);
    pool_carry_on(pool);
}

bool pool_end_task(struct pool *pool, int worker, int64_t index, int signal)
{
    struct workload_ward *wards = pool->ground.wards;
    if (!wards)
        return false;
    struct workload_ward *ward = &wards[worker];
    if (atomic_load(&ward->begun_ns) == 0 || atomic_load(&ward->index) != index)
        return false;
    atomic_store(&ward->overdue, index + 1);
    return member_signal_group(&pool->members[worker], signal);
}

/* It may have begun to leave nevertheless: then another process follows. */
static void want(struct pool *pool, struct member *member)
{
    struct member_ground *ground = &pool->ground;
    if (member->pid == 0) {
        member->due = true;
        return;
    }
    atomic_store(&ground->table->slots[member->worker].leave, 0);
    if (ground->wards)
        atomic_store(&ground->wards[member->worker].leave, 0);
}

void pool_set_workers(struct pool *pool, int workers)
{
    struct member_ground *ground = &pool->ground;
    if (ground->closed || pool->finished || !pool->setup.schedule->shared)
        return;
    int before = ground->wanted;
    ground->wanted = workers < 1 ? 1 : workers > ground->room ? ground->room : workers;
    for (int i = before; i < ground->wanted; i++)
        want(pool, &pool->members[i]);
    for (int i = ground->wanted; i < before; i++) {
        ground_call_off(ground, i);
        if (pool->members[i].pid == 0)
            leftover_move(&pool->members[i].leftover, &ground->spare);
    }
    pool_carry_on(pool);
}

int pool_workers(const struct pool *pool)
{
    return pool->ground.wanted;
}
