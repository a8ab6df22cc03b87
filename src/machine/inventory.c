// SPDX-License-Identifier: MIT
#include "machine/inventory.h"

#include <stdlib.h>
#include <string.h>

const char *const inventory_group_names[] = {
    [INVENTORY_CPUS] = "CPUs",
    [INVENTORY_FENCES] = "fences",
    [INVENTORY_CORES] = "cores",
    [INVENTORY_MEMORY] = "memory",
    [INVENTORY_HOST] = "host",
    [INVENTORY_POWER] = "power",
    [INVENTORY_GROUPS] = NULL,
};

void inventory_finish(struct inventory *inventory)
{
    free(inventory->lines);
    free(inventory->counts);
    *inventory = (struct inventory){0};
}

const struct inventory_line *inventory_find(
    const struct inventory *inventory, const char *topic)
{
    for (size_t i = 0; i < inventory->line_count; i++)
        if (strcmp(inventory->lines[i].topic, topic) == 0)
            return &inventory->lines[i];
    return NULL;
}
