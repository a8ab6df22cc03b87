// SPDX-License-Identifier: MIT
#include <gmp.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "workload/builtin.h"
#include "workload/limbs.h"

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

static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    (void)index;
    limbs_use_own_memory();
    mpz_t product;
    mpz_init(product);
    mpz_fac_ui(product, (unsigned long)place->job->size);
    result->digest = limbs_digest(product);
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
