// SPDX-License-Identifier: MIT
/* How many processes can be started: proc_pid_limits(5), proc_sys_kernel(5),
 * proc_loadavg(5), the pids controller of control groups. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/text.h"
#include "machine/cgroup.h"
#include "machine/inventory_inside.h"

enum { LIMITS_MAX = 1 << 16, BESIDE = 8 }; /* helpers, beside one for each CPU */

/* The limit that leaves least room. */
struct processes {
    const struct root *root;
    bool visible;
    int64_t most, room;
    char where[INVENTORY_WHERE_SIZE];
};

static void consider(
    struct processes *processes, const char *where, int64_t most, int64_t used)
{
    int64_t room = most > used ? most - used : 0;
    if (processes->visible && processes->room <= room)
        return;
    processes->visible = true;
    processes->most = most;
    processes->room = room;
    text_copy(sizeof processes->where, processes->where, where);
}

/* The soft limit of "Max processes 96365 96365 processes"; how many the user has is not
 * to be had quickly.  Root has no such limit. */
static void consider_user(struct processes *processes)
{
    char *text, value[128];
    int64_t most;
    if (!processes->root->simulated && getuid() == 0)
        return;
    if (root_read(processes->root, "proc/self/limits", LIMITS_MAX, &text) < 0)
        return;
    if (inventory_find_value(text, "Max processes", sizeof value, value)) {
        value[strcspn(value, " \t")] = '\0';
        if (number_parse(value, &most) == 0 && most >= 0)
            consider(processes, "/proc/self/limits", most, 0);
    }
    free(text);
}

static bool consider_group(void *data, const char *folder, int version)
{
    struct processes *processes = data;
    char text[32], where[INVENTORY_WHERE_SIZE];
    int64_t most, used = 0;
    (void)version;
    if (cgroup_read_value(processes->root, folder, "pids.max", sizeof text, text) < 0 ||
        number_parse(text, &most) < 0)
        return true; /* "max" */
    if (cgroup_read_value(processes->root, folder, "pids.current", sizeof text, text) <
            0 ||
        number_parse(text, &used) < 0)
        used = 0;
    snprintf(where, sizeof where, "%s/pids.max", folder);
    consider(processes, where, most, used);
    return true;
}

/* The tasks there are: the number behind the slash of "0.00 0.01 0.05 1/123 4567". */
static int64_t count_tasks(const struct root *root)
{
    char text[128];
    if (root_read_line(root, "proc/loadavg", sizeof text, text) < 0)
        return 0;
    const char *slash = strchr(text, '/');
    return slash ? strtoll(slash + 1, NULL, 10) : 0;
}

static void consider_system(struct processes *processes)
{
    static const char *const paths[] = {
        "proc/sys/kernel/threads-max", "proc/sys/kernel/pid_max"};
    int64_t most, tasks = count_tasks(processes->root);
    char where[64];
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        snprintf(where, sizeof where, "/%s", paths[i]);
        if (inventory_read_number(processes->root, paths[i], &most))
            consider(processes, where, most, tasks);
    }
}

void inventory_processes_add(struct inventory_look *look)
{
    struct processes processes = {.root = look->root};
    consider_user(&processes);
    cgroup_climb(look->root, "pids", consider_group, &processes);
    consider_system(&processes);
    struct inventory_line *line = inventory_add(look, "processes", "/proc/self/limits");
    if (!processes.visible)
        return;
    inventory_cite(line, processes.where);
    if (processes.room == processes.most)
        inventory_say(line, "at most %lld", (long long)processes.most);
    else
        inventory_say(line, "%lld more can be started, of at most %lld",
            (long long)processes.room, (long long)processes.most);
    int64_t needed = (int64_t)(look->machine->usable_cpus + 0.999) + BESIDE;
    if (processes.room >= needed)
        return;
    bool counted = processes.room < processes.most;
    inventory_worry(line, "Raise that limit, or end other processes that it counts.",
        "%s %lld %sprocess%s can be started, by %s; %lld are needed",
        counted ? "Only" : "At most", (long long)processes.room, counted ? "more " : "",
        processes.room == 1 ? "" : "es", processes.where, (long long)needed);
}
