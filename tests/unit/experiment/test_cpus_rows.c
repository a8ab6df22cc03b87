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
    size_t row, const char *expected)
{
    char text[32];
    cpus_rows_name(rows, machine, row, sizeof text, text);
    assert_string_equal(text, expected);
}

static void a_row_is_named_by_its_cpus(void **state)
{
    struct machine machine;
    struct cpus_rows rows;
    char text[8];
    made_shaped(&machine, &(struct made_shape){.cpus = 9});
    cpus_rows_init(&rows, &machine, 9);
    assert_name(&rows, &machine, 8, "CPU 8");
    cpus_rows_finish(&rows);
    cpus_rows_init(&rows, &machine, 3);
    assert_name(&rows, &machine, 1, "3-5");
    cpus_rows_finish(&rows);
    cpus_rows_init(&rows, &machine, 1);
    assert_name(&rows, &machine, 0, "9 CPUs");
    cpus_rows_name(&rows, &machine, 0, 6, text);
    assert_string_equal(text, "all 9");
    cpus_rows_name(&rows, &machine, 0, 5, text);
    assert_string_equal(text, "all"); /* a number alone would be one of a CPU */
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
    assert_name(&rows, &machine, 2, "8-10");
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
    assert_name(&rows, &machine, 0, "0-2");
    assert_name(&rows, &machine, 2, "6");
    cpus_rows_finish(&rows);
    machine_finish(&machine);
    (void)state;
}

/* "core 0" above "8,9" would look like another kind of number, and "0-7" beside "104",
 * too. */
static void rows_are_named_alike(void **state)
{
    struct machine machine;
    struct cpus_rows rows;
    char text[8];
    (void)state;
    made_shaped(&machine, &(struct made_shape){.cpus = 12, .siblings = 2});
    machine.cpus[5].core = 20; /* two cores with one CPU each come last */
    cpus_rows_init(&rows, &machine, 7);
    cpus_rows_fit(&rows, &machine, false, 9);
    assert_name(&rows, &machine, 0, "core 0");
    assert_name(&rows, &machine, 5, "core 5,6");
    cpus_rows_fit(&rows, &machine, false, 7);
    assert_name(&rows, &machine, 0, "0,6");
    assert_name(&rows, &machine, 5, "11,5");
    cpus_rows_fit(&rows, &machine, true, 9);
    assert_name(&rows, &machine, 0, "0,6");
    cpus_rows_finish(&rows);
    machine_finish(&machine);
    made_shaped(&machine, &(struct made_shape){.cpus = 128});
    cpus_rows_init(&rows, &machine, 16);
    cpus_rows_fit(&rows, &machine, false, sizeof text);
    cpus_rows_name(&rows, &machine, 1, sizeof text, text);
    assert_string_equal(text, "8-15");
    cpus_rows_fit(&rows, &machine, false, 7);
    assert_name(&rows, &machine, 1, "8");
    assert_name(&rows, &machine, 15, "120");
    cpus_rows_finish(&rows);
    machine_finish(&machine);
}

/* Siblings have numbers far from those of the cores' first CPUs. */
static void a_row_says_that_siblings_are_in_it(void **state)
{
    struct machine machine;
    struct cpus_rows rows;
    (void)state;
    made_shaped(&machine, &(struct made_shape){.cpus = 128, .siblings = 2});
    cpus_rows_init(&rows, &machine, 4);
    cpus_rows_fit(&rows, &machine, false, 11);
    assert_name(&rows, &machine, 3, "core 48-63");
    cpus_rows_fit(&rows, &machine, false, 8);
    assert_name(&rows, &machine, 0, "0-15+");
    assert_name(&rows, &machine, 3, "48-63+");
    cpus_rows_fit(&rows, &machine, true, 11);
    assert_name(&rows, &machine, 3, "48-63+");
    cpus_rows_fit(&rows, &machine, false, 6);
    assert_name(&rows, &machine, 3, "48");
    cpus_rows_finish(&rows);
    machine_finish(&machine);
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
        cmocka_unit_test(rows_are_named_alike),
        cmocka_unit_test(a_row_says_that_siblings_are_in_it),
        cmocka_unit_test(a_stage_is_shared_out_by_the_numbers_of_its_cpus),
        cmocka_unit_test(a_machine_that_is_not_known_has_no_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
