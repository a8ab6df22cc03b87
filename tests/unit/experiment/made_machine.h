// SPDX-License-Identifier: MIT
#pragma once
/* Machines made up for the tests of what is drawn of them. */
#include "made.h"

/* How a machine's CPUs hang together. */
struct made_shape {
    int cpus;
    int siblings;   /* CPUs of a core, numbered as Linux does: first all first ones … */
    int packages;   /* cores are shared out to them evenly */
    int nodes;      /* of each package, likewise; 0: one */
    int slow_cores; /* the last ones are of a second, slower kind, without siblings */
    int per_cache;  /* cores that share a last-level cache; 0: not visible */
};

/* Fast cores first, `siblings` CPUs each, then slow ones; as many as make up the CPUs. */
static inline void made_shaped(struct machine *machine, const struct made_shape *shape)
{
    made_machine(machine, shape->cpus);
    int siblings = shape->siblings > 0 ? shape->siblings : 1;
    int slow = shape->slow_cores < shape->cpus ? shape->slow_cores : 0;
    int fast_cpus = shape->cpus - slow, fast = (fast_cpus + siblings - 1) / siblings;
    int cores = fast + slow, packages = shape->packages > 0 ? shape->packages : 1;
    int nodes = shape->nodes > 0 ? shape->nodes : 1;
    for (int i = 0; i < shape->cpus; i++) {
        struct machine_cpu *cpu = &machine->cpus[i];
        cpu->core = i < fast_cpus ? i % fast : fast + i - fast_cpus;
        cpu->package = cpu->core * packages / cores;
        cpu->node = cpu->core * packages * nodes / cores;
        cpu->l3 = shape->per_cache > 0 ? cpu->core / shape->per_cache : -1;
        cpu->kind = slow > 0 ? i < fast_cpus : -1;
    }
    machine->cores = cores;
    machine->packages = packages;
    machine->topology_known = true;
    if (slow == 0)
        return;
    machine->kind_count = 2;
    machine->kinds = memory_new(2, sizeof *machine->kinds);
    machine->kinds[0] = (struct machine_kind){"E", slow};
    machine->kinds[1] = (struct machine_kind){"P", fast};
}
