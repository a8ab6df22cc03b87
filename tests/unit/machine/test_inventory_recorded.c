// SPDX-License-Identifier: MIT
/* The inventories of machines recorded elsewhere; skipped without. */
#include "inventory_fixture.h"
#include "recorded.h"

enum { SKIPPED = 77 };

static void look_at(const char *name, struct looked *ret_looked)
{
    struct root root;
    char *folder = recorded_open(name, &root);
    looked_init(ret_looked, &root, environ);
    root_close(&root);
    fixture_remove(folder);
    assert_true(ret_looked->inventory.counts[0].limits);
    check_hidden(ret_looked, "batch", "the environment");
    check_hidden(ret_looked, "mempolicy", "get_mempolicy(2)");
}

static void offline_cpus_are_named(void **state)
{
    struct looked looked;
    look_at("16em64t-4s2c2t-offlines", &looked);
    check_line(&looked, "online", "0-1,3-4,6-12,15 (12)", "/proc/stat");
    check_line(&looked, "offline", "2,5,13-14 (4)", "/" FIXTURE_SYS_CPU "/cpu2/online");
    check_concern(&looked, "offline", "4 CPUs are present but offline: 2,5,13-14 (4)");
    check_hidden(&looked, "present", "/" FIXTURE_SYS_CPU "/present");
    check_line(&looked, "smt", "on: 5 of 7 cores have 2 CPUs each",
        "/" FIXTURE_SYS_CPU "/cpu*/topology");
    looked_finish(&looked);
    (void)state;
}

static void kinds_and_policies_of_a_hybrid(void **state)
{
    struct looked looked;
    look_at("20em64t-hybrid-1p6c2t+2ca4co1t", &looked);
    assert_string_equal(looked_line(&looked, "kinds")->value, "6 P cores, 8 E cores");
    assert_string_equal(looked_line(&looked, "driver")->value, "intel_pstate (active)");
    assert_string_equal(looked_line(&looked, "governor")->value, "powersave");
    assert_string_equal(looked_line(&looked, "energy")->value, "balance_performance");
    check_line(&looked, "boost", "on", "/" FIXTURE_SYS_CPU "/intel_pstate/no_turbo");
    check_line(&looked, "smt", "on: 6 of 14 cores have 2 CPUs each",
        "/" FIXTURE_SYS_CPU "/smt/control");
    check_hidden(&looked, "quota", "/proc/self/cgroup");
    for (size_t i = 0; i < looked.inventory.line_count; i++)
        check_concern(&looked, looked.inventory.lines[i].topic, "");
    looked_finish(&looked);
    (void)state;
}

static void the_cpuset_of_a_job(void **state)
{
    struct looked looked;
    look_at("32amd64-4s2n4c-cgroup2", &looked);
    check_line(&looked, "cpuset", "0-5 (6)", "/proc/self/cpuset");
    check_concern(&looked, "cpuset",
        "6 of 32 CPUs may be used, by the cpuset of /proc/self/cpuset");
    check_line(&looked, "offline", "none; 32-47 (16) possible, not present",
        "/" FIXTURE_SYS_CPU "/offline");
    check_concern(&looked, "offline", "");
    check_line(&looked, "governor", "ondemand",
        "/" FIXTURE_SYS_CPU "/cpu*/cpufreq/scaling_governor");
    assert_string_equal(looked.inventory.counts[1].source, "cpuset");
    assert_true(looked.inventory.counts[1].smallest);
    looked_finish(&looked);
    (void)state;
}

static void a_machine_of_256(void **state)
{
    struct looked looked;
    look_at("256ppc-8n8s4t", &looked);
    check_line(&looked, "online", "0-255 (256)", "/proc/stat");
    check_line(&looked, "smt", "on: 64 of 64 cores have 4 CPUs each",
        "/" FIXTURE_SYS_CPU "/cpu*/topology");
    check_hidden(
        &looked, "kinds", "/" FIXTURE_SYS_CPU "/cpu*/{cpu_capacity,cpufreq,acpi_cppc}");
    check_hidden(&looked, "virtual", "/sys/class/dmi/id/sys_vendor");
    looked_finish(&looked);
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
        cmocka_unit_test(offline_cpus_are_named),
        cmocka_unit_test(kinds_and_policies_of_a_hybrid),
        cmocka_unit_test(the_cpuset_of_a_job),
        cmocka_unit_test(a_machine_of_256),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
