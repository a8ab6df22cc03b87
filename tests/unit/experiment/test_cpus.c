// SPDX-License-Identifier: MIT
#include "experiment/cpus.h"

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
    struct cpus_range range = {.first = first, .count = count, .ids = ids};
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
    struct cpus_range range = {.first = 96, .count = 32};
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 128});
    cpus_name(&stand.cpus, &stand.machine, &range, sizeof text, text);
    assert_non_null(strstr(text, "96"));
    assert_true(strlen(text) < sizeof text);
    finish(&stand);
}

static void assert_group(
    const struct stand *stand, size_t place, enum cpus_part part, const char *expected)
{
    char text[64];
    cpus_name_group(&stand->cpus, &stand->machine, place, part, sizeof text, text);
    assert_string_equal(text, expected);
}

static void assert_fitted(const struct stand *stand, const struct cpus_range *range,
    size_t size, enum cpus_form form, const char *expected)
{
    char text[32];
    assert_int_equal(cpus_form_of(&stand->cpus, &stand->machine, range, size), form);
    cpus_name(&stand->cpus, &stand->machine, range, size, text);
    assert_string_equal(text, expected);
}

/* A core's number that is one of a CPU's elsewhere would be another one. */
static void what_has_no_room_for_words_has_the_numbers_of_its_cpus(void **state)
{
    struct stand stand;
    struct cpus_range core = {.first = 2, .count = 2}, cores = {.first = 4, .count = 4},
                      slow = {.first = 8, .count = 2}, single = {.first = 9, .count = 1};
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 12, .siblings = 2});
    assert_fitted(&stand, &core, 7, CPUS_WORDED, "core 1");
    assert_fitted(&stand, &core, 6, CPUS_WORDED, "core1");
    assert_fitted(&stand, &core, 5, CPUS_NUMBERED, "1,7");
    assert_fitted(&stand, &core, 3, CPUS_FIRST, "1");
    assert_fitted(&stand, &cores, 8, CPUS_WORDED, "core2,3");
    assert_fitted(&stand, &cores, 7, CPUS_NUMBERED, "2-3+");
    assert_fitted(&stand, &cores, 4, CPUS_FIRST, "2");
    core.form = CPUS_NUMBERED;
    assert_fitted(&stand, &core, 32, CPUS_NUMBERED, "1,7");
    core.form = CPUS_FIRST;
    assert_fitted(&stand, &core, 32, CPUS_FIRST, "1");
    finish(&stand);
    start(&stand, &hybrid);
    assert_fitted(&stand, &slow, 6, CPUS_WORDED, "E 0,1");
    assert_fitted(&stand, &slow, 5, CPUS_WORDED, "E0,1");
    assert_fitted(&stand, &slow, 4, CPUS_NUMBERED, "8,9");
    single.ids = true;
    assert_fitted(&stand, &single, 6, CPUS_WORDED, "CPU 9");
    assert_fitted(&stand, &single, 5, CPUS_NUMBERED, "9");
    finish(&stand);
}

/* Two packages of two nodes of two caches of two cores with two CPUs each. */
static const struct made_shape parted = {
    .cpus = 32, .siblings = 2, .packages = 2, .nodes = 2, .per_cache = 2};

static void parts_begin_where_they_do(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &parted);
    for (size_t i = 0; i < 32; i++) {
        enum cpus_part part = i == 0        ? CPUS_KIND
                              : i % 16 == 0 ? CPUS_PACKAGE
                              : i % 8 == 0  ? CPUS_NODE
                              : i % 4 == 0  ? CPUS_CACHE
                              : i % 2 == 0  ? CPUS_CORE
                                            : CPUS_SIBLING;
        assert_int_equal(stand.cpus.parts[i], part);
    }
    assert_int_equal(stand.cpus.sizes[0], 32);
    assert_int_equal(stand.cpus.sizes[4], 4);
    assert_int_equal(stand.cpus.sizes[8], 8);
    assert_int_equal(stand.cpus.sizes[16], 16);
    assert_int_equal(stand.cpus.sizes[18], 2);
    assert_int_equal(stand.cpus.shared, 4);
    assert_int_equal(stand.cpus.in_node, 8);
    finish(&stand);
}

static void groups_have_names(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &parted);
    assert_group(&stand, 16, CPUS_PACKAGE, "package 1");
    assert_group(&stand, 24, CPUS_NODE, "package 1, node 3");
    assert_group(&stand, 4, CPUS_CACHE, "package 0, node 0");
    finish(&stand);
    start(&stand, &hybrid);
    assert_group(&stand, 0, CPUS_KIND, "P cores");
    assert_group(&stand, 8, CPUS_NODE, "E cores");
    finish(&stand);
    start(&stand, &(struct made_shape){.cpus = 8});
    assert_group(&stand, 0, CPUS_CACHE, "");
    finish(&stand);
}

/* Of CPUs that are offline the system does not say where they belong. */
static void switch_off(struct stand *stand, int count, const int ids[])
{
    for (int i = 0; i < count; i++)
        stand->machine.cpus[ids[i]] = (struct machine_cpu){
            ids[i], -1, -1, -1, -1, stand->machine.kind_count > 0 ? 1 : -1, false, false};
    cpus_finish(&stand->cpus);
    cpus_init(&stand->cpus, &stand->machine);
}

static void who_is_offline_keeps_its_place(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 8, .packages = 2});
    switch_off(&stand, 2, (const int[]){2, 6});
    assert_order(&stand, 8, (const int[]){0, 1, 2, 3, 4, 5, 6, 7});
    assert_int_equal(stand.cpus.parts[2], CPUS_CORE);
    assert_int_equal(stand.cpus.parts[4], CPUS_PACKAGE);
    assert_int_equal(stand.cpus.siblings, 1);
    switch_off(&stand, 2, (const int[]){0, 1});
    assert_order(&stand, 8, (const int[]){0, 1, 2, 3, 4, 5, 6, 7});
    finish(&stand);
}

/* Where packages take turns nobody knows whose it was. */
static void who_is_offline_anywhere_comes_last(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 6});
    for (int i = 0; i < 6; i++)
        stand.machine.cpus[i].package = i / 2 % 2;
    switch_off(&stand, 2, (const int[]){1, 3});
    assert_order(&stand, 6, (const int[]){0, 4, 5, 2, 1, 3});
    assert_int_equal(stand.cpus.parts[3], CPUS_PACKAGE);
    assert_int_equal(stand.cpus.parts[4], CPUS_PACKAGE);
    assert_group(&stand, 4, CPUS_PACKAGE, "");
    finish(&stand);
}

/* Nor does it come between two siblings, or count as one. */
static void who_is_offline_parts_no_siblings(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 8, .siblings = 2});
    switch_off(&stand, 1, (const int[]){1});
    assert_order(&stand, 8, (const int[]){0, 4, 1, 5, 2, 6, 3, 7});
    assert_int_equal(stand.cpus.siblings, 2);
    assert_int_equal(stand.cpus.parts[2], CPUS_CORE);
    assert_int_equal(stand.cpus.parts[3], CPUS_CORE);
    finish(&stand);
}

static void without_topology_all_keep_their_order(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand, &(struct made_shape){.cpus = 4});
    switch_off(&stand, 4, (const int[]){0, 1, 2, 3});
    assert_order(&stand, 4, (const int[]){0, 1, 2, 3});
    stand.machine.cpus[2].online = true;
    cpus_finish(&stand.cpus);
    cpus_init(&stand.cpus, &stand.machine);
    assert_order(&stand, 4, (const int[]){0, 1, 2, 3});
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
        cmocka_unit_test(what_has_no_room_for_words_has_the_numbers_of_its_cpus),
        cmocka_unit_test(parts_begin_where_they_do),
        cmocka_unit_test(groups_have_names),
        cmocka_unit_test(who_is_offline_keeps_its_place),
        cmocka_unit_test(who_is_offline_anywhere_comes_last),
        cmocka_unit_test(who_is_offline_parts_no_siblings),
        cmocka_unit_test(without_topology_all_keep_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
