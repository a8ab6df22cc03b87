// SPDX-License-Identifier: MIT
#include "machine/usable.h"

#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "machine/batch.h"
#include "machine/cgroup.h"

#define AFFINITY "affinity"

enum { STATUS_MAX = 1 << 18 };

static void add_limit(
    struct usable *usable, const char *source, double cpus, const char *where)
{
    void *limits = usable->limits;
    struct machine_limit *limit =
        memory_append(&limits, usable->limit_count++, sizeof *limit);
    usable->limits = limits;
    limit->cpus = cpus;
    text_copy(sizeof limit->source, limit->source, source);
    text_copy(sizeof limit->where, limit->where, where);
    text_make_printable(limit->where); /* anybody may name a control group */
}

/* The kernel wants room for every CPU that it could have, and says EINVAL until it is
 * there. */
static int read_own_mask(struct ids *mask)
{
    for (int room = CPU_SETSIZE; room <= IDS_MAX; room *= 2) {
        cpu_set_t *set = CPU_ALLOC((size_t)room);
        size_t size = CPU_ALLOC_SIZE((size_t)room);
        if (!set)
            return -ENOMEM;
        int error = sched_getaffinity(0, size, set) < 0 ? -errno : 0;
        for (size_t id = 0; error == 0 && id < (size_t)room; id++)
            if (CPU_ISSET_S(id, size, set))
                ids_add(mask, id);
        CPU_FREE(set);
        if (error != -EINVAL)
            return error;
    }
    return -EINVAL;
}

int usable_parse_status(const char *text, struct ids *mask)
{
    static const char key[] = "Cpus_allowed_list:";
    const char *line = text;
    while (line && strncmp(line, key, sizeof key - 1) != 0) {
        line = strchr(line, '\n');
        line = line ? line + 1 : NULL;
    }
    return line ? ids_parse(line + sizeof key - 1, mask) : -ENOENT;
}

int usable_read_mask(const struct root *root, struct ids *mask)
{
    if (!root->simulated)
        return read_own_mask(mask);
    char *text;
    int error = root_read(root, "proc/self/status", STATUS_MAX, &text);
    if (error < 0)
        return error;
    error = usable_parse_status(text, mask);
    free(text);
    return error;
}

/* Allows the online CPUs that are in `mask`, all if there are none; returns how many
 * there are. */
static size_t allow(
    struct usable *usable, const struct ids *online, const struct ids *mask)
{
    for (size_t id = 0; id < online->room; id++)
        if (ids_has(online, id) && ids_has(mask, id))
            ids_add(&usable->allowed, id);
    size_t count = ids_count(&usable->allowed);
    if (count == 0)
        ids_add_all(&usable->allowed, online);
    return count;
}

/* A mask of CPUs none of which is online here is that of another numbering (lxcfs
 * renumbers /proc/stat): its size still counts. */
static void collect_mask(
    struct usable *usable, const struct root *root, const struct usable_facts *facts)
{
    struct ids mask = {0};
    size_t listed = usable_read_mask(root, &mask) == 0 ? ids_count(&mask) : 0;
    if (listed > 0) {
        size_t count = allow(usable, facts->online, &mask);
        add_limit(
            usable, AFFINITY, (double)(count > 0 ? count : listed), "/proc/self/status");
    } else {
        ids_add_all(&usable->allowed, facts->online);
    }
    ids_finish(&mask);
}

static void collect_quota(struct usable *usable, const struct root *root)
{
    double cpus;
    char *where;
    if (!cgroup_find_quota(root, &cpus, &where))
        return;
    add_limit(usable, "cgroup quota", cpus, where);
    free(where);
}

static void collect_grants(struct usable *usable, char *const environment[])
{
    struct batch_grant grants[BATCH_GRANTS_MAX];
    size_t count = batch_find(environment, grants);
    for (size_t i = 0; i < count; i++) {
        char where[64];
        snprintf(where, sizeof where, "%s=%d", grants[i].variable, grants[i].cpus);
        add_limit(usable, grants[i].variable, grants[i].cpus, where);
    }
}

void usable_init(
    struct usable *usable, const struct root *root, const struct usable_facts *facts)
{
    *usable = (struct usable){0};
    add_limit(usable, "online", (double)ids_count(facts->online), facts->online_where);
    collect_mask(usable, root, facts);
    collect_quota(usable, root);
    if (!root->simulated)
        collect_grants(usable, facts->environment);
}

void usable_finish(struct usable *usable)
{
    ids_finish(&usable->allowed);
    free(usable->limits);
    *usable = (struct usable){0};
}

static bool has_mask(const struct usable *usable)
{
    for (size_t i = 0; i < usable->limit_count; i++)
        if (strcmp(usable->limits[i].source, AFFINITY) == 0)
            return true;
    return false;
}

/* Puts the last limit in the place of the mask's, behind the first. */
static void move_up_last(struct usable *usable)
{
    struct machine_limit *limits = usable->limits, last = limits[usable->limit_count - 1];
    memmove(&limits[2], &limits[1], (usable->limit_count - 2) * sizeof limits[0]);
    limits[1] = last;
}

void usable_narrow(struct usable *usable, const struct ids *cpuset)
{
    struct ids allowed = {0};
    for (size_t id = 0; id < usable->allowed.room; id++)
        if (ids_has(&usable->allowed, id) && ids_has(cpuset, id))
            ids_add(&allowed, id);
    size_t count = ids_count(&allowed);
    if (has_mask(usable) || count == 0 || count == ids_count(&usable->allowed)) {
        ids_finish(&allowed);
        return;
    }
    ids_finish(&usable->allowed);
    usable->allowed = allowed;
    add_limit(usable, "cpuset", (double)count, "/proc/self/cpuset");
    move_up_last(usable);
}
