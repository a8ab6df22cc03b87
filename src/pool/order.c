// SPDX-License-Identifier: MIT
#include "pool/order.h"

#include <stdlib.h>

#include "base/memory.h"

/* Consecutive tasks in consecutive places. */
struct part {
    int64_t place, index;
};

struct order {
    size_t count;
    struct part parts[]; /* by rising place; the first is 0 */
};

static const double NEVER_SEEN = -1; /* the cost of tasks that are in no run */

static int by_index(const void *one, const void *other)
{
    const struct order_run *a = one, *b = other;
    return (a->index > b->index) - (a->index < b->index);
}

static int by_cost(const void *one, const void *other)
{
    const struct order_run *a = one, *b = other;
    if (a->cost != b->cost)
        return a->cost > b->cost ? -1 : 1;
    return by_index(one, other);
}

static void add_run(struct order_run all[], size_t *count, struct order_run run)
{
    if (run.count > 0)
        all[(*count)++] = run;
}

/* The runs by rising index, and what lies between them as runs of its own: together they
 * are every task once. */
static size_t complete_runs(
    int64_t tasks, size_t count, const struct order_run runs[], struct order_run all[])
{
    size_t added = 0;
    int64_t next = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t end = runs[i].index + runs[i].count;
        int64_t begin = runs[i].index > next ? runs[i].index : next;
        if (end > tasks)
            end = tasks;
        if (begin >= end)
            continue;
        double cost = runs[i].cost > 0 ? runs[i].cost : 0;
        add_run(all, &added, (struct order_run){next, begin - next, NEVER_SEEN});
        add_run(all, &added, (struct order_run){begin, end - begin, cost});
        next = end;
    }
    add_run(all, &added, (struct order_run){next, tasks - next, NEVER_SEEN});
    return added;
}

struct order *order_create(int64_t tasks, size_t count, struct order_run runs[])
{
    struct order_run *all = memory_new(2 * count + 1, sizeof *all);
    if (count > 0)
        qsort(runs, count, sizeof *runs, by_index);
    size_t parts = complete_runs(tasks, count, runs, all);
    struct order *order = memory_new(1, sizeof *order + parts * sizeof *order->parts);
    int64_t place = 0;
    qsort(all, parts, sizeof *all, by_cost);
    order->count = parts;
    for (size_t i = 0; i < parts; i++) {
        order->parts[i] = (struct part){place, all[i].index};
        place += all[i].count;
    }
    free(all);
    return order;
}

void order_destroy(struct order *order)
{
    free(order);
}

int64_t order_index(const struct order *order, int64_t place)
{
    int64_t count;
    return order_run_at(order, place, &count);
}

int64_t order_run_at(const struct order *order, int64_t place, int64_t *ret_count)
{
    *ret_count = INT64_MAX - place;
    if (!order || order->count == 0)
        return place;
    size_t low = 0, high = order->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (order->parts[middle].place <= place)
            low = middle;
        else
            high = middle;
    }
    if (high < order->count)
        *ret_count = order->parts[high].place - place;
    return order->parts[low].index + (place - order->parts[low].place);
}
