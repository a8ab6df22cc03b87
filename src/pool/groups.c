// SPDX-License-Identifier: MIT
#include "pool/groups.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool any_is_known(size_t count, const pid_t groups[])
{
    for (size_t i = 0; i < count; i++)
        if (groups[i] > 0 && kill(-groups[i], 0) == 0)
            return true;
    return false;
}

static bool has(size_t count, const pid_t groups[], pid_t group)
{
    for (size_t i = 0; i < count; i++)
        if (groups[i] == group)
            return true;
    return false;
}

/* Its group, or 0 if it is dead.  /proc/PID/stat, proc(5): pid (name) state ppid pgrp; a
 * name may have spaces and brackets. */
static pid_t live_group_of(int folder, const char *process)
{
    char path[32], text[256];
    char state;
    int group;
    snprintf(path, sizeof path, "%.20s/stat", process);
    int fd = openat(folder, path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    ssize_t length = read(fd, text, sizeof text - 1);
    close(fd);
    text[length > 0 ? length : 0] = '\0';
    const char *end = strrchr(text, ')');
    if (!end || sscanf(end + 1, " %c %*d %d", &state, &group) != 2)
        return 0;
    return state == 'Z' || state == 'X' ? 0 : group;
}

bool groups_are_alive(size_t count, const pid_t groups[])
{
    bool alive = false;
    const struct dirent *entry;
    if (!any_is_known(count, groups))
        return false;
    DIR *folder = opendir("/proc");
    if (!folder)
        return true;
    while (!alive && (entry = readdir(folder))) {
        pid_t group =
            atoi(entry->d_name) > 0 ? live_group_of(dirfd(folder), entry->d_name) : 0;
        alive = group > 0 && has(count, groups, group);
    }
    closedir(folder);
    return alive;
}
