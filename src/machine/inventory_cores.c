// SPDX-License-Identifier: MIT
/* How the CPUs hang together: cputopology.rst; the kinds of cores as hwloc has them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "machine/inventory_inside.h"

#define SYS_CPU "sys/devices/system/cpu"
#define TOPOLOGY SYS_CPU "/cpu*/topology"

/* Cores that have several CPUs online, and how many those have. */
struct shared {
    int cores, least, most;
};

static struct shared count_shared(const struct machine *machine)
{
    struct shared shared = {0};
    int *siblings = memory_new(machine->cpu_count + 1, sizeof siblings[0]);
    for (size_t i = 0; i < machine->cpu_count; i++) {
        int core = machine->cpus[i].core;
        if (core >= 0 && (size_t)core < machine->cpu_count && machine->cpus[i].online)
            siblings[core]++;
    }
    for (size_t core = 0; core < machine->cpu_count; core++) {
        int count = siblings[core];
        if (count < 2)
            continue;
        shared.least = shared.cores == 0 || count < shared.least ? count : shared.least;
        shared.most = count > shared.most ? count : shared.most;
        shared.cores++;
    }
    free(siblings);
    return shared;
}

static void add_packages(struct inventory_look *look)
{
    const struct machine *machine = look->machine;
    struct inventory_line *line = inventory_add(look, "packages", TOPOLOGY);
    if (machine->topology_known && machine->packages > 0)
        inventory_say(line, "%d", machine->packages);
    line = inventory_add(look, "cores", TOPOLOGY);
    if (machine->topology_known && machine->cores > 0)
        inventory_say(line, "%d", machine->cores);
}

static const char *explain_control(const char *control)
{
    static const char *const known[][2] = {
        {"off", "off, switched off by the system"},
        {"forceoff", "off, switched off by the system for good"},
        {"notsupported", "none: the processor shows no sign of it"},
        {"notimplemented", "not known to this kernel"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(control, known[i][0]) == 0)
            return known[i][1];
    return NULL;
}

/* That it is off shows as CPUs that are offline: that line has the concern. */
static void add_smt(struct inventory_look *look)
{
    const struct machine *machine = look->machine;
    char active[8] = "", control[24] = "";
    bool visible =
        root_read_line(look->root, SYS_CPU "/smt/active", sizeof active, active) == 0;
    root_read_line(look->root, SYS_CPU "/smt/control", sizeof control, control);
    const char *words = explain_control(control);
    struct shared shared = count_shared(machine);
    const char *asked =
        control[0] != '\0' ? SYS_CPU "/smt/control" : SYS_CPU "/smt/active";
    struct inventory_line *line = inventory_add(look, "smt", asked);
    if (shared.cores > 0)
        inventory_say(line, "on: %d of %d cores have %s%d CPUs each", shared.cores,
            machine->cores, shared.least < shared.most ? "up to " : "", shared.most);
    else if (words)
        inventory_say(line, "%s", words);
    else if (visible)
        inventory_say(line, strcmp(active, "1") == 0 ? "on" : "off");
    else if (machine->topology_known)
        inventory_say(line, "none: one CPU for each core");
    if (!visible && machine->topology_known)
        inventory_cite(line, TOPOLOGY);
}

/* Whether there is anything by which kinds of cores can be told apart. */
static bool can_tell_kinds(const struct root *root)
{
    static const char *const files[] = {
        "sys/devices/cpu_core/cpus",
        SYS_CPU "/cpu0/cpu_capacity",
        SYS_CPU "/cpu0/cpufreq/cpuinfo_max_freq",
        SYS_CPU "/cpu0/acpi_cppc/nominal_freq",
    };
    char text[16];
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (root_read_line(root, files[i], sizeof text, text) == 0)
            return true;
    return false;
}

static void add_kinds(struct inventory_look *look)
{
    const struct machine *machine = look->machine;
    struct inventory_line *line =
        inventory_add(look, "kinds", SYS_CPU "/cpu*/{cpu_capacity,cpufreq,acpi_cppc}");
    for (size_t i = machine->kind_count; i > 0; i--) {
        const struct machine_kind *kind = &machine->kinds[i - 1];
        inventory_say(line, "%s%d %s core%s", i < machine->kind_count ? ", " : "",
            kind->cores, kind->name, kind->cores == 1 ? "" : "s");
    }
    if (machine->kind_count == 0 && machine->topology_known && can_tell_kinds(look->root))
        inventory_say(line, "no different kinds seen");
}

void inventory_cores_add(struct inventory_look *look)
{
    add_packages(look);
    add_smt(look);
    add_kinds(look);
}
