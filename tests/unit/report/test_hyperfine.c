// SPDX-License-Identifier: MIT
#include <jansson.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>

#include "../experiment/made.h"
#include "items.h"
#include "report/report.h"
#include "sample.h"

/* The document, which must be one.  The caller gives it up. */
static json_t *write_result(const struct result *result)
{
    struct fault fault;
    json_error_t error;
    char *text;
    size_t size;
    assert_int_equal(report_hyperfine_write(result, &text, &size, &fault), 0);
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
    if (!json)
        fail_msg("%s: %s", error.text, text);
    free(text);
    return json;
}

static json_t *result_at(json_t *json, size_t number)
{
    json_t *result = json_array_get(json_object_get(json, "results"), number);
    assert_non_null(result);
    return result;
}

static size_t count_results(json_t *json)
{
    json_t *results = json_object_get(json, "results");
    assert_true(json_is_array(results));
    return json_array_size(results);
}

static void assert_real(json_t *result, const char *name, double expected)
{
    json_t *value = json_object_get(result, name);
    assert_true(json_is_real(value));
    if (fabs(json_real_value(value) - expected) > 1e-9)
        fail_msg("%s: %f, not %f", name, json_real_value(value), expected);
}

static void assert_text(json_t *result, const char *name, const char *expected)
{
    json_t *value = json_object_get(result, name);
    assert_true(json_is_string(value));
    assert_string_equal(json_string_value(value), expected);
}

static double time_at(json_t *result, size_t number)
{
    return json_real_value(json_array_get(json_object_get(result, "times"), number));
}

static json_t *code_at(json_t *result, size_t number)
{
    return json_array_get(json_object_get(result, "exit_codes"), number);
}

/* What the scripts that plot it take for granted. */
static void assert_sound(json_t *json)
{
    static const char *const numbers[] = {
        "mean", "median", "user", "system", "min", "max"};
    for (size_t i = 0; i < count_results(json); i++) {
        json_t *result = result_at(json, i), *value;
        json_t *times = json_object_get(result, "times");
        json_t *codes = json_object_get(result, "exit_codes");
        json_t *parameters = json_object_get(result, "parameters");
        const char *key;
        size_t k;
        assert_true(json_is_string(json_object_get(result, "command")));
        for (k = 0; k < sizeof numbers / sizeof *numbers; k++)
            assert_true(json_is_number(json_object_get(result, numbers[k])));
        assert_true(json_is_null(json_object_get(result, "stddev")) ==
                    (json_array_size(times) == 1));
        assert_true(json_array_size(times) > 0);
        assert_int_equal(json_array_size(codes), json_array_size(times));
        json_array_foreach(times, k, value) assert_true(json_is_number(value));
        json_array_foreach(codes, k, value)
            assert_true(json_is_integer(value) || json_is_null(value));
        json_object_foreach(parameters, key, value) assert_true(json_is_string(value));
    }
}

static void a_run_has_a_result_for_each_kind_of_stage(void **state)
{
    struct result result;
    made_result(&result, "factorial", 110, 2);
    result.plan.host_cpus = 2;
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, INT64_C(24200000001));
    made_stage(&result, RESULT_PARALLEL, 0, 2, INT64_C(12300000002));
    json_t *json = write_result(&result), *one, *other;
    assert_sound(json);
    assert_int_equal(count_results(json), 2);
    one = result_at(json, 0);
    other = result_at(json, 1);
    assert_text(one, "command", "parfor run factorial -n 110, one after the other");
    assert_text(other, "command", "parfor run factorial -n 110, 2 workers");
    assert_text(json_object_get(one, "parameters"), "workers", "1");
    assert_text(json_object_get(other, "parameters"), "workers", "2");
    assert_real(one, "mean", 24.200000001);
    assert_real(one, "min", 24.200000001);
    assert_real(other, "max", 12.300000002);
    assert_real(other, "user", 24.600000004);
    assert_real(other, "system", 0);
    assert_true(json_is_null(json_object_get(one, "stddev")));
    assert_int_equal(json_integer_value(code_at(one, 0)), 0);
    json_decref(json);
    result_finish(&result);
    (void)state;
}

/* Of 2, 4 and 9 s: mean 5, median 4, deviation sqrt(26 / 2); in the order run. */
static void repeats_are_summed_up(void **state)
{
    static const int seconds[] = {4, 9, 2};
    struct result result;
    made_result(&result, "spin", 10, 2);
    for (int i = 0; i < 3; i++) {
        made_stage(&result, RESULT_SEQUENTIAL, i, 1, 10 * NS_PER_S);
        made_stage(&result, RESULT_PARALLEL, i, 2, seconds[i] * NS_PER_S);
    }
    result.stages[1].failed = 1;
    json_t *json = write_result(&result);
    assert_sound(json);
    assert_int_equal(count_results(json), 2);
    json_t *parallel = result_at(json, 1);
    assert_real(parallel, "mean", 5);
    assert_real(parallel, "median", 4);
    assert_real(parallel, "stddev", sqrt(13));
    assert_real(parallel, "min", 2);
    assert_real(parallel, "max", 9);
    for (size_t i = 0; i < 3; i++)
        assert_true(time_at(parallel, i) == seconds[i]);
    assert_int_equal(json_integer_value(code_at(parallel, 0)), 1);
    assert_int_equal(json_integer_value(code_at(parallel, 1)), 0);
    assert_real(result_at(json, 0), "stddev", 0);
    json_decref(json);
    result_finish(&result);
    (void)state;
}

static void a_sweep_has_its_points_by_rising_workers(void **state)
{
    static const int workers[] = {1, 2, 16, 16, 2, 1};
    static const char *const expected[] = {"1", "2", "16"};
    struct result result;
    made_result(&result, "spin", 10, 16);
    result.plan.command = PLAN_SWEEP;
    for (int i = 0; i < 6; i++)
        made_stage(&result, workers[i] == 1 ? RESULT_SEQUENTIAL : RESULT_PARALLEL, i / 3,
            workers[i], (20 + i) * NS_PER_S / workers[i]);
    json_t *json = write_result(&result);
    assert_sound(json);
    assert_int_equal(count_results(json), 3);
    for (size_t i = 0; i < 3; i++) {
        json_t *parameters = json_object_get(result_at(json, i), "parameters");
        assert_int_equal(json_object_size(parameters), 1);
        assert_text(parameters, "workers", expected[i]);
        assert_int_equal(
            json_array_size(json_object_get(result_at(json, i), "times")), 2);
    }
    assert_true(time_at(result_at(json, 0), 0) == 20);
    assert_true(time_at(result_at(json, 0), 1) == 25);
    json_decref(json);
    result_finish(&result);
    (void)state;
}

static struct result_item *add_program(
    struct result *result, int program, int repeat, int64_t elapsed_ns)
{
    struct result_stage *stage =
        made_stage(result, RESULT_PROGRAM, repeat, 1, elapsed_ns);
    stage->program = program;
    struct result_item *item = made_item(0, NULL, (const char *[]){NULL});
    item->exit_status = 0;
    item->cpu_ns = NS_PER_S / 2;
    made_record(stage, 0, elapsed_ns, 0)->item = item;
    return item;
}

static void make_programs(struct result *result, const char *first, const char *second)
{
    made_result(result, "", 1, 2);
    result->plan.command = PLAN_VERSUS;
    result->plan.program_count = result->programs.count = 2;
    result->programs.list = memory_new(2, sizeof *result->programs.list);
    text_copy(PLAN_PROGRAM_SIZE, result->programs.list[0].text, first);
    text_copy(PLAN_PROGRAM_SIZE, result->programs.list[1].text, second);
}

static void programs_have_their_own_text_and_status(void **state)
{
    struct result result;
    make_programs(&result, "python3 loop.py", "./pool.py \"a b\"");
    add_program(&result, 0, 0, 9 * NS_PER_S);
    result.stages[0].warmup = true;
    add_program(&result, 0, 0, 3 * NS_PER_S);
    add_program(&result, 1, 0, 2 * NS_PER_S)->exit_status = 7;
    add_program(&result, 1, 1, 1 * NS_PER_S)->exit_status = -1;
    result.stages[3].records[0].item->signal = SIGKILL;
    json_t *json = write_result(&result);
    assert_sound(json);
    assert_int_equal(count_results(json), 2);
    json_t *one = result_at(json, 0), *other = result_at(json, 1);
    assert_text(one, "command", "python3 loop.py");
    assert_text(other, "command", "./pool.py \"a b\"");
    assert_null(json_object_get(one, "parameters"));
    assert_real(one, "max", 3);
    assert_real(one, "user", 0.5);
    assert_int_equal(json_integer_value(code_at(other, 0)), 7);
    assert_true(json_is_null(code_at(other, 1)));
    json_decref(json);
    result_finish(&result);
    (void)state;
}

static size_t count_notes(json_t *json)
{
    return json_array_size(json_object_get(json_object_get(json, "parfor"), "notes"));
}

/* Of 1 + 3 s and 2 + 3 s: 1.5 and 3. */
static void user_and_system_time_are_apart_where_all_runs_tell(void **state)
{
    struct result result;
    made_result(&result, "spin", 10, 2);
    for (int i = 0; i < 2; i++) {
        struct result_stage *stage =
            made_stage(&result, RESULT_SEQUENTIAL, i, 1, 10 * NS_PER_S);
        stage->user_ns = (i + 1) * NS_PER_S;
        stage->system_ns = 3 * NS_PER_S;
    }
    json_t *json = write_result(&result);
    assert_sound(json);
    assert_real(result_at(json, 0), "user", 1.5);
    assert_real(result_at(json, 0), "system", 3);
    assert_int_equal(count_notes(json), 0);
    json_decref(json);
    result.stages[1].user_ns = result.stages[1].system_ns = 0;
    json = write_result(&result);
    assert_real(result_at(json, 0), "user", 10);
    assert_real(result_at(json, 0), "system", 0);
    assert_int_equal(count_notes(json), 1);
    json_decref(json);
    result_finish(&result);
    (void)state;
}

static void memory_is_there_where_all_runs_tell(void **state)
{
    struct result result;
    make_programs(&result, "a", "b");
    add_program(&result, 0, 0, NS_PER_S)->max_rss_bytes = 4096;
    struct result_item *second = add_program(&result, 0, 1, NS_PER_S);
    second->max_rss_bytes = 8192;
    second->user_ns = NS_PER_S / 8;
    second->system_ns = 3 * NS_PER_S / 8;
    add_program(&result, 1, 0, NS_PER_S)->max_rss_bytes = 4096;
    add_program(&result, 1, 1, NS_PER_S);
    json_t *json = write_result(&result);
    assert_sound(json);
    json_t *memory = json_object_get(result_at(json, 0), "memory_usage_byte");
    assert_int_equal(json_array_size(memory), 2);
    assert_int_equal(json_integer_value(json_array_get(memory, 0)), 4096);
    assert_int_equal(json_integer_value(json_array_get(memory, 1)), 8192);
    assert_real(result_at(json, 0), "user", 0.5); /* the first does not tell */
    assert_null(json_object_get(result_at(json, 1), "memory_usage_byte"));
    json_decref(json);
    result_finish(&result);
    (void)state;
}

static void what_is_not_whole_is_left_out(void **state)
{
    struct result result;
    made_result(&result, "spin", 10, 2);
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 10 * NS_PER_S)->projected = true;
    made_stage(&result, RESULT_PARALLEL, 0, 2, 5 * NS_PER_S);
    made_stage(&result, RESULT_PARALLEL, 1, 2, 1 * NS_PER_S)->complete = false;
    result_remark(&result, "on battery");
    json_t *json = write_result(&result);
    assert_sound(json);
    assert_int_equal(count_results(json), 1);
    assert_real(result_at(json, 0), "min", 5);
    json_t *notes = json_object_get(json_object_get(json, "parfor"), "notes");
    assert_int_equal(json_array_size(notes), 3);
    assert_string_equal(
        json_string_value(json_array_get(notes, 1)), "Projected times are left out.");
    assert_string_equal(json_string_value(json_array_get(notes, 2)), "on battery");
    json_decref(json);
    result_finish(&result);
    (void)state;
}

static void no_bytes_break_it(void **state)
{
    struct result result;
    make_programs(&result, "a\"\\\n\xff\x01", "é\xc3");
    text_copy(sizeof result.program_version, result.program_version, "\xfe\"");
    text_copy(sizeof result.machine.cpu_name, result.machine.cpu_name, "\x80");
    text_copy(PLAN_PROGRAM_SIZE, result.plan.programs[0], "\xff");
    result_remark(&result, "\xff");
    add_program(&result, 0, 0, NS_PER_S);
    add_program(&result, 1, 0, NS_PER_S);
    add_program(&result, 5, 0, NS_PER_S); /* there is no such program */
    json_t *json = write_result(&result);
    assert_sound(json);
    assert_text(result_at(json, 0), "command", "a\"\\\n?\x01");
    assert_text(result_at(json, 1), "command", "é?");
    assert_text(result_at(json, 2), "command", "");
    json_decref(json);
    result_finish(&result);
    (void)state;
}

static void samples_and_nothing_are_sound(void **state)
{
    static void (*const make[])(struct result * result) = {
        sample_sweep, sample_items, sample_programs};
    struct result result;
    result_init(&result);
    json_t *json = write_result(&result);
    assert_int_equal(count_results(json), 0);
    json_decref(json);
    result_finish(&result);
    for (size_t i = 0; i < sizeof make / sizeof *make; i++) {
        sample_result(&result);
        make[i](&result);
        json = write_result(&result);
        assert_sound(json);
        assert_int_equal(count_results(json), 1);
        json_decref(json);
        result_finish(&result);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_has_a_result_for_each_kind_of_stage),
        cmocka_unit_test(repeats_are_summed_up),
        cmocka_unit_test(a_sweep_has_its_points_by_rising_workers),
        cmocka_unit_test(programs_have_their_own_text_and_status),
        cmocka_unit_test(user_and_system_time_are_apart_where_all_runs_tell),
        cmocka_unit_test(memory_is_there_where_all_runs_tell),
        cmocka_unit_test(what_is_not_whole_is_left_out),
        cmocka_unit_test(no_bytes_break_it),
        cmocka_unit_test(samples_and_nothing_are_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
