// SPDX-License-Identifier: MIT
#include "machine/usable.h"

#include <errno.h>
#include <sched.h>

#include "fixture.h"

static void the_allowed_list_is_found(void **state)
{
    struct ids mask = {0};
    assert_int_equal(usable_parse_status("Name:\tx\nCpus_allowed:\tff\n"
                                         "Cpus_allowed_list:\t0,2-3\nMems:\t0\n",
                         &mask),
        0);
    assert_int_equal(ids_count(&mask), 3);
    assert_true(ids_has(&mask, 0) && ids_has(&mask, 2) && ids_has(&mask, 3));
    assert_int_equal(usable_parse_status("Name:\tx\n", &mask), -ENOENT);
    assert_int_equal(usable_parse_status("", &mask), -ENOENT);
    assert_int_equal(usable_parse_status("Cpus_allowed_list:\tx\n", &mask), -EINVAL);
    ids_finish(&mask);
    (void)state;
}

/* The limits of a tree of CPUs 0-3 when its cpuset is `cpuset`; usable_finish() is for
 * the caller. */
static void collect(const char *name, const char *cpuset, char *const environment[],
    struct usable *ret_usable)
{
    struct root root;
    struct ids online = {0}, allowed = {0};
    fixture_open(name, &root);
    assert_int_equal(ids_parse("0-3", &online), 0);
    assert_int_equal(ids_parse(cpuset, &allowed), 0);
    usable_init(ret_usable, &root,
        &(struct usable_facts){
            .online = &online, .online_where = "here", .environment = environment});
    usable_narrow(ret_usable, &allowed);
    ids_finish(&online);
    ids_finish(&allowed);
    root_close(&root);
}

static void check_limit(
    const struct usable *usable, size_t index, const char *source, double cpus)
{
    assert_true(index < usable->limit_count);
    assert_string_equal(usable->limits[index].source, source);
    assert_float_equal(usable->limits[index].cpus, cpus, 1e-9);
}

static void a_recorded_mask_and_quota_are_limits(void **state)
{
    struct usable usable;
    collect("quota-v2", "0-3", NULL, &usable);
    assert_int_equal(usable.limit_count, 3);
    check_limit(&usable, 0, "online", 4);
    check_limit(&usable, 1, "affinity", 3);
    check_limit(&usable, 2, "cgroup quota", 1.5);
    assert_string_equal(usable.limits[0].where, "here");
    assert_string_equal(usable.limits[1].where, "/proc/self/status");
    assert_string_equal(
        usable.limits[2].where, "/sys/fs/cgroup/kube.slice/pod.slice/cpu.max");
    assert_int_equal(ids_count(&usable.allowed), 3);
    assert_false(ids_has(&usable.allowed, 1));
    usable_finish(&usable);
    (void)state;
}

static void without_a_mask_the_cpuset_counts(void **state)
{
    struct usable usable;
    collect("quota-none", "1-2,9", NULL, &usable);
    assert_int_equal(usable.limit_count, 2);
    check_limit(&usable, 1, "cpuset", 2);
    assert_int_equal(ids_count(&usable.allowed), 2);
    usable_finish(&usable);
    collect("quota-v1", "1-2,9", NULL, &usable);
    assert_int_equal(usable.limit_count, 3);
    check_limit(&usable, 0, "online", 4);
    check_limit(&usable, 1, "cpuset", 2);
    check_limit(&usable, 2, "cgroup quota", 0.5);
    usable_finish(&usable);
    collect("quota-none", "0-9", NULL, &usable); /* all of them is no limit */
    assert_int_equal(usable.limit_count, 1);
    assert_int_equal(ids_count(&usable.allowed), 4);
    usable_finish(&usable);
    collect("quota-none", "", NULL, &usable);
    assert_int_equal(usable.limit_count, 1);
    assert_int_equal(ids_count(&usable.allowed), 4);
    usable_finish(&usable);
    (void)state;
}

static void beside_a_mask_the_cpuset_does_not(void **state)
{
    struct usable usable;
    collect("quota-v2", "0", NULL, &usable);
    assert_int_equal(usable.limit_count, 3);
    check_limit(&usable, 1, "affinity", 3);
    assert_int_equal(ids_count(&usable.allowed), 3);
    usable_finish(&usable);
    (void)state;
}

static void a_simulated_machine_has_no_batch_system(void **state)
{
    char slots[] = "NSLOTS=1", *environment[] = {slots, NULL};
    struct usable usable;
    collect("quota-none", "", environment, &usable);
    assert_int_equal(usable.limit_count, 1);
    usable_finish(&usable);
    (void)state;
}

static void the_real_machine_is_asked_for_its_mask(void **state)
{
    char slots[] = "NSLOTS=3", task[] = "SLURM_CPUS_PER_TASK=2";
    char *environment[] = {slots, task, NULL};
    struct root root;
    struct ids mask = {0};
    fixture_open_path(NULL, &root);
    assert_int_equal(usable_read_mask(&root, &mask), 0);
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        assert_int_equal(ids_count(&mask), CPU_COUNT(&set));
    struct usable usable;
    usable_init(&usable, &root,
        &(struct usable_facts){
            .online = &mask, .online_where = "here", .environment = environment});
    assert_true(usable.limit_count >= 4);
    check_limit(&usable, 0, "online", (double)ids_count(&mask));
    check_limit(&usable, 1, "affinity", (double)ids_count(&mask));
    check_limit(&usable, usable.limit_count - 2, "SLURM_CPUS_PER_TASK", 2);
    check_limit(&usable, usable.limit_count - 1, "NSLOTS", 3);
    assert_string_equal(
        usable.limits[usable.limit_count - 2].where, "SLURM_CPUS_PER_TASK=2");
    usable_finish(&usable);
    ids_finish(&mask);
    root_close(&root);
    (void)state;
}

/* lxcfs numbers the CPUs of /proc/stat anew: the mask fits none, its size does. */
static void a_mask_of_other_numbers_counts_by_its_size(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, "proc/self/status", "Cpus_allowed_list:\t8-9\n");
    struct root root;
    struct ids online = {0};
    struct usable usable;
    fixture_open_path(folder, &root);
    assert_int_equal(ids_parse("0-3", &online), 0);
    usable_init(
        &usable, &root, &(struct usable_facts){.online = &online, .online_where = ""});
    check_limit(&usable, 1, "affinity", 2);
    assert_int_equal(ids_count(&usable.allowed), 4);
    usable_finish(&usable);
    ids_finish(&online);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_allowed_list_is_found),
        cmocka_unit_test(a_recorded_mask_and_quota_are_limits),
        cmocka_unit_test(without_a_mask_the_cpuset_counts),
        cmocka_unit_test(beside_a_mask_the_cpuset_does_not),
        cmocka_unit_test(a_simulated_machine_has_no_batch_system),
        cmocka_unit_test(the_real_machine_is_asked_for_its_mask),
        cmocka_unit_test(a_mask_of_other_numbers_counts_by_its_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
