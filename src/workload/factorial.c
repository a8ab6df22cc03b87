// SPDX-License-Identifier: MIT
#include <gmp.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "workload/builtin.h"

/* GMP has no way back from an allocation that fails, and would print and abort: leave
 * with the status that tells the pool why. */
static void *allocate(size_t size)
{
    void *memory = malloc(size);
    if (!memory)
        _exit(WORKLOAD_EXIT_OUT_OF_MEMORY);
    return memory;
}

static void *reallocate(void *memory, size_t size_before, size_t size)
{
    (void)size_before;
    void *grown = realloc(memory, size);
    if (!grown)
        _exit(WORKLOAD_EXIT_OUT_OF_MEMORY);
    return grown;
}

static void release(void *memory, size_t size)
{
    (void)size;
    free(memory);
}

/* Decimal digits of a positive number.  log10 from the leading 53 bits is off by less
 * than 1e-5 for anything that fits into memory; that near to a power of ten, compare with
 * it. */
static int64_t count_digits(const mpz_t number)
{
    long exponent;
    double fraction = mpz_get_d_2exp(&exponent, number);
    double logarithm = log10(fraction) + (double)exponent * 0.30102999566398119521;
    double nearest = round(logarithm);
    if (fabs(logarithm - nearest) > 1e-5)
        return (int64_t)floor(logarithm) + 1;
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)nearest);
    int64_t digits = (int64_t)nearest + (mpz_cmp(number, power) >= 0);
    mpz_clear(power);
    return digits;
}

/* 64 bits over the limbs, each folded in with a multiplication (as in FNV-1a, but by
 * word). */
static uint64_t digest_limbs(const mpz_t number)
{
    uint64_t digest = UINT64_C(0xcbf29ce484222325);
    const mp_limb_t *limbs = mpz_limbs_read(number);
    size_t count = mpz_size(number);
    for (size_t i = 0; i < count; i++) {
        digest = (digest ^ limbs[i]) * UINT64_C(0x9e3779b97f4a7c15);
        digest ^= digest >> 32;
    }
    return digest;
}

static int run(
    const struct workload_job *job, int64_t index, struct workload_result *result)
{
    (void)index;
    mp_set_memory_functions(allocate, reallocate, release);
    mpz_t product;
    mpz_init(product);
    mpz_fac_ui(product, (unsigned long)job->size);
    result->digest = digest_limbs(product);
    result->value = count_digits(product);
    mpz_clear(product);
    return 0;
}

static void describe(const struct workload_job *job, size_t size, char text[])
{
    snprintf(text, size, "%" PRId64 "!", job->size);
}

const struct workload_ops workload_factorial = {
    .name = "factorial",
    .summary = "computes n! with GMP",
    .verb = " computed",
    .teaches = "equal tasks of pure computing",
    .size_name = "n",
    .size_min = 1,
    .size_max = 1000000000,
    .size_default = 1000000,
    .uniform = true,
    .value_name = "decimal digits",
    .describe = describe,
    .run = run,
};
