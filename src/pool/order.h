// SPDX-License-Identifier: MIT
#pragma once
/* Which task is in which place of the loop.  A schedule hands out places; without an
 * order task i is in place i.  An order is made of runs of consecutive tasks, so that its
 * size does not depend on the number of tasks. */
#include <stddef.h>
#include <stdint.h>

struct order;

/* A run of tasks with what one of them costs. */
struct order_run {
    int64_t index, count;
    double cost; /* of one task */
};

/* The tasks 0 … tasks - 1, those of the dearest runs first; of equally dear ones the
 * first first; tasks that are in no run come last.  Runs should not overlap: of two the
 * second loses what they share.  Sorts `runs`. */
struct order *order_create(int64_t tasks, size_t count, struct order_run runs[]);
void order_destroy(struct order *order); /* NULL is fine */

/* The task in that place, 0 … tasks - 1.  NULL: the place itself. */
int64_t order_index(const struct order *order, int64_t place);

/* The same; *ret_count places from there on have the tasks from that one on, so that who
 * wants many need not search for each.  The last run has no end. */
int64_t order_run_at(const struct order *order, int64_t place, int64_t *ret_count);
