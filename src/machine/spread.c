// SPDX-License-Identifier: MIT
#include "machine/spread.h"

#include <stdlib.h>

#include "base/memory.h"

/* Where a CPU comes in its turn. */
struct turn {
    const struct machine_cpu *cpu;
    int in_core;    /* how many siblings of its core come before it */
    int in_cache;   /* how many CPUs of the same such rank and last-level cache … */
    int in_node;    /* … NUMA node … */
    int in_package; /* … and package do */
};

/* Both are on the same part of the machine; what is not visible is one part. */
static bool is_same_core(const struct machine_cpu *one, const struct machine_cpu *other)
{
    return one->core >= 0 && one->core == other->core;
}

/* Siblings that come later are as good as each other, and so are kinds. */
static bool is_same_rank(const struct turn *one, const struct turn *other)
{
    return one->in_core == other->in_core && one->cpu->kind == other->cpu->kind;
}

static void count_turn(size_t before, const struct turn turns[], struct turn *turn)
{
    for (size_t i = 0; i < before; i++)
        turn->in_core += is_same_core(turns[i].cpu, turn->cpu);
    for (size_t i = 0; i < before; i++) {
        const struct machine_cpu *cpu = turns[i].cpu;
        if (!is_same_rank(&turns[i], turn) || cpu->package != turn->cpu->package)
            continue;
        turn->in_package++;
        turn->in_node += cpu->node == turn->cpu->node;
        turn->in_cache += cpu->node == turn->cpu->node && cpu->l3 == turn->cpu->l3;
    }
}

/* Cores before siblings, fast before slow; then the first of each cache, the second …,
 * and among those the first of each node and package. */
static int by_turn(const void *left, const void *right)
{
    const struct turn *a = left, *b = right;
    const int steps[] = {a->in_core - b->in_core, b->cpu->kind - a->cpu->kind,
        a->in_cache - b->in_cache, a->in_node - b->in_node, a->in_package - b->in_package,
        a->cpu->id - b->cpu->id};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i] != 0)
            return steps[i];
    return 0;
}

size_t spread_cpus(const struct machine *machine, int **ret_ids)
{
    struct turn *turns = memory_new(machine->cpu_count, sizeof *turns);
    size_t count = 0;
    for (size_t i = 0; i < machine->cpu_count; i++) {
        if (!machine->cpus[i].allowed)
            continue;
        turns[count] = (struct turn){.cpu = &machine->cpus[i]};
        count_turn(count, turns, &turns[count]);
        count++;
    }
    qsort(turns, count, sizeof *turns, by_turn);
    *ret_ids = memory_new(count, sizeof **ret_ids);
    for (size_t i = 0; i < count; i++)
        (*ret_ids)[i] = turns[i].cpu->id;
    free(turns);
    return count;
}
