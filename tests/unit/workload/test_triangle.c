// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "workload/builtin.h"
#include "workload/rounds.h"

/* A round takes a microsecond, by this scale. */
static struct workload_result run_triangle(int64_t size, int64_t index)
{
    struct workload_job job = {.ops = &workload_triangle, .size = size, .scale = 1000};
    struct workload_place place = {.job = &job, .workers = 1};
    struct workload_result result = {.value = -1};
    assert_int_equal(job.ops->run(&place, index, &result), 0);
    return result;
}

static void a_triangle_grows_by_its_size(void **state)
{
    for (int64_t size = 1; size < 2000; size = size * 3 + 1)
        for (int64_t index = 0; index < 50; index++) {
            struct workload_result result = run_triangle(size, index);
            assert_true(
                result.digest == rounds_compute((uint64_t)index, (index + 1) * size));
            assert_int_equal(result.value, 0);
        }
    assert_int_equal(workload_triangle.cost_power, 1);
    assert_false(workload_triangle.uniform);
    (void)state;
}

static void tasks_of_a_triangle_differ(void **state)
{
    enum { TASKS = 200 };
    uint64_t seen[TASKS];
    for (int64_t index = TASKS - 1; index >= 0; index--) {
        seen[index] = run_triangle(3, index).digest;
        for (int64_t other = index + 1; other < TASKS; other++)
            assert_true(seen[other] != seen[index]);
    }
    assert_true(run_triangle(4, 0).digest != seen[0]);
    (void)state;
}

static void the_headline_names_the_slope(void **state)
{
    char text[64];
    struct workload_job job = {.ops = &workload_triangle, .size = 350};
    workload_triangle.describe(&job, sizeof text, text);
    assert_string_equal(text, "spin for i x 350 us");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_triangle_grows_by_its_size),
        cmocka_unit_test(tasks_of_a_triangle_differ),
        cmocka_unit_test(the_headline_names_the_slope),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
