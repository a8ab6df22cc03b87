// SPDX-License-Identifier: MIT
#include "pool/leftover.h"

#include <stdlib.h>

#include "base/memory.h"

void leftover_finish(struct leftover *leftover)
{
    free(leftover->shares);
    *leftover = (struct leftover){0};
}

void leftover_add(struct leftover *leftover, struct worker_share share)
{
    if (share.range.begin >= share.range.end)
        return;
    void *items = leftover->shares;
    struct worker_share *added = memory_append(&items, leftover->count, sizeof *added);
    leftover->shares = items;
    leftover->count++;
    *added = share;
}

void leftover_move(struct leftover *from, struct leftover *to)
{
    for (size_t i = 0; i < from->count; i++)
        leftover_add(to, from->shares[i]);
    leftover_finish(from);
}

void leftover_after(
    const struct leftover *given, const struct table_state *state, struct leftover *rest)
{
    for (size_t i = (size_t)state->shares_done; i < given->count; i++) {
        struct worker_share share = given->shares[i];
        if (i == (size_t)state->shares_done && state->position > share.range.begin)
            share.range.begin = state->position;
        leftover_add(rest, share);
    }
}

enum { DOUBTS_MOST = 56 }; /* so many signs of 64 bits are hardly ever each other's sum */

/* The doubts, as bits, whose signs give `missing`; all when no choice does.  Gaussian
 * elimination over GF(2): `signs` has at bit i one whose highest bit is that. */
static uint64_t doubts_missing(const struct leftover *doubtful, uint64_t missing)
{
    uint64_t signs[64] = {0}, chosen[64] = {0}, choice = 0;
    for (size_t i = 0; i <= doubtful->count; i++) {
        bool last = i == doubtful->count;
        uint64_t sign = last ? missing : table_cover(doubtful->shares[i].range);
        choice = last ? 0 : UINT64_C(1) << i;
        for (int bit = 63; bit >= 0 && sign != 0; bit--) {
            if (!(sign >> bit & 1))
                continue;
            if (signs[bit] == 0 && last)
                return UINT64_MAX;
            if (signs[bit] == 0) {
                signs[bit] = sign;
                chosen[bit] = choice;
                break;
            }
            sign ^= signs[bit];
            choice ^= chosen[bit];
        }
    }
    return choice;
}

void leftover_resolve(struct leftover *doubtful, uint64_t missing)
{
    struct leftover own = {0};
    uint64_t choice = UINT64_MAX;
    if (doubtful->count <= DOUBTS_MOST)
        choice = doubts_missing(doubtful, missing);
    for (size_t i = 0; i < doubtful->count; i++)
        if (choice >> (i % 64) & 1)
            leftover_add(&own, doubtful->shares[i]);
    leftover_finish(doubtful);
    *doubtful = own;
}

int64_t leftover_tasks(const struct leftover *leftover)
{
    int64_t tasks = 0;
    for (size_t i = 0; i < leftover->count; i++)
        tasks += leftover->shares[i].range.end - leftover->shares[i].range.begin;
    return tasks;
}

/* Cuts the first `length` tasks off a share. */
static struct worker_share cut(struct worker_share *share, int64_t length)
{
    struct worker_share head = *share;
    if (length < share->range.end - share->range.begin)
        head.range.end = head.range.begin + length;
    share->range.begin = head.range.end;
    return head;
}

struct leftover_verdict leftover_blame(
    struct leftover *leftover, int64_t suspects, int retries)
{
    const struct worker_share *first = &leftover->shares[0];
    struct leftover judged = {0};
    struct leftover_verdict verdict = {
        .index = first->range.begin, .deaths = first->deaths};
    bool guilty = suspects <= 1 || first->singly;
    if (guilty)
        suspects = 1;
    verdict.deaths += guilty;
    verdict.failed = guilty && verdict.deaths > retries;
    for (size_t i = 0; i < leftover->count; i++) {
        struct worker_share rest = leftover->shares[i];
        struct worker_share head = cut(&rest, suspects);
        int64_t length = head.range.end - head.range.begin;
        head.deaths += guilty && length > 0;
        head.singly = true;
        suspects -= length;
        if (!verdict.failed || length == 0 || i > 0)
            leftover_add(&judged, head);
        if (!verdict.failed)
            verdict.retried += length;
        leftover_add(&judged, rest);
    }
    leftover_finish(leftover);
    *leftover = judged;
    return verdict;
}
