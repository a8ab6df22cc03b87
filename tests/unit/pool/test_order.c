// SPDX-License-Identifier: MIT
#include "pool/order.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "workload/workload.h"

static void assert_order(
    const struct order *order, size_t count, const int64_t expected[])
{
    for (size_t place = 0; place < count; place++)
        assert_int_equal(order_index(order, (int64_t)place), expected[place]);
}

#define ASSERT_ORDER(order, ...)                                                         \
    assert_order(order, sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t),              \
        (const int64_t[]){__VA_ARGS__})

static void without_an_order_tasks_are_in_their_places(void **state)
{
    for (int64_t place = 0; place < 5; place++)
        assert_int_equal(order_index(NULL, place), place);
    struct order *order = order_create(4, 0, NULL);
    ASSERT_ORDER(order, 0, 1, 2, 3);
    order_destroy(order);
    order_destroy(NULL);
    (void)state;
}

static void the_dearest_come_first(void **state)
{
    struct order_run runs[] = {{0, 1, 3}, {1, 1, 1}, {2, 1, 5}, {3, 1, 4}};
    struct order *order = order_create(4, 4, runs);
    ASSERT_ORDER(order, 2, 3, 0, 1);
    order_destroy(order);
    (void)state;
}

static void within_a_run_and_among_equals_the_first_comes_first(void **state)
{
    struct order_run runs[] = {{6, 2, 7}, {0, 3, 2}, {3, 3, 7}};
    struct order *order = order_create(8, 3, runs);
    ASSERT_ORDER(order, 3, 4, 5, 6, 7, 0, 1, 2);
    order_destroy(order);
    (void)state;
}

static void tasks_in_no_run_come_last(void **state)
{
    struct order_run runs[] = {{7, 1, 0}, {2, 2, 1}, {5, 0, 9}};
    struct order *order = order_create(10, 3, runs);
    ASSERT_ORDER(order, 2, 3, 7, 0, 1, 4, 5, 6, 8, 9);
    order_destroy(order);
    (void)state;
}

/* Records of a stage that went wrong may name tasks twice, or none there are. */
static void bad_runs_still_give_every_task_once(void **state)
{
    struct order_run runs[] = {
        {2, 4, 1}, {4, 4, 3}, {3, 1, 9}, {8, 100, 2}, {200, 5, 8}, {-3, 4, 5}};
    struct order *order = order_create(10, 6, runs);
    ASSERT_ORDER(order, 0, 6, 7, 8, 9, 2, 3, 4, 5, 1);
    order_destroy(order);
    (void)state;
}

/* From that place on so many tasks follow each other. */
static void assert_run(
    const struct order *order, int64_t place, int64_t index, int64_t count)
{
    int64_t found = 0;
    assert_int_equal(order_run_at(order, place, &found), index);
    assert_int_equal(found, count);
}

static void consecutive_tasks_are_found_at_once(void **state)
{
    struct order_run runs[] = {{6, 2, 7}, {0, 3, 2}, {3, 3, 7}};
    struct order *order = order_create(8, 3, runs);
    assert_run(order, 0, 3, 3);
    assert_run(order, 2, 5, 1);
    assert_run(order, 3, 6, 2);
    assert_run(order, 4, 7, 1);
    assert_run(order, 6, 1, INT64_MAX - 6);
    assert_run(NULL, 4, 4, INT64_MAX - 4);
    order_destroy(order);
    (void)state;
}

static void any_runs_are_a_permutation_by_falling_cost(void **state)
{
    enum { TASKS = 3000 };
    uint64_t random = 7;
    for (int round = 0; round < 50; round++) {
        struct order_run runs[TASKS];
        double costs[TASKS];
        bool seen[TASKS] = {false};
        size_t count = 0;
        for (int64_t index = 0; index < TASKS; count++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
            int64_t length = 1 + (int64_t)(random >> 33) % (1 + round);
            length = length < TASKS - index ? length : TASKS - index;
            runs[count] = (struct order_run){index, length, (double)(random >> 60)};
            for (int64_t i = 0; i < length; i++)
                costs[index + i] = runs[count].cost;
            index += length;
        }
        struct order *order = order_create(TASKS, count, runs);
        for (int64_t place = 0; place < TASKS; place++) {
            int64_t index = order_index(order, place);
            assert_in_range(index, 0, TASKS - 1);
            assert_false(seen[index]);
            seen[index] = true;
            if (place > 0)
                assert_true(costs[order_index(order, place - 1)] >= costs[index]);
        }
        order_destroy(order);
    }
    (void)state;
}

static void the_largest_loop_has_an_order_too(void **state)
{
    const int64_t most = WORKLOAD_ITERATIONS_MAX;
    struct order_run runs[] = {{0, most / 2, 1}, {most / 2, most / 2, 2}};
    struct order *order = order_create(most, 2, runs);
    assert_int_equal(order_index(order, 0), most / 2);
    assert_int_equal(order_index(order, most / 2 - 1), most - 1);
    assert_int_equal(order_index(order, most / 2), 0);
    assert_int_equal(order_index(order, most - 1), most / 2 - 1);
    order_destroy(order);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_an_order_tasks_are_in_their_places),
        cmocka_unit_test(the_dearest_come_first),
        cmocka_unit_test(within_a_run_and_among_equals_the_first_comes_first),
        cmocka_unit_test(tasks_in_no_run_come_last),
        cmocka_unit_test(bad_runs_still_give_every_task_once),
        cmocka_unit_test(consecutive_tasks_are_found_at_once),
        cmocka_unit_test(any_runs_are_a_permutation_by_falling_cost),
        cmocka_unit_test(the_largest_loop_has_an_order_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
