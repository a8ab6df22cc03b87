// SPDX-License-Identifier: MIT
#include "machine/topology.h"

#include <sched.h>

#include "fixture.h"

static void look_at(const char *folder, struct topology *ret_topology)
{
    struct root root;
    fixture_open_path(folder, &root);
    topology_init(ret_topology, &root);
    root_close(&root);
}

static void cores_and_siblings_are_seen(void **state)
{
    char *folder = fixture_make_machine(4, 2, false);
    struct topology topology;
    look_at(folder, &topology);
    assert_true(topology.known);
    assert_int_equal(topology.packages, 1);
    assert_int_equal(topology.cores, 4);
    assert_int_equal(topology.kind_count, 0);
    assert_int_equal(ids_count(&topology.complete), 8);
    for (int id = 0; id < 8; id++) {
        assert_int_equal(topology.cpus[id].id, id);
        assert_int_equal(topology.cpus[id].core, id / 2);
        assert_int_equal(topology.cpus[id].package, 0);
        assert_int_equal(topology.cpus[id].l3, -1);
        assert_int_equal(topology.cpus[id].kind, -1);
    }
    topology_finish(&topology);
    fixture_remove(folder);
    (void)state;
}

static void two_kinds_are_efficient_and_fast(void **state)
{
    char *folder = fixture_make_machine(3, 2, true);
    struct topology topology;
    look_at(folder, &topology);
    assert_int_equal(topology.kind_count, 2);
    assert_string_equal(topology.kinds[0].name, "E");
    assert_int_equal(topology.kinds[0].cores, 1);
    assert_string_equal(topology.kinds[1].name, "P");
    assert_int_equal(topology.kinds[1].cores, 2);
    for (int id = 0; id < 6; id++)
        assert_int_equal(topology.cpus[id].kind, id < 4);
    topology_finish(&topology);
    fixture_remove(folder);
    (void)state;
}

static void the_system_s_names_of_kinds_are_used(void **state)
{
    char *folder = fixture_make_machine(3, 2, true);
    fixture_write(folder, "sys/devices/cpu_core/cpus", "0-3\n");
    fixture_write(folder, "sys/devices/cpu_atom/cpus", "4-5\n");
    struct topology topology;
    look_at(folder, &topology);
    assert_int_equal(topology.kind_count, 2);
    assert_string_equal(topology.kinds[0].name, "E");
    assert_string_equal(topology.kinds[1].name, "P");
    topology_finish(&topology);
    fixture_remove(folder);
    (void)state;
}

static void a_tree_without_topology_is_unknown(void **state)
{
    static const char *const names[] = {"quota-v1", "switches", "nothing"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct root root;
        struct topology topology;
        fixture_open(names[i], &root);
        topology_init(&topology, &root);
        assert_false(topology.known);
        assert_int_equal(topology.room, 0);
        assert_int_equal(topology.cores, 0);
        topology_finish(&topology);
        root_close(&root);
    }
    (void)state;
}

/* Commands inherit the environment, and hwloc's variables could name another machine. */
static void the_environment_is_left_alone(void **state)
{
    assert_int_equal(setenv("HWLOC_XMLFILE", "/nonexistent/machine.xml", 1), 0);
    assert_int_equal(setenv("HWLOC_SYNTHETIC", "package:7 core:3 pu:1", 1), 0);
    char **before = environ;
    struct topology topology;
    char *folder = fixture_make_machine(2, 1, false);
    look_at(folder, &topology);
    assert_int_equal(topology.cores, 2);
    assert_ptr_equal(environ, before);
    assert_string_equal(getenv("HWLOC_XMLFILE"), "/nonexistent/machine.xml");
    assert_string_equal(getenv("HWLOC_SYNTHETIC"), "package:7 core:3 pu:1");
    assert_null(getenv("HWLOC_FSROOT"));
    assert_null(getenv("HWLOC_COMPONENTS"));
    assert_null(getenv("HWLOC_PLUGINS_PATH"));
    topology_finish(&topology);
    fixture_remove(folder);
    unsetenv("HWLOC_XMLFILE");
    unsetenv("HWLOC_SYNTHETIC");
    (void)state;
}

static void this_machine_has_a_place_for_each_cpu(void **state)
{
    struct topology topology;
    struct root root;
    fixture_open_path(NULL, &root);
    topology_init(&topology, &root);
    root_close(&root);
    if (!topology.known)
        skip();
    int cpu = sched_getcpu();
    assert_true(cpu >= 0 && (size_t)cpu < topology.room);
    assert_true(topology.cpus[cpu].core >= 0 && topology.cpus[cpu].core < topology.cores);
    assert_true(ids_has(&topology.complete, (size_t)cpu));
    assert_true(ids_has(&topology.cpuset, (size_t)cpu));
    topology_finish(&topology);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cores_and_siblings_are_seen),
        cmocka_unit_test(two_kinds_are_efficient_and_fast),
        cmocka_unit_test(the_system_s_names_of_kinds_are_used),
        cmocka_unit_test(a_tree_without_topology_is_unknown),
        cmocka_unit_test(the_environment_is_left_alone),
        cmocka_unit_test(this_machine_has_a_place_for_each_cpu),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
