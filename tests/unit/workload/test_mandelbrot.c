// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "workload/builtin.h"
#include <cmocka.h>

/* Row `index` of a picture of `rows` rows of `size` points. */
static struct workload_result compute(int64_t size, int64_t rows, int64_t index)
{
    struct workload_job job;
    struct workload_place place = {.job = &job, .workers = 1};
    struct workload_result result = {.digest = 4711, .value = -1};
    struct fault fault;
    assert_int_equal(workload_job_init(&job, &workload_mandelbrot, size, &fault), 0);
    job.iterations = rows;
    assert_int_equal(job.ops->run(&place, index, &result), 0);
    return result;
}

static void both_halves_are_the_same(void **state)
{
    static const int64_t heights[] = {2, 3, 40, 41};
    for (size_t i = 0; i < sizeof heights / sizeof *heights; i++)
        for (int64_t row = 0; row < heights[i]; row++) {
            struct workload_result above = compute(40, heights[i], row);
            struct workload_result below = compute(40, heights[i], heights[i] - 1 - row);
            assert_int_equal(above.value, below.value);
            assert_true(above.digest == below.digest);
        }
    (void)state;
}

/* On the real axis, it is the points from -2 to 1/4. */
static void the_middle_row_is_known(void **state)
{
    for (int64_t size = 1; size < 200; size += 2) {
        int64_t inside = 0;
        for (int64_t column = 0; column < size; column++)
            inside +=
                -0.75 + (double)(2 * column + 1 - size) * 1.25 / (double)size <= 0.25;
        assert_int_equal(compute(size, 7, 3).value, inside);
    }
    (void)state;
}

static void the_top_row_has_none(void **state)
{
    for (int64_t size = 10; size < 300; size += 17)
        assert_int_equal(compute(size, 40, 0).value, 0);
    (void)state;
}

/* 1.50659…, by others' counts; the picture is 2.5 x 2.5. */
static void its_area_is_known(void **state)
{
    const int64_t size = 200, rows = 150;
    int64_t inside = 0;
    for (int64_t row = rows - 1; row >= 0; row--)
        inside += compute(size, rows, row).value;
    double area = 2.5 * 2.5 * (double)inside / (double)(size * rows);
    assert_true(area > 1.48 && area < 1.53);
    (void)state;
}

static void rows_differ(void **state)
{
    enum { SIZE = 40, ROWS = 50, HALF = ROWS / 2 };
    uint64_t seen[HALF];
    for (int64_t row = HALF - 1; row >= 0; row--) {
        seen[row] = compute(SIZE, ROWS, row).digest;
        for (int64_t other = row + 1; other < HALF; other++)
            assert_true(seen[other] != seen[row]);
    }
    for (int64_t row = 0; row < HALF; row++)
        assert_true(compute(SIZE, ROWS, row).digest == seen[row]);
    assert_true(compute(SIZE, ROWS + 1, 3).digest != seen[3]);
    assert_true(compute(SIZE + 1, ROWS, 0).digest != seen[0]);
    assert_false(workload_mandelbrot.uniform);
    (void)state;
}

static void pictures_may_have_any_height(void **state)
{
    const int64_t most = WORKLOAD_ITERATIONS_MAX;
    assert_int_equal(compute(3, 1, 0).value, compute(3, 3, 1).value);
    assert_true(compute(30, most, 0).digest == compute(30, most, most - 1).digest);
    assert_true(compute(30, most, most / 2).value > compute(30, most, 0).value);
    (void)state;
}

/* As long as it is not known how many there are, any few tasks are of all kinds. */
static void without_a_height_rows_are_from_all_over(void **state)
{
    static const int64_t firsts[] = {0, 50, 100, 5000, WORKLOAD_ITERATIONS_MAX - 100};
    int64_t whole = 0;
    for (int64_t row = 0; row < 100; row++)
        whole += compute(100, 100, row).value;
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
        int64_t inside = 0;
        for (int64_t index = 0; index < 100; index++)
            inside += compute(100, 0, firsts[i] + index).value;
        assert_true(inside > whole / 2 && inside < whole * 2);
    }
    (void)state;
}

static void the_headline_names_it(void **state)
{
    char text[64];
    struct workload_job job = {.ops = &workload_mandelbrot, .size = 1000};
    workload_mandelbrot.describe(&job, sizeof text, text);
    assert_string_equal(text, "a row of 1000 points of the Mandelbrot set");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_halves_are_the_same),
        cmocka_unit_test(the_middle_row_is_known),
        cmocka_unit_test(the_top_row_has_none),
        cmocka_unit_test(its_area_is_known),
        cmocka_unit_test(rows_differ),
        cmocka_unit_test(pictures_may_have_any_height),
        cmocka_unit_test(without_a_height_rows_are_from_all_over),
        cmocka_unit_test(the_headline_names_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
