// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gmp.h>
#include <stdlib.h>
#include <string.h>

#include "out_of_memory.h"
#include "workload/builtin.h"

static struct workload_result compute(int64_t size, int64_t index)
{
    struct workload_job job;
    struct workload_place place = {.job = &job, .workers = 1};
    struct workload_result result = {.value = -1};
    struct fault fault;
    assert_int_equal(workload_job_init(&job, &workload_factorial, size, &fault), 0);
    assert_int_equal(job.ops->run(&place, index, &result), 0);
    return result;
}

static void small_ones_have_as_many_digits_as_their_decimals(void **state)
{
    mpz_t product;
    mpz_init_set_ui(product, 1);
    for (unsigned size = 1; size <= 1500; size++) {
        mpz_mul_ui(product, product, size);
        char *decimals = mpz_get_str(NULL, 10, product);
        assert_int_equal(compute(size, 0).value, strlen(decimals));
        free(decimals);
    }
    mpz_clear(product);
    (void)state;
}

static void known_ones_are_right(void **state)
{
    static const int64_t known[][2] = {{1, 1}, {2, 1}, {3, 1}, {4, 2}, {5, 3}, {6, 3},
        {7, 4}, {8, 5}, {9, 6}, {10, 7}, {11, 8}, {12, 9}, {13, 10}, {14, 11}, {20, 19},
        {25, 26}, {70, 101}, {100, 158}, {1000, 2568}, {10000, 35660}, {100000, 456574}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(compute(known[i][0], 0).value, known[i][1]);
    (void)state;
}

static void a_million_has_5565709_digits(void **state)
{
    assert_int_equal(compute(1000000, 0).value, 5565709);
    (void)state;
}

static void the_digest_depends_on_the_size_alone(void **state)
{
    uint64_t seen[300];
    for (int size = 2; size < 300; size++) {
        seen[size] = compute(size, 0).digest;
        assert_true(compute(size, 4711).digest == seen[size]);
        for (int other = 2; other < size; other++)
            assert_true(seen[size] != seen[other]);
    }
    assert_true(compute(50000, 1).digest == compute(50000, 2).digest);
    assert_true(compute(50000, 1).digest != compute(50001, 1).digest);
    (void)state;
}

static void the_headline_names_it(void **state)
{
    char text[32];
    struct workload_job job = {.ops = &workload_factorial, .size = 1000000};
    workload_factorial.describe(&job, sizeof text, text);
    assert_string_equal(text, "1000000!");
    (void)state;
}

static void compute_a_large_one(void)
{
    struct workload_job job = {.ops = &workload_factorial, .size = 20000000};
    struct workload_place place = {.job = &job, .workers = 1};
    struct workload_result result;
    job.ops->run(&place, 0, &result);
}

static void without_memory_it_leaves_in_silence(void **state)
{
    out_of_memory_expect_silence(compute_a_large_one);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_ones_have_as_many_digits_as_their_decimals),
        cmocka_unit_test(known_ones_are_right),
        cmocka_unit_test(a_million_has_5565709_digits),
        cmocka_unit_test(the_digest_depends_on_the_size_alone),
        cmocka_unit_test(the_headline_names_it),
        cmocka_unit_test(without_memory_it_leaves_in_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
