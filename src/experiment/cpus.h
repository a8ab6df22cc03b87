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

/* Writes the name of `count` CPUs from place `first` of the order on: "CPU 3", "core 2",
 * "P 0", "E 0,1", "8-15"; by their numbers alone if `ids`; by the first number where
 * `size` is too small for more. */
struct cpus_range {
    size_t first, count;
    bool ids;
};
void cpus_name(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range, size_t size, char text[]);

/* The same for one of many ranges of so many CPUs: all have the first number alone where
 * the name of the last is too long. */
void cpus_name_among(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range, size_t size, char text[]);

/* Writes what the CPU at a place belongs to, of kinds down to `part`, as far as there are
 * several: "P cores", "package 1, node 3", "cache 2"; "" where there is nothing to say.
 */
void cpus_name_group(const struct cpus *cpus, const struct machine *machine, size_t place,
    enum cpus_part part, size_t size, char text[]);
