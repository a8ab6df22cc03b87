// SPDX-License-Identifier: MIT
#include "machine/sensors.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "machine/cpuinfo.h"
#include "machine/patience.h"
#include "machine/sensor_files.h"

enum { KHZ_MAX = 100000000, CPUINFO_MAX = 1 << 26, SLOW_TIMES = 3, SLOW_FILES = 8 };

#define CPUINFO "proc/cpuinfo"

struct sensors {
    struct root root;              /* borrowed … */
    const struct machine *machine; /* … too */
    int *mhz; /* of each of its CPUs at the last reading; 0: not visible */
    struct sensor_files clocks, heat;
    bool cpuinfo_slow; /* it is not asked again … */
    int cpuinfo_slow_times;
    bool cpuinfo_silent; /* … either, for it has no clocks */
    size_t turn;         /* sensors_read_on(): the file that is next, heat first */
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

/* Asks a file for its number; false where it has none to give. */
static bool ask(const struct sensors *sensors, struct sensor_file *file,
    struct patience *patience, long *ret_number)
{
    char text[32], *end;
    int64_t began_ns = clock_now_ns();
    int error = root_read_line(&sensors->root, file->path, sizeof text, text);
    file->slow = patience_was_tried(patience, began_ns);
    if (error < 0)
        return false;
    long number = strtol(text, &end, 10);
    if (end == text || end[strspn(end, " \t")] != '\0')
        return false;
    *ret_number = number;
    return true;
}

static void ask_heat(
    const struct sensors *sensors, struct sensor_file *file, struct patience *patience)
{
    static const double coldest = -40, hottest = 150; /* beyond is nonsense */
    long thousandths = 0;
    file->told = ask(sensors, file, patience, &thousandths);
    file->celsius = (double)thousandths / 1000;
    file->told = file->told && file->celsius >= coldest && file->celsius <= hottest;
}

static void ask_clock(
    const struct sensors *sensors, struct sensor_file *file, struct patience *patience)
{
    long khz = 0;
    sensor_file_find_cpus(file, &sensors->root, sensors->machine);
    file->told = file->cpu_count > 0 && ask(sensors, file, patience, &khz) &&
                 khz >= 500 && khz <= KHZ_MAX;
    for (size_t i = 0; i < file->cpu_count; i++)
        sensors->mhz[file->cpus[i]] = file->told ? (int)((khz + 500) / 1000) : 0;
}

/* The next file that is to be asked; NULL: there is none, or the time is up.  *next
 * starts as 0.  `where` gets the name of one that is not asked again. */
static struct sensor_file *next_file(const struct sensor_files *files, size_t *next,
    const struct patience *patience, size_t size, char where[])
{
    while (*next < files->count && !patience_is_over(patience)) {
        struct sensor_file *file = &files->files[(*next)++];
        if (!file->slow)
            return file;
        file->told = false;
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
    enum { SIZE = sizeof reading->heat_where };
    struct sensor_file *file;
    size_t next = 0;
    while (
        (file = next_file(&sensors->heat, &next, patience, SIZE, reading->heat_where))) {
        ask_heat(sensors, file, patience);
        if (!file->told || (reading->has_heat && file->celsius <= reading->celsius))
            continue;
        reading->has_heat = true;
        reading->celsius = file->celsius;
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
        ask_clock(sensors, file, patience);
        if (!file->told)
            continue;
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
    sensors->cpuinfo_slow = patience_was_tried(patience, began_ns);
    sensors->cpuinfo_silent = error == -ENOENT;
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
    bool in_time = !patience_is_over(patience);
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
    struct patience patience = patience_begin(budget_ns);
    *ret_reading = (struct sensors_reading){0};
    read_heat(sensors, &patience, ret_reading); /* first: these are few */
    read_clocks(sensors, &patience, ret_reading);
    summarise(sensors, ret_reading);
}

/* One that is not asked again tells nothing. */
static void forget(struct sensors *sensors, struct sensor_file *file)
{
    file->told = false;
    for (size_t i = 0; i < file->cpu_count; i++)
        sensors->mhz[file->cpus[i]] = 0;
}

/* Who looks for hours meets with an accident sometimes: a file is given up that was slow
 * several times in a row, and all of a kind if that many of them were. */
static void forgive(struct sensor_files *files, struct sensor_file *file)
{
    bool was_slow = file->slow;
    file->slow_times = was_slow ? file->slow_times + 1 : 0;
    file->slow = file->slow_times >= SLOW_TIMES;
    files->slow_in_a_row = was_slow ? files->slow_in_a_row + 1 : 0;
    if (files->slow_in_a_row < SLOW_FILES)
        return;
    for (size_t i = 0; i < files->count; i++)
        files->files[i].slow = true;
}

static void take_turn(struct sensors *sensors, size_t turn, struct patience *patience)
{
    bool is_heat = turn < sensors->heat.count;
    struct sensor_file *file = is_heat
                                   ? &sensors->heat.files[turn]
                                   : &sensors->clocks.files[turn - sensors->heat.count];
    if (file->slow) {
        forget(sensors, file);
        return;
    }
    if (is_heat)
        ask_heat(sensors, file, patience);
    else
        ask_clock(sensors, file, patience);
    forgive(is_heat ? &sensors->heat : &sensors->clocks, file);
}

/* Where cpufreq shows nothing, and nothing of it was slow. */
static void take_cpuinfo(struct sensors *sensors, struct patience *patience)
{
    struct sensors_reading reading = {0};
    const struct sensor_files *clocks = &sensors->clocks;
    for (size_t i = 0; i < clocks->count; i++)
        if (clocks->files[i].told || clocks->files[i].slow)
            return;
    if (sensors->cpuinfo_silent)
        return;
    memset(sensors->mhz, 0, sensors->machine->cpu_count * sizeof *sensors->mhz);
    if (sensors->cpuinfo_slow)
        return;
    read_cpuinfo(sensors, patience, &reading);
    sensors->cpuinfo_slow_times =
        sensors->cpuinfo_slow ? sensors->cpuinfo_slow_times + 1 : 0;
    sensors->cpuinfo_slow = sensors->cpuinfo_slow_times >= SLOW_TIMES;
}

bool sensors_read_on(struct sensors *sensors, int64_t budget_ns)
{
    size_t count = sensors->heat.count + sensors->clocks.count;
    struct patience patience = patience_begin(budget_ns);
    while (sensors->turn < count && !patience_is_over(&patience))
        take_turn(sensors, sensors->turn++, &patience);
    if (sensors->turn < count)
        return false;
    sensors->turn = 0;
    take_cpuinfo(sensors, &patience);
    return true;
}

void sensors_start_over(struct sensors *sensors)
{
    sensors->turn = 0;
}

const int *sensors_mhz(const struct sensors *sensors)
{
    return sensors->mhz;
}

double sensors_celsius(const struct sensors *sensors)
{
    double celsius = NAN;
    for (size_t i = 0; i < sensors->heat.count; i++)
        if (sensors->heat.files[i].told)
            celsius = fmax(celsius, sensors->heat.files[i].celsius);
    return celsius;
}

bool sensors_are_silent(const struct sensors *sensors)
{
    return sensors->heat.count + sensors->clocks.count == 0 &&
           (sensors->cpuinfo_silent || sensors->cpuinfo_slow);
}
