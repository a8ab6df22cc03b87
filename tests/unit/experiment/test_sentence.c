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
    assert_int_equal(result->comparison.doubtful, strncmp(expected, "No result", 9) == 0);
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
        &result, "63.4 times as fast on 64 CPUs: nearly all there is to get (64.0).");
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
        "1.86 times as fast on 2 CPUs. 15 equal tasks can reach 1.88 at most: one worker "
        "gets 8, the other 7. Try: -n 16 (about 1.99)");
    make(&result, "factorial", 150, 128, TIMES(150000, 2010));
    assert_sentence(&result,
        "74.6 times as fast on 128 CPUs. 150 equal tasks can reach 75.0 at most: some "
        "workers get 2, others 1. Try: -n 256 (about 127)");
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
    assert_sentence(&result,
        "1.44 times as fast on 2 CPUs: no more is possible (1.44), for one task "
        "alone takes 69 % of the time of all.");
    (void)state;
}

static void a_fence(void **state)
{
    struct result result;
    make(&result, "factorial", 16, 4, TIMES(10000, 6760));
    made_limit(&result.machine, "cgroup quota", 1.5, "/sys/fs/cgroup/app/cpu.max");
    set_workers(&result, 2);
    assert_sentence(&result,
        "1.48 times as fast on 4 CPUs: this container may use only 1.50 of them (cpu.max "
        "of /sys/fs/cgroup/app). More workers do not help.");
    make(&result, "factorial", 16, 4, TIMES(10000, 5100));
    made_limit(&result.machine, "NSLOTS", 2, "NSLOTS");
    set_workers(&result, 2);
    assert_sentence(&result, "1.96 times as fast on 4 CPUs: we may use only 2 of them "
                             "(NSLOTS). More workers do not help.");
    (void)state;
}

/* However long its path is. */
static void a_fence_far_away(void **state)
{
    struct result result;
    char where[256] = "/sys/fs/cgroup/";
    memset(where + strlen(where), 'x', 200);
    text_append(sizeof where, where, "/cpu.max");
    make(&result, "factorial", 16, 4, TIMES(10000, 6760));
    made_limit(&result.machine, "cgroup quota", 1.5, where);
    set_workers(&result, 2);
    assert_sentence(&result, "1.48 times as fast on 4 CPUs: this container may use only "
                             "1.50 of them (cpu.max). More workers do not help.");
    (void)state;
}

/* More than the limit is done neither by the machine nor by the limit. */
static void a_fence_is_not_exceeded(void **state)
{
    struct result result;
    make(&result, "factorial", 16, 4, TIMES(10000, 5000));
    made_limit(&result.machine, "cgroup quota", 1.5, "/sys/fs/cgroup/app/cpu.max");
    set_workers(&result, 2);
    assert_sentence(&result,
        "2.00 times as fast on 2 CPUs: more than the 1.50 possible, so noise or cache.");
    (void)state;
}

static void tasks_that_wait(void **state)
{
    struct result result;
    make(&result, "sleep", 400, 2, TIMES(40000, 21000));
    for (size_t i = 0; i < 2; i++) {
        result.stages[i].cpu_ns = 400 * NS_PER_MS;
        for (size_t k = 0; k <= i; k++)
            result.stages[i].worker_list[k].times.cpu_ns = 400 * NS_PER_MS / (k + 1);
    }
    assert_sentence(&result,
        "1.90 times as fast on 2 CPUs: these tasks wait instead of computing (CPUs 1 % "
        "busy), and can wait together. Try: -j 128 (about 95.2)");
    (void)state;
}

/* Neither do its CPUs, nor would more workers than it has show what it is. */
static void tasks_that_wait_on_a_simulated_machine(void **state)
{
    struct result result;
    make(&result, "sleep", 256, 128, TIMES(256000, 2100));
    result.machine.simulated = true;
    for (size_t i = 0; i < 2; i++) {
        struct result_stage *stage = &result.stages[i];
        stage->cpu_ns = 256 * NS_PER_MS;
        for (size_t k = 0; k < stage->worker_count; k++)
            stage->worker_list[k].times.cpu_ns = stage->cpu_ns / stage->workers;
    }
    assert_sentence(&result,
        "122 times as fast with 128 workers: tasks that wait can wait together, and the "
        "machine shown is a simulated one.");
    (void)state;
}

static void disturbed_by_others(void **state)
{
    struct result result;
    make(&result, "factorial", 16, 2, TIMES(16000, 10660))->others_cpus = 0.8;
    assert_sentence(&result,
        "No result: other programs used 0.8 of 2 CPUs meanwhile (between 1.5 and 2.0 "
        "times as fast). Try again when it is quiet.");
    make(&result, "factorial", 16, 2, TIMES(16000, 8010))->others_cpus = 0.8;
    assert_sentence(
        &result, "2.00 times as fast on 2 CPUs: nearly all there is to get (2.00).");
    (void)state;
}

static void slower_than_one_after_the_other(void **state)
{
    struct result result;
    struct result_stage *stage = make(&result, "empty", 1000, 2, TIMES(32, 100));
    stage->handout_price_ns = 120 * NS_PER_US;
    for (size_t k = 0; k < 2; k++) {
        stage->worker_list[k].handouts = 500;
        stage->worker_list[k].times = (struct account_worker){
            10 * NS_PER_MS, 90 * NS_PER_MS, 0, 60 * NS_PER_MS, 76 * NS_PER_MS, 0, 0};
    }
    assert_sentence(&result, "Slower: 0.32 times as fast on 2 CPUs: handing out took 120 "
                             "us for every task of 60 us. Try: --schedule dynamic,100 "
                             "(about 0.79)");
    (void)state;
}

/* A twentieth less than before is no reason to call it slower. */
static void about_as_fast(void **state)
{
    struct result result;
    make(&result, "factorial", 16, 2, TIMES(16000, 16400));
    assert_sentence(&result,
        "0.98 times as fast on 2 CPUs. With both of them busy a task "
        "took 2.0 times as long.");
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
    for (size_t i = 0; i < 6 * 6 * 4 * 4 * 2 * 3 * 2; i++) {
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
        result.machine.simulated = rest / 6 == 1;
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
        cmocka_unit_test(a_fence_far_away),
        cmocka_unit_test(a_fence_is_not_exceeded),
        cmocka_unit_test(about_as_fast),
        cmocka_unit_test(tasks_that_wait),
        cmocka_unit_test(tasks_that_wait_on_a_simulated_machine),
        cmocka_unit_test(disturbed_by_others),
        cmocka_unit_test(slower_than_one_after_the_other),
        cmocka_unit_test(without_both_stages_nothing_is_said),
        cmocka_unit_test(every_result_has_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
