// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/clock.h"
#include "workload/builtin.h"

static struct workload_job settle(int64_t size)
{
    struct workload_job job;
    struct fault fault;
    assert_int_equal(workload_job_init(&job, &workload_spin, size, &fault), 0);
    assert_true(job.scale > 0);
    return job;
}

static uint64_t compute(const struct workload_job *job, int64_t index)
{
    struct workload_result result = {.value = 1};
    struct workload_place place = {.job = job, .workers = 1};
    assert_int_equal(job->ops->run(&place, index, &result), 0);
    assert_int_equal(result.value, 0);
    return result.digest;
}

static void all_tasks_of_a_job_have_one_digest(void **state)
{
    struct workload_job job = settle(200);
    for (int64_t index = 0; index < 20; index++)
        assert_true(compute(&job, index) == compute(&job, 0));
    assert_true(workload_spin.uniform);
    (void)state;
}

static void other_amounts_have_other_digests(void **state)
{
    struct workload_job job = settle(200), longer = job;
    longer.size++;
    assert_true(compute(&longer, 0) != compute(&job, 0));
    (void)state;
}

/* Not more than that: others may use this machine, and clocks change. */
static void it_takes_about_as_long_as_it_says(void **state)
{
    struct workload_job job = settle(20000);
    int64_t start_ns = clock_cpu_ns();
    compute(&job, 0);
    assert_true(clock_cpu_ns() - start_ns > 5 * NS_PER_MS);
    (void)state;
}

static void the_headline_names_the_time(void **state)
{
    char text[64];
    struct workload_job job = {.ops = &workload_spin, .size = 350};
    workload_spin.describe(&job, sizeof text, text);
    assert_non_null(strstr(text, "350 us"));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_tasks_of_a_job_have_one_digest),
        cmocka_unit_test(other_amounts_have_other_digests),
        cmocka_unit_test(it_takes_about_as_long_as_it_says),
        cmocka_unit_test(the_headline_names_the_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
