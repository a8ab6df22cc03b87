// SPDX-License-Identifier: MIT
#include "pool/worker.h"

#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "pool/delay.h"
#include "pool/supply.h"
#include "pool/told.h"
#include "pool/worker_inside.h"

enum {
    HANDOUTS_PER_STAMP = 63, /* every so many, a hand-out has a stamp on both sides; with
                                no divisor in common with the batches per publishing … */
    STAMP_IS_CHEAP_NS = 10000,   /* … and every one after a batch as long as that */
    CPU_CLOCK_EVERY_NS = 100000, /* a read costs 1 us: at most 1 % of the time */
    HANDOUT_MOST_NS = 20000,     /* what takes longer is not the hand-out itself */
    PUBLISH_FROM_NS = 1000,      /* a batch shorter than that waits for others */
};

static bool may_begin(struct worker *worker)
{
    return !worker_is_told_to_leave(worker) && worker->tasks_left > 0;
}

/* What one read of the clock takes here. */
static int64_t price_of_stamp(void)
{
    enum { READS = 8 };
    int64_t least_ns = INT64_MAX, before_ns = clock_now_ns();
    for (int i = 0; i < READS; i++) {
        int64_t now_ns = clock_now_ns();
        if (now_ns - before_ns < least_ns)
            least_ns = now_ns - before_ns;
        before_ns = now_ns;
    }
    return least_ns;
}

static void stamp_first(struct worker *worker)
{
    struct table_notes *notes = worker->notes;
    worker->stamp_ns = price_of_stamp();
    notes->cpu = sched_getcpu();
    notes->first_wait_ns = notes->last_wait_ns = delay_read_ns(worker->wait_fd);
    notes->first_system_ns = notes->last_system_ns = clock_system_ns();
    notes->first_cpu_ns = notes->last_cpu_ns = clock_cpu_ns();
    worker->start_ns = worker->cpu_stamp_ns = clock_now_ns();
    worker->state.last_ns = worker->start_ns;
    table_publish(worker->slot, &worker->state);
    notes->first_ns = worker->start_ns;
}

static void close_record(struct worker *worker)
{
    struct table_state *state = &worker->state;
    if (state->open.count > 0)
        table_keep_record(worker->table, state->open_number, &state->open);
    state->open.count = 0;
    state->open_number = -1;
}

/* Tasks at the same go are summed in one record, whoever left them. */
static void begin_go(struct worker *worker, int attempts)
{
    if (worker->state.open.count > 0 && worker->state.open.attempts != attempts)
        close_record(worker);
}

static bool record_is_full(const struct worker *worker)
{
    const struct table_state *state = &worker->state;
    int64_t most = worker->table->record_tasks;
    if (most == 0)
        most = table_record_tasks(state->open_number);
    return state->open.count >= most;
}

/* Makes what has been done so far safe against the death of this process.  A full record
 * is published before it is kept, so that its tasks cannot be both there and done again.
 */
static void publish(struct worker *worker)
{
    worker->notes->cpu = sched_getcpu();
    worker->state.open.cpu = (uint16_t)worker->notes->cpu; /* -1 becomes UINT16_MAX */
    table_publish(worker->slot, &worker->state);
    worker->notes->unpublished = 0;
    if (record_is_full(worker))
        close_record(worker);
}

/* Where all tasks compute the same, the first one of the pool says what. */
static void compare_with_usual(struct worker *worker, int64_t index, uint64_t digest)
{
    uint64_t usual = atomic_load_explicit(&worker->table->usual, memory_order_relaxed);
    if (usual == 0 && digest != 0)
        atomic_compare_exchange_strong(&worker->table->usual, &usual, digest);
    if (usual == 0 || digest == usual)
        return;
    worker->notes->odd_tasks++;
    worker->notes->odd_index = index;
    worker->notes->odd_digest = digest;
}

/* The order is asked once for every run of consecutive tasks. */
static void run_tasks(struct worker *worker, struct batch *batch)
{
    const struct workload_ops *ops = worker->setup->job->ops;
    const struct order *order = worker->setup->order;
    struct workload_result result = {0};
    int64_t run_end = order ? batch->begin : batch->end, ahead = 0;
    batch->index = order ? order_index(order, batch->begin) : batch->begin;
    for (int64_t place = batch->begin; place < batch->end; place++) {
        if (place == run_end) {
            int64_t count;
            ahead = order_run_at(order, place, &count) - place;
            run_end = place + count;
        }
        int64_t index = place + ahead;
        if (ops->run(&worker->place, index, &result) < 0) {
            batch->failed++;
            continue;
        }
        batch->mixed += workload_mix(index, result.digest);
        if (ops->uniform)
            compare_with_usual(worker, index, result.digest);
    }
    bool single = batch->end - batch->begin == 1;
    batch->digest = single && batch->failed == 0 ? result.digest : batch->mixed;
    batch->value = result.value;
}

static void add_to_record(
    struct worker *worker, const struct batch *batch, int64_t now_ns)
{
    struct table_state *state = &worker->state;
    struct table_record *open = &state->open;
    if (open->count == 0) {
        *open = (struct table_record){.index = batch->index,
            .start_ns = worker->start_ns,
            .digest = batch->digest,
            .worker = (uint16_t)worker->setup->worker,
            .attempts = (uint8_t)batch->attempts};
        state->open_number = table_open_record(worker->table);
    } else {
        if (open->count == 1 && open->failed == 0)
            open->digest = workload_mix(open->index, open->digest);
        open->digest += batch->mixed;
    }
    open->count += (uint32_t)(batch->end - batch->begin);
    open->failed += (uint32_t)batch->failed;
    open->value = batch->value;
    open->end_ns = now_ns;
}

/* Reading the CPU clock makes the kernel look whether the time slice is over: the stamp
 * comes after it, so that a wait for the CPU is seen in the task and not in the hand-out.
 * It is read at the end of a process that is renewed, too: what it did is in its records.
 */
static int64_t stamp(struct worker *worker, int64_t *ret_cpu_clock_ns)
{
    struct table_notes *notes = worker->notes;
    table_expect_claim(worker->table, worker->setup->worker);
    int64_t now_ns = clock_now_ns();
    *ret_cpu_clock_ns = 0;
    if (now_ns - worker->cpu_stamp_ns < CPU_CLOCK_EVERY_NS && worker->tasks_left > 0)
        return now_ns;
    notes->last_cpu_ns = clock_cpu_ns() + notes->children_cpu_ns;
    *ret_cpu_clock_ns =
        worker->setup->cpu_base_ns + notes->last_cpu_ns - notes->first_cpu_ns;
    return worker->cpu_stamp_ns = clock_now_ns();
}

static void stamp_batch(struct worker *worker, const struct batch *batch)
{
    struct table_state *state = &worker->state;
    worker->tasks_left -= batch->end - batch->begin;
    int64_t cpu_clock_ns, now_ns = stamp(worker, &cpu_clock_ns);
    add_to_record(worker, batch, now_ns);
    state->open.cpu_clock_ns = cpu_clock_ns;
    state->position = batch->end;
    state->done += batch->end - batch->begin - batch->failed;
    state->failed += batch->failed;
    state->digest += batch->mixed;
    state->last_ns = now_ns;
    worker->batch_ns = now_ns - worker->start_ns;
    worker->start_ns = now_ns;
    worker->notes->unpublished++;
}

/* Batches grow until they last long enough for the price of their hand-out and stamp. */
static void grow(struct worker *worker, int64_t tasks)
{
    const struct worker_setup *setup = worker->setup;
    int64_t *grain = &worker->notes->grain;
    if (!setup->grain_grows || tasks < *grain || worker->batch_ns >= setup->batch_ns)
        return;
    *grain = *grain * 2 < setup->grain_most ? *grain * 2 : setup->grain_most;
}

/* One by one, where each is told. */
static void run_told(struct worker *worker, struct schedule_range range, int attempts)
{
    for (; range.begin < range.end && may_begin(worker); range.begin++) {
        struct batch batch = {
            .begin = range.begin, .end = range.begin + 1, .attempts = attempts};
        told_run(worker, &batch);
        if (batch.begin == batch.end)
            return;
        stamp_batch(worker, &batch);
        told_tell(worker, &batch);
        publish(worker);
    }
}

static void run_range(
    struct worker *worker, struct schedule_range range, bool singly, int attempts)
{
    if (worker->place.outcome) {
        run_told(worker, range, attempts);
        return;
    }
    while (range.begin < range.end && may_begin(worker)) {
        int64_t most = singly ? 1 : worker->notes->grain;
        most = most < worker->tasks_left ? most : worker->tasks_left;
        struct batch batch = {.begin = range.begin, .attempts = attempts};
        batch.end = range.end - range.begin > most ? range.begin + most : range.end;
        run_tasks(worker, &batch);
        stamp_batch(worker, &batch);
        if (singly || worker->batch_ns >= PUBLISH_FROM_NS || record_is_full(worker) ||
            worker->notes->unpublished == TABLE_CLAIMS / 2)
            publish(worker);
        grow(worker, batch.end - batch.begin);
        range.begin = batch.end;
    }
}

/* What the predecessor left; where it is renewed before the end, so does it. */
static void run_shares(struct worker *worker)
{
    const struct worker_setup *setup = worker->setup;
    for (size_t i = 0; i < setup->share_count && may_begin(worker); i++) {
        const struct worker_share *share = &setup->shares[i];
        worker->state.shares_done = (int64_t)i;
        worker->state.position = share->range.begin;
        table_publish(worker->slot, &worker->state);
        begin_go(worker, share->deaths + 1);
        run_range(worker, share->range, share->singly, share->deaths + 1);
        publish(worker);
    }
    if (worker->tasks_left == 0)
        return;
    worker->state.shares_done = (int64_t)setup->share_count;
    table_publish(worker->slot, &worker->state);
    begin_go(worker, 1);
}

/* Waiting is neither a hand-out's price nor a part of the task that follows.  Where tasks
 * are told, each has a stamp of its own anyway. */
static void take_pause(struct worker *worker)
{
    if (worker->place.outcome)
        return;
    told_stamp_pause(worker);
    worker->starved = false;
}

/* The stamp itself is the task's, as in the sequential stage.  A hand-out that takes as
 * long as HANDOUT_MOST_NS was interrupted: no price, but a wait, and left to the task
 * that follows. */
static void note_handout(struct worker *worker)
{
    struct table_notes *notes = worker->notes;
    notes->handouts++;
    if (worker->starved) {
        take_pause(worker);
        return;
    }
    if (notes->handouts % HANDOUTS_PER_STAMP != 0 && worker->batch_ns < STAMP_IS_CHEAP_NS)
        return;
    int64_t now_ns = clock_now_ns(), took_ns = now_ns - worker->state.last_ns;
    if (took_ns >= HANDOUT_MOST_NS)
        return;
    worker->start_ns = now_ns;
    notes->handouts_timed++;
    notes->handouts_timed_ns +=
        took_ns > worker->stamp_ns ? took_ns - worker->stamp_ns : 0;
}

/* Whether the loop is whole is asked before the claim: then nothing can come between. */
static bool await_claim(
    struct worker *worker, int64_t chunk, struct schedule_range *ret_range)
{
    struct table *table = worker->table;
    for (;;) {
        uint32_t news = atomic_load(&table->supply.news);
        bool whole = table_is_whole(table);
        if (!may_begin(worker))
            return false;
        if (table_claim(table, worker->setup->worker, chunk, ret_range))
            return true;
        if (whole)
            return false;
        if (worker->notes->unpublished > 0)
            publish(worker);
        worker->starved = true;
        supply_await(&table->supply, news);
    }
}

static bool claim(struct worker *worker, struct schedule_range *ret_range)
{
    int64_t chunk = worker->setup->chunk_grows ? worker->notes->grain : 0;
    if (!may_begin(worker))
        return false;
    return table_claim(worker->table, worker->setup->worker, chunk, ret_range) ||
           (worker->table->supplied && await_claim(worker, chunk, ret_range));
}

static void run_claims(struct worker *worker)
{
    struct table_notes *notes = worker->notes;
    struct schedule_range range;
    while (claim(worker, &range)) {
        worker->state.claim++;
        worker->state.cover ^= table_cover(range);
        worker->state.position = range.begin;
        if (notes->first_ns == 0)
            stamp_first(worker);
        else
            note_handout(worker);
        if (range.end - range.begin > notes->largest_chunk)
            notes->largest_chunk = range.end - range.begin;
        run_range(worker, range, false, 1);
    }
}

/* Without a task of its own a process that found nothing left stamps nothing, where it
 * took another's place: the worker has been idle since the last one. */
static int finish(struct worker *worker)
{
    struct table_notes *notes = worker->notes;
    bool renew = worker->tasks_left == 0 && !worker->leaves;
    if (notes->first_ns == 0 && !worker->setup->renewal)
        stamp_first(worker);
    publish(worker);
    if (!renew) {
        close_record(worker);
        notes->last_cpu_ns = clock_cpu_ns() + notes->children_cpu_ns;
    }
    notes->last_system_ns = clock_system_ns();
    notes->last_wait_ns = delay_read_ns(worker->wait_fd);
    if (worker->wait_fd >= 0)
        close(worker->wait_fd);
    table_publish(worker->slot, &worker->state);
    notes->ended = true;
    if (worker->leaves)
        return WORKER_EXIT_LEAVE;
    return renew ? WORKER_EXIT_RENEW : EXIT_SUCCESS;
}

int worker_work(const struct worker_setup *setup, void *own)
{
    struct table_slot *slot = &setup->table->slots[setup->worker];
    struct worker worker = {.setup = setup,
        .table = setup->table,
        .slot = slot,
        .notes = &slot->notes,
        .tasks_left = setup->max_tasks > 0 ? setup->max_tasks : INT64_MAX,
        .place = told_place(setup),
        .state = table_state_of(slot)};
    worker.place.own = own;
    slot->notes.grain = setup->grain;
    bool tells = setup->job->ops->tells;
    worker.place.outcome = tells ? &worker.outcome : NULL;
    worker.starved = tells;
    worker.wait_fd = setup->blind || tells ? -1 : delay_open("self");
    if (setup->share_count > 0) {
        stamp_first(&worker);
        run_shares(&worker);
    }
    run_claims(&worker);
    return finish(&worker);
}
