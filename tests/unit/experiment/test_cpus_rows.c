// SPDX-License-Identifier: MIT
#include "experiment/cpus_rows.h"

#include <stdlib.h>

#include "made_machine.h"

static void assert_rows(
    const struct made_shape *shape, size_t most, size_t size, size_t count)
{
    struct machine machine;
    struct cpus_rows rows;
    made_shaped(&machine, shape);
    cpus_rows_init(&rows, &machine, most);
    assert_int_equal(rows.size, size);
    assert_int_equal(rows.count, count);
    cpus_rows_finish(&rows);
    machine_finish(&machine);
}

static void a_row_is_one_cpu_where_there_is_room(void **state)
{
    assert_rows(&(struct made_shape){.cpus = 8}, 8, 1, 8);
    assert_rows(&(struct made_shape){.cpus = 8, .siblings = 2}, 9, 1, 8);
    (void)state;
}

static void rows_are_alike_where_that_does_not_need_half_of_them_only(void **state)
{
    assert_rows(&(struct made_shape){.cpus = 64}, 20, 4, 16);
    assert_rows(&(struct made_shape){.cpus = 64}, 7, 16, 4);
    assert_rows(&(struct made_shape){.cpus = 13}, 7, 2, 7);
    assert_rows(&(struct made_shape){.cpus = 13}, 1, 13, 1);
    (void)state;
}

static void a_row_has_whole_cores(void **state)
{
    assert_rows(&(struct made_shape){.cpus = 18, .siblings = 2}, 6, 4, 5);
    (void)state;
}

static void assert_name(const struct cpus_rows *rows, const struct machine *machine,
    size_t row, bool ids, const char *expected)
{
    char text[32];
    cpus_rows_name(rows, machine, row, ids, sizeof text, text);
    assert_string_equal(text, expected);
}

static void a_row_is_named_by_its_cpus(void **state)
{
    struct machine machine;
    struct cpus_rows rows;
    char text[8];
    made_shaped(&machine, &(struct made_shape){.cpus = 9});
    cpus_rows_init(&rows, &machine, 9);
    assert_name(&rows, &machine, 8, false, "CPU 8");
    cpus_rows_finish(&rows);
    cpus_rows_init(&rows, &machine, 3);
    assert_name(&rows, &machine, 1, false, "3-5");
    cpus_rows_finish(&rows);
    cpus_rows_init(&rows, &machine, 1);
    assert_name(&rows, &machine, 0, false, "9 CPUs");
    cpus_rows_name(&rows, &machine, 0, false, 6, text);
    assert_string_equal(text, "all 9");
    cpus_rows_name(&rows, &machine, 0, false, 4, text);
    assert_string_equal(text, "9");
    cpus_rows_finish(&rows);
    machine_finish(&machine);
    (void)state;
}

static void a_last_row_may_have_fewer(void **state)
{
    struct machine machine;
    struct cpus_rows rows;
    made_shaped(&machine, &(struct made_shape){.cpus = 11});
    cpus_rows_init(&rows, &machine, 3);
    assert_name(&rows, &machine, 2, false, "8-10");
    cpus_rows_finish(&rows);
    machine_finish(&machine);
    (void)state;
}

static void a_last_cpu_alone_has_its_number_as_the_others(void **state)
{
    struct machine machine;
    struct cpus_rows rows;
    made_shaped(&machine, &(struct made_shape){.cpus = 7});
    cpus_rows_init(&rows, &machine, 3);
    assert_name(&rows, &machine, 0, false, "0-2");
    assert_name(&rows, &machine, 2, false, "6");
    cpus_rows_finish(&rows);
    machine_finish(&machine);
    (void)state;
}

static void a_stage_is_shared_out_by_the_numbers_of_its_cpus(void **state)
{
    struct machine machine;
    struct cpus_rows rows;
    made_shaped(&machine, &(struct made_shape){.cpus = 4, .siblings = 2});
    cpus_rows_init(&rows, &machine, 2);
    struct result_cpu cpus[] = {{.id = 0}, {.id = 1}, {.id = 2}, {.id = 9}};
    struct result_stage stage = {.cpu_count = 4, .cpus = cpus};
    int *row_of = cpus_rows_of(&rows, &machine, &stage);
    static const int expected[] = {0, 1, 0, -1}; /* 0 and 2 are of one core */
    for (size_t i = 0; i < stage.cpu_count; i++)
        assert_int_equal(row_of[i], expected[i]);
    free(row_of);
    cpus_rows_finish(&rows);
    machine_finish(&machine);
    (void)state;
}

static void a_machine_that_is_not_known_has_no_rows(void **state)
{
    struct machine machine = {0};
    struct cpus_rows rows;
    struct result_cpu cpu = {.id = 0};
    struct result_stage stage = {.cpu_count = 1, .cpus = &cpu};
    cpus_rows_init(&rows, &machine, 5);
    assert_int_equal(rows.count, 0);
    int *row_of = cpus_rows_of(&rows, &machine, &stage);
    assert_int_equal(row_of[0], -1);
    free(row_of);
    cpus_rows_finish(&rows);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_one_cpu_where_there_is_room),
        cmocka_unit_test(rows_are_alike_where_that_does_not_need_half_of_them_only),
        cmocka_unit_test(a_row_has_whole_cores),
        cmocka_unit_test(a_row_is_named_by_its_cpus),
        cmocka_unit_test(a_last_row_may_have_fewer),
        cmocka_unit_test(a_last_cpu_alone_has_its_number_as_the_others),
        cmocka_unit_test(a_stage_is_shared_out_by_the_numbers_of_its_cpus),
        cmocka_unit_test(a_machine_that_is_not_known_has_no_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
