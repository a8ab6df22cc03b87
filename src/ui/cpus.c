// SPDX-License-Identifier: MIT
#include "ui/cpus.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

bool cpus_share_core(const struct machine_cpu *one, const struct machine_cpu *other)
{
    return one == other || (one->core >= 0 && one->core == other->core);
}

bool cpus_share_group(const struct machine_cpu *one, const struct machine_cpu *other)
{
    return one->kind == other->kind && one->package == other->package;
}

static int compare_numbers(int one, int other)
{
    return (one > other) - (one < other);
}

static int compare(const void *one, const void *other, void *data)
{
    const struct machine *machine = data;
    const struct machine_cpu *a = &machine->cpus[*(const size_t *)one];
    const struct machine_cpu *b = &machine->cpus[*(const size_t *)other];
    const int differences[] = {
        compare_numbers(
            b->kind, a->kind), /* the most energy-efficient come first there */
        compare_numbers(a->package, b->package),
        compare_numbers(a->node, b->node),
        compare_numbers(a->l3, b->l3),
        compare_numbers(a->core, b->core),
        compare_numbers(a->id, b->id),
    };
    for (size_t i = 0; i < sizeof differences / sizeof *differences; i++)
        if (differences[i] != 0)
            return differences[i];
    return 0;
}

const struct machine_cpu *cpus_at(
    const struct cpus *cpus, const struct machine *machine, size_t place)
{
    return &machine->cpus[cpus->order[place]];
}

static void count_cores(struct cpus *cpus, const struct machine *machine)
{
    int run = 0;
    for (size_t i = 0; i < cpus->count; i++) {
        bool same = i > 0 && cpus_share_core(cpus_at(cpus, machine, i - 1),
                                 cpus_at(cpus, machine, i));
        run = same ? run + 1 : 1;
        cpus->cores += !same;
        if (run > cpus->siblings)
            cpus->siblings = run;
    }
}

/* How many CPUs a last-level cache has, if all have as many. */
static int find_shared(const struct cpus *cpus, const struct machine *machine)
{
    int run = 0, length = 0;
    for (size_t i = 0; i < cpus->count; i++) {
        int l3 = cpus_at(cpus, machine, i)->l3;
        run++;
        bool last = i + 1 == cpus->count || cpus_at(cpus, machine, i + 1)->l3 != l3;
        if (l3 < 0 || (last && length > 0 && run != length))
            return 0;
        if (last) {
            length = run;
            run = 0;
        }
    }
    return length;
}

void cpus_init(struct cpus *cpus, const struct machine *machine)
{
    *cpus = (struct cpus){.count = machine->cpu_count};
    cpus->order = memory_new(cpus->count, sizeof *cpus->order);
    for (size_t i = 0; i < cpus->count; i++)
        cpus->order[i] = i;
    qsort_r(cpus->order, cpus->count, sizeof *cpus->order, compare,
        (void *)(uintptr_t)machine);
    count_cores(cpus, machine);
    cpus->shared = find_shared(cpus, machine);
}

void cpus_finish(struct cpus *cpus)
{
    free(cpus->order);
    *cpus = (struct cpus){0};
}

/* The number of a CPU's core among those of its kind. */
static int core_number(
    const struct cpus *cpus, const struct machine *machine, size_t place)
{
    int number = 0;
    for (size_t i = place; i > 0; i--) {
        const struct machine_cpu *one = cpus_at(cpus, machine, i - 1);
        if (one->kind != cpus_at(cpus, machine, place)->kind)
            break;
        number += one->core >= 0 && !cpus_share_core(one, cpus_at(cpus, machine, i));
    }
    return number;
}

static void name_ids(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range, size_t size, char text[])
{
    int first = cpus_at(cpus, machine, range->first)->id;
    int last = cpus_at(cpus, machine, range->first + range->count - 1)->id;
    bool rising = last - first == (int)range->count - 1;
    if (range->count == 1)
        snprintf(text, size, "CPU %d", first);
    else if (rising && range->count > 2)
        snprintf(text, size, "%d-%d", first, last);
    else if (range->count == 2)
        snprintf(text, size, "%d,%d", first, last);
    else
        snprintf(text, size, "%d...", first);
}

static void name_range(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range, size_t size, char text[])
{
    const struct machine_cpu *first = cpus_at(cpus, machine, range->first);
    const struct machine_cpu *last =
        cpus_at(cpus, machine, range->first + range->count - 1);
    bool hybrid = first->kind >= 0 && first->kind == last->kind;
    if (range->ids || first->core < 0 || (!hybrid && cpus->siblings < 2)) {
        name_ids(cpus, machine, range, size, text);
        return;
    }
    int from = core_number(cpus, machine, range->first);
    int to = core_number(cpus, machine, range->first + range->count - 1);
    const char *kind = hybrid ? machine->kinds[first->kind].name : "core";
    if (from == to)
        snprintf(text, size, hybrid || from < 10 ? "%s %d" : "%s%d", kind, from);
    else
        snprintf(text, size, "%s %d%s%d", kind, from, to == from + 1 ? "," : "-", to);
}

void cpus_name(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range, size_t size, char text[])
{
    char name[48];
    name_range(cpus, machine, range, sizeof name, name);
    if (strlen(name) >= size) /* a number that is cut would be another one */
        snprintf(name, sizeof name, "%d", cpus_at(cpus, machine, range->first)->id);
    text_copy(size, text, name);
}
