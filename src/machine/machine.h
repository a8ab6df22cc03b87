// SPDX-License-Identifier: MIT
#pragma once
/* What this computer is: its name, its CPUs and how they hang together, and how many of
 * them this process may use and why.  Plain data, read at start in two steps: what can be
 * had at once, and what takes hwloc, up to 60 ms on a machine of 256 CPUs. */
#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/file.h"
#include "machine/parts.h"

struct machine {
    char cpu_name[96];     /* the brand: "EPYC 7763", "AMD EPYC"; never empty */
    bool name_is_own;      /* the processor itself said it: there is no better one */
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

/* The first step, below `root`: names, CPUs and limits.  No topology is known, so that
 * the machine is one whose topology is not visible.  `environment` is where a batch
 * system's allocation is looked up (as environ; ignored for a simulated machine).  The
 * calling process's affinity mask is the same afterwards.  Returns 0 or -errno with
 * `fault` filled; machine_finish() frees. */
int machine_init(struct machine *machine, const struct root *root,
    char *const environment[], struct fault *fault);

/* The second step, once and below the same root: the topology and what follows from it.
 * It may find a better name and, in recorded trees that do not list what is present, CPUs
 * that are offline (`cpus` moves, indices may change); in those without an affinity mask
 * fewer may be usable.  The affinity mask is the same afterwards. */
void machine_complete(struct machine *machine, const struct root *root);
void machine_finish(struct machine *machine);

/* The limit that counts: the smallest, the first of equals; NULL if there is none. */
const struct machine_limit *machine_smallest_limit(const struct machine *machine);

/* How many CPUs our affinity mask and cpuset have, whatever a quota leaves of them. */
int machine_count_allowed(const struct machine *machine);

/* Whether several of these share a core. */
bool machine_has_siblings(const struct machine *machine);

/* The index of a CPU in machine.cpus, -1 if there is none. */
int machine_cpu_index(const struct machine *machine, int id);
