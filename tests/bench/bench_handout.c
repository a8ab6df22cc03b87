// SPDX-License-Identifier: MIT
/* The price of handing out an empty task: parfor's pool against a bare prototype of the
 * same thing (forked workers, one shared counter, one clock read per task), both at chunk
 * 1; and with a growing chunk against OpenMP's schedule(dynamic,1).  Interleaved; medians
 * of the ratios. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "model/statistics.h"
#include "pool/pool.h"

enum { WORKERS = 2, ROUNDS = 11 };

static double run_pool(int64_t tasks, bool grows)
{
    struct workload_job job;
    const struct workload_ops *ops;
    struct fault fault;
    struct loop *events;
    struct pool *pool;
    if (workload_find("empty", &ops, &fault) < 0 ||
        workload_job_init(&job, ops, 0, &fault) < 0 || loop_create(&events) < 0)
        exit(EXIT_FAILURE);
    struct pool_setup setup = {.job = &job,
        .loop = {.tasks = tasks, .workers = WORKERS, .chunk = 1},
        .schedule = schedule_table[0],
        .grain = 1,
        .grain_grows = grows,
        .chunk_grows = grows,
        .events = events};
    if (pool_create(&setup, &pool, &fault) < 0 ||
        loop_run(events, pool_finished(pool)) < 0 || pool_progress(pool).done != tasks)
        exit(EXIT_FAILURE);
    double ns = (double)(pool_finished_ns(pool) - pool_started_ns(pool));
    pool_destroy(pool);
    loop_destroy(events);
    return ns / (double)tasks;
}

struct bare {
    _Alignas(64) _Atomic int64_t next;
    _Alignas(64) int64_t stamps[WORKERS * 8];
};

static void bare_work(struct bare *bare, int worker, int64_t tasks)
{
    while (atomic_fetch_add(&bare->next, 1) < tasks)
        bare->stamps[worker * 8] = clock_now_ns();
}

static double run_bare(int64_t tasks)
{
    struct bare *bare = mmap(
        NULL, sizeof *bare, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (bare == MAP_FAILED)
        exit(EXIT_FAILURE);
    int64_t start_ns = clock_now_ns();
    for (int i = 0; i < WORKERS; i++)
        if (fork() == 0) {
            bare_work(bare, i, tasks);
            _exit(EXIT_SUCCESS);
        }
    while (wait(NULL) > 0)
        continue;
    double ns = (double)(clock_now_ns() - start_ns);
    munmap(bare, sizeof *bare);
    return ns / (double)tasks;
}

static double run_openmp(int64_t tasks)
{
    int64_t start_ns = clock_now_ns();
#pragma omp parallel for schedule(dynamic, 1) num_threads(WORKERS)
    for (int64_t i = 0; i < tasks; i++)
        __asm__ volatile("" ::"r"(i));
    return (double)(clock_now_ns() - start_ns) / (double)tasks;
}

/* Pool().map of Python over an empty function, in a process of its own; 0 without
 * python3. */
static double run_python(int64_t tasks, int chunk)
{
    char command[512];
    snprintf(command, sizeof command,
        "python3 -c 'import time, multiprocessing as m\n"
        "def f(i): pass\n"
        "p = m.Pool(%d)\n"
        "t = time.perf_counter()\n"
        "p.map(f, range(%ld), %d or None)\n"
        "print((time.perf_counter() - t) * 1e9 / %ld)' 2>/dev/null",
        WORKERS, (long)tasks, chunk, (long)tasks);
    FILE *python = popen(command, "r");
    double ns = 0;
    if (!python || fscanf(python, "%lf", &ns) != 1)
        ns = 0;
    if (python)
        pclose(python);
    return ns;
}

static void print_row(const char *name, double ours[], double theirs[], const char *most)
{
    if (theirs[0] == 0) {
        printf("%-48s      not here\n", name);
        return;
    }
    double ratios[ROUNDS];
    for (int i = 0; i < ROUNDS; i++)
        ratios[i] = ours[i] / theirs[i];
    double ratio = statistics_median(ROUNDS, ratios);
    printf("%-48s %8.2f %10.2f %8.4f %8s\n", name, statistics_median(ROUNDS, ours),
        statistics_median(ROUNDS, theirs), ratio, most);
}

int main(void)
{
    enum { SLOW_TASKS = 2000000, FAST_TASKS = 20000000, PYTHON_TASKS = 20000 };
    double slow[ROUNDS], bare[ROUNDS], fast[ROUNDS], openmp[ROUNDS];
    double python_slow[ROUNDS], python_fast[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        slow[i] = run_pool(SLOW_TASKS, false);
        bare[i] = run_bare(SLOW_TASKS);
        python_slow[i] = run_python(PYTHON_TASKS, 1);
        fast[i] = run_pool(FAST_TASKS, true);
        openmp[i] = run_openmp(FAST_TASKS);
        python_fast[i] = run_python(PYTHON_TASKS * 50, 0);
    }
    printf("%-48s %8s %10s %8s %8s\n", "ns per empty task, 2 workers, median of 11",
        "parfor", "other", "ratio", "at most");
    print_row("chunk 1 : bare counter and one clock read", slow, bare, "1.3");
    print_row("chunk 1 : Pool.map, chunksize 1", slow, python_slow, "");
    print_row("growing chunk : OpenMP schedule(dynamic,1)", fast, openmp, "1.0");
    print_row("growing chunk : Pool.map, its own chunksize", fast, python_fast, "");
    return 0;
}
