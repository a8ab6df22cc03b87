// SPDX-License-Identifier: MIT
#include "machine/inventory.h"

#include <linux/mempolicy.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "inventory_fixture.h"
#include "machine/inventory_inside.h"

enum { SKIPPED = 77 };

static void check_list(const char *list, const char *expected)
{
    struct ids ids = {0};
    char text[INVENTORY_VALUE_SIZE];
    assert_int_equal(ids_parse(list, &ids), 0);
    inventory_list(&ids, sizeof text, text);
    assert_string_equal(text, expected);
    ids_finish(&ids);
}

static void lists_are_written_short(void **state)
{
    check_list("", "none");
    check_list("7", "7 (1)");
    check_list("0,1,2,5,63-64", "0-2,5,63-64 (6)");
    struct ids odd = {0};
    char text[INVENTORY_VALUE_SIZE];
    for (size_t id = 1; id < 1024; id += 2)
        ids_add(&odd, id);
    inventory_list(&odd, sizeof text, text);
    assert_non_null(strstr(text, "1,3,5,"));
    assert_non_null(strstr(text, ",... (512)"));
    ids_finish(&odd);
    (void)state;
}

static void values_are_found_behind_their_key(void **state)
{
    char value[16] = "as before";
    assert_false(inventory_find_value("a: 1\nb: 2\n", "c:", sizeof value, value));
    assert_string_equal(value, "as before");
    assert_true(inventory_find_value("ab:\nb: \t2 3 \nb: 4", "b:", sizeof value, value));
    assert_string_equal(value, "2 3");
    assert_true(inventory_find_value("b:12345678901234567890", "b:", 4, value));
    assert_string_equal(value, "123");
    (void)state;
}

static double count_of(const struct inventory *inventory, const char *source)
{
    for (size_t i = 0; i < inventory->count_count; i++)
        if (strcmp(inventory->counts[i].source, source) == 0)
            return inventory->counts[i].cpus;
    return -1;
}

/* Those that limit come first; one of them is marked, the first smallest, and that is
 * what may be used. */
static void check_counts(const struct looked *looked)
{
    const struct inventory *inventory = &looked->inventory;
    const struct inventory_count *smallest = NULL;
    bool limits = true;
    for (size_t i = 0; i < inventory->count_count; i++) {
        const struct inventory_count *count = &inventory->counts[i];
        assert_true(count->where[0] != '\0');
        limits = limits && count->limits;
        assert_int_equal(count->limits, limits);
        if (count->limits)
            assert_true(count->cpus >= looked->machine.usable_cpus);
        if (!count->smallest)
            continue;
        assert_null(smallest);
        assert_true(count->limits);
        smallest = count;
    }
    assert_non_null(smallest);
    assert_float_equal(smallest->cpus, looked->machine.usable_cpus, 1e-9);
    for (const struct inventory_count *count = inventory->counts; count < smallest;
         count++)
        assert_true(!count->limits || count->cpus > smallest->cpus);
}

static void check_order(const struct inventory *inventory)
{
    for (size_t i = 0; i < inventory->line_count; i++) {
        const struct inventory_line *line = &inventory->lines[i];
        assert_true(i == 0 || inventory->lines[i - 1].group <= line->group);
        assert_ptr_equal(inventory_find(inventory, line->topic), line);
        assert_true(line->value[0] != '\0' && line->where[0] != '\0');
        assert_int_equal(line->visible, strcmp(line->value, "not visible here") != 0);
    }
    assert_null(inventory_find(inventory, "weather"));
    assert_true(inventory->took_ns > 0);
}

/* All but the lines of /proc/stat. */
static void of_an_empty_tree_nothing_is_invented(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, "proc/stat", "cpu  1 1 1 1\ncpu0 1 1 1 1\ncpu1 1 1 1 1\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_order(&looked.inventory);
    check_counts(&looked);
    assert_true(looked.inventory.line_count > 20);
    for (size_t i = 0; i < looked.inventory.line_count; i++) {
        const struct inventory_line *line = &looked.inventory.lines[i];
        if (strcmp(line->topic, "online") != 0)
            check_hidden(&looked, line->topic, line->where);
    }
    check_line(&looked, "online", "0-1 (2)", "/proc/stat");
    assert_int_equal(looked.inventory.count_count, 2);
    assert_string_equal(looked.inventory.counts[0].source, "online");
    assert_string_equal(looked.inventory.counts[1].source, "/proc/stat");
    looked_finish(&looked);
    fixture_remove(folder);
    (void)state;
}

static void lists_of_cpus_are_shown(void **state)
{
    char *folder = looked_make_folder();
    fixture_write(folder, FIXTURE_SYS_CPU "/possible", "0-7\n");
    fixture_write(folder, FIXTURE_SYS_CPU "/present", "0-5\n");
    fixture_write(folder, FIXTURE_SYS_CPU "/offline", "4-7\n");
    fixture_write(folder, FIXTURE_SYS_CPU "/isolated", "2-3\n");
    fixture_write(folder, FIXTURE_SYS_CPU "/nohz_full", "  (null)\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "possible", "0-7 (8)", "/" FIXTURE_SYS_CPU "/possible");
    check_line(&looked, "present", "0-5 (6)", "/" FIXTURE_SYS_CPU "/present");
    check_line(&looked, "online", "0-3 (4)", "/" FIXTURE_SYS_CPU "/online");
    check_line(&looked, "offline", "4-5 (2); 6-7 (2) possible, not present",
        "/" FIXTURE_SYS_CPU "/offline");
    check_concern(&looked, "offline", "2 CPUs are present but offline: 4-5 (2)");
    check_line(&looked, "isolated", "2-3 (2)", "/" FIXTURE_SYS_CPU "/isolated");
    check_concern(&looked, "isolated",
        "The scheduler puts no ordinary process on 2 isolated CPUs: 2-3 (2)");
    check_line(&looked, "nohz_full", "none", "/" FIXTURE_SYS_CPU "/nohz_full");
    check_counts(&looked);
    assert_float_equal(count_of(&looked.inventory, "possible"), 8, 1e-9);
    assert_float_equal(count_of(&looked.inventory, "present"), 6, 1e-9);
    looked_finish(&looked);
    fixture_remove(folder);
    (void)state;
}

static void nothing_is_wrong_with_an_ordinary_machine(void **state)
{
    char *folder = looked_make_folder();
    fixture_write(folder, FIXTURE_SYS_CPU "/possible", "0-3\n");
    fixture_write(folder, FIXTURE_SYS_CPU "/present", "0-3\n");
    fixture_write(folder, FIXTURE_SYS_CPU "/offline", "\n");
    fixture_write(folder, FIXTURE_SYS_CPU "/isolated", "\n");
    fixture_write(folder, "proc/self/cgroup", "0::/user.slice\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "offline", "none", "/" FIXTURE_SYS_CPU "/offline");
    check_line(&looked, "isolated", "none", "/" FIXTURE_SYS_CPU "/isolated");
    check_line(&looked, "container", "none shows itself", "/proc/self/cgroup");
    for (size_t i = 0; i < looked.inventory.line_count; i++)
        check_concern(&looked, looked.inventory.lines[i].topic, "");
    looked_finish(&looked);
    fixture_remove(folder);
    (void)state;
}

/* Switched off SMT is named by the line on what is offline. */
static void smt_is_told(void **state)
{
    char *folder = fixture_make_machine(3, 2, false);
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "cores", "3", "/" FIXTURE_SYS_CPU "/cpu*/topology");
    check_line(&looked, "smt", "on: 3 of 3 cores have 2 CPUs each",
        "/" FIXTURE_SYS_CPU "/cpu*/topology");
    assert_float_equal(count_of(&looked.inventory, "cores"), 3, 1e-9);
    looked_finish(&looked);
    fixture_write(folder, FIXTURE_SYS_CPU "/smt/active", "0\n");
    fixture_write(folder, FIXTURE_SYS_CPU "/smt/control", "off\n");
    fixture_write(folder, FIXTURE_SYS_CPU "/online", "0,2,4\n");
    for (int id = 1; id < 6; id += 2)
        fixture_write_cpu(folder, id, "online", "0\n");
    looked_at_folder(&looked, folder);
    check_line(&looked, "smt", "off, switched off by the system",
        "/" FIXTURE_SYS_CPU "/smt/control");
    check_concern(&looked, "smt", "");
    check_concern(&looked, "offline", "3 CPUs are present but offline: 1,3,5 (3)");
    assert_non_null(strstr(looked_line(&looked, "offline")->next, "smt/control"));
    looked_finish(&looked);
    fixture_remove(folder);
    (void)state;
}

static void a_guest_and_a_container_are_named(void **state)
{
    char *folder = looked_make_folder();
    fixture_write(folder, "sys/class/dmi/id/sys_vendor", "QEMU\n");
    fixture_write(folder, "proc/self/cgroup", "3:cpu:/docker/0123abcd\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(
        &looked, "virtual", "a virtual machine: qemu", "/sys/class/dmi/id/sys_vendor");
    check_line(&looked, "container", "docker, by the path of its control group",
        "/proc/self/cgroup");
    looked_finish(&looked);
    fixture_write(folder, "sys/class/dmi/id/sys_vendor", "Maker\n");
    fixture_write(folder, "run/.containerenv", "");
    looked_at_folder(&looked, folder);
    check_line(
        &looked, "virtual", "no hypervisor shows itself", "/sys/class/dmi/id/sys_vendor");
    check_line(&looked, "container", "podman, by its mark", "/run/.containerenv");
    looked_finish(&looked);
    fixture_write(folder, "run/systemd/container", "lx\033c\n");
    check_folder(folder, "container", "lx?c", "");
    (void)state;
}

static void fewer_nodes_are_a_concern(void **state)
{
    static const char status[] = "Name:\tx\nMems_allowed:\t1\nMems_allowed_list:\t%s\n";
    char *folder = looked_make_folder(), text[128];
    fixture_write(folder, "sys/devices/system/node/online", "0-2\n");
    fixture_write(folder, "sys/devices/system/node/has_memory", "0-1\n");
    snprintf(text, sizeof text, status, "0-7");
    fixture_write(folder, "proc/self/status", text);
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "nodes", "0-2 (3), with memory 0-1 (2)",
        "/sys/devices/system/node/online");
    check_concern(&looked, "memory", "");
    looked_finish(&looked);
    snprintf(text, sizeof text, status, "1");
    fixture_write(folder, "proc/self/status", text);
    check_folder(folder, "memory", "nodes 1 (1)",
        "Memory of only 1 of 2 NUMA nodes may be used, by Mems_allowed_list of "
        "/proc/self/status");
    (void)state;
}

static void the_real_machine_is_left_as_it_is(void **state)
{
    char threads[] = "OMP_NUM_THREADS=3,2", procs[] = "GOMAXPROCS=many";
    char *environment[] = {threads, procs, NULL};
    cpu_set_t before, after;
    bool small = sched_getaffinity(0, sizeof before, &before) == 0;
    struct root root;
    struct looked looked;
    fixture_open_path(NULL, &root);
    looked_init(&looked, &root, environment);
    root_close(&root);
    if (small && sched_getaffinity(0, sizeof after, &after) == 0)
        assert_true(CPU_EQUAL(&before, &after));
    check_order(&looked.inventory);
    check_counts(&looked);
    assert_true(looked_line(&looked, "online")->visible);
    assert_true(looked_line(&looked, "affinity")->visible);
    check_line(&looked, "batch", "no allocation seen", "the environment");
    assert_true(count_of(&looked.inventory, "nproc --all") >= looked.machine.online_cpus);
    assert_float_equal(count_of(&looked.inventory, "OMP_NUM_THREADS"), 3, 1e-9);
    assert_float_equal(count_of(&looked.inventory, "GOMAXPROCS"), -1, 1e-9);
    looked_finish(&looked);
    (void)state;
}

/* In a child, too, and only where the kernel has such policies, and lets us. */
static void look_bound(void)
{
    const unsigned long mask[1024 / (8 * sizeof(unsigned long))] = {1};
    struct root root;
    struct looked looked;
    if (syscall(SYS_set_mempolicy, MPOL_BIND, mask, 1024UL) < 0)
        _exit(SKIPPED);
    fixture_open_path(NULL, &root);
    looked_init(&looked, &root, environ);
    const struct inventory_line *line = looked_line(&looked, "mempolicy");
    bool found = !line->visible || strcmp(line->value, "bound: nodes 0 (1)") == 0;
    looked_finish(&looked);
    root_close(&root);
    _exit(found ? 0 : 1);
}

static void a_policy_of_memory_is_seen(void **state)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        look_bound();
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == SKIPPED) {
        print_message("skipped: no policy of memory can be set here\n");
        skip();
    }
    assert_int_equal(WEXITSTATUS(status), 0);
    (void)state;
}

/* In a child, for niceness cannot be taken back. */
static void look_from_below(void)
{
    char task[] = "SLURM_CPUS_PER_TASK=1", *environment[] = {task, NULL};
    struct root root;
    struct looked looked;
    const struct sched_param none = {0};
    sched_setscheduler(0, SCHED_OTHER, &none);
    if (setpriority(PRIO_PROCESS, 0, 19) < 0)
        _exit(2);
    fixture_open_path(NULL, &root);
    looked_init(&looked, &root, environment);
    bool found = strncmp(looked_line(&looked, "niceness")->value, "19, ", 4) == 0 &&
                 strstr(looked_line(&looked, "niceness")->concern, "niceness 19") &&
                 strcmp(looked_line(&looked, "batch")->value, task) == 0 &&
                 looked_line(&looked, "batch")->concern[0] ==
                     (looked.machine.online_cpus > 1 ? '1' : '\0');
    looked_finish(&looked);
    if (sched_setscheduler(0, SCHED_IDLE, &none) < 0)
        _exit(3);
    looked_init(&looked, &root, environment);
    found = found && strstr(looked_line(&looked, "niceness")->concern, "SCHED_IDLE");
    looked_finish(&looked);
    root_close(&root);
    _exit(found ? 0 : 1);
}

static void niceness_and_grants_are_seen(void **state)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        look_from_below();
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_written_short),
        cmocka_unit_test(values_are_found_behind_their_key),
        cmocka_unit_test(of_an_empty_tree_nothing_is_invented),
        cmocka_unit_test(lists_of_cpus_are_shown),
        cmocka_unit_test(nothing_is_wrong_with_an_ordinary_machine),
        cmocka_unit_test(smt_is_told),
        cmocka_unit_test(a_guest_and_a_container_are_named),
        cmocka_unit_test(fewer_nodes_are_a_concern),
        cmocka_unit_test(the_real_machine_is_left_as_it_is),
        cmocka_unit_test(a_policy_of_memory_is_seen),
        cmocka_unit_test(niceness_and_grants_are_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
