// SPDX-License-Identifier: MIT
#include "machine/cgroup.h"

#include <errno.h>

#include "fixture.h"

static void check_place(const char *text, int version, const char *path)
{
    struct cgroup_place place = {0};
    int error = cgroup_parse_place(text, &place);
    assert_int_equal(error, path ? 0 : -ENOENT);
    if (!path)
        return;
    assert_int_equal(place.version, version);
    assert_string_equal(place.path, path);
    free(place.path);
}

static void version_1_wins_where_it_has_the_cpu_controller(void **state)
{
    check_place("0::/user.slice\n", 2, "/user.slice");
    check_place("0::/\n", 2, "/");
    check_place("0::/a b:c\n", 2, "/a b:c");
    check_place("5:memory:/m\n3:cpu,cpuacct:/one\n0::/two\n", 1, "/one");
    check_place("0::/two\n3:cpuacct,cpu:/one", 1, "/one");
    check_place("3:cpuacct:/x\n2:cpuset:/y\n1:name=cpu:/z\n0::/two\n", 2, "/two");
    check_place("1:name=systemd::/odd\n0::/two\n", 2, "/two");
    (void)state;
}

static void no_line_is_no_place(void **state)
{
    check_place("", 0, NULL);
    check_place("3:cpuset:/y\n", 0, NULL);
    check_place("0:\n::\n\n0::relative\n", 0, NULL);
    check_place("3:cpu", 0, NULL);
    (void)state;
}

static void check_folder(
    const char *text, int version, char path[], const char *expected, size_t mount_length)
{
    struct cgroup_place place = {version, path};
    struct cgroup_folder folder = {0};
    int error = cgroup_parse_mounts(text, &place, &folder);
    assert_int_equal(error, expected ? 0 : -ENOENT);
    if (!expected)
        return;
    assert_string_equal(folder.path, expected);
    assert_int_equal(folder.mount_length, mount_length);
    free(folder.path);
}

static void the_folder_is_below_the_mount(void **state)
{
    const char text[] =
        "22 27 0:21 / /proc rw - proc proc rw\n"
        "31 23 0:28 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n"
        "32 23 0:29 / /v1/set rw - cgroup cgroup rw,cpuset\n"
        "33 23 0:30 / /v1/cpu rw shared:1 master:2 - cgroup none rw,cpu,cpuacct\n";
    check_folder(text, 2, (char[]){"/a/b"}, "/sys/fs/cgroup/a/b", 14);
    check_folder(text, 2, (char[]){"/"}, "/sys/fs/cgroup", 14);
    check_folder(text, 1, (char[]){"/a/b"}, "/v1/cpu/a/b", 7);
    check_folder("22 27 0:21 / /proc rw - proc proc rw\n", 1, (char[]){"/"}, NULL, 0);
    check_folder("", 2, (char[]){"/"}, NULL, 0);
    (void)state;
}

static void blanks_are_decoded(void **state)
{
    check_folder("31 23 0:28 / /my\\040own\\134groups rw - cgroup2 cgroup2 rw\n", 2,
        (char[]){"/a"}, "/my own\\groups/a", 14);
    check_folder("31 23 0:28 /in\\040side /m rw - cgroup2 c rw\n", 2,
        (char[]){"/in side/x"}, "/m/x", 2);
    check_folder(
        "31 23 0:28 / /m\\9\\04 rw - cgroup2 c rw\n", 2, (char[]){"/"}, "/m\\9\\04", 7);
    (void)state;
}

static void the_longest_root_wins(void **state)
{
    const char text[] = "1 1 0:1 /docker /short rw - cgroup cgroup rw,cpu\n"
                        "2 1 0:1 /docker/0123 /long rw - cgroup cgroup rw,cpu\n"
                        "3 1 0:1 /docker/01 /no rw - cgroup cgroup rw,cpu\n"
                        "4 1 0:1 /elsewhere/far/away /no rw - cgroup cgroup rw,cpu\n";
    check_folder(text, 1, (char[]){"/docker/0123"}, "/long", 5);
    check_folder(text, 1, (char[]){"/docker/0123/in"}, "/long/in", 5);
    check_folder(text, 1, (char[]){"/docker/9"}, "/short/9", 6);
    check_folder(text, 1, (char[]){"/other"}, NULL, 0);
    check_folder(text, 1, (char[]){"/"}, NULL, 0);
    (void)state;
}

static void namespaces_are_not_left(void **state)
{
    const char inside[] = "1 1 0:1 / /m rw - cgroup2 c rw\n";
    check_folder(inside, 2, (char[]){"/../other"}, NULL, 0);
    check_folder(inside, 2, (char[]){"/a/.."}, NULL, 0);
    check_folder(inside, 2, (char[]){"/..a"}, "/m/..a", 2);
    const char above[] = "1 1 0:1 /../.. /m rw - cgroup2 c rw\n";
    check_folder(above, 2, (char[]){"/mine"}, "/m", 2);
    check_folder(above, 2, (char[]){"/../../next"}, "/m/next", 2);
    const char both[] =
        "1 1 0:1 / /m rw - cgroup2 c rw\n1 1 0:1 /../.. /h rw - cgroup2 c rw\n";
    check_folder(both, 2, (char[]){"/mine"}, "/m/mine", 2);
    check_folder("1 1 0:1 /..x /m rw - cgroup2 c rw\n", 2, (char[]){"/mine"}, NULL, 0);
    (void)state;
}

static void broken_mount_lines_are_skipped(void **state)
{
    const char text[] =
        "24 1 0:3 net:[4026532281] /run/netns/x rw shared:9 - nsfs nsfs rw\n"
        "25 1 0:3 mnt:[4026532281] /run/odd rw - cgroup2 cgroup2 rw\n"
        "26 1 0:4 /\n27 - cgroup2 cgroup2 rw\n - cgroup2 c rw\n\n"
        "28 1 0:5 / - cgroup2 c rw\n"
        "31 23 0:28 / /good rw - cgroup2 cgroup2";
    check_folder(text, 2, (char[]){"/a"}, "/good/a", 5);
    (void)state;
}

static void quotas_are_read(void **state)
{
    assert_float_equal(cgroup_parse_max("150000 100000\n"), 1.5, 1e-9);
    assert_float_equal(cgroup_parse_max("25000 50000"), 0.5, 1e-9);
    assert_float_equal(cgroup_parse_max("max 100000\n"), 0, 0);
    assert_float_equal(cgroup_parse_max("max"), 0, 0);
    assert_float_equal(cgroup_parse_max("150000"), 0, 0);
    assert_float_equal(cgroup_parse_max("150000 0"), 0, 0);
    assert_float_equal(cgroup_parse_max("0 100000"), 0, 0);
    assert_float_equal(cgroup_parse_max("-1 100000"), 0, 0);
    assert_float_equal(cgroup_parse_max("1e5 100000"), 0, 0);
    assert_float_equal(cgroup_parse_max(""), 0, 0);
    assert_float_equal(cgroup_parse_cfs("50000\n", "100000\n"), 0.5, 1e-9);
    assert_float_equal(cgroup_parse_cfs("-1", "100000"), 0, 0);
    assert_float_equal(cgroup_parse_cfs("50000", ""), 0, 0);
    assert_float_equal(cgroup_parse_cfs("", "100000"), 0, 0);
    assert_float_equal(cgroup_parse_cfs("50000 junk", "100000"), 0, 0);
    (void)state;
}

/* `expected` is -1 where there is no quota: the result is not touched then. */
static void check_tree(const char *name, double expected, const char *file)
{
    struct root root;
    double cpus = -1;
    char *where = NULL;
    fixture_open(name, &root);
    assert_int_equal(cgroup_find_quota(&root, &cpus, &where), file != NULL);
    root_close(&root);
    assert_float_equal(cpus, expected, 1e-9);
    if (file)
        assert_string_equal(where, file);
    free(where);
}

static void the_smallest_of_all_ancestors_counts(void **state)
{
    check_tree("quota-v1", 0.5, "/sys/fs/cgroup/cpu,cpuacct/jobs/many/cpu.cfs_quota_us");
    check_tree("quota-v2", 1.5, "/sys/fs/cgroup/kube.slice/pod.slice/cpu.max");
    check_tree("quota-bound", 2.0, "/sys/fs/cgroup/cpu/cpu.cfs_quota_us");
    (void)state;
}

static void what_cannot_be_read_is_no_limit(void **state)
{
    check_tree("quota-none", -1, NULL);
    check_tree("quota-unreadable", -1, NULL);
    check_tree("nothing", -1, NULL);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_1_wins_where_it_has_the_cpu_controller),
        cmocka_unit_test(no_line_is_no_place),
        cmocka_unit_test(the_folder_is_below_the_mount),
        cmocka_unit_test(blanks_are_decoded),
        cmocka_unit_test(the_longest_root_wins),
        cmocka_unit_test(namespaces_are_not_left),
        cmocka_unit_test(broken_mount_lines_are_skipped),
        cmocka_unit_test(quotas_are_read),
        cmocka_unit_test(the_smallest_of_all_ancestors_counts),
        cmocka_unit_test(what_cannot_be_read_is_no_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
