// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "workload/builtin.h"

static int64_t timed_run(int64_t size, int64_t index, struct workload_result *ret_result)
{
    struct workload_job job;
    struct workload_place place = {.job = &job, .workers = 1};
    struct fault fault;
    assert_int_equal(workload_job_init(&job, &workload_sleep, size, &fault), 0);
    int64_t start_ns = clock_now_ns();
    assert_int_equal(job.ops->run(&place, index, ret_result), 0);
    return clock_now_ns() - start_ns;
}

static void it_rests_for_its_time(void **state)
{
    struct workload_result result;
    int64_t start_ns = clock_cpu_ns();
    assert_true(timed_run(30000, 0, &result) >= 30 * NS_PER_MS);
    assert_true(clock_cpu_ns() - start_ns < 15 * NS_PER_MS);
    (void)state;
}

static void the_digest_is_of_the_index(void **state)
{
    struct workload_result result, again, other;
    timed_run(1, 7, &result);
    timed_run(2, 7, &again);
    timed_run(1, 8, &other);
    assert_true(result.digest == again.digest);
    assert_true(result.digest != other.digest);
    (void)state;
}

static void ignore_signal(int signal)
{
    (void)signal;
}

static void signals_do_not_shorten_it(void **state)
{
    struct sigaction action = {.sa_handler = ignore_signal}, before;
    struct workload_result result;
    sigaction(SIGALRM, &action, &before);
    ualarm(3000, 3000);
    int64_t took_ns = timed_run(40000, 0, &result);
    ualarm(0, 0);
    sigaction(SIGALRM, &before, NULL);
    assert_true(took_ns >= 40 * NS_PER_MS);
    (void)state;
}

static void the_headline_names_the_time(void **state)
{
    char text[64];
    struct workload_job job = {.ops = &workload_sleep, .size = 350};
    workload_sleep.describe(&job, sizeof text, text);
    assert_non_null(strstr(text, "350 us"));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_rests_for_its_time),
        cmocka_unit_test(the_digest_is_of_the_index),
        cmocka_unit_test(signals_do_not_shorten_it),
        cmocka_unit_test(the_headline_names_the_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
