// SPDX-License-Identifier: MIT
/* The texts that say how many CPUs may be used, and what has slowed them down: the first
 * byte of the input picks the parser; of two texts, the second follows a line of "--". */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "machine/cgroup.h"
#include "machine/cpuinfo.h"
#include "machine/ids.h"
#include "machine/throttle.h"
#include "machine/usable.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

/* The text of /proc/self/cgroup, then that of /proc/self/mountinfo. */
static void try_folder(const char *membership, const char *mounts)
{
    struct cgroup_place place;
    if (cgroup_parse_place(membership, "cpu", &place) < 0)
        return;
    check(place.version == 1 || place.version == 2);
    check(place.path[0] == '/' && !strchr(place.path, '\n'));
    struct cgroup_folder folder;
    if (cgroup_parse_mounts(mounts, "cpu", &place, &folder) == 0) {
        size_t length = strlen(folder.path);
        check(folder.path[0] == '/' && folder.mount_length <= length);
        check(folder.path[folder.mount_length] == '/' ||
              folder.path[folder.mount_length] == '\0');
        check(!strstr(folder.path + folder.mount_length, "/../"));
        free(folder.path);
    }
    free(place.path);
}

static void try_quota(const char *quota, const char *period)
{
    check(cgroup_parse_max(quota) >= 0);
    check(cgroup_parse_cfs(quota, period) >= 0);
}

static void try_counters(const char *text)
{
    for (int version = 1; version <= 2; version++) {
        struct throttle_group group = {0};
        if (throttle_parse_stat(text, version, &group) < 0)
            group = (struct throttle_group){0};
        check(group.periods >= 0 && group.throttled >= 0 && group.throttled_ns >= 0);
    }
}

static void try_clocks(const char *text)
{
    int mhz[8];
    size_t found = cpuinfo_find_clocks(text, sizeof mhz / sizeof *mhz, mhz);
    for (size_t i = 0; i < sizeof mhz / sizeof *mhz; i++) {
        check(mhz[i] >= 0);
        found -= mhz[i] > 0;
    }
    check(found == 0);
}

static void try_list(const char *text)
{
    struct ids list = {0}, mask = {0};
    ids_parse(text, &list);
    usable_parse_status(text, &mask);
    check(list.room <= IDS_MAX && ids_count(&list) <= list.room);
    check(mask.room <= IDS_MAX && ids_count(&mask) <= mask.room);
    ids_finish(&list);
    ids_finish(&mask);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    char *text = memory_new(size, 1);
    memcpy(text, data + 1, size - 1);
    char none[] = "", *second = strstr(text, "\n--\n");
    if (second) {
        second[1] = '\0';
        second += strlen("\n--\n");
    }
    if (data[0] == 'q')
        try_quota(text, second ? second : none);
    else if (data[0] == 'l')
        try_list(text);
    else if (data[0] == 's')
        try_counters(text);
    else if (data[0] == 'c')
        try_clocks(text);
    else
        try_folder(text, second ? second : none);
    free(text);
    return 0;
}
