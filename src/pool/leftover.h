// SPDX-License-Identifier: MIT
#pragma once
/* What a dead worker leaves behind: the ranges that its next process is given, and whose
 * fault the death was. */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pool/table.h"
#include "pool/worker.h"

struct leftover {
    size_t count;
    struct worker_share *shares; /* owned */
};

void leftover_finish(struct leftover *leftover); /* empty afterwards */

/* Adds a range behind the others; an empty one is nothing. */
void leftover_add(struct leftover *leftover, struct worker_share share);

/* Adds all of `from`, which is empty afterwards, behind the others. */
void leftover_move(struct leftover *from, struct leftover *to);

/* Adds to `rest` what a process had not done yet of the shares it was `given`. */
void leftover_after(
    const struct leftover *given, const struct table_state *state, struct leftover *rest);

/* Keeps of claims that may have been another's those that were not: `missing` is what
 * table_cover() gives for the ranges that nobody else has claimed. */
void leftover_resolve(struct leftover *doubtful, uint64_t missing);

/* How many tasks there are in it. */
int64_t leftover_tasks(const struct leftover *leftover);

struct leftover_verdict {
    int64_t index;   /* the first task that may have been in hand */
    int64_t retried; /* how many tasks are done again */
    bool failed;     /* the task `index` is not: it was taken out */
    int deaths;      /* of workers, of that task */
};

/* Decides about the task that was in hand, one of the first `suspects`.  A single one is
 * done again while it has cost at most `retries` workers.  Several are done again one by
 * one, and no blame is given yet.  The leftover must not be empty. */
struct leftover_verdict leftover_blame(
    struct leftover *leftover, int64_t suspects, int retries);
