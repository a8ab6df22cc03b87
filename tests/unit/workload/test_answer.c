// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <gmp.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "workload/answer.h"
#include "workload/digest.h"

/* The same numbers by what children learn at school, with nothing of GMP but additions,
 * subtractions, shifts, and products with small numbers. */

/* 32 bits at a time, as a limb may have no more. */
static uint64_t fold(uint64_t digest, const mpz_t number)
{
    uint64_t count = 0;
    mpz_t rest, piece;
    mpz_init_set(rest, number);
    mpz_init(piece);
    for (; mpz_sgn(rest) != 0; count++) {
        uint64_t word = 0;
        for (int half = 0; half < 2; half++) {
            mpz_tdiv_r_2exp(piece, rest, 32);
            word |= (uint64_t)mpz_get_ui(piece) << 32 * half;
            mpz_tdiv_q_2exp(rest, rest, 32);
        }
        digest = digest_fold(digest, word);
    }
    mpz_clears(rest, piece, NULL);
    return digest_fold(digest, count);
}

static void multiply(mpz_t product, const mpz_t one, const mpz_t other)
{
    mpz_set_ui(product, 0);
    for (size_t bit = mpz_sizeinbase(one, 2); bit-- > 0;) {
        mpz_mul_2exp(product, product, 1);
        if (mpz_tstbit(one, bit))
            mpz_add(product, product, other);
    }
}

static void divide(mpz_t quotient, mpz_t rest, const mpz_t number, const mpz_t by)
{
    mpz_set_ui(quotient, 0);
    mpz_set_ui(rest, 0);
    for (size_t bit = mpz_sizeinbase(number, 2); bit-- > 0;) {
        mpz_mul_2exp(rest, rest, 1);
        if (mpz_tstbit(number, bit))
            mpz_setbit(rest, 0);
        if (mpz_cmp(rest, by) < 0)
            continue;
        mpz_sub(rest, rest, by);
        mpz_setbit(quotient, bit);
    }
}

/* Two bits of the number give one of the root. */
static void find_root(mpz_t root, mpz_t rest, const mpz_t number)
{
    mpz_t trial;
    mpz_init(trial);
    mpz_set_ui(root, 0);
    mpz_set_ui(rest, 0);
    for (size_t pair = (mpz_sizeinbase(number, 2) + 1) / 2; pair-- > 0;) {
        unsigned long bits = 2UL * (unsigned long)mpz_tstbit(number, 2 * pair + 1) +
                             (unsigned long)mpz_tstbit(number, 2 * pair);
        mpz_mul_2exp(rest, rest, 2);
        mpz_add_ui(rest, rest, bits);
        mpz_mul_2exp(trial, root, 2);
        mpz_setbit(trial, 0);
        mpz_mul_2exp(root, root, 1);
        if (mpz_cmp(rest, trial) < 0)
            continue;
        mpz_sub(rest, rest, trial);
        mpz_setbit(root, 0);
    }
    mpz_clear(trial);
}

static void multiply_modulo(mpz_t value, const mpz_t by, const mpz_t modulus)
{
    mpz_t product;
    mpz_init(product);
    for (size_t bit = mpz_sizeinbase(by, 2); bit-- > 0;) {
        mpz_mul_2exp(product, product, 1);
        if (mpz_tstbit(by, bit))
            mpz_add(product, product, value);
        while (mpz_cmp(product, modulus) >= 0)
            mpz_sub(product, product, modulus);
    }
    mpz_swap(value, product);
    mpz_clear(product);
}

static void power(
    mpz_t result, const mpz_t base, const mpz_t exponent, const mpz_t modulus)
{
    mpz_t quotient, reduced, square;
    mpz_inits(quotient, reduced, square, NULL);
    divide(quotient, reduced, base, modulus);
    mpz_set_ui(result, 1);
    for (size_t bit = mpz_sizeinbase(exponent, 2); bit-- > 0;) {
        mpz_set(square, result);
        multiply_modulo(result, square, modulus);
        if (mpz_tstbit(exponent, bit))
            multiply_modulo(result, reduced, modulus);
    }
    mpz_clears(quotient, reduced, square, NULL);
}

/* By differences of odd numbers. */
static void find_divisor(mpz_t divisor, const mpz_t one, const mpz_t other)
{
    mpz_t a, b, quotient;
    mpz_inits(a, quotient, NULL);
    mpz_init_set(b, other);
    divide(quotient, a, one, other);
    mp_bitcnt_t twos_a = mpz_scan1(a, 0), twos_b = mpz_scan1(b, 0);
    mpz_tdiv_q_2exp(a, a, twos_a);
    mpz_tdiv_q_2exp(b, b, twos_b);
    while (mpz_cmp(a, b) != 0) {
        if (mpz_cmp(a, b) < 0)
            mpz_swap(a, b);
        mpz_sub(a, a, b);
        mpz_tdiv_q_2exp(a, a, mpz_scan1(a, 0));
    }
    mpz_mul_2exp(divisor, a, twos_a < twos_b ? twos_a : twos_b);
    mpz_clears(a, b, quotient, NULL);
}

static uint64_t products(mpz_t factorial, mpz_t fibonacci)
{
    uint64_t digest = DIGEST_START;
    mpz_t other;
    mpz_init_set_ui(other, 0);
    mpz_set_ui(factorial, 1);
    for (unsigned long i = 2; i <= 6000; i++)
        mpz_mul_ui(factorial, factorial, i);
    mpz_set_ui(fibonacci, 1);
    for (int i = 1; i < 30000; i++) {
        mpz_add(other, other, fibonacci);
        mpz_swap(other, fibonacci);
    }
    digest = fold(digest, factorial);
    digest = fold(digest, fibonacci);
    multiply(other, factorial, factorial);
    digest = fold(digest, other);
    multiply(other, factorial, fibonacci);
    digest = fold(digest, other);
    mpz_clear(other);
    return digest;
}

static uint64_t answer_by_hand(void)
{
    mpz_t factorial, fibonacci, result, rest, modulus, exponent;
    mpz_inits(factorial, fibonacci, result, rest, modulus, exponent, NULL);
    uint64_t digest = products(factorial, fibonacci);
    divide(result, rest, factorial, fibonacci);
    digest = fold(fold(digest, result), rest);
    find_root(result, rest, factorial);
    digest = fold(fold(digest, result), rest);
    mpz_tdiv_r_2exp(modulus, fibonacci, 1024);
    mpz_setbit(modulus, 0);
    mpz_tdiv_q_2exp(exponent, fibonacci, 1024);
    mpz_tdiv_r_2exp(exponent, exponent, 1024);
    power(result, rest, exponent, modulus);
    digest = fold(digest, result);
    mpz_add_ui(rest, factorial, 30000);
    find_divisor(result, rest, fibonacci);
    digest = fold(digest, result);
    find_divisor(result, factorial, fibonacci);
    digest = fold(digest, result);
    mpz_clears(factorial, fibonacci, result, rest, modulus, exponent, NULL);
    return digest;
}

static void it_is_what_comes_out_by_hand(void **state)
{
    assert_true(answer_by_hand() == ANSWER_RIGHT);
    assert_true(answer_compute() == ANSWER_RIGHT);
    (void)state;
}

static void it_is_the_same_again_and_in_other_processes(void **state)
{
    for (int i = 0; i < 3; i++)
        assert_true(answer_compute() == ANSWER_RIGHT);
    for (int i = 0; i < 2; i++) {
        int status = -1;
        pid_t pid = fork();
        if (pid == 0)
            _exit(answer_compute() == ANSWER_RIGHT ? EXIT_SUCCESS : EXIT_FAILURE);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        assert_int_equal(status, 0);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_what_comes_out_by_hand),
        cmocka_unit_test(it_is_the_same_again_and_in_other_processes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
