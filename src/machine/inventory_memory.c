// SPDX-License-Identifier: MIT
/* NUMA nodes, and from which of them this process gets memory: sysfs-devices-node,
 * cpuset(7), set_mempolicy(2). */
#include <linux/mempolicy.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "machine/inventory_inside.h"

#define SYS_NODE "sys/devices/system/node"

enum { STATUS_MAX = 1 << 18, NODES_MAX = 4096, WORD_BITS = 8 * sizeof(unsigned long) };

static const char next[] = "Look at cpuset.mems of the control group, and for numactl or "
                           "a batch system's binding.";

/* The nodes with memory; where the kernel does not tell them apart, all. */
static const char *read_nodes(const struct root *root, struct ids *ret_nodes)
{
    if (inventory_read_list(root, SYS_NODE "/has_memory", ret_nodes))
        return SYS_NODE "/has_memory";
    inventory_read_list(root, SYS_NODE "/online", ret_nodes);
    return SYS_NODE "/online";
}

static void add_nodes(struct inventory_look *look, const struct ids *with_memory)
{
    char text[INVENTORY_VALUE_SIZE];
    struct ids online = {0};
    struct inventory_line *line = inventory_add(look, "nodes", SYS_NODE "/online");
    if (!inventory_read_list(look->root, SYS_NODE "/online", &online))
        return;
    inventory_list(&online, sizeof text, text);
    inventory_say(line, "%s", text);
    if (ids_count(with_memory) < ids_count(&online)) {
        inventory_list(with_memory, sizeof text, text);
        inventory_say(line, ", with memory %s", text);
    }
    ids_finish(&online);
}

static size_t count_common(const struct ids *one, const struct ids *other)
{
    size_t count = 0;
    for (size_t id = 0; id < one->room; id++)
        count += ids_has(one, id) && ids_has(other, id);
    return count;
}

static void worry_fewer(struct inventory_line *line, const struct ids *allowed,
    const struct ids *nodes, const char *by)
{
    size_t count = count_common(allowed, nodes), all = ids_count(nodes);
    if (count < all)
        inventory_worry(line, next,
            "Memory of only %zu of %zu NUMA nodes may be used, by %s", count, all, by);
}

static bool read_allowed(const struct root *root, struct ids *ret_allowed)
{
    char *text, value[8192];
    if (root_read(root, "proc/self/status", STATUS_MAX, &text) < 0)
        return false;
    bool found = inventory_find_value(text, "Mems_allowed_list:", sizeof value, value) &&
                 ids_parse(value, ret_allowed) == 0;
    free(text);
    return found;
}

/* The list may have nodes that are possible only: those with memory count. */
static void add_binding(struct inventory_look *look, const struct ids *nodes)
{
    char text[INVENTORY_VALUE_SIZE];
    struct ids allowed = {0};
    struct inventory_line *line = inventory_add(look, "memory", "/proc/self/status");
    if (read_allowed(look->root, &allowed)) {
        inventory_list(&allowed, sizeof text, text);
        inventory_say(line, "nodes %s", text);
        worry_fewer(line, &allowed, nodes, "Mems_allowed_list of /proc/self/status");
    }
    ids_finish(&allowed);
}

/* Puts the nodes of the policy into `ret_nodes`; returns the policy or -1. */
static int read_policy(struct ids *ret_nodes)
{
    unsigned long mask[NODES_MAX / WORD_BITS] = {0};
    int policy;
    if (syscall(SYS_get_mempolicy, &policy, mask, (unsigned long)NODES_MAX, NULL, 0UL) <
        0)
        return -1;
    for (size_t id = 0; id < NODES_MAX; id++)
        if (mask[id / WORD_BITS] >> (id % WORD_BITS) & 1)
            ids_add(ret_nodes, id);
    return policy & ~MPOL_MODE_FLAGS;
}

static void add_policy(struct inventory_look *look, const struct ids *nodes)
{
    static const char *const names[] = {
        [MPOL_DEFAULT] = "default, from the node nearest to the CPU",
        [MPOL_PREFERRED] = "preferred",
        [MPOL_BIND] = "bound",
        [MPOL_INTERLEAVE] = "interleaved",
        [MPOL_LOCAL] = "local, from the node nearest to the CPU",
    };
    char text[INVENTORY_VALUE_SIZE];
    struct ids bound = {0};
    struct inventory_line *line = inventory_add(look, "mempolicy", "get_mempolicy(2)");
    int policy = look->root->simulated ? -1 : read_policy(&bound);
    if (policy >= 0) {
        bool known = policy < (int)(sizeof names / sizeof names[0]);
        inventory_say(line, "%s", known ? names[policy] : "another policy");
    }
    if (policy >= 0 && ids_count(&bound) > 0) {
        inventory_list(&bound, sizeof text, text);
        inventory_say(line, ": nodes %s", text);
    }
    if (policy == MPOL_BIND)
        worry_fewer(
            line, &bound, nodes, "the policy that set_mempolicy(2) or numactl set");
    ids_finish(&bound);
}

void inventory_memory_add(struct inventory_look *look)
{
    struct ids nodes = {0};
    read_nodes(look->root, &nodes);
    add_nodes(look, &nodes);
    add_binding(look, &nodes);
    add_policy(look, &nodes);
    ids_finish(&nodes);
}
