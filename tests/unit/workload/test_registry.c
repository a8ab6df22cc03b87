// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "workload/workload.h"

static void names_are_unique(void **state)
{
    for (size_t i = 0; workload_table[i]; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(workload_table[i]->name, workload_table[j]->name);
    (void)state;
}

static void the_article_s_loop_is_the_first(void **state)
{
    assert_string_equal(workload_table[0]->name, "factorial");
    (void)state;
}

static void descriptors_are_whole(void **state)
{
    for (size_t i = 0; workload_table[i]; i++) {
        const struct workload_ops *ops = workload_table[i];
        assert_non_null(ops->summary);
        assert_non_null(ops->verb);
        assert_non_null(ops->teaches);
        assert_non_null(ops->describe);
        assert_non_null(ops->run);
        assert_true(ops->cost_power == 0 || ops->cost_power == 1);
        assert_true(!ops->uniform || ops->cost_power == 0);
        assert_true(!ops->serial_share == !ops->prepare);
        if (!ops->size_name)
            continue;
        assert_true(ops->size_min >= 1 && ops->size_min <= ops->size_default);
        assert_true(ops->size_default <= ops->size_max);
    }
    (void)state;
}

/* As `parfor list` prints them: behind 12 columns, and "shows: " or "size: " with its
 * range. */
static void descriptors_fit_the_list(void **state)
{
    enum { COLUMNS = 78, INDENT = 12 };
    for (size_t i = 0; workload_table[i]; i++) {
        const struct workload_ops *ops = workload_table[i];
        char text[200] = "";
        assert_true(strlen(ops->name) < INDENT);
        assert_true(strlen(ops->summary) > 0 && strlen(ops->teaches) > 0);
        assert_true(INDENT + strlen(ops->summary) <= COLUMNS);
        assert_true(INDENT + strlen("shows: ") + strlen(ops->teaches) <= COLUMNS);
        if (ops->size_name)
            snprintf(text, sizeof text,
                "size: %s, %" PRId64 " to %" PRId64 ", default %" PRId64, ops->size_name,
                ops->size_min, ops->size_max, ops->size_default);
        assert_true(INDENT + strlen(text) <= COLUMNS);
    }
    (void)state;
}

/* A task in words fits 64 characters, and the loop made of it 96. */
static void headlines_fit(void **state)
{
    for (size_t i = 0; workload_table[i]; i++) {
        const struct workload_ops *ops = workload_table[i];
        int64_t sizes[] = {ops->size_min, ops->size_default, ops->size_max};
        for (size_t j = 0; j < sizeof sizes / sizeof *sizes; j++) {
            struct workload_job job = {.ops = ops, .size = sizes[j]};
            char text[200] = "", narrow[] = "?????";
            ops->describe(&job, sizeof text, text);
            assert_true(strlen(text) > 0 && strlen(text) < 64);
            assert_true(
                strlen(text) + strlen(ops->verb) + strlen(" 1000000000000 times") < 96);
            ops->describe(&job, 4, narrow);
            assert_true(strlen(narrow) < 4 && narrow[4] == '?');
            assert_true(strncmp(narrow, text, 3) == 0);
        }
    }
    (void)state;
}

/* Where a loop is scaled to the machine its size is halved: steps must allow that. */
static void sizes_keep_their_steps(void **state)
{
    int with_steps = 0;
    for (size_t i = 0; workload_table[i]; i++) {
        const struct workload_ops *ops = workload_table[i];
        struct workload_job job = {.size = 4711};
        struct fault fault = {.kind = FAULT_NONE};
        if (ops->size_step == 0)
            continue;
        with_steps++;
        for (int64_t size = ops->size_default; size >= ops->size_min; size /= 2)
            assert_int_equal(size % ops->size_step, 0);
        assert_int_equal(
            workload_job_init(&job, ops, ops->size_min + 1, &fault), -EINVAL);
        assert_int_equal(fault.kind, FAULT_INPUT);
        assert_non_null(strstr(fault.text, ops->name));
        assert_non_null(strstr(fault.text, "multiples of "));
        assert_int_equal(job.size, 4711);
    }
    assert_true(with_steps > 0);
    (void)state;
}

static void all_are_found_by_name(void **state)
{
    for (size_t i = 0; workload_table[i]; i++) {
        const struct workload_ops *ops = NULL;
        struct fault fault = {.kind = FAULT_NONE};
        assert_int_equal(workload_find(workload_table[i]->name, &ops, &fault), 0);
        assert_ptr_equal(ops, workload_table[i]);
        assert_int_equal(fault.kind, FAULT_NONE);
    }
    (void)state;
}

static void unknown_names_get_the_nearest_suggested(void **state)
{
    static const char *const wrong[][2] = {{"factoral", "factorial"}, {"spni", "spin"},
        {"Sleep", "sleep"}, {"empt", "empty"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const struct workload_ops *ops = NULL;
        struct fault fault = {.kind = FAULT_NONE};
        assert_int_equal(workload_find(wrong[i][0], &ops, &fault), -EINVAL);
        assert_null(ops);
        assert_int_equal(fault.kind, FAULT_INPUT);
        assert_non_null(strstr(fault.text, wrong[i][0]));
        assert_non_null(strstr(fault.text, "did you mean "));
        assert_non_null(strstr(fault.text, wrong[i][1]));
    }
    (void)state;
}

static void what_is_near_to_nothing_gets_a_hint(void **state)
{
    static const char *const words[] = {
        "", "fibonacci", "a word that is longer than any name"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const struct workload_ops *ops = NULL;
        struct fault fault = {.kind = FAULT_NONE};
        assert_int_equal(workload_find(words[i], &ops, &fault), -EINVAL);
        assert_non_null(strstr(fault.text, "parfor list"));
        assert_null(strchr(fault.text, '\n'));
    }
    (void)state;
}

static void sizes_outside_the_range_are_refused(void **state)
{
    for (size_t i = 0; workload_table[i]; i++) {
        const struct workload_ops *ops = workload_table[i];
        int64_t wrong[] = {
            ops->size_min - 1, ops->size_max + 1, -1, INT64_MIN, INT64_MAX};
        for (size_t j = 0; j < sizeof wrong / sizeof *wrong; j++) {
            struct workload_job job = {.size = 4711};
            struct fault fault = {.kind = FAULT_NONE};
            assert_int_equal(workload_job_init(&job, ops, wrong[j], &fault), -EINVAL);
            assert_int_equal(fault.kind, FAULT_INPUT);
            assert_non_null(strstr(fault.text, ops->name));
            assert_int_equal(job.size, 4711);
        }
    }
    (void)state;
}

static void sizes_in_the_range_are_taken(void **state)
{
    for (size_t i = 0; workload_table[i]; i++) {
        const struct workload_ops *ops = workload_table[i];
        int64_t right[] = {ops->size_min, ops->size_default, ops->size_max};
        for (size_t j = 0; j < sizeof right / sizeof *right; j++) {
            struct workload_job job;
            struct fault fault = {.kind = FAULT_NONE};
            char text[64] = "";
            assert_int_equal(workload_job_init(&job, ops, right[j], &fault), 0);
            assert_ptr_equal(job.ops, ops);
            assert_int_equal(job.size, right[j]);
            ops->describe(&job, sizeof text, text);
            assert_true(strlen(text) > 0);
        }
    }
    (void)state;
}

static uint64_t mix_all(size_t count, const int64_t indices[], const uint64_t digests[])
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += workload_mix(indices[i], digests[i]);
    return sum;
}

static void the_mixed_sum_does_not_know_an_order(void **state)
{
    const int64_t there[] = {0, 1, 2, 3}, back[] = {3, 1, 0, 2};
    const uint64_t digests[] = {7, 8, 9, 10}, moved[] = {10, 8, 7, 9};
    assert_true(mix_all(4, there, digests) == mix_all(4, back, moved));
    (void)state;
}

enum { MANY = 300 };

/* Losses, doubles, swaps, and one in place of another all show, and each otherwise. */
static void the_mixed_sum_shows_what_went_wrong(void **state)
{
    int64_t indices[MANY + 1];
    uint64_t digests[MANY + 1];
    for (int kind = 0; kind < 3; kind++) {
        for (int i = 0; i <= MANY; i++) {
            indices[i] = i;
            digests[i] = kind == 0 ? 0 : kind == 1 ? (uint64_t)i : 0x0123456789abcdef;
        }
        uint64_t whole = mix_all(MANY, indices, digests);
        for (int i = 0; i < MANY; i++) {
            uint64_t one = workload_mix(i, digests[i]);
            assert_true(one != 0); /* loss, doubling */
            assert_true(workload_mix(i, digests[i] ^ 1) != one);
            for (int j = 0; j < i; j++) {
                uint64_t other = workload_mix(j, digests[j]);
                assert_true(whole - one + other != whole);
                if (digests[i] != digests[j])
                    assert_true(
                        workload_mix(i, digests[j]) + workload_mix(j, digests[i]) !=
                        one + other);
            }
        }
    }
    (void)state;
}

static void results_are_words_and_a_digest(void **state)
{
    const struct workload_ops *factorial, *empty;
    struct fault fault;
    char text[80];
    struct workload_result result = {.digest = 0x0011223344556677, .value = 5565709};
    assert_int_equal(workload_find("factorial", &factorial, &fault), 0);
    assert_int_equal(workload_find("empty", &empty, &fault), 0);
    workload_format_result(factorial, &result, sizeof text, text);
    assert_string_equal(text, "5565709 decimal digits, digest 0011223344556677");
    workload_format_result(empty, &result, sizeof text, text);
    assert_string_equal(text, "digest 0011223344556677");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_unique),
        cmocka_unit_test(the_article_s_loop_is_the_first),
        cmocka_unit_test(descriptors_are_whole),
        cmocka_unit_test(descriptors_fit_the_list),
        cmocka_unit_test(headlines_fit),
        cmocka_unit_test(sizes_keep_their_steps),
        cmocka_unit_test(all_are_found_by_name),
        cmocka_unit_test(unknown_names_get_the_nearest_suggested),
        cmocka_unit_test(what_is_near_to_nothing_gets_a_hint),
        cmocka_unit_test(sizes_outside_the_range_are_refused),
        cmocka_unit_test(sizes_in_the_range_are_taken),
        cmocka_unit_test(the_mixed_sum_does_not_know_an_order),
        cmocka_unit_test(the_mixed_sum_shows_what_went_wrong),
        cmocka_unit_test(results_are_words_and_a_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
