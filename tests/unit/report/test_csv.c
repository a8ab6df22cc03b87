// SPDX-License-Identifier: MIT
#include "tables.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>

#include "../experiment/made_list.h"
#include "checks.h"
#include "items.h"
#include "report/report.h"
#include "sample.h"

static void a_row_for_each_stage(void **state)
{
    struct tables_csv table;
    struct result result;
    sample_result(&result);
    tables_read_from(&table, report_csv_write, &result);
    assert_int_equal(table.row_count, 2);
    assert_cell(&table, 0, "stage", "0");
    assert_cell(&table, 0, "name", "sequential");
    assert_cell(&table, 0, "workload", "factorial");
    assert_cell(&table, 0, "size", "1000");
    assert_cell(&table, 0, "iterations", "3");
    assert_cell(&table, 0, "schedule", "dynamic");
    assert_cell(&table, 0, "cpu", "Example \"Quad\" µ4");
    assert_cell(&table, 0, "usable_cpus", "1.5");
    assert_cell(&table, 0, "digest", "00112233aabbccdd");
    assert_cell(&table, 1, "stage", "1");
    assert_cell(&table, 1, "name", "parallel");
    assert_cell(&table, 1, "workers", "2");
    assert_cell(&table, 1, "workers_asked", "3");
    assert_cell(&table, 1, "repeat", "4");
    assert_cell(&table, 1, "complete", "false");
    assert_cell(&table, 1, "projected", "true");
    assert_cell(&table, 1, "failed", "1");
    assert_cell(&table, 1, "others_cpus", "0.125");
    assert_cell(&table, 1, "digest", "ffffffffffffffff");
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

static void times_lose_nothing(void **state)
{
    struct tables_csv table;
    struct result result;
    sample_result(&result);
    result.stages[0].elapsed_ns = INT64_C(1000000000000000001);
    result.stages[1].system_ns = 7;
    tables_read_from(&table, report_csv_write, &result);
    assert_cell(&table, 0, "elapsed_s", "1000000000.000000001");
    assert_cell(&table, 1, "elapsed_s", "0.000000400");
    assert_cell(&table, 1, "handout_price_s", "0.000000070");
    assert_cell(&table, 1, "user_s", "0.000000000");
    assert_cell(&table, 1, "system_s", "0.000000007");
    assert_cell(&table, 1, "account_total_s", "0.000000800");
    assert_cell(&table, 1, "account_slowdown_s", "-0.000000012");
    assert_cell(&table, 1, "account_waiting_s", "0.000000022");
    assert_cell(&table, 1, "account_tail_s", "0.000000120");
    assert_cell(&table, 1, "account_prepare_s", "0.000000016");
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

/* What a sum in binary leaves behind the digits that mean something is not shown. */
static void reals_have_as_many_digits_as_the_result_file(void **state)
{
    struct tables_csv table;
    struct result result;
    sample_result(&result);
    result.stages[0].others_cpus = 45.793851000000004;
    result.stages[1].others_cpus = 52.323712973632453;
    result.stages[1].energy_j = 1e15;
    tables_read_from(&table, report_csv_write, &result);
    assert_cell(&table, 0, "others_cpus", "45.793851");
    assert_cell(&table, 1, "others_cpus", "52.3237129736");
    assert_cell(&table, 1, "energy_j", "1e+15");
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

static void what_is_not_known_is_empty(void **state)
{
    static const char *const names[] = {"label", "measured_s", "expected_s",
        "others_cpus", "handout_price_s", "account_slowdown_s", "account_waiting_s",
        "energy_j", "celsius", "clock_low_mhz", "clock_high_mhz", "processes",
        "max_rss_bytes", "exit", "signal", "errno", "tasks_s", "threads_cpu_s", "user_s",
        "system_s"};
    struct tables_csv table;
    struct result result;
    sample_result(&result);
    result.stages[1].account.total_ns = 0;
    tables_read_from(&table, report_csv_write, &result);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_cell(&table, 0, names[i], "");
    assert_cell(&table, 1, "speedup", "");
    assert_cell(&table, 1, "account_useful_s", "");
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

/* Each against the sequential stage of its own repeat, wherever that is. */
static void the_speedup_is_that_of_its_repeat(void **state)
{
    struct tables_csv table;
    struct result result;
    made_result(&result, "spin", 10, 2);
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 3 * NS_PER_S);
    made_stage(&result, RESULT_PARALLEL, 0, 2, 2 * NS_PER_S);
    made_stage(&result, RESULT_PARALLEL, 1, 2, 2 * NS_PER_S);
    made_stage(&result, RESULT_SEQUENTIAL, 1, 1, 5 * NS_PER_S);
    made_stage(&result, RESULT_PARALLEL, 2, 2, 3 * NS_PER_S);
    made_stage(&result, RESULT_SEQUENTIAL, 2, 1, 4 * NS_PER_S)->complete = false;
    tables_read_from(&table, report_csv_write, &result);
    assert_cell(&table, 0, "speedup", "1");
    assert_cell(&table, 1, "speedup", "1.5");
    assert_cell(&table, 2, "speedup", "2.5");
    assert_cell(&table, 4, "speedup", "");
    assert_cell(&table, 5, "speedup", "");
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

static void a_program_has_what_became_of_it(void **state)
{
    struct tables_csv table;
    struct result result;
    sample_result(&result);
    sample_programs(&result);
    struct result_stage *first = &result.stages[0], *stage = &result.stages[1];
    first->kind = RESULT_PROGRAM;
    text_copy(sizeof stage->label, stage->label, "-a,\"b\"");
    stage->records[0].item = made_item(0, NULL, (const char *[]){NULL});
    stage->records[0].item->signal = SIGSEGV;
    stage->records[0].item->max_rss_bytes = 4096;
    tables_read_from(&table, report_csv_write, &result);
    assert_cell(&table, 0, "speedup", "1");
    assert_cell(&table, 1, "name", "program");
    assert_cell(&table, 1, "label", "-a,\"b\"");
    assert_cell(&table, 1, "warmup", "true");
    assert_cell(&table, 1, "speedup", "");
    assert_cell(&table, 1, "processes", "3");
    assert_cell(&table, 1, "threads", "4");
    assert_cell(&table, 1, "signal", "SIGSEGV");
    assert_cell(&table, 1, "exit", "");
    assert_cell(&table, 1, "max_rss_bytes", "4096");
    tables_finish(&table);
    stage->warmup = false;
    stage->complete = true;
    stage->repeat = 0;
    tables_read_from(&table, report_csv_write, &result);
    assert_cell(&table, 1, "speedup", ""); /* it failed */
    tables_finish(&table);
    stage->failed = 0;
    tables_read_from(&table, report_csv_write, &result);
    assert_cell(&table, 1, "speedup", "1.5");
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

static void a_row_for_each_cpu_of_a_check(void **state)
{
    struct tables_csv table;
    struct result result;
    sample_result(&result);
    sample_check(&result);
    tables_read_from(&table, report_csv_write, &result);
    assert_int_equal(table.row_count, 2);
    assert_cell(&table, 0, "host", "node17");
    assert_cell(&table, 0, "cpu", "0");
    assert_cell(&table, 0, "kind", "P");
    assert_cell(&table, 0, "alone_rounds", "15");
    assert_cell(&table, 0, "alone_median_s", "0.040000001");
    assert_cell(&table, 0, "together_elapsed_s", "0.041000012");
    assert_cell(&table, 0, "again_slowness", "1.5");
    assert_cell(&table, 0, "cores_waited", "0.0625");
    assert_cell(&table, 0, "ratio", "0.875");
    assert_cell(&table, 0, "slow", "true");
    assert_cell(&table, 0, "wrong", "2");
    assert_cell(&table, 0, "wrong_answer", "fedcba9876543210");
    assert_cell(&table, 0, "died_of", "SIGILL");
    assert_cell(&table, 0, "refused", "1");
    assert_cell(&table, 1, "cpu", "1");
    assert_cell(&table, 1, "alone_rounds", "19");
    assert_cell(&table, 1, "again_rounds", "");
    assert_cell(&table, 1, "together_median_s", "");
    assert_cell(&table, 1, "ratio", "");
    assert_cell(&table, 1, "wrong_answer", "");
    assert_cell(&table, 1, "neighbour", "");
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

static void nothing_has_names_only(void **state)
{
    struct tables_csv table;
    struct result result;
    result_init(&result);
    for (int i = 0; i < PLAN_COMMANDS; i++) {
        result.plan.command = (enum plan_command)i;
        tables_read_from(&table, report_csv_write, &result);
        assert_int_equal(table.row_count, 0);
        assert_true(table.column_count > 10);
        tables_finish(&table);
    }
    result_finish(&result);
    (void)state;
}

static void read_results(struct tables_csv *table, const struct report_results *results)
{
    struct fault fault;
    char *text;
    size_t size;
    assert_int_equal(report_csv_results_write(results, &text, &size, &fault), 0);
    tables_read(table, text, size);
    free(text);
}

static void a_row_for_each_result(void **state)
{
    struct tables_csv table;
    struct result results[5];
    const struct result *list[5];
    static const char *const names[] = {
        "a,\"b\"\nc.json", "\xff.json", "=x.json", "check.json", NULL};
    made_run(&results[0], 2, INT64_C(24200000001), INT64_C(12300000000));
    sample_result(&results[1]);
    sample_result(&results[2]);
    sample_sweep(&results[2]);
    checks_make(&results[3], 12);
    made_stopped(&results[4], 8);
    results[1].started_s = 1795439280;
    for (int i = 0; i < 5; i++)
        list[i] = &results[i];
    read_results(&table, &(struct report_results){5, list, names});
    assert_int_equal(table.row_count, 5);
    for (size_t i = 0; i < 4; i++)
        assert_cell(&table, i, "file", names[i]);
    assert_cell(&table, 4, "file", "");
    assert_cell(&table, 0, "sequential_s", "24.200000001");
    assert_cell(&table, 0, "parallel_s", "12.300000000");
    double speedup = strtod(tables_cell(&table, 0, "speedup"), NULL);
    assert_true(fabs(speedup - results[0].comparison.speedup) < 1e-11);
    assert_cell(&table, 0, "bound", "");
    assert_cell(&table, 0, "doubtful", "false");
    assert_cell(&table, 0, "verdict", "");
    assert_cell(&table, 2, "command", "sweep");
    assert_cell(&table, 2, "workers", "2");
    assert_cell(&table, 2, "efficiency", "0.98");
    assert_cell(&table, 2, "speedup_high", "2.25");
    assert_cell(&table, 2, "stopped", "true");
    assert_cell(&table, 3, "host", "node17");
    assert_cell(&table, 3, "verdict", "PASS");
    assert_cell(&table, 3, "parallel_s", "");
    assert_cell(&table, 4, "stopped", "true");
    assert_cell(&table, 4, "speedup", "");
    assert_cell(&table, 1, "started", "2026-11-23T13:08:00Z");
    assert_cell(&table, 4, "started", "");
    tables_finish(&table);
    for (int i = 0; i < 5; i++)
        result_finish(&results[i]);
    (void)state;
}

static void a_comparison_has_all_its_numbers(void **state)
{
    struct tables_csv table;
    struct result result;
    const struct result *list[] = {&result};
    static const char *const names[] = {"x"};
    sample_result(&result);
    result.stages[1].failed = 0;
    result.stages[1].complete = true;
    read_results(&table, &(struct report_results){1, list, names});
    assert_cell(&table, 0, "speedup", "1.5");
    assert_cell(&table, 0, "bound", "1.875");
    assert_cell(&table, 0, "efficiency", "0.75");
    assert_cell(&table, 0, "speedup_low", "1.25");
    assert_cell(&table, 0, "doubtful", "true");
    assert_cell(&table, 0, "karp_flatt", "0.333333333333");
    tables_finish(&table);
    read_results(&table, &(struct report_results){0, list, names});
    assert_int_equal(table.row_count, 0);
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_for_each_stage),
        cmocka_unit_test(times_lose_nothing),
        cmocka_unit_test(reals_have_as_many_digits_as_the_result_file),
        cmocka_unit_test(what_is_not_known_is_empty),
        cmocka_unit_test(the_speedup_is_that_of_its_repeat),
        cmocka_unit_test(a_program_has_what_became_of_it),
        cmocka_unit_test(a_row_for_each_cpu_of_a_check),
        cmocka_unit_test(nothing_has_names_only),
        cmocka_unit_test(a_row_for_each_result),
        cmocka_unit_test(a_comparison_has_all_its_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
