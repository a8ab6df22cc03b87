// SPDX-License-Identifier: MIT
#include "machine/throttle.h"

#include <errno.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "fence.h"
#include "recorded.h"

static const struct machine no_machine = {0};

static void counters_are_read(void **state)
{
    struct throttle_group group = {0};
    assert_int_equal(throttle_parse_stat("usage_usec 9\nnr_periods 20\nnr_throttled 5\n"
                                         "throttled_usec 1500\nnr_bursts 1\n",
                         2, &group),
        0);
    assert_int_equal(group.periods, 20);
    assert_int_equal(group.throttled, 5);
    assert_int_equal(group.throttled_ns, 1500 * NS_PER_US);
    assert_int_equal(
        throttle_parse_stat(
            "nr_periods 7\nnr_throttled 3\nthrottled_time 1234567\n", 1, &group),
        0);
    assert_int_equal(group.periods, 7);
    assert_int_equal(group.throttled_ns, 1234567);
    (void)state;
}

/* The topmost group of version 2 counts time, but no periods. */
static void who_counts_no_periods_is_left_out(void **state)
{
    static const char *const texts[] = {"", "usage_usec 9\nuser_usec 5\n", "nr_periods\n",
        "nr_periods x\n", "nr_periods -1\n", "nr_periods \n5\n", "nr_periods 5x\n",
        "nr_periods_ 5\n", "not nr_periods 5\n", "nr_throttled 5\nthrottled_usec 9\n"};
    struct throttle_group group = {.periods = -7};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(throttle_parse_stat(texts[i], 2, &group), -EINVAL);
    assert_int_equal(group.periods, -7);
    assert_int_equal(throttle_parse_stat(
                         "nr_periods 1\nthrottled_usec 9223372036854775807\n", 2, &group),
        0);
    assert_true(group.throttled_ns == INT64_MAX);
    assert_int_equal(group.throttled, 0);
    (void)state;
}

static void write_stat(const char *folder, const char *name, int periods, int throttled)
{
    char text[128];
    snprintf(text, sizeof text,
        "nr_periods %d\nnr_throttled %d\nthrottled_usec %d\nthrottled_time %d\n", periods,
        throttled, throttled * 10, throttled * 10000);
    fixture_write(folder, name, text);
}

static void check_group(const struct throttle_group *group, const char *folder,
    double quota_cpus, int periods, int throttled)
{
    assert_string_equal(group->folder, folder);
    assert_float_equal(group->quota_cpus, quota_cpus, 1e-9);
    assert_int_equal(group->periods, periods);
    assert_int_equal(group->throttled, throttled);
    assert_int_equal(group->throttled_ns, throttled * 10 * NS_PER_US);
}

/* A job's group below one with a quota, below one that cannot be read, of version 2. */
static char *make_unified(struct root *ret_root)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, "proc/self/cgroup", "0::/odd/jobs/mine\n");
    fixture_write(folder, "proc/self/mountinfo", "31 23 0:28 / /cg rw - cgroup2 c rw\n");
    fixture_write(folder, "cg/cpu.stat", "usage_usec 5\n");
    fixture_write(folder, "cg/odd/cpu.stat/folder", "");
    fixture_write(folder, "cg/odd/jobs/cpu.max", "150000 100000\n");
    write_stat(folder, "cg/odd/jobs/cpu.stat", 100, 40);
    write_stat(folder, "cg/odd/jobs/mine/cpu.stat", 10, 2);
    fixture_open_path(folder, ret_root);
    return folder;
}

static void every_ancestor_is_read(void **state)
{
    struct root root;
    struct throttle throttle = {0};
    char *folder = make_unified(&root);
    throttle_read(&throttle, &root, &no_machine);
    assert_int_equal(throttle.group_count, 2);
    check_group(&throttle.groups[0], "/cg/odd/jobs/mine", 0, 10, 2);
    check_group(&throttle.groups[1], "/cg/odd/jobs", 1.5, 100, 40);
    assert_false(throttle.thermal_visible);
    throttle_finish(&throttle);
    assert_int_equal(throttle.group_count, 0);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

static void folders_are_printable(void **state)
{
    struct root root;
    struct throttle throttle = {0};
    char *folder = fixture_make_folder();
    fixture_write(folder, "proc/self/cgroup", "0::/a\x1b[31m\xff\n");
    fixture_write(folder, "proc/self/mountinfo", "31 23 0:28 / /cg rw - cgroup2 c rw\n");
    write_stat(folder, "cg/a\x1b[31m\xff/cpu.stat", 10, 2);
    fixture_open_path(folder, &root);
    throttle_read(&throttle, &root, &no_machine);
    assert_int_equal(throttle.group_count, 1);
    check_group(&throttle.groups[0], "/cg/a?[31m?", 0, 10, 2);
    throttle_finish(&throttle);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

static void the_difference_of_two_readings_counts(void **state)
{
    struct root root;
    struct throttle before = {0}, after = {0};
    char *folder = make_unified(&root);
    throttle_read(&before, &root, &no_machine);
    write_stat(folder, "cg/cpu.stat", 1000, 1000); /* was not there before */
    write_stat(folder, "cg/odd/jobs/cpu.stat", 130, 45);
    write_stat(folder, "cg/odd/jobs/mine/cpu.stat", 12, 1); /* went back */
    throttle_read(&after, &root, &no_machine);
    assert_int_equal(after.group_count, 3);
    throttle_subtract(&after, &before);
    assert_int_equal(after.group_count, 2);
    check_group(&after.groups[0], "/cg/odd/jobs/mine", 0, 2, 0);
    check_group(&after.groups[1], "/cg/odd/jobs", 1.5, 30, 5);
    throttle_finish(&before);
    throttle_finish(&after);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

/* The cpu controller in a hierarchy of version 1, the rest unified. */
static void mixed_hierarchies_are_read(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, "proc/self/cgroup", "4:cpuset:/s\n3:cpu,cpuacct:/c\n0::/u\n");
    fixture_write(folder, "proc/self/mountinfo",
        "32 31 0:29 / /cg/cpu rw - cgroup cgroup rw,cpu,cpuacct\n"
        "33 31 0:30 / /cg/cpuset rw - cgroup cgroup rw,cpuset\n"
        "41 31 0:38 / /cg/unified rw - cgroup2 cgroup2 rw\n");
    write_stat(folder, "cg/cpu/cpu.stat", 0, 0);
    write_stat(folder, "cg/cpu/c/cpu.stat", 50, 20);
    fixture_write(folder, "cg/cpu/c/cpu.cfs_quota_us", "25000\n");
    fixture_write(folder, "cg/cpu/c/cpu.cfs_period_us", "50000\n");
    write_stat(folder, "cg/cpuset/s/cpu.stat", 9, 9);
    write_stat(folder, "cg/unified/u/cpu.stat", 9, 9);
    struct root root;
    struct throttle throttle = {0};
    fixture_open_path(folder, &root);
    throttle_read(&throttle, &root, &no_machine);
    assert_int_equal(throttle.group_count, 2);
    check_group(&throttle.groups[0], "/cg/cpu/c", 0.5, 50, 20);
    check_group(&throttle.groups[1], "/cg/cpu", 0, 0, 0);
    throttle_finish(&throttle);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

/* Groups whose names do not fit are still told apart. */
static void long_names_are_cut_in_front(void **state)
{
    enum { STEPS = 3, LONG = 120 };
    char *folder = fixture_make_folder(), place[STEPS * (LONG + 1) + 1] = "", line[512];
    for (int i = 0; i < STEPS; i++) {
        char step[LONG + 1];
        memset(step, 'a' + i, sizeof step);
        step[LONG] = '\0';
        text_append(sizeof place, place, "/%s", step);
        snprintf(line, sizeof line, "cg%s/cpu.stat", place);
        write_stat(folder, line, 10 + i, i);
    }
    snprintf(line, sizeof line, "0::%s\n", place);
    fixture_write(folder, "proc/self/cgroup", line);
    fixture_write(folder, "proc/self/mountinfo", "31 23 0:28 / /cg rw - cgroup2 c rw\n");
    struct root root;
    struct throttle before = {0}, after = {0};
    fixture_open_path(folder, &root);
    throttle_read(&before, &root, &no_machine);
    throttle_read(&after, &root, &no_machine);
    assert_int_equal(after.group_count, STEPS);
    assert_int_equal(strlen(after.groups[0].folder), sizeof after.groups[0].folder - 1);
    assert_memory_equal(after.groups[0].folder, "...", 3);
    assert_string_not_equal(after.groups[0].folder, after.groups[1].folder);
    throttle_subtract(&after, &before);
    for (int i = 0; i < STEPS; i++)
        assert_int_equal(after.groups[i].periods, 0);
    throttle_finish(&before);
    throttle_finish(&after);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

static void write_thermal(const char *folder, int id, int core, int package)
{
    char text[32];
    snprintf(text, sizeof text, "%d\n", core);
    fixture_write_cpu(folder, id, "thermal_throttle/core_throttle_count", text);
    snprintf(text, sizeof text, "%d\n", package);
    fixture_write_cpu(folder, id, "thermal_throttle/package_throttle_count", text);
}

/* Four CPUs in two packages, one of them offline and without counters. */
static void a_package_counts_once(void **state)
{
    struct machine_cpu cpus[] = {
        {.id = 0, .package = 0, .online = true},
        {.id = 1, .package = 1, .online = false},
        {.id = 2, .package = 0, .online = true},
        {.id = 5, .package = 1, .online = true},
    };
    const struct machine machine = {.cpu_count = 4, .cpus = cpus};
    char *folder = fixture_make_folder();
    write_thermal(folder, 0, 3, 100);
    write_thermal(folder, 2, 4, 100);
    write_thermal(folder, 5, 5, 1000);
    struct root root;
    struct throttle before = {0}, after = {0};
    fixture_open_path(folder, &root);
    throttle_read(&before, &root, &machine);
    assert_true(before.thermal_visible);
    assert_int_equal(before.thermal_core, 12);
    assert_int_equal(before.thermal_package, 1100);
    write_thermal(folder, 5, 7, 1010);
    throttle_read(&after, &root, &machine);
    throttle_subtract(&after, &before);
    assert_true(after.thermal_visible);
    assert_int_equal(after.thermal_core, 2);
    assert_int_equal(after.thermal_package, 10);
    struct throttle blind = {0};
    throttle_subtract(&after, &blind);
    assert_false(after.thermal_visible);
    assert_int_equal(after.thermal_core, 0);
    throttle_finish(&before);
    throttle_finish(&after);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

static void counters_beyond_all_measure_add_up(void **state)
{
    struct machine_cpu cpus[] = {{.id = 0, .package = 0}, {.id = 1, .package = 1}};
    const struct machine machine = {.cpu_count = 2, .cpus = cpus};
    static const char *const most = "9223372036854775807\n";
    char *folder = fixture_make_folder();
    for (int id = 0; id < 2; id++) {
        fixture_write_cpu(folder, id, "thermal_throttle/core_throttle_count", most);
        fixture_write_cpu(folder, id, "thermal_throttle/package_throttle_count", most);
    }
    struct root root;
    struct throttle throttle = {0};
    fixture_open_path(folder, &root);
    throttle_read(&throttle, &root, &machine);
    assert_true(throttle.thermal_core > 0);
    assert_true(throttle.thermal_package > 0);
    assert_true(throttle.thermal_package < INT64_MAX - throttle.thermal_core);
    throttle_finish(&throttle);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

static void nothing_there_is_not_visible(void **state)
{
    struct machine_cpu cpu = {.id = 0, .online = true};
    const struct machine machine = {.cpu_count = 1, .cpus = &cpu};
    struct root root;
    struct throttle throttle = {0};
    fixture_open("nothing", &root);
    throttle_read(&throttle, &root, &machine);
    assert_int_equal(throttle.group_count, 0);
    assert_false(throttle.thermal_visible);
    root_close(&root);
    char *folder = fixture_make_folder();
    fixture_write_cpu(folder, 0, "thermal_throttle/core_throttle_count", "many\n");
    fixture_open_path(folder, &root);
    throttle_read(&throttle, &root, &machine);
    assert_false(throttle.thermal_visible);
    throttle_finish(&throttle);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

/* An old kernel, which counts under another name. */
static void a_recorded_machine_has_thermal_counters(void **state)
{
    struct root root;
    struct fault fault = {0};
    struct machine machine;
    struct throttle throttle = {0};
    char *folder = recorded_open("16em64t-4s2c2t-offlines", &root);
    assert_int_equal(machine_init(&machine, &root, environ, &fault), 0);
    machine_complete(&machine, &root);
    throttle_read(&throttle, &root, &machine);
    assert_true(throttle.thermal_visible);
    assert_int_equal(throttle.thermal_core, 0);
    assert_int_equal(throttle.group_count, 0);
    throttle_finish(&throttle);
    machine_finish(&machine);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

/* Runs in the child, within the fence: computes until it has been stopped by the quota,
 * and tells through the pipe what it has read. */
static void be_throttled(const struct fence *fence, int fd)
{
    struct root root;
    struct fault fault = {0};
    struct throttle before = {0}, after = {0};
    if (fence_enter(fence) < 0 || root_open(NULL, &root, &fault) < 0)
        _exit(1);
    throttle_read(&before, &root, &no_machine);
    int64_t end_ns = clock_now_ns() + 20 * NS_PER_S;
    do {
        int64_t cpu_ns = clock_cpu_ns();
        while (clock_cpu_ns() < cpu_ns + 3 * NS_PER_MS)
            ;
        throttle_read(&after, &root, &no_machine);
        throttle_subtract(&after, &before);
    } while (clock_now_ns() < end_ns &&
             !(after.group_count > 1 && after.groups[1].throttled > 0 &&
                 after.groups[1].throttled_ns > 0)); /* counted once it is over */
    for (size_t i = 0; i < 2 && i < after.group_count; i++)
        dprintf(fd, "%s %.2f %d %d\n", after.groups[i].folder, after.groups[i].quota_cpus,
            after.groups[i].throttled > 0, after.groups[i].throttled_ns > 0);
    _exit(0);
}

static void a_real_quota_throttles(void **state)
{
    struct fence fence = {0};
    int error = fence_init(&fence, 2000, 10000);
    if (error < 0) {
        print_message(
            "skipped: no control group can be made here: %s\n", strerror(-error));
        fence_finish(&fence);
        skip();
    }
    int ends[2];
    char text[1024];
    size_t length = 0;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0)
        be_throttled(&fence, ends[1]);
    close(ends[1]);
    for (ssize_t got; (got = read(ends[0], text + length, sizeof text - 1 - length)) > 0;)
        length += (size_t)got;
    text[length] = '\0';
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    char *expected = text_format("%s 0.00 0 0\n%s 0.20 1 1\n", fence.inner, fence.outer);
    fence_finish(&fence);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 1) {
        print_message("skipped: no process can be moved into a control group\n");
        free(expected);
        skip();
    }
    assert_string_equal(text, expected);
    free(expected);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counters_are_read),
        cmocka_unit_test(who_counts_no_periods_is_left_out),
        cmocka_unit_test(every_ancestor_is_read),
        cmocka_unit_test(folders_are_printable),
        cmocka_unit_test(the_difference_of_two_readings_counts),
        cmocka_unit_test(mixed_hierarchies_are_read),
        cmocka_unit_test(long_names_are_cut_in_front),
        cmocka_unit_test(a_package_counts_once),
        cmocka_unit_test(counters_beyond_all_measure_add_up),
        cmocka_unit_test(nothing_there_is_not_visible),
        cmocka_unit_test(a_recorded_machine_has_thermal_counters),
        cmocka_unit_test(a_real_quota_throttles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
