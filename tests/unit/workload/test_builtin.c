// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "workload/builtin.h"

enum { TASKS = 12 };

/* Every workload in its smallest size: what must be true of all of them. */
struct stage {
    struct workload_job job;
    struct workload_place place;
};

static void begin(struct stage *stage, const struct workload_ops *ops)
{
    struct fault fault;
    *stage = (struct stage){.place = {.job = &stage->job, .workers = 1}};
    assert_int_equal(workload_job_init(&stage->job, ops, ops->size_min, &fault), 0);
    if (ops->shared_size) {
        assert_true(ops->shared_size(&stage->job) > 0);
        stage->place.shared = calloc(1, ops->shared_size(&stage->job));
        assert_non_null(stage->place.shared);
    }
    stage->job.iterations = TASKS;
    if (ops->prepare)
        assert_int_equal(ops->prepare(&stage->place), 0);
    if (ops->warm) {
        assert_int_equal(ops->warm(&stage->place), 0);
        assert_non_null(stage->place.own);
    }
}

static void end(struct stage *stage)
{
    free(stage->place.shared);
    if (stage->place.own) /* only `memory` has any, a MiB for each of its size */
        munmap(stage->place.own, (size_t)stage->job.size << 20);
}

static struct workload_result compute(const struct stage *stage, int64_t index)
{
    struct workload_result result = {.digest = 4711, .value = -1};
    assert_int_equal(stage->job.ops->run(&stage->place, index, &result), 0);
    assert_true(result.value >= 0 || stage->job.ops->value_name);
    assert_true(result.value == 0 || stage->job.ops->value_name);
    return result;
}

static void results_do_not_depend_on_the_order(void **state)
{
    for (size_t i = 0; workload_table[i]; i++) {
        struct stage stage;
        struct workload_result results[TASKS];
        begin(&stage, workload_table[i]);
        for (int64_t index = 0; index < TASKS; index++)
            results[index] = compute(&stage, index);
        for (int64_t index = TASKS - 1; index >= 0; index--) {
            struct workload_result again = compute(&stage, index);
            assert_true(again.digest == results[index].digest);
            assert_int_equal(again.value, results[index].value);
        }
        end(&stage);
    }
    (void)state;
}

static void uniform_ones_give_one_digest_and_others_do_not(void **state)
{
    for (size_t i = 0; workload_table[i]; i++) {
        struct stage stage;
        bool differ = false;
        begin(&stage, workload_table[i]);
        if (stage.job.ops == &workload_mandelbrot)
            stage.job.size = 10; /* the smallest sees no difference */
        uint64_t first = compute(&stage, 0).digest;
        for (int64_t index = 1; index < TASKS; index++)
            differ = differ || compute(&stage, index).digest != first;
        assert_true(differ == !stage.job.ops->uniform);
        end(&stage);
    }
    (void)state;
}

/* Those whose tasks do not grow with their index. */
static void the_last_index_there_can_be_is_computed(void **state)
{
    for (size_t i = 0; workload_table[i]; i++) {
        struct stage stage;
        if (workload_table[i]->cost_power > 0)
            continue;
        begin(&stage, workload_table[i]);
        compute(&stage, WORKLOAD_ITERATIONS_MAX - 1);
        end(&stage);
    }
    (void)state;
}

static void shares_are_shares(void **state)
{
    for (size_t i = 0; workload_table[i]; i++) {
        const struct workload_ops *ops = workload_table[i];
        if (!ops->serial_share)
            continue;
        for (int64_t size = ops->size_min; size <= ops->size_max; size++) {
            struct workload_job job = {.ops = ops, .size = size};
            double share = ops->serial_share(&job);
            assert_true(share > 0 && share < 1);
        }
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_do_not_depend_on_the_order),
        cmocka_unit_test(uniform_ones_give_one_digest_and_others_do_not),
        cmocka_unit_test(the_last_index_there_can_be_is_computed),
        cmocka_unit_test(shares_are_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
