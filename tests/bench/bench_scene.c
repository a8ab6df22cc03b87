// SPDX-License-Identifier: MIT
/* The price of what a screen is made from, in this thread's CPU time: a sample with the
 * loads of every CPU, and a look at the workers. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "experiment/follow.h"
#include "experiment/sampler.h"
#include "model/statistics.h"
#include "workload/workload.h"
#include "written_machine.h"

enum { ROUNDS = 20, PERIOD_MS = 100 };

static double cpu_us(void)
{
    return (double)clock_read_ns(CLOCK_THREAD_CPUTIME_ID) / 1e3;
}

static void print_line(const char *name, int count, double us[], double most_us)
{
    printf("%-24s %6d %10.1f", name, count, statistics_median(ROUNDS, us));
    if (most_us > 0)
        printf(" %10.1f", most_us);
    printf("\n");
}

/* What is called every 100 ms, and for how often. */
struct round {
    void (*call)(void *data);
    void *data;
    double us[ROUNDS];
    int count;
    bool over;
};

static void on_round(void *data)
{
    struct round *round = data;
    double before_us = cpu_us();
    round->call(round->data);
    round->us[round->count++] = cpu_us() - before_us;
    round->over = round->count == ROUNDS;
}

static void run_rounds(struct loop *events, struct round *round)
{
    struct watch *timer;
    if (loop_watch_timer(events, PERIOD_MS * NS_PER_MS, on_round, round, &timer) < 0 ||
        loop_run(events, &round->over) < 0)
        exit(EXIT_FAILURE);
    loop_unwatch(timer);
}

struct machine_bench {
    struct sampler *sampler;
    struct result_stage stage;
    int64_t t_ns;
};

static void sample(void *data)
{
    struct machine_bench *bench = data;
    sampler_sample(bench->sampler, &bench->stage, bench->t_ns += PERIOD_MS * NS_PER_MS);
}

static void time_sampler(struct loop *events, const char *folder, int cpus)
{
    struct root root;
    struct fault fault;
    struct machine machine;
    struct machine_bench bench = {.t_ns = 0};
    struct round round = {.call = sample, .data = &bench};
    write_machine(folder, cpus);
    if (root_open(folder, &root, &fault) < 0 ||
        machine_init(&machine, &root, environ, &fault) < 0 ||
        sampler_create(&root, &machine, &bench.sampler, &fault) < 0)
        exit(EXIT_FAILURE);
    sampler_begin(bench.sampler, &bench.stage);
    run_rounds(events, &round);
    print_line("sample with loads, CPUs", cpus, round.us, cpus == 1024 ? 200 : 0);
    result_stage_finish(&bench.stage);
    sampler_destroy(bench.sampler);
    machine_finish(&machine);
    root_close(&root);
}

struct pool_bench {
    struct follow *follow;
    struct pool *pool;
    struct result_stage stage;
};

static void look(void *data)
{
    struct pool_bench *bench = data;
    int64_t t_ns = clock_now_ns() - pool_started_ns(bench->pool);
    follow_look(bench->follow, bench->pool, t_ns, &bench->stage);
    pool_progress(bench->pool);
}

/* Workers that sleep so many us per task: for seconds, or for a little. */
static void time_follow(struct loop *events, int workers, int64_t sleep_us)
{
    struct fault fault;
    struct workload_job job;
    const struct workload_ops *ops;
    struct pool_bench bench = {.follow = follow_create(workers, true)};
    struct round round = {.call = look, .data = &bench};
    struct pool_setup setup = {.job = &job,
        .loop = {.tasks = 100000000, .workers = workers, .chunk = 1},
        .schedule = schedule_table[0],
        .grain = 1,
        .events = events};
    if (workload_find("sleep", &ops, &fault) < 0 ||
        workload_job_init(&job, ops, sleep_us, &fault) < 0)
        exit(EXIT_FAILURE);
    if (pool_create(&setup, &bench.pool, &fault) < 0) {
        printf("%d workers: %s\n", workers, fault.text);
        exit(EXIT_FAILURE);
    }
    run_rounds(events, &round);
    print_line(sleep_us > 1000000 ? "look, in long tasks" : "look, in short tasks",
        workers, round.us, workers == 4096 ? 1000 : 0);
    pool_destroy(bench.pool);
    follow_destroy(bench.follow);
    result_stage_finish(&bench.stage);
}

int main(void)
{
    char folder[] = "/tmp/parfor-bench-XXXXXX";
    struct loop *events;
    if (!mkdtemp(folder) || loop_create(&events) < 0)
        return EXIT_FAILURE;
    printf("%-24s %6s %10s %10s\n", "us of CPU time, median", "", "each", "at most");
    static const int cpus[] = {2, 64, 1024}, workers[] = {2, 64, 256, 4096};
    for (size_t i = 0; i < sizeof cpus / sizeof *cpus; i++)
        time_sampler(events, folder, cpus[i]);
    remove_machine(folder);
    for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
        time_follow(events, workers[i], 200000);
        time_follow(events, workers[i], 100000000);
    }
    loop_destroy(events);
    return EXIT_SUCCESS;
}
