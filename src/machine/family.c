// SPDX-License-Identifier: MIT
#include "machine/family.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"

enum { STAT_MAX = 1024, CHILDREN_MAX = 1 << 20, PATH_ROOM = 80 };

/* Fields of /proc/PID/stat, counted from 1 as in the manual; the second may have spaces
 * and parentheses in it. */
enum {
    STAT_STATE = 3,
    STAT_PARENT = 4,
    STAT_CPU_FIRST = 14, /* utime, stime, cutime, cstime */
    STAT_CPU_OWN = 15,
    STAT_CPU_LAST = 17,
    STAT_THREADS = 20,
    STAT_STARTED = 22,
    STAT_RSS = 24,
    STAT_PROCESSOR = 39,
};

static void take_field(struct family_process *process, int field, int64_t value)
{
    static const long no_ticks = 100;
    long ticks = sysconf(_SC_CLK_TCK);
    int64_t tick_ns = NS_PER_S / (ticks > 0 ? ticks : no_ticks);
    if (field >= STAT_CPU_FIRST && field <= STAT_CPU_OWN && value > 0)
        process->own_cpu_ns += value * tick_ns;
    if (field == STAT_PARENT)
        process->parent = (pid_t)value;
    else if (field >= STAT_CPU_FIRST && field <= STAT_CPU_LAST && value > 0)
        process->cpu_ns += value * tick_ns;
    else if (field == STAT_STARTED)
        process->started = value;
    else if (field == STAT_THREADS)
        process->threads = (int)value;
    else if (field == STAT_RSS)
        process->rss_bytes = value * sysconf(_SC_PAGESIZE);
    else if (field == STAT_PROCESSOR)
        process->cpu = (int)value;
}

int family_parse_stat(const char *text, struct family_process *ret_process)
{
    struct family_process process = {0};
    const char *open = strchr(text, '('), *close = strrchr(text, ')');
    if (!open || !close || close < open || close[1] != ' ' || !close[2])
        return -EINVAL;
    process.pid = (pid_t)strtol(text, NULL, 10);
    size_t length = (size_t)(close - open - 1);
    if (length >= sizeof process.name)
        length = sizeof process.name - 1;
    memcpy(process.name, open + 1, length);
    process.state = close[2];
    const char *at = close + 3;
    for (int field = STAT_STATE + 1; field <= STAT_PROCESSOR; field++) {
        char *end;
        int64_t value = strtoll(at, &end, 10);
        if (end == at)
            return -EINVAL;
        take_field(&process, field, value);
        at = end;
    }
    *ret_process = process;
    return 0;
}

static int read_stat(
    const struct root *root, const char *path, struct family_process *ret_process)
{
    char text[STAT_MAX];
    int error = root_read_line(root, path, sizeof text, text);
    return error < 0 ? error : family_parse_stat(text, ret_process);
}

/* Opens a folder below the root; NULL if it is not there. */
static DIR *open_folder(const struct root *root, const char *path)
{
    int fd = openat(root->fd, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    if (fd >= 0 && !folder)
        close(fd);
    return folder;
}

/* The next entry that is a number; 0: there is none. */
static pid_t next_number(DIR *folder)
{
    for (struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9')
            return (pid_t)strtol(entry->d_name, NULL, 10);
    return 0;
}

/* Adds a process if it is still there. */
static int add_process(struct family *family, const struct root *root, pid_t pid)
{
    char path[PATH_ROOM];
    struct family_process process;
    snprintf(path, sizeof path, "proc/%d/stat", (int)pid);
    int error = read_stat(root, path, &process);
    if (error < 0 || family->count == FAMILY_PROCESSES_MAX)
        return error;
    struct family_process *added = memory_append(
        (void **)&family->processes, family->count, sizeof *family->processes);
    *added = process;
    family->count++;
    family->threads += process.threads;
    family->cpu_ns += process.cpu_ns;
    family->rss_bytes += process.rss_bytes;
    return 0;
}

static void add_spot(struct family *family, size_t process, int cpu)
{
    if (family->spot_count == FAMILY_SPOTS_MAX)
        return;
    struct family_spot *spot =
        memory_append((void **)&family->spots, family->spot_count, sizeof *family->spots);
    *spot = (struct family_spot){.cpu = cpu, .process = process};
    family->spot_count++;
}

/* The children of one thread.  -ENOENT: it is gone, or the kernel does not say. */
static int add_children(
    struct family *family, const struct root *root, pid_t pid, pid_t thread)
{
    char path[PATH_ROOM], *text;
    snprintf(path, sizeof path, "proc/%d/task/%d/children", (int)pid, (int)thread);
    int error = root_read(root, path, CHILDREN_MAX, &text);
    if (error < 0)
        return error;
    char *at = text;
    for (pid_t child; (child = (pid_t)strtol(at, &at, 10)) > 0;)
        add_process(family, root, child);
    free(text);
    return 0;
}

/* The threads of a process that has several: where they run, and their children. */
static void look_at_threads(struct family *family, const struct root *root, size_t place)
{
    char path[PATH_ROOM];
    pid_t pid = family->processes[place].pid;
    snprintf(path, sizeof path, "proc/%d/task", (int)pid);
    DIR *folder = open_folder(root, path);
    if (!folder)
        return;
    for (pid_t thread; (thread = next_number(folder));) {
        struct family_process about;
        snprintf(path, sizeof path, "proc/%d/task/%d/stat", (int)pid, (int)thread);
        if (read_stat(root, path, &about) == 0 && about.state == 'R')
            add_spot(family, place, about.cpu);
        if (!family->scans)
            add_children(family, root, pid, thread);
    }
    closedir(folder);
}

static void look_at(struct family *family, const struct root *root, size_t place)
{
    struct family_process process = family->processes[place];
    if (process.threads > 1) {
        look_at_threads(family, root, place);
        return;
    }
    if (process.state == 'R')
        add_spot(family, place, process.cpu);
    if (!family->scans)
        add_children(family, root, process.pid, process.pid);
}

static bool has_parent_here(const struct family *family, pid_t parent, pid_t pid)
{
    bool found = false;
    for (size_t i = 0; i < family->count; i++) {
        if (family->processes[i].pid == pid)
            return false;
        found = found || family->processes[i].pid == parent;
    }
    return found;
}

/* Goes through all processes there are, again and again until a round finds no other: a
 * child may have a lower number than its parent. */
static int scan(struct family *family, const struct root *root)
{
    for (size_t before = 0; before < family->count;) {
        before = family->count;
        DIR *folder = open_folder(root, "proc");
        if (!folder)
            return -errno;
        for (pid_t pid; (pid = next_number(folder));) {
            char path[PATH_ROOM];
            struct family_process about;
            snprintf(path, sizeof path, "proc/%d/stat", (int)pid);
            if (read_stat(root, path, &about) == 0 &&
                has_parent_here(family, about.parent, pid))
                add_process(family, root, pid);
        }
        closedir(folder);
    }
    return 0;
}

/* Kernels without CONFIG_PROC_CHILDREN have no such file. */
static bool lists_children(const struct root *root, pid_t pid)
{
    char path[PATH_ROOM];
    snprintf(path, sizeof path, "proc/%d/task/%d/children", (int)pid, (int)pid);
    return faccessat(root->fd, path, F_OK, 0) == 0;
}

static void forget(struct family *family)
{
    family->count = family->spot_count = 0;
    family->threads = 0;
    family->cpu_ns = family->rss_bytes = 0;
}

int family_look(struct family *family, const struct root *root, pid_t pid)
{
    forget(family);
    int error = add_process(family, root, pid);
    if (error < 0)
        return error;
    family->scans = !lists_children(root, pid);
    if (family->scans)
        error = scan(family, root);
    for (size_t i = 0; i < family->count && error == 0; i++)
        look_at(family, root, i);
    if (error < 0)
        forget(family);
    return error;
}

void family_finish(struct family *family)
{
    free(family->processes);
    free(family->spots);
    *family = (struct family){0};
}
