// SPDX-License-Identifier: MIT
#include "pool/member.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "pool/failure.h"
#include "pool/gate.h"
#include "pool/process.h"
#include "pool/reckoning.h"
#include "pool/spools.h"

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

/* The next process goes on where the last has ended. */
static bool is_renewing(const struct member *member)
{
    return member->last_end == MEMBER_RENEWED;
}

static struct worker_telling describe_telling(const struct member *member)
{
    const struct member_ground *ground = member->ground;
    return (struct worker_telling){.fd = ground->told_fds[1],
        .spools = {member->spools[0], member->spools[1]},
        .ward = ground->wards ? &ground->wards[member->worker] : NULL,
        .descriptors = ground->descriptors};
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
        .grain = is_renewing(member) && grain > 0 ? grain : setup->grain,
        .grain_grows = setup->grain_grows,
        .chunk_grows = setup->chunk_grows,
        .order = setup->order,
        .max_tasks = setup->max_tasks,
        .renewal = is_renewing(member),
        .blind = member->blind,
        .caught = ground->caught,
        .cpu_base_ns = member->totals.cpu_ns,
        .pin = pinned ? setup->pins[(size_t)member->worker % setup->pin_count] : -1,
        .gate_fd = ground->gate_fd,
        .shared = ground->shared,
        .telling = describe_telling(member),
        .grain_most = ground->grain_most,
        .batch_ns = ground->batch_ns,
        .share_count = member->leftover.count,
        .shares = member->leftover.shares};
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
    reckoning_add(member, &state);
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
    if (info->si_status == WORKER_EXIT_LEAVE)
        return MEMBER_LEFT;
    return info->si_status == EXIT_SUCCESS ? MEMBER_DONE : MEMBER_DIED;
}

/* Its number is forgotten once it is as good as gone: it may be anybody's soon. */
static void end_group(struct member *member)
{
    struct workload_ward *wards = member->ground->wards;
    if (!wards)
        return;
    struct workload_ward *ward = &wards[member->worker];
    atomic_store(&ward->worker, 0);
    pid_t group = atomic_load(&ward->group);
    if (member_signal_group(member, SIGKILL))
        member->ended_group = group;
    atomic_store(&ward->group, 0);
}

/* A worker with a process group of its own may have left others in it, which end with it.
 * Until it is buried, the number is nobody else's. */
static void end_own_group(struct member *member)
{
    if (member->ground->wards && kill(-member->pid, SIGKILL) == 0)
        member->ended_group = member->pid;
}

enum member_end member_reap(
    struct member *member, siginfo_t *ret_info, struct table_state *ret_state)
{
    wait_for(member, ret_info, WEXITED | WNOWAIT);
    enum member_end end = end_of(member, ret_info);
    *ret_state = add_process(member, end);
    member->totals.renewals += end == MEMBER_RENEWED;
    end_own_group(member);
    wait_for(member, ret_info, WEXITED);
    end_group(member);
    member->ground->reaped_ns = clock_now_ns();
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
    member->last_end = MEMBER_DIED;
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

/* What somebody left who is gone, too, is for the next process. */
static int get_ready(struct member *member)
{
    struct member_ground *ground = member->ground;
    leftover_move(&ground->spare, &member->leftover);
    if (!ground->wards)
        return 0;
    memset(&ground->wards[member->worker], 0, sizeof *ground->wards);
    return spools_open(member->spools);
}

/* Where the limit was raised for the parent, what a worker opens is to fit below it as it
 * was before, and others' descriptors are in the way.  Where it starts programs, each
 * would be copied and closed with every one of them. */
static void drop_others(const struct member *member)
{
    const struct member *all = member - member->worker;
    for (int i = 0; i < member->ground->room; i++) {
        if (i == member->worker)
            continue;
        if (all[i].pid > 0)
            close(all[i].pidfd);
        spools_close(all[i].spools);
    }
}

int member_start(struct member *member, loop_callback *on_exit)
{
    member->blind =
        is_renewing(member) && member->totals.last_ns - member->looked_ns < LOOK_EVERY_NS;
    int error = get_ready(member);
    struct worker_setup work = describe_work(member);
    clear_slot(member);
    pid_t parent = getpid(), pid = error < 0 ? -1 : fork();
    if (pid == 0 && (work.telling.ward || work.telling.descriptors > 0))
        drop_others(member);
    if (pid == 0)
        process_main(&work, parent, member->ground->null_fd);
    if (error == 0 && pid < 0)
        error = -errno;
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

static int64_t judge(struct member *member, enum member_end end,
    const struct table_state *state, const siginfo_t *info)
{
    const struct pool_setup *setup = member->ground->setup;
    const struct table_notes *notes = &member->ground->table->slots[member->worker].notes;
    take_leftover(member, state);
    member->due = end != MEMBER_DONE;
    member->last_end =
        end == MEMBER_LEFT && member_is_wanted(member) ? MEMBER_RENEWED : end;
    if (end == MEMBER_DIED && notes->first_ns == 0) {
        member->barren_deaths++;
        return -1;
    }
    member->barren_deaths = 0;
    if (end != MEMBER_DIED || notes->ended || member->leftover.count == 0)
        return -1;
    /* Its last batch, or one before that which was not published. */
    int64_t suspects = (notes->unpublished + 1) * notes->grain;
    int64_t first = order_index(setup->order, member->leftover.shares[0].range.begin);
    bool accident = info->si_code != CLD_EXITED && !failure_is_overdue(member, first);
    struct leftover_verdict verdict =
        leftover_blame(&member->leftover, suspects, accident ? setup->retries : 0);
    if (!member->ground->closed)
        member->ground->retried += verdict.retried;
    if (verdict.failed)
        failure_note(member, &verdict, info);
    return order_index(setup->order, verdict.index);
}

int64_t member_judge(struct member *member, enum member_end end,
    const struct table_state *state, const siginfo_t *info)
{
    int64_t index = judge(member, end, state, info);
    if (!member_is_wanted(member))
        leftover_move(&member->leftover, &member->ground->spare);
    return index;
}

void member_finish(struct member *member)
{
    leftover_finish(&member->leftover);
    free(member->gaps);
    member->gaps = NULL;
    spools_close(member->spools);
}

bool member_is_wanted(const struct member *member)
{
    const struct member_ground *ground = member->ground;
    return member->worker < ground->wanted && !ground->closed;
}

bool member_signal_group(const struct member *member, int number)
{
    const struct workload_ward *wards = member->ground->wards;
    pid_t group = wards ? atomic_load(&wards[member->worker].group) : 0;
    return group > 0 && kill(-group, number) == 0;
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
    const struct member_ground *ground = member->ground;
    const struct table *table = ground->table;
    if (member_is_given_up(member) || !member_is_wanted(member))
        return false;
    return member->leftover.count > 0 || ground->spare.count > 0 ||
           must_prepare(member) || !table_is_whole(table) ||
           table_unclaimed(table, member->worker) > 0;
}

bool member_needs_process(const struct member *member)
{
    const struct member_ground *ground = member->ground;
    if (member->pid > 0 || !member_has_work(member))
        return false;
    if (member->leftover.count > 0 || ground->spare.count > 0 || must_prepare(member))
        return true;
    return !ground->setup->schedule->shared || ground->running == 0;
}
