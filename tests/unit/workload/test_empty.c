// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "workload/builtin.h"

static void every_task_has_a_digest_of_its_own(void **state)
{
    struct workload_job job;
    struct workload_place place = {.job = &job, .workers = 1};
    struct fault fault;
    uint64_t before = 0;
    assert_int_equal(workload_job_init(&job, &workload_empty, 0, &fault), 0);
    for (int64_t index = 0; index < 1000; index++) {
        struct workload_result result = {.value = 1}, again = {.value = 1};
        assert_int_equal(job.ops->run(&place, index, &result), 0);
        assert_int_equal(job.ops->run(&place, index, &again), 0);
        assert_true(result.digest == again.digest);
        assert_int_equal(result.value, 0);
        assert_true(index == 0 || result.digest != before);
        before = result.digest;
    }
    assert_false(workload_empty.uniform);
    (void)state;
}

static void it_has_no_size(void **state)
{
    struct workload_job job;
    struct fault fault;
    assert_int_equal(workload_job_init(&job, &workload_empty, 5, &fault), -EINVAL);
    assert_non_null(strstr(fault.text, "empty has no size: 5"));
    (void)state;
}

static void the_headline_says_so(void **state)
{
    char text[32], narrow[4];
    struct workload_job job = {.ops = &workload_empty};
    workload_empty.describe(&job, sizeof text, text);
    assert_string_equal(text, "empty");
    workload_empty.describe(&job, sizeof narrow, narrow);
    assert_string_equal(narrow, "emp");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_task_has_a_digest_of_its_own),
        cmocka_unit_test(it_has_no_size),
        cmocka_unit_test(the_headline_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
