// SPDX-License-Identifier: MIT
#include "experiment/history.h"

#include <math.h>
#include <stdlib.h>

#include "made.h"

/* A stage of so many CPUs with samples of so long, in which nothing happened. */
static void init(
    struct result_stage *stage, size_t cpus, size_t samples, int64_t period_ns)
{
    *stage = (struct result_stage){.cpu_count = cpus};
    stage->samples.period_ns = period_ns;
    for (size_t i = 1; i <= samples; i++)
        result_samples_add(&stage->samples, cpus, (int64_t)i * period_ns);
}

static void set(struct result_stage *stage, size_t sample, size_t cpu,
    enum result_mode mode, double share)
{
    result_samples_set(&stage->samples, stage->cpu_count, sample, cpu, mode, share);
}

static void assert_shares(
    const struct history_setup *setup, size_t count, const double expected[])
{
    float *shares = history_shares(setup);
    assert_int_equal(count, setup->groups * setup->columns);
    for (size_t i = 0; i < count; i++)
        if (!(fabs((double)shares[i] - expected[i]) < 0.003)) /* 1 of 255 */
            fail_msg("%zu: %f, not %f", i, (double)shares[i], expected[i]);
    free(shares);
}

#define ASSERT_SHARES(SETUP, ...)                                                        \
    assert_shares(SETUP, sizeof((double[]){__VA_ARGS__}) / sizeof(double),               \
        (double[]){__VA_ARGS__})

static void a_column_is_the_mean_of_its_samples(void **state)
{
    struct result_stage stage;
    init(&stage, 1, 4, 100);
    set(&stage, 0, 0, RESULT_USER, 1);
    set(&stage, 2, 0, RESULT_USER, 0.2);
    set(&stage, 2, 0, RESULT_SYSTEM, 0.2);
    set(&stage, 2, 0, RESULT_NICE, 0.2);
    set(&stage, 2, 0, RESULT_IRQ, 0.2);
    set(&stage, 2, 0, RESULT_STEAL, 0.2); /* is not busy */
    set(&stage, 3, 0, RESULT_STEAL, 1);
    struct history_setup setup = {.stage = &stage,
        .until_ns = INT64_MAX,
        .column_ns = 200,
        .columns = 3,
        .groups = 1,
        .group_of = (int[]){0}};
    ASSERT_SHARES(&setup, 0.5, 0.4, -1);
    setup.column_ns = 100;
    setup.columns = 4;
    ASSERT_SHARES(&setup, 1, 0, 0.8, 0);
    result_stage_finish(&stage);
    (void)state;
}

/* Samples of 100 on columns of 150, and on columns of 40. */
static void a_sample_is_shared_out_by_time(void **state)
{
    struct result_stage stage;
    init(&stage, 1, 3, 100);
    set(&stage, 1, 0, RESULT_USER, 0.6);
    struct history_setup setup = {.stage = &stage,
        .until_ns = INT64_MAX,
        .column_ns = 150,
        .columns = 2,
        .groups = 1,
        .group_of = (int[]){0}};
    ASSERT_SHARES(&setup, 0.2, 0.2);
    setup.column_ns = 40;
    setup.columns = 9;
    ASSERT_SHARES(&setup, 0, 0, 0.3, 0.6, 0.6, 0, 0, 0, -1);
    setup.columns = 3; /* the picture ends before the stage */
    ASSERT_SHARES(&setup, 0, 0, 0.3);
    result_stage_finish(&stage);
    (void)state;
}

static void samples_after_until_are_left_out(void **state)
{
    struct result_stage stage;
    init(&stage, 1, 4, 100);
    set(&stage, 1, 0, RESULT_USER, 1);
    set(&stage, 2, 0, RESULT_USER, 1);
    struct history_setup setup = {.stage = &stage,
        .until_ns = 150,
        .column_ns = 100,
        .columns = 4,
        .groups = 1,
        .group_of = (int[]){0}};
    ASSERT_SHARES(&setup, 0, 1, -1, -1);
    setup.until_ns = 0;
    ASSERT_SHARES(&setup, -1, -1, -1, -1);
    result_stage_finish(&stage);
    (void)state;
}

/* Of CPUs 0 and 1 one is away in the second sample and both are in the third; CPU 2 is in
 * no group. */
static void a_group_is_the_mean_of_those_cpus_that_are_there(void **state)
{
    struct result_stage stage;
    init(&stage, 4, 3, 100);
    for (size_t sample = 0; sample < 3; sample++) {
        set(&stage, sample, 0, RESULT_USER, 1);
        set(&stage, sample, 2, RESULT_USER, 1);
        set(&stage, sample, 3, RESULT_USER, 0.4);
    }
    set(&stage, 1, 1, RESULT_ABSENT, 1);
    set(&stage, 2, 0, RESULT_ABSENT, 1);
    set(&stage, 2, 1, RESULT_ABSENT, 1);
    struct history_setup setup = {.stage = &stage,
        .until_ns = INT64_MAX,
        .column_ns = 100,
        .columns = 3,
        .groups = 3,
        .group_of = (int[]){0, 0, -1, 2}};
    ASSERT_SHARES(&setup, 0.5, 1, -1, -1, -1, -1, 0.4, 0.4, 0.4);
    setup.column_ns = 300;
    setup.columns = 1;
    ASSERT_SHARES(&setup, 0.75, -1, 0.4);
    result_stage_finish(&stage);
    (void)state;
}

static void a_stage_without_samples_has_no_history(void **state)
{
    struct result_stage stage = {.cpu_count = 2};
    struct history_setup setup = {.stage = &stage,
        .until_ns = INT64_MAX,
        .column_ns = 1,
        .columns = 2,
        .groups = 1,
        .group_of = (int[]){0, 0}};
    ASSERT_SHARES(&setup, -1, -1);
    (void)state;
}

static void modes_are_told_apart_on_request(void **state)
{
    struct result_stage stage;
    init(&stage, 2, 1, 100);
    set(&stage, 0, 0, RESULT_USER, 0.5);
    set(&stage, 0, 0, RESULT_SYSTEM, 0.2);
    set(&stage, 0, 1, RESULT_IRQ, 0.1);
    set(&stage, 0, 0, RESULT_STEAL, 0.3);
    struct history_setup setup = {.stage = &stage,
        .until_ns = INT64_MAX,
        .column_ns = 100,
        .columns = 1,
        .groups = 2,
        .group_of = (int[]){0, 1}};
    ASSERT_SHARES(&setup, 0.7, 0.1);
    setup.modes = 1U << RESULT_SYSTEM;
    ASSERT_SHARES(&setup, 0.2, 0);
    setup.modes = 1U << RESULT_STEAL;
    ASSERT_SHARES(&setup, 0.3, 0);
    setup.modes = 1U << RESULT_SYSTEM | 1U << RESULT_IRQ;
    ASSERT_SHARES(&setup, 0.2, 0.1);
    result_samples_set(&stage.samples, 2, 0, 1, RESULT_ABSENT, 1);
    ASSERT_SHARES(&setup, 0.2, -1);
    result_stage_finish(&stage);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_column_is_the_mean_of_its_samples),
        cmocka_unit_test(a_sample_is_shared_out_by_time),
        cmocka_unit_test(samples_after_until_are_left_out),
        cmocka_unit_test(a_group_is_the_mean_of_those_cpus_that_are_there),
        cmocka_unit_test(a_stage_without_samples_has_no_history),
        cmocka_unit_test(modes_are_told_apart_on_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
