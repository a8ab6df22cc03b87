// SPDX-License-Identifier: MIT
#pragma once
/* The control group this process is in, with all of its ancestors, and the CPU quota over
 * all of these.  Controllers may be in hierarchies of their own, of version 1, or share
 * the unified one.  Formats: cgroups(7) for /proc/self/cgroup, proc_pid_mountinfo(5), the
 * kernel's cgroup-v2.rst (cpu.max) and sched-bwc.rst (cpu.cfs_quota_us,
 * cpu.cfs_period_us). */
#include <stdbool.h>
#include <stddef.h>

#include "base/file.h"

/* Where a controller ("cpu", "cpuset", "pids") has this process. */
struct cgroup_place {
    int version; /* 1 or 2 */
    char *path;  /* within the hierarchy: "/user.slice" */
};

/* Finds the place in the text of /proc/self/cgroup.  A line of version 1 that names
 * `controller` wins over the unified one.  Returns 0, or -ENOENT if no line does; caller
 * frees the path. */
int cgroup_parse_place(
    const char *text, const char *controller, struct cgroup_place *ret_place);

/* A folder of the file system that stands for a place. */
struct cgroup_folder {
    char *path;          /* without "." and "..": "/sys/fs/cgroup/user.slice" */
    size_t mount_length; /* of the part that is the mount point */
};

/* Finds the folder for `place` in the text of /proc/self/mountinfo: of the mounts that
 * show the place or an ancestor of it the one with the longest root.  Returns 0, or
 * -ENOENT if no mount does; caller frees the path. */
int cgroup_parse_mounts(const char *text, const char *controller,
    const struct cgroup_place *place, struct cgroup_folder *ret_folder);

/* The quota in CPUs that the text of a cpu.max, or of version 1's two files, says; 0 if
 * it says that there is none, or nothing sensible. */
double cgroup_parse_max(const char *text);
double cgroup_parse_cfs(const char *quota, const char *period);

/* The quota of one group itself, in CPUs, by the files of its folder (an absolute path);
 * 0 if it has none. */
double cgroup_read_quota(const struct root *root, const char *folder, int version);

/* Finds the smallest quota between this process's group and the mount point.  *ret_where
 * is the file that says so, which the caller frees.  Returns whether there is one: no
 * control groups, or none that can be read, means no limit. */
bool cgroup_find_quota(const struct root *root, double *ret_cpus, char **ret_where);

/* Calls `visit` for the folder (an absolute path) of this process's group in the
 * hierarchy that has `controller` ("cpu", "cpuset", "pids"), then for each of its
 * ancestors up to the mount point, until it returns false.  Nothing is called where
 * there is no such hierarchy.  In version 2 a folder need not have the controller's
 * files. */
void cgroup_climb(const struct root *root, const char *controller,
    bool (*visit)(void *data, const char *folder, int version), void *data);

/* Reads the first line of `folder`/`name`.  Returns 0 or -errno. */
int cgroup_read_value(const struct root *root, const char *folder, const char *name,
    size_t size, char text[]);
