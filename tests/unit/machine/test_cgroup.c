// SPDX-License-Identifier: MIT
#include "machine/cgroup.h"

#include <errno.h>

#include "fixture.h"

static void check_place(const char *text, int version, const char *path)
{
    struct cgroup_place place = {0};
    int error = cgroup_parse_place(text, "cpu", &place);
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

static void check_controller(const char *controller, int version, const char *path)
{
    const char text[] = "12:pids:/many\n5:cpuset:/some\n4:cpu,cpuacct:/cpu\n"
                        "1:name=systemd:/init\n0::/unified\n";
    struct cgroup_place place = {0};
    assert_int_equal(cgroup_parse_place(text, controller, &place), 0);
    assert_int_equal(place.version, version);
    assert_string_equal(place.path, path);
    free(place.path);
}

static void each_controller_has_a_place_of_its_own(void **state)
{
    check_controller("pids", 1, "/many");
    check_controller("cpuset", 1, "/some");
    check_controller("cpuacct", 1, "/cpu");
    check_controller("memory", 2, "/unified");
    check_controller("set", 2, "/unified");
    (void)state;
}

static void check_folder(
    const char *text, int version, char path[], const char *expected, size_t mount_length)
{
    struct cgroup_place place = {version, path};
    struct cgroup_folder folder = {0};
    int error = cgroup_parse_mounts(text, "cpu", &place, &folder);
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

/* What is called, one "FOLDER VERSION" a line; at most `left` times. */
struct path {
    char text[1024];
    int left;
};

static bool note_folder(void *data, const char *folder, int version)
{
    struct path *path = data;
    text_append(sizeof path->text, path->text, "%s %d\n", folder, version);
    return --path->left > 0;
}

static void check_climb(
    const struct root *root, const char *controller, int most, const char *expected)
{
    struct path path = {.left = most};
    cgroup_climb(root, controller, note_folder, &path);
    assert_string_equal(path.text, expected);
}

/* Every controller in a hierarchy of its own, and the rest in the unified one. */
static void mixed_hierarchies_are_climbed(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, "proc/self/cgroup",
        "9:pids:/a/b\n3:cpuset:/\n2:cpuacct:/x\n1:cpu:/docker/1/in\n0::/u\n");
    fixture_write(folder, "proc/self/mountinfo",
        "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n"
        "32 31 0:29 /docker/1 /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"
        "34 31 0:31 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n"
        "39 31 0:36 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids\n"
        "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n");
    struct root root;
    fixture_open_path(folder, &root);
    check_climb(&root, "cpu", 9, "/sys/fs/cgroup/cpu/in 1\n/sys/fs/cgroup/cpu 1\n");
    check_climb(&root, "cpuset", 9, "/sys/fs/cgroup/cpuset 1\n");
    check_climb(&root, "pids", 9,
        "/sys/fs/cgroup/pids/a/b 1\n/sys/fs/cgroup/pids/a 1\n/sys/fs/cgroup/pids 1\n");
    check_climb(&root, "pids", 2, "/sys/fs/cgroup/pids/a/b 1\n/sys/fs/cgroup/pids/a 1\n");
    check_climb(
        &root, "memory", 9, "/sys/fs/cgroup/unified/u 2\n/sys/fs/cgroup/unified 2\n");
    check_climb(&root, "cpuacct", 9, ""); /* it has a hierarchy, but not mounted */
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

static void without_groups_there_is_no_climb(void **state)
{
    struct root root;
    fixture_open("nothing", &root);
    check_climb(&root, "cpu", 9, "");
    root_close(&root);
    (void)state;
}

static bool check_there(void *data, const char *folder, int version)
{
    int *visits = data;
    assert_int_equal(access(folder, F_OK), 0);
    assert_true(version == 1 || version == 2);
    ++*visits;
    return true;
}

static void our_own_groups_are_there(void **state)
{
    static const char *const controllers[] = {"cpu", "cpuset", "pids"};
    struct root root;
    int visits = 0;
    fixture_open_path("/", &root);
    for (size_t i = 0; i < sizeof controllers / sizeof *controllers; i++)
        cgroup_climb(&root, controllers[i], check_there, &visits);
    root_close(&root);
    if (visits == 0) {
        print_message("skipped: there are no control groups here\n");
        skip();
    }
    (void)state;
}

static void a_group_s_own_quota_is_read(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, "one/cpu.cfs_quota_us", "50000\n");
    fixture_write(folder, "one/cpu.cfs_period_us", "100000\n");
    fixture_write(folder, "two/cpu.max", "300000 100000\n");
    struct root root;
    fixture_open_path(folder, &root);
    assert_float_equal(cgroup_read_quota(&root, "/one", 1), 0.5, 1e-9);
    assert_float_equal(cgroup_read_quota(&root, "/one", 2), 0, 0);
    assert_float_equal(cgroup_read_quota(&root, "/two", 2), 3, 1e-9);
    assert_float_equal(cgroup_read_quota(&root, "/two", 1), 0, 0);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_1_wins_where_it_has_the_cpu_controller),
        cmocka_unit_test(each_controller_has_a_place_of_its_own),
        cmocka_unit_test(no_line_is_no_place),
        cmocka_unit_test(the_folder_is_below_the_mount),
        cmocka_unit_test(blanks_are_decoded),
        cmocka_unit_test(the_longest_root_wins),
        cmocka_unit_test(namespaces_are_not_left),
        cmocka_unit_test(broken_mount_lines_are_skipped),
        cmocka_unit_test(quotas_are_read),
        cmocka_unit_test(the_smallest_of_all_ancestors_counts),
        cmocka_unit_test(what_cannot_be_read_is_no_limit),
        cmocka_unit_test(mixed_hierarchies_are_climbed),
        cmocka_unit_test(without_groups_there_is_no_climb),
        cmocka_unit_test(our_own_groups_are_there),
        cmocka_unit_test(a_group_s_own_quota_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
