// SPDX-License-Identifier: MIT
#include "model/account.h"

#include <stdbool.h>

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

/* The run-queue delay that fell into a worker's hand-outs is part of their time already,
 * so waiting is what is left of the tasks' time at most. */
static void add_worker(
    const struct account_worker *worker, int64_t *cpu_ns, struct account *sum)
{
    int64_t handout_ns = clamp(worker->handout_ns, 0, worker->span_ns);
    int64_t task_ns = worker->span_ns - handout_ns;
    int64_t task_cpu_ns = clamp(worker->cpu_ns - handout_ns, 0, task_ns);
    sum->startup_ns += worker->startup_ns;
    sum->prepare_ns += worker->prepare_ns;
    sum->handout_ns += handout_ns;
    sum->tail_ns += worker->tail_ns;
    *cpu_ns += task_cpu_ns;
    if (worker->waiting_ns == ACCOUNT_NOT_SEEN)
        sum->waiting_ns = ACCOUNT_NOT_SEEN;
    else if (sum->waiting_ns != ACCOUNT_NOT_SEEN)
        sum->waiting_ns += clamp(worker->waiting_ns, 0, task_ns - task_cpu_ns);
}

struct account account_of(size_t count, const struct account_worker workers[],
    int64_t elapsed_ns, int64_t useful_ns)
{
    struct account sum = {.total_ns = (int64_t)count * elapsed_ns};
    int64_t cpu_ns = 0;
    for (size_t i = 0; i < count; i++)
        add_worker(&workers[i], &cpu_ns, &sum);
    bool compared = useful_ns != ACCOUNT_NOT_SEEN;
    sum.useful_ns = compared ? useful_ns : cpu_ns;
    sum.slowdown_ns = compared ? cpu_ns - useful_ns : ACCOUNT_NOT_SEEN;
    int64_t waiting_ns = sum.waiting_ns == ACCOUNT_NOT_SEEN ? 0 : sum.waiting_ns;
    sum.blocked_ns = sum.total_ns - sum.startup_ns - sum.prepare_ns - cpu_ns -
                     waiting_ns - sum.handout_ns - sum.tail_ns;
    return sum;
}
