// SPDX-License-Identifier: MIT
#pragma once
/* A real quota, made for the test: at the outer of two new groups below our own, none at
 * the inner one, which a process is to enter. */
#include <errno.h>
#include <fcntl.h>

#include "fixture.h"
#include "machine/cgroup.h"

struct fence {
    int version;
    char *outer, *inner; /* the groups' folders; the quota is at the outer one */
};

static inline bool fence_take_place(void *data, const char *folder, int version)
{
    struct fence *fence = data;
    fence->version = version;
    fence->outer = text_format("%s/parfor-test-%d", folder, (int)getpid());
    fence->inner = text_format("%s/inner", fence->outer);
    return false;
}

static inline int fence_write(const char *folder, const char *name, const char *value)
{
    char *path = text_format("%s/%s", folder, name);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    ssize_t length = (ssize_t)strlen(value);
    int error = fd < 0 || write(fd, value, (size_t)length) != length ? -errno : 0;
    if (fd >= 0)
        close(fd);
    free(path);
    return error;
}

static inline int fence_limit(const struct fence *fence, int quota_us, int period_us)
{
    char quota[32], period[32], both[72];
    snprintf(quota, sizeof quota, "%d", quota_us);
    snprintf(period, sizeof period, "%d", period_us);
    snprintf(both, sizeof both, "%s %s", quota, period);
    if (fence->version == 2) {
        char *above = text_duplicate(fence->outer);
        *strrchr(above, '/') = '\0';
        fence_write(above, "cgroup.subtree_control", "+cpu");
        free(above);
        int error = fence_write(fence->outer, "cpu.max", both);
        return error < 0 ? error
                         : fence_write(fence->outer, "cgroup.subtree_control", "+cpu");
    }
    int error = fence_write(fence->outer, "cpu.cfs_period_us", period);
    return error < 0 ? error : fence_write(fence->outer, "cpu.cfs_quota_us", quota);
}

/* Returns 0, or -errno where none can be made; fence_finish() in any case. */
static inline int fence_init(struct fence *fence, int quota_us, int period_us)
{
    struct root root;
    fixture_open_path("/", &root);
    cgroup_climb(&root, "cpu", fence_take_place, fence);
    root_close(&root);
    if (!fence->outer)
        return -ENOENT;
    if (mkdir(fence->outer, 0755) < 0)
        return -errno;
    int error = fence_limit(fence, quota_us, period_us);
    return error == 0 && mkdir(fence->inner, 0755) < 0 ? -errno : error;
}

/* Puts the calling process into the inner group; it has to end before fence_finish(). */
static inline int fence_enter(const struct fence *fence)
{
    return fence_write(fence->inner, "cgroup.procs", "0");
}

static inline void fence_finish(struct fence *fence)
{
    if (fence->inner)
        rmdir(fence->inner);
    if (fence->outer)
        rmdir(fence->outer);
    free(fence->inner);
    free(fence->outer);
}
