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
        snprintf(name, sizeof name, "%zu", count);
    text_copy(size, text, name);
}

void cpus_rows_name(const struct cpus_rows *rows, const struct machine *machine,
    size_t row, bool ids, size_t size, char text[])
{
    size_t first = row * rows->size, count = rows->size;
    if (first + count > rows->cpus.count)
        count = rows->cpus.count - first;
    if (rows->count == 1 && rows->size > 1) {
        name_all(rows->cpus.count, size, text);
        return;
    }
    bool odd =
        count == 1 && rows->size > 2 && cpus_at(&rows->cpus, machine, first)->kind < 0;
    struct cpus_range range = {first, count, ids || odd};
    char name[48];
    cpus_name_among(
        &rows->cpus, machine, &range, size < sizeof name ? size : sizeof name, name);
    bool worded = odd && strncmp(name, "CPU ", 4) == 0;
    text_copy(size, text, worded ? name + 4 : name); /* numbers alone, as the others */
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
