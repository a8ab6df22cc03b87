// SPDX-License-Identifier: MIT
#include "model/worker_axis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-9 * fmax(1, fabs(expected))))
        fail_msg("%.12g is not %.12g", value, expected);
}

static void even_steps_are_linear(void **state)
{
    static const int all[] = {1, 2, 3, 4, 5, 6, 7, 8}, few[] = {1, 2, 4};
    struct worker_axis axis = worker_axis_of(8, all);
    (void)state;
    assert_false(axis.logarithmic);
    for (int i = 0; i < 8; i++)
        assert_near(worker_axis_share(&axis, all[i]), i / 7.0);
    assert_false(worker_axis_of(3, few).logarithmic);
    assert_false(worker_axis_of(2, all).logarithmic);
}

static void doubled_steps_are_logarithmic(void **state)
{
    static const int workers[] = {
        1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096};
    struct worker_axis axis = worker_axis_of(13, workers);
    (void)state;
    assert_true(axis.logarithmic);
    for (int i = 0; i < 13; i++)
        assert_near(worker_axis_share(&axis, workers[i]), i / 12.0);
}

static void shares_and_workers_are_each_others_inverse(void **state)
{
    static const int lists[2][5] = {{1, 2, 3, 4, 5}, {2, 3, 64, 500, 4096}};
    (void)state;
    for (int k = 0; k < 2; k++) {
        struct worker_axis axis = worker_axis_of(5, lists[k]);
        for (int i = 0; i < 5; i++)
            assert_near(worker_axis_at(&axis, worker_axis_share(&axis, lists[k][i])),
                lists[k][i]);
    }
}

static void one_point_is_in_the_middle(void **state)
{
    static const int workers[] = {4};
    struct worker_axis axis = worker_axis_of(1, workers), none = worker_axis_of(0, NULL);
    (void)state;
    assert_near(worker_axis_share(&axis, 4), 0.5);
    assert_near(worker_axis_share(&none, 1), 0.5);
}

static void there_is_headroom(void **state)
{
    (void)state;
    assert_near(worker_axis_top(0), 1);
    for (double highest = 0.01; highest < 1e18; highest *= 3) {
        assert_true(worker_axis_top(highest) > highest);
        assert_true(worker_axis_top(highest) < 1.1 * highest);
    }
}

static void steps_are_round(void **state)
{
    static const struct {
        double top, step;
        int ticks;
    } cases[] = {{1.05, 0.5, 4}, {2.1, 1, 4}, {4.2, 2, 4}, {4.2, 1, 5}, {12.6, 5, 4},
        {67, 20, 4}, {269, 100, 4}, {0.001, 0.1, 1}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_near(worker_axis_step(cases[i].top, cases[i].ticks), cases[i].step);
    for (double top = 1; top <= 1e18; top *= 1.7)
        for (int ticks = 1; ticks < 12; ticks++) {
            double step = worker_axis_step(top, ticks);
            assert_true(top / step <= ticks);
            assert_true(step <= 0.1 || top / step > ticks / 2.5 - 1e-6);
        }
}

static void labels_stay_clear_of_each_other(void **state)
{
    enum { COUNT = 64 };
    static const double width = 6.5;
    double positions[COUNT];
    bool shown[COUNT];
    (void)state;
    for (int count = 1; count <= COUNT; count++)
        for (int span = 1; span < 200; span += 7) {
            double before = -INFINITY;
            for (int i = 0; i < count; i++)
                positions[i] = count > 1 ? (double)i * span / (count - 1) : 0;
            worker_axis_choose((size_t)count, positions, width, shown);
            assert_true(shown[count - 1]);
            assert_true(shown[0] || span < width);
            for (int i = 0; i < count; i++) {
                if (!shown[i])
                    continue;
                assert_true(positions[i] - before >= width);
                before = positions[i];
            }
        }
}

static void labels_with_room_are_all_shown(void **state)
{
    static const double positions[] = {3, 9, 15, 21};
    bool shown[4];
    (void)state;
    worker_axis_choose(4, positions, 6, shown);
    for (int i = 0; i < 4; i++)
        assert_true(shown[i]);
    worker_axis_choose(4, positions, 6.1, shown);
    assert_true(shown[0] && !shown[1] && shown[3]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(even_steps_are_linear),
        cmocka_unit_test(doubled_steps_are_logarithmic),
        cmocka_unit_test(shares_and_workers_are_each_others_inverse),
        cmocka_unit_test(one_point_is_in_the_middle),
        cmocka_unit_test(there_is_headroom),
        cmocka_unit_test(steps_are_round),
        cmocka_unit_test(labels_stay_clear_of_each_other),
        cmocka_unit_test(labels_with_room_are_all_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
