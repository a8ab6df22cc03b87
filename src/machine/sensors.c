// SPDX-License-Identifier: MIT
#include "machine/sensors.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "machine/cpuinfo.h"
#include "machine/sensor_files.h"

enum { SLOW_NS = 2000000, KHZ_MAX = 100000000, CPUINFO_MAX = 1 << 26 };

#define CPUINFO "proc/cpuinfo"

struct sensors {
    struct root root;              /* borrowed … */
    const struct machine *machine; /* … too */
    int *mhz; /* of each of its CPUs at the last reading; 0: not visible */
    struct sensor_files clocks, heat;
    bool cpuinfo_slow;   /* it is not asked again … */
    bool cpuinfo_silent; /* … either, for it has no clocks */
};

int sensors_open(
    const struct root *root, const struct machine *machine, struct sensors **ret_sensors)
{
    struct sensors *sensors = memory_new(1, sizeof *sensors);
    sensors->root = *root;
    sensors->machine = machine;
    sensors->mhz = memory_new(machine->cpu_count + 1, sizeof *sensors->mhz);
    sensor_files_find_clocks(&sensors->clocks, root, machine);
    sensor_files_find_heat(&sensors->heat, root);
    *ret_sensors = sensors;
    return 0;
}

void sensors_close(struct sensors *sensors)
{
    if (!sensors)
        return;
    sensor_files_finish(&sensors->clocks);
    sensor_files_finish(&sensors->heat);
    free(sensors->mhz);
    free(sensors);
}

/* For how long a reading goes on, and what it must not blame the files for. */
struct patience {
    int64_t end_ns;
    int64_t delay_ns; /* for which we have waited for a CPU so far */
};

/* /proc/PID/schedstat: "time on a CPU, time waiting for one, time slices", in ns; 0 where
 * the kernel does not count it. */
static int64_t read_delay_ns(void)
{
    char *text, *rest;
    if (file_read("/proc/thread-self/schedstat", 1 << 10, &text) < 0)
        return 0;
    strtoll(text, &rest, 10);
    int64_t delay_ns = strtoll(rest, NULL, 10);
    free(text);
    return delay_ns;
}

/* Whether a file that was asked at `began_ns` is too slow.  Under load, or a quota, it is
 * us who were kept waiting for a CPU. */
static bool was_slow(struct patience *patience, int64_t began_ns)
{
    int64_t took_ns = clock_now_ns() - began_ns;
    if (took_ns <= SLOW_NS)
        return false;
    int64_t delay_ns = read_delay_ns();
    took_ns -= delay_ns - patience->delay_ns;
    patience->delay_ns = delay_ns;
    return took_ns > SLOW_NS;
}

/* Asks a file for its number; false where it has none to give. */
static bool ask(const struct sensors *sensors, struct sensor_file *file,
    struct patience *patience, long *ret_number)
{
    char text[32], *end;
    int64_t began_ns = clock_now_ns();
    int error = root_read_line(&sensors->root, file->path, sizeof text, text);
    file->slow = was_slow(patience, began_ns);
    if (error < 0)
        return false;
    long number = strtol(text, &end, 10);
    if (end == text || end[strspn(end, " \t")] != '\0')
        return false;
    *ret_number = number;
    return true;
}

/* The next file that is to be asked; NULL: there is none, or the time is up.  *next
 * starts as 0.  `where` gets the name of one that is not asked again. */
static struct sensor_file *next_file(const struct sensor_files *files, size_t *next,
    const struct patience *patience, size_t size, char where[])
{
    while (*next < files->count && clock_now_ns() < patience->end_ns) {
        struct sensor_file *file = &files->files[(*next)++];
        if (!file->slow)
            return file;
        if (where[0] == '\0')
            text_append(size, where, "/%s", file->path);
    }
    return NULL;
}

static void name_file(size_t size, char where[], const char *path)
{
    where[0] = '\0';
    text_append(size, where, "/%s", path);
}

static void read_heat(const struct sensors *sensors, struct patience *patience,
    struct sensors_reading *reading)
{
    static const double coldest = -40, hottest = 150; /* beyond is nonsense */
    enum { SIZE = sizeof reading->heat_where };
    struct sensor_file *file;
    size_t next = 0;
    while (
        (file = next_file(&sensors->heat, &next, patience, SIZE, reading->heat_where))) {
        long thousandths;
        if (!ask(sensors, file, patience, &thousandths))
            continue;
        double celsius = (double)thousandths / 1000;
        if (celsius < coldest || celsius > hottest ||
            (reading->has_heat && celsius <= reading->celsius))
            continue;
        reading->has_heat = true;
        reading->celsius = celsius;
        name_file(SIZE, reading->heat_where, file->path);
    }
}

static void read_frequencies(const struct sensors *sensors, struct patience *patience,
    struct sensors_reading *reading)
{
    enum { SIZE = sizeof reading->clocks_where };
    struct sensor_file *file;
    size_t next = 0;
    while ((file = next_file(
                &sensors->clocks, &next, patience, SIZE, reading->clocks_where))) {
        long khz;
        sensor_file_find_cpus(file, &sensors->root, sensors->machine);
        if (file->cpu_count == 0 || !ask(sensors, file, patience, &khz) || khz < 500 ||
            khz > KHZ_MAX)
            continue;
        for (size_t i = 0; i < file->cpu_count; i++)
            sensors->mhz[file->cpus[i]] = (int)((khz + 500) / 1000);
        if (!reading->has_clocks)
            name_file(SIZE, reading->clocks_where, file->path);
        reading->has_clocks = true;
    }
}

static void read_cpuinfo(
    struct sensors *sensors, struct patience *patience, struct sensors_reading *reading)
{
    char *text;
    int64_t began_ns = clock_now_ns();
    int error = root_read(&sensors->root, CPUINFO, CPUINFO_MAX, &text);
    sensors->cpuinfo_slow = was_slow(patience, began_ns);
    if (error < 0)
        return;
    const struct machine *machine = sensors->machine;
    size_t count = machine->cpu_count;
    size_t id_room = count > 0 ? (size_t)machine->cpus[count - 1].id + 1 : 0;
    int *mhz = memory_new(id_room + 1, sizeof *mhz);
    reading->has_clocks = cpuinfo_find_clocks(text, id_room, mhz) > 0;
    for (size_t i = 0; i < count; i++)
        sensors->mhz[i] = mhz[machine->cpus[i].id];
    sensors->cpuinfo_silent = !reading->has_clocks;
    free(mhz);
    free(text);
}

static void read_clocks(
    struct sensors *sensors, struct patience *patience, struct sensors_reading *reading)
{
    memset(sensors->mhz, 0, sensors->machine->cpu_count * sizeof *sensors->mhz);
    read_frequencies(sensors, patience, reading);
    bool was_told = reading->clocks_where[0] != '\0';
    if (was_told || sensors->cpuinfo_silent)
        return;
    bool in_time = clock_now_ns() < patience->end_ns;
    if (in_time && !sensors->cpuinfo_slow)
        read_cpuinfo(sensors, patience, reading);
    if (reading->has_clocks || sensors->cpuinfo_slow)
        name_file(sizeof reading->clocks_where, reading->clocks_where, CPUINFO);
}

static int compare_mhz(const void *a, const void *b)
{
    int first = *(const int *)a, second = *(const int *)b;
    return (first > second) - (first < second);
}

static void summarise(const struct sensors *sensors, struct sensors_reading *reading)
{
    size_t count = 0, cpu_count = sensors->machine->cpu_count;
    int *mhz = memory_new(cpu_count + 1, sizeof *mhz);
    for (size_t i = 0; i < cpu_count; i++)
        if (sensors->mhz[i] > 0)
            mhz[count++] = sensors->mhz[i];
    reading->has_clocks = count > 0;
    if (count > 0) {
        qsort(mhz, count, sizeof *mhz, compare_mhz);
        reading->mhz_low = mhz[0];
        reading->mhz_high = mhz[count - 1];
        reading->mhz_median = (mhz[(count - 1) / 2] + mhz[count / 2]) / 2;
    }
    free(mhz);
}

void sensors_read(
    struct sensors *sensors, int64_t budget_ns, struct sensors_reading *ret_reading)
{
    struct patience patience = {clock_now_ns() + budget_ns, read_delay_ns()};
    *ret_reading = (struct sensors_reading){0};
    read_heat(sensors, &patience, ret_reading); /* first: these are few */
    read_clocks(sensors, &patience, ret_reading);
    summarise(sensors, ret_reading);
}
