// SPDX-License-Identifier: MIT
/* A pool of commands without anything around it, in a process that has so many megabytes
 * resident: whoever starts commands with a large parent shall not pay for its size. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/loop.h"
#include "pool/pool.h"
#include "workload/command.h"

static void must(int error, const struct fault *fault)
{
    if (error == 0)
        return;
    fprintf(stderr, "bench_commands: %s\n", fault->text);
    exit(EXIT_FAILURE);
}

static struct items *make_items(long count)
{
    struct fault fault = {0};
    struct items *items;
    must(items_create(&items, &fault), &fault);
    for (long i = 0; i < count; i++) {
        char text[24];
        const char *texts[] = {text};
        snprintf(text, sizeof text, "%ld", i + 1);
        must(items_add(items, i, 1, texts, &fault), &fault);
    }
    return items;
}

static void count_delivery(void *data, const struct pool_delivery *delivery)
{
    int64_t *well = data;
    *well += !delivery->failed;
}

static int64_t run_pool(struct command *command, long count, int workers)
{
    struct fault fault = {0};
    struct workload_job job = command_job(command);
    struct loop *events;
    struct pool *pool;
    int64_t well = 0;
    must(loop_create(&events), &fault);
    job.iterations = count;
    const struct pool_setup setup = {.job = &job,
        .loop = {.tasks = count, .workers = workers, .chunk = 1},
        .schedule = schedule_table[0],
        .grain = 1,
        .events = events,
        .on_delivery = count_delivery,
        .data = &well};
    must(pool_create(&setup, &pool, &fault), &fault);
    must(loop_run(events, pool_finished(pool)), &fault);
    pool_destroy(pool);
    loop_destroy(events);
    return well;
}

int main(int argc, char *argv[])
{
    if (argc != 5) {
        fputs("usage: bench_commands PROGRAM COUNT WORKERS MEGABYTES\n", stderr);
        return 2;
    }
    long count = atol(argv[2]);
    size_t size = ((size_t)atol(argv[4]) << 20) + 1;
    char *resident = malloc(size);
    if (!resident)
        return 3;
    memset(resident, 1, size);
    struct fault fault = {0};
    struct command *command;
    struct items *items = make_items(count);
    const struct command_setup setup = {
        .template = {.word_count = 1, .words = &argv[1], .max_args = 1}};
    must(command_create(&setup, items, &command, &fault), &fault);
    int64_t well = run_pool(command, count, atoi(argv[3]));
    command_destroy(command);
    items_destroy(items);
    free(resident);
    return well == count ? EXIT_SUCCESS : EXIT_FAILURE;
}
