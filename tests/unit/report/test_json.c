// SPDX-License-Identifier: MIT
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/report.h"
#include "sample.h"

static int read_json(const char *text, struct result *result, struct fault *fault)
{
    return report_json_read(text, strlen(text), "x.json", result, fault);
}

static void must_read(const char *text, struct result *result)
{
    struct fault fault;
    if (read_json(text, result, &fault) < 0)
        fail_msg("not read: %s", fault.text);
}

static void a_full_result_comes_back_to_the_byte(void **state)
{
    struct result back;
    char *text = sample_json();
    must_read(text, &back);
    char *again = sample_write(&back);
    assert_string_equal(text, again);
    result_finish(&back);
    free(again);
    free(text);
    (void)state;
}

static void assert_same_stage(
    const struct result_stage *one, const struct result_stage *other)
{
    assert_int_equal(one->kind, other->kind);
    assert_int_equal(one->workers, other->workers);
    assert_int_equal(one->complete, other->complete);
    assert_int_equal(one->handout_price_ns, other->handout_price_ns);
    assert_true(one->others_cpus == other->others_cpus);
    assert_memory_equal(&one->account, &other->account, sizeof one->account);
    assert_int_equal(one->event_count, other->event_count);
    for (size_t i = 0; i < one->event_count; i++)
        assert_memory_equal(&one->events[i], &other->events[i], sizeof *one->events);
    assert_int_equal(one->move_count, other->move_count);
    for (size_t i = 0; i < one->move_count; i++)
        assert_memory_equal(&one->moves[i], &other->moves[i], sizeof *one->moves);
    assert_int_equal(one->worker_count, other->worker_count);
    for (size_t i = 0; i < one->worker_count; i++)
        assert_memory_equal(&one->worker_list[i].times, &other->worker_list[i].times,
            sizeof one->worker_list->times);
    assert_int_equal(one->record_count, other->record_count);
    for (size_t i = 0; i < one->record_count; i++)
        assert_memory_equal(&one->records[i], &other->records[i], sizeof *one->records);
    assert_int_equal(one->samples.count, other->samples.count);
    for (int mode = 0; mode < RESULT_MODES; mode++) {
        assert_int_equal(!one->samples.modes[mode], !other->samples.modes[mode]);
        if (one->samples.modes[mode])
            assert_memory_equal(one->samples.modes[mode], other->samples.modes[mode],
                one->samples.count * one->cpu_count);
    }
}

static void what_is_read_is_what_was_written(void **state)
{
    struct result one, back;
    sample_result(&one);
    char *text = sample_write(&one);
    must_read(text, &back);
    assert_memory_equal(&one.plan, &back.plan, sizeof one.plan);
    assert_string_equal(one.machine.cpu_name, back.machine.cpu_name);
    for (size_t i = 0; i < one.machine.cpu_count; i++)
        assert_int_equal(one.machine.cpus[i].kind, back.machine.cpus[i].kind);
    assert_string_equal(one.machine.limits[1].where, back.machine.limits[1].where);
    assert_int_equal(one.stage_count, back.stage_count);
    for (size_t i = 0; i < one.stage_count; i++)
        assert_same_stage(&one.stages[i], &back.stages[i]);
    assert_string_equal(one.comparison.sentence, back.comparison.sentence);
    assert_true(back.comparison.interval_high == 1.7);
    assert_true(back.comparison.doubtful);
    assert_string_equal(back.remarks[1], "on battery");
    result_finish(&one);
    result_finish(&back);
    free(text);
    (void)state;
}

static void assert_pieces(const char *text, size_t count, const char *const pieces[])
{
    for (size_t i = 0; i < count; i++)
        if (!strstr(text, pieces[i]))
            fail_msg("not found: %s\nin: %s", pieces[i], text);
}

/* The names and shapes that users' programs rely on. */
static void the_file_looks_as_promised(void **state)
{
    static const char *const pieces[] = {
        "{\n \"schema\": \"parfor-result/1\",\n \"program\": {\"name\": \"parfor\", "
        "\"version\": \"0.1.0\"},\n \"machine\": {\n  \"cpu\": \"Example \\\"Quad\\\" "
        "µ4\",",
        "\"limits\": [\n   {\"source\": \"online\", \"cpus\": 2.0, \"where\":",
        "\n   {\"cpu\": 0, \"core\": 0, \"package\": 0, \"node\": 0, \"l3\": 0, "
        "\"kind\": "
        "\"P\", \"online\": true, \"allowed\": true},\n",
        "{\"cpu\": 6, \"core\": null, \"package\": null, \"node\": null, \"l3\": null, "
        "\"kind\": null, \"online\": false, \"allowed\": false}\n  ]",
        "\"seed\": -6\n",
        "\"tasks\": {\"done\": 2, \"failed\": 1, \"retried\": 5, \"renewed\": 6},",
        "\"startup_ns\": 44, \"prepare_ns\": 16, \"useful_ns\": 570,",
        "\"what\": \"unpinned\", \"errno\":",
        "\"pid\": 4710, \"pinned\": 1, \"tasks\": 1, \"handouts\": 2, \"renewed\": 6,",
        "\"order\": \"longest\",\n  \"fork_per_task\": true,\n  \"max_tasks\": 9,\n  "
        "\"pin\": true,\n  \"repeats\": 1,",
        "\"slowdown_ns\": null, \"waiting_ns\": null, \"blocked_ns\": 30,",
        "\"user\": [\n     \"fc00\",\n     \"7e00\",\n     \"5400\"\n    ],\n    \"irq\"",
        "\"t_ns\": [100000001, 200000002, 300000003],\n",
        "{\"t_ns\": 10, \"worker\": 1, \"pid\": 4711, \"what\": \"killed\", \"signal\": "
        "\"SIGKILL\", \"index\": 2},",
        "\"what\": \"left\", \"exit\": 102, \"index\": 1}",
        "\"what\": \"suspended\", \"signal\": null, \"index\": null}",
        "\"worker\": [0, 1, 0],\n    \"cpu\": [1, 0, null]\n",
        "\"value\": 2568, \"digest\": \"fedcba9876543210\", \"result\": \"2568 decimal "
        "digits, digest fedcba9876543210\"}",
        "\"status\": \"failed\", \"attempts\": 2, \"value\": 0, \"digest\": "
        "\"0000000000000000\"}",
        "\"karp_flatt\": 0.333333333333,\n  \"interval\": [1.25, 1.7],\n  \"doubtful\": "
        "true,\n",
        "\"sweep\": null,\n \"remarks\": [\n  \"a quota allows 1.50 CPUs\",",
    };
    char *text = sample_json();
    assert_pieces(text, sizeof pieces / sizeof *pieces, pieces);
    free(text);
    (void)state;
}

/* Also what is no text: bytes that are not UTF-8, and a NUL in what was put out. */
static void items_come_back_to_the_byte(void **state)
{
    struct result one, back;
    sample_result(&one);
    sample_items(&one);
    one.nothing_to_do = true;
    one.stages[1].threads_cpu_ns = 17;
    one.stages[1].paused_ns = 5;
    char *text = sample_write(&one);
    must_read(text, &back);
    char *again = sample_write(&back);
    assert_true(back.nothing_to_do);
    assert_int_equal(back.stages[1].threads_cpu_ns, 17);
    assert_int_equal(back.stages[1].paused_ns, 5);
    assert_string_equal(text, again);
    assert_memory_equal(&one.plan, &back.plan, sizeof one.plan);
    assert_int_equal(back.before, 4);
    assert_int_equal(back.stages[0].measured_ns, 20);
    for (size_t i = 0; i < 3; i++) {
        const struct result_item *was = one.stages[1].records[i].item;
        const struct result_item *is = back.stages[1].records[i].item;
        assert_int_equal(was->number, is->number);
        assert_int_equal(was->exit_status, is->exit_status);
        assert_int_equal(was->signal, is->signal);
        assert_int_equal(was->error, is->error);
        assert_int_equal(was->timed_out, is->timed_out);
        assert_int_equal(was->cpu_ns, is->cpu_ns);
        assert_int_equal(was->max_rss_bytes, is->max_rss_bytes);
        assert_int_equal(!was->item, !is->item);
        for (size_t k = 0; was->argv[k] || is->argv[k]; k++)
            assert_string_equal(was->argv[k], is->argv[k]);
        assert_int_equal(was->out_size, is->out_size);
        assert_int_equal(was->err_size, is->err_size);
    }
    assert_memory_equal(back.stages[1].records[0].item->out, "a\0b\xff\n", 6);
    assert_string_equal(back.stages[1].records[1].item->item, "\xff\x01");
    assert_null(back.stages[0].records[0].item);
    result_finish(&one);
    result_finish(&back);
    free(again);
    free(text);
    (void)state;
}

/* What is not known is in no file, and comes back as such from an old one. */
static void a_date_and_parts_of_cpu_time_come_back(void **state)
{
    struct result one, back;
    sample_result(&one);
    sample_items(&one);
    char *text = sample_write(&one);
    assert_null(strstr(text, "\"started\""));
    assert_null(strstr(text, "\"user_ns\""));
    free(text);
    one.started_s = 1795439280;
    one.stages[0].system_ns = 9;
    one.stages[1].records[0].item->user_ns = 250;
    text = sample_write(&one);
    assert_non_null(strstr(text, " \"started\": \"2026-11-23T13:08:00Z\",\n"));
    assert_non_null(strstr(text, "\"user_ns\": 0,\n   \"system_ns\": 9,\n"));
    assert_non_null(strstr(text, "\"user_ns\": 250, \"system_ns\": 0,"));
    must_read(text, &back);
    char *again = sample_write(&back);
    assert_string_equal(text, again);
    assert_true(back.started_s == one.started_s);
    assert_int_equal(back.stages[0].system_ns, 9);
    assert_false(result_stage_has_parts(&back.stages[1]));
    assert_int_equal(back.stages[1].records[0].item->user_ns, 250);
    result_finish(&one);
    result_finish(&back);
    free(again);
    free(text);
    (void)state;
}

static void what_is_no_date_is_refused(void **state)
{
    static const char *const dates[] = {"", "2026", "2026-02-30T13:08:00Z",
        "2026-11-23 13:08:00Z", "2026-11-23T13:08:00z", "2026-11-23T24:08:00Z",
        "-026-11-23T13:08:00Z", "1969-11-23T13:08:00Z", "2026-11-23T13:08:00+1",
        "2026-1--23T13:08:00Z", "99999-1-23T13:08:00Z"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct result result;
        struct fault fault;
        char started[80];
        snprintf(started, sizeof started, "\"started\": \"%s\", \"machine\": ", dates[i]);
        char *text = sample_damaged("\"program\"", "\"machine\": ", started);
        if (read_json(text, &result, &fault) != -EINVAL)
            fail_msg("read: %s", dates[i]);
        assert_non_null(strstr(fault.text, "started: expected a date such as "));
        free(text);
    }
    (void)state;
}

static void programs_come_back_to_the_byte(void **state)
{
    struct result one, back;
    sample_result(&one);
    sample_programs(&one);
    char *text = sample_write(&one);
    must_read(text, &back);
    char *again = sample_write(&back);
    assert_string_equal(text, again);
    assert_memory_equal(&one.plan, &back.plan, sizeof one.plan);
    assert_string_equal(back.stages[1].label, "pool.py");
    assert_int_equal(back.stages[1].threads, 4);
    assert_true(back.stages[1].warmup);
    assert_int_equal(back.programs.count, 2);
    assert_string_equal(back.programs.sentence, one.programs.sentence);
    assert_memory_equal(
        &one.programs.list[1], &back.programs.list[1], sizeof one.programs.list[1]);
    result_finish(&one);
    result_finish(&back);
    free(again);
    free(text);
    (void)state;
}

static void items_look_as_promised(void **state)
{
    static const char *const pieces[] = {
        "\"tells\": true,\n  \"commands\": true,\n  \"loop\": \"-- sh -c 'echo "
        "\\\"$1\\\"' '' {}\",\n  \"unit\": \"files\",",
        "\"halt\": \"now\",\n  \"halt_after\": 3,",
        "\"before\": 4,\n",
        "\"number\": 0, \"item\": \"mouse one.h5\", \"argv\": [\"sh\", \"-c\", \"echo "
        "\\\"$1\\\"\", \"\", \"mouse one.h5\"], \"exit\": 0, \"signal\": null, ",
        "\"max_rss_bytes\": 4096000, \"stdout_base64\": \"YQBi/wo=\", \"stderr\": \"\"}",
        "\"number\": 7, \"item_base64\": \"/wE=\", \"argv_base64\": [\"Y2F0\", "
        "\"/wE=\"], \"exit\": null, \"signal\": \"SIGKILL\", \"errno\": 0, "
        "\"timed_out\": true,",
        "\"number\": 9, \"argv\": [], \"exit\": null, \"signal\": null, \"errno\": 2,",
    };
    struct result result;
    sample_result(&result);
    sample_items(&result);
    char *text = sample_write(&result);
    assert_pieces(text, sizeof pieces / sizeof *pieces, pieces);
    result_finish(&result);
    free(text);
    (void)state;
}

static void a_sweep_looks_as_promised(void **state)
{
    static const char *const pieces[] = {
        "\"command\": \"sweep\",",
        "\"points\": [1, 2, 4],\n  \"points_asked\": true,\n  \"repeats\": 3,",
        "\"comparison\": null,\n \"sweep\": {\n  \"cut_short\": true,\n  \"points\": "
        "[\n   {\"workers\": 1, \"repeats\": 3, \"elapsed_ns\": 600, \"speedup\": 1.0, "
        "\"interval\": null, \"efficiency\": 1.0, \"karp_flatt\": null},\n",
        "{\"workers\": 2, \"repeats\": 3, \"elapsed_ns\": 306, \"speedup\": 1.96, "
        "\"interval\": [1.9, 2.25], \"efficiency\": 0.98, \"karp_flatt\": 0.0204082},",
        "\"amdahl\": {\"serial\": 0.125, \"serial_interval\": [0.0625, 0.25], \"rate\": "
        "0.98, \"residual\": 0.03125},",
        "\"usl\": {\"contention\": 0.25, \"contention_interval\": [0.0, 0.5], "
        "\"coherency\": 0.0001, \"coherency_interval\": [5e-5, 0.0002], "
        "\"peak_workers\": 86.5, \"rate\": 1.01, \"residual\": 0.0625},",
        "\"advice\": {\"workers\": 2, \"why\": \"2 workers: 4 are no faster (1.95 "
        "against 1.96 times).\"}\n },\n \"remarks\": [",
    };
    struct result result;
    sample_result(&result);
    sample_sweep(&result);
    char *text = sample_write(&result);
    assert_pieces(text, sizeof pieces / sizeof *pieces, pieces);
    result_finish(&result);
    free(text);
    (void)state;
}

static void a_sweep_comes_back_to_the_byte(void **state)
{
    struct result one, back;
    sample_result(&one);
    sample_sweep(&one);
    char *text = sample_write(&one);
    must_read(text, &back);
    char *again = sample_write(&back);
    assert_string_equal(text, again);
    assert_memory_equal(&one.plan, &back.plan, sizeof one.plan);
    assert_true(back.sweep.has && back.sweep.cut_short);
    assert_memory_equal(&one.sweep.amdahl, &back.sweep.amdahl, sizeof one.sweep.amdahl);
    assert_memory_equal(&one.sweep.usl, &back.sweep.usl, sizeof one.sweep.usl);
    assert_int_equal(back.sweep.point_count, 3);
    assert_true(isnan(back.sweep.points[0].karp_flatt));
    assert_true(back.sweep.points[1].has_interval);
    assert_true(back.sweep.points[1].interval_low == 1.9);
    assert_int_equal(back.sweep.advice_workers, 2);
    assert_string_equal(back.sweep.advice, one.sweep.advice);
    result_finish(&one);
    result_finish(&back);
    free(again);
    free(text);
    (void)state;
}

static void a_sweep_without_fits_or_advice_comes_back(void **state)
{
    struct result one, back;
    sample_result(&one);
    sample_sweep(&one);
    one.sweep.amdahl.has = one.sweep.usl.has = false;
    one.sweep.advice_workers = 0;
    strcpy(one.sweep.advice, "One point: nothing to compare or to fit.");
    char *text = sample_write(&one);
    assert_non_null(strstr(text,
        "\"amdahl\": null,\n  \"usl\": null,\n  \"advice\": {\"workers\": null, "
        "\"why\": \"One point: nothing to compare or to fit.\"}\n"));
    must_read(text, &back);
    assert_false(back.sweep.amdahl.has);
    assert_false(back.sweep.usl.has);
    assert_int_equal(back.sweep.advice_workers, 0);
    result_finish(&one);
    result_finish(&back);
    free(text);
    (void)state;
}

static void an_empty_result_comes_back_too(void **state)
{
    struct result result, back;
    result_init(&result);
    char *text = sample_write(&result);
    assert_non_null(strstr(text, "\"comparison\": null"));
    assert_non_null(strstr(text, "\"stages\": [],"));
    assert_non_null(strstr(text, "\"virtual\": null"));
    must_read(text, &back);
    char *again = sample_write(&back);
    assert_string_equal(text, again);
    assert_false(back.comparison.has);
    result_finish(&back);
    free(again);
    free(text);
    (void)state;
}

static void numbers_out_of_range_are_written_so_that_they_can_be_read(void **state)
{
    struct result result, back;
    sample_result(&result);
    result.stages[1].cpus[0].busy = 1.0000001;
    result.stages[1].cpus[0].user = NAN;
    result.stages[1].elapsed_ns = -5;
    result.comparison.speedup = INFINITY;
    result.comparison.karp_flatt = NAN;
    result.comparison.has_interval = false;
    char *text = sample_write(&result);
    must_read(text, &back);
    assert_true(back.stages[1].cpus[0].busy == 1);
    assert_int_equal(back.stages[1].elapsed_ns, 0);
    assert_true(isnan(back.comparison.karp_flatt));
    assert_false(back.comparison.has_interval);
    result_finish(&back);
    result_finish(&result);
    free(text);
    (void)state;
}

static void texts_that_are_not_utf_8_are_base64(void **state)
{
    struct result result, back;
    sample_result(&result);
    strcpy(result.machine.cpu_name, "caf\xe9");
    strcpy(result.machine.kinds[1].name, "\xff");
    result_remark(&result, "\xfe\xfd");
    char *text = sample_write(&result);
    assert_non_null(strstr(text, "\"cpu_base64\": \"Y2Fm6Q==\""));
    assert_non_null(strstr(text, "\"kind_base64\": \"/w==\""));
    assert_non_null(strstr(text, "\"remarks_base64\": ["));
    must_read(text, &back);
    assert_string_equal(back.machine.cpu_name, "caf\xe9");
    assert_int_equal(back.machine.cpus[0].kind, 1);
    assert_string_equal(back.remarks[2], "\xfe\xfd");
    char *again = sample_write(&back);
    assert_string_equal(text, again);
    result_finish(&back);
    result_finish(&result);
    free(again);
    free(text);
    (void)state;
}

static void control_characters_lose_their_power(void **state)
{
    struct result back;
    char *text = sample_damaged("\"codename\"", "Lake", "\\u001b[2J\\u009b\\u007f\\nö");
    must_read(text, &back);
    assert_string_equal(back.machine.codename, "?[2J???\nö");
    result_finish(&back);
    free(text);
    (void)state;
}

static void what_is_optional_may_be_absent_and_what_is_new_is_passed_over(void **state)
{
    struct result back;
    char *text = sample_damaged("\"stages\"", "\"workers_asked\": 1,", "");
    must_read(text, &back);
    assert_int_equal(back.stages[0].workers_asked, 1);
    result_finish(&back);
    free(text);
    text = sample_damaged(
        "\"plan\"", "\"size\"", "\"colour\": {\"a\": [1, null]}, \"size\"");
    must_read(text, &back);
    assert_int_equal(back.plan.size, 1000);
    result_finish(&back);
    free(text);
    text = sample_damaged("", "parfor-result/1", "parfor-result/1.4");
    must_read(text, &back);
    result_finish(&back);
    free(text);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_result_comes_back_to_the_byte),
        cmocka_unit_test(what_is_read_is_what_was_written),
        cmocka_unit_test(the_file_looks_as_promised),
        cmocka_unit_test(items_come_back_to_the_byte),
        cmocka_unit_test(a_date_and_parts_of_cpu_time_come_back),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(programs_come_back_to_the_byte),
        cmocka_unit_test(items_look_as_promised),
        cmocka_unit_test(a_sweep_looks_as_promised),
        cmocka_unit_test(a_sweep_comes_back_to_the_byte),
        cmocka_unit_test(a_sweep_without_fits_or_advice_comes_back),
        cmocka_unit_test(an_empty_result_comes_back_too),
        cmocka_unit_test(numbers_out_of_range_are_written_so_that_they_can_be_read),
        cmocka_unit_test(texts_that_are_not_utf_8_are_base64),
        cmocka_unit_test(control_characters_lose_their_power),
        cmocka_unit_test(what_is_optional_may_be_absent_and_what_is_new_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
