// SPDX-License-Identifier: MIT
#pragma once
/* What has slowed CPUs down so far, as counters: throttled periods of every control group
 * above this process (cpu.stat: sched-bwc.rst, cgroup-v2.rst; the throttled time of
 * version 1 is in ns, of version 2 in us), and the thermal counters of x86
 * (sysfs-devices-system-cpu: thermal_throttle/{core,package}_throttle_count; old kernels:
 * thermal_throttle/count).  Two readings are compared. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/file.h"
#include "machine/machine.h"

struct throttle_group {
    char folder[256];     /* "/sys/fs/cgroup/app"; too long a one is cut in front;
                             printable ASCII */
    double quota_cpus;    /* its own quota; 0: none */
    int64_t periods;      /* nr_periods */
    int64_t throttled;    /* nr_throttled */
    int64_t throttled_ns; /* in which its processes were kept from running */
};

/* Starts as 0. */
struct throttle {
    size_t group_count;
    struct throttle_group
        *groups; /* that have such counters, the innermost first; owned */
    bool thermal_visible;
    int64_t thermal_core, thermal_package; /* sums over the CPUs of `machine` (of packages
                                              the sum over one CPU of each) */
};

/* Reads them all anew; what is not there is not visible. */
void throttle_read(
    struct throttle *throttle, const struct root *root, const struct machine *machine);
void throttle_finish(struct throttle *throttle);

/* Takes `before` out of `after`: groups that are in both, by their folder, differences
 * clamped at 0.  What is not visible in both is not visible. */
void throttle_subtract(struct throttle *after, const struct throttle *before);

/* Reads the counters from the text of a cpu.stat into *ret_group.  Returns 0, or -EINVAL
 * where it does not count periods: the group has no controller, or is the topmost one. */
int throttle_parse_stat(const char *text, int version, struct throttle_group *ret_group);
