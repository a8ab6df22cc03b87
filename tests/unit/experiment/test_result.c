// SPDX-License-Identifier: MIT
#include "experiment/result.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void an_empty_result_can_be_finished_twice(void **state)
{
    struct result result;
    memset(&result, 0xff, sizeof result);
    result_init(&result);
    assert_int_equal(result.stage_count, 0);
    assert_null(result.stages);
    assert_false(result.comparison.has);
    result_finish(&result);
    result_finish(&result);
    (void)state;
}

static void finishing_frees_everything_and_leaves_it_empty(void **state)
{
    struct result result;
    result_init(&result);
    result_remark(&result, "a remark");
    result.machine.cpus = calloc(2, sizeof *result.machine.cpus);
    struct result_stage *stage = result_add_stage(&result);
    stage->cpus = calloc(2, sizeof *stage->cpus);
    stage->events = calloc(2, sizeof *stage->events);
    stage->moves = calloc(2, sizeof *stage->moves);
    stage->worker_list = calloc(2, sizeof *stage->worker_list);
    stage->records = calloc(2, sizeof *stage->records);
    result_samples_add(&stage->samples, 2, 100);
    result_samples_set(&stage->samples, 2, 0, 1, RESULT_USER, 1);
    result_finish(&result);
    assert_int_equal(result.stage_count, 0);
    assert_int_equal(result.remark_count, 0);
    assert_null(result.stages);
    assert_null(result.machine.cpus);
    (void)state;
}

static void stages_are_zeroed_and_found_by_kind_and_repeat(void **state)
{
    struct result result;
    result_init(&result);
    for (int i = 0; i < 37; i++) {
        struct result_stage *stage = result_add_stage(&result);
        assert_int_equal(stage->elapsed_ns, 0);
        assert_null(stage->records);
        stage->kind = i % 2 ? RESULT_PARALLEL : RESULT_SEQUENTIAL;
        stage->repeat = i / 2;
        stage->elapsed_ns = i;
    }
    assert_int_equal(result.stage_count, 37);
    assert_int_equal(result_find_stage(&result, RESULT_SEQUENTIAL, 0)->elapsed_ns, 0);
    assert_int_equal(result_find_stage(&result, RESULT_PARALLEL, 0)->elapsed_ns, 1);
    assert_int_equal(result_find_stage(&result, RESULT_SEQUENTIAL, 18)->elapsed_ns, 36);
    assert_null(result_find_stage(&result, RESULT_PARALLEL, 18));
    assert_null(result_find_stage(&result, RESULT_WATCHED, 0));
    result_finish(&result);
    (void)state;
}

static void a_remark_is_made_once(void **state)
{
    struct result result;
    char long_text[2000];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    result_init(&result);
    for (int i = 0; i < 10; i++) {
        result_remark(&result, "the machine was %d %% busy", i / 2);
        result_remark(&result, "%s", long_text);
    }
    assert_int_equal(result.remark_count, 6);
    assert_string_equal(result.remarks[0], "the machine was 0 % busy");
    assert_string_equal(result.remarks[1], long_text);
    assert_string_equal(result.remarks[5], "the machine was 4 % busy");
    result_finish(&result);
    (void)state;
}

/* A stage of one result, for what needs nothing but its samples. */
static struct result_samples *samples_of(struct result *result)
{
    result_init(result);
    struct result_samples *samples = &result_add_stage(result)->samples;
    samples->period_ns = 100;
    return samples;
}

static void a_mode_has_no_plane_before_it_has_a_share(void **state)
{
    struct result result;
    struct result_samples *samples = samples_of(&result);
    assert_int_equal(result_samples_add(samples, 3, 100), 0);
    assert_int_equal(result_samples_add(samples, 3, 200), 1);
    result_samples_set(samples, 3, 1, 2, RESULT_USER, 0);
    result_samples_set(samples, 3, 1, 2, RESULT_USER, 0.0001);
    assert_null(samples->modes[RESULT_USER]);
    result_samples_set(samples, 3, 1, 2, RESULT_USER, 0.5);
    const uint8_t expected[] = {0, 0, 0, 0, 0, 128};
    assert_memory_equal(samples->modes[RESULT_USER], expected, sizeof expected);
    for (int mode = RESULT_NICE; mode < RESULT_MODES; mode++)
        assert_null(samples->modes[mode]);
    result_finish(&result);
    (void)state;
}

static void shares_are_brought_into_range(void **state)
{
    struct result result;
    struct result_samples *samples = samples_of(&result);
    result_samples_add(samples, 5, 100);
    const double shares[] = {1, 1.5, -1, NAN, 0.25};
    const uint8_t expected[] = {255, 255, 0, 0, 64};
    for (size_t cpu = 0; cpu < 5; cpu++)
        result_samples_set(samples, 5, 0, cpu, RESULT_SYSTEM, shares[cpu]);
    assert_memory_equal(samples->modes[RESULT_SYSTEM], expected, sizeof expected);
    result_samples_set(samples, 5, 0, 0, RESULT_SYSTEM, 0);
    assert_int_equal(samples->modes[RESULT_SYSTEM][0], 0);
    result_finish(&result);
    (void)state;
}

static void fill(struct result_samples *samples, size_t cpus, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t sample = result_samples_add(samples, cpus, 100 * ((int64_t)i + 1));
        assert_int_equal(sample, i);
        for (size_t cpu = 0; cpu < cpus; cpu++)
            result_samples_set(
                samples, cpus, sample, cpu, RESULT_USER, (i % 2 ? 200 : 100) / 255.0);
    }
}

static void samples_past_the_limit_merge_pairs(void **state)
{
    struct result result;
    struct result_samples *samples = samples_of(&result);
    fill(samples, 2, RESULT_SAMPLES_MAX);
    result_samples_set(samples, 2, 599, 1, RESULT_STEAL, 1);
    assert_int_equal(samples->count, 600);
    assert_int_equal(samples->period_ns, 100);
    size_t sample = result_samples_add(samples, 2, 60200);
    assert_int_equal(sample, 300);
    assert_int_equal(samples->count, 301);
    assert_int_equal(samples->period_ns, 200);
    for (size_t i = 0; i < 300; i++) {
        assert_int_equal(samples->t_ns[i], 200 * (i + 1));
        assert_int_equal(samples->modes[RESULT_USER][2 * i], 150);
        assert_int_equal(samples->modes[RESULT_USER][2 * i + 1], 150);
    }
    assert_int_equal(samples->t_ns[300], 60200);
    assert_int_equal(
        samples->modes[RESULT_USER][600], 0); /* a new sample's cells are 0 */
    assert_int_equal(samples->modes[RESULT_USER][601], 0);
    assert_int_equal(samples->modes[RESULT_STEAL][599], 128); /* 127.5, to the even one */
    assert_int_equal(samples->modes[RESULT_STEAL][598], 0);
    result_finish(&result);
    (void)state;
}

static void a_merged_cell_is_absent_only_if_both_were(void **state)
{
    struct result result;
    struct result_samples *samples = samples_of(&result);
    fill(samples, 4, RESULT_SAMPLES_MAX);
    for (size_t sample = 0; sample < 2; sample++) {
        /* CPU 0: never there; 1: came; 2: went; 3: always there */
        if (sample == 0)
            result_samples_set(samples, 4, sample, 1, RESULT_ABSENT, 1);
        else
            result_samples_set(samples, 4, sample, 2, RESULT_ABSENT, 1);
        result_samples_set(samples, 4, sample, 0, RESULT_ABSENT, 1);
        result_samples_set(samples, 4, 2 + sample, 0, RESULT_ABSENT, 1);
    }
    result_samples_add(samples, 4, 60200);
    const uint8_t absent[] = {255, 0, 0, 0, 255, 0, 0, 0, 0};
    const uint8_t user[] = {200, 200, 100, 150};
    assert_memory_equal(samples->modes[RESULT_ABSENT], absent, sizeof absent);
    assert_memory_equal(samples->modes[RESULT_USER] + 1, user + 1, 3);
    result_finish(&result);
    (void)state;
}

static void merging_again_and_again_does_not_drift(void **state)
{
    struct result result;
    struct result_samples *samples = samples_of(&result);
    uint64_t random = 5;
    for (int i = 0; i < 600 * 256; i++) {
        random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
        if (i % (samples->period_ns / 100) != 0)
            continue;
        size_t sample = result_samples_add(samples, 1, 100 * (i + 1));
        result_samples_set(
            samples, 1, sample, 0, RESULT_USER, (double)(random >> 40) / (1 << 24));
    }
    double sum = 0;
    for (size_t i = 0; i < samples->count; i++)
        sum += samples->modes[RESULT_USER][i];
    assert_in_range(samples->count, 300, 600);
    assert_true(fabs(sum / (double)samples->count / 255 - 0.5) < 0.01);
    for (size_t i = 1; i < samples->count; i++)
        assert_true(samples->t_ns[i] > samples->t_ns[i - 1]);
    result_finish(&result);
    (void)state;
}

/* As a result that was read from a file has them: arrays as long as need be, room 0. */
static void samples_can_be_added_to_those_of_a_file(void **state)
{
    struct result result;
    struct result_samples *samples = samples_of(&result);
    samples->count = 3;
    samples->t_ns = calloc(3, sizeof *samples->t_ns);
    samples->modes[RESULT_USER] = calloc(3, 2);
    samples->modes[RESULT_USER][5] = 9;
    result_samples_set(samples, 2, 2, 1, RESULT_NICE, 1);
    assert_int_equal(result_samples_add(samples, 2, 700), 3);
    result_samples_set(samples, 2, 3, 1, RESULT_USER, 1);
    assert_int_equal(samples->modes[RESULT_USER][5], 9);
    assert_int_equal(samples->modes[RESULT_USER][7], 255);
    assert_int_equal(samples->modes[RESULT_NICE][5], 255);
    assert_int_equal(samples->t_ns[3], 700);
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_result_can_be_finished_twice),
        cmocka_unit_test(finishing_frees_everything_and_leaves_it_empty),
        cmocka_unit_test(stages_are_zeroed_and_found_by_kind_and_repeat),
        cmocka_unit_test(a_remark_is_made_once),
        cmocka_unit_test(a_mode_has_no_plane_before_it_has_a_share),
        cmocka_unit_test(shares_are_brought_into_range),
        cmocka_unit_test(samples_past_the_limit_merge_pairs),
        cmocka_unit_test(a_merged_cell_is_absent_only_if_both_were),
        cmocka_unit_test(merging_again_and_again_does_not_drift),
        cmocka_unit_test(samples_can_be_added_to_those_of_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
