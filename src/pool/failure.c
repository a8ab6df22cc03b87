// SPDX-License-Identifier: MIT
#include "pool/failure.h"

#include <errno.h>

#include "base/clock.h"

bool failure_is_overdue(const struct member *member, int64_t index)
{
    const struct workload_ward *wards = member->ground->wards;
    return wards && atomic_load(&wards[member->worker].overdue) == index + 1;
}

/* Nobody else can tell what became of it. */
static void deliver_failure(
    const struct member *member, const siginfo_t *info, const struct table_record *record)
{
    const struct pool_setup *setup = member->ground->setup;
    bool by_status = info->si_code == CLD_EXITED;
    bool no_memory = by_status && info->si_status == WORKLOAD_EXIT_OUT_OF_MEMORY;
    struct pool_delivery delivery = {.index = record->index,
        .worker = member->worker,
        .attempts = record->attempts,
        .begin_ns = record->start_ns,
        .end_ns = record->end_ns,
        .failed = true,
        .outcome = {.exit_status = by_status && !no_memory ? info->si_status : -1,
            .signal = by_status ? 0 : info->si_status,
            .error = no_memory ? ENOMEM : 0,
            .timed_out = failure_is_overdue(member, record->index),
            .attempts = record->attempts},
        .spools = member->spools};
    if (setup->job->ops->tells && setup->on_delivery)
        setup->on_delivery(setup->data, &delivery);
}

/* When the task in hand was begun, or may have been. */
static int64_t begun_ns(const struct member *member, int64_t now_ns)
{
    const struct workload_ward *wards = member->ground->wards;
    int64_t told_ns = wards ? atomic_load(&wards[member->worker].begun_ns) : 0;
    if (told_ns > 0)
        return told_ns;
    return member->totals.last_ns ? member->totals.last_ns : now_ns;
}

void failure_note(
    struct member *member, const struct leftover_verdict *verdict, const siginfo_t *info)
{
    struct table *table = member->ground->table;
    int64_t now_ns = clock_now_ns();
    const struct order *order = member->ground->setup->order;
    struct table_record record = {.index = order_index(order, verdict->index),
        .start_ns = begun_ns(member, now_ns),
        .end_ns = now_ns,
        .count = 1,
        .failed = 1,
        .worker = (uint16_t)member->worker,
        .cpu = UINT16_MAX,
        .attempts = (uint8_t)verdict->deaths};
    table_keep_record(table, table_open_record(table), &record);
    member->totals.failed++;
    deliver_failure(member, info, &record);
}
