// SPDX-License-Identifier: MIT
#include "pool/warden.h"

#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "pool/groups.h"

enum {
    WAIT_MOST_S = 2,
    LOOK_EVERY_MS = 2,
};

struct warden {
    size_t count;
    struct workload_ward *wards;
};

/* The kernel ends workers with their parent; one is waited for, as it may have been about
 * to start something.  Some have a process group of their own. */
static void end_worker(pid_t worker, int64_t end_ns)
{
    struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, worker, 0), .events = POLLIN};
    kill(-worker, SIGKILL);
    if (end.fd < 0)
        return;
    kill(worker, SIGKILL);
    int64_t left_ns = end_ns - clock_now_ns();
    if (left_ns > 0)
        poll(&end, 1, (int)(left_ns / NS_PER_MS) + 1);
    close(end.fd);
}

/* A group keeps its number until its last process is buried; after that the number may be
 * anybody's, so it is forgotten. */
static bool end_groups(const struct warden *warden, pid_t groups[])
{
    for (size_t i = 0; i < warden->count; i++) {
        groups[i] = atomic_load(&warden->wards[i].group);
        if (groups[i] > 0 && kill(-groups[i], SIGKILL) < 0)
            atomic_compare_exchange_strong(&warden->wards[i].group, &groups[i], 0);
    }
    return groups_are_alive(warden->count, groups);
}

static void end_all(void *data)
{
    const struct warden *warden = data;
    int64_t end_ns = clock_now_ns() + WAIT_MOST_S * NS_PER_S;
    pid_t *groups = memory_new(warden->count, sizeof *groups);
    for (size_t i = 0; i < warden->count; i++) {
        pid_t worker = atomic_load(&warden->wards[i].worker);
        if (worker > 0)
            end_worker(worker, end_ns);
    }
    while (end_groups(warden, groups) && clock_now_ns() < end_ns)
        poll(NULL, 0, LOOK_EVERY_MS);
    free(groups);
}

int warden_create(size_t count, struct workload_ward wards[], struct vigil **ret_vigil)
{
    struct warden warden = {.count = count, .wards = wards};
    struct vigil_setup setup = {
        .name = "warden", .kept_fd = -1, .duty = end_all, .data = &warden};
    return vigil_create(&setup, ret_vigil);
}
