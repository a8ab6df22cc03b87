// SPDX-License-Identifier: MIT
#include "machine/sensor_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

#define SYS_CPU "sys/devices/system/cpu"

enum { NAME_SIZE = 64, LIST_MAX = 1 << 16, NUMBERS_MAX = 4096, TEMPERATURES_MAX = 1024 };

void sensor_files_finish(struct sensor_files *files)
{
    for (size_t i = 0; i < files->count; i++) {
        free(files->files[i].path);
        free(files->files[i].cpus);
    }
    free(files->files);
    *files = (struct sensor_files){0};
}

static struct sensor_file *add_file(struct sensor_files *files, char *path)
{
    struct sensor_file *file =
        memory_append((void **)&files->files, files->count, sizeof *files->files);
    file->path = path;
    file->policy = -1;
    files->count++;
    return file;
}

static void add_cpu(struct sensor_file *file, size_t index)
{
    size_t *cpu =
        memory_append((void **)&file->cpus, file->cpu_count, sizeof *file->cpus);
    *cpu = index;
    file->cpu_count++;
}

static int compare_numbers(const void *a, const void *b)
{
    int first = *(const int *)a, second = *(const int *)b;
    return (first > second) - (first < second);
}

size_t sensor_files_list(const struct root *root, const char *path, const char *prefix,
    const char *suffix, int **ret_numbers)
{
    *ret_numbers = NULL;
    int fd = openat(root->fd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    if (fd >= 0 && !folder)
        close(fd);
    size_t count = 0, length = strlen(prefix);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        const char *digits = entry->d_name + length;
        if (count == NUMBERS_MAX || strncmp(entry->d_name, prefix, length) != 0 ||
            digits[0] < '0' || digits[0] > '9')
            continue;
        char *end;
        long number = strtol(digits, &end, 10);
        if (number > 1000000 || strcmp(end, suffix) != 0)
            continue;
        int *added = memory_append((void **)ret_numbers, count, sizeof **ret_numbers);
        *added = (int)number;
        count++;
    }
    if (folder)
        closedir(folder);
    if (count > 0)
        qsort(*ret_numbers, count, sizeof **ret_numbers, compare_numbers);
    return count;
}

/* The CPUs that a policy is for: "0 1 2 3". */
static void add_affected(
    struct sensor_file *file, const char *text, const struct machine *machine)
{
    for (;;) {
        char *end;
        long id = strtol(text, &end, 10);
        if (end == text)
            return;
        text = end;
        int index = id >= 0 && id <= 1000000 ? machine_cpu_index(machine, (int)id) : -1;
        if (index >= 0 && machine->cpus[index].online)
            add_cpu(file, (size_t)index);
    }
}

void sensor_file_find_cpus(
    struct sensor_file *file, const struct root *root, const struct machine *machine)
{
    static const char *const lists[] = {"affected_cpus", "related_cpus"};
    char *text = NULL;
    if (file->policy < 0)
        return;
    for (size_t i = 0; i < sizeof lists / sizeof *lists && !text; i++) {
        char *path = text_format(SYS_CPU "/cpufreq/policy%d/%s", file->policy, lists[i]);
        root_read(root, path, LIST_MAX, &text);
        free(path);
    }
    file->policy = -1;
    if (text)
        add_affected(file, text, machine);
    free(text);
}

static void add_policy(struct sensor_files *files, int number)
{
    char *path = text_format(SYS_CPU "/cpufreq/policy%d/scaling_cur_freq", number);
    add_file(files, path)->policy = number;
}

void sensor_files_find_clocks(
    struct sensor_files *files, const struct root *root, const struct machine *machine)
{
    int *policies;
    size_t count = sensor_files_list(root, SYS_CPU "/cpufreq", "policy", "", &policies);
    for (size_t i = 0; i < count; i++)
        add_policy(files, policies[i]);
    free(policies);
    if (files->count > 0)
        return;
    for (size_t i = 0; i < machine->cpu_count; i++) {
        if (!machine->cpus[i].online)
            continue;
        char *path =
            text_format(SYS_CPU "/cpu%d/cpufreq/scaling_cur_freq", machine->cpus[i].id);
        if (faccessat(root->fd, path, F_OK, 0) == 0)
            add_cpu(add_file(files, path), i);
        else
            free(path);
    }
}

/* Device trees name zones, and thus the drivers that show them in hwmon, as they like:
 * "cpu-thermal", "cpu0_thermal", "cpu-0-1-thermal", "soc_thermal", "bigcore0-thermal",
 * "CPU-therm". */
static bool is_thermal_of_cpu(const char *name)
{
    static const char *const starts[] = {
        "cpu", "soc", "bigcore", "littlecore", "cluster"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncasecmp(name, starts[i], strlen(starts[i])) == 0)
            return strcasestr(name, "therm") != NULL;
    return false;
}

/* Which of a driver's temperatures are the CPU's. */
enum choice {
    NONE,
    ALL,
    LABELLED, /* it shows other things, too */
    DIE,      /* AMD's Tctl may lie above the real one, Tdie, for the fan's sake
                 (hwmon/k10temp.rst); without Tdie it is the real one */
};

static enum choice choose(const char *driver)
{
    static const struct {
        const char *name;
        enum choice choice;
    } known[] = {{"coretemp", ALL}, {"k8temp", ALL}, {"k10temp", DIE}, {"zenpower", DIE},
        {"via_cputemp", ALL}, {"zhaoxin_cputemp", ALL}, {"cpu_hwmon", ALL},
        {"cpu-hwmon", ALL}, {"scpi_sensors", LABELLED}, {"ibmpowernv", LABELLED}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(driver, known[i].name) == 0)
            return known[i].choice;
    return is_thermal_of_cpu(driver) ? ALL : NONE;
}

static bool is_cpu_zone(const char *type)
{
    return strcmp(type, "x86_pkg_temp") == 0 || strcmp(type, "TCPU") == 0 ||
           is_thermal_of_cpu(type);
}

static bool is_cpu_label(const char *label)
{
    static const char *const words[] = {"cpu", "core", "soc", "big", "little"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasestr(label, words[i]))
            return true;
    return false;
}

/* Reads "tempN_label", or whatever else is named so; "" where there is none. */
static void read_name(
    const struct root *root, const char *folder, const char *name, char ret_name[])
{
    char *path = text_format("%s/%s", folder, name);
    if (root_read_line(root, path, NAME_SIZE, ret_name) < 0)
        ret_name[0] = '\0';
    free(path);
}

static void read_label(
    const struct root *root, const char *folder, int number, char ret_label[])
{
    char name[NAME_SIZE];
    snprintf(name, sizeof name, "temp%d_label", number);
    read_name(root, folder, name, ret_label);
}

static bool has_die(
    const struct root *root, const char *folder, size_t count, const int numbers[])
{
    char label[NAME_SIZE];
    for (size_t i = 0; i < count; i++) {
        read_label(root, folder, numbers[i], label);
        if (strcmp(label, "Tdie") == 0)
            return true;
    }
    return false;
}

static void add_temperatures(struct sensor_files *files, const struct root *root,
    const char *folder, enum choice choice)
{
    int *numbers;
    size_t count = sensor_files_list(root, folder, "temp", "_input", &numbers);
    if (choice == DIE && !has_die(root, folder, count, numbers))
        choice = ALL;
    for (size_t i = 0; i < count && files->count < TEMPERATURES_MAX; i++) {
        char label[NAME_SIZE];
        bool wanted = choice == ALL;
        if (!wanted) {
            read_label(root, folder, numbers[i], label);
            wanted = choice == DIE ? strcmp(label, "Tctl") != 0 : is_cpu_label(label);
        }
        if (wanted)
            add_file(files, text_format("%s/temp%d_input", folder, numbers[i]));
    }
    free(numbers);
}

/* Old kernels have a driver's files in "device". */
static void add_hwmon(struct sensor_files *files, const struct root *root, int number)
{
    static const char *const places[] = {"", "/device"};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *folder = text_format("sys/class/hwmon/hwmon%d%s", number, places[i]);
        char driver[NAME_SIZE];
        read_name(root, folder, "name", driver);
        enum choice choice = choose(driver);
        if (choice != NONE)
            add_temperatures(files, root, folder, choice);
        free(folder);
        if (driver[0] != '\0')
            return;
    }
}

static void add_zone(struct sensor_files *files, const struct root *root, int number)
{
    char type[NAME_SIZE];
    char *folder = text_format("sys/class/thermal/thermal_zone%d", number);
    read_name(root, folder, "type", type);
    if (is_cpu_zone(type))
        add_file(files, text_format("%s/temp", folder));
    free(folder);
}

void sensor_files_find_heat(struct sensor_files *files, const struct root *root)
{
    int *numbers;
    size_t count = sensor_files_list(root, "sys/class/hwmon", "hwmon", "", &numbers);
    for (size_t i = 0; i < count; i++)
        add_hwmon(files, root, numbers[i]);
    free(numbers);
    if (files->count > 0)
        return;
    count = sensor_files_list(root, "sys/class/thermal", "thermal_zone", "", &numbers);
    for (size_t i = 0; i < count; i++)
        add_zone(files, root, numbers[i]);
    free(numbers);
}
