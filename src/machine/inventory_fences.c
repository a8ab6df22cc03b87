// SPDX-License-Identifier: MIT
/* What keeps this process from CPUs: its affinity mask, the cpuset and the quota of its
 * control groups, what a batch system gave it, its niceness. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "machine/batch.h"
#include "machine/cgroup.h"
#include "machine/inventory_inside.h"
#include "machine/usable.h"

enum { LIST_SIZE = 8192 };

/* "2 of 4 CPUs may be used, by …", if it is fewer. */
static void worry_fewer(struct inventory_look *look, struct inventory_line *line,
    double cpus, const char *by, const char *next)
{
    int online = look->machine->online_cpus;
    char number[32];
    inventory_number(cpus, sizeof number, number);
    if (cpus < online)
        inventory_worry(
            line, next, "%s of %d CPUs may be used, by %s", number, online, by);
}

/* Leaves those of `ids` that are online, all where none is: lxcfs has numbers of its
 * own. */
static void keep_online(const struct inventory_look *look, struct ids *ids)
{
    const struct machine *machine = look->machine;
    struct ids kept = {0};
    for (size_t i = 0; i < machine->cpu_count; i++)
        if (machine->cpus[i].online && ids_has(ids, (size_t)machine->cpus[i].id))
            ids_add(&kept, (size_t)machine->cpus[i].id);
    if (ids_count(&kept) == 0) {
        ids_finish(&kept);
        return;
    }
    ids_finish(ids);
    *ids = kept;
}

struct cpuset {
    const struct root *root;
    struct ids ids;
    char where[INVENTORY_WHERE_SIZE]; /* also what was asked in vain */
};

/* A group's own list may be empty in version 1, and not be there in version 2: then the
 * next one above has what counts. */
static bool take_cpuset(void *data, const char *folder, int version)
{
    static const char *const names[2][2] = {
        {"cpuset.effective_cpus", "cpuset.cpus"}, {"cpuset.cpus.effective", NULL}};
    struct cpuset *cpuset = data;
    char text[LIST_SIZE];
    for (int i = 0; i < 2 && names[version == 2][i]; i++) {
        const char *name = names[version == 2][i];
        struct ids ids = {0};
        bool has =
            cgroup_read_value(cpuset->root, folder, name, sizeof text, text) == 0 &&
            ids_parse(text, &ids) == 0 && ids_count(&ids) > 0;
        if (has || cpuset->where[0] == '\0')
            snprintf(cpuset->where, sizeof cpuset->where, "%s/%s", folder, name);
        if (has) {
            cpuset->ids = ids;
            return false;
        }
        ids_finish(&ids);
    }
    return true;
}

/* A recorded tree may have no group, and yet hwloc have found one. */
static void take_narrowed(const struct inventory_look *look, struct cpuset *cpuset)
{
    const struct machine *machine = look->machine;
    const struct machine_limit *limit = inventory_limit(look, "cpuset");
    if (!limit || ids_count(&cpuset->ids) > 0)
        return;
    text_copy(sizeof cpuset->where, cpuset->where, limit->where);
    for (size_t i = 0; i < machine->cpu_count; i++)
        if (machine->cpus[i].allowed)
            ids_add(&cpuset->ids, (size_t)machine->cpus[i].id);
}

static void read_cpuset(struct inventory_look *look, struct cpuset *cpuset)
{
    cgroup_climb(look->root, "cpuset", take_cpuset, cpuset);
    take_narrowed(look, cpuset);
    if (ids_count(&cpuset->ids) == 0)
        return;
    keep_online(look, &cpuset->ids);
    look->cpuset = (int)ids_count(&cpuset->ids);
    text_copy(sizeof look->cpuset_where, look->cpuset_where, cpuset->where);
}

/* The mask is never larger than the cpuset: where both are the same it is the cpuset that
 * holds CPUs back. */
static void add_affinity(struct inventory_look *look)
{
    char text[INVENTORY_VALUE_SIZE];
    struct ids mask = {0};
    struct inventory_line *line = inventory_add(look, "affinity", "/proc/self/status");
    const struct machine_limit *limit = inventory_limit(look, "affinity");
    if (limit && usable_read_mask(look->root, &mask) == 0) {
        keep_online(look, &mask);
        inventory_list(&mask, sizeof text, text);
        inventory_say(line, "%s", text);
        if (look->cpuset < 0 || limit->cpus < look->cpuset)
            worry_fewer(look, line, limit->cpus, "the affinity mask of /proc/self/status",
                "taskset -pc $$ shows the mask of your shell: taskset, a batch system or "
                "a "
                "launcher of MPI may have set it.");
    }
    ids_finish(&mask);
}

static void add_cpuset(struct inventory_look *look, const struct cpuset *cpuset)
{
    char text[INVENTORY_VALUE_SIZE], by[INVENTORY_WHERE_SIZE + 32];
    const char *where = cpuset->where[0] != '\0' ? cpuset->where : "/proc/self/cgroup";
    struct inventory_line *line = inventory_add(look, "cpuset", where);
    if (look->cpuset < 0)
        return;
    inventory_list(&cpuset->ids, sizeof text, text);
    inventory_say(line, "%s", text);
    snprintf(by, sizeof by, "the cpuset of %s", where);
    worry_fewer(look, line, look->cpuset, by,
        "Ask who made that control group: a container's --cpuset-cpus, a batch system, "
        "or "
        "AllowedCPUs of systemd.");
}

struct levels {
    const struct root *root;
    const char *where; /* the file of the smallest quota; "": there is none */
    int count;         /* groups that were looked at */
    int quota_level;   /* above the process's own group */
    bool hidden;       /* one of them cannot be read */
    bool top_is_root;  /* nothing is above the last of them */
    char asked[INVENTORY_WHERE_SIZE];
};

static bool group_has(const struct levels *levels, const char *folder, const char *name)
{
    char text[64];
    return cgroup_read_value(levels->root, folder, name, sizeof text, text) != -ENOENT;
}

/* A group that is there, but without the file, has no quota.  Only the root group lacks
 * cgroup.events (version 2), only it has release_agent (version 1). */
static bool take_level(void *data, const char *folder, int version)
{
    struct levels *levels = data;
    const char *name = version == 2 ? "cpu.max" : "cpu.cfs_quota_us";
    char text[64];
    int error = cgroup_read_value(levels->root, folder, name, sizeof text, text);
    bool is_group = group_has(levels, folder, "cgroup.procs");
    if (error < 0 && (error != -ENOENT || !is_group))
        levels->hidden = true;
    if (levels->count == 0)
        snprintf(levels->asked, sizeof levels->asked, "%s/%s", folder, name);
    size_t length = strlen(folder);
    if (strncmp(levels->where, folder, length) == 0 &&
        strncmp(levels->where + length, "/cpu.", 5) == 0)
        levels->quota_level = levels->count;
    levels->top_is_root = version == 2
                              ? is_group && !group_has(levels, folder, "cgroup.events")
                              : group_has(levels, folder, "release_agent");
    levels->count++;
    return true;
}

static void describe_level(int level, size_t size, char text[])
{
    static const char own[] = "this process's own";
    if (level == 0)
        snprintf(text, size, "%s group", own);
    else if (level == 1)
        snprintf(text, size, "the group above %s", own);
    else
        snprintf(text, size, "the group %d levels above %s", level, own);
}

static void say_quota(struct inventory_look *look, struct inventory_line *line,
    const struct machine_limit *limit, int level)
{
    char number[32], place[64], by[INVENTORY_WHERE_SIZE + 32];
    describe_level(level, sizeof place, place);
    inventory_number(limit->cpus, sizeof number, number);
    inventory_say(line, "%s CPU%s, by %s", number, limit->cpus == 1 ? "" : "s", place);
    const char *slash = strrchr(limit->where, '/');
    int length = slash ? (int)(slash - limit->where) : 0;
    snprintf(by, sizeof by, "the quota of %.*s", length, limit->where);
    worry_fewer(look, line, limit->cpus, by,
        "Ask who set it: a container's --cpus, a limit of Kubernetes, or CPUQuota of "
        "systemd.");
}

/* In a namespace of control groups a quota further up acts unseen. */
static void add_quota(struct inventory_look *look)
{
    const struct machine_limit *limit = inventory_limit(look, "cgroup quota");
    struct levels levels = {.root = look->root, .where = limit ? limit->where : ""};
    cgroup_climb(look->root, "cpu", take_level, &levels);
    const char *asked = levels.count > 0 ? levels.asked : "/proc/self/cgroup";
    struct inventory_line *line =
        inventory_add(look, "quota", limit ? limit->where : asked);
    if (limit)
        say_quota(look, line, limit, levels.quota_level);
    else if (levels.count > 0 && !levels.hidden)
        inventory_say(line, "none (in %d control group%s)", levels.count,
            levels.count == 1 ? "" : "s");
    if (line->visible && !levels.top_is_root)
        inventory_say(line, "; groups further up are not visible here");
}

static bool is_grant(const struct machine_limit *limit)
{
    return strncmp(limit->where, limit->source, strlen(limit->source)) == 0;
}

static void add_batch(struct inventory_look *look)
{
    const struct machine *machine = look->machine;
    const struct machine_limit *smallest = NULL;
    struct inventory_line *line = inventory_add(look, "batch", "the environment");
    for (size_t i = 0; i < machine->limit_count; i++) {
        const struct machine_limit *limit = &machine->limits[i];
        if (!is_grant(limit))
            continue;
        inventory_say(line, "%s%s", line->visible ? ", " : "", limit->where);
        if (!smallest || limit->cpus < smallest->cpus)
            smallest = limit;
    }
    if (look->environment && !line->visible)
        inventory_say(line, "no allocation seen");
    if (smallest)
        worry_fewer(look, line, smallest->cpus, smallest->where,
            "Ask the batch system for more CPUs for a task; the rest of the machine may "
            "be "
            "others'.");
}

/* Fields 19 and 41 of proc_pid_stat(5), counted from behind the name, which may hold
 * anything. */
static bool parse_stat(const char *text, long *ret_nice, long *ret_policy)
{
    enum { NICE = 19, POLICY = 41 };
    const char *rest = strrchr(text, ')');
    long nice = 0, policy = -1;
    for (int field = 2; rest && field < POLICY; field++) {
        rest = strchr(rest + 1, ' ');
        if (rest && field + 1 == NICE)
            nice = strtol(rest, NULL, 10);
        if (rest && field + 1 == POLICY)
            policy = strtol(rest, NULL, 10);
    }
    if (policy < 0)
        return false;
    *ret_nice = nice;
    *ret_policy = policy;
    return true;
}

static void add_niceness(struct inventory_look *look)
{
    static const char *const policies[] = {"SCHED_OTHER", "SCHED_FIFO", "SCHED_RR",
        "SCHED_BATCH", "an unknown policy", "SCHED_IDLE", "SCHED_DEADLINE", "SCHED_EXT"};
    enum { POLICIES = sizeof policies / sizeof policies[0], BATCH = 3, IDLE = 5 };
    static const char next[] = "Start it from an ordinary shell, without nice, chrt or a "
                               "batch system's priority.";
    char text[1024];
    long nice, policy;
    struct inventory_line *line = inventory_add(look, "niceness", "/proc/self/stat");
    if (root_read_line(look->root, "proc/self/stat", sizeof text, text) < 0 ||
        !parse_stat(text, &nice, &policy))
        return;
    const char *name = policies[policy < POLICIES ? policy : 4];
    inventory_say(line, "%ld, %s", nice, name);
    if (policy == BATCH || policy == IDLE)
        inventory_worry(line, next,
            "This process was started as %s: others come before it on every CPU", name);
    else if (nice > 0)
        inventory_worry(line, next,
            "This process was started with niceness %ld: others get more of each CPU",
            nice);
}

void inventory_fences_add(struct inventory_look *look)
{
    struct cpuset cpuset = {.root = look->root};
    read_cpuset(look, &cpuset);
    add_affinity(look);
    add_cpuset(look, &cpuset);
    add_quota(look);
    add_batch(look);
    add_niceness(look);
    ids_finish(&cpuset.ids);
}
