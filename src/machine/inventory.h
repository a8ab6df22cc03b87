// SPDX-License-Identifier: MIT
#pragma once
/* The inventory: everything that this computer says of its CPUs and of what holds them
 * back, line by line, each with the file that says so.  Nothing is run for it, nothing
 * written, no rights are needed.  Sources: the kernel's admin-guide (cputopology.rst,
 * pm/cpufreq.rst, pm/intel_pstate.rst, pm/amd-pstate.rst), sysfs-devices-system-cpu,
 * cgroups(7), proc_pid_status(5). */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/file.h"
#include "machine/machine.h"

enum { INVENTORY_VALUE_SIZE = 200, INVENTORY_WHERE_SIZE = 256 };

/* In the order they are listed. */
enum inventory_group {
    INVENTORY_CPUS,   /* possible, present, online, offline, isolated, nohz_full */
    INVENTORY_FENCES, /* affinity, cpuset, quota, batch allocation, niceness, processes */
    INVENTORY_CORES,  /* packages, cores, SMT, kinds */
    INVENTORY_MEMORY, /* NUMA nodes, memory binding */
    INVENTORY_HOST,   /* virtualisation, container */
    INVENTORY_POWER,  /* governor, boost, energy preference, profile, battery, heat */
    INVENTORY_GROUPS
};

/* "CPUs", "fences", "cores", "memory", "host", "power"; ended by NULL. */
extern const char *const inventory_group_names[INVENTORY_GROUPS + 1];

struct inventory_line {
    enum inventory_group group;
    char topic[24];                     /* "online", "governor"; each once, see below */
    bool visible;                       /* else `value` is "not visible here" */
    char value[INVENTORY_VALUE_SIZE];   /* "0-1 (2)", "schedutil", "1.50 CPUs" */
    char where[INVENTORY_WHERE_SIZE];   /* the file, or files, or call, that says so; or,
                                           where it is not visible, that was asked */
    char concern[INVENTORY_VALUE_SIZE]; /* what of it holds CPUs back, as a sentence
                                           without a full stop; "": nothing does */
    char next[INVENTORY_VALUE_SIZE];    /* of a concern: what to look at, or to do, next:
                                           a sentence with its full stop */
};

/* The topics, as they are listed; with a star: may have a concern.
 *   CPUs:   possible present online offline* isolated* nohz_full
 *   fences: affinity* cpuset* quota* batch* niceness* processes*
 *   cores:  packages cores smt kinds
 *   memory: nodes memory* mempolicy*
 *   host:   virtual container
 *   power:  driver governor* energy* boost* profile* battery* temperature clock
 * An affinity mask that is no smaller than the cpuset has no concern of its own, and SMT
 * that is switched off shows as siblings that are offline. */

/* A source of a number of CPUs. */
struct inventory_count {
    char source[32]; /* "online", "affinity", "cgroup quota", "SLURM_CPUS_PER_TASK",
                        "cpuset"; "possible", "present", "/proc/stat", "nproc --all",
                        "getconf _NPROCESSORS_ONLN", "cores", "OMP_NUM_THREADS" … */
    double cpus;
    char where[INVENTORY_WHERE_SIZE];
    bool limits;   /* it says how many this process may use; else it only says a number */
    bool smallest; /* of those that limit: the (first) smallest */
};

struct inventory {
    int64_t took_ns; /* to read it all */
    size_t line_count;
    struct inventory_line *lines; /* by group; owned */
    size_t count_count;
    struct inventory_count *counts; /* those that limit first; owned */
};

/* Looks at the machine below `root`, which `machine` (complete) describes.  What belongs
 * to this process is as it is now: look before its niceness or mask is changed.  Of a
 * machine that is simulated it is what the tree has recorded, and the environment is not
 * visible.  `environment` as environ; NULL is empty.  Cannot fail: what cannot be read is
 * not visible.  All text is printable ASCII.  inventory_finish() frees. */
void inventory_init(struct inventory *inventory, const struct root *root,
    const struct machine *machine, char *const environment[]);
void inventory_finish(struct inventory *inventory);

/* The line of that topic; NULL: there is none. */
const struct inventory_line *inventory_find(
    const struct inventory *inventory, const char *topic);
