// SPDX-License-Identifier: MIT
/* Results in Markdown, against those in tests/data/report, and whatever is in them. */
#include "forms.h"

#include <math.h>
#include <stdlib.h>

#include "../experiment/made_list.h"
#include "base/utf8.h"
#include "checks.h"
#include "experiment/comparison.h"
#include "experiment/versus.h"
#include "items.h"
#include "sample.h"

static char *write_result(const struct result *result)
{
    struct fault fault;
    char *text;
    size_t size;
    assert_int_equal(report_markdown_write(result, &text, &size, &fault), 0);
    assert_int_equal(strlen(text), size);
    assert_int_equal(text[size - 1], '\n');
    return text;
}

/* Of a row, that end cells. */
static int count_pipes(size_t length, const char line[])
{
    int pipes = 0;
    for (size_t i = 0; i < length; i++)
        if (line[i] == '\\')
            i++;
        else
            pipes += line[i] == '|';
    return pipes;
}

static bool is_rule(size_t length, const char line[])
{
    return strspn(line, "|-: ") >= length && memchr(line, '-', length);
}

/* Every table is one: a rule below its head, and all rows with as many cells. */
static void assert_tables(const char *text)
{
    int pipes = 0, row = 0;
    for (const char *line = text; *line; line += strcspn(line, "\n") + 1) {
        size_t length = strcspn(line, "\n");
        if (*line != '|') {
            assert_true(row != 1);
            assert_false(is_rule(length, line));
            row = 0;
            continue;
        }
        assert_int_equal(line[length - 1], '|');
        if (row == 0)
            pipes = count_pipes(length, line);
        else if (row == 1)
            assert_true(is_rule(length, line));
        if (count_pipes(length, line) != pipes)
            fail_msg("not %d pipes: %.*s", pipes, (int)length, line);
        row++;
    }
}

static void assert_sound(const char *text)
{
    assert_true(utf8_is_text(strlen(text), text));
    for (const char *c = text; *c; c++)
        if ((unsigned char)*c < ' ' && *c != '\n')
            fail_msg("a control character: %s", text);
    assert_tables(text);
}

static void assert_markdown(const struct result *result, const char *name)
{
    char *text = write_result(result);
    assert_sound(text);
    forms_assert_text(text, name);
    free(text);
}

static void a_run(void **state)
{
    struct result result;
    made_run(&result, 2, INT64_C(24200) * NS_PER_MS, INT64_C(12300) * NS_PER_MS);
    result.comparison.bound = 2;
    result.comparison.efficiency = 0.98;
    result.comparison.karp_flatt = 0.0165;
    text_copy(sizeof result.comparison.sentence, result.comparison.sentence,
        "1.97 times as fast on 2 CPUs, of 2.00.\nTry: --schedule static");
    comparison_account(&result);
    result_remark(&result, "A quota allows 1.50 CPUs.");
    result_remark(&result, "On battery.");
    assert_markdown(&result, "markdown-run");
    result_finish(&result);
    (void)state;
}

static void tasks_that_were_faster_than_alone_are_said_with_the_work(void **state)
{
    struct result result;
    made_run(&result, 2, INT64_C(24200) * NS_PER_MS, INT64_C(12300) * NS_PER_MS);
    result.stages[1].account = (struct account){
        .total_ns = 1000, .useful_ns = 1020, .slowdown_ns = -60, .tail_ns = 40};
    char *text = write_result(&result);
    assert_sound(text);
    assert_non_null(strstr(text, "| work, 6 % faster than alone | 96.0 % |"));
    assert_null(strstr(text, "slower than alone"));
    free(text);
    result_finish(&result);
    (void)state;
}

static void one_that_was_stopped(void **state)
{
    struct result result;
    made_stopped(&result, 8);
    assert_markdown(&result, "markdown-stopped");
    result_finish(&result);
    (void)state;
}

static void a_sweep(void **state)
{
    struct result result;
    sample_result(&result);
    sample_sweep(&result);
    assert_markdown(&result, "markdown-sweep");
    result_finish(&result);
    (void)state;
}

static void add_run(struct result *result, int program, int repeat, int64_t elapsed_ms)
{
    struct result_stage *stage =
        made_stage(result, RESULT_PROGRAM, repeat, 1, elapsed_ms * NS_PER_MS);
    stage->program = program;
    stage->processes = stage->threads = 1 + 2 * program;
    struct result_item *item = made_item(0, NULL, (const char *[]){NULL});
    item->cpu_ns = INT64_C(8200) * NS_PER_MS;
    item->max_rss_bytes = INT64_C(12) << 20;
    made_record(stage, 0, elapsed_ms * NS_PER_MS, 0)->item = item;
}

static void programs(void **state)
{
    struct result result;
    made_result(&result, "", 1, 4);
    struct plan *plan = &result.plan;
    plan->command = PLAN_VERSUS;
    plan->program_count = result.programs.count = 3;
    text_copy(sizeof plan->title, plan->title, "a.py against cut -f1 | wc");
    result.programs.list = memory_new(3, sizeof *result.programs.list);
    text_copy(PLAN_PROGRAM_SIZE, result.programs.list[0].text, "./a.py");
    text_copy(PLAN_PROGRAM_SIZE, result.programs.list[1].text, "cut -f1 | wc");
    text_copy(PLAN_PROGRAM_SIZE, result.programs.list[2].text, "never `run`");
    for (size_t i = 0; i < 3; i++)
        text_copy(PLAN_PROGRAM_SIZE, plan->programs[i], result.programs.list[i].text);
    for (int i = 0; i < 3; i++) {
        add_run(&result, 0, i, 8000 + i);
        add_run(&result, 1, i, 2000 + i);
    }
    versus_compute(&result);
    assert_markdown(&result, "markdown-versus");
    result_finish(&result);
    (void)state;
}

static void the_date_is_told_where_it_is_known(void **state)
{
    struct result results[2];
    sample_result(&results[0]);
    checks_make(&results[1], 12);
    for (int i = 0; i < 2; i++) {
        char *text = write_result(&results[i]);
        assert_null(strstr(text, "Measured"));
        free(text);
        results[i].started_s = 1795439280;
        text = write_result(&results[i]);
        assert_sound(text);
        assert_non_null(strstr(text, "\n\nMeasured 2026-11-23 13:08 UTC.\n\n"));
        free(text);
        result_finish(&results[i]);
    }
    (void)state;
}

static void a_loop_of_the_users_own(void **state)
{
    struct result result;
    sample_result(&result);
    sample_items(&result);
    assert_markdown(&result, "markdown-items");
    result.plan.command = PLAN_MAP;
    result.comparison.has = false;
    char *text = write_result(&result);
    assert_sound(text);
    free(text);
    result_finish(&result);
    (void)state;
}

static void a_check(void **state)
{
    struct result result;
    checks_make(&result, 12);
    checks_spoil(&result, 3, 5);
    assert_markdown(&result, "markdown-check");
    result_finish(&result);
    checks_make(&result, 1024);
    checks_spoil(&result, 3, 5);
    char *text = write_result(&result);
    assert_sound(text);
    assert_non_null(strstr(text, "1022 others"));
    free(text);
    result_finish(&result);
    (void)state;
}

static void nothing(void **state)
{
    struct result result;
    result_init(&result);
    for (int i = 0; i < PLAN_COMMANDS; i++) {
        result.plan.command = (enum plan_command)i;
        char *text = write_result(&result);
        assert_sound(text);
        assert_int_equal(strncmp(text, "# ", 2), 0);
        assert_non_null(strstr(text, "Stopped before"));
        free(text);
    }
    result_finish(&result);
    (void)state;
}

#define HOSTILE "|\n\n# a <b>\\| `x``\xff\x1b[0m\n- *y*\n| - |\n~~~\n&lt;\t_z_ [a](b)"
#define SET(FIELD) text_copy(sizeof(FIELD), FIELD, HOSTILE)

static void spoil_check(struct result_check *check)
{
    SET(check->host);
    for (size_t i = 0; i < check->finding_count; i++) {
        SET(check->findings[i].text);
        SET(check->findings[i].where);
        SET(check->findings[i].next);
    }
    for (size_t i = 0; i < check->inventory.line_count; i++) {
        SET(check->inventory.lines[i].topic);
        SET(check->inventory.lines[i].value);
        SET(check->inventory.lines[i].where);
    }
    for (size_t i = 0; i < check->inventory.count_count; i++)
        SET(check->inventory.counts[i].source);
}

static void spoil(struct result *result)
{
    struct plan *plan = &result->plan;
    SET(plan->title);
    SET(plan->workload);
    SET(plan->loop);
    SET(plan->unit);
    SET(plan->task);
    SET(plan->log);
    SET(plan->prepare);
    SET(plan->programs[1]);
    SET(result->machine.cpu_name);
    SET(result->machine.limits[1].where);
    SET(result->comparison.sentence);
    SET(result->sweep.advice);
    SET(result->programs.sentence);
    SET(result->stages[1].label);
    for (size_t i = 0; i < result->programs.count; i++) {
        SET(result->programs.list[i].text);
        SET(result->programs.list[i].last_line);
    }
    for (size_t i = 0; i < result->machine.kind_count; i++)
        SET(result->machine.kinds[i].name);
    spoil_check(&result->check);
    result_remark(result, "%s", HOSTILE);
}

/* Neither what begins a line nor what stands in one has a meaning. */
static void assert_harmless(const char *text)
{
    int headings = 0;
    assert_sound(text);
    for (const char *line = text; *line; line += strcspn(line, "\n") + 1) {
        headings += *line == '#';
        assert_true(strncmp(line, "~~~", 3) != 0 && *line != '>');
    }
    assert_int_equal(headings, 1);
    for (const char *c = strstr(text, "<b>"); c; c = strstr(c + 1, "<b>")) {
        const char *line = c;
        while (line > text && line[-1] != '\n')
            line--;
        bool is_code = memchr(line, '`', (size_t)(c - line)) != NULL;
        assert_true(c[-1] == '\\' || is_code);
    }
}

static void no_text_breaks_out(void **state)
{
    static void (*const make[])(struct result * result) = {
        NULL, sample_sweep, sample_items, sample_programs, sample_check};
    for (size_t i = 0; i < sizeof make / sizeof *make; i++) {
        struct result result;
        sample_result(&result);
        if (make[i])
            make[i](&result);
        spoil(&result);
        char *text = write_result(&result);
        assert_harmless(text);
        free(text);
        result_finish(&result);
    }
    (void)state;
}

static char *write_results(const struct report_results *results)
{
    struct fault fault;
    char *text;
    size_t size;
    assert_int_equal(report_markdown_results_write(results, &text, &size, &fault), 0);
    assert_int_equal(strlen(text), size);
    assert_sound(text);
    return text;
}

static void several(void **state)
{
    static const char *const names[] = {"laptop.json", "a|b<i>\n.json", "check.json"};
    struct result results[3];
    const struct result *list[] = {&results[0], &results[1], &results[2]};
    made_run(&results[0], 2, INT64_C(24200) * NS_PER_MS, INT64_C(12300) * NS_PER_MS);
    made_run(&results[1], 64, INT64_C(46100) * NS_PER_MS, INT64_C(900) * NS_PER_MS);
    checks_make(&results[2], 12);
    char *text = write_results(&(struct report_results){3, list, names});
    forms_assert_text(text, "markdown-results");
    free(text);
    text = write_results(&(struct report_results){0, list, names});
    assert_string_equal(text, "There are no results.\n");
    free(text);
    for (int i = 0; i < 3; i++)
        result_finish(&results[i]);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run),
        cmocka_unit_test(tasks_that_were_faster_than_alone_are_said_with_the_work),
        cmocka_unit_test(one_that_was_stopped),
        cmocka_unit_test(a_sweep),
        cmocka_unit_test(programs),
        cmocka_unit_test(the_date_is_told_where_it_is_known),
        cmocka_unit_test(a_loop_of_the_users_own),
        cmocka_unit_test(a_check),
        cmocka_unit_test(nothing),
        cmocka_unit_test(no_text_breaks_out),
        cmocka_unit_test(several),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
