// SPDX-License-Identifier: MIT
#include "ui/plot_scale.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

enum { ROWS = 13, COLUMNS = 50 };

static struct plot_scale scale_for(double highest, size_t count, const int workers[])
{
    struct plot_scale scale = plot_scale_of(ROWS, COLUMNS, highest);
    plot_scale_spread(&scale, count, workers);
    return scale;
}

static void steps_are_round(void **state)
{
    static const struct {
        double highest, step;
    } cases[] = {{1, 0.5}, {2, 1}, {4, 2}, {7, 2}, {12, 5}, {64, 20}, {256, 100}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct plot_scale scale = plot_scale_of(ROWS, COLUMNS, cases[i].highest);
        assert_true(fabs(scale.step - cases[i].step) < 1e-9);
        assert_true(scale.top > cases[i].highest);
        assert_true(scale.top < 1.1 * cases[i].highest);
    }
}

/* Also where there is nothing to see yet, or hardly a row. */
static void there_is_always_a_scale(void **state)
{
    (void)state;
    for (int rows = 1; rows < 100; rows++) {
        struct plot_scale scale = plot_scale_of(rows, COLUMNS, 0);
        assert_true(scale.top > 0 && scale.step > 0);
        assert_in_range(plot_scale_row(&scale, 0, NULL), 0, rows - 1);
        assert_in_range(plot_scale_row(&scale, 1e9, NULL), 0, rows - 1);
    }
}

static void nothing_is_in_the_last_row(void **state)
{
    static const int workers[] = {1, 2};
    struct plot_scale scale = scale_for(2, 2, workers);
    int third, before = ROWS - 1;
    (void)state;
    assert_int_equal(plot_scale_row(&scale, 0, &third), ROWS - 1);
    assert_int_equal(third, 1);
    assert_int_equal(plot_scale_row(&scale, scale.top, &third), 0);
    assert_int_equal(third, 1);
    assert_int_equal(plot_scale_row(&scale, 2 * scale.top, &third), 0);
    assert_int_equal(third, 2);
    assert_int_equal(plot_scale_row(&scale, -1, &third), ROWS - 1);
    for (double speedup = 0; speedup <= scale.top; speedup += scale.top / 1000) {
        int row = plot_scale_row(&scale, speedup, NULL);
        assert_true(row <= before && row >= before - 1);
        before = row;
    }
}

/* A third of a row higher each time: low, middle, high, then low in the row above. */
static void rows_have_thirds(void **state)
{
    struct plot_scale scale = plot_scale_of(ROWS, COLUMNS, 2);
    double third_of_row = scale.top / (ROWS - 1) / 3;
    int third;
    (void)state;
    for (int i = 0; i < 3 * (ROWS - 1); i++) {
        assert_int_equal(
            plot_scale_row(&scale, i * third_of_row, &third), ROWS - 1 - (i + 1) / 3);
        assert_int_equal(third, (i + 1) % 3);
    }
}

static void even_steps_are_linear(void **state)
{
    static const int all[] = {1, 2, 3, 4, 5, 6, 7, 8}, few[] = {1, 2, 4};
    (void)state;
    struct plot_scale scale = scale_for(8, 8, all);
    assert_false(scale.workers.logarithmic);
    int step = plot_scale_column(&scale, 2) - plot_scale_column(&scale, 1);
    for (int i = 1; i < 8; i++) {
        int next = plot_scale_column(&scale, i + 1) - plot_scale_column(&scale, i);
        assert_in_range(next, step - 1, step + 1);
    }
    assert_false(scale_for(2, 3, few).workers.logarithmic);
    assert_false(scale_for(2, 2, all).workers.logarithmic);
}

static void doubled_steps_are_logarithmic(void **state)
{
    static const int workers[] = {1, 2, 4, 8, 16, 32, 64, 128};
    struct plot_scale scale = scale_for(64, 8, workers);
    (void)state;
    assert_true(scale.workers.logarithmic);
    int step = plot_scale_column(&scale, 2) - plot_scale_column(&scale, 1);
    for (int i = 1; i < 8; i++) {
        int next = plot_scale_column(&scale, workers[i]) -
                   plot_scale_column(&scale, workers[i - 1]);
        assert_in_range(next, step - 1, step + 1);
    }
}

/* What is in the middle of a point's column is nearly the point. */
static void columns_and_workers_are_each_others_inverse(void **state)
{
    static const int lists[2][5] = {{1, 2, 3, 4, 5}, {2, 3, 64, 500, 4096}};
    (void)state;
    for (int k = 0; k < 2; k++) {
        struct plot_scale scale = scale_for(5, 5, lists[k]);
        for (int i = 0; i < 5; i++) {
            int column = plot_scale_column(&scale, lists[k][i]);
            assert_in_range(column, 0, COLUMNS - 1);
            assert_true(plot_scale_workers(&scale, column - 1) < lists[k][i]);
            assert_true(plot_scale_workers(&scale, column + 1) > lists[k][i]);
        }
    }
}

static void one_point_is_in_the_middle(void **state)
{
    static const int workers[] = {4};
    struct plot_scale scale = scale_for(4, 1, workers);
    (void)state;
    assert_int_equal(plot_scale_column(&scale, 4), COLUMNS / 2);
}

static void labels_stay_clear_of_each_other(void **state)
{
    enum { COUNT = 64, WIDTH = 5 };
    double columns[COUNT];
    bool shown[COUNT];
    (void)state;
    for (int count = 1; count <= COUNT; count++)
        for (int span = 1; span < 200; span += 7) {
            int before = -1000;
            for (int i = 0; i < count; i++)
                columns[i] = count > 1 ? i * span / (count - 1) : 0;
            plot_scale_choose((size_t)count, columns, WIDTH, shown);
            assert_true(shown[count - 1]);
            assert_true(shown[0] || span <= WIDTH);
            for (int i = 0; i < count; i++) {
                if (!shown[i])
                    continue;
                assert_true(columns[i] - before > WIDTH);
                before = columns[i];
            }
        }
}

static void labels_with_room_are_all_shown(void **state)
{
    static const double columns[] = {3, 10, 17, 24};
    bool shown[4];
    (void)state;
    plot_scale_choose(4, columns, 5, shown);
    for (int i = 0; i < 4; i++)
        assert_true(shown[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_round),
        cmocka_unit_test(there_is_always_a_scale),
        cmocka_unit_test(nothing_is_in_the_last_row),
        cmocka_unit_test(rows_have_thirds),
        cmocka_unit_test(even_steps_are_linear),
        cmocka_unit_test(doubled_steps_are_logarithmic),
        cmocka_unit_test(columns_and_workers_are_each_others_inverse),
        cmocka_unit_test(one_point_is_in_the_middle),
        cmocka_unit_test(labels_stay_clear_of_each_other),
        cmocka_unit_test(labels_with_room_are_all_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
