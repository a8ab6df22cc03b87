// SPDX-License-Identifier: MIT
/* What the inventory says of fences: affinity, cpuset, quota, niceness, processes. */
#include <errno.h>
#include <sched.h>
#include <sys/wait.h>

#include "fence.h"
#include "inventory_fixture.h"

#define ROOT_GROUP "31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"

/* A process in /app/job of version 2; groups have cgroup.procs, but for the root also
 * cgroup.events. */
static char *make_groups(void)
{
    char *folder = looked_make_folder();
    fixture_write(folder, "proc/self/mountinfo", ROOT_GROUP);
    fixture_write(folder, "proc/self/cgroup", "0::/app/job\n");
    fixture_write(folder, "sys/fs/cgroup/cgroup.procs", "1\n");
    fixture_write(folder, "sys/fs/cgroup/app/cgroup.procs", "");
    fixture_write(folder, "sys/fs/cgroup/app/cgroup.events", "populated 1\n");
    fixture_write(folder, "sys/fs/cgroup/app/job/cgroup.procs", "7\n");
    fixture_write(folder, "sys/fs/cgroup/app/job/cgroup.events", "populated 1\n");
    return folder;
}

static void a_quota_has_its_level(void **state)
{
    static const char fraction[] = "1.50 of 4 CPUs may be used, by the quota of "
                                   "/sys/fs/cgroup/app";
    char *folder = make_groups();
    fixture_write(folder, "sys/fs/cgroup/app/job/cpu.max", "max 100000\n");
    fixture_write(folder, "sys/fs/cgroup/app/cpu.max", "150000 100000\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "quota", "1.50 CPUs, by the group above this process's own",
        "/sys/fs/cgroup/app/cpu.max");
    check_concern(&looked, "quota", fraction);
    assert_string_equal(looked.inventory.counts[1].source, "cgroup quota");
    assert_true(looked.inventory.counts[1].smallest);
    looked_finish(&looked);
    fixture_write(folder, "sys/fs/cgroup/app/job/cpu.max", "100000 100000\n");
    looked_at_folder(&looked, folder);
    check_line(&looked, "quota", "1 CPU, by this process's own group",
        "/sys/fs/cgroup/app/job/cpu.max");
    check_concern(&looked, "quota",
        "1 of 4 CPUs may be used, by the quota of /sys/fs/cgroup/app/job");
    looked_finish(&looked);
    fixture_write(folder, "proc/self/cgroup", "0::/app/job/a/b\n");
    looked_at_folder(&looked, folder);
    assert_string_equal(looked_line(&looked, "quota")->value,
        "1 CPU, by the group 2 levels above this process's own");
    looked_finish(&looked);
    fixture_remove(folder);
    (void)state;
}

static void a_quota_of_all_cpus_is_no_concern(void **state)
{
    char *folder = make_groups();
    fixture_write(folder, "sys/fs/cgroup/app/job/cpu.max", "400000 100000\n");
    check_folder(folder, "quota", "4 CPUs, by this process's own group", "");
    (void)state;
}

/* There is none only where every group could be seen. */
static void no_quota_is_not_the_same_as_an_unseen_one(void **state)
{
    char *folder = make_groups();
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(
        &looked, "quota", "none (in 3 control groups)", "/sys/fs/cgroup/app/job/cpu.max");
    looked_finish(&looked);
    fixture_write(folder, "sys/fs/cgroup/cgroup.events", "populated 1\n");
    looked_at_folder(&looked, folder);
    check_line(&looked, "quota",
        "none (in 3 control groups); groups further up are not visible here",
        "/sys/fs/cgroup/app/job/cpu.max");
    looked_finish(&looked);
    fixture_write(folder, "proc/self/cgroup", "0::/app/job/gone\n");
    looked_at_folder(&looked, folder);
    check_hidden(&looked, "quota", "/sys/fs/cgroup/app/job/gone/cpu.max");
    looked_finish(&looked);
    fixture_remove(folder);
    (void)state;
}

static void the_first_version_has_a_root_as_well(void **state)
{
    char *folder = looked_make_folder();
    fixture_write(folder, "proc/self/mountinfo",
        "31 23 0:28 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n");
    fixture_write(folder, "proc/self/cgroup", "1:cpu:/\n");
    fixture_write(folder, "sys/fs/cgroup/cpu/cgroup.procs", "1\n");
    fixture_write(folder, "sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
    fixture_write(folder, "sys/fs/cgroup/cpu/release_agent", "\n");
    check_folder(folder, "quota", "none (in 1 control group)", "");
    (void)state;
}

static void an_affinity_mask_is_a_concern(void **state)
{
    char *folder = looked_make_folder();
    fixture_write(folder, "proc/self/status", "Cpus_allowed_list:\t0-63\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "affinity", "0-3 (4)", "/proc/self/status");
    check_concern(&looked, "affinity", "");
    looked_finish(&looked);
    fixture_write(folder, "proc/self/status", "Cpus_allowed_list:\t1,3\n");
    check_folder(folder, "affinity", "1,3 (2)",
        "2 of 4 CPUs may be used, by the affinity mask of /proc/self/status");
    (void)state;
}

/* The mask shows a cpuset as well: then the cpuset is the cause, and the one concern. */
static void a_cpuset_is_the_cause_of_its_mask(void **state)
{
    static const char name[] = "sys/fs/cgroup/app/cpuset.cpus.effective";
    char *folder = make_groups();
    fixture_write(folder, "proc/self/status", "Cpus_allowed_list:\t1-3\n");
    fixture_write(folder, name, "1-3,9\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "cpuset", "1-3 (3)", "/sys/fs/cgroup/app/cpuset.cpus.effective");
    check_concern(&looked, "cpuset",
        "3 of 4 CPUs may be used, by the cpuset of "
        "/sys/fs/cgroup/app/cpuset.cpus.effective");
    check_concern(&looked, "affinity", "");
    assert_string_equal(looked.inventory.counts[2].source, "cpuset");
    assert_true(looked.inventory.counts[2].limits);
    looked_finish(&looked);
    fixture_write(folder, "proc/self/status", "Cpus_allowed_list:\t2\n");
    looked_at_folder(&looked, folder);
    assert_int_equal(looked_line(&looked, "cpuset")->concern[0], '3');
    assert_int_equal(looked_line(&looked, "affinity")->concern[0], '1');
    looked_finish(&looked);
    fixture_write(folder, name, "0-3\n");
    check_folder(folder, "cpuset", "0-3 (4)", "");
    (void)state;
}

static void an_empty_cpuset_of_version_1_is_its_parent_s(void **state)
{
    char *folder = looked_make_folder();
    fixture_write(folder, "proc/self/mountinfo",
        "31 23 0:28 / /dev/cpuset rw - cgroup cgroup rw,cpuset\n");
    fixture_write(folder, "proc/self/cgroup", "1:cpuset:/a/b\n");
    fixture_write(folder, "dev/cpuset/a/b/cpuset.cpus", "\n");
    fixture_write(folder, "dev/cpuset/a/cpuset.cpus", "0-1\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "cpuset", "0-1 (2)", "/dev/cpuset/a/cpuset.cpus");
    looked_finish(&looked);
    fixture_remove(folder);
    (void)state;
}

static char *make_stat(int nice, int policy)
{
    char *folder = looked_make_folder(), text[256];
    snprintf(text, sizeof text,
        "7 (a) b (c) R 1 7 7 0 -1 4 1 0 0 0 1 0 0 0 20 %d 1 0 99 1 1 1 1 1 1 1 1 0 0 0 0 "
        "0 "
        "0 0 17 0 0 %d 0 0 0\n",
        nice, policy);
    fixture_write(folder, "proc/self/stat", text);
    return folder;
}

static void a_start_with_little_right_is_a_concern(void **state)
{
    check_folder(make_stat(0, 0), "niceness", "0, SCHED_OTHER", "");
    check_folder(make_stat(-5, 2), "niceness", "-5, SCHED_RR", "");
    check_folder(make_stat(10, 0), "niceness", "10, SCHED_OTHER",
        "This process was started with niceness 10: others get more of each CPU");
    check_folder(make_stat(0, 3), "niceness", "0, SCHED_BATCH",
        "This process was started as SCHED_BATCH: others come before it on every CPU");
    check_folder(make_stat(0, 77), "niceness", "0, an unknown policy", "");
    char *folder = looked_make_folder();
    fixture_write(folder, "proc/self/stat", "7 (cut) R 1 2 3\n");
    check_folder(folder, "niceness", "not visible here", "");
    (void)state;
}

static void write_limits(const char *folder, const char *most)
{
    char text[256];
    snprintf(text, sizeof text,
        "Limit                     Soft Limit           Hard Limit           Units\n"
        "Max processes             %-20s unlimited            processes\n"
        "Max open files            1024                 4096                 files\n",
        most);
    fixture_write(folder, "proc/self/limits", text);
}

static void check_processes(
    const char *folder, const char *value, const char *where, const char *concern)
{
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "processes", value, where);
    check_concern(&looked, "processes", concern);
    looked_finish(&looked);
}

static void few_processes_are_a_concern(void **state)
{
    char *folder = make_groups();
    write_limits(folder, "unlimited");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_hidden(&looked, "processes", "/proc/self/limits");
    looked_finish(&looked);
    write_limits(folder, "400");
    check_processes(folder, "at most 400", "/proc/self/limits", "");
    write_limits(folder, "11");
    check_processes(folder, "at most 11", "/proc/self/limits",
        "At most 11 processes can be started, by /proc/self/limits; 12 are needed");
    write_limits(folder, "400");
    fixture_write(folder, "proc/sys/kernel/pid_max", "500\n");
    fixture_write(folder, "proc/loadavg", "0.00 0.01 0.05 1/200 4567\n");
    check_processes(folder, "300 more can be started, of at most 500",
        "/proc/sys/kernel/pid_max", "");
    fixture_write(folder, "sys/fs/cgroup/app/job/pids.max", "max\n");
    fixture_write(folder, "sys/fs/cgroup/app/pids.max", "40\n");
    fixture_write(folder, "sys/fs/cgroup/app/pids.current", "28\n");
    check_processes(folder, "12 more can be started, of at most 40",
        "/sys/fs/cgroup/app/pids.max", "");
    fixture_write(folder, "sys/fs/cgroup/app/pids.current", "29\n");
    check_processes(folder, "11 more can be started, of at most 40",
        "/sys/fs/cgroup/app/pids.max",
        "Only 11 more processes can be started, by /sys/fs/cgroup/app/pids.max; 12 are "
        "needed");
    fixture_remove(folder);
    (void)state;
}

/* In the child, within a real quota. */
static void look_from_inside(const struct fence *fence, int fd)
{
    struct root root;
    struct looked looked;
    if (fence_enter(fence) < 0)
        _exit(77);
    fixture_open_path(NULL, &root);
    looked_init(&looked, &root, NULL);
    const struct inventory_line *line = looked_line(&looked, "quota");
    dprintf(fd, "%s|%s", line->value, line->where);
    looked_finish(&looked);
    root_close(&root);
    _exit(0);
}

static int ask_from_inside(const struct fence *fence, size_t size, char text[])
{
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        look_from_inside(fence, ends[1]);
    close(ends[1]);
    ssize_t length = read(ends[0], text, size - 1);
    close(ends[0]);
    text[length > 0 ? length : 0] = '\0';
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void a_real_quota_is_found_with_its_level(void **state)
{
    struct fence fence = {0};
    char text[512] = "", *expected = NULL;
    int error = fence_init(&fence, 25000, 100000);
    int status = error < 0 ? 77 : ask_from_inside(&fence, sizeof text, text);
    if (status == 0)
        expected = text_format("0.25 CPUs, by the group above this process's own|%s/%s",
            fence.outer, fence.version == 2 ? "cpu.max" : "cpu.cfs_quota_us");
    fence_finish(&fence);
    if (status == 77) {
        print_message("skipped: no control group can be made here\n");
        skip();
    }
    assert_int_equal(status, 0);
    assert_string_equal(text, expected);
    free(expected);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quota_has_its_level),
        cmocka_unit_test(a_quota_of_all_cpus_is_no_concern),
        cmocka_unit_test(no_quota_is_not_the_same_as_an_unseen_one),
        cmocka_unit_test(the_first_version_has_a_root_as_well),
        cmocka_unit_test(an_affinity_mask_is_a_concern),
        cmocka_unit_test(a_cpuset_is_the_cause_of_its_mask),
        cmocka_unit_test(an_empty_cpuset_of_version_1_is_its_parent_s),
        cmocka_unit_test(a_start_with_little_right_is_a_concern),
        cmocka_unit_test(few_processes_are_a_concern),
        cmocka_unit_test(a_real_quota_is_found_with_its_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
