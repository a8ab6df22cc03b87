// SPDX-License-Identifier: MIT
#include "machine/energy.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>

#include "base/clock.h"
#include "fixture.h"

#define POWERCAP "sys/class/powercap/"
#define PACKAGE POWERCAP "intel-rapl:0/"
#define RANGE "262143328850\n"

static void write_zone(
    const char *folder, const char *zone, const char *name, const char *uj)
{
    const struct {
        const char *file, *text;
    } files[] = {{"name", name}, {"energy_uj", uj}, {"max_energy_range_uj", RANGE}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *path = text_format(POWERCAP "%s/%s", zone, files[i].file);
        fixture_write(folder, path, files[i].text);
        free(path);
    }
}

/* A package of an Intel processor as a laptop has it: its parts, the whole computer, and
 * the same counter by another way. */
static char *make_laptop(void)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, POWERCAP "intel-rapl/enabled", "1\n");
    write_zone(folder, "intel-rapl:0", "package-0\n", "1000000000\n");
    write_zone(folder, "intel-rapl:0:0", "core\n", "600000000\n");
    write_zone(folder, "intel-rapl:0:1", "uncore\n", "100000000\n");
    write_zone(folder, "intel-rapl:1", "psys\n", "3000000000\n");
    write_zone(folder, "intel-rapl-mmio:0", "package-0\n", "1000000000\n");
    return folder;
}

static struct energy *open_tree(const char *folder, struct root *ret_root)
{
    struct energy *energy;
    fixture_open_path(folder, ret_root);
    assert_int_equal(energy_open(ret_root, &energy), 0);
    return energy;
}

static void close_tree(struct energy *energy, struct root *root, char *folder)
{
    energy_close(energy);
    root_close(root);
    fixture_remove(folder);
}

static void check_joules(struct energy *energy, double joules)
{
    double now = -1;
    assert_true(energy_read(energy, &now));
    assert_float_equal(now, joules, 1e-9);
}

static void check_not_visible(char *folder)
{
    struct root root;
    struct energy *energy = NULL;
    fixture_open_path(folder, &root);
    assert_int_equal(energy_open(&root, &energy), -ENOENT);
    assert_null(energy);
    root_close(&root);
    fixture_remove(folder);
}

static void a_package_counts_and_not_its_parts(void **state)
{
    struct root root;
    char *folder = make_laptop();
    struct energy *energy = open_tree(folder, &root);
    check_joules(energy, 0);
    fixture_write(folder, PACKAGE "energy_uj", "1012500000\n");
    fixture_write(folder, POWERCAP "intel-rapl:0:0/energy_uj", "900000000\n");
    fixture_write(folder, POWERCAP "intel-rapl:1/energy_uj", "4000000000\n");
    fixture_write(folder, POWERCAP "intel-rapl-mmio:0/energy_uj", "1012500000\n");
    check_joules(energy, 12.5);
    check_joules(energy, 12.5);
    close_tree(energy, &root, folder);
    energy_close(NULL);
    (void)state;
}

static void packages_are_added_up(void **state)
{
    struct root root;
    char *folder = fixture_make_folder();
    write_zone(folder, "intel-rapl:0", "package-0\n", "5\n");
    write_zone(folder, "intel-rapl:10", "package-1-die-1\n", "7000000\n");
    struct energy *energy = open_tree(folder, &root);
    fixture_write(folder, PACKAGE "energy_uj", "1000005\n");
    fixture_write(folder, POWERCAP "intel-rapl:10/energy_uj", "9000000\n");
    check_joules(energy, 3);
    close_tree(energy, &root, folder);
    (void)state;
}

static void a_counter_begins_anew_at_its_end(void **state)
{
    struct root root;
    char *folder = fixture_make_folder();
    write_zone(folder, "intel-rapl:0", "package-0\n", "262140328850\n");
    struct energy *energy = open_tree(folder, &root);
    fixture_write(folder, PACKAGE "energy_uj", "1500000\n");
    check_joules(energy, 4.5);
    fixture_write(folder, PACKAGE "energy_uj", "2500000\n");
    check_joules(energy, 5.5);
    close_tree(energy, &root, folder);
    (void)state;
}

/* What was used meanwhile is not known, and would be added to all that follows. */
static void a_counter_that_was_set_back_is_given_up(void **state)
{
    static const char *const ranges[] = {RANGE, "0\n", "many\n", "100\n"};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        struct root root;
        double joules = 7;
        char *folder = fixture_make_folder();
        write_zone(folder, "intel-rapl:0", "package-0\n", "200000000000\n");
        fixture_write(folder, PACKAGE "max_energy_range_uj", ranges[i]);
        struct energy *energy = open_tree(folder, &root);
        fixture_write(folder, PACKAGE "energy_uj", "1000000\n");
        assert_false(energy_read(energy, &joules));
        fixture_write(folder, PACKAGE "energy_uj", "2000000\n");
        assert_false(energy_read(energy, &joules));
        assert_float_equal(joules, 7, 0);
        close_tree(energy, &root, folder);
    }
    (void)state;
}

/* Permissions do not hold back root: a folder, and what is no number, do. */
static void what_cannot_be_read_is_not_visible(void **state)
{
    static const char *const nonsense[] = {
        "", "\n", "-5\n", "much\n", "12 J\n", "99999999999999999999\n", "0x10\n"};
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        char *folder = fixture_make_folder();
        write_zone(folder, "intel-rapl:0", "package-0\n", nonsense[i]);
        check_not_visible(folder);
    }
    char *folder = fixture_make_folder();
    fixture_write(folder, PACKAGE "name", "package-0\n");
    check_not_visible(folder);
    folder = fixture_make_folder();
    fixture_write(folder, PACKAGE "name", "package-0\n");
    fixture_write(folder, PACKAGE "energy_uj/x", "");
    check_not_visible(folder);
    folder = make_laptop(); /* one of two would be half of it */
    fixture_write(folder, POWERCAP "intel-rapl:2/name", "package-1\n");
    check_not_visible(folder);
    (void)state;
}

static void a_machine_without_powercap_shows_nothing(void **state)
{
    check_not_visible(fixture_make_folder());
    char *folder = fixture_make_folder();
    fixture_write(folder, "sys/class/powercap", "no folder\n");
    check_not_visible(folder);
    folder = fixture_make_folder();
    write_zone(folder, "intel-rapl:0", "psys\n", "1\n");
    write_zone(folder, "dtpm:0", "package-0\n", "1\n");
    check_not_visible(folder);
    (void)state;
}

/* It counts on meanwhile, should it come back. */
static void a_zone_may_vanish(void **state)
{
    struct root root;
    double joules;
    char *folder = fixture_make_folder();
    write_zone(folder, "intel-rapl:0", "package-0\n", "1000000\n");
    write_zone(folder, "intel-rapl:1", "package-1\n", "1000000\n");
    struct energy *energy = open_tree(folder, &root);
    char *path = text_format("%s/" POWERCAP "intel-rapl:1/energy_uj", folder);
    assert_int_equal(unlink(path), 0);
    fixture_write(folder, PACKAGE "energy_uj", "2000000\n");
    for (int i = 0; i < 5; i++)
        assert_false(energy_read(energy, &joules));
    fixture_write(folder, POWERCAP "intel-rapl:1/energy_uj", "4000000\n");
    check_joules(energy, 4);
    close_tree(energy, &root, folder);
    free(path);
    (void)state;
}

/* A pipe that nobody, or somebody who is silent, has open to write. */
static void nobody_waits_for_a_silent_file(void **state)
{
    struct root root;
    double joules;
    char *folder = fixture_make_folder();
    write_zone(folder, "intel-rapl:0", "package-0\n", "1000000\n");
    struct energy *energy = open_tree(folder, &root);
    char *path = text_format("%s/" PACKAGE "energy_uj", folder);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    alarm(60);
    assert_false(energy_read(energy, &joules));
    int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    for (int i = 0; i < 4; i++)
        assert_false(energy_read(energy, &joules));
    alarm(0);
    assert_int_equal(write(fd, "3000000\n", 8), 8); /* too late: it is not asked again */
    assert_false(energy_read(energy, &joules));
    char left[16];
    assert_int_equal(read(fd, left, sizeof left), 8);
    assert_int_equal(close(fd), 0);
    close_tree(energy, &root, folder);
    free(path);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_package_counts_and_not_its_parts),
        cmocka_unit_test(packages_are_added_up),
        cmocka_unit_test(a_counter_begins_anew_at_its_end),
        cmocka_unit_test(a_counter_that_was_set_back_is_given_up),
        cmocka_unit_test(what_cannot_be_read_is_not_visible),
        cmocka_unit_test(a_machine_without_powercap_shows_nothing),
        cmocka_unit_test(a_zone_may_vanish),
        cmocka_unit_test(nobody_waits_for_a_silent_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
