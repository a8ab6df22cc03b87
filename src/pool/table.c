// SPDX-License-Identifier: MIT
#include "pool/table.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

static size_t table_size(int room)
{
    return sizeof(struct table) + (size_t)room * sizeof(struct table_slot);
}

/* Each process may leave one record short; half of the places are kept for that. */
static int64_t tasks_per_record(const struct table *table)
{
    if (table->supplied)
        return 0;
    if (table->loop.tasks + table->room <= TABLE_RECORDS)
        return 1;
    return (table->loop.tasks + TABLE_RECORDS / 2 - 1) / (TABLE_RECORDS / 2);
}

int table_create(const struct table_setup *setup, struct table **ret_table)
{
    int room = setup->room > setup->loop.workers ? setup->room : setup->loop.workers;
    struct table *table = mmap(NULL, table_size(room), PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (table == MAP_FAILED)
        return -errno;
    table->loop = setup->loop;
    table->schedule = setup->schedule;
    table->room = room;
    table->supplied = setup->supplied;
    table->record_tasks = tasks_per_record(table);
    for (int worker = 0; worker < room; worker++)
        table_slot_reset(table, worker);
    *ret_table = table;
    return 0;
}

void table_destroy(struct table *table)
{
    if (table)
        munmap(table, table_size(table->room));
}

void table_slot_reset(struct table *table, int worker)
{
    struct table_slot *slot = &table->slots[worker];
    atomic_store(&slot->wanted, 0);
    atomic_store(&slot->claimed, 0);
    atomic_store(&slot->version, 0);
    atomic_store(&slot->warm, false);
    atomic_store(&slot->leave, 0);
    memset(slot->state, 0, sizeof slot->state);
    slot->state[0].open_number = -1;
    slot->notes =
        (struct table_notes){.first_wait_ns = -1, .last_wait_ns = -1, .cpu = -1};
}

static const _Atomic int64_t *cursor_of(const struct table *table, int worker)
{
    return table->schedule->shared ? &table->cursor : &table->slots[worker].cursor;
}

/* Writes down what is about to be tried; half of it, after a death, is nothing. */
static void want(struct table_claim *claim, int64_t cursor, struct schedule_range range)
{
    atomic_store_explicit(&claim->cursor, INT64_MAX, memory_order_release);
    atomic_store_explicit(&claim->begin, range.begin, memory_order_release);
    atomic_store_explicit(&claim->end, range.end, memory_order_release);
    atomic_store_explicit(&claim->cursor, cursor, memory_order_release);
}

void table_expect_claim(const struct table *table, int worker)
{
    const _Atomic int64_t *cursor = cursor_of(table, worker);
#ifdef __x86_64__
    __asm__ volatile("prefetchw %0"
                     :
                     : "m"(*cursor)); /* the built-in may only mean to read */
#else
    __builtin_prefetch((const void *)cursor, 1);
#endif
}

/* The loop as it is now, or with another chunk. */
static const struct schedule_loop *other_loop(
    const struct table *table, int64_t chunk, struct schedule_loop *ret_loop)
{
    *ret_loop = table->loop;
    ret_loop->tasks = table_tasks(table);
    if (chunk > 0)
        ret_loop->chunk = chunk;
    return ret_loop;
}

bool table_claim(
    struct table *table, int worker, int64_t chunk, struct schedule_range *ret_range)
{
    struct table_slot *slot = &table->slots[worker];
    _Atomic int64_t *cursor = table->schedule->shared ? &table->cursor : &slot->cursor;
    table_expect_claim(table, worker); /* again: another may have been faster */
    struct schedule_loop other;
    const struct schedule_loop *loop = &table->loop;
    if (chunk > 0 || table->supplied)
        loop = other_loop(table, chunk, &other);
    uint64_t number = atomic_load_explicit(&slot->wanted, memory_order_relaxed) + 1;
    struct table_claim *claim = &slot->claims[number % TABLE_CLAIMS];
    int64_t at = atomic_load_explicit(cursor, memory_order_relaxed), next;
    struct schedule_range range;
    do {
        range = table->schedule->take(loop, worker, at);
        next = at + (range.end - range.begin);
        if (next == at) { /* what it has tried in vain was another's */
            atomic_store_explicit(&slot->wanted, number - 1, memory_order_release);
            return false;
        }
        want(claim, at, range);
        atomic_store_explicit(&slot->wanted, number, memory_order_release);
    } while (!atomic_compare_exchange_strong_explicit(
        cursor, &at, next, memory_order_acq_rel, memory_order_relaxed));
    atomic_store_explicit(&slot->claimed, number, memory_order_release);
    *ret_range = range;
    return true;
}

void table_publish(struct table_slot *slot, const struct table_state *state)
{
    uint64_t version = atomic_load_explicit(&slot->version, memory_order_relaxed) + 1;
    slot->state[version & 1] = *state;
    atomic_store_explicit(&slot->version, version, memory_order_release);
}

const struct table_state *table_peek_state(const struct table_slot *slot)
{
    uint64_t version = atomic_load_explicit(&slot->version, memory_order_acquire);
    return &slot->state[version & 1];
}

struct table_state table_state_of(const struct table_slot *slot)
{
    return *table_peek_state(slot);
}

/* Murmur3's way of mixing (Appleby 2011), with one round less: it is paid for every
 * claim. */
static uint64_t scatter(int64_t index)
{
    uint64_t bits = ((uint64_t)index + 1) * UINT64_C(0x9e3779b97f4a7c15);
    bits = (bits ^ (bits >> 32)) * UINT64_C(0xd6e8feb86659fd93);
    return bits ^ (bits >> 32);
}

uint64_t table_cover(struct schedule_range range)
{
    return scatter(range.begin) ^ scatter(range.end);
}

int64_t table_record_tasks(int64_t number)
{
    enum { GROWTH_BITS = 3, MOST_BITS = 30 }; /* the count of a record has 32 */
    int64_t left = TABLE_RECORDS - number;
    int bits = 0;
    while (left > 0 && left <= TABLE_RECORDS / 2 && bits < MOST_BITS) {
        left *= 2;
        bits += GROWTH_BITS;
    }
    return INT64_C(1) << (number < 0 ? MOST_BITS : bits);
}

int64_t table_open_record(struct table *table)
{
    int64_t number =
        atomic_fetch_add_explicit(&table->records_opened, 1, memory_order_relaxed);
    return number < TABLE_RECORDS ? number : -1;
}

void table_keep_record(
    struct table *table, int64_t number, const struct table_record *record)
{
    if (number < 0)
        return;
    struct table_record *place = &table->records[number];
    if (atomic_load_explicit(&place->complete, memory_order_acquire))
        return;
    memcpy(place, record, offsetof(struct table_record, complete));
    atomic_store_explicit(&place->complete, 1, memory_order_release);
}

struct table_hands table_hands_of(const struct table *table, int worker)
{
    const struct table_slot *slot = &table->slots[worker];
    uint64_t claim = table_state_of(slot).claim;
    return (struct table_hands){claim > 0 ? claim : 1, atomic_load(&slot->wanted)};
}

enum table_hand table_hand_of(const struct table *table, int worker, uint64_t claim,
    struct schedule_range *ret_range)
{
    const struct table_slot *slot = &table->slots[worker];
    const struct table_claim *wanted = &slot->claims[claim % TABLE_CLAIMS];
    struct table_state state = table_state_of(slot);
    *ret_range = (struct schedule_range){wanted->begin, wanted->end};
    if (claim <= atomic_load(&slot->claimed)) {
        if (state.claim == claim)
            ret_range->begin = state.position;
        return ret_range->begin < ret_range->end ? TABLE_HAND_HELD : TABLE_HAND_EMPTY;
    }
    if (atomic_load(cursor_of(table, worker)) <= wanted->cursor)
        return TABLE_HAND_EMPTY;
    return table->schedule->shared ? TABLE_HAND_AMBIGUOUS : TABLE_HAND_HELD;
}

int64_t table_tasks(const struct table *table)
{
    return table->supplied ? atomic_load(&table->supply.available) : table->loop.tasks;
}

bool table_is_whole(const struct table *table)
{
    return !table->supplied || atomic_load(&table->supply.whole);
}

int64_t table_claimed(const struct table *table)
{
    return table->schedule->shared ? atomic_load(&table->cursor) : 0;
}

int64_t table_unclaimed(const struct table *table, int worker)
{
    struct schedule_loop loop = table->loop;
    loop.tasks = table_tasks(table);
    return table->schedule->total(&loop, worker) - atomic_load(cursor_of(table, worker));
}
