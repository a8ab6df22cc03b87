// SPDX-License-Identifier: MIT
#include "machine/sensors.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "base/memory.h"
#include "recorded.h"

#define BUDGET_NS NS_PER_S
#define POLICY FIXTURE_SYS_CPU "/cpufreq/policy"

enum { LATE_MS = 120 };

/* Four CPUs, of which the third is offline. */
static struct machine four_cpus(struct machine_cpu cpus[4])
{
    static const int ids[] = {0, 1, 2, 7};
    for (int i = 0; i < 4; i++)
        cpus[i] = (struct machine_cpu){.id = ids[i], .online = i != 2};
    return (struct machine){.cpu_count = 4, .cpus = cpus};
}

/* One reading of the tree, which is then taken away. */
static struct sensors_reading read_tree(char *folder)
{
    struct machine_cpu cpus[4];
    const struct machine machine = four_cpus(cpus);
    struct root root;
    struct sensors *sensors;
    struct sensors_reading reading;
    fixture_open_path(folder, &root);
    assert_int_equal(sensors_open(&root, &machine, &sensors), 0);
    sensors_read(sensors, BUDGET_NS, &reading);
    sensors_close(sensors);
    root_close(&root);
    fixture_remove(folder);
    return reading;
}

static void check_clocks(const struct sensors_reading *reading, int low, int median,
    int high, const char *where)
{
    assert_int_equal(reading->has_clocks, low > 0);
    assert_int_equal(reading->mhz_low, low);
    assert_int_equal(reading->mhz_median, median);
    assert_int_equal(reading->mhz_high, high);
    assert_string_equal(reading->clocks_where, where);
}

static void check_heat(
    const struct sensors_reading *reading, double celsius, const char *where)
{
    assert_int_equal(reading->has_heat, where[0] != '\0');
    assert_float_equal(reading->celsius, celsius, 1e-9);
    assert_string_equal(reading->heat_where, where);
}

/* A policy counts for each of its CPUs that is online. */
static void policies_are_read(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, POLICY "7/related_cpus", "7\n");
    fixture_write(folder, POLICY "7/scaling_cur_freq", "3500400\n");
    fixture_write(folder, POLICY "0/affected_cpus", "0 1\n");
    fixture_write(folder, POLICY "0/scaling_cur_freq", "800000\n");
    fixture_write(folder, POLICY "2/affected_cpus", "\n");
    fixture_write(folder, POLICY "2/scaling_cur_freq", "9900000\n");
    fixture_write(folder, POLICY "8/related_cpus", "2\n"); /* offline, too */
    fixture_write(folder, POLICY "8/scaling_cur_freq", "9900000\n");
    fixture_write(folder, "proc/cpuinfo", "processor : 0\ncpu MHz : 1234\n");
    const struct sensors_reading reading = read_tree(folder);
    check_clocks(&reading, 800, 800, 3500, "/" POLICY "0/scaling_cur_freq");
    check_heat(&reading, 0, "");
    (void)state;
}

/* Kernels before 4.3 have no folders of policies. */
static void without_policies_each_cpu_is_asked(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write_cpu(folder, 1, "cpufreq/scaling_cur_freq", "1000000\n");
    fixture_write_cpu(folder, 2, "cpufreq/scaling_cur_freq", "9000000\n"); /* offline */
    fixture_write_cpu(folder, 7, "cpufreq/scaling_cur_freq", "2000000\n");
    const struct sensors_reading reading = read_tree(folder);
    check_clocks(
        &reading, 1000, 1500, 2000, "/" FIXTURE_SYS_CPU "/cpu1/cpufreq/scaling_cur_freq");
    (void)state;
}

static void without_cpufreq_cpuinfo_is_asked(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, POLICY "0/affected_cpus", "0\n");
    fixture_write(folder, POLICY "0/scaling_cur_freq", "<unknown>\n");
    fixture_write(folder, "proc/cpuinfo",
        "processor : 0\ncpu MHz : 2000.4\n\nprocessor : 1\ncpu MHz : 2100.4\n\n"
        "processor : 7\ncpu MHz : 2600.4\n");
    const struct sensors_reading reading = read_tree(folder);
    check_clocks(&reading, 2000, 2100, 2600, "/proc/cpuinfo");
    (void)state;
}

static void nonsense_is_not_visible(void **state)
{
    static const char *const nonsense[] = {
        "0\n", "-5\n", "", "\n", "fast\n", "1200000 or so\n", "99999999999999999999\n"};
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        char *folder = fixture_make_folder();
        fixture_write_cpu(folder, 0, "cpufreq/scaling_cur_freq", nonsense[i]);
        const struct sensors_reading reading = read_tree(folder);
        check_clocks(&reading, 0, 0, 0, "");
    }
    char *folder = fixture_make_folder();
    fixture_write(folder, "sys/class/hwmon/hwmon0/name", "coretemp\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp1_input", "150001\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp2_input", "-40001\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp3_input", "warm\n");
    const struct sensors_reading reading = read_tree(folder);
    check_heat(&reading, 0, "");
    (void)state;
}

/* A disk, the CPU's package and cores, and a board that is hotter. */
static void the_hottest_of_the_cpu_counts(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, "sys/class/hwmon/hwmon0/name", "nvme\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp1_input", "90000\n");
    fixture_write(folder, "sys/class/hwmon/hwmon1/name", "coretemp\n");
    fixture_write(folder, "sys/class/hwmon/hwmon1/temp1_input", "48000\n");
    fixture_write(folder, "sys/class/hwmon/hwmon1/temp1_crit", "100000\n");
    fixture_write(folder, "sys/class/hwmon/hwmon10/name", "coretemp\n");
    fixture_write(folder, "sys/class/hwmon/hwmon10/temp12_input", "61500\n");
    fixture_write(folder, "sys/class/thermal/thermal_zone0/type", "x86_pkg_temp\n");
    fixture_write(folder, "sys/class/thermal/thermal_zone0/temp", "99000\n");
    const struct sensors_reading reading = read_tree(folder);
    check_heat(&reading, 61.5, "/sys/class/hwmon/hwmon10/temp12_input");
    (void)state;
}

static void check_driver(const char *name, double celsius)
{
    char *folder = fixture_make_folder(), *text = text_format("%s\n", name);
    fixture_write(folder, "sys/class/hwmon/hwmon0/name", text);
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp1_input", "70000\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp1_label", "Tctl\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp2_input", "43000\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp2_label", "Tdie\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp3_input", "60000\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp3_label", "PMIC\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp4_input", "52000\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp4_label", "big\n");
    const struct sensors_reading reading = read_tree(folder);
    assert_int_equal(reading.has_heat, celsius > 0);
    assert_float_equal(reading.celsius, celsius, 1e-9);
    free(text);
}

static void drivers_differ(void **state)
{
    check_driver("coretemp", 70);
    check_driver("cpu_thermal", 70);
    check_driver("cpu0_thermal", 70);
    check_driver("soc_thermal", 70);
    check_driver("bigcore0_thermal", 70);
    check_driver("k10temp", 60); /* without Tctl, for there is a Tdie */
    check_driver("zenpower", 60);
    check_driver("scpi_sensors", 52); /* what is labelled as a CPU's */
    check_driver("gpu_thermal", 0);
    check_driver("acpitz", 0);
    check_driver("cpu_fan", 0);
    check_driver("iwlwifi_1", 0);
    (void)state;
}

static void tctl_alone_is_the_temperature(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, "sys/class/hwmon/hwmon3/name", "k10temp\n");
    fixture_write(folder, "sys/class/hwmon/hwmon3/temp1_input", "55250\n");
    fixture_write(folder, "sys/class/hwmon/hwmon3/temp1_label", "Tctl\n");
    const struct sensors_reading reading = read_tree(folder);
    check_heat(&reading, 55.25, "/sys/class/hwmon/hwmon3/temp1_input");
    (void)state;
}

static void old_kernels_have_a_folder_more(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, "sys/class/hwmon/hwmon0/device/name", "coretemp\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/device/temp1_input", "-3000\n");
    const struct sensors_reading reading = read_tree(folder);
    check_heat(&reading, -3, "/sys/class/hwmon/hwmon0/device/temp1_input");
    (void)state;
}

static void without_hwmon_thermal_zones_are_asked(void **state)
{
    static const char *const types[] = {
        "x86_pkg_temp", "cpu-thermal", "cpu-0-1-thermal", "soc_thermal", "CPU-therm"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char *folder = fixture_make_folder(), *type = text_format("%s\n", types[i]);
        fixture_write(folder, "sys/class/hwmon/hwmon0/name", "acpitz\n");
        fixture_write(folder, "sys/class/hwmon/hwmon0/temp1_input", "90000\n");
        fixture_write(folder, "sys/class/thermal/thermal_zone0/type", "acpitz\n");
        fixture_write(folder, "sys/class/thermal/thermal_zone0/temp", "90000\n");
        fixture_write(folder, "sys/class/thermal/thermal_zone11/type", type);
        fixture_write(folder, "sys/class/thermal/thermal_zone11/temp", "42000\n");
        fixture_write(folder, "sys/class/thermal/cooling_device0/type", type);
        const struct sensors_reading reading = read_tree(folder);
        check_heat(&reading, 42, "/sys/class/thermal/thermal_zone11/temp");
        free(type);
    }
    (void)state;
}

/* Answers whoever opens the pipe to read, once, and late. */
static pid_t answer_late(const char *path, const char *answer)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    int fd = open(path, O_WRONLY | O_CLOEXEC); /* waits for the reader */
    const struct timespec late = clock_timespec(LATE_MS * NS_PER_MS);
    nanosleep(&late, NULL);
    _exit(fd < 0 || write(fd, answer, strlen(answer)) < 0);
}

/* A pipe in the place of the file: asked again, it would wait for ever. */
static void a_slow_file_is_asked_once(void **state)
{
    struct machine_cpu cpus[4];
    const struct machine machine = four_cpus(cpus);
    struct sensors_reading reading;
    char *folder = fixture_make_folder();
    fixture_write(folder, "sys/class/hwmon/hwmon0/name", "coretemp\n");
    char *path = text_format("%s/sys/class/hwmon/hwmon0/temp1_input", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    struct root root;
    struct sensors *sensors;
    fixture_open_path(folder, &root);
    assert_int_equal(sensors_open(&root, &machine, &sensors), 0);
    pid_t child = answer_late(path, "64000\n");
    alarm(60); /* rather than waiting for ever */
    sensors_read(sensors, BUDGET_NS, &reading);
    check_heat(&reading, 64, "/sys/class/hwmon/hwmon0/temp1_input");
    sensors_read(sensors, BUDGET_NS, &reading);
    alarm(0);
    assert_false(reading.has_heat);
    assert_string_equal(reading.heat_where, "/sys/class/hwmon/hwmon0/temp1_input");
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    sensors_close(sensors);
    root_close(&root);
    free(path);
    fixture_remove(folder);
    (void)state;
}

/* A pipe in the place of a policy's CPUs: asked for them when the sensors are opened,
 * when there is no time, or again, it would wait for ever. */
static void a_policy_is_asked_for_its_cpus_once(void **state)
{
    struct machine_cpu cpus[4];
    const struct machine machine = four_cpus(cpus);
    struct sensors_reading reading;
    char *folder = fixture_make_folder();
    fixture_write(folder, POLICY "0/scaling_cur_freq", "1000000\n");
    fixture_write(folder, POLICY "7/scaling_cur_freq", "2000000\n");
    fixture_write(folder, POLICY "7/affected_cpus", "7\n");
    char *path = text_format("%s/" POLICY "0/affected_cpus", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    struct root root;
    struct sensors *sensors;
    fixture_open_path(folder, &root);
    alarm(60); /* rather than waiting for ever */
    assert_int_equal(sensors_open(&root, &machine, &sensors), 0);
    sensors_read(sensors, 0, &reading);
    check_clocks(&reading, 0, 0, 0, "");
    pid_t child = answer_late(path, "0 1 2\n");
    sensors_read(sensors, 60 * BUDGET_NS, &reading);
    check_clocks(&reading, 1000, 1000, 2000, "/" POLICY "0/scaling_cur_freq");
    fixture_write(folder, POLICY "0/scaling_cur_freq", "3000000\n");
    sensors_read(sensors, 60 * BUDGET_NS, &reading);
    alarm(0);
    check_clocks(&reading, 2000, 3000, 3000, "/" POLICY "0/scaling_cur_freq");
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    sensors_close(sensors);
    root_close(&root);
    free(path);
    fixture_remove(folder);
    (void)state;
}

/* Whose clock it would be is not known: those of the others are told, and whose they
 * are. */
static void a_policy_without_cpus_is_passed_over(void **state)
{
    char *folder = fixture_make_folder();
    fixture_write(folder, POLICY "0/scaling_cur_freq", "9900000\n");
    fixture_write(folder, POLICY "1/affected_cpus", "2\n"); /* offline */
    fixture_write(folder, POLICY "1/scaling_cur_freq", "9900000\n");
    fixture_write(folder, POLICY "7/affected_cpus", "7\n");
    fixture_write(folder, POLICY "7/scaling_cur_freq", "1500000\n");
    const struct sensors_reading reading = read_tree(folder);
    check_clocks(&reading, 1500, 1500, 1500, "/" POLICY "7/scaling_cur_freq");
    (void)state;
}

/* What was slow uses up the budget: the rest is for the next time. */
static void the_budget_is_kept(void **state)
{
    struct machine_cpu cpus[4];
    const struct machine machine = four_cpus(cpus);
    struct sensors_reading reading;
    char *folder = fixture_make_folder();
    fixture_write_cpu(folder, 0, "cpufreq/x", "");
    fixture_write_cpu(folder, 1, "cpufreq/scaling_cur_freq", "1000000\n");
    char *path =
        text_format("%s/" FIXTURE_SYS_CPU "/cpu0/cpufreq/scaling_cur_freq", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    struct root root;
    struct sensors *sensors;
    fixture_open_path(folder, &root);
    assert_int_equal(sensors_open(&root, &machine, &sensors), 0);
    sensors_read(sensors, 0, &reading);
    check_clocks(&reading, 0, 0, 0, "");
    pid_t child = answer_late(path, "3000000\n");
    alarm(60);
    sensors_read(sensors, LATE_MS / 2 * NS_PER_MS, &reading);
    check_clocks(
        &reading, 3000, 3000, 3000, "/" FIXTURE_SYS_CPU "/cpu0/cpufreq/scaling_cur_freq");
    sensors_read(sensors, BUDGET_NS, &reading);
    alarm(0);
    check_clocks(
        &reading, 1000, 1000, 1000, "/" FIXTURE_SYS_CPU "/cpu1/cpufreq/scaling_cur_freq");
    assert_int_equal(waitpid(child, NULL, 0), child);
    sensors_close(sensors);
    root_close(&root);
    free(path);
    fixture_remove(folder);
    (void)state;
}

static void values_are_read_anew(void **state)
{
    struct machine_cpu cpus[4];
    const struct machine machine = four_cpus(cpus);
    struct sensors_reading reading;
    char *folder = fixture_make_folder();
    fixture_write_cpu(folder, 0, "cpufreq/scaling_cur_freq", "1000000\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/name", "coretemp\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp1_input", "50000\n");
    struct root root;
    struct sensors *sensors;
    fixture_open_path(folder, &root);
    assert_int_equal(sensors_open(&root, &machine, &sensors), 0);
    sensors_read(sensors, BUDGET_NS, &reading);
    assert_int_equal(reading.mhz_high, 1000);
    fixture_write_cpu(folder, 0, "cpufreq/scaling_cur_freq", "2000000\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp1_input", "40000\n");
    sensors_read(sensors, BUDGET_NS, &reading);
    assert_int_equal(reading.mhz_high, 2000);
    assert_float_equal(reading.celsius, 40, 1e-9);
    fixture_write_cpu(folder, 0, "cpufreq/scaling_cur_freq", "<unknown>\n"); /* offline */
    sensors_read(sensors, BUDGET_NS, &reading);
    assert_false(reading.has_clocks);
    assert_true(reading.has_heat);
    sensors_close(sensors);
    sensors_close(NULL);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

static struct sensors_reading read_recorded(const char *name)
{
    struct root root;
    struct fault fault = {0};
    struct machine machine;
    struct sensors *sensors;
    struct sensors_reading reading;
    char *folder = recorded_open(name, &root);
    assert_int_equal(machine_init(&machine, &root, environ, &fault), 0);
    assert_int_equal(sensors_open(&root, &machine, &sensors), 0);
    sensors_read(sensors, 60 * BUDGET_NS, &reading);
    sensors_close(sensors);
    machine_finish(&machine);
    root_close(&root);
    fixture_remove(folder);
    return reading;
}

static void recorded_clocks_are_read(void **state)
{
    const struct sensors_reading hybrid = read_recorded("20em64t-hybrid-1p6c2t+2ca4co1t");
    assert_true(hybrid.has_clocks && !hybrid.has_heat);
    assert_string_equal(hybrid.clocks_where, "/" POLICY "0/scaling_cur_freq");
    assert_in_range(hybrid.mhz_low, 400, hybrid.mhz_median);
    assert_in_range(hybrid.mhz_high, hybrid.mhz_median, 5000);
    const struct sensors_reading plain = read_recorded("16em64t-4s2c2t-offlines");
    check_clocks(&plain, 2593, 2593, 2593, "/proc/cpuinfo");
    (void)state;
}

/* Whatever this machine shows is a clock and a temperature. */
static void the_real_machine_is_read(void **state)
{
    struct root root;
    struct fault fault = {0};
    struct machine machine;
    struct sensors *sensors;
    struct sensors_reading reading;
    assert_int_equal(root_open(NULL, &root, &fault), 0);
    assert_int_equal(machine_init(&machine, &root, environ, &fault), 0);
    assert_int_equal(sensors_open(&root, &machine, &sensors), 0);
    sensors_read(sensors, BUDGET_NS, &reading);
    assert_true(reading.mhz_low <= reading.mhz_median);
    assert_true(reading.mhz_median <= reading.mhz_high);
    assert_true(reading.has_clocks == (reading.mhz_low > 0));
    assert_true(!reading.has_clocks || access(reading.clocks_where, F_OK) == 0);
    assert_true(!reading.has_heat || access(reading.heat_where, F_OK) == 0);
    sensors_close(sensors);
    machine_finish(&machine);
    root_close(&root);
    (void)state;
}

static void write_many_policies(const char *folder, int count, int mhz)
{
    char name[80], text[32];
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, POLICY "%d/affected_cpus", i);
        snprintf(text, sizeof text, "%d\n", i);
        fixture_write(folder, name, text);
        snprintf(name, sizeof name, POLICY "%d/scaling_cur_freq", i);
        snprintf(text, sizeof text, "%d\n", 1000 * (mhz + i));
        fixture_write(folder, name, text);
    }
}

/* However little time there is at once, all are asked in the end, and each tells what it
 * said last. */
static void many_clocks_are_read_in_turns(void **state)
{
    enum { COUNT = 1024 };
    struct machine_cpu *cpus = memory_new(COUNT, sizeof *cpus);
    for (int i = 0; i < COUNT; i++)
        cpus[i] = (struct machine_cpu){.id = i, .online = true};
    const struct machine machine = {.cpu_count = COUNT, .cpus = cpus};
    struct root root;
    struct sensors *sensors;
    char *folder = fixture_make_folder();
    write_many_policies(folder, COUNT, 1000);
    fixture_open_path(folder, &root);
    assert_int_equal(sensors_open(&root, &machine, &sensors), 0);
    assert_false(sensors_read_on(sensors, 0));
    assert_int_equal(sensors_mhz(sensors)[0], 0);
    int turns = 0;
    while (!sensors_read_on(sensors, NS_PER_MS / 20))
        turns++;
    assert_true(turns > 0);
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(sensors_mhz(sensors)[i], 1000 + i);
    write_many_policies(folder, COUNT, 2000);
    fixture_write(folder, POLICY "7/scaling_cur_freq", "<unknown>\n");
    assert_true(sensors_read_on(sensors, 60 * BUDGET_NS));
    for (int i = 0; i < COUNT; i++)
        assert_int_equal(sensors_mhz(sensors)[i], i == 7 ? 0 : 2000 + i);
    sensors_close(sensors);
    root_close(&root);
    fixture_remove(folder);
    free(cpus);
    (void)state;
}

static void the_hottest_is_told_in_turns(void **state)
{
    struct machine_cpu cpus[4];
    const struct machine machine = four_cpus(cpus);
    struct root root;
    struct sensors *sensors;
    char *folder = fixture_make_folder();
    fixture_write(folder, "sys/class/hwmon/hwmon0/name", "coretemp\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp1_input", "48000\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp2_input", "61500\n");
    fixture_open_path(folder, &root);
    assert_int_equal(sensors_open(&root, &machine, &sensors), 0);
    assert_true(isnan(sensors_celsius(sensors)));
    assert_true(sensors_read_on(sensors, 60 * BUDGET_NS));
    assert_float_equal(sensors_celsius(sensors), 61.5, 1e-9);
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp2_input", "hot\n");
    assert_true(sensors_read_on(sensors, 60 * BUDGET_NS));
    assert_float_equal(sensors_celsius(sensors), 48, 1e-9);
    assert_false(sensors_are_silent(sensors));
    sensors_close(sensors);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

/* Three times in a row are no accident; what it said then is not kept for ever. */
static void a_slow_clock_is_given_up_in_turns(void **state)
{
    struct machine_cpu cpus[4];
    const struct machine machine = four_cpus(cpus);
    struct root root;
    struct sensors *sensors;
    char *folder = fixture_make_folder();
    fixture_write(folder, POLICY "0/affected_cpus", "0 1\n");
    fixture_write(folder, POLICY "7/affected_cpus", "7\n");
    fixture_write(folder, POLICY "7/scaling_cur_freq", "2000000\n");
    fixture_write(folder, "proc/cpuinfo", "processor : 0\ncpu MHz : 1234\n");
    char *path = text_format("%s/" POLICY "0/scaling_cur_freq", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    fixture_open_path(folder, &root);
    assert_int_equal(sensors_open(&root, &machine, &sensors), 0);
    alarm(60);
    for (int i = 0; i < 3; i++) {
        pid_t child = answer_late(path, "3000000\n");
        assert_true(sensors_read_on(sensors, 60 * BUDGET_NS));
        assert_int_equal(sensors_mhz(sensors)[1], 3000);
        assert_int_equal(waitpid(child, NULL, 0), child);
    }
    assert_true(sensors_read_on(sensors, 60 * BUDGET_NS));
    alarm(0);
    assert_int_equal(sensors_mhz(sensors)[0], 0);
    assert_int_equal(sensors_mhz(sensors)[1], 0);
    assert_int_equal(sensors_mhz(sensors)[3], 2000);
    sensors_close(sensors);
    root_close(&root);
    free(path);
    fixture_remove(folder);
    (void)state;
}

/* Each of thousands need not be tried three times. */
static void where_many_are_slow_all_are_given_up(void **state)
{
    enum { SLOW = 8 };
    struct machine_cpu cpus[4];
    const struct machine machine = four_cpus(cpus);
    struct root root;
    struct sensors *sensors;
    pid_t children[SLOW];
    char *folder = fixture_make_folder();
    fixture_write(folder, "sys/class/hwmon/hwmon0/name", "coretemp\n");
    fixture_write(folder, "sys/class/hwmon/hwmon0/temp9_input", "70000\n");
    for (int i = 0; i < SLOW; i++) {
        char *path = text_format("%s/sys/class/hwmon/hwmon0/temp%d_input", folder, i + 1);
        assert_int_equal(mkfifo(path, 0600), 0);
        children[i] = answer_late(path, "64000\n");
        free(path);
    }
    fixture_open_path(folder, &root);
    assert_int_equal(sensors_open(&root, &machine, &sensors), 0);
    alarm(60);
    assert_true(sensors_read_on(sensors, 60 * BUDGET_NS));
    assert_float_equal(sensors_celsius(sensors), 64, 1e-9);
    assert_true(sensors_read_on(sensors, 60 * BUDGET_NS));
    alarm(0);
    assert_true(isnan(sensors_celsius(sensors)));
    for (int i = 0; i < SLOW; i++)
        assert_int_equal(waitpid(children[i], NULL, 0), children[i]);
    sensors_close(sensors);
    root_close(&root);
    fixture_remove(folder);
    (void)state;
}

static void cpuinfo_is_asked_in_turns_or_nothing_is(void **state)
{
    struct machine_cpu cpus[4];
    const struct machine machine = four_cpus(cpus);
    for (int has = 0; has < 2; has++) {
        struct root root;
        struct sensors *sensors;
        char *folder = fixture_make_folder();
        fixture_write(folder, "proc/cpuinfo",
            has ? "processor : 1\ncpu MHz : 2100.4\n" : "processor : 1\n");
        fixture_open_path(folder, &root);
        assert_int_equal(sensors_open(&root, &machine, &sensors), 0);
        assert_false(sensors_are_silent(sensors));
        assert_true(sensors_read_on(sensors, BUDGET_NS));
        assert_int_equal(sensors_mhz(sensors)[1], has ? 2100 : 0);
        assert_int_equal(sensors_mhz(sensors)[0], 0);
        assert_int_equal(sensors_are_silent(sensors), !has);
        sensors_close(sensors);
        root_close(&root);
        fixture_remove(folder);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(policies_are_read),
        cmocka_unit_test(without_policies_each_cpu_is_asked),
        cmocka_unit_test(without_cpufreq_cpuinfo_is_asked),
        cmocka_unit_test(nonsense_is_not_visible),
        cmocka_unit_test(the_hottest_of_the_cpu_counts),
        cmocka_unit_test(drivers_differ),
        cmocka_unit_test(tctl_alone_is_the_temperature),
        cmocka_unit_test(old_kernels_have_a_folder_more),
        cmocka_unit_test(without_hwmon_thermal_zones_are_asked),
        cmocka_unit_test(a_slow_file_is_asked_once),
        cmocka_unit_test(a_policy_is_asked_for_its_cpus_once),
        cmocka_unit_test(a_policy_without_cpus_is_passed_over),
        cmocka_unit_test(the_budget_is_kept),
        cmocka_unit_test(values_are_read_anew),
        cmocka_unit_test(many_clocks_are_read_in_turns),
        cmocka_unit_test(the_hottest_is_told_in_turns),
        cmocka_unit_test(a_slow_clock_is_given_up_in_turns),
        cmocka_unit_test(where_many_are_slow_all_are_given_up),
        cmocka_unit_test(cpuinfo_is_asked_in_turns_or_nothing_is),
        cmocka_unit_test(recorded_clocks_are_read),
        cmocka_unit_test(the_real_machine_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
