// SPDX-License-Identifier: MIT
#pragma once
/* Clocks and temperatures, where the machine shows them: scaling_cur_freq (kHz; cpufreq),
 * else "cpu MHz" of /proc/cpuinfo; hwmon's coretemp, k10temp, zenpower, cpu_thermal …
 * (temp*_input, in thousandths of a degree; hwmon/sysfs-interface.rst), else thermal
 * zones of a CPU (x86_pkg_temp, cpu-thermal …).  Some take 15 ms each to read: one that
 * takes more than 2 ms, while we do not wait for a CPU ourselves, is not asked again. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/file.h"
#include "machine/machine.h"

struct sensors; /* which files there are; those that were too slow are not asked again */

/* Finds them; *ret_sensors is the caller's, who keeps the root open, and the machine as
 * it is, for as long.  No clock is asked yet, nor whose it is, for there may be
 * thousands.  Returns 0 or -ENOMEM. */
int sensors_open(
    const struct root *root, const struct machine *machine, struct sensors **ret_sensors);
void sensors_close(struct sensors *sensors); /* NULL is fine */

struct sensors_reading {
    bool has_clocks;
    int mhz_low, mhz_high, mhz_median; /* over the CPUs that are online */
    bool has_heat;
    double celsius; /* of the hottest of the CPUs' sensors */
    char clocks_where[128],
        heat_where[128]; /* the file that says so, of the first CPU, of
                            the hottest; also one that was given up */
};

/* Reads them all, within `budget_ns` (what was not reached is left out). */
void sensors_read(
    struct sensors *sensors, int64_t budget_ns, struct sensors_reading *ret_reading);

/* The same in pieces, for whoever looks all the time: goes on where it ended last, within
 * `budget_ns`.  True: that ended a round, every file has been asked; the next call begins
 * another.  Here one is not asked again that was slow three times in a row. */
bool sensors_read_on(struct sensors *sensors, int64_t budget_ns);
void sensors_start_over(struct sensors *sensors); /* the next call begins a round */

/* What they said last, by either of the two: the clocks of all CPUs in MHz, in the order
 * of machine.cpus, 0: not visible; borrowed, they change with the next reading … */
const int *sensors_mhz(const struct sensors *sensors);

/* … and the hottest of the CPUs' sensors, NAN: not visible. */
double sensors_celsius(const struct sensors *sensors);

/* There is nothing to be asked again. */
bool sensors_are_silent(const struct sensors *sensors);
