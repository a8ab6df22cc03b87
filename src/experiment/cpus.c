// SPDX-License-Identifier: MIT
#include "experiment/cpus.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

enum { NAME_SIZE = 48 };

/* Where a CPU stands; for one whose place the system does not say, that of a neighbour.
 */
struct spot {
    int kind, package, node, l3, core;
    int side; /* of the neighbour's core: -1 before it, 1 behind it; 0: its own */
};

static bool is_placed(const struct machine_cpu *cpu)
{
    return cpu->core >= 0 || cpu->package >= 0 || cpu->online;
}

static struct spot spot_beside(const struct machine_cpu *near, int side)
{
    return (struct spot){
        near->kind, near->package, near->node, near->l3, near->core, side};
}

/* Beside the one before it, if that is where the one behind it is, too; else behind them
 * all.  NULL: there is none. */
static struct spot guess_spot(
    const struct machine_cpu *before, const struct machine_cpu *behind)
{
    if (before && behind &&
        (before->kind != behind->kind || before->package != behind->package ||
            before->node != behind->node))
        return (struct spot){-1, INT_MAX, INT_MAX, INT_MAX, -1, 0};
    if (!before && !behind)
        return (struct spot){-1, -1, -1, -1, -1, 0};
    return before ? spot_beside(before, 1) : spot_beside(behind, -1);
}

static struct spot *list_spots(const struct machine *machine)
{
    struct spot *spots = memory_new(machine->cpu_count, sizeof *spots);
    const struct machine_cpu *before = NULL;
    size_t next = 0; /* one whose place is known, not before this one */
    for (size_t i = 0; i < machine->cpu_count; i++) {
        next = next < i ? i : next;
        while (next < machine->cpu_count && !is_placed(&machine->cpus[next]))
            next++;
        before = next == i ? &machine->cpus[i] : before;
        spots[i] = next == i
                       ? spot_beside(before, 0)
                       : guess_spot(before,
                             next < machine->cpu_count ? &machine->cpus[next] : NULL);
    }
    return spots;
}

static int compare_numbers(int one, int other)
{
    return (one > other) - (one < other);
}

/* The index is the last to decide, and rises with the id. */
static int compare(const void *one, const void *other, void *data)
{
    const struct spot *spots = data;
    size_t first = *(const size_t *)one, second = *(const size_t *)other;
    const struct spot *a = &spots[first], *b = &spots[second];
    if (a->kind != b->kind) /* the most energy-efficient come first there */
        return compare_numbers(b->kind, a->kind);
    if (a->package != b->package)
        return compare_numbers(a->package, b->package);
    if (a->node != b->node)
        return compare_numbers(a->node, b->node);
    if (a->l3 != b->l3)
        return compare_numbers(a->l3, b->l3);
    if (a->core != b->core)
        return compare_numbers(a->core, b->core);
    if (a->side != b->side && a->core >= 0) /* not between siblings */
        return compare_numbers(a->side, b->side);
    return first < second ? -1 : first > second;
}

static enum cpus_part part_between(const struct spot *one, const struct spot *other)
{
    if (one->kind != other->kind)
        return CPUS_KIND;
    if (one->package != other->package)
        return CPUS_PACKAGE;
    if (one->node != other->node)
        return CPUS_NODE;
    if (one->l3 != other->l3)
        return CPUS_CACHE;
    bool shared = one->core >= 0 && one->core == other->core;
    return shared && one->side == 0 && other->side == 0 ? CPUS_SIBLING : CPUS_CORE;
}

const struct machine_cpu *cpus_at(
    const struct cpus *cpus, const struct machine *machine, size_t place)
{
    return &machine->cpus[cpus->order[place]];
}

static void find_parts(struct cpus *cpus, const struct spot spots[])
{
    size_t next[CPUS_PARTS]; /* the place where the next of each begins */
    for (int part = 0; part < CPUS_PARTS; part++)
        next[part] = cpus->count;
    for (size_t place = cpus->count; place-- > 0;) {
        const struct spot *spot = &spots[cpus->order[place]];
        enum cpus_part part =
            place > 0 ? part_between(&spots[cpus->order[place - 1]], spot) : CPUS_KIND;
        cpus->parts[place] = part;
        cpus->sizes[place] = next[part] - place;
        for (int less = 0; less <= (int)part; less++)
            next[less] = place;
    }
}

static void count_cores(struct cpus *cpus, const struct machine *machine)
{
    int run = 0;
    for (size_t i = 0; i < cpus->count; i++) {
        bool begins = cpus->parts[i] > CPUS_SIBLING;
        bool counts = i > 0 && cpus_at(cpus, machine, i - 1)->core >= 0;
        run = begins ? 1 : run + 1;
        cpus->cores += begins;
        if (run > cpus->siblings)
            cpus->siblings = run;
        if (cpus->parts[i] < CPUS_KIND)
            cpus->numbers[i] = cpus->numbers[i - 1] + (begins && counts);
    }
}

/* How many CPUs each of such a part has, if all have as many; else 0. */
static int find_size(const struct cpus *cpus, enum cpus_part part)
{
    size_t first = 0, size = 0;
    for (size_t i = 1; i <= cpus->count; i++) {
        if (i < cpus->count && cpus->parts[i] < part)
            continue;
        if (size > 0 && i - first != size)
            return 0;
        size = i - first;
        first = i;
    }
    return (int)size;
}

static bool has_caches(const struct cpus *cpus, const struct spot spots[])
{
    for (size_t i = 0; i < cpus->count; i++)
        if (spots[i].l3 < 0)
            return false;
    return true;
}

void cpus_init(struct cpus *cpus, const struct machine *machine)
{
    struct spot *spots = list_spots(machine);
    *cpus = (struct cpus){.count = machine->cpu_count, .siblings = 1};
    cpus->order = memory_new(cpus->count, sizeof *cpus->order);
    cpus->parts = memory_new(cpus->count, sizeof *cpus->parts);
    cpus->sizes = memory_new(cpus->count, sizeof *cpus->sizes);
    cpus->numbers = memory_new(cpus->count, sizeof *cpus->numbers);
    for (size_t i = 0; i < cpus->count; i++)
        cpus->order[i] = i;
    qsort_r(cpus->order, cpus->count, sizeof *cpus->order, compare, spots);
    find_parts(cpus, spots);
    count_cores(cpus, machine);
    cpus->shared = has_caches(cpus, spots) ? find_size(cpus, CPUS_CACHE) : 0;
    cpus->in_node = find_size(cpus, CPUS_NODE);
    free(spots);
}

void cpus_finish(struct cpus *cpus)
{
    free(cpus->order);
    free(cpus->parts);
    free(cpus->sizes);
    free(cpus->numbers);
    *cpus = (struct cpus){0};
}

/* How many cores a range is all of, if the numbers of their first CPUs follow each other;
 * else 0. */
static int count_rising_cores(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range)
{
    size_t end = range->first + range->count;
    int first = cpus_at(cpus, machine, range->first)->id, cores = 0;
    if (cpus->parts[range->first] == CPUS_SIBLING ||
        (end < cpus->count && cpus->parts[end] == CPUS_SIBLING))
        return 0;
    for (size_t place = range->first; place < end; place++)
        if (cpus->parts[place] > CPUS_SIBLING &&
            cpus_at(cpus, machine, place)->id != first + cores++)
            return 0;
    return cores;
}

static void name_ids(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range, size_t size, char text[])
{
    int first = cpus_at(cpus, machine, range->first)->id;
    int last = cpus_at(cpus, machine, range->first + range->count - 1)->id;
    bool rising = last - first == (int)range->count - 1;
    int cores = count_rising_cores(cpus, machine, range);
    if (range->count == 1)
        snprintf(text, size, "%d", first);
    else if (rising && range->count > 2)
        snprintf(text, size, "%d-%d", first, last);
    else if (range->count == 2)
        snprintf(text, size, "%d,%d", first, last);
    else if (cores > 1)
        snprintf(text, size, "%d-%d+", first, first + cores - 1);
    else
        snprintf(text, size, "%d...", first);
}

static void name_cores(const struct cpus *cpus, const char *kind,
    const struct cpus_range *range, size_t size, char text[])
{
    char name[NAME_SIZE];
    int from = cpus->numbers[range->first];
    int to = cpus->numbers[range->first + range->count - 1];
    if (from == to)
        snprintf(name, sizeof name, "%s %d", kind, from);
    else
        snprintf(
            name, sizeof name, "%s %d%s%d", kind, from, to == from + 1 ? "," : "-", to);
    size_t word = strlen(kind);
    if (strlen(name) >= size) /* it may have room without the blank */
        memmove(name + word, name + word + 1, strlen(name + word + 1) + 1);
    text_copy(NAME_SIZE, text, name);
}

/* In words, as well as there is room: cut where there is not. */
static void name_worded(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range, size_t size, char text[NAME_SIZE])
{
    const struct machine_cpu *first = cpus_at(cpus, machine, range->first);
    const struct machine_cpu *last =
        cpus_at(cpus, machine, range->first + range->count - 1);
    bool hybrid = first->kind >= 0 && first->kind == last->kind;
    bool by_id = range->ids || first->core < 0 || (!hybrid && cpus->siblings < 2);
    if (!by_id)
        name_cores(
            cpus, hybrid ? machine->kinds[first->kind].name : "core", range, size, text);
    else if (range->count == 1)
        snprintf(text, NAME_SIZE, "CPU %d", first->id);
    else
        name_ids(cpus, machine, range, NAME_SIZE, text);
}

static void name_in_form(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range, size_t size, char text[NAME_SIZE])
{
    if (range->form == CPUS_WORDED)
        name_worded(cpus, machine, range, size, text);
    else if (range->form == CPUS_NUMBERED)
        name_ids(cpus, machine, range, NAME_SIZE, text);
    else
        snprintf(text, NAME_SIZE, "%d", cpus_at(cpus, machine, range->first)->id);
}

enum cpus_form cpus_form_of(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range, size_t size)
{
    struct cpus_range tried = *range;
    for (; tried.form < CPUS_FIRST; tried.form++) {
        char name[NAME_SIZE];
        name_in_form(cpus, machine, &tried, size, name);
        bool tells_all = tried.form == CPUS_WORDED || !strchr(name, '.');
        if (strlen(name) < size && tells_all)
            break;
    }
    return tried.form;
}

void cpus_name(const struct cpus *cpus, const struct machine *machine,
    const struct cpus_range *range, size_t size, char text[])
{
    char name[NAME_SIZE];
    struct cpus_range taken = *range;
    taken.form = cpus_form_of(cpus, machine, range, size);
    name_in_form(cpus, machine, &taken, size, name);
    text_copy(size, text, name);
}

/* Whether the CPUs are of several such parts. */
static bool has_several(const struct cpus *cpus, enum cpus_part part)
{
    for (size_t i = 1; i < cpus->count; i++)
        if (cpus->parts[i] == part)
            return true;
    return false;
}

static void add_name(size_t size, char text[], const char *word, int number)
{
    if (number >= 0)
        text_append(size, text, "%s%s %d", *text ? ", " : "", word, number);
}

void cpus_name_group(const struct cpus *cpus, const struct machine *machine, size_t place,
    enum cpus_part part, size_t size, char text[])
{
    const struct machine_cpu *cpu = cpus_at(cpus, machine, place);
    text[0] = '\0';
    if (cpu->kind >= 0 && (size_t)cpu->kind < machine->kind_count)
        text_append(size, text, "%s cores", machine->kinds[cpu->kind].name);
    if (part <= CPUS_PACKAGE && has_several(cpus, CPUS_PACKAGE))
        add_name(size, text, "package", cpu->package);
    if (part <= CPUS_NODE && has_several(cpus, CPUS_NODE))
        add_name(size, text, "node", cpu->node);
}
