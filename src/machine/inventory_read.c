// SPDX-License-Identifier: MIT
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "machine/inventory.h"
#include "machine/inventory_inside.h"

/* What a file holds may be anything. */
static void make_all_printable(struct inventory *inventory)
{
    for (size_t i = 0; i < inventory->line_count; i++) {
        struct inventory_line *line = &inventory->lines[i];
        text_make_printable(line->value);
        text_make_printable(line->where);
        text_make_printable(line->concern);
    }
    for (size_t i = 0; i < inventory->count_count; i++)
        text_make_printable(inventory->counts[i].where);
}

static void add_lines(struct inventory_look *look)
{
    static void (*const groups[][3])(struct inventory_look *) = {
        [INVENTORY_CPUS] = {inventory_cpus_add},
        [INVENTORY_FENCES] = {inventory_fences_add, inventory_processes_add},
        [INVENTORY_CORES] = {inventory_cores_add},
        [INVENTORY_MEMORY] = {inventory_memory_add},
        [INVENTORY_HOST] = {inventory_host_add},
        [INVENTORY_POWER] = {inventory_clocks_add, inventory_power_add},
    };
    for (look->group = 0; look->group < INVENTORY_GROUPS; look->group++)
        for (int i = 0; groups[look->group][i]; i++)
            groups[look->group][i](look);
}

void inventory_init(struct inventory *inventory, const struct root *root,
    const struct machine *machine, char *const environment[])
{
    static char *const empty[] = {NULL};
    int64_t start_ns = clock_now_ns();
    *inventory = (struct inventory){0};
    struct inventory_look look = {
        .root = root,
        .machine = machine,
        .environment = environment ? environment : empty,
        .inventory = inventory,
        .possible = -1,
        .present = -1,
        .cpuset = -1,
    };
    if (root->simulated)
        look.environment = NULL;
    add_lines(&look);
    inventory_counts_add(&look);
    make_all_printable(inventory);
    inventory->took_ns = clock_now_ns() - start_ns;
}
