// SPDX-License-Identifier: MIT
#include "pool/schedule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "workload/workload.h"

#define TASKS_MOST WORKLOAD_ITERATIONS_MAX

static const struct schedule_ops *find(const char *name)
{
    const struct schedule_ops *ops = NULL;
    struct fault fault;
    assert_int_equal(schedule_find(name, &ops, &fault), 0);
    assert_string_equal(ops->name, name);
    return ops;
}

/* Every schedule there is, and NULL behind the last. */
static const struct schedule_ops *schedule_number(size_t number)
{
    size_t count = 0;
    while (schedule_table[count])
        count++;
    if (number < count)
        return schedule_table[number];
    return number == count ? &schedule_spread : NULL;
}

/* The chunk where nobody asks for one and no price is known. */
static int64_t default_chunk(
    const struct schedule_ops *ops, const struct schedule_loop *loop)
{
    return ops->default_chunk ? ops->default_chunk(loop) : 1;
}

/* Takes all there is at one cursor, marks it, and returns how many tasks that were.  Only
 * of what shrinks may a range be longer than the chunk. */
static int64_t exhaust(const struct schedule_ops *ops, const struct schedule_loop *loop,
    int worker, char marks[])
{
    int64_t cursor = 0;
    bool shrinks = strcmp(ops->name, "guided") == 0;
    for (;;) {
        struct schedule_range range = ops->take(loop, worker, cursor);
        assert_true(range.begin <= range.end);
        if (range.begin == range.end)
            break;
        assert_true(range.begin >= 0 && range.end <= loop->tasks);
        assert_true(shrinks || range.end - range.begin <= loop->chunk);
        for (int64_t i = range.begin; i < range.end; i++)
            marks[i]++;
        cursor += range.end - range.begin;
    }
    assert_int_equal(cursor, ops->total(loop, worker));
    for (int64_t beyond = cursor; beyond < cursor + 3; beyond++) {
        struct schedule_range range = ops->take(loop, worker, beyond);
        assert_int_equal(range.begin, range.end);
    }
    return cursor;
}

static void assert_each_once(
    const struct schedule_ops *ops, const struct schedule_loop *loop)
{
    char *marks = calloc((size_t)loop->tasks, 1);
    int64_t total = 0;
    if (ops->shared)
        total = exhaust(ops, loop, 0, marks);
    for (int worker = 0; !ops->shared && worker < loop->workers; worker++)
        total += exhaust(ops, loop, worker, marks);
    assert_int_equal(total, loop->tasks);
    for (int64_t i = 0; i < loop->tasks; i++)
        if (marks[i] != 1)
            fail_msg("%s: task %ld of %ld: %d times (%d workers, chunk %ld)", ops->name,
                (long)i, (long)loop->tasks, marks[i], loop->workers, (long)loop->chunk);
    free(marks);
}

static void every_task_is_handed_out_once(void **state)
{
    static const int64_t counts[] = {
        1, 2, 3, 4, 5, 7, 8, 15, 16, 64, 97, 100, 610, 1024, 4099};
    static const int workers[] = {1, 2, 3, 4, 7, 16, 64, 4096};
    for (size_t s = 0; schedule_number(s); s++) {
        for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
            int64_t n = counts[i],
                    chunks[] = {1, 2, 3, 10, 64, n, n + 5, INT64_C(1) << 40};
            for (size_t j = 0; j < sizeof workers / sizeof *workers; j++)
                for (size_t k = 0; k < sizeof chunks / sizeof *chunks; k++)
                    assert_each_once(schedule_number(s),
                        &(struct schedule_loop){n, workers[j], chunks[k]});
        }
    }
    (void)state;
}

static void default_chunks_hand_out_every_task_once(void **state)
{
    for (size_t s = 0; schedule_number(s); s++) {
        for (int64_t n = 1; n < 300; n++) {
            struct schedule_loop loop = {.tasks = n, .workers = (int)(n * 7 % 11) + 1};
            loop.chunk = default_chunk(schedule_number(s), &loop);
            assert_true(loop.chunk >= 1);
            assert_each_once(schedule_number(s), &loop);
        }
    }
    (void)state;
}

/* Workers whose chunks grow take from one cursor, each with a chunk of its own. */
static void chunks_may_change_on_the_way(void **state)
{
    int shared = 0;
    for (size_t s = 0; schedule_number(s); s++) {
        const struct schedule_ops *ops = schedule_number(s);
        struct schedule_loop loop = {.tasks = 997, .workers = 3, .chunk = 1};
        int64_t cursor = 0;
        char marks[997] = {0};
        for (; ops->shared; loop.chunk = loop.chunk * 5 % 17) {
            struct schedule_range range =
                ops->take(&loop, (int)(cursor % loop.workers), cursor);
            if (range.begin == range.end)
                break;
            for (int64_t i = range.begin; i < range.end; i++)
                assert_int_equal(++marks[i], 1);
            cursor += range.end - range.begin;
        }
        shared += ops->shared;
        if (ops->shared)
            assert_int_equal(cursor, loop.tasks);
    }
    assert_int_equal(shared, 4); /* dynamic, guided, pool, spread */
    (void)state;
}

/* OpenMP's schedule(static, c): worker w has the chunks w, w + W, w + 2 W … */
static void the_cyclic_one_deals_chunks_in_turn(void **state)
{
    const struct schedule_ops *ops = find("cyclic");
    static const int64_t dealt[3][6] = {
        {0, 1, 6, 7, 12, 13}, {2, 3, 8, 9, 14, -1}, {4, 5, 10, 11, -1, -1}};
    struct schedule_loop loop = {.tasks = 15, .workers = 3, .chunk = 2};
    for (int worker = 0; worker < 3; worker++) {
        int64_t cursor = 0;
        while (cursor < ops->total(&loop, worker)) {
            struct schedule_range range = ops->take(&loop, worker, cursor);
            assert_true(range.begin < range.end);
            for (int64_t i = range.begin; i < range.end; i++)
                assert_int_equal(dealt[worker][cursor++], i);
        }
        assert_int_equal(cursor, ops->total(&loop, worker));
        assert_true(cursor == 6 || dealt[worker][cursor] == -1);
    }
    assert_ptr_equal(find("static")->with_chunk, ops);
    assert_null(ops->with_chunk);
    (void)state;
}

/* Each takes a W-th of what is left, and no less than the chunk but for the last. */
static void the_guided_one_takes_its_share_of_what_is_left(void **state)
{
    const struct schedule_ops *ops = find("guided");
    static const int64_t counts[] = {1, 10, 97, 100, 4099, 1000003};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        for (int workers = 1; workers <= 64; workers = workers * 3 + 1) {
            for (int64_t chunk = 1; chunk < 200; chunk = chunk * 5 + 1) {
                struct schedule_loop loop = {counts[i], workers, chunk};
                int64_t left = counts[i];
                while (left > 0) {
                    struct schedule_range range = ops->take(&loop, 0, counts[i] - left);
                    int64_t share = (left + workers - 1) / workers;
                    int64_t expected = share > chunk ? share : chunk;
                    assert_int_equal(range.begin, counts[i] - left);
                    assert_int_equal(
                        range.end - range.begin, expected < left ? expected : left);
                    left -= range.end - range.begin;
                }
            }
        }
    }
    (void)state;
}

/* The chunks that Python 3 was seen to make: multiprocessing/pool.py, Pool._map_async. */
static void the_pool_one_takes_the_chunk_of_pool_map(void **state)
{
    static const struct {
        int64_t tasks;
        int workers;
        int64_t chunk;
    } seen[] = {{15, 2, 2}, {15, 4, 1}, {16, 4, 1}, {17, 4, 2}, {100, 4, 7}, {1, 4, 1},
        {1000000, 2, 125000}, {1000001, 2, 125001}};
    const struct schedule_ops *ops = find("pool");
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) {
        struct schedule_loop loop = {.tasks = seen[i].tasks, .workers = seen[i].workers};
        assert_int_equal(ops->default_chunk(&loop), seen[i].chunk);
    }
    assert_true(ops->shared);
    (void)state;
}

/* The ends of the largest loop there may be, with as many workers as there may be. */
static void nothing_overflows(void **state)
{
    static const int64_t chunks[] = {0, 1, 7, 1000003, TASKS_MOST / 3, TASKS_MOST};
    for (size_t s = 0; schedule_number(s); s++) {
        const struct schedule_ops *ops = schedule_number(s);
        for (size_t k = 0; k < sizeof chunks / sizeof *chunks; k++) {
            struct schedule_loop loop = {TASKS_MOST, 4096, chunks[k]};
            if (loop.chunk == 0)
                loop.chunk = default_chunk(ops, &loop);
            assert_in_range(loop.chunk, 1, TASKS_MOST);
            int64_t total = 0;
            for (int worker = 0; worker < 4096; worker++) {
                int64_t own = ops->total(&loop, worker);
                assert_true(own >= 0 && own <= TASKS_MOST);
                total = ops->shared ? own : total + own;
                for (int64_t back = own; back > 0; back = back * 3 / 4) {
                    int64_t cursor = (own - back) / loop.chunk * loop.chunk;
                    struct schedule_range range = ops->take(&loop, worker, cursor);
                    assert_true(range.begin >= 0 && range.begin < range.end);
                    assert_true(range.end <= TASKS_MOST);
                    assert_true(range.end - range.begin <= own - cursor);
                }
                struct schedule_range none = ops->take(&loop, worker, own);
                assert_int_equal(none.begin, none.end);
            }
            assert_int_equal(total, TASKS_MOST);
        }
    }
    (void)state;
}

static void static_blocks_differ_by_one_task_at_most(void **state)
{
    const struct schedule_ops *ops = find("static");
    static const int64_t counts[] = {
        1, 2, 15, 16, 17, 4095, 4097, 1000003, TASKS_MOST - 1};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        for (int workers = 1; workers <= 4096; workers = workers * 3 + 1) {
            struct schedule_loop loop = {counts[i], workers, TASKS_MOST};
            int64_t next = 0, least = TASKS_MOST, most = 0;
            for (int worker = 0; worker < workers; worker++) {
                struct schedule_range range = ops->take(&loop, worker, 0);
                int64_t block = range.end - range.begin;
                assert_int_equal(range.begin, next);
                assert_int_equal(block, ops->total(&loop, worker));
                next = range.end;
                least = block < least ? block : least;
                most = block > most ? block : most;
            }
            assert_int_equal(next, counts[i]);
            assert_true(most - least <= 1);
            assert_int_equal(ops->default_chunk(&loop), most);
        }
    }
    (void)state;
}

static void shared_ones_end_with_the_largest_loop(void **state)
{
    const struct schedule_ops *ops = find("dynamic");
    struct schedule_loop loop = {TASKS_MOST, 4096, 10};
    struct schedule_range range = ops->take(&loop, 0, TASKS_MOST - 1);
    assert_int_equal(range.begin, TASKS_MOST - 1);
    assert_int_equal(range.end, TASKS_MOST);
    range = ops->take(&loop, 4095, TASKS_MOST - 10);
    assert_int_equal(range.end - range.begin, 10);
    range = ops->take(&loop, 1, TASKS_MOST);
    assert_int_equal(range.begin, range.end);
    range = ops->take(&loop, 1, TASKS_MOST + 4096 * 10);
    assert_int_equal(range.begin, range.end);
    assert_int_equal(ops->total(&loop, 7), TASKS_MOST);
    (void)state;
}

static void the_dynamic_one_goes_in_order(void **state)
{
    const struct schedule_ops *ops = find("dynamic");
    struct schedule_loop loop = {100, 3, 7};
    for (int64_t cursor = 0; cursor < 100; cursor += 7)
        assert_int_equal(ops->take(&loop, (int)(cursor % 3), cursor).begin, cursor);
    (void)state;
}

/* The first few of a spread are from all over the loop: each tenth gets its share. */
static void the_spread_samples_the_whole_loop(void **state)
{
    static const int64_t counts[] = {100, 1000, 99991, 1 << 20, TASKS_MOST};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct schedule_loop loop = {counts[i], 2, 1};
        for (int64_t first = 20; first <= 60; first += 20) {
            int tenths[10] = {0};
            for (int64_t cursor = 0; cursor < first; cursor++) {
                struct schedule_range range = schedule_spread.take(&loop, 0, cursor);
                assert_int_equal(range.end - range.begin, 1);
                tenths[range.begin * 10 / counts[i]]++;
            }
            for (int j = 0; j < 10; j++)
                assert_in_range(tenths[j], first / 20, first / 10 + 2);
        }
    }
    (void)state;
}

static int compare_indices(const void *one, const void *other)
{
    int64_t difference = *(const int64_t *)one - *(const int64_t *)other;
    return (difference > 0) - (difference < 0);
}

static void the_spread_does_not_repeat_itself(void **state)
{
    enum { TAKEN = 20000 };
    struct schedule_loop loop = {TASKS_MOST, 2, 1};
    int64_t *indices = calloc(TAKEN, sizeof *indices);
    for (int i = 0; i < TAKEN; i++)
        indices[i] =
            schedule_spread.take(&loop, 0, i < TAKEN / 2 ? i : TASKS_MOST - TAKEN + i)
                .begin;
    qsort(indices, TAKEN, sizeof *indices, compare_indices);
    for (int i = 1; i < TAKEN; i++)
        assert_true(indices[i - 1] < indices[i]);
    free(indices);
    (void)state;
}

static void unknown_names_get_a_hint(void **state)
{
    static const char *const wrong[][2] = {{"dynamci", "did you mean dynamic"},
        {"Static", "did you mean static"}, {"sieve of time", "dynamic, static"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const struct schedule_ops *ops = NULL;
        struct fault fault = {.kind = FAULT_NONE};
        assert_int_equal(schedule_find(wrong[i][0], &ops, &fault), -EINVAL);
        assert_null(ops);
        assert_int_equal(fault.kind, FAULT_INPUT);
        assert_non_null(strstr(fault.text, wrong[i][0]));
        assert_non_null(strstr(fault.text, wrong[i][1]));
    }
    (void)state;
}

static void names_are_unique_and_the_first_is_dynamic(void **state)
{
    assert_string_equal(schedule_table[0]->name, "dynamic");
    for (size_t i = 0; schedule_number(i); i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(schedule_number(i)->name, schedule_number(j)->name);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_task_is_handed_out_once),
        cmocka_unit_test(default_chunks_hand_out_every_task_once),
        cmocka_unit_test(chunks_may_change_on_the_way),
        cmocka_unit_test(the_cyclic_one_deals_chunks_in_turn),
        cmocka_unit_test(the_guided_one_takes_its_share_of_what_is_left),
        cmocka_unit_test(the_pool_one_takes_the_chunk_of_pool_map),
        cmocka_unit_test(nothing_overflows),
        cmocka_unit_test(static_blocks_differ_by_one_task_at_most),
        cmocka_unit_test(shared_ones_end_with_the_largest_loop),
        cmocka_unit_test(the_dynamic_one_goes_in_order),
        cmocka_unit_test(the_spread_samples_the_whole_loop),
        cmocka_unit_test(the_spread_does_not_repeat_itself),
        cmocka_unit_test(unknown_names_get_a_hint),
        cmocka_unit_test(names_are_unique_and_the_first_is_dynamic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
