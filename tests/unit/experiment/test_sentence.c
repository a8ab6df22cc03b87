// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "experiment/comparison.h"
#include "experiment/sentence.h"
#include "made.h"

/* A `run` on so many CPUs: the times of both stages, in milliseconds. */
static struct result_stage *make(struct result *result, const char *workload,
    int64_t tasks, int cpus, const int64_t times_ms[2])
{
    made_result(result, workload, tasks, cpus);
    struct result_stage *stage =
        made_stage(result, RESULT_SEQUENTIAL, 0, 1, times_ms[0] * NS_PER_MS);
    for (int64_t i = 0; i < tasks && tasks < 1000; i++)
        made_record(stage, i, stage->elapsed_ns / tasks, 1);
    return made_stage(result, RESULT_PARALLEL, 0, cpus, times_ms[1] * NS_PER_MS);
}

#define TIMES(...) ((const int64_t[2]){__VA_ARGS__})

/* As many workers as given in the last stage, each like the first. */
static void set_workers(struct result *result, int workers)
{
    struct result_stage *stage = &result->stages[result->stage_count - 1];
    struct account_worker times = stage->worker_list[0].times;
    free(stage->worker_list);
    stage->worker_list = memory_new((size_t)workers, sizeof *stage->worker_list);
    for (int i = 0; i < workers; i++)
        stage->worker_list[i].times = times;
    stage->worker_count = (size_t)workers;
    stage->workers = stage->workers_asked = result->plan.workers = workers;
}

/* Compares, and finishes the result.  The sentence has two lines of 78 at most. */
static void assert_sentence(struct result *result, const char *expected)
{
    comparison_account(result);
    comparison_compute(result);
    sentence_write(result);
    assert_string_equal(result->comparison.sentence, expected);
    assert_in_range(strlen(result->comparison.sentence), 1, 2 * 78);
    result_finish(result);
}

static void nearly_all(void **state)
{
    struct result result;
    make(&result, "factorial", 110, 2, TIMES(24200, 12300));
    assert_sentence(
        &result, "1.97 times as fast on 2 CPUs: nearly all there is to get (2.00).");
    make(&result, "factorial", 64 * 20, 64, TIMES(64000, 1010));
    assert_sentence(
        &result, "63.37 times as fast on 64 CPUs: nearly all there is to get (64.00).");
    (void)state;
}

static void with_fewer_workers_than_cpus(void **state)
{
    struct result result;
    make(&result, "factorial", 12, 4, TIMES(12000, 4050));
    set_workers(&result, 3);
    assert_sentence(
        &result, "2.96 times as fast with 3 workers: nearly all there is to get (3.00).");
    make(&result, "factorial", 12, 4, TIMES(12000, 12010));
    set_workers(&result, 1);
    assert_sentence(&result, "1.00 times as fast with one worker: nothing to share out.");
    (void)state;
}

static void with_more_workers_than_cpus(void **state)
{
    struct result result;
    make(&result, "factorial", 16, 2, TIMES(16000, 8100));
    set_workers(&result, 8);
    assert_sentence(&result,
        "1.98 times as fast with 8 workers on 2 CPUs: nearly all there "
        "is to get (2.00).");
    make(&result, "factorial", 16, 1, TIMES(16000, 16100));
    set_workers(&result, 2);
    assert_sentence(&result,
        "0.99 times as fast with 2 workers on 1 CPU: nearly all there "
        "is to get (1.00).");
    (void)state;
}

static void more_than_the_bound(void **state)
{
    struct result result;
    make(&result, "factorial", 16, 2, TIMES(20000, 9000));
    assert_sentence(&result,
        "2.22 times as fast on 2 CPUs: more than the 2.00 possible, so noise or cache.");
    make(&result, "factorial", 15, 2, TIMES(20000, 10000));
    assert_sentence(&result,
        "2.00 times as fast on 2 CPUs: more than the 1.88 possible, so noise or cache.");
    (void)state;
}

static void too_few_tasks(void **state)
{
    struct result result;
    make(&result, "factorial", 15, 2, TIMES(15000, 8060));
    assert_sentence(&result,
        "1.86 times as fast on 2 CPUs. 15 such tasks can reach 1.88 at most: some "
        "workers get 8, others 7. Try: -n 16 (up to 2.00)");
    make(&result, "factorial", 150, 128, TIMES(150000, 2010));
    assert_sentence(&result, "74.63 times as fast on 128 CPUs. 150 such tasks can "
                             "reach 75.00 at most: some "
                             "workers get 2, others 1. Try: -n 256 (up to 128.00)");
    (void)state;
}

/* Something to try gains a twentieth at least. */
static void too_few_tasks_but_hardly(void **state)
{
    struct result result;
    make(&result, "factorial", 101, 2, TIMES(10100, 5110));
    assert_sentence(
        &result, "1.98 times as fast on 2 CPUs: nearly all there is to get (1.98).");
    (void)state;
}

/* That one task is as long as all others is not a matter of their number. */
static void one_long_task(void **state)
{
    struct result result;
    make(&result, "sleep", 5, 2, TIMES(13000, 9050));
    struct result_stage *stage = &result.stages[0];
    for (size_t i = 0; i < 5; i++)
        stage->records[i].end_ns =
            stage->records[i].start_ns + (i == 4 ? 9 : 1) * NS_PER_S;
    assert_sentence(
        &result, "1.44 times as fast on 2 CPUs: nearly all there is to get (1.44).");
    (void)state;
}

static void a_fence(void **state)
{
    struct result result;
    make(&result, "factorial", 16, 4, TIMES(10000, 6760));
    made_limit(&result.machine, "cgroup quota", 1.5, "/sys/fs/cgroup/app/cpu.max");
    set_workers(&result, 2);
    assert_sentence(&result,
        "1.48 times as fast on 4 CPUs: only 1.50 of them may be used here "
        "(/sys/fs/cgroup/app/cpu.max). More workers do not help.");
    (void)state;
}

static void tasks_that_wait(void **state)
{
    struct result result;
    make(&result, "sleep", 400, 2, TIMES(40000, 1176));
    result.stages[0].cpu_ns = 400 * NS_PER_MS;
    set_workers(&result, 40);
    assert_sentence(&result,
        "34.0 times as fast with 40 workers on 2 CPUs: these tasks wait instead of "
        "computing "
        "(one at a time they keep a CPU 1 % busy), and can wait together.");
    make(&result, "sleep", 40, 2, TIMES(4000, 2100));
    result.stages[0].cpu_ns = 40 * NS_PER_MS;
    assert_sentence(&result,
        "1.90 times as fast on 2 CPUs: these tasks wait instead of computing "
        "(one at a time they keep a CPU 1 % busy), and can wait together.");
    (void)state;
}

static void disturbed_by_others(void **state)
{
    struct result result;
    make(&result, "factorial", 16, 2, TIMES(16000, 10660))->others_cpus = 0.8;
    assert_sentence(&result, "1.50 times as fast on 2 CPUs, but other programs used 0.8 "
                             "CPUs meanwhile. Try "
                             "again when it is quiet.");
    make(&result, "factorial", 16, 2, TIMES(16000, 10660));
    result.stages[0].others_cpus = 0.5; /* in either stage */
    assert_sentence(&result, "1.50 times as fast on 2 CPUs, but other programs used 0.5 "
                             "CPUs meanwhile. Try "
                             "again when it is quiet.");
    make(&result, "factorial", 16, 2, TIMES(16000, 8010))->others_cpus = 0.8;
    assert_sentence(
        &result, "2.00 times as fast on 2 CPUs: nearly all there is to get (2.00).");
    (void)state;
}

/* Of 10 s, both workers lose 4 each to one thing. */
static void each_largest_loss(void **state)
{
    const int64_t lost_ns = 4 * NS_PER_S, span_ns = 10 * NS_PER_S;
    const struct {
        struct account_worker times;
        const char *loss;
    } cases[] = {
        {{lost_ns, span_ns - lost_ns, 0, 0, span_ns - lost_ns, 0},
            "starting the workers took 40 % of the workers' time."},
        {{0, span_ns - lost_ns, lost_ns, 0, span_ns - lost_ns, 0},
            "being idle at the end took 40 % of the workers' time."},
        {{0, span_ns, 0, lost_ns, span_ns, 0},
            "handing out tasks took 40 % of the workers' time."},
        {{0, span_ns, 0, 0, span_ns - lost_ns, lost_ns},
            "waiting for a CPU took 40 % of the workers' time."},
        {{0, span_ns, 0, 0, span_ns - lost_ns, 0},
            "being blocked, or the CPU taken away from below, took 40 % of the workers' "
            "time."},
        {{0, span_ns, 0, 0, span_ns - lost_ns, ACCOUNT_NOT_SEEN},
            "waiting for a CPU, or being blocked, took 40 % of the workers' time."},
        {{0, span_ns, 0, 0, span_ns, 0},
            "together, a task took 1.67 times the CPU time."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct result result;
        struct result_stage *stage =
            make(&result, "factorial", 16, 2, TIMES(12000, 10000));
        for (size_t k = 0; k < 2; k++)
            stage->worker_list[k].times = cases[i].times;
        char *expected =
            text_format("1.20 times as fast on 2 CPUs, of 2.00: %s", cases[i].loss);
        assert_sentence(&result, expected);
        free(expected);
    }
    (void)state;
}

static void slower_than_one_after_the_other(void **state)
{
    struct result result;
    struct result_stage *stage = make(&result, "empty", 1000, 2, TIMES(32, 100));
    for (size_t k = 0; k < 2; k++)
        stage->worker_list[k].times = (struct account_worker){
            10 * NS_PER_MS, 90 * NS_PER_MS, 0, 60 * NS_PER_MS, 76 * NS_PER_MS, 0};
    assert_sentence(&result, "Slower: 0.32 times as fast on 2 CPUs, of 2.00: handing out "
                             "tasks took 60 % of the "
                             "workers' time.");
    (void)state;
}

static void without_both_stages_nothing_is_said(void **state)
{
    struct result result;
    make(&result, "factorial", 16, 2, TIMES(16000, 8000))->complete = false;
    comparison_compute(&result);
    sentence_write(&result);
    assert_string_equal(result.comparison.sentence, "");
    result_finish(&result);
    (void)state;
}

/* Whatever was measured, something is said, in two lines. */
static void every_result_has_a_sentence(void **state)
{
    static const int64_t elapsed_ms[] = {1, 100, 2000, 15000, 16000, 90000};
    static const int cpus[] = {1, 2, 12, 128};
    static const int64_t tasks[] = {1, 15, 16, 1000000};
    static const char *const workloads[] = {"factorial", "empty"};
    for (size_t i = 0; i < 6 * 6 * 4 * 4 * 2 * 3; i++) {
        struct result result;
        size_t rest = i;
        int64_t above = elapsed_ms[rest % 6], below = elapsed_ms[rest / 6 % 6];
        rest /= 36;
        int64_t n = tasks[rest % 4];
        int count = cpus[rest / 4 % 4];
        rest /= 16;
        struct result_stage *stage =
            make(&result, workloads[rest % 2], n, count, TIMES(above, below));
        if (count > n)
            set_workers(&result, (int)n);
        stage->others_cpus = rest / 2 % 3 == 1 ? 0.9 * count : -1;
        if (rest / 2 % 3 == 2) {
            result.stages[0].cpu_ns = 0;
            made_limit(
                &result.machine, "cgroup quota", 0.5, "/sys/fs/cgroup/app/cpu.max");
        }
        comparison_account(&result);
        comparison_compute(&result);
        sentence_write(&result);
        const char *sentence = result.comparison.sentence;
        if (!sentence[0] || strlen(sentence) > 156 || strstr(sentence, "nan") ||
            strstr(sentence, "inf"))
            fail_msg("%zu characters: %s", strlen(sentence), sentence);
        result_finish(&result);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearly_all),
        cmocka_unit_test(with_fewer_workers_than_cpus),
        cmocka_unit_test(with_more_workers_than_cpus),
        cmocka_unit_test(more_than_the_bound),
        cmocka_unit_test(too_few_tasks),
        cmocka_unit_test(too_few_tasks_but_hardly),
        cmocka_unit_test(one_long_task),
        cmocka_unit_test(a_fence),
        cmocka_unit_test(tasks_that_wait),
        cmocka_unit_test(disturbed_by_others),
        cmocka_unit_test(each_largest_loss),
        cmocka_unit_test(slower_than_one_after_the_other),
        cmocka_unit_test(without_both_stages_nothing_is_said),
        cmocka_unit_test(every_result_has_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
