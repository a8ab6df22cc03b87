// SPDX-License-Identifier: MIT
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "report/report.h"
#include "sample.h"

/* Must not read; the fault says `expected` and is one line. */
static void assert_refused(const char *text, const char *expected)
{
    struct result result;
    struct fault fault = {0};
    int error = report_json_read(text, strlen(text), "x.json", &result, &fault);
    if (error != -EINVAL || fault.kind != FAULT_INPUT)
        fail_msg("%d instead of: %s", error, expected);
    if (!strstr(fault.text, expected))
        fail_msg("said: %s\ninstead of: %s", fault.text, expected);
    assert_ptr_equal(strstr(fault.text, "x.json: "), fault.text);
    assert_null(strchr(fault.text, '\n'));
    assert_null(result.stages);
    assert_null(result.machine.cpus);
    assert_int_equal(result.stage_count, 0);
}

static const struct damage {
    const char *after, *from, *to, *said;
} damages[] = {
    {"", "\"program\":", "\"progran\":", "x.json: program: missing"},
    {"", "{\"name\": \"parfor\", \"version\": \"0.1.0\"}", "3",
        "program: expected an object, found 3"},
    {"\"program\"", "\"0.1.0\"", "1", "program.version: expected a text, found 1"},
    {"\"program\"", "0.1.0", "0.1.0-a-version-much-longer-than-any",
        "program.version: expected at most 31 bytes, found 36"},
    {"", "\"cpu\":", "\"cpv\":", "machine.cpu: missing"},
    {"", "\"packages\": 1", "\"packages\": -1",
        "machine.packages: expected a whole number from 0 to 8192, found -1"},
    {"", "\"cores\": 2", "\"cores\": 2.5",
        "machine.cores: expected a whole number from 0 to 8192, found 2.5"},
    {"", "\"usable_cpus\": 1.5", "\"usable_cpus\": -0.5",
        "machine.usable_cpus: expected a number from 0 to 8192, found -0.5"},
    {"", "\"usable_cpus\": 1.5", "\"usable_cpus\": null",
        "machine.usable_cpus: expected a number from 0 to 8192, found null"},
    {"\"limits\"", "\"cgroup quota\"", "[]",
        "machine.limits[1].source: expected a text, found a list"},
    {"", "\"simulated\": true", "\"simulated\": 1",
        "machine.simulated: expected true or false, found 1"},
    {"\"kinds\"", "\"cores\": 1", "\"cores\": \"1\"", "machine.kinds[0].cores: expected"},
    {"\"topology\"", "\"kind\": \"P\"", "\"kind\": \"Q\"",
        "machine.topology[0].kind: expected one of machine.kinds, found \"Q\""},
    {"\"topology\"", "{\"cpu\": 1", "{\"cpu\": 0",
        "machine.topology[1]: expected CPUs by rising number"},
    {"\"topology\"", "{\"cpu\": 6", "{\"cpu\": 8192",
        "machine.topology[2].cpu: expected"},
    {"", "\"command\": \"run\"", "\"command\": null",
        "plan.command: expected one of run, map, sweep, watch, versus, check, found "
        "null"},
    {"", "\"command\": \"run\"", "\"command\": \"walk\"",
        "plan.command: expected one of run, map, sweep, watch, versus, check, found "
        "\"walk\""},
    {"\"plan\"", "\"iterations\": 3", "\"iterations\": 1000000000001",
        "plan.iterations: expected a whole number from 0 to 1000000000000, found "
        "1000000000001"},
    {"\"plan\"", "\"workers\": 2", "\"workers\": 4097", "plan.workers: expected"},
    {"\"plan\"", "\"size\": 1000", "\"size\": 1e3", "plan.size: expected a whole number"},
    {"", "\"seed\": -6", "\"seed\": \"6\"",
        "plan.seed: expected a whole number, found \"6\""},
    {"\"stages\"", "\"sequential\"", "\"serial\"",
        "stages[0].name: expected one of sequential, parallel, watched, program, found "
        "\"serial\""},
    {"\"stages\"", "\"elapsed_ns\": 600", "\"elapsed_ns\": -600",
        "stages[0].elapsed_ns: "},
    {"\"stages\"", "\"elapsed_ns\": 600", "\"elapsed_ns\": true",
        "stages[0].elapsed_ns: expected a whole number from 0 to 1000000000000000000, "
        "found "
        "true"},
    {"\"parallel\"", "\"done\": 2", "\"done\": \"\\u001b[31m\"",
        "stages[1].tasks.done: expected a whole number from 0 to 1000000000000, found "
        "\"?[31m\""},
    {"\"parallel\"", "\"retried\": 5", "\"tried\": 5",
        "stages[1].tasks.retried: missing"},
    {"\"parallel\"", "\"digest\": \"ffff", "\"digest\": \"fff",
        "stages[1].digest: expected 16 hex digits, found 15"},
    {"\"parallel\"", "\"digest\": \"ffff", "\"digest\": \"fffg",
        "stages[1].digest: expected 16 hex digits, found \"fffgffffffffffff\""},
    {"\"parallel\"", "\"startup_ns\": 44", "\"startup_ns\": 45",
        "stages[1].account: expected terms that add up to total_ns"},
    {"\"parallel\"", "\"blocked_ns\": 31", "\"blocked_ns\": null",
        "stages[1].account.blocked_ns: expected"},
    {"\"parallel\"", "\"cpus\": [", "\"cpus\": 4, \"x\": [",
        "stages[1].cpus: expected a list, found 4"},
    {"\"parallel\"", "\"busy\": 0.5", "\"busy\": 1.01",
        "stages[1].cpus[0].busy: expected a number from 0 to 1, found 1.01"},
    {"\"parallel\"", "{\"id\": 6", "{\"id\": 0",
        "stages[1].cpus[1]: expected CPUs by rising"},
    {"\"parallel\"", "100000001, 200000002", "200000002, 100000001",
        "stages[1].samples.t_ns[1]: expected a whole number from 200000002 to"},
    {"\"parallel\"", "200000002, ", "",
        "stages[1].samples.user: expected 2 elements, found 3"},
    {"\"parallel\"", "\"8000\"", "\"800\"",
        "stages[1].samples.user[0]: expected 4 hex digits, found 3"},
    {"\"parallel\"", "\"8000\"", "\"80x0\"",
        "stages[1].samples.user[0]: expected 4 hex digits, found \"80x0\""},
    {"\"parallel\"", "\"8000\"", "128",
        "stages[1].samples.user[0]: expected 4 hex digits, found 128"},
    {"\"parallel\"", "{\"t_ns\": 10, \"worker\": 1", "{\"t_ns\": 10, \"worker\": 3",
        "stages[1].events[0].worker: expected a whole number from 0 to 2, found 3"},
    {"\"parallel\"", "\"killed\"", "\"vanished\"",
        "stages[1].events[0].what: expected one of killed, left, replaced, refused, "
        "unpinned, suspended, stopped, found \"vanished\""},
    {"\"parallel\"", "\"SIGKILL\"", "\"SIGKILLED\"",
        "stages[1].events[0].signal: expected the name of a signal, found \"SIGKILLED\""},
    {"\"parallel\"", "\"exit\": 102", "\"exit\": 256",
        "stages[1].events[2].exit: expected"},
    {"\"parallel\"", "\"pid\": 4711", "\"pid\": 0", "stages[1].events[0].pid: expected"},
    {"\"moves\"", "\"moves\"", "\"moves\": {}, \"loves\"",
        "stages[0].moves.t_ns: expected a "
        "list, found nothing"},
    {"\"worker\": [0", "[0, 1, 0]", "[0, 1]",
        "stages[1].moves.worker: expected 3 elements, found 2"},
    {"\"worker\": [0", "[0, 1, 0]", "[0, 1, 7]",
        "stages[1].moves.worker[2]: expected a whole number from 0 to 2, found 7"},
    {"\"worker\": [0", "[1, 0, null]", "[1, 0, {}]",
        "stages[1].moves.cpu[2]: expected a whole number from 0 to 8191, found an "
        "object"},
    {"\"workers_detail\": [\n", "\"pid\": 4710", "\"pid\": -1",
        "stages[1].workers_detail[0].pid: expected"},
    {"\"parallel\"", "{\"index\": 1, \"count\": 1", "{\"index\": 1, \"count\": 0",
        "stages[1].records[1].count: expected a whole number from 1 to 1000000000000, "
        "found 0"},
    {"\"parallel\"", "\"start_ns\": 20, \"end_ns\"", "\"start_ns\": 331, \"end_ns\"",
        "stages[1].records[1]: expected end_ns not before start_ns"},
    {"\"parallel\"", "\"failed\": 0, \"status\"", "\"failed\": 2, \"status\"",
        "stages[1].records[0]: expected end_ns not before start_ns and failed at most "
        "count"},
    {"\"workers_detail\": [\n", "\"worker\": 2", "\"worker\": 3",
        "stages[1].workers_detail[1].worker: expected a whole number from 0 to 2, found "
        "3"},
    {"\"parallel\"", "\"ok\"", "\"fine\"",
        "stages[1].records[0].status: expected one of ok, failed, found \"fine\""},
    {"\"parallel\"", "\"digest\": \"fedc", "\"digest\": 17, \"x\": \"",
        "stages[1].records[0].digest: expected 16 hex digits, found 17"},
    {"", "\"comparison\":", "\"comparison\": [], \"x\":",
        "comparison: expected an object, found a list"},
    {"", "\"speedup\": 1.5", "\"speedup\": \"fast\"",
        "comparison.speedup: expected a number"},
    {"", "[1.25, 1.7]", "[1.25]", "comparison.interval: expected null or a list of two"},
    {"", "[1.25, 1.7]", "[1.25, 1.2]",
        "comparison.interval: expected null or a list of two"},
    {"", "[1.25, 1.7]", "[1.25, \"x\"]",
        "comparison.interval[1]: expected a number from"},
    {"", "\"remarks\": [", "\"remarks\": [3, ", "remarks[0]: expected a text, found 3"},
    {"", "\"remarks\": [", "\"remarks_base64\": [", "remarks_base64[0]: expected base64"},
    {"", "\"remarks\": [", "\"remarks_base64\": [\"AAAA\", ",
        "remarks_base64[0]: expected the base64 of a text, found a NUL in it"},
};

static void every_damage_is_named_with_its_place(void **state)
{
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        const struct damage *damage = &damages[i];
        char *text = sample_damaged(damage->after, damage->from, damage->to);
        assert_refused(text, damage->said);
        free(text);
    }
    (void)state;
}

static const struct damage sweep_damages[] = {
    {"", "\"points\": [1, 2, 4]", "\"points\": 4",
        "plan.points: expected a list, found 4"},
    {"", "\"points\": [1, 2, 4]", "\"points\": [0, 2, 4]",
        "plan.points[0]: expected a whole number from 1 to 4096, found 0"},
    {"", "\"points\": [1, 2, 4]", "\"points\": [1, 2, 2]",
        "plan.points[2]: expected a whole number from 3 to 4096, found 2"},
    {"", "\"points\": [1, 2, 4]", "\"points\": [1, 2, 4097]",
        "plan.points[2]: expected a whole number from 3 to 4096, found 4097"},
    {"", "\"points\": [1, 2, 4]", "\"points\": [1, \"2\", 4]",
        "plan.points[1]: expected a whole number from 2 to 4096, found \"2\""},
    {"", "\"points_asked\": true", "\"points_asked\": 1",
        "plan.points_asked: expected true or false, found 1"},
    {"", "\"sweep\": {", "\"sweep\": 3, \"x\": {", "sweep: expected an object, found 3"},
    {"", "\"cut_short\": true", "\"cut_short\": null",
        "sweep.cut_short: expected true or false, found null"},
    {"\"cut_short\"", "\"points\"", "\"pints\"", "sweep.points: missing"},
    {"\"cut_short\"", "\"points\": [", "\"points\": [], \"x\": [",
        "sweep: expected at least one point"},
    {"\"cut_short\"", "{\"workers\": 1,", "{\"workers\": 0,",
        "sweep.points[0].workers: expected a whole number from 1 to 4096, found 0"},
    {"\"cut_short\"", "{\"workers\": 4,", "{\"workers\": 2,",
        "sweep.points[2]: expected points by rising workers"},
    {"\"cut_short\"", "\"speedup\": 1.96", "\"speedup\": -1",
        "sweep.points[1].speedup: expected a number from 0 to"},
    {"\"cut_short\"", "[1.9, 2.25]", "[1.9, 1.8]",
        "sweep.points[1].interval: expected null or a list of two"},
    {"", "\"amdahl\": {", "\"amdahl\": [], \"x\": {",
        "sweep.amdahl: expected an object, found a list"},
    {"", "\"serial\": 0.125", "\"serial\": 1.125",
        "sweep.amdahl.serial: expected a number from 0 to 1, found 1.125"},
    {"", "[0.0625, 0.25]", "null",
        "sweep.amdahl.serial_interval: expected null or a list of two"},
    {"", "\"contention\":", "\"attention\":", "sweep.usl.contention: missing"},
    {"", "[5e-5, 0.0002]", "[5e-5]", "sweep.usl.coherency_interval: expected"},
    {"", "\"peak_workers\": 86.5", "\"peak_workers\": \"many\"",
        "sweep.usl.peak_workers: expected a number"},
    {"\"advice\"", "\"workers\": 2", "\"workers\": 0",
        "sweep.advice.workers: expected a whole number from 1 to 4096, found 0"},
    {"\"advice\"", "\"why\"", "\"how\"", "sweep.advice.why: missing"},
};

static void every_damage_of_a_sweep_too(void **state)
{
    for (size_t i = 0; i < sizeof sweep_damages / sizeof *sweep_damages; i++) {
        const struct damage *damage = &sweep_damages[i];
        char *text = sample_damaged_sweep(damage->after, damage->from, damage->to);
        assert_refused(text, damage->said);
        free(text);
    }
    (void)state;
}

/* As many as a plan has room for, and no more. */
static void the_points_of_a_sweep_are_bounded(void **state)
{
    char list[400] = "\"points\": [1";
    for (int workers = 2; workers <= PLAN_POINTS_MAX + 1; workers++)
        text_append(sizeof list, list, ", %d", workers);
    text_append(sizeof list, list, "]");
    char *text = sample_damaged_sweep("", "\"points\": [1, 2, 4]", list);
    assert_refused(text, "plan.points: expected at most 64 elements, found 65");
    free(text);
    (void)state;
}

static void what_is_not_json_is_refused_with_its_line(void **state)
{
    assert_refused("", "x.json: not a parfor result: line 1, column 0: ");
    assert_refused("PNG\r\n\x1a\n", "not a parfor result: line 1, column 3: ");
    assert_refused("{\n\"schema\": \"parfor-result/1\",\n}", "line 3, column 1: ");
    assert_refused("{\"schema\": 1, \"schema\": 2}", "duplicate object key");
    assert_refused("{\"schema\": \"\xff\"}", "not a parfor result: line 1, column ");
    (void)state;
}

static void other_json_is_no_result(void **state)
{
    assert_refused("[]", "x.json: not a parfor result");
    assert_refused("{}", "x.json: not a parfor result");
    assert_refused("{\"schema\": 1}", "x.json: not a parfor result");
    assert_refused("{\"schema\": \"other/1\"}", "x.json: not a parfor result");
    assert_refused("{\"schema\": \"parfor-result/\"}", "x.json: not a parfor result");
    assert_refused("{\"schema\": \"parfor-result/x\"}", "x.json: not a parfor result");
    assert_refused("{\"schema\": \"parfor-result/1\"}", "x.json: program: missing");
    (void)state;
}

static void a_newer_result_says_so(void **state)
{
    assert_refused("{\"schema\": \"parfor-result/2\"}",
        "x.json: written as parfor-result/2; this program reads parfor-result/1");
    assert_refused(
        "{\"schema\": \"parfor-result/17.3\"}", "written as parfor-result/17.3");
    assert_refused("{\"schema\": \"parfor-result/99999999999999999999\"}", "written as");
    (void)state;
}

static void lists_are_bounded(void **state)
{
    char *many = calloc(3, RESULT_STAGES_MAX + 2);
    for (int i = 0; i <= RESULT_STAGES_MAX; i++)
        strcat(many + 2 * i, "0,");
    many[2 * RESULT_STAGES_MAX + 1] = '\0';
    char *list = text_format("\"stages\": [%s], \"x\": [", many);
    char *text = sample_damaged("", "\"stages\": [", list);
    assert_refused(text, "stages: expected at most 2000 elements, found 2001");
    free(text);
    free(list);
    list = text_format("\"t_ns\": [%s], \"x\": [", many);
    text = sample_damaged("\"samples\"", "\"t_ns\": [", list);
    assert_refused(
        text, "stages[0].samples.t_ns: expected at most 600 elements, found 2001");
    free(text);
    free(list);
    free(many);
    (void)state;
}

static void durations_that_cannot_be_added_up_are_refused(void **state)
{
    static const char record[] =
        "{\"index\": 0, \"count\": 1, \"worker\": 0, \"cpu\": 0, "
        "\"start_ns\": 0, \"end_ns\": 1000000000000000000, "
        "\"cpu_ns\": 0, \"status\": \"ok\", \"attempts\": 1}, ";
    char *list = text_format("\"records\": [%s%s%s%s%s%s%s%s%s%s", record, record, record,
        record, record, record, record, record, record, record);
    char *text = sample_damaged("\"stages\"", "\"records\": [", list);
    assert_refused(text, "stages[0]: expected records whose durations can be added up");
    free(text);
    free(list);
    (void)state;
}

static void a_long_name_does_not_hide_the_place(void **state)
{
    char name[3000];
    memset(name, 'd', sizeof name);
    strcpy(name + sizeof name - 7, "/x.jso");
    struct result result;
    struct fault fault;
    char *text = sample_damaged("", "\"sequential\"", "0");
    assert_int_equal(
        report_json_read(text, strlen(text), name, &result, &fault), -EINVAL);
    assert_non_null(
        strstr(fault.text, "d/x.jso: stages[0].name: expected one of "
                           "sequential, parallel, watched, program, found 0"));
    free(text);
    (void)state;
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    char *text = sample_json();
    for (size_t size = 0; size + 2 < strlen(text); size++) {
        char *cut = malloc(size + 1); /* of exactly that size, for the sanitizer to see */
        struct result result;
        struct fault fault = {0};
        memcpy(cut, text, size);
        assert_int_equal(report_json_read(cut, size, "x.json", &result, &fault), -EINVAL);
        assert_non_null(strstr(fault.text, "not a parfor result: line "));
        free(cut);
    }
    free(text);
    (void)state;
}

/* Whatever a byte is changed to, it is refused or gives a result that can be written. */
static void assert_bytes_may_change(char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        static const char others[] = "0-9\"}],e\xc3";
        char before = text[i];
        struct result result;
        struct fault fault;
        text[i] = others[i % (sizeof others - 1)];
        if (report_json_read(text, length, "x.json", &result, &fault) == 0) {
            free(sample_write(&result));
            result_finish(&result);
        }
        text[i] = before;
    }
    free(text);
}

static void a_changed_byte_does_no_harm(void **state)
{
    assert_bytes_may_change(sample_json());
    assert_bytes_may_change(sample_damaged_sweep("", "sweep", "sweep"));
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_damage_is_named_with_its_place),
        cmocka_unit_test(every_damage_of_a_sweep_too),
        cmocka_unit_test(the_points_of_a_sweep_are_bounded),
        cmocka_unit_test(what_is_not_json_is_refused_with_its_line),
        cmocka_unit_test(other_json_is_no_result),
        cmocka_unit_test(a_newer_result_says_so),
        cmocka_unit_test(lists_are_bounded),
        cmocka_unit_test(durations_that_cannot_be_added_up_are_refused),
        cmocka_unit_test(a_long_name_does_not_hide_the_place),
        cmocka_unit_test(a_file_cut_anywhere_is_refused),
        cmocka_unit_test(a_changed_byte_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
