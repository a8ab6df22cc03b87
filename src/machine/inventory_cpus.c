// SPDX-License-Identifier: MIT
/* Which CPUs there are: cputopology.rst, sysfs-devices-system-cpu. */
#include <stdio.h>

#include "machine/inventory_inside.h"

#define SYS_CPU "sys/devices/system/cpu"

/* Adds a line for one of the kernel's lists; `ret_ids` is untouched where it is not
 * visible. */
static struct inventory_line *add_list(
    struct inventory_look *look, const char *topic, const char *path, struct ids *ret_ids)
{
    char text[INVENTORY_VALUE_SIZE];
    struct inventory_line *line = inventory_add(look, topic, path);
    if (inventory_read_list(look->root, path, ret_ids)) {
        inventory_list(ret_ids, sizeof text, text);
        inventory_say(line, "%s", text);
    }
    return line;
}

/* As far as the machine knows them: where sysfs has no list, /proc/stat and each CPU's
 * own switch say it. */
static void add_online(struct inventory_look *look)
{
    const struct machine *machine = look->machine;
    char text[INVENTORY_VALUE_SIZE];
    struct ids online = {0};
    for (size_t i = 0; i < machine->cpu_count; i++)
        if (machine->cpus[i].online)
            ids_add(&online, (size_t)machine->cpus[i].id);
    const struct machine_limit *limit = inventory_limit(look, "online");
    struct inventory_line *line =
        inventory_add(look, "online", limit ? limit->where : SYS_CPU "/online");
    if (ids_count(&online) > 0) {
        inventory_list(&online, sizeof text, text);
        inventory_say(line, "%s", text);
    }
    ids_finish(&online);
}

static const char *what_brings_back(const struct root *root)
{
    char control[16] = "";
    root_read_line(root, SYS_CPU "/smt/control", sizeof control, control);
    return control[0] == 'o' && control[1] == 'f'
               ? "See /sys/devices/system/cpu/smt/control: SMT is switched off."
               : "As root, write 1 to /sys/devices/system/cpu/cpuN/online; if they were "
                 "off from the start, look for maxcpus= or nosmt in /proc/cmdline.";
}

static void worry_offline(
    struct inventory_look *look, struct inventory_line *line, const struct ids *offline)
{
    char text[INVENTORY_VALUE_SIZE];
    size_t count = ids_count(offline);
    inventory_list(offline, sizeof text, text);
    inventory_worry(line, what_brings_back(look->root),
        "%zu CPU%s present but offline: %s", count, count == 1 ? " is" : "s are", text);
}

/* Where there is no list: the switch of the first of them. */
static void cite_switch(struct inventory_line *line, const struct ids *offline)
{
    char where[64];
    size_t id = 0;
    while (!ids_has(offline, id))
        id++;
    snprintf(where, sizeof where, SYS_CPU "/cpu%zu/online", id);
    inventory_cite(line, where);
}

/* The kernel's list has those that are possible but not present, too. */
static void say_absent(
    struct inventory_line *line, const struct machine *machine, const struct ids *listed)
{
    char text[INVENTORY_VALUE_SIZE];
    struct ids absent = {0};
    for (size_t id = 0; id < listed->room; id++)
        if (ids_has(listed, id) && machine_cpu_index(machine, (int)id) < 0)
            ids_add(&absent, id);
    if (ids_count(&absent) > 0) {
        inventory_list(&absent, sizeof text, text);
        inventory_say(line, "; %s possible, not present", text);
    }
    ids_finish(&absent);
}

static void add_offline(struct inventory_look *look)
{
    const struct machine *machine = look->machine;
    char text[INVENTORY_VALUE_SIZE];
    struct ids listed = {0}, offline = {0};
    for (size_t i = 0; i < machine->cpu_count; i++)
        if (!machine->cpus[i].online)
            ids_add(&offline, (size_t)machine->cpus[i].id);
    size_t count = ids_count(&offline);
    struct inventory_line *line = inventory_add(look, "offline", SYS_CPU "/offline");
    bool visible = inventory_read_list(look->root, SYS_CPU "/offline", &listed);
    if (visible || count > 0) {
        inventory_list(&offline, sizeof text, text);
        inventory_say(line, "%s", text);
        say_absent(line, machine, &listed);
    }
    if (!visible && count > 0)
        cite_switch(line, &offline);
    if (count > 0)
        worry_offline(look, line, &offline);
    ids_finish(&listed);
    ids_finish(&offline);
}

static void add_isolated(struct inventory_look *look)
{
    struct ids isolated = {0};
    struct inventory_line *line =
        add_list(look, "isolated", SYS_CPU "/isolated", &isolated);
    size_t count = ids_count(&isolated);
    if (count > 0)
        inventory_worry(line,
            "Look for isolcpus= in /proc/cmdline, and for isolated partitions of "
            "cpusets.",
            "The scheduler puts no ordinary process on %zu isolated CPU%s: %s", count,
            count == 1 ? "" : "s", line->value);
    ids_finish(&isolated);
}

static int count_list(struct inventory_look *look, const char *topic, const char *path)
{
    struct ids ids = {0};
    bool visible = add_list(look, topic, path, &ids)->visible;
    int count = visible ? (int)ids_count(&ids) : -1;
    ids_finish(&ids);
    return count;
}

void inventory_cpus_add(struct inventory_look *look)
{
    look->possible = count_list(look, "possible", SYS_CPU "/possible");
    look->present = count_list(look, "present", SYS_CPU "/present");
    add_online(look);
    add_offline(look);
    add_isolated(look);
    count_list(look, "nohz_full", SYS_CPU "/nohz_full");
}
