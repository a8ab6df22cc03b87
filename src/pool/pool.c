// SPDX-License-Identifier: MIT
#include "pool/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "pool/gate.h"
#include "pool/inside.h"
#include "pool/process.h"

enum {
    BATCH_IN_HANDOUTS = 100, /* a growing batch ends where hand-outs cost 1 % … */
    CHUNKS_PER_WORKER = 32, /* … or where the last one may leave others idle for 1/32 */
    SPARE_FDS = 64,
    SETTLE_MS = 100,
};

static int64_t tasks_accounted_for(const struct pool *pool)
{
    int64_t tasks = 0;
    for (int i = 0; i < pool->setup.loop.workers; i++)
        tasks += pool->members[i].totals.done + pool->members[i].totals.failed;
    return tasks;
}

/* Doubtful claims were their worker's own where they are missing when all others are
 * done. */
static void resolve_doubts(struct pool *pool)
{
    struct member_ground *ground = &pool->ground;
    struct schedule_range whole = {0, pool->setup.loop.tasks};
    struct member *heir = &pool->members[0];
    while (member_is_given_up(heir) && heir->worker + 1 < pool->setup.loop.workers)
        heir++;
    leftover_resolve(&ground->doubtful, table_cover(whole) ^ ground->cover);
    for (size_t i = 0; i < ground->doubtful.count; i++)
        leftover_add(&heir->leftover, ground->doubtful.shares[i]);
    leftover_finish(&ground->doubtful);
}

static void carry_on(struct pool *pool);
static void on_exit_of(void *data);

/* A new process in the place of one that has ended, while there is something to do. */
static void follow_up(struct pool *pool, struct member *member)
{
    if (!member->due || pool->ground.suspended_at_ns > 0)
        return;
    member->due = false;
    if (member_has_work(member) && member_start(member, on_exit_of) == 0 &&
        !member->renewing)
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
    int64_t index = member_judge(member, end, &state, by_signal);
    member_check_pin(member);
    if (end == MEMBER_DIED && !pool->finished) /* nobody has stopped it at being told */
        member_tell(member, by_signal ? POOL_KILLED : POOL_LEFT, info.si_status, index);
    if (!pool->finished)
        follow_up(pool, member);
    if (end != MEMBER_RENEWED || member->pid == 0)
        carry_on(pool);
}

static void start_where_needed(struct pool *pool)
{
    for (int i = 0; i < pool->setup.loop.workers && !pool->finished; i++) {
        follow_up(pool, &pool->members[i]);
        if (!pool->finished && member_needs_process(&pool->members[i]))
            if (member_start(&pool->members[i], on_exit_of) < 0)
                return; /* the others would be refused too */
    }
}

static bool is_warm(const struct pool *pool)
{
    for (int i = 0; i < pool->setup.loop.workers; i++)
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

static void conclude(struct pool *pool)
{
    pool_stop(pool);
    int64_t lost = pool->setup.loop.tasks - tasks_accounted_for(pool);
    pool->lost = lost > 0 ? lost : 0; /* too many doubts may do a task twice */
}

/* After a process has ended: the pool goes on, or it is finished. */
static void carry_on(struct pool *pool)
{
    struct member_ground *ground = &pool->ground;
    if (pool->finished || ground->suspended_at_ns > 0)
        return;
    start_where_needed(pool);
    if (ground->running == 0 && ground->doubtful.count > 0) {
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

/* A pool needs a descriptor for each worker; the soft limit may be below that. */
static void allow_descriptors(int workers)
{
    struct rlimit limit;
    rlim_t needed = (rlim_t)workers + SPARE_FDS;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= needed)
        return;
    limit.rlim_cur = limit.rlim_max < needed ? limit.rlim_max : needed;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static int64_t grain_limit(const struct schedule_loop *loop)
{
    int64_t chunks = (int64_t)CHUNKS_PER_WORKER * loop->workers;
    return (loop->tasks + chunks - 1) / chunks;
}

static int share_memory(struct member_ground *ground)
{
    const struct workload_job *job = ground->setup->job;
    ground->shared_size = job->ops->shared_size ? job->ops->shared_size(job) : 0;
    if (ground->shared_size == 0)
        return 0;
    void *shared = mmap(NULL, ground->shared_size, PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return -errno;
    ground->shared = shared;
    return 0;
}

static int make_gate(struct pool *pool)
{
    struct member_ground *ground = &pool->ground;
    if (!pool->setup.job->ops->warm)
        return 0;
    ground->gate_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (ground->gate_fd < 0)
        return -errno;
    return loop_watch(
        pool->setup.events, ground->gate_fd, on_warm, pool, &ground->gate_watch);
}

static int prepare_ground(struct pool *pool, struct fault *fault)
{
    struct member_ground *ground = &pool->ground;
    const struct pool_setup *setup = &pool->setup;
    ground->setup = setup;
    process_list_caught(&ground->caught);
    ground->grain_most = grain_limit(&setup->loop);
    ground->gate_fd = -1;
    ground->null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (ground->null_fd < 0)
        return fault_system(fault, -errno, "cannot open /dev/null");
    int error = table_create(&setup->loop, setup->schedule, &ground->table);
    if (error < 0)
        return fault_system(fault, error, "no memory for the task table");
    error = share_memory(ground);
    if (error < 0)
        return fault_system(fault, error, "no memory for what the workers share");
    error = make_gate(pool);
    if (error < 0)
        return fault_system(fault, error, "workers cannot tell that they are ready");
    int64_t handout_ns = setup->handout_ns;
    if (setup->grain_grows && handout_ns == 0)
        handout_ns = pool_measure_handout_ns();
    ground->batch_ns = BATCH_IN_HANDOUTS * handout_ns;
    return 0;
}

/* A smaller pool than asked for is still a pool. */
static int start_all(struct pool *pool, struct fault *fault)
{
    int error = 0;
    pool->ground.started_ns = clock_now_ns();
    for (int i = 0; i < pool->setup.loop.workers && error == 0; i++)
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

int pool_create(
    const struct pool_setup *setup, struct pool **ret_pool, struct fault *fault)
{
    int workers = setup->loop.workers;
    struct pool *pool =
        memory_new(1, sizeof *pool + (size_t)workers * sizeof(struct member));
    pool->setup = *setup;
    for (int i = 0; i < workers; i++)
        pool->members[i] =
            (struct member){.pool = pool, .ground = &pool->ground, .worker = i};
    allow_descriptors(workers);
    int error = prepare_ground(pool, fault);
    if (error == 0)
        error = start_all(pool, fault);
    if (error < 0) {
        pool_destroy(pool);
        return error;
    }
    *ret_pool = pool;
    return 0;
}

static void signal_all(struct pool *pool, int number)
{
    for (int i = 0; i < pool->setup.loop.workers; i++)
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

void pool_suspend(struct pool *pool)
{
    if (pool->ground.suspended_at_ns == 0)
        pool->ground.suspended_at_ns = clock_now_ns();
    for (int i = 0; i < pool->setup.loop.workers; i++)
        await_settled(&pool->members[i]);
    signal_all(pool, SIGSTOP);
}

static void end_suspension(struct member_ground *ground)
{
    if (ground->suspended_at_ns == 0)
        return;
    void *suspensions = ground->suspensions;
    struct pool_gap *gap =
        memory_append(&suspensions, ground->suspension_count++, sizeof *gap);
    *gap = (struct pool_gap){ground->suspended_at_ns, clock_now_ns()};
    ground->suspensions = suspensions;
    ground->suspended_at_ns = 0;
}

void pool_resume(struct pool *pool)
{
    end_suspension(&pool->ground);
    signal_all(pool, SIGCONT);
    carry_on(pool); /* what ended meanwhile is followed up now */
}

void pool_stop(struct pool *pool)
{
    if (pool->finished)
        return;
    pool->finished = true;
    signal_all(pool, SIGKILL);
    end_suspension(&pool->ground);
    for (int i = 0; i < pool->setup.loop.workers; i++) {
        struct member *member = &pool->members[i];
        struct table_state state;
        siginfo_t info;
        if (member->pid > 0)
            member_reap(member, &info, &state);
        member_keep_open(member);
    }
    pool->finished_ns = clock_now_ns();
}

void pool_destroy(struct pool *pool)
{
    if (!pool)
        return;
    struct member_ground *ground = &pool->ground;
    pool_stop(pool);
    for (int i = 0; i < pool->setup.loop.workers; i++)
        member_finish(&pool->members[i]);
    leftover_finish(&ground->doubtful);
    free(ground->suspensions);
    loop_unwatch(ground->gate_watch);
    if (ground->gate_fd >= 0)
        close(ground->gate_fd);
    if (ground->shared)
        munmap(ground->shared, ground->shared_size);
    table_destroy(ground->table);
    if (ground->null_fd >= 0)
        close(ground->null_fd);
    free(pool);
}
