// SPDX-License-Identifier: MIT
#include "machine/machine.h"

#include <errno.h>
#include <sched.h>

#include "fixture.h"

/* Both steps. */
static void describe(const char *name, struct machine *ret_machine)
{
    struct root root;
    struct fault fault = {0};
    fixture_open(name, &root);
    if (machine_init(ret_machine, &root, NULL, &fault) < 0)
        fail_msg("%s: %s", name, fault.text);
    machine_complete(ret_machine, &root);
    root_close(&root);
    assert_true(ret_machine->simulated);
}

static void every_source_is_listed_and_the_smallest_counts(void **state)
{
    struct machine machine;
    describe("quota-v2", &machine);
    assert_int_equal(machine.online_cpus, 4);
    assert_int_equal(machine.limit_count, 3);
    assert_float_equal(machine.usable_cpus, 1.5, 1e-9);
    const struct machine_limit *limit = machine_smallest_limit(&machine);
    assert_string_equal(limit->source, "cgroup quota");
    assert_string_equal(limit->where, "/sys/fs/cgroup/kube.slice/pod.slice/cpu.max");
    static const bool allowed[] = {true, false, true, true};
    for (int i = 0; i < 4; i++)
        assert_int_equal(machine.cpus[i].allowed, allowed[i]);
    machine_finish(&machine);
    (void)state;
}

static void the_first_of_equals_counts(void **state)
{
    struct machine_limit limits[] = {{.cpus = 4}, {.cpus = 2}, {.cpus = 2}};
    struct machine machine = {.limit_count = 3, .limits = limits};
    assert_ptr_equal(machine_smallest_limit(&machine), &limits[1]);
    machine.limit_count = 0;
    assert_null(machine_smallest_limit(&machine));
    (void)state;
}

static void quotas_of_both_versions_limit(void **state)
{
    struct machine machine;
    describe("quota-v1", &machine);
    assert_float_equal(machine.usable_cpus, 0.5, 1e-9);
    machine_finish(&machine);
    describe("quota-bound", &machine);
    assert_float_equal(machine.usable_cpus, 2.0, 1e-9);
    machine_finish(&machine);
    describe("quota-none", &machine);
    assert_float_equal(machine.usable_cpus, 4.0, 1e-9);
    assert_int_equal(machine.limit_count, 1);
    machine_finish(&machine);
    describe("quota-unreadable", &machine);
    assert_float_equal(machine.usable_cpus, 4.0, 1e-9);
    machine_finish(&machine);
    (void)state;
}

static void present_cpus_are_listed_possible_ones_are_not(void **state)
{
    struct machine machine;
    describe("holes", &machine);
    static const int ids[] = {0, 1, 2, 5};
    assert_int_equal(machine.cpu_count, 4);
    assert_int_equal(machine.online_cpus, 3);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(machine.cpus[i].id, ids[i]);
        assert_int_equal(machine.cpus[i].online, ids[i] != 1);
        assert_int_equal(machine.cpus[i].allowed, ids[i] != 1);
        assert_int_equal(machine.cpus[i].core, -1);
        assert_int_equal(machine_cpu_index(&machine, ids[i]), i);
    }
    assert_int_equal(machine_cpu_index(&machine, 3), -1);
    assert_int_equal(machine_cpu_index(&machine, -1), -1);
    assert_int_equal(machine_cpu_index(&machine, 6), -1);
    assert_false(machine.topology_known);
    assert_int_equal(machine.packages, 0);
    assert_int_equal(machine.cores, 0);
    assert_string_equal(machine.cpu_name, "Xeon Platinum 8370C");
    assert_string_equal(machine.virtual_kind, "qemu");
    machine_finish(&machine);
    (void)state;
}

static void without_a_list_the_switches_say_what_is_online(void **state)
{
    struct machine machine;
    describe("switches", &machine);
    assert_int_equal(machine.cpu_count, 4);
    assert_int_equal(machine.online_cpus, 3);
    assert_false(machine.cpus[2].online);
    assert_string_equal(machine.limits[0].where, "/proc/stat");
    assert_float_equal(machine.usable_cpus, 3, 1e-9);
    machine_finish(&machine);
    (void)state;
}

static void check_refused(const char *folder, const char *text)
{
    struct root root;
    struct fault fault = {0};
    struct machine machine;
    fixture_open_path(folder, &root);
    assert_int_equal(machine_init(&machine, &root, NULL, &fault), -EINVAL);
    assert_int_equal(fault.kind, FAULT_INPUT);
    assert_non_null(strstr(fault.text, folder));
    assert_non_null(strstr(fault.text, text));
    machine_finish(&machine);
    assert_int_equal(machine_cpu_index(&machine, 0), -1);
    root_close(&root);
}

static void a_folder_that_is_no_machine_is_refused(void **state)
{
    char *folder = fixture_make_folder();
    check_refused(folder, ": proc/stat is missing (a recorded tree has proc/ and sys/)");
    fixture_write(folder, "proc/stat", "nothing of the sort\n");
    check_refused(folder, ": proc/stat cannot be read");
    fixture_write(folder, "proc/stat", "cpu  1 2 3 4\nintr 1\n");
    check_refused(folder, ": proc/stat names no CPU");
    fixture_remove(folder);
    (void)state;
}

static void a_list_that_makes_no_sense_is_not_believed(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, "proc/stat", "cpu  1 1 1 1\ncpu0 1 1 1 1\ncpu1 1 1 1 1\n");
    fixture_write(folder, "sys/devices/system/cpu/present", "0-99x\n");
    struct root root;
    struct fault fault = {0};
    struct machine machine;
    fixture_write(folder, "sys/devices/system/cpu/online", "0-99x\n");
    fixture_open_path(folder, &root);
    assert_int_equal(machine_init(&machine, &root, NULL, &fault), 0);
    machine_complete(&machine, &root);
    assert_int_equal(machine.online_cpus, 2);
    assert_int_equal(machine.cpu_count, 2);
    machine_finish(&machine);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

/* Before the second step: a machine without a topology, but for what follows from it. */
static void check_first_step(
    const struct machine *machine, size_t cpus, const char *cpu_name)
{
    assert_int_equal(machine->cpu_count, cpus);
    assert_string_equal(machine->cpu_name, cpu_name);
    assert_false(machine->topology_known);
    assert_int_equal(machine->packages, 0);
    assert_int_equal(machine->cores, 0);
    assert_int_equal(machine->kind_count, 0);
    assert_null(machine->kinds);
    for (size_t i = 0; i < cpus; i++) {
        const struct machine_cpu *cpu = &machine->cpus[i];
        assert_int_equal(machine_cpu_index(machine, cpu->id), i);
        assert_true(cpu->core == -1 && cpu->package == -1 && cpu->node == -1 &&
                    cpu->l3 == -1 && cpu->kind == -1);
    }
    assert_float_equal(machine->usable_cpus, machine_smallest_limit(machine)->cpus, 1e-9);
}

/* Six CPUs, of which the kernel names those that it runs on: 0, 1, 4. */
static char *make_machine(void)
{
    char *folder = fixture_make_machine(3, 2, true), path[96];
    static const char stat[] = "cpu  1 1 1 1\ncpu0 1 1 1 1\ncpu1 1 1 1 1\n"
                               "cpu4 1 1 1 1\n";
    fixture_write(folder, "proc/stat", stat);
    fixture_write(folder, FIXTURE_SYS_CPU "/online", "0-1,4\n");
    fixture_write(folder, "proc/cpuinfo", "processor\t: 0\nProcessor\t: Toy 5 Plus\n");
    fixture_write(folder, "proc/device-tree/model", "Board 5");
    snprintf(path, sizeof path, "%s/" FIXTURE_SYS_CPU "/present", folder);
    assert_int_equal(unlink(path), 0);
    return folder;
}

static void the_second_step_adds_what_hwloc_knows(void **state)
{
    char *folder = make_machine();
    struct root root;
    struct fault fault = {0};
    struct machine machine;
    fixture_open_path(folder, &root);
    assert_int_equal(machine_init(&machine, &root, NULL, &fault), 0);
    check_first_step(&machine, 3, "Board 5");
    machine_complete(&machine, &root);
    assert_true(machine.topology_known);
    assert_string_equal(machine.cpu_name, "Toy 5 Plus");
    assert_int_equal(machine.cpu_count, 6);
    assert_int_equal(machine.online_cpus, 3);
    assert_int_equal(machine.cores, 2);
    assert_int_equal(machine.kind_count, 2);
    assert_float_equal(machine.usable_cpus, 3, 1e-9);
    for (int id = 0; id < 6; id++) {
        bool online = id < 2 || id == 4;
        assert_int_equal(machine_cpu_index(&machine, id), id);
        assert_int_equal(machine.cpus[id].id, id);
        assert_int_equal(machine.cpus[id].online, online);
        assert_int_equal(machine.cpus[id].allowed, online);
        assert_int_equal(machine.cpus[id].core, !online ? -1 : id < 2 ? 0 : 1);
    }
    machine_finish(&machine);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

static void the_second_step_may_find_nothing(void **state)
{
    struct root root;
    struct fault fault = {0};
    struct machine machine;
    fixture_open("switches", &root);
    assert_int_equal(machine_init(&machine, &root, NULL, &fault), 0);
    check_first_step(&machine, 4, "Toy Board 3");
    machine_complete(&machine, &root);
    check_first_step(&machine, 4, "Toy Board 3");
    machine_finish(&machine);
    root_close(&root);
    (void)state;
}

/* Describes this machine and checks that the affinity mask is what it was after either
 * step. */
static void describe_this(struct machine *ret_machine, char *const environment[])
{
    struct root root;
    struct fault fault = {0};
    cpu_set_t before, after;
    fixture_open_path(NULL, &root);
    assert_int_equal(sched_getaffinity(0, sizeof before, &before), 0);
    if (machine_init(ret_machine, &root, environment, &fault) < 0)
        fail_msg("%s", fault.text);
    assert_int_equal(sched_getaffinity(0, sizeof after, &after), 0);
    assert_true(CPU_EQUAL(&before, &after));
    machine_complete(ret_machine, &root);
    assert_int_equal(sched_getaffinity(0, sizeof after, &after), 0);
    assert_true(CPU_EQUAL(&before, &after));
    root_close(&root);
}

static void this_machine_is_described(void **state)
{
    struct machine machine;
    describe_this(&machine, NULL);
    assert_false(machine.simulated);
    assert_int_equal(machine.online_cpus, sysconf(_SC_NPROCESSORS_ONLN));
    assert_true(machine.cpu_count >= (size_t)machine.online_cpus);
    assert_true(machine.usable_cpus > 0);
    assert_true(machine.usable_cpus <= machine.online_cpus);
    assert_true(machine.cpu_name[0] != '\0');
    for (size_t i = 1; i < machine.cpu_count; i++)
        assert_true(machine.cpus[i - 1].id < machine.cpus[i].id);
    machine_finish(&machine);
    (void)state;
}

static void a_mask_of_one_cpu_stays_and_counts(void **state)
{
    cpu_set_t all, one;
    assert_int_equal(sched_getaffinity(0, sizeof all, &all), 0);
    struct machine machine;
    for (int id = 0; id < CPU_SETSIZE; id++) {
        if (!CPU_ISSET(id, &all))
            continue;
        CPU_ZERO(&one);
        CPU_SET(id, &one);
        assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
        describe_this(&machine, NULL);
        assert_int_equal(machine.online_cpus, sysconf(_SC_NPROCESSORS_ONLN));
        assert_string_equal(machine.limits[1].source, "affinity");
        assert_float_equal(machine.limits[1].cpus, 1, 1e-9);
        for (size_t i = 0; i < machine.cpu_count; i++)
            assert_int_equal(machine.cpus[i].allowed, machine.cpus[i].id == id);
        machine_finish(&machine);
        if (id >= 8)
            break; /* enough of a large machine */
    }
    assert_int_equal(sched_setaffinity(0, sizeof all, &all), 0);
    (void)state;
}

static void a_batch_system_limits(void **state)
{
    char slots[] = "NSLOTS=1", word[] = "NCPUS=many",
         *environment[] = {word, slots, NULL};
    struct machine machine;
    describe_this(&machine, environment);
    const struct machine_limit *last = &machine.limits[machine.limit_count - 1];
    assert_string_equal(last->source, "NSLOTS");
    assert_string_equal(last->where, "NSLOTS=1");
    assert_true(machine.usable_cpus <= 1);
    machine_finish(&machine);
    (void)state;
}

static void siblings_count_where_both_may_be_used(void **state)
{
    struct machine_cpu cpus[] = {{.id = 0, .core = 3, .allowed = true},
        {.id = 1, .core = -1, .allowed = true}, {.id = 2, .core = -1, .allowed = true},
        {.id = 4, .core = 3}, {.id = 5, .core = 0, .allowed = true}};
    const struct machine machine = {.cpu_count = 5, .cpus = cpus};
    assert_int_equal(machine_count_allowed(&machine), 4);
    assert_false(machine_has_siblings(&machine));
    cpus[3].allowed = true;
    assert_int_equal(machine_count_allowed(&machine), 5);
    assert_true(machine_has_siblings(&machine));
    assert_false(machine_has_siblings(&(struct machine){.cpu_count = 0}));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_source_is_listed_and_the_smallest_counts),
        cmocka_unit_test(the_first_of_equals_counts),
        cmocka_unit_test(quotas_of_both_versions_limit),
        cmocka_unit_test(present_cpus_are_listed_possible_ones_are_not),
        cmocka_unit_test(without_a_list_the_switches_say_what_is_online),
        cmocka_unit_test(a_folder_that_is_no_machine_is_refused),
        cmocka_unit_test(a_list_that_makes_no_sense_is_not_believed),
        cmocka_unit_test(the_second_step_adds_what_hwloc_knows),
        cmocka_unit_test(the_second_step_may_find_nothing),
        cmocka_unit_test(this_machine_is_described),
        cmocka_unit_test(a_mask_of_one_cpu_stays_and_counts),
        cmocka_unit_test(a_batch_system_limits),
        cmocka_unit_test(siblings_count_where_both_may_be_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
