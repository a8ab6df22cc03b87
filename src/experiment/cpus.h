// SPDX-License-Identifier: MIT
#pragma once
/* The machine's CPUs in the order in which they are drawn: what belongs together stands
 * together, SMT siblings side by side, fast kinds of cores first. */
#include <stdbool.h>
#include <stddef.h>

#include "machine/machine.h"

/* What begins at a place of the order: the more, the greater it is. */
enum cpus_part {
    CPUS_SIBLING, /* nothing: it shares a core with the one before */
    CPUS_CORE,
    CPUS_CACHE, /* another last-level cache, … */
    CPUS_NODE,
    CPUS_PACKAGE,
    CPUS_KIND,
    CPUS_PARTS
};

struct cpus {
    size_t count;
    size_t *order;         /* indices into machine.cpus */
    enum cpus_part *parts; /* what begins at each place; at the first the greatest */
    size_t *sizes;         /* CPUs of that */
    int *numbers;          /* of its core among those of its kind, for each place */
    int siblings;          /* the most CPUs that a core has */
    int cores;             /* lines where each is one */
    int shared;  /* CPUs that share a last-level cache, where all groups are alike; 0 */
    int in_node; /* CPUs of a node, a package where these are no more, likewise */
};

/* A CPU that is offline, so that the system does not say where it belongs, stands beside
 * the one whose number comes before, if the one behind is of the same node and package;
 * else behind them all. */
void cpus_init(struct cpus *cpus, const struct machine *machine);
void cpus_finish(struct cpus *cpus);

/* The CPU at a place of the order. */
const struct machine_cpu *cpus_at(
    const struct cpus *cpus, const struct machine *machine, size_t place);

/* How CPUs are named, the fullest first. */
enum cpus_form {
    CPUS_WORDED,   /* "CPU 3", "core 2", "core10", "P 0", "E 0,1", "8-15" */
    CPUS_NUMBERED, /* "3", "4,5", "8-15": Linux's numbers, where these say all; "0-7+":
                      0 to 7 and those that share their cores */
    CPUS_FIRST     /* "8": the first of these */
};

/* `count` CPUs from place `first` of the order on. */
struct cpus_range {
    size_t first, count;
    bool ids;            /* worded, too, they are named by Linux's numbers */
    enum cpus_form form; /* the fullest that may be taken: what stands below each other is
                            named alike */
};

/* The fullest form that has room in `size` bytes; CPUS_FIRST where none has. */
enum cpus_form cpus_form_of(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range, size_t size);

/* Writes the name in that form. */
void cpus_name(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range, size_t size, char text[]);

/* Writes what the CPU at a place belongs to, of kinds down to `part`, as far as there are
 * several: "P cores", "package 1, node 3", "cache 2"; "" where there is nothing to say.
 */
void cpus_name_group(const struct cpus *cpus, const struct machine *machine, size_t place,
    enum cpus_part part, size_t size, char text[]);
