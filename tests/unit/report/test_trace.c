// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "../experiment/made.h"
#include "base/file.h"
#include "items.h"
#include "report/report.h"
#include "sample.h"
#include "traces.h"

enum { SIZE_MAX_READ = 1 << 20 };

static size_t count_records(const struct result *result)
{
    size_t count = 0;
    for (size_t i = 0; i < result->stage_count; i++)
        count += result->stages[i].record_count;
    return count;
}

static int64_t sum_records_ns(const struct result *result)
{
    int64_t sum_ns = 0;
    for (size_t i = 0; i < result->stage_count; i++)
        for (size_t k = 0; k < result->stages[i].record_count; k++)
            sum_ns += result->stages[i].records[k].end_ns -
                      result->stages[i].records[k].start_ns;
    return sum_ns;
}

/* Whatever is in it, the trace is sound and has every task with all of its time. */
static void assert_complete(const struct result *result)
{
    struct traces traces;
    traces_read(result, &traces);
    assert_int_equal(traces_count(&traces, "task"), count_records(result));
    assert_int_equal(traces_sum_ns(&traces, "task"), sum_records_ns(result));
    assert_int_equal(traces_count(&traces, "stage"), result->stage_count);
    traces_finish(&traces);
}

static void results_of_all_kinds_are_sound_and_complete(void **state)
{
    static void (*const changes[])(struct result * result) = {
        NULL, sample_sweep, sample_items, sample_programs, sample_check};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct result result;
        sample_result(&result);
        if (changes[i])
            changes[i](&result);
        assert_complete(&result);
        result_finish(&result);
    }
    (void)state;
}

static void a_result_without_anything_is_sound(void **state)
{
    struct result result;
    result_init(&result);
    assert_complete(&result);
    result_finish(&result);
    (void)state;
}

static void recorded_runs_are_sound_and_complete(void **state)
{
    static const char *const names[] = {"4", "12", "64", "128"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct result result;
        struct fault fault = {0};
        size_t size;
        char *path = text_format("%s/../../assets/recordings/simulated-%s.json",
            getenv("PARFOR_TEST_DATA"), names[i]);
        char *text = NULL;
        assert_int_equal(file_read_bytes(path, SIZE_MAX_READ, &text, &size), 0);
        assert_int_equal(report_json_read(text, size, path, &result, &fault), 0);
        assert_complete(&result);
        result_finish(&result);
        free(text);
        free(path);
    }
    (void)state;
}

static void stages_stand_end_to_end_with_a_pause_between(void **state)
{
    struct result result;
    struct traces traces;
    made_result(&result, "factorial", 4, 2);
    struct result_stage *stage = made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 4000000);
    for (int i = 0; i < 4; i++)
        made_record(stage, i, 999999, 7);
    stage = made_stage(&result, RESULT_PARALLEL, 0, 2, 2000003);
    made_record(stage, 0, 2000001, 7);
    traces_read(&result, &traces);
    const struct traces_event *alone =
        traces_find(&traces, "stage", "one after the other");
    const struct traces_event *both = traces_find(&traces, "stage", "2 at a time");
    assert_int_equal(alone->at_ns, 0);
    assert_int_equal(alone->lasts_ns, 4000000);
    assert_true(both->at_ns > 4000000 && both->at_ns < 6000000);
    assert_int_equal(both->lasts_ns, 2000003);
    assert_int_equal(traces_find(&traces, "task", "task 3")->at_ns, 3 * 999999);
    assert_string_equal(traces_track_name(&traces, alone->track), "stages");
    assert_string_equal(traces_process_name(&traces, alone->process), "AMD EPYC, 2 CPUs");
    traces_finish(&traces);
    result_finish(&result);
    (void)state;
}

static void repeats_are_told_apart(void **state)
{
    struct result result;
    struct traces traces;
    made_result(&result, "factorial", 4, 2);
    result.plan.repeats = 2;
    for (int i = 0; i < 2; i++)
        made_stage(&result, RESULT_PARALLEL, i, 2, 2000000);
    traces_read(&result, &traces);
    traces_find(&traces, "stage", "2 at a time (run 1 of 2)");
    traces_find(&traces, "stage", "2 at a time (run 2 of 2)");
    traces_finish(&traces);
    result_finish(&result);
    (void)state;
}

static void a_task_says_what_became_of_it(void **state)
{
    struct result result;
    struct traces traces;
    sample_result(&result);
    traces_read(&result, &traces);
    const struct traces_event *task =
        traces_find(&traces, "task", "3 tasks, the first 0");
    assert_int_equal(traces_integer(task, "count"), 3);
    assert_int_equal(traces_integer(task, "cpu_ns"), 570);
    assert_int_equal(traces_integer(task, "failed"), 1);
    task = traces_find(&traces, "task", "task 0");
    assert_string_equal(traces_text(task, "digest"), "fedcba9876543210");
    assert_string_equal(traces_track_name(&traces, task->track), "worker 0");
    assert_string_equal(traces_process_name(&traces, task->process), "2 at a time");
    assert_false(traces_has(task, "status"));
    assert_false(traces_has(task, "attempts"));
    task = traces_find(&traces, "task", "task 1");
    assert_false(traces_has(task, "cpu"));
    assert_int_equal(traces_integer(task, "value"), -9);
    assert_int_equal(traces_integer(task, "attempts"), 2);
    assert_string_equal(
        traces_text(traces_find(&traces, "task", "task 2"), "status"), "failed");
    traces_finish(&traces);
    result_finish(&result);
    (void)state;
}

static void an_item_is_named_whatever_bytes_it_holds(void **state)
{
    struct result result;
    struct traces traces;
    sample_result(&result);
    sample_items(&result);
    traces_read(&result, &traces);
    const struct traces_event *task = traces_find(&traces, "task", "mouse one.h5");
    assert_int_equal(traces_integer(task, "exit"), 0);
    assert_int_equal(traces_integer(task, "max_rss_bytes"), 4096000);
    task = traces_find(&traces, "task", "?\?"); /* \xff\x01 */
    assert_string_equal(traces_text(task, "signal"), "SIGKILL");
    assert_string_equal(traces_text(task, "timed_out"), "true");
    assert_int_equal(traces_integer(task, "number"), 7);
    traces_finish(&traces);
    result_finish(&result);
    (void)state;
}

static void a_long_item_is_cut_between_characters(void **state)
{
    enum { CHARACTERS = 100000 };
    struct result result;
    made_result(&result, "command", 1, 1);
    char *name = memory_new(CHARACTERS, 2);
    for (int i = 0; i < CHARACTERS - 1; i++)
        memcpy(name + 2 * i, "µ", 2);
    struct result_stage *stage = made_stage(&result, RESULT_PARALLEL, 0, 1, 1000);
    made_record(stage, 0, 1000, 7)->item = made_item(0, name, (const char *[]){NULL});
    struct traces traces;
    traces_read(&result, &traces);
    for (size_t i = 0; i < traces.count; i++)
        assert_true(strlen(traces.events[i].name) < 512);
    assert_int_equal(traces_count(&traces, "task"), 1);
    traces_finish(&traces);
    result_finish(&result);
    free(name);
    (void)state;
}

static void what_happened_stands_on_the_track_of_its_worker(void **state)
{
    struct result result;
    struct traces traces;
    sample_result(&result);
    traces_read(&result, &traces);
    const struct traces_event *stage = traces_find(&traces, "stage", "2 at a time");
    const struct traces_event *event = traces_find(&traces, "event", "killed by SIGKILL");
    assert_int_equal(event->at_ns - stage->at_ns, 10);
    assert_string_equal(traces_track_name(&traces, event->track), "worker 1");
    assert_int_equal(traces_integer(event, "index"), 2);
    traces_find(&traces, "event", "replaced by process 4713");
    traces_find(&traces, "event", "left with exit status 102");
    event = traces_find(&traces, "event", "stopped by SIGINT");
    assert_string_equal(traces_track_name(&traces, event->track), "stages");
    assert_int_equal(traces_count(&traces, "event"), result.stages[1].event_count);
    event = traces_find(&traces, "move", "on CPU 1");
    assert_string_equal(traces_track_name(&traces, event->track), "worker 0");
    assert_int_equal(traces_integer(event, "cpu"), 1);
    assert_int_equal(traces_count(&traces, "move"), 2);
    traces_finish(&traces);
    result_finish(&result);
    (void)state;
}

static void a_worker_starts_and_prepares_before_its_first_task(void **state)
{
    struct result result;
    struct traces traces;
    made_result(&result, "factorial", 2, 2);
    struct result_stage *stage = made_stage(&result, RESULT_PARALLEL, 0, 2, 9000);
    for (int i = 0; i < 2; i++) {
        struct result_record *record = made_record(stage, i, 1000, 7);
        record->worker = i;
        record->start_ns = 3000;
        record->end_ns = 9000;
        stage->worker_list[i].times.startup_ns = 1000 + 5000 * i;
        stage->worker_list[i].times.prepare_ns = 1500;
    }
    traces_read(&result, &traces);
    assert_int_equal(traces_find(&traces, "start", "starting")->lasts_ns, 1000);
    const struct traces_event *event = traces_find(&traces, "start", "preparing");
    assert_int_equal(event->at_ns, 1000);
    assert_int_equal(event->lasts_ns, 1500);
    assert_string_equal(traces_track_name(&traces, event->track), "worker 0");
    /* The other's start is cut where its task begins. */
    assert_int_equal(traces_sum_ns(&traces, "start"), 1000 + 1500 + 3000);
    traces_finish(&traces);
    result_finish(&result);
    (void)state;
}

static void tasks_of_a_worker_that_overlap_get_further_tracks(void **state)
{
    static const int64_t times[][2] = {{50, 90}, {0, 100}, {100, 100}, {20, 60},
        {60, 120}, {0, 100}, {100, 130}, {90, 90}, {100, 110}};
    struct result result;
    struct traces traces;
    made_result(&result, "factorial", 9, 1);
    struct result_stage *stage = made_stage(&result, RESULT_PARALLEL, 0, 1, 130);
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        struct result_record *record = made_record(stage, (int64_t)i, 1, 7);
        record->start_ns = times[i][0];
        record->end_ns = times[i][1];
        record->worker = i == 8 ? -1 : 0;
    }
    assert_complete(&result);
    traces_read(&result, &traces);
    assert_string_equal(
        traces_track_name(&traces, traces_find(&traces, "task", "task 1")->track),
        "worker 0");
    assert_string_equal(
        traces_track_name(&traces, traces_find(&traces, "task", "task 5")->track),
        "worker 0 (2)");
    assert_string_equal(
        traces_track_name(&traces, traces_find(&traces, "task", "task 8")->track),
        "no worker");
    traces_finish(&traces);
    result_finish(&result);
    (void)state;
}

/* The longest times that a file may have: they cannot be added up. */
static void stages_that_last_forever_stay_sound(void **state)
{
    struct result result;
    const int64_t forever_ns = INT64_C(1000000000000000000);
    made_result(&result, "factorial", 1, 1);
    for (int i = 0; i < 30; i++) {
        struct result_stage *stage =
            made_stage(&result, RESULT_PARALLEL, INT32_MAX, 1, forever_ns);
        made_record(stage, i, 1000, 7);
    }
    result.plan.repeats = 2;
    struct traces traces;
    traces_read(&result, &traces);
    assert_int_equal(traces_count(&traces, "task"), 30);
    traces_finish(&traces);
    result_finish(&result);
    (void)state;
}

static void a_result_gives_the_same_bytes_after_it_was_saved(void **state)
{
    struct result result, again;
    struct fault fault = {0};
    char *first, *second, *json;
    size_t size;
    sample_result(&result);
    json = sample_write(&result);
    assert_int_equal(report_json_read(json, strlen(json), "x", &again, &fault), 0);
    assert_int_equal(report_trace_write(&result, &first, &size, &fault), 0);
    assert_int_equal(report_trace_write(&again, &second, &size, &fault), 0);
    assert_string_equal(first, second);
    free(first);
    free(second);
    free(json);
    result_finish(&result);
    result_finish(&again);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_of_all_kinds_are_sound_and_complete),
        cmocka_unit_test(a_result_without_anything_is_sound),
        cmocka_unit_test(recorded_runs_are_sound_and_complete),
        cmocka_unit_test(stages_stand_end_to_end_with_a_pause_between),
        cmocka_unit_test(repeats_are_told_apart),
        cmocka_unit_test(a_task_says_what_became_of_it),
        cmocka_unit_test(an_item_is_named_whatever_bytes_it_holds),
        cmocka_unit_test(a_long_item_is_cut_between_characters),
        cmocka_unit_test(what_happened_stands_on_the_track_of_its_worker),
        cmocka_unit_test(a_worker_starts_and_prepares_before_its_first_task),
        cmocka_unit_test(tasks_of_a_worker_that_overlap_get_further_tracks),
        cmocka_unit_test(stages_that_last_forever_stay_sound),
        cmocka_unit_test(a_result_gives_the_same_bytes_after_it_was_saved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
