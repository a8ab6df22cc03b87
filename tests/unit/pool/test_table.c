// SPDX-License-Identifier: MIT
#include "pool/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "workload/workload.h"

static const struct schedule_ops *schedule(bool shared)
{
    size_t i = 0;
    while (schedule_table[i]->shared != shared)
        i++;
    return schedule_table[i];
}

static struct table *make(bool shared, int64_t tasks, int workers, int64_t chunk)
{
    struct table *table = NULL;
    struct schedule_loop loop = {tasks, workers, chunk};
    struct table_setup setup = {.loop = loop, .schedule = schedule(shared)};
    assert_int_equal(table_create(&setup, &table), 0);
    return table;
}

/* Where the cursor is that worker 0 takes from. */
static void set_cursor(struct table *table, int64_t cursor)
{
    table->cursor = table->slots[0].cursor = cursor;
}

static void fill_claim(
    struct table_slot *slot, uint64_t number, int64_t cursor, int64_t begin, int64_t end)
{
    struct table_claim *claim = &slot->claims[number % TABLE_CLAIMS];
    claim->cursor = cursor;
    claim->begin = begin;
    claim->end = end;
}

static void assert_hands(const struct table *table, uint64_t first, uint64_t last)
{
    struct table_hands hands = table_hands_of(table, 0);
    assert_int_equal(hands.first, first);
    assert_int_equal(hands.last, last);
}

static void assert_hand(const struct table *table, uint64_t claim,
    enum table_hand expected, int64_t begin, int64_t end)
{
    struct schedule_range range;
    assert_int_equal(table_hand_of(table, 0, claim, &range), expected);
    if (expected == TABLE_HAND_EMPTY)
        return;
    assert_int_equal(range.begin, begin);
    assert_int_equal(range.end, end);
}

static void claims_exhaust_the_loop(void **state)
{
    for (int shared = 0; shared <= 1; shared++) {
        enum { TASKS = 1003, WORKERS = 5 };
        struct table *table = make(shared, TASKS, WORKERS, 7);
        int marks[TASKS] = {0}, empty = 0;
        for (int turn = 0; empty < WORKERS; turn++) {
            struct schedule_range range;
            int worker = turn * 3 % WORKERS; /* a fixed mix of all */
            struct table_state done = {.claim = table->slots[worker].wanted};
            table_publish(&table->slots[worker], &done);
            if (table_claim(table, worker, turn % 4 * 5, &range))
                for (int64_t i = range.begin; i < range.end; i++, empty = 0)
                    marks[i]++;
            else
                empty++;
            assert_true(table_unclaimed(table, worker) >= 0);
        }
        for (int worker = 0; worker < WORKERS; worker++)
            assert_int_equal(table_unclaimed(table, worker), 0);
        for (int i = 0; i < TASKS; i++)
            assert_int_equal(marks[i], 1);
        table_destroy(table);
    }
    (void)state;
}

static void another_chunk_than_the_loops_may_be_asked_for(void **state)
{
    struct table *table = make(true, 100, 2, 10);
    struct schedule_range range;
    assert_true(table_claim(table, 0, 0, &range));
    assert_int_equal(range.end - range.begin, 10);
    assert_true(table_claim(table, 1, 3, &range));
    assert_int_equal(range.begin, 10);
    assert_int_equal(range.end, 13);
    assert_true(table_claim(table, 0, 1000, &range));
    assert_int_equal(range.begin, 13);
    assert_int_equal(range.end, 100);
    assert_false(table_claim(table, 1, 1, &range));
    table_destroy(table);
    (void)state;
}

static void a_new_slot_has_nothing_in_hand(void **state)
{
    struct table *table = make(true, 100, 2, 10);
    assert_hands(table, 1, 0);
    table_destroy(table);
    (void)state;
}

/* The steps of table_claim, one after the other; between any two the process may die. */
static void every_step_of_a_claim_says_what_is_in_hand(void **state)
{
    for (int shared = 0; shared <= 1; shared++) {
        struct table *table = make(shared, 100, 1, 10);
        struct table_slot *slot = &table->slots[0];
        fill_claim(slot, 1, INT64_MAX, 0, 0); /* begun to be written */
        assert_hands(table, 1, 0);
        fill_claim(slot, 1, INT64_MAX, 0, 10);
        assert_hands(table, 1, 0);
        fill_claim(slot, 1, 0, 0, 10); /* written, not wanted */
        assert_hands(table, 1, 0);
        slot->wanted = 1; /* wanted, not swapped */
        assert_hands(table, 1, 1);
        assert_hand(table, 1, TABLE_HAND_EMPTY, 0, 0);
        set_cursor(
            table, 10); /* swapped, not confirmed: nobody else has that slot's own */
        assert_hands(table, 1, 1);
        assert_hand(table, 1, shared ? TABLE_HAND_AMBIGUOUS : TABLE_HAND_HELD, 0, 10);
        slot->claimed = 1; /* confirmed */
        assert_hand(table, 1, TABLE_HAND_HELD, 0, 10);
        struct table_state part = {.claim = 1, .position = 4};
        table_publish(slot, &part);
        assert_hands(table, 1, 1);
        assert_hand(table, 1, TABLE_HAND_HELD, 4, 10);
        part.position = 10;
        table_publish(slot, &part);
        assert_hand(table, 1, TABLE_HAND_EMPTY, 0, 0);
        table_destroy(table);
    }
    (void)state;
}

static void a_swap_that_another_won_is_ambiguous_until_rewritten(void **state)
{
    struct table *table = make(true, 100, 2, 10);
    struct table_slot *slot = &table->slots[0];
    struct schedule_range range;
    fill_claim(slot, 1, 0, 0, 10);
    slot->wanted = 1;
    assert_hand(table, 1, TABLE_HAND_EMPTY, 0, 0);
    assert_true(table_claim(table, 1, 0, &range)); /* the other was faster */
    assert_int_equal(range.begin, 0);
    assert_hand(table, 1, TABLE_HAND_AMBIGUOUS, 0, 10);
    fill_claim(slot, 1, INT64_MAX, 0, 10); /* tries again, each word for itself */
    assert_hand(table, 1, TABLE_HAND_EMPTY, 0, 0);
    fill_claim(slot, 1, INT64_MAX, 10, 10);
    assert_hand(table, 1, TABLE_HAND_EMPTY, 0, 0);
    fill_claim(slot, 1, INT64_MAX, 10, 20);
    assert_hand(table, 1, TABLE_HAND_EMPTY, 0, 0);
    fill_claim(slot, 1, 10, 10, 20);
    assert_hand(table, 1, TABLE_HAND_EMPTY, 0, 0);
    assert_true(table_claim(table, 1, 0, &range));
    assert_hand(table, 1, TABLE_HAND_AMBIGUOUS, 10, 20);
    table_destroy(table);
    (void)state;
}

/* Another takes all there is between the look at the cursor and the swap. */
static struct table *raced_for;

static struct schedule_range take_too_late(
    const struct schedule_loop *loop, int worker, int64_t cursor)
{
    struct schedule_range range = schedule(true)->take(loop, worker, cursor);
    raced_for->cursor = loop->tasks;
    return range;
}

static void a_swap_in_vain_leaves_nothing_in_hand(void **state)
{
    struct table *table = make(true, 20, 2, 10);
    struct schedule_ops late = *schedule(true);
    struct schedule_range range;
    assert_true(table_claim(table, 0, 0, &range));
    late.take = take_too_late;
    table->schedule = &late;
    raced_for = table;
    assert_false(table_claim(table, 0, 0, &range));
    table_publish(&table->slots[0], &(struct table_state){.claim = 1, .position = 10});
    assert_hands(table, 1, 1);
    assert_hand(table, 1, TABLE_HAND_EMPTY, 0, 0);
    table_destroy(table);
    (void)state;
}

static void tiny_claims_wait_to_be_published(void **state)
{
    struct table *table = make(true, 10000, 1, 10);
    struct table_slot *slot = &table->slots[0];
    struct schedule_range range;
    for (int i = 0; i < 3; i++)
        assert_true(table_claim(table, 0, 0, &range));
    assert_hands(table, 1, 3);
    for (int i = 0; i < 3; i++)
        assert_hand(table, (uint64_t)i + 1, TABLE_HAND_HELD, i * 10, i * 10 + 10);
    table_publish(slot, &(struct table_state){.claim = 2, .position = 15});
    assert_hands(table, 2, 3);
    assert_hand(table, 2, TABLE_HAND_HELD, 15, 20);
    assert_hand(table, 3, TABLE_HAND_HELD, 20, 30);
    fill_claim(slot, 4, 30, 30, 40);
    slot->wanted = 4;
    assert_hands(table, 2, 4);
    assert_hand(table, 3, TABLE_HAND_HELD, 20, 30);
    assert_hand(table, 4, TABLE_HAND_EMPTY, 0, 0);
    set_cursor(table, 40);
    assert_hand(table, 4, TABLE_HAND_AMBIGUOUS, 30, 40);
    table_destroy(table);
    (void)state;
}

static void the_ring_of_claims_goes_round(void **state)
{
    struct table *table = make(true, 100000, 1, 10);
    for (int64_t i = 1; i <= 1000; i++) {
        struct schedule_range range;
        struct table_state done = {.claim = (uint64_t)i, .position = i * 10};
        assert_true(table_claim(table, 0, 0, &range));
        int64_t kept = i % 63; /* so many wait at most */
        if (kept == 0)
            table_publish(&table->slots[0], &done);
        for (int64_t back = 0; back < kept; back++)
            assert_hand(table, (uint64_t)(i - back), TABLE_HAND_HELD, (i - back - 1) * 10,
                (i - back) * 10);
    }
    table_destroy(table);
    (void)state;
}

static void publishing_switches_whole_states(void **state)
{
    struct table *table = make(true, 100, 2, 10);
    struct table_slot *slot = &table->slots[1];
    assert_int_equal(table_state_of(slot).open_number, -1);
    for (int i = 1; i <= 5; i++) {
        struct table_state ready = {
            .done = i, .failed = 2 * i, .digest = (uint64_t)i << 60};
        table_publish(slot, &ready);
        /* the next is half prepared */
        memset(&slot->state[(slot->version + 1) & 1], 0xa5, sizeof ready / 2);
        struct table_state seen = table_state_of(slot);
        assert_memory_equal(&seen, &ready, sizeof seen);
    }
    assert_int_equal(table_state_of(&table->slots[0]).done, 0);
    table_destroy(table);
    (void)state;
}

static void a_slot_is_reset_but_for_its_cursor(void **state)
{
    struct table *table = make(false, 100, 2, 10);
    struct schedule_range range;
    assert_true(table_claim(table, 1, 0, &range));
    table_publish(&table->slots[1], &(struct table_state){.claim = 1, .done = 4});
    table->slots[1].notes.first_ns = 4711;
    table_slot_reset(table, 1);
    assert_hands(table, 1, 0);
    assert_int_equal(table_state_of(&table->slots[1]).done, 0);
    assert_int_equal(table->slots[1].notes.first_ns, 0);
    assert_int_equal(table->slots[1].notes.first_wait_ns, -1);
    assert_int_equal(table_unclaimed(table, 1), 40);
    assert_true(table_claim(table, 1, 0, &range));
    assert_int_equal(range.begin, 60);
    table_destroy(table);
    (void)state;
}

static void a_record_is_kept_once(void **state)
{
    struct table *table = make(true, 100, 1, 10);
    int64_t number = table_open_record(table);
    struct table_record record = {.index = 7, .count = 3, .digest = 1},
                        other = {.index = 8};
    assert_int_equal(number, 0);
    assert_int_equal(table->records[0].complete, 0);
    table_keep_record(table, number, &record);
    assert_int_equal(table->records[0].complete, 1);
    table_keep_record(table, number, &other);
    assert_int_equal(table->records[0].index, 7);
    assert_int_equal(table->records[0].count, 3);
    /* the worker died while it wrote */
    number = table_open_record(table);
    table->records[number].index = 99;
    table_keep_record(table, number, &record);
    assert_int_equal(table->records[number].index, 7);
    table_keep_record(table, -1, &record); /* nowhere */
    table_destroy(table);
    (void)state;
}

static void there_are_so_many_records_and_no_more(void **state)
{
    struct table *table = make(true, 100, 1, 10);
    for (int64_t i = 0; i < TABLE_RECORDS; i++)
        assert_int_equal(table_open_record(table), i);
    for (int i = 0; i < 10; i++)
        assert_int_equal(table_open_record(table), -1);
    table_destroy(table);
    (void)state;
}

/* However records are cut, each with at least record_tasks but for one of each worker. */
static void records_are_bounded_for_any_loop(void **state)
{
    static const int64_t counts[] = {
        1, 5000, 9999, 10000, 10001, 100003, 100000000, WORKLOAD_ITERATIONS_MAX};
    static const int workers[] = {1, 2, 64, 4096};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        for (size_t j = 0; j < sizeof workers / sizeof *workers; j++) {
            struct table *table = make(true, counts[i], workers[j], 1);
            assert_true(table->record_tasks >= 1);
            assert_true(table->record_tasks <= UINT32_MAX);
            assert_true(counts[i] / table->record_tasks + workers[j] <= TABLE_RECORDS);
            if (counts[i] + workers[j] <= TABLE_RECORDS)
                assert_int_equal(table->record_tasks, 1);
            table_destroy(table);
        }
    }
    (void)state;
}

static void a_loop_of_unknown_length_has_a_place_for_every_task(void **state)
{
    int64_t tasks = 0, before = 1;
    for (int64_t number = 0; number < TABLE_RECORDS; number++) {
        int64_t most = table_record_tasks(number);
        assert_true(number >= TABLE_RECORDS / 2 || most == 1);
        assert_true(most >= before && most <= UINT32_MAX / 2);
        tasks += most;
        before = most;
        if (tasks < 100000000) /* and there are places left for those cut short */
            assert_true(number < TABLE_RECORDS - 30);
    }
    assert_true(tasks > INT64_C(4000000000));
    assert_true(table_record_tasks(-1) > 1000000);
    (void)state;
}

static void what_has_come_can_be_claimed(void **state)
{
    struct table_setup setup = {.loop = {WORKLOAD_ITERATIONS_MAX, 2, 3},
        .schedule = schedule(true),
        .supplied = true};
    struct schedule_range range;
    struct table *table;
    assert_int_equal(table_create(&setup, &table), 0);
    assert_false(table_claim(table, 0, 0, &range));
    assert_false(table_is_whole(table));
    table->supply.available = 5;
    assert_int_equal(table_tasks(table), 5);
    assert_true(table_claim(table, 0, 0, &range));
    assert_int_equal(range.end, 3);
    assert_true(table_claim(table, 1, 0, &range));
    assert_int_equal(range.begin, 3);
    assert_int_equal(range.end, 5);
    assert_int_equal(table_claimed(table), 5);
    assert_int_equal(table_unclaimed(table, 0), 0);
    assert_false(table_claim(table, 1, 7, &range));
    table->supply.available = 6;
    table->supply.whole = 1;
    assert_true(table_is_whole(table));
    assert_int_equal(table_unclaimed(table, 0), 1);
    assert_true(table_claim(table, 0, 7, &range));
    assert_int_equal(range.end, 6);
    table_destroy(table);
    (void)state;
}

static void four_thousand_workers_fit_into_64_mib(void **state)
{
    size_t size = sizeof(struct table) + 4096 * sizeof(struct table_slot);
    assert_true(size <= 64 << 20);
    assert_int_equal(sizeof(struct table_slot) % 128, 0);
    assert_int_equal(offsetof(struct table, slots) % 128, 0);
    table_destroy(NULL);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_exhaust_the_loop),
        cmocka_unit_test(another_chunk_than_the_loops_may_be_asked_for),
        cmocka_unit_test(a_new_slot_has_nothing_in_hand),
        cmocka_unit_test(every_step_of_a_claim_says_what_is_in_hand),
        cmocka_unit_test(a_swap_that_another_won_is_ambiguous_until_rewritten),
        cmocka_unit_test(a_swap_in_vain_leaves_nothing_in_hand),
        cmocka_unit_test(tiny_claims_wait_to_be_published),
        cmocka_unit_test(the_ring_of_claims_goes_round),
        cmocka_unit_test(publishing_switches_whole_states),
        cmocka_unit_test(a_slot_is_reset_but_for_its_cursor),
        cmocka_unit_test(a_record_is_kept_once),
        cmocka_unit_test(there_are_so_many_records_and_no_more),
        cmocka_unit_test(records_are_bounded_for_any_loop),
        cmocka_unit_test(a_loop_of_unknown_length_has_a_place_for_every_task),
        cmocka_unit_test(what_has_come_can_be_claimed),
        cmocka_unit_test(four_thousand_workers_fit_into_64_mib),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
