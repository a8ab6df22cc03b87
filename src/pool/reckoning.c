// SPDX-License-Identifier: MIT
#include "pool/reckoning.h"

#include <stdio.h>

#include "base/memory.h"
#include "pool/delay.h"

/* The process waited for a CPU since its first stamp; -1 where that cannot be known. */
static int64_t waited_ns(const struct member *member, const struct table_notes *notes)
{
    if (notes->first_wait_ns < 0)
        return -1;
    int64_t last_ns = notes->last_wait_ns;
    if (!notes->ended) {
        char process[16];
        snprintf(process, sizeof process, "%d", (int)member->pid);
        last_ns = delay_of_ns(process);
    }
    return last_ns < 0 ? -1 : last_ns - notes->first_wait_ns;
}

static void add_gap(struct member *member, int64_t from_ns, int64_t to_ns)
{
    struct pool_totals *totals = &member->totals;
    void *gaps = member->gaps;
    struct pool_gap *gap = memory_append(&gaps, totals->gap_count++, sizeof *gap);
    *gap = (struct pool_gap){from_ns, to_ns};
    totals->gaps = member->gaps = gaps;
}

/* How much of that time the pool was suspended. */
static int64_t suspended_ns(
    const struct member_ground *ground, int64_t from_ns, int64_t to_ns)
{
    int64_t sum_ns = 0;
    for (size_t i = ground->suspension_count; i > 0; i--) {
        const struct pool_gap *gap = &ground->suspensions[i - 1];
        if (gap->to_ns <= from_ns)
            break;
        int64_t begin_ns = gap->from_ns > from_ns ? gap->from_ns : from_ns;
        int64_t end_ns = gap->to_ns < to_ns ? gap->to_ns : to_ns;
        sum_ns += end_ns > begin_ns ? end_ns - begin_ns : 0;
    }
    return sum_ns;
}

/* One process more for what is left is a hand-out, if a dear one. */
static void add_renewal(struct member *member, int64_t from_ns, int64_t to_ns)
{
    int64_t took_ns = to_ns - from_ns - suspended_ns(member->ground, from_ns, to_ns);
    member->totals.handouts++;
    member->totals.handout_ns += took_ns;
    member->totals.renewing_ns += took_ns;
}

/* What those waited that looked stands for the others. */
static void add_waiting(
    struct member *member, int64_t last_ns, const struct table_notes *notes)
{
    struct pool_totals *totals = &member->totals;
    member->span_ns += last_ns - notes->first_ns;
    if (member->blind)
        return;
    member->seen_ns += last_ns - notes->first_ns;
    member->looked_ns = notes->first_ns;
    int64_t waiting_ns = waited_ns(member, notes);
    if (waiting_ns < 0)
        totals->waiting_ns = -1;
    else if (totals->waiting_ns >= 0)
        totals->waiting_ns += waiting_ns;
}

static void add_system(struct pool_totals *totals, const struct table_notes *notes)
{
    if (!notes->ended)
        totals->system_ns = -1;
    else if (totals->system_ns >= 0)
        totals->system_ns += notes->last_system_ns - notes->first_system_ns;
}

void reckoning_add(struct member *member, const struct table_state *state)
{
    struct pool_totals *totals = &member->totals;
    const struct table_notes *notes = &member->ground->table->slots[member->worker].notes;
    if (notes->first_ns == 0)
        return;
    if (totals->first_ns == 0)
        totals->first_ns = notes->first_ns;
    else if (member->last_end == MEMBER_RENEWED)
        add_renewal(member, totals->last_ns, notes->first_ns);
    else
        add_gap(member, totals->last_ns, notes->first_ns);
    totals->last_ns = state->last_ns;
    totals->cpu_ns += notes->last_cpu_ns - notes->first_cpu_ns;
    add_system(totals, notes);
    totals->handouts += notes->handouts;
    totals->odd_tasks += notes->odd_tasks;
    if (notes->odd_tasks > 0) {
        totals->odd_index = notes->odd_index;
        totals->odd_digest = notes->odd_digest;
    }
    if (notes->handouts_timed > 0)
        totals->handout_ns +=
            (int64_t)((double)notes->handouts_timed_ns / (double)notes->handouts_timed *
                      (double)notes->handouts);
    totals->handout_ns += notes->paused_ns;
    totals->paused_ns += notes->paused_ns;
    if (notes->largest_chunk > totals->largest_chunk)
        totals->largest_chunk = notes->largest_chunk;
    add_waiting(member, state->last_ns, notes);
}
