// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gmp.h>

#include "workload/builtin.h"
#include "workload/limbs.h"

static struct workload_result compute(int64_t size, int64_t index)
{
    struct workload_job job;
    struct workload_place place = {.job = &job, .workers = 1};
    struct workload_result result = {.value = -1};
    struct fault fault;
    assert_int_equal(workload_job_init(&job, &workload_pi, size, &fault), 0);
    assert_int_equal(job.ops->run(&place, index, &result), 0);
    return result;
}

/* Adds factor * unit * arctan(1 / x), by its power series. */
static void add_arctan(mpz_t sum, const mpz_t unit, long factor, unsigned long x)
{
    mpz_t power, term;
    mpz_init(term);
    mpz_init(power);
    mpz_mul_si(power, unit, factor);
    mpz_tdiv_q_ui(power, power, x);
    for (unsigned long k = 1; mpz_sgn(power) != 0; k += 2) {
        mpz_tdiv_q_ui(term, power, k);
        if (k % 4 == 1)
            mpz_add(sum, sum, term);
        else
            mpz_sub(sum, sum, term);
        mpz_tdiv_q_ui(power, power, x * x);
    }
    mpz_clear(power);
    mpz_clear(term);
}

enum { REFERENCE = 4000, GUARD = 10 };

/* pi * 10^REFERENCE by Machin's formula, 16 arctan(1/5) - 4 arctan(1/239). */
static void compute_by_machin(mpz_t pi)
{
    mpz_t unit;
    mpz_init(unit);
    mpz_ui_pow_ui(unit, 10, REFERENCE + GUARD);
    mpz_set_ui(pi, 0);
    add_arctan(pi, unit, 16, 5);
    add_arctan(pi, unit, -4, 239);
    mpz_ui_pow_ui(unit, 10, GUARD);
    mpz_tdiv_q(pi, pi, unit);
    mpz_clear(unit);
}

static void compare(const mpz_t reference, unsigned long size)
{
    mpz_t pi;
    mpz_init(pi);
    mpz_ui_pow_ui(pi, 10, REFERENCE - size);
    mpz_tdiv_q(pi, reference, pi);
    struct workload_result result = compute((int64_t)size, 0);
    assert_true(result.digest == limbs_digest(pi));
    assert_int_equal(result.value, mpz_fdiv_ui(pi, 1000000000));
    mpz_clear(pi);
}

static void all_decimals_are_those_of_another_formula(void **state)
{
    mpz_t reference;
    mpz_init(reference);
    compute_by_machin(reference);
    for (unsigned long size = 1; size < 1000; size++)
        compare(reference, size);
    for (unsigned long size = 1000; size <= REFERENCE; size += 97)
        compare(reference, size);
    mpz_clear(reference);
    (void)state;
}

static void known_ends_are_right(void **state)
{
    static const int64_t known[][2] = {{1, 31}, {2, 314}, {3, 3141}, {4, 31415},
        {8, 314159265}, {9, 141592653}, {10, 415926535}, {1000, 164201989},
        {10000, 256375678}, {100000, 493624646}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(compute(known[i][0], 0).value, known[i][1]);
    (void)state;
}

static void a_million_decimals_end_in_458151(void **state)
{
    assert_int_equal(compute(1000000, 0).value % 1000000, 458151);
    (void)state;
}

static void the_digest_depends_on_the_size_alone(void **state)
{
    uint64_t before = 0;
    for (int64_t size = 1; size < 200; size++) {
        uint64_t digest = compute(size, 0).digest;
        assert_true(compute(size, WORKLOAD_ITERATIONS_MAX - 1).digest == digest);
        assert_true(digest != before);
        before = digest;
    }
    assert_true(workload_pi.uniform);
    (void)state;
}

static void the_headline_names_it(void **state)
{
    char text[64];
    struct workload_job job = {.ops = &workload_pi, .size = 1000};
    workload_pi.describe(&job, sizeof text, text);
    assert_string_equal(text, "1000 decimals of pi");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_decimals_are_those_of_another_formula),
        cmocka_unit_test(known_ends_are_right),
        cmocka_unit_test(a_million_decimals_end_in_458151),
        cmocka_unit_test(the_digest_depends_on_the_size_alone),
        cmocka_unit_test(the_headline_names_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
