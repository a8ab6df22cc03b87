// SPDX-License-Identifier: MIT
/* A check in the result file: written, read back, and refused where it is damaged. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
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

static char *write_check(void)
{
    struct result result;
    sample_result(&result);
    sample_check(&result);
    char *text = sample_write(&result);
    result_finish(&result);
    return text;
}

/* Every member has a value of its own here, so one in another's place would be seen. */
static void a_check_looks_as_promised(void **state)
{
    static const char *const pieces[] = {
        "\"lasts_ns\": 20000000000,\n  \"only_inventory\": true,\n  \"strict\": true,\n  "
        "\"expected_cpus\": 1.5,\n  \"nice\": 10,\n",
        "\n \"check\": {\n  \"host\": \"node17\",\n  \"verdict\": \"FAIL\",\n  "
        "\"sentence\": \"CPU 0 computes wrongly.\",\n  \"measured\": true,\n  "
        "\"complete\": true,\n  \"bare_metal\": true,\n  \"expected_ns\": "
        "20000000000,\n  \"elapsed_ns\": 21000000000,\n  \"suspended_ns\": 22,\n  "
        "\"unit_ns\": 2000023,\n  \"units\": 24,\n  \"findings\": [\n   {\"level\": "
        "\"FAIL\", \"topic\": \"answer\", \"cpu\": 0, \"text\": \"CPU 0 gave 2 wrong "
        "answers of 66.\", \"where\": \"\", \"next\": \"Run it again.\"},\n   "
        "{\"level\": \"INCONCLUSIVE\", \"topic\": \"quiet\", \"cpu\": null, \"text\": "
        "\"The machine is not quiet.\", \"where\": \"/proc/stat\", \"next\": \"\"},\n",
        "\"inventory\": {\n   \"took_ns\": 2345678,\n   \"lines\": [\n    {\"group\": "
        "\"CPUs\", \"topic\": \"online\", \"visible\": true, \"value\": \"0-1 (2)\", "
        "\"where\": \"/sys/devices/system/cpu/online\", \"concern\": \"\", \"next\": "
        "\"\"},\n    {\"group\": \"fences\", \"topic\": \"quota\", \"visible\": true, "
        "\"value\": \"1.50 CPUs\", \"where\": \"/sys/fs/cgroup/a/cpu.max\", \"concern\": "
        "\"a quota allows 1.50 of 2 CPUs\", \"next\": \"Ask for more, or take 1 "
        "worker.\"},\n    {\"group\": \"power\", \"topic\": \"governor\", \"visible\": "
        "false, \"value\": \"not visible here\", ",
        "\"counts\": [\n    {\"source\": \"affinity\", \"cpus\": 2.0, \"where\": "
        "\"sched_getaffinity\", \"limits\": true, \"smallest\": false},\n    "
        "{\"source\": \"quota\", \"cpus\": 1.5, \"where\": "
        "\"/sys/fs/cgroup/a/cpu.max\", \"limits\": true, \"smallest\": true},\n",
        "\"quiet\": {\"looked_ns\": 1500000000, \"busy\": 0.125, \"steal\": 0.0078125, "
        "\"busy_most\": 0.9375, \"busiest_cpu\": 1, \"pid\": 4711, \"process\": "
        "\"python3\", \"process_cpus\": 1.0625, \"quiet\": true},\n",
        "\"cpus\": [\n   {\"cpu\": 0, \"alone\": {\"rounds\": 15, \"median_ns\": "
        "40000001, \"min_ns\": 39000002, \"elapsed_ns\": 41000003, \"waited\": 0.015625, "
        "\"slowness\": 1.25}, \"again\": {\"rounds\": 16, ",
        "\"cores\": {\"rounds\": 17, \"median_ns\": 40000007, ",
        "\"together\": {\"rounds\": 18, \"median_ns\": 40000010, \"min_ns\": 39000011, "
        "\"elapsed_ns\": 41000012, \"waited\": 0.25, \"slowness\": 1.75}, \"ratio\": "
        "0.875, \"drift\": 0.96875, \"tasks\": 66, \"wrong\": 2, \"wrong_answer\": "
        "\"fedcba9876543210\", \"again_tasks\": 10, \"again_wrong\": 3, \"neighbour\": "
        "1, \"neighbour_wrong\": 4, \"refused\": 1, \"died_of\": \"SIGILL\", \"slow\": "
        "true},\n",
        "\"again\": {\"rounds\": 0}, \"cores\": {\"rounds\": 0}, \"together\": "
        "{\"rounds\": 0}, \"ratio\": 0.0,",
        "\"neighbour\": null, \"neighbour_wrong\": 0, \"refused\": 0, \"died_of\": null, "
        "\"slow\": false}\n  ],\n",
        "\"tasks\": 85,\n  \"wrong\": 2,\n  \"together\": 1.9375,\n  \"ratio_low\": "
        "0.5,\n  \"ratio_median\": 0.625,\n  \"ratio_high\": 0.75,\n  \"smt_cores\": "
        "25,\n  \"smt_gain\": 1.25,\n  \"smt_low\": 1.125,\n  \"smt_high\": 1.375,\n  "
        "\"drift\": 0.984375,\n",
        "\"throttle\": {\n   \"groups\": [\n    {\"folder\": \"/sys/fs/cgroup/a/b\", "
        "\"quota_cpus\": 0.0, \"periods\": 11, \"throttled\": 12, \"throttled_ns\": "
        "13},\n",
        "\"thermal_visible\": true,\n   \"thermal_core\": 7,\n   \"thermal_package\": "
        "8\n  },\n  \"idle\": {\"mhz_low\": 800, \"mhz_median\": 801, \"mhz_high\": 802, "
        "\"celsius\": 41.5},\n  \"alone\": {\"mhz_low\": 3600, \"mhz_median\": 3601, "
        "\"mhz_high\": 3602, \"celsius\": 61.5},\n  \"loaded\": {\"mhz_low\": 0, "
        "\"mhz_median\": 0, \"mhz_high\": 0, \"celsius\": null}\n },\n \"remarks\": [",
    };
    char *text = write_check();
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        if (!strstr(text, pieces[i]))
            fail_msg("not found: %s\nin: %s", pieces[i], text);
    free(text);
    (void)state;
}

static void a_check_comes_back_to_the_byte(void **state)
{
    struct result one, back;
    sample_result(&one);
    sample_check(&one);
    char *text = sample_write(&one);
    must_read(text, &back);
    char *again = sample_write(&back);
    assert_string_equal(text, again);
    assert_memory_equal(&one.plan, &back.plan, sizeof one.plan);
    assert_true(back.check.has && back.check.bare_metal);
    assert_int_equal(back.check.verdict, CHECK_FAIL);
    assert_int_equal(back.check.finding_count, 3);
    assert_int_equal(back.check.findings[1].cpu, -1);
    assert_int_equal(back.check.cpu_count, 2);
    for (size_t i = 0; i < back.check.cpu_count; i++)
        assert_memory_equal(&back.check.cpus[i].alone, &one.check.cpus[i].alone,
            sizeof one.check.cpus->alone);
    assert_true(back.check.cpus[0].wrong_answer == UINT64_C(0xfedcba9876543210));
    assert_int_equal(back.check.cpus[1].neighbour, -1);
    assert_true(isnan(back.check.loaded.celsius));
    assert_int_equal(back.check.throttle.group_count, 2);
    assert_true(inventory_find(&back.check.inventory, "quota")->visible);
    assert_string_equal(back.check.quiet.process, "python3");
    result_finish(&one);
    result_finish(&back);
    free(again);
    free(text);
    (void)state;
}

static void a_check_that_found_nothing_is_null(void **state)
{
    struct result one, back;
    sample_result(&one);
    one.plan.command = PLAN_CHECK;
    char *text = sample_write(&one);
    assert_non_null(strstr(text, "\"check\": null,\n \"remarks\""));
    must_read(text, &back);
    assert_false(back.check.has);
    result_finish(&back);
    result_finish(&one);
    free(text);
    text = sample_json();
    assert_null(strstr(text, "\"check\""));
    assert_null(strstr(text, "\"lasts_ns\""));
    free(text);
    (void)state;
}

static void numbers_out_of_range_are_written_so_that_they_can_be_read(void **state)
{
    struct result one, back;
    sample_result(&one);
    sample_check(&one);
    one.check.cpus[0].alone.waited = 1.0000001;
    one.check.cpus[0].ratio = INFINITY;
    one.check.cpus[1].drift = NAN;
    one.check.elapsed_ns = -7;
    one.check.drift = -1;
    one.check.idle.celsius = -4000;
    one.check.throttle.groups[0].throttled = -1;
    one.check.verdict = CHECK_VERDICTS;
    char *text = sample_write(&one);
    must_read(text, &back);
    assert_true(back.check.cpus[0].alone.waited == 1);
    assert_true(back.check.cpus[1].drift == 0);
    assert_int_equal(back.check.elapsed_ns, 0);
    assert_true(back.check.drift == 0);
    assert_true(back.check.idle.celsius == -1000);
    assert_int_equal(back.check.throttle.groups[0].throttled, 0);
    assert_int_equal(back.check.verdict, CHECK_FAIL);
    result_finish(&back);
    result_finish(&one);
    free(text);
    (void)state;
}

static const struct damage {
    const char *after, *from, *to, *said; /* nothing to say: it can be read */
} damages[] = {
    {"", "\"expected_cpus\": 1.5", "\"expected_cpus\": -1",
        "plan.expected_cpus: expected a number from 0 to 65536, found -1"},
    {"", "\"nice\": 10", "\"nice\": 20",
        "plan.nice: expected a whole number from -20 to 19, found 20"},
    {"", "\"strict\": true", "\"strict\": 1", "plan.strict: expected true or false"},
    {"", "\"lasts_ns\": 20000000000,", "", ""},
    {"", "\"check\": {", "\"check\": 3, \"x\": {", "check: expected an object, found 3"},
    {"", "\"check\": {", "\"x\": {", ""},
    {"\"check\"", "\"verdict\": \"FAIL\"", "\"verdict\": \"BAD\"",
        "check.verdict: expected one of PASS, WARN, INCONCLUSIVE, FAIL, found \"BAD\""},
    {"\"check\"", "\"host\"", "\"guest\"", "check.host: missing"},
    {"\"check\"", "\"level\": \"WARN\"", "\"level\": \"PASS\"",
        "check.findings[2]: expected a finding that is not PASS"},
    {"\"check\"", "\"cpu\": 0, \"text\"", "\"cpu\": 7, \"text\"",
        "check.findings[0].cpu: expected a CPU of the machine, found 7"},
    {"\"check\"", "\"cpu\": 0, \"text\"", "\"cpu\": -2, \"text\"",
        "check.findings[0].cpu: expected a whole number from -1 to 8191, found -2"},
    {"\"check\"", "\"cpu\": 0, \"text\"", "\"cpu\": -1, \"text\"", ""},
    {"\"check\"", "\"group\": \"fences\"", "\"group\": \"walls\"",
        "check.inventory.lines[1].group: expected one of CPUs, fences, cores, memory"},
    {"\"check\"", "\"0-1 (2)\"", "2",
        "check.inventory.lines[0].value: expected a text, found 2"},
    {"\"check\"", "\"topic\": \"governor\"", "\"topic\": \"a-topic-that-is-too-long\"",
        "check.inventory.lines[2].topic: expected at most 23 bytes, found 24"},
    {"\"check\"", "\"cpus\": 2.0", "\"cpus\": \"two\"",
        "check.inventory.counts[0].cpus: expected a number from 0 to"},
    {"\"check\"", "\"busy\": 0.125", "\"busy\": 1.125",
        "check.quiet.busy: expected a number from 0 to 1, found 1.125"},
    {"\"check\"", "\"busiest_cpu\": 1", "\"busiest_cpu\": 2",
        "check.quiet.busiest_cpu: expected a CPU of the machine, found 2"},
    {"\"quiet\"", "{\"cpu\": 0", "{\"cpu\": 5",
        "check.cpus[0].cpu: expected a CPU of the machine, found 5"},
    {"\"quiet\"", "{\"cpu\": 1", "{\"cpu\": 0",
        "check.cpus[1]: expected CPUs by rising number"},
    {"\"quiet\"", "{\"cpu\": 0", "{\"cpu\": null",
        "check.cpus[0].cpu: expected a whole number from 0 to 8191, found null"},
    {"\"quiet\"", "\"rounds\": 15", "\"rounds\": -15",
        "check.cpus[0].alone.rounds: expected a whole number from 0"},
    {"\"quiet\"", "\"waited\": 0.25", "\"waited\": 2.5",
        "check.cpus[0].together.waited: expected a number from 0 to 1, found 2.5"},
    {"\"quiet\"", "\"neighbour\": 1", "\"neighbour\": 3",
        "check.cpus[0].neighbour: expected a CPU of the machine, found 3"},
    {"\"quiet\"", "\"fedcba9876543210\"", "17",
        "check.cpus[0].wrong_answer: expected 16 hex digits, found 17"},
    {"\"quiet\"", "\"SIGILL\"", "\"SIGILLY\"",
        "check.cpus[0].died_of: expected the name of a signal, found \"SIGILLY\""},
    {"\"quiet\"", "\"refused\": 1", "\"refused\": 4096",
        "check.cpus[0].refused: expected a whole number from 0 to 4095, found 4096"},
    {"\"throttle\"", "\"throttled\": 12", "\"throttled\": 1.5",
        "check.throttle.groups[0].throttled: expected a whole number from 0 to"},
    {"", "\"unit_ns\": 2000023", "\"unit_ns\": 60000000001",
        "check.unit_ns: expected a whole number from 0 to"},
    {"", "\"units\": 24", "\"units\": 100000001",
        "check.units: expected a whole number from 0 to"},
    {"\"throttle\"", "\"thermal_core\": 7", "\"thermal_core\": 9223372036854775807",
        "check.throttle.thermal_core: expected a whole number from 0 to"},
    {"\"throttle\"", "\"thermal_package\": 8", "\"thermal_package\": 9223372036854775807",
        "check.throttle.thermal_package: expected a whole number from 0 to"},
    {"\"throttle\"", "\"groups\": [", "\"groups\": {}, \"x\": [",
        "check.throttle.groups: expected a list, found an object"},
    {"\"throttle\"", "\"celsius\": 41.5", "\"celsius\": \"hot\"",
        "check.idle.celsius: expected a number from -1000 to 1000, found \"hot\""},
    {"\"throttle\"", "\"mhz_low\": 800", "\"mhz_low\": 1e9", "check.idle.mhz_low: "},
};

static void every_damage_is_named_with_its_place(void **state)
{
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        const struct damage *damage = &damages[i];
        char *text =
            sample_damage(write_check(), damage->after, damage->from, damage->to);
        struct result result;
        struct fault fault = {0};
        int error = read_json(text, &result, &fault);
        if ((error == 0) != (*damage->said == '\0') || !strstr(fault.text, damage->said))
            fail_msg("%d, said: %s\ninstead of: %s", error, fault.text, damage->said);
        if (error == 0)
            result_finish(&result);
        assert_null(result.check.cpus);
        assert_null(result.check.inventory.lines);
        free(text);
    }
    (void)state;
}

static void lists_are_bounded(void **state)
{
    enum { ELEMENTS = 1001 };
    char *many = calloc(3, ELEMENTS + 1);
    for (int i = 0; i < ELEMENTS; i++)
        memcpy(many + 2 * i, "0,", 2);
    static const char *const names[] = {"lines", "counts", "groups"};
    for (size_t i = 0; i < 3; i++) {
        char *from = text_format("\"%s\": [", names[i]);
        char *list = text_format("\"%s\": [%s0], \"x\": [", names[i], many);
        char *text = sample_damage(write_check(), "\"inventory\"", from, list);
        struct result result;
        struct fault fault;
        assert_int_equal(read_json(text, &result, &fault), -EINVAL);
        assert_non_null(strstr(fault.text, "expected at most 1000 elements, found 1002"));
        free(text);
        free(list);
        free(from);
    }
    free(many);
    (void)state;
}

/* Whatever a byte is changed to, it is refused or gives a result that can be written, in
 * every form. */
static void a_changed_byte_does_no_harm(void **state)
{
    char *text = write_check();
    size_t length = strlen(text), size;
    for (size_t i = (size_t)(strstr(text, "\"check\"") - text); i < length; i += 4) {
        static const char others[] = "0-9\"}],e\xc3";
        struct report_text_style style = {.form = REPORT_TEXT_FULL, .width = 40};
        char before = text[i], *page;
        struct result result;
        struct fault fault;
        text[i] = others[i % (sizeof others - 1)];
        if (read_json(text, &result, &fault) == 0) {
            free(sample_write(&result));
            assert_int_equal(report_text_write(&result, &style, &page, &size, &fault), 0);
            free(page);
            result_finish(&result);
        }
        text[i] = before;
    }
    free(text);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_check_looks_as_promised),
        cmocka_unit_test(a_check_comes_back_to_the_byte),
        cmocka_unit_test(a_check_that_found_nothing_is_null),
        cmocka_unit_test(numbers_out_of_range_are_written_so_that_they_can_be_read),
        cmocka_unit_test(every_damage_is_named_with_its_place),
        cmocka_unit_test(lists_are_bounded),
        cmocka_unit_test(a_changed_byte_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
