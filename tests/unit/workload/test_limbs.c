// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "out_of_memory.h"
#include "workload/digest.h"
#include "workload/limbs.h"

static uint64_t digest_of(unsigned long base, unsigned long power, unsigned long added)
{
    mpz_t number;
    mpz_init(number);
    mpz_ui_pow_ui(number, base, power);
    mpz_add_ui(number, number, added);
    uint64_t digest = limbs_digest(number);
    mpz_clear(number);
    return digest;
}

static void equal_numbers_have_equal_digests(void **state)
{
    assert_true(digest_of(2, 300, 0) == digest_of(4, 150, 0));
    assert_true(digest_of(6, 100, 35) == digest_of(6, 100, 35));
    (void)state;
}

static void every_bit_counts(void **state)
{
    enum { BITS = 300 };
    uint64_t seen[BITS];
    for (unsigned long bit = 0; bit < BITS; bit++) {
        seen[bit] = digest_of(2, bit, 0);
        for (unsigned long other = 0; other < bit; other++)
            assert_true(seen[other] != seen[bit]);
        assert_true(digest_of(2, bit, 1) != seen[bit]);
    }
    (void)state;
}

static void the_order_of_words_counts(void **state)
{
    uint64_t there = digest_fold(digest_fold(DIGEST_START, 1), 2);
    uint64_t back = digest_fold(digest_fold(DIGEST_START, 2), 1);
    assert_true(there != back);
    assert_true(digest_fold(there, 0) != there);
    (void)state;
}

static void compute_a_large_power(void)
{
    mpz_t number;
    limbs_use_own_memory();
    mpz_init(number);
    mpz_ui_pow_ui(number, 3, UINT32_MAX);
}

static void without_memory_it_leaves_in_silence(void **state)
{
    out_of_memory_expect_silence(compute_a_large_power);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_numbers_have_equal_digests),
        cmocka_unit_test(every_bit_counts),
        cmocka_unit_test(the_order_of_words_counts),
        cmocka_unit_test(without_memory_it_leaves_in_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
