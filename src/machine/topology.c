// SPDX-License-Identifier: MIT
#include "machine/topology.h"

#include <hwloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

#if HWLOC_API_VERSION < 0x00020400
#error "hwloc 2.4 or later is needed, for the kinds of cores"
#endif

enum { OWN_VARIABLES = 4 };

static void set_filters(hwloc_topology_t hwloc)
{
    static const hwloc_obj_type_t kept[] = {
        HWLOC_OBJ_PACKAGE, HWLOC_OBJ_CORE, HWLOC_OBJ_L3CACHE};
    hwloc_topology_set_all_types_filter(hwloc, HWLOC_TYPE_FILTER_KEEP_NONE);
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        hwloc_topology_set_type_filter(hwloc, kept[i], HWLOC_TYPE_FILTER_KEEP_ALL);
    /* Without groups a NUMA node of several packages would claim the whole machine. */
    hwloc_topology_set_type_filter(
        hwloc, HWLOC_OBJ_GROUP, HWLOC_TYPE_FILTER_KEEP_STRUCTURE);
}

static unsigned long load_flags(void)
{
    unsigned long flags = HWLOC_TOPOLOGY_FLAG_INCLUDE_DISALLOWED;
#if HWLOC_API_VERSION >= 0x00020800
    flags |= HWLOC_TOPOLOGY_FLAG_NO_DISTANCES | HWLOC_TOPOLOGY_FLAG_NO_MEMATTRS;
#endif
    return flags;
}

/* hwloc takes its orders from the environment. */
struct environment {
    char **variables; /* in place of environ: the user's but for HWLOC_…, then our own */
    char own[OWN_VARIABLES][64];
};

/* The user's HWLOC_ variables may name another machine.  Of hwloc's components the linux
 * one alone reads files; others would run on every CPU in turn, or load plug-ins (8 ms in
 * place of 1.6 ms). */
static void environment_init(struct environment *environment, const struct root *root)
{
    size_t count = 0, kept = 0;
    while (environ && environ[count])
        count++;
    char **variables = memory_new(count + OWN_VARIABLES + 1, sizeof variables[0]);
    for (size_t i = 0; i < count; i++)
        if (strncmp(environ[i], "HWLOC_", 6) != 0)
            variables[kept++] = environ[i];
    size_t room = sizeof environment->own[0];
    text_copy(room, environment->own[0], "HWLOC_COMPONENTS=linux,stop");
    text_copy(room, environment->own[1], "HWLOC_PLUGINS_PATH=/nonexistent");
    text_copy(room, environment->own[2], "HWLOC_HIDE_ERRORS=2");
    snprintf(environment->own[3], room, "HWLOC_FSROOT=/proc/self/fd/%d", root->fd);
    for (int i = 0; i < (root->simulated ? OWN_VARIABLES : OWN_VARIABLES - 1); i++)
        variables[kept++] = environment->own[i];
    environment->variables = variables;
}

static bool configure(hwloc_topology_t hwloc)
{
    set_filters(hwloc);
    return hwloc_topology_set_flags(hwloc, load_flags()) == 0;
}

/* Loads what is below the root; NULL if hwloc cannot, or looked at something else. */
static hwloc_topology_t load(const struct root *root)
{
    struct environment environment;
    environment_init(&environment, root);
    char **users = environ;
    environ = environment.variables;
    hwloc_topology_t hwloc = NULL;
    bool loaded = hwloc_topology_init(&hwloc) == 0 && configure(hwloc) &&
                  hwloc_topology_load(hwloc) == 0 &&
                  (hwloc_topology_is_thissystem(hwloc) != 0) == !root->simulated &&
                  hwloc_get_nbobjs_by_type(hwloc, HWLOC_OBJ_CORE) > 0;
    if (!loaded && hwloc) {
        hwloc_topology_destroy(hwloc);
        hwloc = NULL;
    }
    environ = users;
    free(environment.variables);
    return hwloc;
}

static void add_bitmap(struct ids *ids, hwloc_const_bitmap_t bitmap)
{
    unsigned id;
    hwloc_bitmap_foreach_begin(id, bitmap)
    {
        if (id >= IDS_MAX)
            break;
        ids_add(ids, id);
    }
    hwloc_bitmap_foreach_end();
}

/* The system's number of the first NUMA node whose CPUs these are: memory of another sort
 * that the same CPUs have comes later. */
static int find_node(hwloc_topology_t hwloc, unsigned id)
{
    hwloc_obj_t node = NULL;
    while ((node = hwloc_get_next_obj_by_type(hwloc, HWLOC_OBJ_NUMANODE, node)))
        if (hwloc_bitmap_isset(node->cpuset, id))
            return (int)node->os_index;
    return -1;
}

/* Where the CPU of a PU object is, read off its ancestors. */
static struct machine_cpu place_of(hwloc_topology_t hwloc, hwloc_obj_t unit)
{
    struct machine_cpu cpu = {
        .id = (int)unit->os_index, .core = -1, .package = -1, .l3 = -1, .kind = -1};
    cpu.node = find_node(hwloc, unit->os_index);
    for (hwloc_obj_t object = unit->parent; object; object = object->parent) {
        if (object->type == HWLOC_OBJ_CORE)
            cpu.core = (int)object->logical_index;
        else if (object->type == HWLOC_OBJ_L3CACHE)
            cpu.l3 = (int)object->logical_index;
        else if (object->type == HWLOC_OBJ_PACKAGE)
            cpu.package = (int)object->logical_index;
    }
    return cpu;
}

static void read_places(hwloc_topology_t hwloc, struct topology *topology)
{
    size_t room = topology->complete.room;
    topology->room = room;
    topology->cpus = memory_new(room, sizeof topology->cpus[0]);
    for (size_t id = 0; id < room; id++)
        topology->cpus[id] = (struct machine_cpu){
            .id = (int)id, .core = -1, .package = -1, .node = -1, .l3 = -1, .kind = -1};
    hwloc_obj_t unit = NULL;
    while ((unit = hwloc_get_next_obj_by_type(hwloc, HWLOC_OBJ_PU, unit)))
        if (unit->os_index < room)
            topology->cpus[unit->os_index] = place_of(hwloc, unit);
}

static const char *find_info(
    unsigned count, const struct hwloc_info_s infos[], const char *name)
{
    for (unsigned i = 0; i < count; i++)
        if (strcmp(infos[i].name, name) == 0)
            return infos[i].value;
    return NULL;
}

/* Names a kind by what the system calls it, or by its rank where there are two. */
static void name_kind(
    const char *core_type, int index, int count, struct machine_kind *kind)
{
    if (core_type && strcmp(core_type, "IntelAtom") == 0)
        text_copy(sizeof kind->name, kind->name, "E");
    else if (core_type && strcmp(core_type, "IntelCore") == 0)
        text_copy(sizeof kind->name, kind->name, "P");
    else if (core_type)
        text_copy(sizeof kind->name, kind->name, core_type);
    else if (count == 2)
        text_copy(sizeof kind->name, kind->name, index == 0 ? "E" : "P");
    else
        snprintf(kind->name, sizeof kind->name, "kind %d", index);
}

/* Kinds of the same name are told apart by a number: "E1", "E2". */
static void number_namesakes(size_t count, struct machine_kind kinds[])
{
    for (size_t i = 0; i < count; i++) {
        int number = 1;
        for (size_t j = i + 1; j < count; j++) {
            if (strcmp(kinds[i].name, kinds[j].name) != 0)
                continue;
            size_t length = strnlen(kinds[j].name, sizeof kinds[j].name - 4);
            snprintf(kinds[j].name + length, 4, "%d", ++number % 100);
        }
        size_t length = strnlen(kinds[i].name, sizeof kinds[i].name - 4);
        if (number > 1)
            snprintf(kinds[i].name + length, 4, "1");
    }
}

static int count_cores(hwloc_topology_t hwloc, hwloc_const_bitmap_t cpus)
{
    int count = 0;
    hwloc_obj_t core = NULL;
    while ((core = hwloc_get_next_obj_by_type(hwloc, HWLOC_OBJ_CORE, core)))
        count += hwloc_bitmap_isset(cpus, (unsigned)hwloc_bitmap_first(core->cpuset));
    return count;
}

/* hwloc's kinds come by rising speed; without a rank nobody knows which is which. */
static bool read_kind(
    hwloc_topology_t hwloc, int index, int count, struct topology *topology)
{
    unsigned info_count;
    struct hwloc_info_s *infos;
    int efficiency;
    hwloc_bitmap_t cpus = hwloc_bitmap_alloc();
    bool known = cpus && hwloc_cpukinds_get_info(hwloc, (unsigned)index, cpus,
                             &efficiency, &info_count, &infos, 0) == 0;
    if (known) {
        const char *core_type = find_info(info_count, infos, "CoreType");
        known = efficiency >= 0 || core_type;
        struct machine_kind *kind = &topology->kinds[index];
        name_kind(core_type, index, count, kind);
        kind->cores = count_cores(hwloc, cpus);
        for (size_t id = 0; id < topology->room; id++)
            if (hwloc_bitmap_isset(cpus, (unsigned)id))
                topology->cpus[id].kind = index;
    }
    hwloc_bitmap_free(cpus);
    return known;
}

static void read_kinds(hwloc_topology_t hwloc, struct topology *topology)
{
    int count = hwloc_cpukinds_get_nr(hwloc, 0);
    if (count < 2)
        return;
    topology->kinds = memory_new((size_t)count, sizeof topology->kinds[0]);
    bool known = true;
    for (int index = 0; index < count; index++)
        known = read_kind(hwloc, index, count, topology) && known;
    if (known) {
        topology->kind_count = (size_t)count;
        number_namesakes(topology->kind_count, topology->kinds);
        return;
    }
    free(topology->kinds);
    topology->kinds = NULL;
    for (size_t id = 0; id < topology->room; id++)
        topology->cpus[id].kind = -1;
}

static void read_model(hwloc_topology_t hwloc, struct topology *topology)
{
    hwloc_obj_t package = hwloc_get_next_obj_by_type(hwloc, HWLOC_OBJ_PACKAGE, NULL);
    if (!package)
        package = hwloc_get_root_obj(hwloc);
    const char *model = hwloc_obj_get_info_by_name(package, "CPUModel");
    text_copy(sizeof topology->model, topology->model, model ? model : "");
}

void topology_init(struct topology *topology, const struct root *root)
{
    *topology = (struct topology){0};
    hwloc_topology_t hwloc = load(root);
    if (!hwloc)
        return;
    topology->known = true;
    topology->packages = hwloc_get_nbobjs_by_type(hwloc, HWLOC_OBJ_PACKAGE);
    topology->cores = hwloc_get_nbobjs_by_type(hwloc, HWLOC_OBJ_CORE);
    add_bitmap(&topology->complete, hwloc_topology_get_complete_cpuset(hwloc));
    add_bitmap(&topology->cpuset, hwloc_topology_get_allowed_cpuset(hwloc));
    read_places(hwloc, topology);
    read_kinds(hwloc, topology);
    read_model(hwloc, topology);
    hwloc_topology_destroy(hwloc);
}

void topology_finish(struct topology *topology)
{
    free(topology->cpus);
    free(topology->kinds);
    ids_finish(&topology->complete);
    ids_finish(&topology->cpuset);
    *topology = (struct topology){0};
}
