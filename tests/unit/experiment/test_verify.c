// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "experiment/comparison.h"
#include "experiment/verify.h"
#include "made.h"
#include "workload/workload.h"

enum { TASKS = 6 };

static const uint64_t RIGHT = UINT64_C(0x1111111111111111);
static const uint64_t WRONG = UINT64_C(0x2222222222222222);

/* Adds up what the stage's records say, as workers do. */
static void sum_up(struct result_stage *stage)
{
    stage->digest = 0;
    stage->done = stage->failed = 0;
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        if (record->count > 1)
            stage->digest += record->digest;
        else if (record->status == RESULT_OK)
            stage->digest += workload_mix(record->index, record->digest);
        stage->failed += record->failed;
        stage->done += record->count - record->failed;
    }
}

/* Both stages of a uniform workload, every task right. */
static void make(struct result *result, const char *workload)
{
    made_result(result, workload, TASKS, 2);
    made_stage(result, RESULT_SEQUENTIAL, 0, 1, 600);
    made_stage(result, RESULT_PARALLEL, 0, 2, 300);
    for (size_t i = 0; i < 2; i++) {
        struct result_stage *stage = &result->stages[i];
        for (int64_t index = 0; index < TASKS; index++)
            made_record(stage, index, 100, workload[0] == 's' ? RIGHT : (uint64_t)index);
        sum_up(stage);
    }
}

static void right_results_are_right(void **state)
{
    struct result result;
    make(&result, "spin");
    assert_true(verify_result(&result));
    assert_int_equal(result.remark_count, 0);
    result_finish(&result);
    make(&result, "empty"); /* each task its own digest */
    assert_true(verify_result(&result));
    assert_int_equal(result.remark_count, 0);
    result_finish(&result);
    (void)state;
}

static void nothing_to_compare_is_right(void **state)
{
    struct result result;
    made_result(&result, "spin", TASKS, 2);
    assert_true(verify_result(&result));
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 600)->complete = false;
    assert_true(verify_result(&result));
    assert_int_equal(result.remark_count, 0);
    result_finish(&result);
    (void)state;
}

static void a_wrong_task_is_named_with_its_cpu(void **state)
{
    struct result result;
    make(&result, "spin");
    result.stages[1].records[3].digest = WRONG;
    sum_up(&result.stages[1]);
    assert_false(verify_result(&result));
    assert_int_equal(result.remark_count, 1);
    assert_string_equal(result.remarks[0],
        "This machine computed wrongly: task 3 on CPU 1 (parallel) gave 2222222222222222 "
        "instead of 1111111111111111.");
    result_finish(&result);
    (void)state;
}

/* The stage that comes first is not right because it comes first. */
static void a_wrong_task_of_the_sequential_stage_is_named_alone(void **state)
{
    for (size_t wrong = 0; wrong < TASKS; wrong++) {
        struct result result;
        make(&result, "spin");
        result.stages[0].records[wrong].digest = WRONG;
        sum_up(&result.stages[0]);
        assert_false(verify_result(&result));
        char *expected = text_format(
            "This machine computed wrongly: task %zu on CPU %zu (sequential) gave "
            "2222222222222222 instead of 1111111111111111.",
            wrong, wrong % 2);
        assert_int_equal(result.remark_count, 1);
        assert_string_equal(result.remarks[0], expected);
        free(expected);
        result_finish(&result);
    }
    (void)state;
}

static void a_stage_that_was_stopped_is_checked_too(void **state)
{
    struct result result;
    make(&result, "spin");
    result.stages[1].record_count = 4;
    result.stages[1].complete = false;
    result.stages[1].records[2].digest = WRONG;
    sum_up(&result.stages[1]);
    assert_false(verify_result(&result));
    assert_int_equal(result.remark_count, 1);
    assert_non_null(strstr(result.remarks[0], "task 2 on CPU 0 (parallel)"));
    result_finish(&result);
    (void)state;
}

static void tasks_of_their_own_digest_are_compared_between_stages(void **state)
{
    struct result result;
    make(&result, "empty");
    result.stages[1].records[4].digest = 77;
    sum_up(&result.stages[1]);
    assert_false(verify_result(&result));
    assert_int_equal(result.remark_count, 1);
    assert_string_equal(result.remarks[0],
        "This machine computed wrongly: task 4 on CPU 0 (parallel) gave 000000000000004d "
        "instead of 0000000000000004.");
    result_finish(&result);
    (void)state;
}

/* All tasks of a stage in one record, whose digest is their sum. */
static void sum_records(struct result_stage *stage)
{
    struct result_record *record = &stage->records[0];
    record->digest = stage->digest;
    record->count = stage->done;
    stage->record_count = 1;
}

static void a_difference_is_found_where_records_are_summed(void **state)
{
    static const char *const workloads[] = {"spin", "empty"};
    for (size_t i = 0; i < 2; i++) {
        struct result result;
        make(&result, workloads[i]);
        sum_records(&result.stages[0]);
        sum_records(&result.stages[1]);
        assert_true(verify_result(&result));
        result.stages[1].digest++;
        assert_false(verify_result(&result));
        assert_int_equal(result.remark_count, 1);
        assert_string_equal(result.remarks[0],
            "This machine computed wrongly: the parallel stage gave other results than "
            "the "
            "sequential one (which task is not known: their times were summed).");
        result_finish(&result);
    }
    (void)state;
}

static void a_task_that_failed_is_not_a_wrong_one(void **state)
{
    struct result result;
    make(&result, "spin");
    struct result_record *record = &result.stages[1].records[2];
    record->status = RESULT_FAILED;
    record->failed = 1;
    record->digest = 0;
    sum_up(&result.stages[1]);
    assert_true(verify_result(&result));
    assert_int_equal(result.remark_count, 0);
    record = &result.stages[1].records[5]; /* but a wrong one beside it is found */
    record->digest = WRONG;
    assert_false(verify_result(&result));
    assert_int_equal(result.remark_count, 1);
    result_finish(&result);
    (void)state;
}

static void every_repeat_is_compared(void **state)
{
    struct result result;
    make(&result, "empty");
    struct result_stage *stage = made_stage(&result, RESULT_PARALLEL, 1, 2, 300);
    stage->digest = result.stages[0].digest;
    assert_true(verify_result(&result));
    result.stages[2].digest ^= 1;
    assert_false(verify_result(&result));
    assert_int_equal(result.remark_count, 1);
    result_finish(&result);
    (void)state;
}

/* A saved result may be of a workload that this program does not have. */
static void an_unknown_workload_is_not_judged(void **state)
{
    struct result result;
    make(&result, "spin");
    text_copy(sizeof result.plan.workload, result.plan.workload, "unheard-of");
    result.stages[1].digest++;
    assert_true(verify_result(&result));
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_results_are_right),
        cmocka_unit_test(nothing_to_compare_is_right),
        cmocka_unit_test(a_wrong_task_is_named_with_its_cpu),
        cmocka_unit_test(a_wrong_task_of_the_sequential_stage_is_named_alone),
        cmocka_unit_test(a_stage_that_was_stopped_is_checked_too),
        cmocka_unit_test(tasks_of_their_own_digest_are_compared_between_stages),
        cmocka_unit_test(a_difference_is_found_where_records_are_summed),
        cmocka_unit_test(a_task_that_failed_is_not_a_wrong_one),
        cmocka_unit_test(every_repeat_is_compared),
        cmocka_unit_test(an_unknown_workload_is_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
