// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "workload/rounds.h"

static void rounds_go_on_from_each_other(void **state)
{
    for (int64_t rounds = 0; rounds < 300; rounds++) {
        uint64_t more = rounds_compute(7, rounds + 1), less = rounds_compute(7, rounds);
        assert_true(more != less);
        less ^= less << 13;
        less ^= less >> 7;
        less ^= less << 17;
        assert_true(more == less);
    }
    (void)state;
}

static void seeds_give_different_ends(void **state)
{
    for (uint64_t seed = 0; seed < 100; seed++) {
        assert_true(rounds_compute(seed, 1000) == rounds_compute(seed, 1000));
        assert_true(rounds_compute(seed, 1000) != rounds_compute(seed + 1, 1000));
    }
    (void)state;
}

/* Where 0 would be, nothing would ever change. */
static void no_seed_stays_where_it_is(void **state)
{
    uint64_t worst = rounds_compute(0, 0); /* what seeds are mixed with */
    assert_true(rounds_compute(worst, 0) != 0);
    assert_true(rounds_compute(worst, 1) != rounds_compute(worst, 2));
    (void)state;
}

static void a_time_is_a_number_of_rounds(void **state)
{
    struct workload_job job = {.scale = 300000};
    assert_int_equal(rounds_lasting(&job, 0), 0);
    assert_int_equal(rounds_lasting(&job, 1), 300);
    assert_int_equal(rounds_lasting(&job, 20000), 6000000);
    assert_int_equal(rounds_lasting(&job, 1e18), INT64_MAX);
    assert_int_equal(rounds_lasting(&job, 1e300), INT64_MAX);
    (void)state;
}

static void a_scale_is_found(void **state)
{
    struct workload_job job = {.scale = 0};
    rounds_settle(&job);
    assert_true(job.scale > 0);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_go_on_from_each_other),
        cmocka_unit_test(seeds_give_different_ends),
        cmocka_unit_test(no_seed_stays_where_it_is),
        cmocka_unit_test(a_time_is_a_number_of_rounds),
        cmocka_unit_test(a_scale_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
