// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "workload/builtin.h"
#include "workload/digest.h"

static struct workload_result multiply(int64_t size, int64_t index)
{
    struct workload_job job;
    struct workload_place place = {.job = &job, .workers = 1};
    struct workload_result result = {.digest = 4711, .value = -1};
    struct fault fault;
    assert_int_equal(workload_job_init(&job, &workload_matrix, size, &fault), 0);
    assert_int_equal(job.ops->run(&place, index, &result), 0);
    return result;
}

/* The element of a factor, as whole numbers. */
static int64_t factor_at(int64_t size, int64_t row, int64_t column, uint64_t seed)
{
    return (int64_t)(workload_mix(row * size + column, seed) >> 60) - 8;
}

/* Row times column, from the definition, in whole numbers. */
static struct workload_result multiply_slowly(int64_t size)
{
    struct workload_result result = {.digest = DIGEST_START};
    for (int64_t row = 0; row < size; row++)
        for (int64_t column = 0; column < size; column++) {
            int64_t sum = 0;
            for (int64_t k = 0; k < size; k++)
                sum += factor_at(size, row, k, 1) * factor_at(size, k, column, 2);
            result.digest = digest_fold(result.digest, (uint64_t)sum);
            result.value += sum;
        }
    return result;
}

static void products_are_those_of_the_definition(void **state)
{
    static const int64_t sizes[] = {
        1, 2, 3, 7, 31, 32, 33, 63, 64, 65, 96, 100, 129, 200};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct workload_result fast = multiply(sizes[i], 0);
        struct workload_result slow = multiply_slowly(sizes[i]);
        assert_int_equal(fast.value, slow.value);
        assert_true(fast.digest == slow.digest);
    }
    (void)state;
}

/* All elements of a product together: the columns of one times the rows of the other. */
static void large_products_have_the_right_sum(void **state)
{
    const int64_t size = workload_matrix.size_default;
    int64_t sum = 0;
    for (int64_t k = 0; k < size; k++) {
        int64_t column = 0, row = 0;
        for (int64_t i = 0; i < size; i++) {
            column += factor_at(size, i, k, 1);
            row += factor_at(size, k, i, 2);
        }
        sum += column * row;
    }
    assert_int_equal(multiply(size, 0).value, sum);
    (void)state;
}

static void the_digest_depends_on_the_size_alone(void **state)
{
    uint64_t before = 0;
    for (int64_t size = 1; size < 70; size++) {
        uint64_t digest = multiply(size, 0).digest;
        assert_true(multiply(size, WORKLOAD_ITERATIONS_MAX - 1).digest == digest);
        assert_true(digest != before);
        before = digest;
    }
    assert_true(workload_matrix.uniform);
    (void)state;
}

static void without_memory_it_says_so(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    skip(); /* the address sanitizer needs an address space without a limit */
#endif
    struct workload_job job = {.ops = &workload_matrix, .size = workload_matrix.size_max};
    struct workload_place place = {.job = &job, .workers = 1};
    struct workload_result result;
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        setrlimit(RLIMIT_AS, &(struct rlimit){1 << 28, 1 << 28});
        _exit(job.ops->run(&place, 0, &result) == -ENOMEM ? 7 : 8);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 7);
    (void)state;
}

static void the_headline_names_it(void **state)
{
    char text[64];
    struct workload_job job = {.ops = &workload_matrix, .size = 512};
    workload_matrix.describe(&job, sizeof text, text);
    assert_string_equal(text, "two matrices of 512 x 512");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_are_those_of_the_definition),
        cmocka_unit_test(large_products_have_the_right_sum),
        cmocka_unit_test(the_digest_depends_on_the_size_alone),
        cmocka_unit_test(without_memory_it_says_so),
        cmocka_unit_test(the_headline_names_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
