// SPDX-License-Identifier: MIT
#include "workload/answer.h"

#include <gmp.h>
#include <stddef.h>

#include "workload/digest.h"
#include "workload/limbs.h"

enum {
    FACTORIAL = 6000,        /* 66 690 bits */
    FIBONACCI = 30000,       /* 20 827 bits */
    MODULUS_BITS = 1024,     /* of a modular power … */
    EXPONENT_BITS = 1024,    /* … and of its exponent */
    PIECE_BITS = 64,         /* of a word of the digest … */
    WORDS = 136 * 1024 / 64, /* … as many as the longest number has at most */
};

struct numbers {
    mpz_t factorial, fibonacci, result, rest;
    uint64_t digest;
};

/* In words of 64 bits, the least significant first, whatever GMP has inside.  Only a
 * number that is wrong has more of them than there is room for. */
static void fold(struct numbers *numbers, const mpz_t number)
{
    uint64_t words[WORDS];
    size_t count = (mpz_sizeinbase(number, 2) + PIECE_BITS - 1) / PIECE_BITS;
    if (count > WORDS)
        return;
    mpz_export(words, &count, -1, sizeof *words, 0, 0, number);
    for (size_t i = 0; i < count; i++)
        numbers->digest = digest_fold(numbers->digest, words[i]);
    numbers->digest = digest_fold(numbers->digest, count);
}

static void multiply(struct numbers *numbers)
{
    mpz_fac_ui(numbers->factorial, FACTORIAL);
    fold(numbers, numbers->factorial);
    mpz_fib_ui(numbers->fibonacci, FIBONACCI);
    fold(numbers, numbers->fibonacci);
    mpz_mul(numbers->result, numbers->factorial, numbers->factorial);
    fold(numbers, numbers->result);
    mpz_mul(numbers->result, numbers->factorial, numbers->fibonacci);
    fold(numbers, numbers->result);
}

static void divide(struct numbers *numbers)
{
    mpz_tdiv_qr(numbers->result, numbers->rest, numbers->factorial, numbers->fibonacci);
    fold(numbers, numbers->result);
    fold(numbers, numbers->rest);
    mpz_sqrtrem(numbers->result, numbers->rest, numbers->factorial);
    fold(numbers, numbers->result);
    fold(numbers, numbers->rest);
}

/* The last bits of the Fibonacci number, made odd, are the modulus, those before them the
 * exponent. */
static void power(struct numbers *numbers)
{
    mpz_t modulus, exponent;
    mpz_inits(modulus, exponent, NULL);
    mpz_fdiv_r_2exp(modulus, numbers->fibonacci, MODULUS_BITS);
    mpz_setbit(modulus, 0);
    mpz_fdiv_q_2exp(exponent, numbers->fibonacci, MODULUS_BITS);
    mpz_fdiv_r_2exp(exponent, exponent, EXPONENT_BITS);
    mpz_powm(numbers->result, numbers->rest, exponent, modulus);
    fold(numbers, numbers->result);
    mpz_clears(modulus, exponent, NULL);
}

/* The second pair has many small divisors in common. */
static void find_divisor(struct numbers *numbers)
{
    mpz_add_ui(numbers->rest, numbers->factorial, FIBONACCI);
    mpz_gcd(numbers->result, numbers->rest, numbers->fibonacci);
    fold(numbers, numbers->result);
    mpz_gcd(numbers->result, numbers->factorial, numbers->fibonacci);
    fold(numbers, numbers->result);
}

uint64_t answer_compute(void)
{
    struct numbers numbers = {.digest = DIGEST_START};
    limbs_use_own_memory();
    mpz_inits(numbers.factorial, numbers.fibonacci, numbers.result, numbers.rest, NULL);
    multiply(&numbers);
    divide(&numbers);
    power(&numbers);
    find_divisor(&numbers);
    mpz_clears(numbers.factorial, numbers.fibonacci, numbers.result, numbers.rest, NULL);
    return numbers.digest;
}
