// SPDX-License-Identifier: MIT
#include "processes.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ENVIRONMENT_MAX = 1 << 20 };

/* The whole file, as far as it fits; 0: no such process any more, or a dead one. */
static size_t read_all(const char *path, size_t room, char text[])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    size_t size = 0;
    ssize_t got = fd < 0 ? 0 : 1;
    while (got > 0 && size < room) {
        got = read(fd, text + size, room - size);
        size += got > 0 ? (size_t)got : 0;
    }
    if (fd >= 0)
        close(fd);
    return size;
}

static bool has_mark(const char *pid, const char *mark, char text[])
{
    char path[300];
    snprintf(path, sizeof path, "/proc/%s/environ", pid);
    size_t size = read_all(path, ENVIRONMENT_MAX, text);
    return memmem(text, size, mark, strlen(mark) + 1) != NULL; /* with its end */
}

size_t processes_marked(const char *mark, size_t room, pid_t pids[])
{
    DIR *folder = opendir("/proc");
    char *text = malloc(ENVIRONMENT_MAX);
    size_t count = 0;
    for (struct dirent *entry; folder && text && (entry = readdir(folder));) {
        if (!isdigit((unsigned char)entry->d_name[0]) ||
            !has_mark(entry->d_name, mark, text))
            continue;
        if (count < room)
            pids[count] = (pid_t)strtol(entry->d_name, NULL, 10);
        count++;
    }
    free(text);
    if (folder)
        closedir(folder);
    return count;
}
