// SPDX-License-Identifier: MIT
#pragma once
/* Which files show the CPUs' clocks and temperatures: cpufreq's policies
 * (pm/cpufreq.rst), hwmon (hwmon/sysfs-interface.rst) and thermal zones
 * (thermal/sysfs-api.rst). */
#include <stdbool.h>
#include <stddef.h>

#include "base/file.h"
#include "machine/machine.h"

struct sensor_file {
    char *path; /* below the root; owned */
    int policy; /* the CPUs of which are still to be found; -1: they are */
    size_t cpu_count;
    size_t *cpus;   /* whose clock it is: indices into machine.cpus, of those that are
                       online; owned; of heat none */
    bool slow;      /* it took too long: it is not asked again */
    int slow_times; /* in a row, of sensors_read_on() */
    bool told;      /* it gave a number that makes sense when it was asked last */
    double celsius; /* of heat: that */
};

/* Starts as 0. */
struct sensor_files {
    size_t count;
    struct sensor_file *files; /* owned */
    int slow_in_a_row;
};

void sensor_files_finish(struct sensor_files *files);

/* Adds a scaling_cur_freq for every policy, or for every CPU that is online where there
 * are no policies.  Of policies nothing is read: on a machine of 2048 CPUs that would
 * take longer than the inventory may. */
void sensor_files_find_clocks(
    struct sensor_files *files, const struct root *root, const struct machine *machine);

/* Finds out whose clock it is, once; a policy may have no CPU that is online. */
void sensor_file_find_cpus(
    struct sensor_file *file, const struct root *root, const struct machine *machine);

/* Adds the temperatures of the CPUs' sensors. */
void sensor_files_find_heat(struct sensor_files *files, const struct root *root);

/* The N of all entries PREFIXNSUFFIX of a folder, rising; caller frees *ret_numbers.
 * Returns how many. */
size_t sensor_files_list(const struct root *root, const char *path, const char *prefix,
    const char *suffix, int **ret_numbers);
