// SPDX-License-Identifier: MIT
#include "pool/ground.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/spawn.h"
#include "pool/supply.h"
#include "pool/told.h"
#include "pool/warden.h"

enum { SPARE_FDS = 64 };

static void set_descriptors(rlim_t most)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
        return;
    limit.rlim_cur = most < limit.rlim_max ? most : limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* A pool needs a descriptor for each worker, and two more for what its tasks put out; the
 * soft limit may be below that. */
static void allow_descriptors(struct member_ground *ground)
{
    struct rlimit limit;
    rlim_t each = ground->setup->job->ops->tells ? 3 : 1;
    rlim_t needed = (rlim_t)ground->room * each + SPARE_FDS;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= needed)
        return;
    ground->descriptors = limit.rlim_cur;
    set_descriptors(needed);
}

static int map_shared(size_t size, void **ret_memory)
{
    if (size == 0)
        return 0;
    void *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return -errno;
    *ret_memory = memory;
    return 0;
}

static int share_memory(struct member_ground *ground)
{
    const struct workload_job *job = ground->setup->job;
    ground->shared_size = job->ops->shared_size ? job->ops->shared_size(job) : 0;
    return map_shared(ground->shared_size, &ground->shared);
}

static size_t wards_size(const struct member_ground *ground)
{
    return (size_t)ground->room * sizeof *ground->wards;
}

static int make_wards(struct member_ground *ground)
{
    void *wards = NULL;
    if (!ground->setup->job->ops->tells)
        return 0;
    int error = map_shared(wards_size(ground), &wards);
    if (error < 0)
        return error;
    ground->wards = wards;
    if (ground->setup->on_delivery)
        error = told_open(ground->told_fds);
    return error;
}

/* It is there before the first worker is. */
static int post_warden(struct member_ground *ground)
{
    if (!ground->wards)
        return 0;
    return warden_create((size_t)ground->room, ground->wards, &ground->vigil);
}

static int make_gate(struct member_ground *ground)
{
    if (!ground->setup->job->ops->warm)
        return 0;
    ground->gate_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return ground->gate_fd < 0 ? -errno : 0;
}

static int make_table(struct member_ground *ground)
{
    const struct pool_setup *setup = ground->setup;
    struct table_setup table = {.loop = setup->loop,
        .schedule = setup->schedule,
        .room = setup->room,
        .supplied = setup->supplied};
    int error = table_create(&table, &ground->table);
    if (error == 0)
        ground->table->supply.halt_after = setup->halt_after;
    return error;
}

int ground_prepare(
    struct member_ground *ground, const struct pool_setup *setup, struct fault *fault)
{
    ground->setup = setup;
    ground->room = setup->room;
    ground->wanted = setup->loop.workers;
    ground->gate_fd = ground->told_fds[0] = ground->told_fds[1] = -1;
    allow_descriptors(ground);
    spawn_list_changed(&ground->caught);
    ground->null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (ground->null_fd < 0)
        return fault_system(fault, -errno, "cannot open /dev/null");
    int error = make_table(ground);
    if (error < 0)
        return fault_system(fault, error, "no memory for the task table");
    error = share_memory(ground);
    if (error < 0)
        return fault_system(fault, error, "no memory for what the workers share");
    error = make_gate(ground);
    if (error < 0)
        return fault_system(fault, error, "workers cannot tell that they are ready");
    error = make_wards(ground);
    if (error < 0)
        return fault_system(fault, error, "workers cannot tell what they have done");
    error = post_warden(ground);
    if (error < 0)
        return fault_system(fault, error,
            "the process that guards what is started cannot be started (ulimit -u, or a "
            "container's pids.max)");
    return 0;
}

static void close_if_open(int fd)
{
    if (fd >= 0)
        close(fd);
}

void ground_finish(struct member_ground *ground)
{
    leftover_finish(&ground->doubtful);
    leftover_finish(&ground->spare);
    free(ground->suspensions);
    vigil_destroy(ground->vigil);
    loop_unwatch(ground->gate_watch);
    loop_unwatch(ground->told_watch);
    close_if_open(ground->gate_fd);
    close_if_open(ground->told_fds[0]);
    close_if_open(ground->told_fds[1]);
    close_if_open(ground->null_fd);
    if (ground->shared)
        munmap(ground->shared, ground->shared_size);
    if (ground->wards)
        munmap(ground->wards, wards_size(ground));
    table_destroy(ground->table);
    if (ground->descriptors > 0)
        set_descriptors(ground->descriptors);
}

void ground_end_suspension(struct member_ground *ground)
{
    if (ground->suspended_at_ns == 0)
        return;
    void *suspensions = ground->suspensions;
    struct pool_gap *gap =
        memory_append(&suspensions, ground->suspension_count++, sizeof *gap);
    *gap = (struct pool_gap){ground->suspended_at_ns, clock_now_ns()};
    ground->suspensions = suspensions;
    ground->suspended_at_ns = 0;
}

/* The word of the worker first: its task may come back because of the one in its ward. */
void ground_call_off(struct member_ground *ground, int worker)
{
    atomic_store(&ground->table->slots[worker].leave, 1);
    if (ground->wards)
        atomic_store(&ground->wards[worker].leave, 1);
    supply_announce(&ground->table->supply);
}
