// SPDX-License-Identifier: MIT
#include "experiment/placing.h"

#include <stdlib.h>

#include "made.h"

static void assert_order(
    const struct order *order, size_t count, const int64_t expected[])
{
    for (size_t place = 0; place < count; place++)
        assert_int_equal(order_index(order, (int64_t)place), expected[place]);
}

static void the_longest_task_is_in_the_first_place(void **state)
{
    static const int64_t durations_ns[] = {30, 10, 50, 20, 50};
    struct result result;
    made_result(&result, "empty", 5, 2);
    struct result_stage *stage = made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 160);
    for (int64_t i = 0; i < 5; i++)
        made_record(stage, i, durations_ns[i], 0);
    struct order *order = placing_longest_first(stage, 5);
    assert_order(order, 5, (int64_t[]){2, 4, 0, 3, 1});
    order_destroy(order);
    result_finish(&result);
    (void)state;
}

/* 30 for three of them is less than 15 for one. */
static void tasks_that_were_summed_count_by_their_mean(void **state)
{
    struct result result;
    made_result(&result, "empty", 4, 2);
    struct result_stage *stage = made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 45);
    made_record(stage, 0, 30, 0)->count = 3;
    made_record(stage, 3, 15, 0);
    struct order *order = placing_longest_first(stage, 4);
    assert_order(order, 4, (int64_t[]){3, 0, 1, 2});
    order_destroy(order);
    result_finish(&result);
    (void)state;
}

static void there_is_a_cpu_for_each_worker(void **state)
{
    struct result result;
    int *pins;
    made_result(&result, "empty", 100, 4);
    result.machine.cpus[1].allowed = false;
    result.plan.workers = 3;
    assert_int_equal(placing_pins(&result, &pins), 3);
    for (size_t i = 0; i < 3; i++)
        assert_true(pins[i] == 0 || pins[i] == 2 || pins[i] == 3);
    assert_int_equal(result.remark_count, 0);
    free(pins);
    result.plan.workers = 4;
    assert_int_equal(placing_pins(&result, &pins), 3);
    assert_int_equal(result.remark_count, 1);
    assert_string_equal(
        result.remarks[0], "There are 3 CPUs to pin to: of 4 workers some share one.");
    free(pins);
    result.machine.cpus[2].allowed = result.machine.cpus[3].allowed = false;
    assert_int_equal(placing_pins(&result, &pins), 1);
    assert_string_equal(
        result.remarks[1], "There is 1 CPU to pin to: of 4 workers some share one.");
    free(pins);
    result_finish(&result);
    (void)state;
}

static void nothing_is_pinned_on_a_simulated_machine(void **state)
{
    struct result result;
    int *pins;
    made_result(&result, "empty", 100, 4);
    result.machine.simulated = true;
    assert_int_equal(placing_pins(&result, &pins), 0);
    assert_null(pins);
    assert_int_equal(result.remark_count, 1);
    assert_string_equal(
        result.remarks[0], "No worker was pinned: the machine is a simulated one.");
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_task_is_in_the_first_place),
        cmocka_unit_test(tasks_that_were_summed_count_by_their_mean),
        cmocka_unit_test(there_is_a_cpu_for_each_worker),
        cmocka_unit_test(nothing_is_pinned_on_a_simulated_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
