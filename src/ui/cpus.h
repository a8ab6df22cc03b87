// SPDX-License-Identifier: MIT
#pragma once
/* The machine's CPUs in the order in which they are drawn: what belongs together stands
 * together, SMT siblings side by side, fast kinds of cores first. */
#include <stdbool.h>
#include <stddef.h>

#include "machine/machine.h"

struct cpus {
    size_t count;
    size_t *order; /* indices into machine.cpus */
    int siblings;  /* the most CPUs that a core has */
    int cores;     /* lines where each is one */
    int shared;    /* CPUs that share a last-level cache, where all groups are alike; 0 */
};

void cpus_init(struct cpus *cpus, const struct machine *machine);
void cpus_finish(struct cpus *cpus);

/* The CPU at a place of the order. */
const struct machine_cpu *cpus_at(
    const struct cpus *cpus, const struct machine *machine, size_t place);

/* Whether two CPUs belong to the same core, or the same kind and package. */
bool cpus_share_core(const struct machine_cpu *one, const struct machine_cpu *other);
bool cpus_share_group(const struct machine_cpu *one, const struct machine_cpu *other);

/* Writes the name of `count` CPUs from place `first` of the order on: "CPU 3", "core 2",
 * "P 0", "E 0,1", "8-15"; by their numbers alone if `ids`; by the first number where
 * `size` is too small for more. */
struct cpus_range {
    size_t first, count;
    bool ids;
};
void cpus_name(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range, size_t size, char text[]);
