// SPDX-License-Identifier: MIT
/* Machines recorded elsewhere, in the folder PARFOR_MACHINES names; skipped without. */
#include "machine/machine.h"

#include "recorded.h"

enum { SKIPPED = 77 };

/* Describes a recorded machine; skips the test where the recording is missing. */
static void describe(const char *name, struct machine *ret_machine)
{
    struct root root;
    struct fault fault = {0};
    char *folder = recorded_open(name, &root);
    int error = machine_init(ret_machine, &root, environ, &fault);
    if (error == 0)
        machine_complete(ret_machine, &root);
    root_close(&root);
    fixture_remove(folder);
    if (error < 0)
        fail_msg("%s: %s", name, fault.text);
    assert_true(ret_machine->simulated);
    assert_true(ret_machine->topology_known);
    assert_string_equal(ret_machine->codename, "");
    assert_string_equal(ret_machine->virtual_kind, "");
}

static void check_counts(
    const struct machine *machine, size_t cpus, int online, int packages, int cores)
{
    assert_int_equal(machine->cpu_count, cpus);
    assert_int_equal(machine->online_cpus, online);
    assert_int_equal(machine->packages, packages);
    assert_int_equal(machine->cores, cores);
    assert_string_equal(machine->limits[0].source, "online");
    assert_float_equal(machine->limits[0].cpus, (double)online, 1e-9);
}

/* How many different numbers a field of the CPUs has, -1 aside. */
static int count_different(const struct machine *machine, size_t offset)
{
    int count = 0;
    for (size_t i = 0; i < machine->cpu_count; i++) {
        const char *cpu = (const char *)&machine->cpus[i];
        int number = *(const int *)(const void *)(cpu + offset);
        bool is_new = number >= 0;
        for (size_t j = 0; j < i && is_new; j++) {
            const char *other = (const char *)&machine->cpus[j];
            is_new = *(const int *)(const void *)(other + offset) != number;
        }
        count += is_new;
    }
    return count;
}

#define COUNT_DIFFERENT(machine, field)                                                  \
    count_different(machine, offsetof(struct machine_cpu, field))

/* Six cores of two threads, numbered in pairs, and eight of one. */
static void hybrid_20(void **state)
{
    struct machine machine;
    describe("20em64t-hybrid-1p6c2t+2ca4co1t", &machine);
    check_counts(&machine, 20, 20, 1, 14);
    assert_string_equal(machine.cpu_name, "Core i7-1370P");
    assert_int_equal(machine.kind_count, 2);
    assert_string_equal(machine.kinds[0].name, "E");
    assert_int_equal(machine.kinds[0].cores, 8);
    assert_string_equal(machine.kinds[1].name, "P");
    assert_int_equal(machine.kinds[1].cores, 6);
    for (int id = 0; id < 20; id++) {
        assert_int_equal(machine.cpus[id].id, id);
        assert_int_equal(machine.cpus[id].core, id < 12 ? id / 2 : id - 6);
        assert_int_equal(machine.cpus[id].kind, id < 12);
        assert_int_equal(machine.cpus[id].l3, 0);
    }
    assert_float_equal(machine.usable_cpus, 20, 1e-9);
    machine_finish(&machine);
    (void)state;
}

/* /proc/stat counts 16; the switches of four are off. */
static void offlines_16(void **state)
{
    struct machine machine;
    describe("16em64t-4s2c2t-offlines", &machine);
    check_counts(&machine, 16, 12, 4, 7); /* both threads of one core are off */
    for (int id = 0; id < 16; id++) {
        bool online = id != 2 && id != 5 && id != 13 && id != 14;
        assert_int_equal(machine.cpus[id].online, online);
        assert_int_equal(machine.cpus[id].allowed, online);
        assert_int_equal(machine.cpus[id].core >= 0, online);
    }
    assert_int_equal(machine.cpus[0].core, machine.cpus[8].core); /* siblings */
    assert_int_equal(machine.cpus[3].core, machine.cpus[11].core);
    assert_int_equal(machine.cpus[0].package, machine.cpus[4].package);
    assert_float_equal(machine.usable_cpus, 12, 1e-9);
    assert_string_equal(machine.cpu_name, "Intel Xeon");
    machine_finish(&machine);
    (void)state;
}

/* 48 are possible, 32 present, and the job's cpuset has the first six. */
static void cgroup2_32(void **state)
{
    struct machine machine;
    describe("32amd64-4s2n4c-cgroup2", &machine);
    check_counts(&machine, 32, 32, 4, 32);
    assert_int_equal(COUNT_DIFFERENT(&machine, node), 8);
    assert_int_equal(COUNT_DIFFERENT(&machine, l3), 8);
    for (int id = 0; id < 32; id++) {
        assert_int_equal(machine.cpus[id].allowed, id < 6);
        assert_int_equal(machine.cpus[id].node, id / 4);
    }
    assert_int_equal(machine.limit_count, 2);
    assert_string_equal(machine_smallest_limit(&machine)->source, "cpuset");
    assert_float_equal(machine.usable_cpus, 6, 1e-9);
    assert_string_equal(machine.cpu_name, "Opteron 6134");
    machine_finish(&machine);
    (void)state;
}

static void nodes_64(void **state)
{
    struct machine machine;
    describe("64amd64-4s2n4ca2co", &machine);
    check_counts(&machine, 64, 64, 4, 64);
    assert_int_equal(COUNT_DIFFERENT(&machine, node), 8);
    assert_int_equal(COUNT_DIFFERENT(&machine, l3), 8);
    assert_int_equal(machine.cpus[63].node, 7);
    assert_int_equal(machine.cpus[63].package, 3);
    assert_int_equal(machine.kind_count, 0);
    assert_string_equal(machine.cpu_name, "Opteron 6276");
    assert_float_equal(machine.usable_cpus, 64, 1e-9);
    machine_finish(&machine);
    (void)state;
}

static void arm_128(void **state)
{
    struct machine machine;
    describe("128arm-2pa2n8cluster4co", &machine);
    check_counts(&machine, 128, 128, 2, 128);
    assert_int_equal(COUNT_DIFFERENT(&machine, node), 4);
    assert_int_equal(COUNT_DIFFERENT(&machine, core), 128);
    assert_int_equal(machine.kind_count, 0);
    assert_string_equal(machine.cpu_name, "Kunpeng 920");
    assert_float_equal(machine.usable_cpus, 128, 1e-9);
    machine_finish(&machine);
    (void)state;
}

/* Its firmware gives every core as a package. */
static void power_256(void **state)
{
    struct machine machine;
    describe("256ppc-8n8s4t", &machine);
    check_counts(&machine, 256, 256, 64, 64);
    for (int id = 0; id < 256; id++)
        assert_int_equal(machine.cpus[id].core, id / 4);
    static const int nodes[] = {0, 1, 4, 5, 8, 9, 12, 13};
    for (int id = 0; id < 256; id++)
        assert_int_equal(machine.cpus[id].node, nodes[id / 32]);
    assert_string_equal(machine.cpu_name, "POWER7");
    assert_float_equal(machine.usable_cpus, 256, 1e-9);
    machine_finish(&machine);
    (void)state;
}

int main(void)
{
    const char *folder = getenv("PARFOR_MACHINES");
    if (!folder || folder[0] == '\0' || access(folder, X_OK) < 0) {
        puts("skipped: there are no recorded machines (PARFOR_MACHINES)");
        return SKIPPED;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hybrid_20),
        cmocka_unit_test(offlines_16),
        cmocka_unit_test(cgroup2_32),
        cmocka_unit_test(nodes_64),
        cmocka_unit_test(arm_128),
        cmocka_unit_test(power_256),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
