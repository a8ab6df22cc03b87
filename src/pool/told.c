// SPDX-License-Identifier: MIT
#include "pool/told.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "pool/worker_inside.h"

static_assert(sizeof(struct pool_delivery) <= PIPE_BUF, "written whole or not at all");

enum { PIPE_SIZE = 1 << 20 }; /* what anybody may have, by default */

int told_open(int ret_fds[2])
{
    int fds[2];
    if (pipe2(fds, O_CLOEXEC) < 0)
        return -errno;
    if (fcntl(fds[0], F_SETFL, O_NONBLOCK) < 0) {
        int error = -errno;
        close(fds[0]);
        close(fds[1]);
        return error;
    }
    fcntl(fds[1], F_SETPIPE_SZ, PIPE_SIZE); /* a smaller one does as well */
    ret_fds[0] = fds[0];
    ret_fds[1] = fds[1];
    return 0;
}

/* What several threads used at once, or this process beside them, is no part of it. */
static int64_t cut_to_duration(int64_t children_ns, int64_t duration_ns, int64_t own_ns)
{
    int64_t most_ns = duration_ns > own_ns ? duration_ns - own_ns : 0;
    return children_ns < most_ns ? children_ns : most_ns;
}

/* *ret_children_ns is the CPU time of what it has started. */
static int run_in_ward(const struct workload_place *place, int64_t index,
    int64_t start_ns, struct workload_result *result, int64_t *ret_children_ns)
{
    struct workload_ward *ward = place->ward;
    int64_t own_ns = clock_cpu_ns();
    *place->outcome = (struct workload_outcome){0};
    atomic_store(&ward->index, index);
    atomic_store(&ward->begun_ns, start_ns);
    int error = place->job->ops->run(place, index, result);
    atomic_store(&ward->begun_ns, 0);
    own_ns = clock_cpu_ns() - own_ns;
    *ret_children_ns = cut_to_duration(result->cpu_ns, clock_now_ns() - start_ns, own_ns);
    return error;
}

void told_stamp_pause(struct worker *worker)
{
    worker->start_ns = clock_now_ns();
    worker->notes->paused_ns += worker->start_ns - worker->state.last_ns;
}

/* A batch of the only task in it, which is told. */
void told_run(struct worker *worker, struct batch *batch)
{
    struct workload_result result = {0};
    int64_t children_ns;
    told_stamp_pause(worker);
    batch->index = order_index(worker->setup->order, batch->begin);
    int error = run_in_ward(
        &worker->place, batch->index, worker->start_ns, &result, &children_ns);
    worker->notes->children_cpu_ns += children_ns;
    if (error == -ECANCELED && worker_is_told_to_leave(worker))
        batch->end = batch->begin;
    else if (error < 0)
        batch->failed = 1;
    else
        batch->mixed = workload_mix(batch->index, result.digest);
    batch->digest = batch->failed ? 0 : result.digest;
    batch->value = result.value;
}

/* Where tasks are not told, there is no outcome and nothing to keep output in. */
struct workload_place told_place(const struct worker_setup *setup)
{
    struct workload_place place = {.job = setup->job,
        .worker = setup->worker,
        .workers = setup->table->loop.workers,
        .shared = setup->shared,
        .spools = {-1, -1}};
    if (!setup->job->ops->tells)
        return place;
    place.ward = setup->telling.ward;
    place.closed = &setup->table->supply.closed;
    place.spools[0] = setup->telling.spools[0];
    place.spools[1] = setup->telling.spools[1];
    return place;
}

static void send(int fd, const struct pool_delivery *delivery)
{
    while (write(fd, delivery, sizeof *delivery) < 0 && errno == EINTR)
        continue;
}

/* By the worker itself, for the parent hears of it only after the next task was begun. */
static void count_failure(struct table *table)
{
    struct table_supply *supply = &table->supply;
    int64_t failures = atomic_fetch_add(&supply->failures, 1) + 1;
    if (supply->halt_after == 0 || failures < supply->halt_after)
        return;
    for (int i = 0; i < table->room; i++)
        atomic_store(&table->slots[i].leave, 1);
}

void told_tell(const struct worker *worker, const struct batch *batch)
{
    int again = worker->outcome.attempts > 1 ? worker->outcome.attempts - 1 : 0;
    struct pool_delivery delivery = {.index = batch->index,
        .worker = worker->setup->worker,
        .attempts = batch->attempts + again,
        .begin_ns = worker->state.last_ns - worker->batch_ns,
        .end_ns = worker->state.last_ns,
        .failed = batch->failed > 0,
        .outcome = worker->outcome};
    if (worker->setup->telling.fd >= 0)
        send(worker->setup->telling.fd, &delivery);
    if (delivery.failed)
        count_failure(worker->table);
}

int told_count(int fd)
{
    int size = 0;
    return ioctl(fd, FIONREAD, &size) == 0 ? size / (int)sizeof(struct pool_delivery) : 0;
}

bool told_receive(int fd, struct pool_delivery *ret_delivery)
{
    ssize_t size;
    do {
        size = read(fd, ret_delivery, sizeof *ret_delivery);
    } while (size < 0 && errno == EINTR);
    return size == sizeof *ret_delivery;
}
