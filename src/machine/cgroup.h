// SPDX-License-Identifier: MIT
#pragma once
/* The CPU quota of the control group this process is in, over all of the group's
 * ancestors. Formats: cgroups(7) for /proc/self/cgroup, proc_pid_mountinfo(5), the
 * kernel's cgroup-v2.rst (cpu.max) and sched-bwc.rst (cpu.cfs_quota_us,
 * cpu.cfs_period_us). */
#include <stdbool.h>
#include <stddef.h>

#include "base/file.h"

/* Where the cpu controller has this process. */
struct cgroup_place {
    int version; /* 1 or 2 */
    char *path;  /* within the hierarchy: "/user.slice" */
};

/* Finds the place in the text of /proc/self/cgroup.  A line of version 1 that names `cpu`
 * wins over the unified one.  Returns 0, or -ENOENT if no line does; caller frees the
 * path. */
int cgroup_parse_place(const char *text, struct cgroup_place *ret_place);

/* A folder of the file system that stands for a place. */
struct cgroup_folder {
    char *path;          /* without "." and "..": "/sys/fs/cgroup/user.slice" */
    size_t mount_length; /* of the part that is the mount point */
};

/* Finds the folder for `place` in the text of /proc/self/mountinfo: of the mounts that
 * show the place or an ancestor of it the one with the longest root.  Returns 0, or
 * -ENOENT if no mount does; caller frees the path. */
int cgroup_parse_mounts(
    const char *text, const struct cgroup_place *place, struct cgroup_folder *ret_folder);

/* The quota in CPUs that the text of a cpu.max, or of version 1's two files, says; 0 if
 * it says that there is none, or nothing sensible. */
double cgroup_parse_max(const char *text);
double cgroup_parse_cfs(const char *quota, const char *period);

/* Finds the smallest quota between this process's group and the mount point.  *ret_where
 * is the file that says so, which the caller frees.  Returns whether there is one: no
 * control groups, or none that can be read, means no limit. */
bool cgroup_find_quota(const struct root *root, double *ret_cpus, char **ret_where);
