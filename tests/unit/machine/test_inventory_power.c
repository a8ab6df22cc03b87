// SPDX-License-Identifier: MIT
/* What the inventory says of clocks and power, each with and without cause for concern.
 */
#include "inventory_fixture.h"

#define POLICIES "/" FIXTURE_SYS_CPU "/cpufreq/policy*/"

static void write_policy(
    const char *folder, int policy, const char *name, const char *text)
{
    char *path = text_format(FIXTURE_SYS_CPU "/cpufreq/policy%d/%s", policy, name);
    fixture_write(folder, path, text);
    free(path);
}

/* The policies 0, 1, 2 and 10 of one CPU each. */
static char *make_policies(const char *driver, const char *governor)
{
    static const int ids[] = {0, 1, 2, 10};
    char *folder = looked_make_folder();
    for (size_t i = 0; i < 4; i++) {
        write_policy(folder, ids[i], "scaling_driver", driver);
        write_policy(folder, ids[i], "scaling_governor", governor);
    }
    return folder;
}

static void powersave_is_slow_with_ordinary_drivers(void **state)
{
    static const char slow[] =
        "The governor is powersave, which with this driver keeps the lowest clock";
    static const char *const drivers[] = {
        "acpi-cpufreq\n", "cppc_cpufreq\n", "amd-pstate\n", "intel_cpufreq\n"};
    for (size_t i = 0; i < sizeof drivers / sizeof drivers[0]; i++)
        check_folder(
            make_policies(drivers[i], "powersave\n"), "governor", "powersave", slow);
    check_folder(
        make_policies("acpi-cpufreq\n", "schedutil\n"), "governor", "schedutil", "");
    (void)state;
}

static void powersave_is_ordinary_with_drivers_that_choose(void **state)
{
    char *folder = make_policies("intel_pstate\n", "powersave\n");
    fixture_write(folder, FIXTURE_SYS_CPU "/intel_pstate/status", "active\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "driver", "intel_pstate (active)", POLICIES "scaling_driver");
    check_line(&looked, "governor", "powersave", POLICIES "scaling_governor");
    check_concern(&looked, "governor", "");
    looked_finish(&looked);
    fixture_remove(folder);
    check_folder(
        make_policies("amd-pstate-epp\n", "powersave\n"), "governor", "powersave", "");
    (void)state;
}

static void different_policies_are_counted(void **state)
{
    char *folder = make_policies("acpi-cpufreq\n", "performance\n");
    write_policy(folder, 10, "scaling_governor", "powersave\n");
    check_folder(folder, "governor", "performance on 3 of 4, powersave on 1 of 4",
        "The governor is powersave on 1 of 4 groups of CPUs, which with this driver "
        "keeps "
        "the lowest clock");
    folder = make_policies("x\n", "a\n");
    for (int policy = 0; policy < 9; policy++) {
        char name[4] = {(char)('a' + policy), '\n', '\0'};
        write_policy(folder, policy, "scaling_governor", name);
    }
    check_folder(folder, "governor",
        "a on 2 of 10, b on 1 of 10, c on 1 of 10, d on 1 of 10, e on 1 of 10, "
        "others on 4 of 10",
        "");
    (void)state;
}

/* Of both halves some are asked. */
static void of_many_policies_some_are_read(void **state)
{
    char *folder = looked_make_folder();
    for (int policy = 0; policy < 200; policy++)
        write_policy(folder, policy, "scaling_governor",
            policy < 100 ? "performance\n" : "schedutil\n");
    check_folder(folder, "governor",
        "performance on 50 of 100, schedutil on 50 of 100 (100 of 200 files read)", "");
    (void)state;
}

/* One whose CPUs are all offline has files that cannot be read. */
static void a_policy_that_sleeps_hides_no_other(void **state)
{
    char *folder = make_policies("acpi-cpufreq\n", "schedutil\n");
    write_policy(folder, 0, "scaling_governor", "");
    check_folder(folder, "governor", "schedutil", "");
    (void)state;
}

static void old_kernels_have_a_folder_in_each_cpu(void **state)
{
    char *folder = looked_make_folder();
    for (int id = 0; id < 4; id++)
        fixture_write_cpu(folder, id, "cpufreq/scaling_governor", "ondemand\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "governor", "ondemand",
        "/" FIXTURE_SYS_CPU "/cpu*/cpufreq/scaling_governor");
    looked_finish(&looked);
    fixture_remove(folder);
    (void)state;
}

static void a_preference_for_little_power_is_a_concern(void **state)
{
    char *folder = make_policies("intel_pstate\n", "powersave\n");
    for (int policy = 0; policy < 3; policy++)
        write_policy(folder, policy, "energy_performance_preference", "balance_power\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(
        &looked, "energy", "balance_power", POLICIES "energy_performance_preference");
    check_concern(&looked, "energy", "");
    looked_finish(&looked);
    write_policy(folder, 2, "energy_performance_preference", "power\n");
    check_folder(folder, "energy", "balance_power on 2 of 3, power on 1 of 3",
        "The energy preference is \"power\" on 1 of 3 groups of CPUs: low clocks are "
        "preferred");
    (void)state;
}

static char *make_file(const char *name, const char *text)
{
    char *folder = looked_make_folder();
    fixture_write(folder, name, text);
    return folder;
}

static void boost_that_is_off_is_a_concern(void **state)
{
    static const char off[] = "Boost is off: no CPU goes beyond its base clock";
    static const char boost[] = FIXTURE_SYS_CPU "/cpufreq/boost";
    static const char no_turbo[] = FIXTURE_SYS_CPU "/intel_pstate/no_turbo";
    check_folder(make_file(boost, "1\n"), "boost", "on", "");
    check_folder(make_file(boost, "0\n"), "boost", "off", off);
    check_folder(make_file(no_turbo, "0\n"), "boost", "on", "");
    check_folder(make_file(no_turbo, "1\n"), "boost", "off", off);
    char *folder = make_policies("amd-pstate-epp\n", "performance\n");
    for (int policy = 0; policy < 3; policy++)
        write_policy(folder, policy, "boost", policy == 1 ? "0\n" : "1\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "boost", "off on 1 of 3", POLICIES "boost");
    check_concern(&looked, "boost",
        "Boost is off for 1 of 3 groups of CPUs: they do not go beyond the base clock");
    looked_finish(&looked);
    fixture_write(folder, boost, "0\n");
    looked_at_folder(&looked, folder);
    check_line(&looked, "boost", "off", "/" FIXTURE_SYS_CPU "/cpufreq/boost");
    looked_finish(&looked);
    fixture_write(folder, boost, "1\n");
    looked_at_folder(&looked, folder);
    check_line(&looked, "boost", "off on 1 of 3", POLICIES "boost");
    looked_finish(&looked);
    write_policy(folder, 1, "boost", "1\n");
    looked_at_folder(&looked, folder);
    check_line(&looked, "boost", "on", "/" FIXTURE_SYS_CPU "/cpufreq/boost");
    check_concern(&looked, "boost", "");
    looked_finish(&looked);
    fixture_remove(folder);
    (void)state;
}

static void the_profile_is_shown(void **state)
{
    static const char name[] = "sys/firmware/acpi/platform_profile";
    check_folder(make_file(name, "balanced\n"), "profile", "balanced", "");
    check_folder(make_file(name, "low-power\n"), "profile", "low-power",
        "The platform profile is low-power: the firmware holds the clocks down");
    (void)state;
}

#define SUPPLIES "sys/class/power_supply/"

static char *make_laptop(const char *mains, const char *status)
{
    char *folder = looked_make_folder();
    fixture_write(folder, SUPPLIES "AC/type", "Mains\n");
    fixture_write(folder, SUPPLIES "AC/online", mains);
    fixture_write(folder, SUPPLIES "BAT0/type", "Battery\n");
    fixture_write(folder, SUPPLIES "BAT0/status", status);
    fixture_write(folder, SUPPLIES "mouse/type", "Battery\n");
    fixture_write(folder, SUPPLIES "mouse/scope", "Device\n");
    fixture_write(folder, SUPPLIES "mouse/status", "Discharging\n");
    return folder;
}

static void running_on_battery_is_a_concern(void **state)
{
    check_folder(make_laptop("1\n", "Full\n"), "battery", "mains on, battery: Full", "");
    check_folder(make_laptop("1\n", "Discharging\n"), "battery",
        "mains on, battery: Discharging", "");
    char *folder = make_laptop("0\n", "Discharging\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "battery", "mains off, battery: Discharging",
        "/" SUPPLIES "BAT0/status");
    check_concern(&looked, "battery",
        "The machine runs on its battery: it may save power by lower clocks");
    looked_finish(&looked);
    fixture_write(folder, SUPPLIES "USB/type", "USB\n");
    fixture_write(folder, SUPPLIES "USB/online", "1\n");
    check_folder(folder, "battery", "mains on, battery: Discharging", "");
    folder = looked_make_folder();
    fixture_write(folder, SUPPLIES "mouse/type", "Battery\n");
    fixture_write(folder, SUPPLIES "mouse/scope", "Device\n");
    fixture_write(folder, SUPPLIES "mouse/status", "Discharging\n");
    check_folder(folder, "battery", "no battery and no mains are listed", "");
    (void)state;
}

static void heat_and_clocks_are_shown(void **state)
{
    char *folder = looked_make_folder();
    fixture_write(folder, "sys/class/hwmon/hwmon0/name", "k10temp\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp1_input", "61250\n");
    write_policy(folder, 0, "scaling_cur_freq", "1200000\n");
    write_policy(folder, 0, "affected_cpus", "0-3\n");
    struct looked looked;
    looked_at_folder(&looked, folder);
    check_line(&looked, "temperature", "61 degrees Celsius at the hottest",
        "/sys/class/hwmon/hwmon0/temp1_input");
    check_line(&looked, "clock", "1200 MHz now",
        "/" FIXTURE_SYS_CPU "/cpufreq/policy0/scaling_cur_freq");
    looked_finish(&looked);
    fixture_remove(folder);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(powersave_is_slow_with_ordinary_drivers),
        cmocka_unit_test(powersave_is_ordinary_with_drivers_that_choose),
        cmocka_unit_test(different_policies_are_counted),
        cmocka_unit_test(of_many_policies_some_are_read),
        cmocka_unit_test(a_policy_that_sleeps_hides_no_other),
        cmocka_unit_test(old_kernels_have_a_folder_in_each_cpu),
        cmocka_unit_test(a_preference_for_little_power_is_a_concern),
        cmocka_unit_test(boost_that_is_off_is_a_concern),
        cmocka_unit_test(the_profile_is_shown),
        cmocka_unit_test(running_on_battery_is_a_concern),
        cmocka_unit_test(heat_and_clocks_are_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
