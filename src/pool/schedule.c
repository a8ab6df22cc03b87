// SPDX-License-Identifier: MIT
#include "pool/schedule.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

static int64_t least(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

static int64_t whole_loop(const struct schedule_loop *loop, int worker)
{
    (void)worker;
    return loop->tasks;
}

static int64_t one_task(const struct schedule_loop *loop)
{
    (void)loop;
    return 1;
}

static struct schedule_range dynamic_take(
    const struct schedule_loop *loop, int worker, int64_t cursor)
{
    (void)worker;
    int64_t begin = least(cursor, loop->tasks);
    return (struct schedule_range){begin, least(begin + loop->chunk, loop->tasks)};
}

static const struct schedule_ops schedule_dynamic = {
    .name = "dynamic",
    .summary = "the next free worker takes the next chunk",
    .brief = "who is free takes the next chunk",
    .shared = true,
    .take = dynamic_take,
    .total = whole_loop,
};

/* What Python's Pool.map() takes: divmod(n, 4 W), rounded up (multiprocessing/pool.py,
 * _map_async). */
static int64_t pool_chunk(const struct schedule_loop *loop)
{
    int64_t parts = 4 * (int64_t)loop->workers;
    return loop->tasks / parts + (loop->tasks % parts != 0);
}

static const struct schedule_ops schedule_pool = {
    .name = "pool",
    .summary = "as Python's Pool.map: dynamic, in chunks of n / (4 W)",
    .brief = "as Python, in chunks of n / (4 W)",
    .shared = true,
    .default_chunk = pool_chunk,
    .take = dynamic_take,
    .total = whole_loop,
};

/* OpenMP: a share of what is left, so that chunks shrink to the one asked for. */
static struct schedule_range guided_take(
    const struct schedule_loop *loop, int worker, int64_t cursor)
{
    (void)worker;
    int64_t begin = least(cursor, loop->tasks), left = loop->tasks - begin;
    int64_t share = left / loop->workers + (left % loop->workers != 0);
    int64_t length = share > loop->chunk ? share : loop->chunk;
    return (struct schedule_range){begin, begin + least(length, left)};
}

static const struct schedule_ops schedule_guided = {
    .name = "guided",
    .summary = "the next free worker takes its share of what is left",
    .brief = "who is free takes a smaller part",
    .shared = true,
    .take = guided_take,
    .total = whole_loop,
};

/* The chunks w, w + W, w + 2 W … are worker w's; the last of the loop may be short. */
static int64_t cyclic_total(const struct schedule_loop *loop, int worker)
{
    int64_t whole = loop->tasks / loop->chunk, rest = loop->tasks % loop->chunk;
    int64_t chunks = whole / loop->workers + (worker < whole % loop->workers);
    return chunks * loop->chunk + (worker == whole % loop->workers ? rest : 0);
}

static struct schedule_range cyclic_take(
    const struct schedule_loop *loop, int worker, int64_t cursor)
{
    if (cursor >= cyclic_total(loop, worker))
        return (struct schedule_range){0, 0};
    int64_t begin = (cursor / loop->chunk * loop->workers + worker) * loop->chunk;
    return (struct schedule_range){begin, least(begin + loop->chunk, loop->tasks)};
}

static const struct schedule_ops schedule_cyclic = {
    .name = "cyclic",
    .summary = "chunks are dealt to the workers in turn",
    .brief = "chunks are dealt out in turn",
    .shared = false,
    .take = cyclic_take,
    .total = cyclic_total,
};

/* Blocks differ by one task at most, the longer ones first. */
static int64_t static_block(const struct schedule_loop *loop, int worker)
{
    return loop->tasks / loop->workers + (worker < loop->tasks % loop->workers);
}

static struct schedule_range static_take(
    const struct schedule_loop *loop, int worker, int64_t cursor)
{
    int64_t block =
        loop->tasks / loop->workers * worker + least(worker, loop->tasks % loop->workers);
    int64_t taken = least(cursor, static_block(loop, worker));
    int64_t end = least(taken + loop->chunk, static_block(loop, worker));
    return (struct schedule_range){block + taken, block + end};
}

static int64_t static_chunk(const struct schedule_loop *loop)
{
    return static_block(loop, 0);
}

static const struct schedule_ops schedule_static = {
    .name = "static",
    .summary = "one contiguous block for each worker",
    .brief = "one block for each worker",
    .shared = false,
    .default_chunk = static_chunk,
    .with_chunk = &schedule_cyclic,
    .take = static_take,
    .total = static_block,
};

static int64_t common_divisor(int64_t one, int64_t other)
{
    while (other != 0) {
        int64_t rest = one % other;
        one = other;
        other = rest;
    }
    return one;
}

/* By doubling: the product need not fit into a word.  Both factors are below `modulus`.
 */
static int64_t multiply_modulo(int64_t one, int64_t other, int64_t modulus)
{
    int64_t sum = 0;
    for (; other > 0; other >>= 1) {
        if (other & 1)
            sum = (sum + one) % modulus;
        one = one * 2 % modulus;
    }
    return sum;
}

/* A step near 0.618 n without a common divisor visits every task once (Weyl's sequence).
 */
static struct schedule_range spread_take(
    const struct schedule_loop *loop, int worker, int64_t cursor)
{
    (void)worker;
    if (cursor >= loop->tasks)
        return (struct schedule_range){0, 0};
    int64_t step = (int64_t)(0.6180339887498949 * (double)loop->tasks) + 1;
    while (common_divisor(step, loop->tasks) != 1)
        step++;
    int64_t index = multiply_modulo(cursor, step, loop->tasks);
    return (struct schedule_range){index, index + 1};
}

const struct schedule_ops schedule_spread = {
    .name = "spread",
    .summary = "single tasks from all over the loop",
    .brief = "single tasks from all over it",
    .shared = true,
    .default_chunk = one_task,
    .take = spread_take,
    .total = whole_loop,
};

const struct schedule_ops *const schedule_table[] = {
    &schedule_dynamic,
    &schedule_static,
    &schedule_cyclic,
    &schedule_guided,
    &schedule_pool,
    NULL,
};

enum { TABLE_SIZE = sizeof schedule_table / sizeof *schedule_table - 1 };

int schedule_find(
    const char *name, const struct schedule_ops **ret_ops, struct fault *fault)
{
    const char *names[TABLE_SIZE];
    for (size_t i = 0; i < TABLE_SIZE; i++) {
        names[i] = schedule_table[i]->name;
        if (strcmp(names[i], name) == 0) {
            *ret_ops = schedule_table[i];
            return 0;
        }
    }
    const char *nearest = text_nearest(name, TABLE_SIZE, names);
    if (nearest)
        return fault_input(
            fault, "no such schedule: %s (did you mean %s?)", name, nearest);
    char known[128] = "";
    for (size_t i = 0; i < TABLE_SIZE; i++)
        snprintf(known + strlen(known), sizeof known - strlen(known), "%s%s",
            i > 0 ? ", " : "", names[i]);
    return fault_input(fault, "no such schedule: %s (known: %s)", name, known);
}
