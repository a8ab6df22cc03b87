// SPDX-License-Identifier: MIT
#include "machine/busiest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "machine/family.h"

enum { STAT_MAX = 1024, PATH_ROOM = 40, PROCESSES_MAX = 1 << 20, DEPTH_MAX = 1000 };

/* A process at one look. */
struct seen {
    struct family_process about;
    int64_t lost_ns; /* CPU time, up to this look, of descendants that have ended since:
                        it turns up in `about.cpu_ns` once they have been waited for */
};

/* One look: all processes by rising pid. */
struct look {
    int64_t time_ns;
    size_t count;
    struct seen *seen; /* owned */
};

struct busiest {
    struct root root; /* borrowed */
    pid_t but;
    struct look last;
};

static int compare_pids(const void *a, const void *b)
{
    pid_t first = ((const struct seen *)a)->about.pid;
    pid_t second = ((const struct seen *)b)->about.pid;
    return (first > second) - (first < second);
}

static struct seen *find_pid(const struct look *look, pid_t pid)
{
    const struct seen wanted = {.about.pid = pid};
    return look->count > 0 ? bsearch(&wanted, look->seen, look->count, sizeof *look->seen,
                                 compare_pids)
                           : NULL;
}

/* The same process at another look; NULL: it was not there. */
static struct seen *find_same(const struct look *look, const struct family_process *about)
{
    struct seen *seen = find_pid(look, about->pid);
    return seen && seen->about.started == about->started ? seen : NULL;
}

static void add_process(struct look *look, const struct root *root, const char *name)
{
    char path[PATH_ROOM], text[STAT_MAX];
    struct family_process about;
    snprintf(path, sizeof path, "proc/%.20s/stat", name);
    if (root_read_line(root, path, sizeof text, text) < 0 ||
        family_parse_stat(text, &about) < 0 || about.pid <= 0)
        return; /* it has ended meanwhile */
    struct seen *seen =
        memory_append((void **)&look->seen, look->count, sizeof *look->seen);
    seen->about = about;
    look->count++;
}

static int look_around(const struct root *root, struct look *ret_look)
{
    struct look look = {.time_ns = clock_now_ns()};
    int fd = openat(root->fd, "proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    DIR *folder = fdopendir(fd);
    if (!folder) {
        int error = -errno;
        close(fd);
        return error;
    }
    for (struct dirent *entry; (entry = readdir(folder)) && look.count < PROCESSES_MAX;)
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9')
            add_process(&look, root, entry->d_name);
    closedir(folder);
    if (look.count > 0)
        qsort(look.seen, look.count, sizeof *look.seen, compare_pids);
    *ret_look = look;
    return 0;
}

pid_t busiest_self(const struct root *root)
{
    char text[32] = "";
    int64_t pid;
    bool known = readlinkat(root->fd, "proc/self", text, sizeof text - 1) > 0 &&
                 number_parse(text, &pid) == 0;
    return known ? (pid_t)pid : getpid();
}

int busiest_create(const struct root *root, pid_t but, struct busiest **ret_busiest)
{
    struct look look;
    int error = look_around(root, &look);
    if (error < 0)
        return error;
    struct busiest *busiest = memory_new(1, sizeof *busiest);
    *busiest = (struct busiest){.root = *root, .but = but, .last = look};
    *ret_busiest = busiest;
    return 0;
}

void busiest_destroy(struct busiest *busiest)
{
    if (!busiest)
        return;
    free(busiest->last.seen);
    free(busiest);
}

/* Puts what had been used by each of those that have ended since `before` to the account
 * of their nearest ancestor that is still there: who waits for a child gets its whole
 * time added, not only what it has used since. */
static void settle_losses(struct look *before, const struct look *now)
{
    for (size_t i = 0; i < before->count; i++) {
        struct seen *seen = &before->seen[i];
        struct seen *heir = find_same(now, &seen->about) ? NULL : seen;
        for (int depth = 0; heir && depth < DEPTH_MAX; depth++) {
            heir = find_pid(before, heir->about.parent);
            if (heir && find_same(now, &heir->about))
                break;
        }
        if (heir)
            heir->lost_ns += seen->about.cpu_ns;
    }
}

/* What a process has used since `before`: itself, and those of its children that it has
 * waited for, or else a build would be nobody's. */
static int64_t used_ns(const struct look *before, const struct family_process *about)
{
    const struct seen *old = find_same(before, about);
    if (!old)
        return about->cpu_ns;
    int64_t own_ns = about->own_cpu_ns - old->about.own_cpu_ns;
    int64_t all_ns = about->cpu_ns - old->about.cpu_ns - old->lost_ns;
    return all_ns > own_ns ? all_ns : own_ns;
}

/* Whether a process is `ancestor` or descends from it. */
static bool descends(
    const struct look *look, const struct family_process *about, pid_t ancestor)
{
    const struct seen *seen = NULL;
    for (int depth = 0; about && depth < DEPTH_MAX; depth++) {
        if (about->pid == ancestor)
            return true;
        seen = find_pid(look, about->parent);
        about = seen ? &seen->about : NULL;
    }
    return false;
}

/* Names are any bytes, and may have been cut within a character. */
static void copy_name(struct busiest_process *process, const char *name)
{
    text_copy(sizeof process->name, process->name, name);
    text_make_printable(process->name);
}

void busiest_look(struct busiest *busiest, struct busiest_process *ret_process)
{
    struct look now;
    *ret_process = (struct busiest_process){0};
    if (look_around(&busiest->root, &now) < 0)
        return;
    settle_losses(&busiest->last, &now);
    int64_t most_ns = 0, elapsed_ns = now.time_ns - busiest->last.time_ns;
    for (size_t i = 0; i < now.count; i++) {
        const struct family_process *about = &now.seen[i].about;
        int64_t ns = used_ns(&busiest->last, about);
        if (ns <= most_ns || (busiest->but > 0 && descends(&now, about, busiest->but)))
            continue;
        most_ns = ns;
        ret_process->pid = about->pid;
        copy_name(ret_process, about->name);
    }
    ret_process->cpus = (double)most_ns / (double)(elapsed_ns > 0 ? elapsed_ns : 1);
    free(busiest->last.seen);
    busiest->last = now;
}
