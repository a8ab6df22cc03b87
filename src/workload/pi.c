// SPDX-License-Identifier: MIT
#include <gmp.h>
#include <inttypes.h>
#include <stdio.h>

#include "workload/builtin.h"
#include "workload/limbs.h"

/* The series of D. and G. Chudnovsky (1988), summed by binary splitting: with
 *   p(k) = (6k - 5)(2k - 1)(6k - 1),  q(k) = k^3 C^3 / 24,  a(k) = A + B k,
 * P, Q are the products of p, q over begin <= k < end, and T / Q is the sum of
 * (-1)^k a(k) p(begin) … p(k) / (q(begin) … q(k)).  Then
 *   pi = 426880 sqrt(10005) Q / (A Q + T)  for 1 <= k < terms. */
static const unsigned long A = 13591409, B = 545140134;
static const unsigned long C = 640320;

static const double DIGITS_PER_TERM = 14.18; /* 14.1816… */
enum { GUARD_DIGITS = 20 };

struct part {
    mpz_t p, q, t;
};

static void part_init(struct part *part)
{
    mpz_inits(part->p, part->q, part->t, NULL);
}

static void part_finish(struct part *part)
{
    mpz_clears(part->p, part->q, part->t, NULL);
}

static void set_term(struct part *part, unsigned long k)
{
    mpz_set_ui(part->p, 6 * k - 5);
    mpz_mul_ui(part->p, part->p, 2 * k - 1);
    mpz_mul_ui(part->p, part->p, 6 * k - 1);
    mpz_set_ui(part->q, k);
    mpz_mul_ui(part->q, part->q, k);
    mpz_mul_ui(part->q, part->q, k);
    mpz_mul_ui(part->q, part->q, C / 24);
    mpz_mul_ui(part->q, part->q, C);
    mpz_mul_ui(part->q, part->q, C);
    mpz_set_ui(part->t, B);
    mpz_mul_ui(part->t, part->t, k);
    mpz_add_ui(part->t, part->t, A);
    mpz_mul(part->t, part->t, part->p);
    if (k % 2 == 1)
        mpz_neg(part->t, part->t);
}

/* Sums the terms from `begin` to before `end`; as deep as the logarithm of their number.
 */
static void sum_terms(struct part *part, unsigned long begin, unsigned long end)
{
    if (end - begin == 1) {
        set_term(part, begin);
        return;
    }
    struct part right;
    part_init(&right);
    sum_terms(part, begin, begin + (end - begin) / 2);
    sum_terms(&right, begin + (end - begin) / 2, end);
    mpz_mul(part->t, part->t, right.q);
    mpz_mul(right.t, right.t, part->p);
    mpz_add(part->t, part->t, right.t);
    mpz_mul(part->p, part->p, right.p);
    mpz_mul(part->q, part->q, right.q);
    part_finish(&right);
}

/* The whole number floor(pi * 10^decimals). */
static void compute_pi(mpz_t pi, unsigned long decimals)
{
    struct part sum;
    mpz_t power;
    part_init(&sum);
    mpz_init(power);
    sum_terms(&sum, 1, (unsigned long)((double)decimals / DIGITS_PER_TERM) + 4);
    mpz_addmul_ui(sum.t, sum.q, A);
    mpz_ui_pow_ui(power, 10, 2 * (decimals + GUARD_DIGITS));
    mpz_mul_ui(power, power, 10005);
    mpz_sqrt(power, power);
    mpz_mul(sum.q, sum.q, power);
    mpz_mul_ui(sum.q, sum.q, 426880);
    mpz_tdiv_q(pi, sum.q, sum.t);
    mpz_ui_pow_ui(power, 10, GUARD_DIGITS);
    mpz_tdiv_q(pi, pi, power);
    mpz_clear(power);
    part_finish(&sum);
}

static int run(
    const struct workload_place *place, int64_t index, struct workload_result *result)
{
    mpz_t pi;
    (void)index;
    limbs_use_own_memory();
    mpz_init(pi);
    compute_pi(pi, (unsigned long)place->job->size);
    result->digest = limbs_digest(pi);
    result->value = (int64_t)mpz_fdiv_ui(pi, 1000000000);
    mpz_clear(pi);
    return 0;
}

static void describe(const struct workload_job *job, size_t size, char text[])
{
    snprintf(text, size, "%" PRId64 " decimals of pi", job->size);
}

const struct workload_ops workload_pi = {
    .name = "pi",
    .summary = "computes decimals of pi with GMP",
    .verb = " computed",
    .teaches = "equal tasks of computing with long numbers",
    .size_name = "decimals",
    .size_min = 1,
    .size_max = 100000000,
    .size_default = 100000,
    .uniform = true,
    .value_name = "as the last digits",
    .describe = describe,
    .run = run,
};
