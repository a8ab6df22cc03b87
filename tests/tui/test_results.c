// SPDX-License-Identifier: MIT
/* The recorded results that make_result.py writes: can be read, and are consistent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "report/report.h"

enum { FILE_MAX = 1 << 21 };

static void check_account(const struct result_stage *stage)
{
    const struct account *account = &stage->account;
    int64_t slowdown_ns =
        account->slowdown_ns == ACCOUNT_NOT_SEEN ? 0 : account->slowdown_ns;
    assert_int_equal(account->total_ns, stage->workers * stage->elapsed_ns);
    assert_int_equal(account->total_ns,
        account->startup_ns + account->useful_ns + slowdown_ns + account->waiting_ns +
            account->blocked_ns + account->handout_ns + account->tail_ns);
    assert_int_equal(stage->worker_count, stage->workers);
    for (size_t i = 0; i < stage->worker_count; i++) {
        const struct account_worker *times = &stage->worker_list[i].times;
        assert_int_equal(
            times->startup_ns + times->span_ns + times->tail_ns, stage->elapsed_ns);
        assert_true(stage->worker_list[i].pid > 0);
    }
}

/* Every task once, none outside of the stage, no two of a worker at once. */
static void check_records(const struct result *result, const struct result_stage *stage)
{
    int64_t done = 0;
    int64_t *free_ns = calloc((size_t)stage->workers, sizeof *free_ns);
    assert_non_null(free_ns);
    for (size_t i = 0; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        done += record->count;
        assert_in_range(record->worker, 0, stage->workers - 1);
        assert_true(record->start_ns >= free_ns[record->worker]);
        assert_true(record->end_ns <= stage->elapsed_ns);
        assert_true(record->cpu_ns <= record->end_ns - record->start_ns);
        free_ns[record->worker] = record->end_ns;
    }
    free(free_ns);
    assert_int_equal(done, stage->done);
    if (stage->complete)
        assert_int_equal(done, result->plan.iterations);
    else
        assert_true(done < result->plan.iterations);
}

/* The CPUs of the samples are those of the workers: as busy as their tasks say. */
static void check_samples(const struct result *result, const struct result_stage *stage)
{
    double busy = 0, ran_ns = 0;
    assert_int_equal(stage->cpu_count, result->machine.cpu_count);
    assert_true(stage->samples.count > 0);
    assert_true(stage->samples.t_ns[stage->samples.count - 1] >= stage->elapsed_ns);
    for (size_t i = 0; i < stage->cpu_count; i++)
        busy += stage->cpus[i].busy;
    for (size_t i = 0; i < stage->worker_count; i++)
        ran_ns += (double)stage->worker_list[i].times.span_ns;
    double expected = ran_ns / (double)stage->elapsed_ns + fmax(stage->others_cpus, 0);
    assert_true(fabs(busy - expected) < 0.02 * (double)stage->cpu_count + 0.05);
}

static void check_comparison(const struct result *result)
{
    const struct result_comparison *comparison = &result->comparison;
    const struct result_stage *alone = result_find_stage(result, RESULT_SEQUENTIAL, 0);
    const struct result_stage *pool = result_find_stage(result, RESULT_PARALLEL, 0);
    assert_non_null(pool);
    assert_int_equal(comparison->has, alone != NULL);
    if (!alone)
        return;
    double speedup = (double)alone->elapsed_ns / (double)pool->elapsed_ns;
    assert_true(fabs(comparison->speedup - speedup) < 1e-4);
    assert_true(comparison->speedup <= comparison->bound);
    assert_true(comparison->sentence[0] != '\0');
}

static void check_result(const char *name, int cpus)
{
    char *path = text_format("%s/%s.json", getenv("PARFOR_RESULTS"), name), *text;
    struct result result;
    struct fault fault = {0};
    print_message("%s\n", path);
    assert_int_equal(file_read(path, FILE_MAX, &text), 0);
    if (report_json_read(text, strlen(text), path, &result, &fault) < 0)
        fail_msg("%s", fault.text);
    assert_int_equal(result.machine.cpu_count, cpus);
    for (size_t i = 0; i < result.stage_count; i++) {
        check_account(&result.stages[i]);
        check_records(&result, &result.stages[i]);
        check_samples(&result, &result.stages[i]);
    }
    check_comparison(&result);
    result_finish(&result);
    free(text);
    free(path);
}

static void test_runs(void **state)
{
    (void)state;
    check_result("run-1", 1);
    check_result("run-2", 2);
    check_result("run-8", 8);
    check_result("run-12", 12);
    check_result("run-64", 64);
    check_result("run-129", 129);
    check_result("run-256", 256);
    check_result("run-1024", 1024);
    check_result("run-2048", 2048);
    check_result("run-8-million", 8);
}

static void test_stopped_map(void **state)
{
    (void)state;
    check_result("map-12-stopped", 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_runs),
        cmocka_unit_test(test_stopped_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
