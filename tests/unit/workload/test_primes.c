// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "workload/builtin.h"
#include "workload/digest.h"

static struct workload_result count(int64_t size, int64_t index)
{
    struct workload_job job;
    struct workload_place place = {.job = &job, .workers = 1};
    struct workload_result result = {.digest = 4711, .value = -1};
    struct fault fault;
    assert_int_equal(workload_job_init(&job, &workload_primes, size, &fault), 0);
    assert_int_equal(job.ops->run(&place, index, &result), 0);
    return result;
}

static bool is_prime(int64_t number)
{
    for (int64_t divisor = 2; divisor * divisor <= number; divisor++)
        if (number % divisor == 0)
            return false;
    return number >= 2;
}

/* What a task must give, by trial division. */
static struct workload_result count_slowly(int64_t begin, int64_t size)
{
    struct workload_result result = {
        .digest = digest_fold(DIGEST_START, (uint64_t)begin)};
    uint64_t composites = 0;
    int bits = 0;
    for (int64_t number = begin; number < begin + size; number++) {
        result.value += is_prime(number);
        if (number % 2 == 0)
            continue;
        composites |= (uint64_t)!is_prime(number) << bits;
        if (++bits == 64) {
            result.digest = digest_fold(result.digest, composites);
            composites = 0;
            bits = 0;
        }
    }
    if (bits > 0)
        result.digest = digest_fold(result.digest, composites | ~UINT64_C(0) << bits);
    return result;
}

static void compare_with_division(int64_t size, int64_t index)
{
    struct workload_result fast = count(size, index);
    struct workload_result slow = count_slowly(size * index, size);
    assert_int_equal(fast.value, slow.value);
    assert_true(fast.digest == slow.digest);
}

static void powers_of_ten_have_as_many_as_is_known(void **state)
{
    static const int64_t known[] = {0, 4, 25, 168, 1229, 9592, 78498, 664579, 5761455};
    int64_t size = 1;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++, size *= 10)
        assert_int_equal(count(size, 0).value, known[i]);
    (void)state;
}

static void it_finds_what_trial_division_finds(void **state)
{
    for (int64_t size = 1; size < 300; size += size < 20 ? 1 : 7)
        for (int64_t index = 0; index < 40; index++)
            compare_with_division(size, index);
    compare_with_division(30000, 0);
    compare_with_division(30000, 17);
    (void)state;
}

/* The last primes to sieve with are needed there. */
static void it_finds_them_at_the_far_end(void **state)
{
    compare_with_division(200, WORKLOAD_ITERATIONS_MAX / 200 - 1);
    compare_with_division(1, WORKLOAD_ITERATIONS_MAX - 1);
    compare_with_division(1, WORKLOAD_ITERATIONS_MAX - 11); /* the largest prime */
    assert_int_equal(count(1, WORKLOAD_ITERATIONS_MAX - 11).value, 1);
    (void)state;
}

static void segments_add_up_to_the_whole(void **state)
{
    static const int64_t sizes[] = {1000, 12345, 524288, 524289, 3000007};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int64_t sum = 0, parts = 7;
        for (int64_t index = parts - 1; index >= 0; index--)
            sum += count(sizes[i], index).value;
        assert_int_equal(sum, count(sizes[i] * parts, 0).value);
    }
    (void)state;
}

static void every_segment_has_a_digest_of_its_own(void **state)
{
    enum { SEGMENTS = 300 };
    uint64_t seen[SEGMENTS];
    for (int64_t index = SEGMENTS - 1; index >= 0; index--) {
        seen[index] = count(50, index).digest;
        for (int64_t other = index + 1; other < SEGMENTS; other++)
            assert_true(seen[other] != seen[index]);
    }
    for (int64_t index = 0; index < SEGMENTS; index++)
        assert_true(count(50, index).digest == seen[index]);
    assert_true(count(54, 0).digest != seen[0]); /* 53 */
    assert_false(workload_primes.uniform);
    (void)state;
}

static void beyond_the_far_end_it_begins_again(void **state)
{
    static const int64_t sizes[] = {1, 7, 1000, 100003};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        int64_t segments = WORKLOAD_ITERATIONS_MAX / sizes[i];
        int64_t last = (WORKLOAD_ITERATIONS_MAX - 1) % segments;
        assert_true(count(sizes[i], segments).digest == count(sizes[i], 0).digest);
        assert_true(count(sizes[i], WORKLOAD_ITERATIONS_MAX - 1).digest ==
                    count(sizes[i], last).digest);
    }
    (void)state;
}

static void the_largest_segment_is_right(void **state)
{
#ifdef __SANITIZE_ADDRESS__
    skip(); /* it would take half a minute */
#endif
    assert_int_equal(count(1000000000, 0).value, 50847534);
    (void)state;
}

static void the_headline_names_the_segment(void **state)
{
    char text[64];
    struct workload_job job = {.ops = &workload_primes, .size = 1000000};
    workload_primes.describe(&job, sizeof text, text);
    assert_string_equal(text, "primes among 1000000 numbers");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(powers_of_ten_have_as_many_as_is_known),
        cmocka_unit_test(it_finds_what_trial_division_finds),
        cmocka_unit_test(it_finds_them_at_the_far_end),
        cmocka_unit_test(segments_add_up_to_the_whole),
        cmocka_unit_test(every_segment_has_a_digest_of_its_own),
        cmocka_unit_test(beyond_the_far_end_it_begins_again),
        cmocka_unit_test(the_largest_segment_is_right),
        cmocka_unit_test(the_headline_names_the_segment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
