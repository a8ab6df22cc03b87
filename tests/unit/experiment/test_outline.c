// SPDX-License-Identifier: MIT
#include "experiment/outline.h"

#include "made_check.h"
#include "made_list.h"

static struct outline outline_of(const struct result *result, const char *name)
{
    struct outline outline;
    outline_init(&outline, result, name);
    return outline;
}

static void assert_cells(
    const struct outline *outline, const char *const expected[OUTLINE_COLUMNS])
{
    for (int i = 0; i < OUTLINE_COLUMNS; i++)
        assert_string_equal(outline->cells[i], expected[i]);
}

static void a_run(void **state)
{
    struct result result;
    made_run(&result, 2, 24200 * NS_PER_MS, 12300 * NS_PER_MS);
    struct outline outline = outline_of(&result, "run.json");
    assert_cells(&outline, (const char *[]){"run.json", "1000000! computed 110 times",
                               "AMD EPYC", "2", "24.2 s", "12.3 s", "2", "1.97"});
    assert_string_equal(outline.brief, "1000000! x 110");
    result.machine.simulated = true;
    result.machine.usable_cpus = 1.5;
    outline = outline_of(&result, NULL);
    assert_string_equal(outline.cells[OUTLINE_NAME], "");
    assert_string_equal(outline.cells[OUTLINE_MACHINE], "AMD EPYC (simulated)");
    assert_string_equal(outline.cells[OUTLINE_CPUS], "1.50 of 2");
    result.stages[0].projected = true;
    outline = outline_of(&result, NULL);
    assert_string_equal(outline.cells[OUTLINE_SEQUENTIAL], "~24.2 s");
    assert_string_equal(outline.cells[OUTLINE_PARALLEL], "12.3 s");
    assert_string_equal(outline.cells[OUTLINE_OUTCOME], "~1.97");
    assert_true(outline.speedup > 1.96 && outline.speedup < 1.98);
    result_finish(&result);
    (void)state;
}

/* What was stopped has no speed-up, and no time of what was not done. */
static void a_stopped_run(void **state)
{
    struct result result;
    made_stopped(&result, 2);
    struct outline outline = outline_of(&result, "");
    assert_true(outline.stopped);
    assert_string_equal(outline.cells[OUTLINE_SEQUENTIAL], "24.0 s");
    assert_string_equal(outline.cells[OUTLINE_PARALLEL], "");
    assert_string_equal(outline.cells[OUTLINE_OUTCOME], "stopped");
    result.plan.command = PLAN_MAP;
    outline = outline_of(&result, "");
    assert_string_equal(outline.cells[OUTLINE_PARALLEL], "3.00 s");
    assert_string_equal(outline.cells[OUTLINE_OUTCOME], "stopped");
    result_finish(&result);
    made_result(&result, "factorial", 110, 2);
    outline = outline_of(&result, ""); /* before the first task */
    assert_string_equal(outline.cells[OUTLINE_WHAT], "factorial");
    assert_string_equal(outline.cells[OUTLINE_OUTCOME], "stopped");
    result_finish(&result);
    (void)state;
}

static void failures(void **state)
{
    struct result result;
    made_run(&result, 2, 24 * NS_PER_S, 12 * NS_PER_S);
    result.comparison = (struct result_comparison){0};
    result.stages[1].failed = 3;
    struct outline outline = outline_of(&result, "");
    assert_string_equal(outline.cells[OUTLINE_PARALLEL], "12.0 s");
    assert_string_equal(outline.cells[OUTLINE_OUTCOME], "3 failed");
    assert_int_equal(outline.failed, 3);
    result.comparison = (struct result_comparison){.has = true,
        .pairs = 1,
        .sequential_ns = 24 * NS_PER_S,
        .parallel_ns = 12 * NS_PER_S,
        .speedup = 2};
    outline = outline_of(&result, "");
    assert_string_equal(outline.cells[OUTLINE_OUTCOME], "3 failed");
    assert_true(outline.speedup == 0);
    result_finish(&result);
    (void)state;
}

/* The workers to take, even where others were a little faster. */
static void a_sweep(void **state)
{
    struct result result;
    made_run(&result, 8, 24 * NS_PER_S, 3 * NS_PER_S);
    result.comparison = (struct result_comparison){0};
    result.plan.command = PLAN_SWEEP;
    result.sweep = (struct result_sweep){.has = true, .advice_workers = 4};
    result.sweep.point_count = 3;
    result.sweep.points = memory_new(3, sizeof *result.sweep.points);
    for (int i = 0; i < 3; i++)
        result.sweep.points[i] = (struct result_point){.workers = i == 0 ? 1 : 4 * i,
            .repeats = 1,
            .elapsed_ns = (24 - 10 * i) * NS_PER_S,
            .speedup = 24.0 / (24 - 10 * i)};
    struct outline outline = outline_of(&result, "");
    assert_string_equal(
        outline.cells[OUTLINE_WHAT], "sweep: 1000000! computed 110 times");
    assert_string_equal(outline.cells[OUTLINE_SEQUENTIAL], "24.0 s");
    assert_string_equal(outline.cells[OUTLINE_PARALLEL], "14.0 s");
    assert_string_equal(outline.cells[OUTLINE_WORKERS], "4");
    assert_string_equal(outline.cells[OUTLINE_OUTCOME], "1.71");
    result.sweep.advice_workers = 0;
    outline = outline_of(&result, "");
    assert_string_equal(outline.cells[OUTLINE_WORKERS], "8");
    result.sweep.cut_short = true;
    outline = outline_of(&result, "");
    assert_string_equal(outline.cells[OUTLINE_OUTCOME], "stopped");
    result_finish(&result);
    (void)state;
}

static void a_check(void **state)
{
    struct result result;
    made_check(&result, 4);
    judge_made(&result);
    struct outline outline = outline_of(&result, "");
    assert_string_equal(outline.cells[OUTLINE_WHAT], "check of a machine");
    assert_string_equal(outline.cells[OUTLINE_OUTCOME], "PASS");
    assert_string_equal(outline.cells[OUTLINE_PARALLEL], "");
    result_finish(&result);
    (void)state;
}

/* Of whole programs the fastest of those that went well. */
static void programs(void **state)
{
    struct result result;
    made_result(&result, "", 0, 8);
    result.plan.command = PLAN_VERSUS;
    result.plan.program_count = result.programs.count = 3;
    result.programs.list = memory_new(3, sizeof *result.programs.list);
    for (int i = 0; i < 3; i++) {
        struct result_program *program = &result.programs.list[i];
        snprintf(program->text, sizeof program->text, "./program%d", i);
        text_copy(PLAN_PROGRAM_SIZE, result.plan.programs[i], program->text);
        program->repeats = 1;
        program->elapsed_ns = (9 - 3 * i) * NS_PER_S;
        program->ratio = 9.0 / (9 - 3 * i);
    }
    struct outline outline = outline_of(&result, "");
    assert_non_null(strstr(outline.cells[OUTLINE_WHAT], "program2, fastest of 3"));
    assert_string_equal(outline.cells[OUTLINE_PARALLEL], "3.00 s");
    assert_string_equal(outline.cells[OUTLINE_OUTCOME], "3.00");
    result.programs.list[2].failed = true;
    outline = outline_of(&result, "");
    assert_non_null(strstr(outline.cells[OUTLINE_WHAT], "program1, fastest of 3"));
    assert_string_equal(outline.cells[OUTLINE_OUTCOME], "1 failed");
    result_finish(&result);
    (void)state;
}

/* Names are what somebody called a file. */
static void odd_names(void **state)
{
    struct result result;
    char longest[5000];
    made_run(&result, 2, 24 * NS_PER_S, 12 * NS_PER_S);
    struct outline outline = outline_of(&result, "a\033[2Jb\nc\xff\x80");
    assert_string_equal(outline.cells[OUTLINE_NAME], "a?[2Jb?c\?\?");
    memset(longest, 'x', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    outline = outline_of(&result, longest);
    assert_int_equal(strlen(outline.cells[OUTLINE_NAME]), OUTLINE_CELL_SIZE - 1);
    outline = outline_of(&result, "Ergebnis für Jürgen.json");
    assert_string_equal(outline.cells[OUTLINE_NAME], "Ergebnis für Jürgen.json");
    result_finish(&result);
    (void)state;
}

static int sum_of(const struct outline_layout *layout)
{
    int sum = 0, count = 0;
    for (int i = 0; i < OUTLINE_COLUMNS; i++) {
        sum += layout->widths[i];
        count += layout->widths[i] > 0;
    }
    return sum + (count > 0 ? count - 1 : 0) * layout->gap;
}

/* From 20 columns on it fits, and the time and the outcome are whole. */
static void columns_fit_every_width(void **state)
{
    struct result result;
    made_run(&result, 2, 24200 * NS_PER_MS, 12300 * NS_PER_MS);
    struct outline outline = outline_of(&result, "laptops/seven/run.json");
    for (int width = 18; width <= 220; width++) {
        struct outline_layout layout = {0};
        outline_widen(&layout, &outline);
        outline_fit(&layout, width);
        assert_true(sum_of(&layout) <= width);
        assert_true(layout.widths[OUTLINE_PARALLEL] >= 6);
        assert_true(layout.widths[OUTLINE_OUTCOME] >= 4);
        assert_true(width < 48 || layout.widths[OUTLINE_SEQUENTIAL] >= 6);
        assert_true(width < 34 || layout.widths[OUTLINE_CPUS] > 0);
        assert_true(width < 34 || layout.widths[OUTLINE_WHAT] >= 14);
    }
    result_finish(&result);
    (void)state;
}

static void assert_written(const struct outline *outline, enum outline_column column,
    int width, const char *expected)
{
    struct outline_layout layout = {.gap = 2};
    char text[OUTLINE_CELL_SIZE];
    layout.widths[column] = width;
    outline_write(outline, &layout, column, "..", text);
    assert_string_equal(text, expected);
}

/* The last folder says more than the first. */
static void a_path_shows_its_end(void **state)
{
    struct outline outline = {.cells = {[OUTLINE_NAME] = "laptops/süd/run.json"}};
    (void)state;
    assert_written(&outline, OUTLINE_NAME, 12, "..d/run.json");
    assert_written(&outline, OUTLINE_NAME, 13, "..üd/run.json");
    assert_written(&outline, OUTLINE_NAME, 2, "la");
    assert_written(&outline, OUTLINE_NAME, 30, "laptops/süd/run.json");
    outline = (struct outline){.cells = {[OUTLINE_NAME] = "süd-süd.json"}};
    assert_written(&outline, OUTLINE_NAME, 8, "süd-sü..");
}

/* Two that differ only in that are told apart. */
static void what_is_cut_keeps_its_count(void **state)
{
    struct result result;
    made_run(&result, 2, 24 * NS_PER_S, 12 * NS_PER_S);
    struct outline outline = outline_of(&result, NULL);
    (void)state;
    assert_written(&outline, OUTLINE_WHAT, 60, "1000000! computed 110 times");
    assert_written(&outline, OUTLINE_WHAT, 14, "1000000! x 110");
    assert_written(&outline, OUTLINE_WHAT, 13, "1000000! x ..");
    assert_written(&outline, OUTLINE_WHAT, 10, "1000000!..");
    text_copy(sizeof result.plan.task, result.plan.task, "sh -c sleep 0.2 {}");
    text_copy(sizeof result.plan.title, result.plan.title,
        "sh -c 'sleep 0.2' {}, 110 files, and more than that");
    text_copy(sizeof result.plan.unit, result.plan.unit, "files");
    result.plan.tells = true;
    outline = outline_of(&result, NULL);
    assert_written(&outline, OUTLINE_WHAT, 29, "sh -c sleep 0.2 {}, 110 files");
    assert_written(&outline, OUTLINE_WHAT, 28, "sh -c sleep 0.2 {}, 110 fi..");
    assert_written(&outline, OUTLINE_WHAT, 24, "sh -c sleep.., 110 files");
    assert_written(&outline, OUTLINE_WHAT, 16, "sh .., 110 files");
    assert_written(&outline, OUTLINE_WHAT, 15, "sh -c sleep 0..");
    memset(result.plan.task, 'x', sizeof result.plan.task - 1);
    outline = outline_of(&result, NULL);
    assert_written(&outline, OUTLINE_WHAT, 20, "xxxxxxx.., 110 files");
    result.plan.iterations = 0; /* nobody knows yet */
    outline = outline_of(&result, NULL);
    assert_written(&outline, OUTLINE_WHAT, 20, "xxxxxxxxxxxxxxxxxx..");
    result_finish(&result);
}

static void three_figures(void **state)
{
    static const struct {
        double times;
        const char *text;
    } cases[] = {{0.324, "0.32"}, {1.97, "1.97"}, {9.994, "9.99"}, {9.996, "10.0"},
        {44.44, "44.4"}, {99.96, "100"}, {2048, "2048"}};
    char text[32];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        outline_format_times(cases[i].times, sizeof text, text);
        assert_string_equal(text, cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run),
        cmocka_unit_test(a_stopped_run),
        cmocka_unit_test(failures),
        cmocka_unit_test(a_sweep),
        cmocka_unit_test(a_check),
        cmocka_unit_test(programs),
        cmocka_unit_test(odd_names),
        cmocka_unit_test(columns_fit_every_width),
        cmocka_unit_test(a_path_shows_its_end),
        cmocka_unit_test(what_is_cut_keeps_its_count),
        cmocka_unit_test(three_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
