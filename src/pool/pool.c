// SPDX-License-Identifier: MIT
#include "pool/pool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "pool/member.h"
#include "pool/worker.h"

enum {
    BATCH_IN_HANDOUTS = 100, /* a growing batch ends where hand-outs cost 1 % … */
    CHUNKS_PER_WORKER = 32, /* … or where the last one may leave others idle for 1/32 */
    SPARE_FDS = 64,
    SETTLE_MS = 100,
};

struct pool {
    struct pool_setup setup;
    struct member_ground ground;
    int64_t finished_ns;
    int64_t lost;
    bool finished;
    struct member members[];
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

static void on_exit_of(void *data)
{
    struct member *member = data;
    struct pool *pool = member->pool;
    siginfo_t info;
    struct table_state state = member_reap(member, &info);
    bool by_signal = info.si_code != CLD_EXITED;
    int64_t index = member_judge(member, &state, by_signal);
    if (!by_signal && info.si_status == EXIT_SUCCESS && index < 0) {
        carry_on(pool);
        return;
    }
    member_tell(member, by_signal ? POOL_KILLED : POOL_LEFT, info.si_status, index);
    if (pool->finished) /* stopped by whom that was told */
        return;
    bool more = table_unclaimed(pool->ground.table, member->worker) > 0;
    if ((more && !member_is_given_up(member)) || member_needs_process(member))
        if (member_start(member, on_exit_of) == 0)
            member_tell(member, POOL_REPLACED, 0, -1);
    carry_on(pool);
}

static void start_where_needed(struct pool *pool)
{
    for (int i = 0; i < pool->setup.loop.workers && !pool->finished; i++)
        if (member_needs_process(&pool->members[i]))
            if (member_start(&pool->members[i], on_exit_of) < 0)
                return; /* the others would be refused too */
}

/* After a process has ended: the pool goes on, or it is finished. */
static void carry_on(struct pool *pool)
{
    start_where_needed(pool);
    if (pool->ground.running == 0 && pool->ground.doubtful.count > 0) {
        resolve_doubts(pool);
        start_where_needed(pool);
    }
    if (pool->ground.running > 0 || pool->finished)
        return;
    int64_t lost = pool->setup.loop.tasks - tasks_accounted_for(pool);
    pool->lost = lost > 0 ? lost : 0; /* too many doubts may do a task twice */
    pool->finished_ns = clock_now_ns();
    pool->finished = true;
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

static int prepare_ground(struct pool *pool, struct fault *fault)
{
    struct member_ground *ground = &pool->ground;
    const struct pool_setup *setup = &pool->setup;
    ground->setup = setup;
    ground->grain_most = grain_limit(&setup->loop);
    ground->null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (ground->null_fd < 0)
        return fault_system(fault, -errno, "cannot open /dev/null");
    int error = table_create(&setup->loop, setup->schedule, &ground->table);
    if (error < 0)
        return fault_system(fault, error, "no memory for the task table");
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
    for (int i = 0; i < pool->setup.loop.workers; i++)
        await_settled(&pool->members[i]);
    signal_all(pool, SIGSTOP);
}

void pool_resume(struct pool *pool)
{
    signal_all(pool, SIGCONT);
}

void pool_stop(struct pool *pool)
{
    if (pool->finished)
        return;
    signal_all(pool, SIGKILL);
    for (int i = 0; i < pool->setup.loop.workers; i++) {
        siginfo_t info;
        if (pool->members[i].pid > 0)
            member_reap(&pool->members[i], &info);
    }
    pool->finished_ns = clock_now_ns();
    pool->finished = true;
}

void pool_destroy(struct pool *pool)
{
    if (!pool)
        return;
    pool_stop(pool);
    for (int i = 0; i < pool->setup.loop.workers; i++)
        member_finish(&pool->members[i]);
    leftover_finish(&pool->ground.doubtful);
    table_destroy(pool->ground.table);
    if (pool->ground.null_fd >= 0)
        close(pool->ground.null_fd);
    free(pool);
}

const bool *pool_finished(const struct pool *pool)
{
    return &pool->finished;
}

struct pool_progress pool_progress(struct pool *pool)
{
    struct pool_progress progress = {.running = pool->ground.running};
    for (int i = 0; i < pool->setup.loop.workers; i++) {
        const struct member *member = &pool->members[i];
        progress.done += member->totals.done;
        progress.failed += member->totals.failed;
        if (member->pid == 0)
            continue;
        const struct table_state *state = table_peek_state(&pool->ground.table->slots[i]);
        progress.done += state->done;
        progress.failed += state->failed;
    }
    return progress;
}

/* The task in hand, of which the worker may be past already: what is read is not all of
 * one moment. */
static int64_t index_in_hand(const struct member *member, const struct table_slot *slot)
{
    const struct table_state *state = table_peek_state(slot);
    int64_t position = state->position, shares_done = state->shares_done;
    uint64_t claimed = atomic_load_explicit(&slot->claimed, memory_order_acquire);
    const struct table_claim *claim = &slot->claims[claimed % TABLE_CLAIMS];
    struct schedule_range range = {claim->begin, claim->end};
    if (claimed == 0 && (size_t)shares_done >= member->leftover.count)
        return -1;
    if (claimed == 0)
        range = member->leftover.shares[shares_done].range;
    if ((claimed == 0 || claimed == state->claim) && position > range.begin)
        range.begin = position;
    bool sound = range.begin >= 0 && range.end <= member->ground->setup->loop.tasks;
    return sound && range.begin < range.end ? range.begin : -1;
}

struct pool_view pool_view(struct pool *pool, int worker)
{
    const struct member *member = &pool->members[worker];
    struct pool_view view = {.pid = member->pid,
        .cpu = -1,
        .index = -1,
        .done = member->totals.done,
        .failed = member->totals.failed,
        .ended_cpu_ns = member->totals.cpu_ns};
    if (member->pid == 0)
        return view;
    const struct table_slot *slot = &pool->ground.table->slots[worker];
    const struct table_state *state = table_peek_state(slot);
    view.index = index_in_hand(member, slot);
    view.done += state->done;
    view.failed += state->failed;
    view.last_ns = state->last_ns;
    view.cpu = (int)slot->notes.cpu;
    return view;
}

struct pool_totals pool_totals(const struct pool *pool, int worker)
{
    return pool->members[worker].totals;
}

int64_t pool_started_ns(const struct pool *pool)
{
    return pool->ground.started_ns;
}

int64_t pool_finished_ns(const struct pool *pool)
{
    return pool->finished_ns;
}

int64_t pool_retried(const struct pool *pool)
{
    return pool->ground.retried;
}

int64_t pool_lost(const struct pool *pool)
{
    return pool->lost;
}

uint64_t pool_usual_digest(const struct pool *pool)
{
    return atomic_load(&pool->ground.table->usual);
}

const struct table_record *pool_records(const struct pool *pool, size_t *ret_count)
{
    int64_t opened = atomic_load(&pool->ground.table->records_opened);
    *ret_count = (size_t)(opened < TABLE_RECORDS ? opened : TABLE_RECORDS);
    return pool->ground.table->records;
}

static int run_nothing(
    const struct workload_job *job, int64_t index, struct workload_result *result)
{
    (void)job;
    result->digest = (uint64_t)index;
    return 0;
}

int64_t pool_measure_handout_ns(void)
{
    enum { HANDOUTS = 2000 };
    static const struct workload_ops nothing = {.name = "nothing", .run = run_nothing};
    struct workload_job job = {.ops = &nothing};
    struct schedule_loop loop = {.tasks = HANDOUTS, .workers = 1, .chunk = 1};
    struct worker_setup setup = {.job = &job, .grain = 1};
    if (table_create(&loop, schedule_table[0], &setup.table) < 0)
        return 1;
    worker_work(&setup);
    const struct table_slot *slot = &setup.table->slots[0];
    int64_t price_ns = (table_state_of(slot).last_ns - slot->notes.first_ns) / HANDOUTS;
    table_destroy(setup.table);
    return price_ns > 0 ? price_ns : 1;
}
