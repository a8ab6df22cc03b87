// SPDX-License-Identifier: MIT
#include "model/speedup.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-9))
        fail_msg("%.12g is not %.12g", value, expected);
}

static void equal_tasks_are_bound_by_the_fullest_worker(void **state)
{
    assert_near(speedup_bound(15, 2, 2), 15.0 / 8);
    assert_near(speedup_bound(16, 2, 2), 2);
    assert_near(speedup_bound(15, 4, 4), 3.75);
    assert_near(speedup_bound(1, 8, 8), 1);
    assert_near(speedup_bound(3, 8, 8), 3); /* n < W */
    assert_near(speedup_bound(1000000000000, 4096, 8192), 1e12 / 244140625);
    (void)state;
}

static void usable_cpus_bound_too(void **state)
{
    assert_near(speedup_bound(16, 4, 1.5), 1.5);
    assert_near(speedup_bound(16, 8, 2), 2);
    assert_near(speedup_bound(16, 2, 64), 2);
    /* half a CPU slows both stages alike */
    assert_near(speedup_bound(16, 2, 0.5), 1);
    (void)state;
}

static void without_tasks_or_workers_there_is_no_bound(void **state)
{
    int64_t none[1] = {0};
    assert_near(speedup_bound(0, 2, 2), 0);
    assert_near(speedup_bound(2, 0, 2), 0);
    assert_near(speedup_bound_measured(0, none, 2, 2), 0);
    assert_near(speedup_bound_measured(1, none, 0, 2), 0);
    (void)state;
}

static void measured_equal_tasks_have_the_same_bound(void **state)
{
    for (int workers = 1; workers <= 9; workers++) {
        for (size_t count = 1; count <= 40; count++) {
            int64_t durations[40];
            for (size_t i = 0; i < count; i++)
                durations[i] = 1000;
            assert_near(speedup_bound_measured(count, durations, workers, 100),
                speedup_bound((int64_t)count, workers, 100));
        }
    }
    (void)state;
}

static void uneven_tasks_are_bound_by_the_longest(void **state)
{
    int64_t durations[] = {1, 8, 1, 2};
    assert_near(speedup_bound_measured(4, durations, 4, 4), 12.0 / 8);
    assert_near(speedup_bound_measured(4, durations, 1, 4), 1);
    assert_near(speedup_bound_measured(4, durations, 2, 1.25), 1.25);
    int64_t nothing[] = {0, 0, 0};
    assert_near(speedup_bound_measured(3, nothing, 2, 2), 1.5);
    (void)state;
}

/* The time of the best of all W^n ways to give the tasks to workers. */
static int64_t optimum(
    size_t count, const int64_t durations[], int workers, int64_t loads[])
{
    int64_t best = INT64_MAX;
    if (count == 0) {
        best = 0;
        for (int i = 0; i < workers; i++)
            best = loads[i] > best ? loads[i] : best;
        return best;
    }
    for (int i = 0; i < workers; i++) {
        loads[i] += durations[count - 1];
        int64_t time = optimum(count - 1, durations, workers, loads);
        best = time < best ? time : best;
        loads[i] -= durations[count - 1];
    }
    return best;
}

static void the_measured_bound_is_never_below_the_optimum(void **state)
{
    uint64_t random = 7;
    int reached = 0, trials = 0;
    for (int trial = 0; trial < 300; trial++) {
        int workers = 2 + trial % 2;
        size_t count = 1 + (size_t)(trial % 8);
        int64_t durations[8], sum = 0, loads[3] = {0};
        for (size_t i = 0; i < count; i++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
            durations[i] = (int64_t)(random >> 60) + 1;
            sum += durations[i];
        }
        double best = (double)sum / (double)optimum(count, durations, workers, loads);
        double bound = speedup_bound_measured(count, durations, workers, 8);
        if (best > bound + 1e-9)
            fail_msg(
                "%zu tasks on %d: %g reached, bound %g", count, workers, best, bound);
        reached += best > bound - 1e-9;
        trials++;
    }
    assert_true(reached > trials / 2); /* and it is close */
    (void)state;
}

static void karp_flatt_is_the_serial_share(void **state)
{
    assert_near(speedup_karp_flatt(4, 4), 0);
    assert_near(speedup_karp_flatt(1, 4), 1);
    assert_near(speedup_karp_flatt(2, 4), 1.0 / 3);
    assert_true(fabs(speedup_karp_flatt(169.888 / 55.862, 4) - 0.105) < 0.002);
    assert_true(speedup_karp_flatt(2.1, 2) < 0);
    assert_true(isnan(speedup_karp_flatt(1, 1)));
    /* Amdahl's law, backwards */
    for (int workers = 2; workers < 40; workers++)
        assert_near(speedup_karp_flatt(1 / (0.2 + 0.8 / workers), workers), 0.2);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_tasks_are_bound_by_the_fullest_worker),
        cmocka_unit_test(usable_cpus_bound_too),
        cmocka_unit_test(without_tasks_or_workers_there_is_no_bound),
        cmocka_unit_test(measured_equal_tasks_have_the_same_bound),
        cmocka_unit_test(uneven_tasks_are_bound_by_the_longest),
        cmocka_unit_test(the_measured_bound_is_never_below_the_optimum),
        cmocka_unit_test(karp_flatt_is_the_serial_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
