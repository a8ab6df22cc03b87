// SPDX-License-Identifier: MIT
#pragma once
/* For the tests of loop bodies: tasks of a job in a forked worker, as a pool would run
 * them, and what became of them. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/spool.h"
#include "workload/plugin.h"

enum { TASKS_MOST = 16 };

/* What the worker shares with the test. */
struct board {
    struct workload_ward ward;
    _Atomic uint32_t closed;
    int errors[TASKS_MOST]; /* what run returned; 1: not run */
    struct workload_result results[TASKS_MOST];
    struct workload_outcome outcomes[TASKS_MOST];
};

struct bench {
    struct plugin *plugin;
    struct workload_job job;
    int spools[2];
    struct board *board;
    void *shared; /* of the stage; NULL: nothing */
};

/* A body of tests/data/plugin or of the examples, with its usual size. */
static inline void bench_open_at(struct bench *bench, const char *path, const char *flags)
{
    struct fault fault = {.kind = FAULT_NONE};
    *bench = (struct bench){.plugin = NULL};
    if (plugin_open(path, flags, &bench->plugin, &fault) < 0)
        fail_msg("%s", fault.text);
    assert_int_equal(plugin_job(bench->plugin, 0, &bench->job, &fault), 0);
    bench->job.iterations = 2;
    for (int stream = 0; stream < 2; stream++)
        bench->spools[stream] = spool_create(&fault);
    assert_true(bench->spools[0] >= 0 && bench->spools[1] >= 0);
    bench->board = mmap(NULL, sizeof *bench->board, PROT_READ | PROT_WRITE,
        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(bench->board, MAP_FAILED);
    if (bench->job.ops->shared_size)
        bench->shared = mmap(NULL, bench->job.ops->shared_size(&bench->job),
            PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(bench->shared, MAP_FAILED);
}

static inline void bench_path(size_t size, char path[], const char *file)
{
    snprintf(path, size, "%s/%s", getenv("PARFOR_TEST_DATA"), file);
}

static inline void bench_open(struct bench *bench, const char *file)
{
    char path[4096];
    bench_path(sizeof path, path, file);
    bench_open_at(bench, path, "-Wall -Wextra -Werror");
}

static inline void bench_close(struct bench *bench)
{
    munmap(bench->board, sizeof *bench->board);
    if (bench->shared)
        munmap(bench->shared, bench->job.ops->shared_size(&bench->job));
    for (int stream = 0; stream < 2; stream++)
        if (bench->spools[stream] >= 0)
            close(bench->spools[stream]);
    plugin_close(bench->plugin);
}

static inline int bench_work(struct bench *bench, int64_t first, int64_t count)
{
    const struct workload_ops *ops = bench->job.ops;
    struct board *board = bench->board;
    struct workload_place place = {.job = &bench->job,
        .workers = 1,
        .shared = bench->shared,
        .ward = &board->ward,
        .closed = &board->closed,
        .spools = {bench->spools[0], bench->spools[1]}};
    if (ops->warm && ops->warm(&place) < 0)
        return 2;
    if (ops->prepare && ops->prepare(&place) < 0)
        return 3;
    for (int64_t i = first; i < first + count; i++) {
        place.outcome = &board->outcomes[i];
        board->errors[i] = ops->run(&place, i, &board->results[i]);
    }
    if (ops->release)
        ops->release(&place);
    return 0;
}

/* How the worker ended, as wait() tells it; 0 if all went well. */
static inline int bench_run(struct bench *bench, int64_t first, int64_t count)
{
    struct board *board = bench->board;
    for (int i = 0; i < TASKS_MOST; i++) {
        board->errors[i] = 1;
        board->outcomes[i] = (struct workload_outcome){.attempts = 0};
    }
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        for (int number = 1; number < SIGRTMIN; number++)
            signal(number, SIG_DFL);
        _exit(bench_work(bench, first, count));
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

/* What a task put out on a stream (0: output, 1: errors); the caller frees. */
static inline char *bench_read(const struct bench *bench, int64_t index, int stream)
{
    const struct workload_outcome *outcome = &bench->board->outcomes[index];
    struct spool_range range = stream == 0 ? outcome->out : outcome->err;
    size_t size = (size_t)(range.end - range.begin);
    char *text = calloc(1, size + 1);
    assert_non_null(text);
    assert_int_equal(spool_read(bench->spools[stream], range.begin, size, text), size);
    return text;
}

static inline void bench_expect(
    const struct bench *bench, int64_t index, int stream, const char *expected)
{
    char *text = bench_read(bench, index, stream);
    assert_string_equal(text, expected);
    free(text);
}
