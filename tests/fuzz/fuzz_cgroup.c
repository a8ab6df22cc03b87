// SPDX-License-Identifier: MIT
/* The texts that say how many CPUs may be used: the first byte of the input picks the
 * parser; of two texts, the second follows a line of "--". */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "machine/cgroup.h"
#include "machine/ids.h"
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
    if (cgroup_parse_place(membership, &place) < 0)
        return;
    check(place.version == 1 || place.version == 2);
    check(place.path[0] == '/' && !strchr(place.path, '\n'));
    struct cgroup_folder folder;
    if (cgroup_parse_mounts(mounts, &place, &folder) == 0) {
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
    else
        try_folder(text, second ? second : none);
    free(text);
    return 0;
}
