// SPDX-License-Identifier: MIT
#include "pool/member.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "pool/gate.h"
#include "pool/process.h"

/* So often in a row a process may die before its first task: then the worker is given up.
 */
enum { BARREN_DEATHS_MAX = 10 };

/* Looking into /proc costs a new process 50 us: at most 1 % of the time. */
enum { LOOK_EVERY_NS = 5000000 };

void member_tell(
    const struct member *member, enum pool_event_kind kind, int status, int64_t index)
{
    const struct pool_setup *setup = member->ground->setup;
    struct pool_event event = {.time_ns = clock_now_ns(),
        .kind = kind,
        .worker = member->worker,
        .pid = member->totals.pid,
        .status = status,
        .index = index};
    if (setup->on_event)
        setup->on_event(setup->data, &event);
}

/* A child that cannot be watched is not left running. */
static int watch_process(struct member *member, loop_callback *on_exit)
{
    int error = 0;
    member->pidfd = (int)syscall(SYS_pidfd_open, member->pid, 0);
    if (member->pidfd < 0)
        error = -errno;
    else
        error = loop_watch(member->ground->setup->events, member->pidfd, on_exit, member,
            &member->watch);
    if (error == 0)
        return 0;
    kill(member->pid, SIGKILL);
    waitpid(member->pid, NULL, 0);
    if (member->pidfd >= 0)
        close(member->pidfd);
    member->pid = 0;
    return error;
}

static struct worker_setup describe_work(const struct member *member)
{
    const struct member_ground *ground = member->ground;
    const struct pool_setup *setup = ground->setup;
    int64_t grain = ground->table->slots[member->worker].notes.grain;
    bool pinned = setup->pin_count > 0;
    return (struct worker_setup){.job = setup->job,
        .table = ground->table,
        .worker = member->worker,
        .grain = member->renewing && grain > 0 ? grain : setup->grain,
        .grain_grows = setup->grain_grows,
        .chunk_grows = setup->chunk_grows,
        .order = setup->order,
        .max_tasks = setup->max_tasks,
        .renewal = member->renewing,
        .blind = member->blind,
        .caught = ground->caught,
        .cpu_base_ns = member->totals.cpu_ns,
        .pin = pinned ? setup->pins[(size_t)member->worker % setup->pin_count] : -1,
        .gate_fd = ground->gate_fd,
        .shared = ground->shared,
        .grain_most = ground->grain_most,
        .batch_ns = ground->batch_ns,
        .share_count = member->leftover.count,
        .shares = member->leftover.shares};
}

/* The process waited for a CPU since its first stamp; -1 where that cannot be known. */
static int64_t waited_ns(const struct member *member, const struct table_notes *notes)
{
    if (notes->first_wait_ns < 0)
        return -1;
    int64_t last_ns = notes->last_wait_ns;
    if (!notes->ended) {
        char process[16];
        snprintf(process, sizeof process, "%d", (int)member->pid);
        last_ns = worker_wait_ns(process);
    }
    return last_ns < 0 ? -1 : last_ns - notes->first_wait_ns;
}

static void add_gap(struct member *member, int64_t from_ns, int64_t to_ns)
{
    struct pool_totals *totals = &member->totals;
    void *gaps = member->gaps;
    struct pool_gap *gap = memory_append(&gaps, totals->gap_count++, sizeof *gap);
    *gap = (struct pool_gap){from_ns, to_ns};
    totals->gaps = member->gaps = gaps;
}

/* How much of that time the pool was suspended. */
static int64_t suspended_ns(
    const struct member_ground *ground, int64_t from_ns, int64_t to_ns)
{
    int64_t sum_ns = 0;
    for (size_t i = ground->suspension_count; i > 0; i--) {
        const struct pool_gap *gap = &ground->suspensions[i - 1];
        if (gap->to_ns <= from_ns)
            break;
        int64_t begin_ns = gap->from_ns > from_ns ? gap->from_ns : from_ns;
        int64_t end_ns = gap->to_ns < to_ns ? gap->to_ns : to_ns;
        sum_ns += end_ns > begin_ns ? end_ns - begin_ns : 0;
    }
    return sum_ns;
}

/* One process more for what is left is a hand-out, if a dear one. */
static void add_renewal(struct member *member, int64_t from_ns, int64_t to_ns)
{
    int64_t took_ns = to_ns - from_ns - suspended_ns(member->ground, from_ns, to_ns);
    member->totals.handouts++;
    member->totals.handout_ns += took_ns;
    member->totals.renewing_ns += took_ns;
}

/* What those waited that looked stands for the others. */
static void add_waiting(
    struct member *member, int64_t last_ns, const struct table_notes *notes)
{
    struct pool_totals *totals = &member->totals;
    member->span_ns += last_ns - notes->first_ns;
    if (member->blind)
        return;
    member->seen_ns += last_ns - notes->first_ns;
    member->looked_ns = notes->first_ns;
    int64_t waiting_ns = waited_ns(member, notes);
    if (waiting_ns < 0)
        totals->waiting_ns = -1;
    else if (totals->waiting_ns >= 0)
        totals->waiting_ns += waiting_ns;
}

static void add_times(struct member *member, const struct table_state *state)
{
    struct pool_totals *totals = &member->totals;
    const struct table_notes *notes = &member->ground->table->slots[member->worker].notes;
    if (notes->first_ns == 0)
        return;
    if (totals->first_ns == 0)
        totals->first_ns = notes->first_ns;
    else if (member->renewing)
        add_renewal(member, totals->last_ns, notes->first_ns);
    else
        add_gap(member, totals->last_ns, notes->first_ns);
    totals->last_ns = state->last_ns;
    totals->cpu_ns += notes->last_cpu_ns - notes->first_cpu_ns;
    totals->handouts += notes->handouts;
    totals->odd_tasks += notes->odd_tasks;
    if (notes->odd_tasks > 0) {
        totals->odd_index = notes->odd_index;
        totals->odd_digest = notes->odd_digest;
    }
    if (notes->handouts_timed > 0)
        totals->handout_ns +=
            (int64_t)((double)notes->handouts_timed_ns / (double)notes->handouts_timed *
                      (double)notes->handouts);
    if (notes->largest_chunk > totals->largest_chunk)
        totals->largest_chunk = notes->largest_chunk;
    add_waiting(member, state->last_ns, notes);
}

/* Adds what the process did, which has ended but is still there to be asked. */
static struct table_state add_process(struct member *member, enum member_end end)
{
    struct table *table = member->ground->table;
    struct table_state state = table_state_of(&table->slots[member->worker]);
    member->open = state.open;
    member->open_number = state.open_number;
    if (end != MEMBER_RENEWED)
        member_keep_open(member);
    member->totals.done += state.done;
    member->totals.failed += state.failed;
    member->totals.digest += state.digest;
    member->ground->cover ^= state.cover;
    add_times(member, &state);
    return state;
}

static void wait_for(const struct member *member, siginfo_t *ret_info, int options)
{
    *ret_info = (siginfo_t){0};
    while (waitid(P_PIDFD, (id_t)member->pidfd, ret_info, options) < 0 && errno == EINTR)
        continue;
}

/* A task may leave with any status. */
static enum member_end end_of(const struct member *member, const siginfo_t *info)
{
    if (info->si_code != CLD_EXITED ||
        !member->ground->table->slots[member->worker].notes.ended)
        return MEMBER_DIED;
    if (info->si_status == WORKER_EXIT_RENEW)
        return MEMBER_RENEWED;
    return info->si_status == EXIT_SUCCESS ? MEMBER_DONE : MEMBER_DIED;
}

enum member_end member_reap(
    struct member *member, siginfo_t *ret_info, struct table_state *ret_state)
{
    wait_for(member, ret_info, WEXITED | WNOWAIT);
    enum member_end end = end_of(member, ret_info);
    *ret_state = add_process(member, end);
    member->totals.renewals += end == MEMBER_RENEWED;
    wait_for(member, ret_info, WEXITED);
    loop_unwatch(member->watch);
    close(member->pidfd);
    member->watch = NULL;
    member->pid = 0;
    member->ground->running--;
    return end;
}

void member_keep_open(struct member *member)
{
    if (member->open.count > 0)
        table_keep_record(member->ground->table, member->open_number, &member->open);
    member->open.count = 0;
}

void member_check_pin(struct member *member)
{
    int64_t error = member->ground->table->slots[member->worker].notes.unpinned;
    if (error == 0 || member->unpinned)
        return;
    member->unpinned = true;
    member_tell(member, POOL_UNPINNED, (int)error, -1);
}

/* A task that is not tried again leaves a record, as the others do. */
static void fail_task(struct member *member, const struct leftover_verdict *verdict)
{
    struct table *table = member->ground->table;
    int64_t now_ns = clock_now_ns();
    const struct order *order = member->ground->setup->order;
    struct table_record record = {.index = order_index(order, verdict->index),
        .start_ns = member->totals.last_ns ? member->totals.last_ns : now_ns,
        .end_ns = now_ns,
        .count = 1,
        .failed = 1,
        .worker = (uint16_t)member->worker,
        .cpu = UINT16_MAX,
        .attempts = (uint8_t)verdict->deaths};
    table_keep_record(table, table_open_record(table), &record);
    member->totals.failed++;
}

/* What the dead process had in hand goes to the worker's next process. */
static void take_leftover(struct member *member, const struct table_state *state)
{
    const struct table *table = member->ground->table;
    struct leftover rest = {0};
    leftover_after(&member->leftover, state, &rest);
    struct table_hands hands = table_hands_of(table, member->worker);
    for (uint64_t claim = hands.first; claim <= hands.last; claim++) {
        struct worker_share hand = {.deaths = 0};
        switch (table_hand_of(table, member->worker, claim, &hand.range)) {
        case TABLE_HAND_HELD:
            leftover_add(&rest, hand);
            if (claim > state->claim)
                member->ground->cover ^= table_cover(hand.range);
            break;
        case TABLE_HAND_AMBIGUOUS:
            leftover_add(&member->ground->doubtful, hand);
            break;
        case TABLE_HAND_EMPTY:
            break;
        }
    }
    leftover_finish(&member->leftover);
    member->leftover = rest;
}

/* What a process did that had to be ended again counts, and what it had in hand is not
 * lost. */
static void take_back(struct member *member)
{
    struct table_state state = add_process(member, MEMBER_DIED);
    take_leftover(member, &state);
    member->renewing = false;
}

/* The slot for the next process; what a renewed one has summed so far is in it. */
static void clear_slot(struct member *member)
{
    struct table *table = member->ground->table;
    struct table_state *state = &table->slots[member->worker].state[0];
    table_slot_reset(table, member->worker);
    if (member->open.count == 0)
        return;
    state->open = member->open;
    state->open_number = member->open_number;
}

int member_start(struct member *member, loop_callback *on_exit)
{
    member->blind =
        member->renewing && member->totals.last_ns - member->looked_ns < LOOK_EVERY_NS;
    struct worker_setup work = describe_work(member);
    clear_slot(member);
    pid_t parent = getpid(), pid = fork();
    if (pid == 0)
        process_main(&work, parent, member->ground->null_fd);
    int error = pid < 0 ? -errno : 0;
    if (error == 0) {
        member->pid = member->totals.pid = pid;
        member->totals.ran = true;
        member->open.count = 0;
        error = watch_process(member, on_exit);
        if (error < 0)
            take_back(member);
    }
    if (error < 0) {
        member_tell(member, POOL_REFUSED, -error, -1);
        return error;
    }
    member->ground->running++;
    return 0;
}

int64_t member_judge(struct member *member, enum member_end end,
    const struct table_state *state, bool by_signal)
{
    const struct pool_setup *setup = member->ground->setup;
    const struct table_notes *notes = &member->ground->table->slots[member->worker].notes;
    take_leftover(member, state);
    member->due = end != MEMBER_DONE;
    member->renewing = end == MEMBER_RENEWED;
    if (end == MEMBER_DIED && notes->first_ns == 0) {
        member->barren_deaths++;
        return -1;
    }
    member->barren_deaths = 0;
    if (end != MEMBER_DIED || notes->ended || member->leftover.count == 0)
        return -1;
    /* Its last batch, or one before that which was not published. */
    int64_t suspects = (notes->unpublished + 1) * notes->grain;
    struct leftover_verdict verdict =
        leftover_blame(&member->leftover, suspects, by_signal ? setup->retries : 0);
    member->ground->retried += verdict.retried;
    if (verdict.failed)
        fail_task(member, &verdict);
    return order_index(setup->order, verdict.index);
}

void member_finish(struct member *member)
{
    leftover_finish(&member->leftover);
    free(member->gaps);
    member->gaps = NULL;
}

bool member_is_given_up(const struct member *member)
{
    return member->barren_deaths >= BARREN_DEATHS_MAX;
}

bool member_ground_is_unprepared(const struct member_ground *ground)
{
    return gate_has_prepare(ground->setup->job) &&
           atomic_load(&ground->table->gate.prepared) == 0;
}

static bool must_prepare(const struct member *member)
{
    return member->worker == 0 && member_ground_is_unprepared(member->ground);
}

bool member_has_work(const struct member *member)
{
    if (member_is_given_up(member))
        return false;
    return member->leftover.count > 0 || must_prepare(member) ||
           table_unclaimed(member->ground->table, member->worker) > 0;
}

bool member_needs_process(const struct member *member)
{
    const struct member_ground *ground = member->ground;
    if (member->pid > 0 || !member_has_work(member))
        return false;
    if (member->leftover.count > 0 || must_prepare(member))
        return true;
    return !ground->setup->schedule->shared || ground->running == 0;
}
