// SPDX-License-Identifier: MIT
#include "experiment/cpus_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

enum { NAME_SIZE = 32 };

size_t cpus_rows_divide(size_t count, size_t rows)
{
    size_t least = (count + rows - 1) / rows;
    for (size_t size = least; size < 2 * least; size++)
        if (count % size == 0)
            return size;
    return least;
}

void cpus_rows_init(struct cpus_rows *rows, const struct machine *machine, size_t most)
{
    cpus_init(&rows->cpus, machine);
    size_t count = rows->cpus.count, siblings = (size_t)rows->cpus.siblings;
    rows->size = count <= most ? 1 : cpus_rows_divide(count, most);
    if (rows->size > 1 && siblings > 1)
        rows->size = (rows->size + siblings - 1) / siblings * siblings;
    if (rows->size > count || count == 0)
        rows->size = count > 0 ? count : 1;
    rows->count = (count + rows->size - 1) / rows->size;
}

void cpus_rows_finish(struct cpus_rows *rows)
{
    cpus_finish(&rows->cpus);
}

/* In words, if there is room. */
static void name_all(size_t count, size_t size, char text[])
{
    char name[NAME_SIZE];
    snprintf(name, sizeof name, "%zu CPUs", count);
    if (strlen(name) >= size)
        snprintf(name, sizeof name, "all %zu", count);
    if (strlen(name) >= size)
        text_copy(sizeof name, name, "all");
    text_copy(size, text, name);
}

static struct cpus_range range_of(const struct cpus_rows *rows, size_t row)
{
    size_t first = row * rows->size, left = rows->cpus.count - first;
    return (struct cpus_range){.first = first,
        .count = left < rows->size ? left : rows->size,
        .ids = rows->ids,
        .form = rows->form};
}

void cpus_rows_fit(
    struct cpus_rows *rows, const struct machine *machine, bool ids, size_t size)
{
    rows->ids = ids;
    rows->form = CPUS_WORDED;
    for (size_t row = 0; row < rows->count; row++) {
        struct cpus_range range = range_of(rows, row);
        rows->form = cpus_form_of(&rows->cpus, machine, &range, size);
    }
}

void cpus_rows_name(const struct cpus_rows *rows, const struct machine *machine,
    size_t row, size_t size, char text[])
{
    struct cpus_range range = range_of(rows, row);
    if (rows->count == 1 && rows->size > 1) {
        name_all(rows->cpus.count, size, text);
        return;
    }
    if (range.count == 1 && rows->size > 2 &&
        cpus_at(&rows->cpus, machine, range.first)->kind < 0)
        range.form = CPUS_NUMBERED; /* a number alone, as the others */
    cpus_name(&rows->cpus, machine, &range, size, text);
}

int *cpus_rows_of(const struct cpus_rows *rows, const struct machine *machine,
    const struct result_stage *stage)
{
    int *row_of = memory_new(stage->cpu_count, sizeof *row_of);
    int *of_machine = memory_new(machine->cpu_count, sizeof *of_machine);
    for (size_t place = 0; place < rows->cpus.count; place++)
        of_machine[rows->cpus.order[place]] = (int)(place / rows->size);
    for (size_t i = 0; i < stage->cpu_count; i++) {
        int cpu = machine_cpu_index(machine, stage->cpus[i].id);
        row_of[i] = cpu >= 0 ? of_machine[cpu] : -1;
    }
    free(of_machine);
    return row_of;
}
