// SPDX-License-Identifier: MIT
#include "ui/cpus.h"

#include "made_machine.h"

struct stand {
    struct machine machine;
    struct cpus cpus;
};

static void start(struct stand *stand, const struct made_shape *shape)
{
    made_shaped(&stand->machine, shape);
    cpus_init(&stand->cpus, &stand->machine);
}

static void finish(struct stand *stand)
{
    cpus_finish(&stand->cpus);
    machine_finish(&stand->machine);
}

/* A machine of 4 fast cores with two CPUs each and 4 slow ones, numbered as Linux does.
 */
static const struct made_shape hybrid = {.cpus = 12, .siblings = 2, .slow_cores = 4};

static void assert_order(const struct stand *stand, size_t count, const int ids[])
{
    assert_int_equal(stand->cpus.count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(stand->machine.cpus[stand->cpus.order[i]].id, ids[i]);
}

static void assert_name(
    const struct stand *stand, size_t first, size_t count, bool ids, const char *expected)
{
    char text[32];
    struct cpus_range range = {first, count, ids};
    cpus_name(&stand->cpus, &stand->machine, &range, sizeof text, text);
    assert_string_equal(text, expected);
}

static void equal_cores_keep_their_order(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 4});
    assert_order(&stand, 4, (const int[]){0, 1, 2, 3});
    assert_int_equal(stand.cpus.siblings, 1);
    assert_int_equal(stand.cpus.cores, 4);
    assert_int_equal(stand.cpus.shared, 0);
    finish(&stand);
}

static void siblings_stand_side_by_side(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 8, .siblings = 2});
    assert_order(&stand, 8, (const int[]){0, 4, 1, 5, 2, 6, 3, 7});
    assert_int_equal(stand.cpus.siblings, 2);
    assert_int_equal(stand.cpus.cores, 4);
    finish(&stand);
}

static void fast_cores_come_first(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &hybrid);
    assert_order(&stand, 12, (const int[]){0, 4, 1, 5, 2, 6, 3, 7, 8, 9, 10, 11});
    assert_int_equal(stand.cpus.siblings, 2);
    assert_int_equal(stand.cpus.cores, 8);
    for (size_t i = 0; i < 12; i++) /* whichever ids they have */
        stand.machine.cpus[i].kind = i >= 4;
    cpus_finish(&stand.cpus);
    cpus_init(&stand.cpus, &stand.machine);
    assert_order(&stand, 12, (const int[]){4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3});
    finish(&stand);
}

/* CPUs that take turns in packages are put together again. */
static void packages_stand_together(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 6});
    for (int i = 0; i < 6; i++)
        stand.machine.cpus[i].package = i % 2;
    cpus_finish(&stand.cpus);
    cpus_init(&stand.cpus, &stand.machine);
    assert_order(&stand, 6, (const int[]){0, 2, 4, 1, 3, 5});
    finish(&stand);
}

static void caches_are_counted_where_they_are_alike(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 32, .siblings = 2, .per_cache = 4});
    assert_int_equal(stand.cpus.shared, 8);
    finish(&stand);
    start(&stand, &(struct made_shape){.cpus = 10, .per_cache = 4});
    assert_int_equal(stand.cpus.shared, 0);
    finish(&stand);
}

static void one_cpu(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 1});
    assert_order(&stand, 1, (const int[]){0});
    assert_name(&stand, 0, 1, false, "CPU 0");
    finish(&stand);
}

static void names_of_equal_cores_are_numbers(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 64});
    assert_name(&stand, 3, 1, false, "CPU 3");
    assert_name(&stand, 8, 2, false, "8,9");
    assert_name(&stand, 8, 8, false, "8-15");
    assert_name(&stand, 0, 64, true, "0-63");
    finish(&stand);
}

static void names_of_cores_that_are_shared(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 8, .siblings = 2});
    assert_name(&stand, 4, 2, false, "core 2");
    assert_name(&stand, 4, 1, false, "core 2");
    assert_name(&stand, 0, 4, false, "core 0,1");
    assert_name(&stand, 0, 8, false, "core 0-3");
    assert_name(&stand, 4, 2, true, "2,6");
    assert_name(&stand, 4, 1, true, "CPU 2");
    finish(&stand);
}

static void names_of_kinds(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &hybrid);
    assert_name(&stand, 0, 2, false, "P 0");
    assert_name(&stand, 6, 2, false, "P 3");
    assert_name(&stand, 0, 4, false, "P 0,1");
    assert_name(&stand, 8, 1, false, "E 0");
    assert_name(&stand, 8, 2, false, "E 0,1");
    assert_name(&stand, 8, 4, false, "E 0-3");
    assert_name(&stand, 6, 2, true, "3,7");
    assert_name(&stand, 10, 1, true, "CPU 10");
    finish(&stand);
}

/* A name that is too long for its place tells the first number at least. */
static void names_in_little_room(void **state)
{
    struct stand stand;
    char text[6];
    struct cpus_range range = {96, 32, false};
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 128});
    cpus_name(&stand.cpus, &stand.machine, &range, sizeof text, text);
    assert_non_null(strstr(text, "96"));
    assert_true(strlen(text) < sizeof text);
    finish(&stand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_cores_keep_their_order),
        cmocka_unit_test(siblings_stand_side_by_side),
        cmocka_unit_test(fast_cores_come_first),
        cmocka_unit_test(packages_stand_together),
        cmocka_unit_test(caches_are_counted_where_they_are_alike),
        cmocka_unit_test(one_cpu),
        cmocka_unit_test(names_of_equal_cores_are_numbers),
        cmocka_unit_test(names_of_cores_that_are_shared),
        cmocka_unit_test(names_of_kinds),
        cmocka_unit_test(names_in_little_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
