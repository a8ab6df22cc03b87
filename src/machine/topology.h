// SPDX-License-Identifier: MIT
#pragma once
/* How the CPUs hang together, as hwloc (2.4 or later) sees it.  Nothing of hwloc outlives
 * the call, and no CPU is bound to. */
#include <stdbool.h>
#include <stddef.h>

#include "base/file.h"
#include "machine/ids.h"
#include "machine/parts.h"

struct topology {
    bool known;               /* cores were visible; else all below is empty */
    int packages;             /* those with a CPU online */
    int cores;                /* likewise */
    size_t room;              /* of `cpus` */
    struct machine_cpu *cpus; /* element N: the core, package … of cpuN */
    size_t kind_count;        /* 0, or at least 2 */
    struct machine_kind *kinds;
    struct ids complete; /* every CPU there is, online or not */
    struct ids cpuset;   /* what the system lets us use of them */
    char model[96];      /* the processors' name; may be empty */
};

/* Looks at the machine below `root`; what cannot be found out stays unknown. */
void topology_init(struct topology *topology, const struct root *root);
void topology_finish(struct topology *topology);
