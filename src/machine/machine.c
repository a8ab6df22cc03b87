// SPDX-License-Identifier: MIT
#include "machine/machine.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "machine/brand.h"
#include "machine/identity.h"
#include "machine/ids.h"
#include "machine/load.h"
#include "machine/topology.h"
#include "machine/usable.h"

#define SYS_CPU "sys/devices/system/cpu"

enum { LIST_MAX = 1 << 18, STAT_MAX = 1 << 24 };

/* What the system itself says of its CPUs. */
struct census {
    struct ids counted;       /* have a line in /proc/stat */
    struct ids online;        /* the system schedules on them */
    struct ids present;       /* plugged in; "possible" ones that are not do not count */
    const char *online_where; /* what said which are online */
};

static void census_finish(struct census *census)
{
    ids_finish(&census->counted);
    ids_finish(&census->online);
    ids_finish(&census->present);
}

static int count_in_stat(const struct root *root, struct ids *counted)
{
    char *text;
    struct load_reading reading;
    int error = root_read(root, "proc/stat", STAT_MAX, &text);
    if (error < 0)
        return error;
    error = load_reading_init(&reading, load_room_needed(text));
    if (error == 0) {
        error = load_parse(text, &reading);
        for (size_t id = 0; error >= 0 && id < reading.room; id++)
            if (reading.cpus[id].present)
                ids_add(counted, id);
        load_reading_finish(&reading);
    }
    free(text);
    return error < 0 ? error : 0;
}

/* Reads one of the kernel's lists; empty if it is not there or makes no sense. */
static void read_list(const struct root *root, const char *path, struct ids *ids)
{
    char *text;
    if (root_read(root, path, LIST_MAX, &text) < 0)
        return;
    if (ids_parse(text, ids) < 0)
        ids_finish(ids);
    free(text);
}

/* Whether the CPU's own file says that it is offline; CPU 0 often has none. */
static bool is_switched_off(const struct root *root, size_t id)
{
    char path[64], text[4];
    snprintf(path, sizeof path, SYS_CPU "/cpu%zu/online", id);
    return root_read_line(root, path, sizeof text, text) == 0 && strcmp(text, "0") == 0;
}

static void find_online(const struct root *root, struct census *census)
{
    read_list(root, SYS_CPU "/online", &census->online);
    census->online_where = "/" SYS_CPU "/online";
    if (ids_count(&census->online) > 0)
        return;
    census->online_where = "/proc/stat";
    for (size_t id = 0; id < census->counted.room; id++)
        if (ids_has(&census->counted, id) && !is_switched_off(root, id))
            ids_add(&census->online, id);
}

static void describe_place(const struct root *root, size_t size, char text[])
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", root->fd);
    ssize_t length = readlink(link, text, size - 1);
    text[length > 0 ? length : 0] = '\0';
}

static int take_census(
    const struct root *root, struct census *census, struct fault *fault)
{
    char place[256];
    describe_place(root, sizeof place, place);
    int error = count_in_stat(root, &census->counted);
    if (error < 0 && !root->simulated)
        return fault_system(fault, error, "cannot read /proc/stat");
    if (error == -ENOENT || error == -ENOTDIR)
        return fault_input(fault,
            "no machine in %s: proc/stat is missing (a recorded tree has proc/ and sys/)",
            place);
    if (error < 0)
        return fault_input(fault, "no machine in %s: proc/stat cannot be read: %s", place,
            strerror(-error));
    find_online(root, census);
    if (ids_count(&census->online) == 0)
        return fault_input(fault, "no machine in %s: proc/stat names no CPU", place);
    read_list(root, SYS_CPU "/present", &census->present);
    return 0;
}

/* Adds those of `ids` that are missing, offline and nowhere yet. */
static void add_cpus(struct machine *machine, const struct ids *ids)
{
    static const struct machine_cpu nowhere = {
        .core = -1, .package = -1, .node = -1, .l3 = -1, .kind = -1};
    struct ids named = {0};
    ids_add_all(&named, ids);
    for (size_t i = 0; i < machine->cpu_count; i++)
        ids_add(&named, (size_t)machine->cpus[i].id);
    struct machine_cpu *cpus = memory_new(ids_count(&named), sizeof cpus[0]);
    size_t count = 0;
    for (size_t id = 0; id < named.room; id++) {
        if (!ids_has(&named, id))
            continue;
        int index = machine_cpu_index(machine, (int)id);
        cpus[count] = index >= 0 ? machine->cpus[index] : nowhere;
        cpus[count++].id = (int)id;
    }
    free(machine->cpus);
    machine->cpus = cpus;
    machine->cpu_count = count;
    ids_finish(&named);
}

static void list_cpus(struct machine *machine, const struct census *census)
{
    add_cpus(machine, &census->counted);
    add_cpus(machine, &census->online);
    add_cpus(machine, &census->present);
    for (size_t i = 0; i < machine->cpu_count; i++)
        machine->cpus[i].online = ids_has(&census->online, (size_t)machine->cpus[i].id);
    machine->online_cpus = (int)ids_count(&census->online);
}

/* Takes over what may be used; the limits change hands. */
static void adopt_usable(struct machine *machine, struct usable *usable)
{
    for (size_t i = 0; i < machine->cpu_count; i++)
        machine->cpus[i].allowed = ids_has(&usable->allowed, (size_t)machine->cpus[i].id);
    machine->limit_count = usable->limit_count;
    machine->limits = usable->limits;
    usable->limits = NULL;
    machine->usable_cpus = machine_smallest_limit(machine)->cpus;
}

static void adopt_identity(struct machine *machine, const struct identity *identity)
{
    text_copy(sizeof machine->cpu_name, machine->cpu_name, identity->cpu_name);
    machine->name_is_own = identity->name_is_own;
    text_copy(sizeof machine->codename, machine->codename, identity->codename);
    text_copy(
        sizeof machine->virtual_kind, machine->virtual_kind, identity->virtual_kind);
}

static void describe(struct machine *machine, const struct root *root,
    const struct census *census, char *const environment[])
{
    list_cpus(machine, census);
    struct usable usable;
    usable_init(&usable, root,
        &(struct usable_facts){.online = &census->online,
            .online_where = census->online_where,
            .environment = environment});
    adopt_usable(machine, &usable);
    usable_finish(&usable);
    struct identity identity;
    identity_init(&identity, root);
    adopt_identity(machine, &identity);
}

int machine_init(struct machine *machine, const struct root *root,
    char *const environment[], struct fault *fault)
{
    *machine = (struct machine){.simulated = root->simulated};
    struct census census = {0};
    int error = take_census(root, &census, fault);
    if (error == 0)
        describe(machine, root, &census, environment);
    census_finish(&census);
    return error;
}

/* Where nothing lists what is present, hwloc's folders of CPUs do. */
static void add_unlisted(
    struct machine *machine, const struct root *root, const struct ids *complete)
{
    struct ids present = {0};
    read_list(root, SYS_CPU "/present", &present);
    if (present.room == 0)
        add_cpus(machine, complete);
    ids_finish(&present);
}

static void place(struct machine_cpu *cpu, const struct machine_cpu *found)
{
    cpu->core = found->core;
    cpu->package = found->package;
    cpu->node = found->node;
    cpu->l3 = found->l3;
    cpu->kind = found->kind;
}

/* Takes over what the topology found; its kinds change hands. */
static void adopt_topology(struct machine *machine, struct topology *topology)
{
    machine->topology_known = topology->known;
    machine->packages = topology->packages;
    machine->cores = topology->cores;
    machine->kind_count = topology->kind_count;
    machine->kinds = topology->kinds;
    topology->kinds = NULL;
    for (size_t i = 0; i < machine->cpu_count; i++)
        if ((size_t)machine->cpus[i].id < topology->room)
            place(&machine->cpus[i], &topology->cpus[machine->cpus[i].id]);
}

static void narrow(struct machine *machine, const struct ids *cpuset)
{
    struct usable usable = {
        .limit_count = machine->limit_count, .limits = machine->limits};
    for (size_t i = 0; i < machine->cpu_count; i++)
        if (machine->cpus[i].allowed)
            ids_add(&usable.allowed, (size_t)machine->cpus[i].id);
    usable_narrow(&usable, cpuset);
    adopt_usable(machine, &usable);
    usable_finish(&usable);
}

static void improve_name(struct machine *machine, const char *model)
{
    char name[sizeof machine->cpu_name];
    brand_tidy(model, sizeof name, name);
    if (!machine->name_is_own && name[0] != '\0')
        text_copy(sizeof machine->cpu_name, machine->cpu_name, name);
}

void machine_complete(struct machine *machine, const struct root *root)
{
    struct topology topology;
    topology_init(&topology, root);
    add_unlisted(machine, root, &topology.complete);
    adopt_topology(machine, &topology);
    narrow(machine, &topology.cpuset);
    improve_name(machine, topology.model);
    topology_finish(&topology);
}

void machine_finish(struct machine *machine)
{
    free(machine->cpus);
    free(machine->kinds);
    free(machine->limits);
    *machine = (struct machine){0};
}

const struct machine_limit *machine_smallest_limit(const struct machine *machine)
{
    const struct machine_limit *smallest = NULL;
    for (size_t i = 0; i < machine->limit_count; i++)
        if (!smallest || machine->limits[i].cpus < smallest->cpus)
            smallest = &machine->limits[i];
    return smallest;
}

int machine_count_allowed(const struct machine *machine)
{
    int count = 0;
    for (size_t i = 0; i < machine->cpu_count; i++)
        count += machine->cpus[i].allowed;
    return count;
}

bool machine_has_siblings(const struct machine *machine)
{
    struct ids cores = {0};
    bool has = false;
    for (size_t i = 0; i < machine->cpu_count && !has; i++) {
        const struct machine_cpu *cpu = &machine->cpus[i];
        if (!cpu->allowed || cpu->core < 0)
            continue;
        has = ids_has(&cores, (size_t)cpu->core);
        ids_add(&cores, (size_t)cpu->core);
    }
    ids_finish(&cores);
    return has;
}

static int compare_ids(const void *key, const void *element)
{
    int id = *(const int *)key, other = ((const struct machine_cpu *)element)->id;
    return (id > other) - (id < other);
}

int machine_cpu_index(const struct machine *machine, int id)
{
    if (machine->cpu_count == 0)
        return -1;
    const struct machine_cpu *cpu = bsearch(
        &id, machine->cpus, machine->cpu_count, sizeof machine->cpus[0], compare_ids);
    return cpu ? (int)(cpu - machine->cpus) : -1;
}
