// SPDX-License-Identifier: MIT
#include "pool/inside.h"
#include "pool/pool.h"

const bool *pool_finished(const struct pool *pool)
{
    return &pool->finished;
}

struct pool_progress pool_progress(struct pool *pool)
{
    struct pool_progress progress = {
        .running = pool->ground.running, .claimed = table_claimed(pool->ground.table)};
    for (int i = 0; i < pool->ground.room; i++) {
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
    if (!sound || range.begin >= range.end)
        return -1;
    return order_index(member->ground->setup->order, range.begin);
}

static void look_into(const struct workload_ward *ward, struct pool_view *view)
{
    view->group = atomic_load(&ward->group);
    view->begun_ns = atomic_load(&ward->begun_ns);
    if (view->begun_ns > 0)
        view->index = atomic_load(&ward->index);
}

struct pool_view pool_view(struct pool *pool, int worker)
{
    struct member *member = &pool->members[worker];
    if (member->pid > 0)
        member_check_pin(member);
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
    view.ended_cpu_ns += slot->notes.children_cpu_ns - slot->notes.warm_cpu_ns;
    if (pool->ground.wards)
        look_into(&pool->ground.wards[worker], &view);
    return view;
}

struct pool_totals pool_totals(const struct pool *pool, int worker)
{
    const struct member *member = &pool->members[worker];
    struct pool_totals totals = member->totals;
    bool pinned = totals.ran && pool->setup.pin_count > 0 && !member->unpinned;
    if (totals.waiting_ns > 0 && member->seen_ns > 0)
        totals.waiting_ns = (int64_t)((double)totals.waiting_ns *
                                      (double)member->span_ns / (double)member->seen_ns);
    totals.pinned =
        pinned ? pool->setup.pins[(size_t)worker % pool->setup.pin_count] : -1;
    return totals;
}

int64_t pool_started_ns(const struct pool *pool)
{
    return pool->ground.started_ns;
}

int64_t pool_finished_ns(const struct pool *pool)
{
    return pool->finished_ns;
}

struct pool_gap pool_warm(const struct pool *pool)
{
    return pool->ground.warm;
}

int64_t pool_warm_cpu_ns(const struct pool *pool)
{
    int64_t sum_ns = 0;
    for (int i = 0; i < pool->ground.room; i++)
        if (pool->members[i].pid > 0)
            sum_ns += pool->ground.table->slots[i].notes.warm_cpu_ns;
    return sum_ns;
}

struct pool_gap pool_prepare(const struct pool *pool)
{
    const struct table_gate *gate = &pool->ground.table->gate;
    struct pool_gap gap = {
        atomic_load(&gate->prepare_from_ns), atomic_load(&gate->prepare_to_ns)};
    if (gap.from_ns > 0 && gap.to_ns == 0) /* it was stopped before */
        gap.to_ns = pool->finished_ns;
    return gap;
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
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    (void)place;
    result->digest = (uint64_t)index;
    return 0;
}

int64_t pool_measure_handout_ns(void)
{
    enum { HANDOUTS = 2000 };
    static const struct workload_ops nothing = {.name = "nothing", .run = run_nothing};
    struct workload_job job = {.ops = &nothing};
    struct schedule_loop loop = {.tasks = HANDOUTS, .workers = 1, .chunk = 1};
    struct worker_setup setup = {.job = &job, .grain = 1, .pin = -1};
    struct table_setup table = {.loop = loop, .schedule = schedule_table[0]};
    if (table_create(&table, &setup.table) < 0)
        return 1;
    worker_work(&setup, NULL);
    const struct table_slot *slot = &setup.table->slots[0];
    int64_t price_ns = (table_state_of(slot).last_ns - slot->notes.first_ns) / HANDOUTS;
    table_destroy(setup.table);
    return price_ns > 0 ? price_ns : 1;
}
