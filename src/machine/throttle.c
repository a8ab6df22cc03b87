// SPDX-License-Identifier: MIT
#include "machine/throttle.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "machine/cgroup.h"

enum { STAT_MAX = 1 << 16, PATH_ROOM = 128 };

/* Of one CPU; a counter beyond it counts no slow-downs, and no sum of them overflows. */
#define SLOWDOWNS_MAX (INT64_C(1) << 40)

/* A number that counts something; -1 where the text is none. */
static int64_t parse_count(const char *text)
{
    char *end;
    int64_t count = *text >= '0' && *text <= '9' ? strtoll(text, &end, 10) : -1;
    return count >= 0 && (*end == '\n' || *end == '\0') ? count : -1;
}

/* A counter of cpu.stat, "name value" a line; -1 where there is none. */
static int64_t find_counter(const char *text, const char *name)
{
    size_t length = strlen(name);
    while (*text != '\0') {
        if (strncmp(text, name, length) == 0 && text[length] == ' ')
            return parse_count(text + length + 1);
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    return -1;
}

int throttle_parse_stat(const char *text, int version, struct throttle_group *ret_group)
{
    int64_t periods = find_counter(text, "nr_periods");
    int64_t throttled = find_counter(text, "nr_throttled");
    int64_t time = find_counter(text, version == 2 ? "throttled_usec" : "throttled_time");
    int64_t unit_ns = version == 2 ? NS_PER_US : 1;
    if (periods < 0)
        return -EINVAL;
    ret_group->periods = periods;
    ret_group->throttled = throttled > 0 ? throttled : 0;
    ret_group->throttled_ns = time <= 0                    ? 0
                              : time < INT64_MAX / unit_ns ? time * unit_ns
                                                           : INT64_MAX;
    return 0;
}

/* Cut in front where it is too long: what is below tells the groups apart. */
static void set_folder(struct throttle_group *group, const char *folder)
{
    size_t length = strlen(folder), room = sizeof group->folder - 1;
    if (length <= room)
        text_copy(sizeof group->folder, group->folder, folder);
    else
        text_append(sizeof group->folder, group->folder, "...%s",
            folder + length - (room - strlen("...")));
    text_make_printable(group->folder);
}

struct climb {
    const struct root *root;
    struct throttle *throttle;
};

static bool read_group(void *data, const char *folder, int version)
{
    const struct climb *climb = data;
    struct throttle *throttle = climb->throttle;
    struct throttle_group group = {0};
    char *path = text_format("%s/cpu.stat", folder), *text;
    int error = root_read(climb->root, path + strspn(path, "/"), STAT_MAX, &text);
    free(path);
    if (error < 0)
        return true;
    error = throttle_parse_stat(text, version, &group);
    free(text);
    if (error < 0)
        return true;
    set_folder(&group, folder);
    group.quota_cpus = cgroup_read_quota(climb->root, folder, version);
    struct throttle_group *added = memory_append(
        (void **)&throttle->groups, throttle->group_count, sizeof *throttle->groups);
    *added = group;
    throttle->group_count++;
    return true;
}

/* A counter of one CPU; -1 where it is not visible. */
static int64_t read_counter(const struct root *root, int id, const char *name)
{
    char path[PATH_ROOM], text[32];
    snprintf(
        path, sizeof path, "sys/devices/system/cpu/cpu%d/thermal_throttle/%s", id, name);
    int64_t count =
        root_read_line(root, path, sizeof text, text) == 0 ? parse_count(text) : -1;
    return count < SLOWDOWNS_MAX ? count : SLOWDOWNS_MAX;
}

/* Whether a CPU before `index` has shown its package's counter. */
static bool package_is_known(
    const struct machine *machine, size_t index, const bool shown[])
{
    for (size_t i = 0; i < index; i++)
        if (shown[i] && machine->cpus[i].package == machine->cpus[index].package)
            return true;
    return false;
}

static void read_thermal(
    struct throttle *throttle, const struct root *root, const struct machine *machine)
{
    bool *shown = memory_new(machine->cpu_count + 1, sizeof *shown);
    for (size_t i = 0; i < machine->cpu_count; i++) {
        int id = machine->cpus[i].id;
        int64_t core = read_counter(root, id, "core_throttle_count");
        if (core < 0)
            core = read_counter(root, id, "count"); /* before Linux 2.6.31 */
        if (core < 0)
            continue;
        throttle->thermal_visible = true;
        throttle->thermal_core += core;
        if (package_is_known(machine, i, shown))
            continue;
        int64_t package = read_counter(root, id, "package_throttle_count");
        shown[i] = package >= 0;
        throttle->thermal_package += package > 0 ? package : 0;
    }
    free(shown);
}

void throttle_read(
    struct throttle *throttle, const struct root *root, const struct machine *machine)
{
    throttle_finish(throttle);
    struct climb climb = {root, throttle};
    cgroup_climb(root, "cpu", read_group, &climb);
    read_thermal(throttle, root, machine);
}

void throttle_finish(struct throttle *throttle)
{
    free(throttle->groups);
    *throttle = (struct throttle){0};
}

static int64_t subtract(int64_t after, int64_t before)
{
    return after > before ? after - before : 0;
}

static const struct throttle_group *find_group(
    const struct throttle *throttle, const char *folder)
{
    for (size_t i = 0; i < throttle->group_count; i++)
        if (strcmp(throttle->groups[i].folder, folder) == 0)
            return &throttle->groups[i];
    return NULL;
}

void throttle_subtract(struct throttle *after, const struct throttle *before)
{
    size_t kept = 0;
    for (size_t i = 0; i < after->group_count; i++) {
        struct throttle_group group = after->groups[i];
        const struct throttle_group *old = find_group(before, group.folder);
        if (!old)
            continue;
        group.periods = subtract(group.periods, old->periods);
        group.throttled = subtract(group.throttled, old->throttled);
        group.throttled_ns = subtract(group.throttled_ns, old->throttled_ns);
        after->groups[kept++] = group;
    }
    after->group_count = kept;
    after->thermal_visible = after->thermal_visible && before->thermal_visible;
    after->thermal_core =
        after->thermal_visible ? subtract(after->thermal_core, before->thermal_core) : 0;
    after->thermal_package =
        after->thermal_visible ? subtract(after->thermal_package, before->thermal_package)
                               : 0;
}
