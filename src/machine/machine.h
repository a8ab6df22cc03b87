// SPDX-License-Identifier: MIT
#pragma once
/* What this computer is: its name, its CPUs and how they hang together, and how many of
 * them this process may use and why.  Plain data, read once at start. */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/file.h"
#include "machine/parts.h"

struct machine {
    char cpu_name[96];     /* the brand: "EPYC 7763", "AMD EPYC"; never empty */
    char codename[64];     /* "Milan"; empty where unknown */
    char virtual_kind[32]; /* "kvm", "vmware" …; empty on bare metal or where unknown */
    bool simulated;        /* described by a recorded tree, not this computer */
    bool topology_known;   /* core, package … were visible */
    int packages, cores;   /* 0 where not visible */
    int online_cpus;
    size_t cpu_count; /* those present, whether online or not … */
    struct machine_cpu
        *cpus;         /* … by rising id, as sysfs, hwloc and /proc/stat name them */
    size_t kind_count; /* 0, or at least 2 */
    struct machine_kind *kinds;
    size_t limit_count;
    struct machine_limit *limits; /* every source there is; the smallest counts */
    double usable_cpus;           /* the smallest of `limits`; may be fractional */
};

/* Reads all of it below `root`.  `environment` is where a batch system's allocation is
 * looked up (as environ; ignored for a simulated machine).  The calling process's
 * affinity mask is the same afterwards.  Returns 0 or -errno with `fault` filled;
 * machine_finish() frees. */
int machine_init(struct machine *machine, const struct root *root,
    char *const environment[], struct fault *fault);
void machine_finish(struct machine *machine);

/* The limit that counts: the smallest, the first of equals; NULL if there is none. */
const struct machine_limit *machine_smallest_limit(const struct machine *machine);

/* The index of a CPU in machine.cpus, -1 if there is none. */
int machine_cpu_index(const struct machine *machine, int id);
