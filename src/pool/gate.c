// SPDX-License-Identifier: MIT
#include "pool/gate.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "pool/told.h"

/* Sleeps until the word is 1. */
static void await(_Atomic uint32_t *word)
{
    while (atomic_load_explicit(word, memory_order_acquire) == 0)
        syscall(SYS_futex, word, FUTEX_WAIT, 0, NULL, NULL, 0);
}

static void announce(_Atomic uint32_t *word)
{
    atomic_store_explicit(word, 1, memory_order_release);
    syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

void gate_open(struct table_gate *gate)
{
    announce(&gate->open);
}

bool gate_has_prepare(const struct workload_job *job)
{
    return job->ops->prepare && job->iterations > 0;
}

static int status_of(int error, int otherwise)
{
    return error == -ENOMEM ? WORKLOAD_EXIT_OUT_OF_MEMORY : otherwise;
}

static int warm_up(const struct worker_setup *setup, struct workload_place *place)
{
    struct table *table = setup->table;
    struct table_slot *slot = &table->slots[setup->worker];
    const uint64_t one = 1;
    int error = setup->job->ops->warm(place);
    if (error < 0)
        return status_of(error, WORKER_EXIT_COLD);
    slot->notes.warm_cpu_ns = clock_cpu_ns();
    atomic_store(&slot->warm, true);
    /* A counter that is full has told enough. */
    if (atomic_load(&table->gate.open) == 0 &&
        write(setup->gate_fd, &one, sizeof one) < 0 && errno != EAGAIN)
        return WORKER_EXIT_COLD;
    await(&table->gate.open);
    return 0;
}

static int prepare(const struct worker_setup *setup, const struct workload_place *place)
{
    struct table_gate *gate = &setup->table->gate;
    if (setup->worker > 0)
        await(&gate->prepared);
    if (atomic_load_explicit(&gate->prepared, memory_order_acquire))
        return 0;
    atomic_store(&gate->prepare_to_ns, 0);
    atomic_store(&gate->prepare_from_ns, clock_now_ns());
    int error = setup->job->ops->prepare(place);
    if (error < 0)
        return status_of(error, WORKER_EXIT_UNPREPARED);
    atomic_store(&gate->prepare_to_ns, clock_now_ns());
    announce(&gate->prepared);
    return 0;
}

int gate_pass(const struct worker_setup *setup, void **ret_own)
{
    struct workload_place place = told_place(setup);
    int status = 0;
    if (setup->job->ops->warm)
        status = warm_up(setup, &place);
    if (status == 0 && gate_has_prepare(setup->job))
        status = prepare(setup, &place);
    if (status == 0)
        *ret_own = place.own;
    return status;
}
