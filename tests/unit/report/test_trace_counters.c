// SPDX-License-Identifier: MIT
#include "../experiment/made.h"
#include "traces.h"

/* Four samples of CPUs 0, 1 and 11. */
static struct result_stage *add_sampled(struct result *result)
{
    static const double shares[4][3] = {
        {1, 0, 0.5}, {1, 0, 0.5}, {0.25, 0, 0}, {1, 0, 0}};
    struct result_stage *stage = made_stage(result, RESULT_PARALLEL, 0, 1, 4000000);
    stage->cpu_count = 3;
    stage->cpus = memory_new(3, sizeof *stage->cpus);
    for (int i = 0; i < 3; i++)
        stage->cpus[i].id = i == 2 ? 11 : i;
    for (int k = 0; k < 4; k++) {
        size_t sample = result_samples_add(&stage->samples, 3, (k + 1) * 1000000);
        for (size_t i = 0; i < 3; i++)
            result_samples_set(&stage->samples, 3, sample, i, RESULT_USER, shares[k][i]);
        result_samples_set(&stage->samples, 3, sample, 2, RESULT_ABSENT, k >= 2);
    }
    return stage;
}

static void assert_counter(
    const struct traces_event *counter, int64_t at_ns, const char *name, double value)
{
    assert_non_null(counter);
    assert_int_equal(counter->at_ns, at_ns);
    assert_true(traces_number(counter, name) == value);
}

static void counters_say_what_changes_and_end_with_the_stage(void **state)
{
    struct result result;
    struct traces traces;
    made_result(&result, "factorial", 1, 1);
    add_sampled(&result);
    traces_read(&result, &traces);
    const struct traces_event *counter = traces_find_counter(&traces, "CPU 00", 0);
    assert_counter(counter, 0, "busy", 100);
    counter = traces_find_counter(&traces, "CPU 00", counter->place + 1);
    assert_counter(counter, 2000000, "busy", 25);
    counter = traces_find_counter(&traces, "CPU 00", counter->place + 1);
    assert_counter(counter, 3000000, "busy", 100);
    counter = traces_find_counter(&traces, "CPU 00", counter->place + 1);
    assert_counter(counter, 4000000, "busy", 0);
    assert_null(traces_find_counter(&traces, "CPU 00", counter->place + 1));
    /* One that idles all the time says so once. */
    counter = traces_find_counter(&traces, "CPU 01", 0);
    assert_counter(counter, 0, "busy", 0);
    assert_null(traces_find_counter(&traces, "CPU 01", counter->place + 1));
    /* One that is gone does not run on. */
    counter = traces_find_counter(&traces, "CPU 11", 0);
    assert_counter(counter, 0, "busy", 50);
    counter = traces_find_counter(&traces, "CPU 11", counter->place + 1);
    assert_counter(counter, 2000000, "busy", 0);
    traces_finish(&traces);
    result_finish(&result);
    (void)state;
}

static void all_cpus_together_are_counted_by_what_they_do(void **state)
{
    struct result result;
    struct traces traces;
    made_result(&result, "factorial", 1, 1);
    struct result_stage *stage = add_sampled(&result);
    for (size_t i = 0; i < 4; i++)
        result_samples_set(&stage->samples, 3, i, 1, RESULT_STEAL, 0.2);
    traces_read(&result, &traces);
    const struct traces_event *counter = traces_find_counter(&traces, "CPUs", 0);
    assert_counter(counter, 0, "busy", 1.5);
    counter = traces_find_counter(&traces, "CPUs by mode", 0);
    assert_counter(counter, 0, "user", 1.5);
    assert_counter(counter, 0, "steal", 0.2);
    assert_false(traces_has(counter, "system"));
    counter = traces_find_counter(&traces, "CPUs by mode", counter->place + 1);
    assert_counter(counter, 2000000, "user", 0.25);
    /* Only of a CPU that is stolen from it is told. */
    assert_counter(traces_find_counter(&traces, "CPU 01", 0), 0, "steal", 20);
    assert_false(traces_has(traces_find_counter(&traces, "CPU 00", 0), "steal"));
    traces_finish(&traces);
    result_finish(&result);
    (void)state;
}

static void what_was_only_watched_is_counters_alone(void **state)
{
    struct result result;
    struct traces traces;
    made_result(&result, "", 0, 2);
    result.plan.command = PLAN_WATCH;
    struct result_stage *stage = add_sampled(&result);
    stage->kind = RESULT_WATCHED;
    stage->workers = stage->workers_asked = 0;
    stage->worker_count = 0;
    traces_read(&result, &traces);
    assert_int_equal(traces_count(&traces, "task"), 0);
    traces_find(&traces, "stage", "the machine alone");
    assert_non_null(traces_find_counter(&traces, "CPU 00", 0));
    int processes = 0;
    for (size_t i = 0; i < traces.count; i++)
        processes += strcmp(traces.events[i].name, "process_name") == 0;
    assert_int_equal(processes, 2);
    traces_finish(&traces);
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counters_say_what_changes_and_end_with_the_stage),
        cmocka_unit_test(all_cpus_together_are_counted_by_what_they_do),
        cmocka_unit_test(what_was_only_watched_is_counters_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
