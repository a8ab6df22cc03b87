// SPDX-License-Identifier: MIT
/* How well a replay of measured tasks tells what a pool takes: every built-in loop is run
 * under every schedule, and the time of each is predicted from the tasks of the same
 * runs, and from those of the runs under each other schedule.  Two workers, medians of
 * five runs, the schedules in turn.  Needs a quiet machine; the last line says whether it
 * was one. */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "experiment/comparison.h"
#include "experiment/predict_stage.h"
#include "model/statistics.h"
#include "report/report.h"

enum { SCHEDULES = 5, ROUNDS = 5, FILE_MAX = 1 << 28 };

static const double NEAR = 0.05; /* predicted so near to what was measured is right */

static const struct {
    const char *workload, *size, *tasks;
} loops[] = {
    {"factorial", "200000", "31"},
    {"spin", "20000", "31"},
    {"primes", "10000000", "20"},
    {"pi", "20000", "41"},
    {"matrix", "192", "61"},
    {"mandelbrot", "400", "400"},
    {"triangle", "500", "50"},
    {"serial", "20", "21"},
    {"memory", "64", "12"},
    {"sharing", "8", "20"},
    {"sleep", "20000", "31"},
    {"empty", NULL, "3000000"},
};

static const char *const schedules[SCHEDULES] = {
    "dynamic", "static", "cyclic", "guided", "pool"};

/* How far predictions are from what was then measured. */
struct tally {
    int count, near;
    double worst;
    char worst_name[96];
};

static void add(struct tally *tally, double ratio, const char *name)
{
    tally->count++;
    tally->near += fabs(ratio - 1) <= NEAR;
    if (fabs(ratio - 1) < fabs(tally->worst - 1))
        return;
    tally->worst = ratio;
    snprintf(tally->worst_name, sizeof tally->worst_name, "%s", name);
}

static void run_program(const char *const arguments[])
{
    pid_t pid = fork();
    if (pid == 0) {
        int null_fd = open("/dev/null", O_RDWR);
        dup2(null_fd, STDOUT_FILENO);
        dup2(null_fd, STDERR_FILENO);
        execv(arguments[0], (char **)(uintptr_t)arguments);
        _exit(127);
    }
    int status;
    if (waitpid(pid, &status, 0) < 0 || status != 0)
        exit(EXIT_FAILURE);
}

static void measure(
    const char *path, size_t loop, const char *schedule, struct result *result)
{
    const char *size = loops[loop].size;
    const char *arguments[] = {getenv("PARFOR"), "run", loops[loop].workload, "-n",
        loops[loop].tasks, "-j", "2", "-q", "-o", path, "--schedule", schedule,
        size ? "-s" : NULL, size, NULL};
    struct fault fault;
    char *text;
    run_program(arguments);
    if (file_read(path, FILE_MAX, &text) < 0 ||
        report_json_read(text, strlen(text), path, result, &fault) < 0)
        exit(EXIT_FAILURE);
    free(text);
}

/* The time under the plan of `target`, from the tasks of `source`. */
static double predict_ns(const struct result *source, const struct result *target)
{
    struct predict_profile profile, unused;
    struct predict_setup setup, other;
    predict_stage_init(source, comparison_usual_stage(source, RESULT_SEQUENTIAL),
        comparison_usual_stage(source, RESULT_PARALLEL), &profile, &setup);
    predict_stage_init(target, comparison_usual_stage(target, RESULT_SEQUENTIAL),
        comparison_usual_stage(target, RESULT_PARALLEL), &unused, &other);
    setup.schedule = other.schedule;
    setup.loop.chunk = other.loop.chunk;
    double elapsed_ns = predict_elapsed_ns(&setup);
    predict_profile_finish(&profile);
    predict_profile_finish(&unused);
    return elapsed_ns;
}

/* All runs of a loop under one schedule. */
struct runs {
    struct result results[ROUNDS];
};

static double measured_ns(const struct runs *runs)
{
    double elapsed_ns[ROUNDS];
    for (size_t i = 0; i < ROUNDS; i++)
        elapsed_ns[i] = (double)runs->results[i].comparison.parallel_ns;
    return statistics_median(ROUNDS, elapsed_ns);
}

static double predicted_ns(const struct runs *source, const struct runs *target)
{
    double elapsed_ns[ROUNDS];
    for (size_t i = 0; i < ROUNDS; i++)
        elapsed_ns[i] = predict_ns(&source->results[i], &target->results[i]);
    return statistics_median(ROUNDS, elapsed_ns);
}

static void compare(const char *workload, const struct runs runs[], struct tally *own,
    struct tally *other)
{
    for (size_t target = 0; target < SCHEDULES; target++) {
        double measured = measured_ns(&runs[target]);
        printf("%-11s %-8s %9.1f ms", workload, schedules[target], measured / 1e6);
        for (size_t source = 0; source < SCHEDULES; source++) {
            char name[96];
            double ratio = predicted_ns(&runs[source], &runs[target]) / measured;
            snprintf(name, sizeof name, "%s, %s from %s", workload, schedules[target],
                schedules[source]);
            add(source == target ? own : other, ratio, name);
            printf("  %6.3f%c", ratio, source == target ? '*' : ' ');
        }
        printf("\n");
        fflush(stdout);
    }
}

/* Returns how many CPUs others used at most. */
static double run_loop(
    const char *path, size_t loop, struct tally *own, struct tally *other)
{
    struct runs *runs = memory_new(SCHEDULES, sizeof *runs);
    double others_cpus = 0;
    for (size_t i = 0; i < (size_t)ROUNDS * SCHEDULES; i++) {
        struct result *result = &runs[i % SCHEDULES].results[i / SCHEDULES];
        measure(path, loop, schedules[i % SCHEDULES], result);
        for (size_t k = 0; k < result->stage_count; k++)
            others_cpus = fmax(others_cpus, result->stages[k].others_cpus);
    }
    compare(loops[loop].workload, runs, own, other);
    for (size_t i = 0; i < (size_t)ROUNDS * SCHEDULES; i++)
        result_finish(&runs[i % SCHEDULES].results[i / SCHEDULES]);
    free(runs);
    return others_cpus;
}

static void print_tally(const char *what, const struct tally *tally)
{
    printf("from %s: %d of %d within %.0f %%, the worst %.3f (%s)\n", what, tally->near,
        tally->count, 100 * NEAR, tally->worst, tally->worst_name);
}

int main(void)
{
    char folder[] = "/tmp/parfor-bench-XXXXXX", path[64];
    struct tally own = {.worst = 1}, other = {.worst = 1};
    double others_cpus = 0;
    if (!getenv("PARFOR") || !mkdtemp(folder))
        return EXIT_FAILURE;
    snprintf(path, sizeof path, "%s/result.json", folder);
    printf("predicted / measured parallel time, from the tasks of (* the same runs)\n");
    printf("%-32s", "");
    for (size_t i = 0; i < SCHEDULES; i++)
        printf("  %-7s", schedules[i]);
    printf("\n");
    for (size_t loop = 0; loop < sizeof loops / sizeof *loops; loop++)
        others_cpus = fmax(others_cpus, run_loop(path, loop, &own, &other));
    print_tally("its own tasks", &own);
    print_tally("the tasks of other runs", &other);
    printf("other programs used up to %.1f CPUs meanwhile\n", others_cpus);
    unlink(path);
    rmdir(folder);
    return EXIT_SUCCESS;
}
