// SPDX-License-Identifier: MIT
/* Of every kind of result the page that is about it, in every form, always the same. */
#include "picture/picture.h"

#include <stdlib.h>

#include "../experiment/made_check.h"
#include "picture/page.h"

enum { CPUS = 4, SAMPLES = 20, FORMS = PAPER_PDF + 1 };

/* What is measured meanwhile. */
static void add_samples(struct result_stage *stage)
{
    stage->cpu_count = CPUS;
    stage->cpus = memory_new(CPUS, sizeof *stage->cpus);
    for (int cpu = 0; cpu < CPUS; cpu++)
        stage->cpus[cpu] = (struct result_cpu){.id = cpu, .busy = 0.75, .user = 0.75};
    stage->samples.period_ns = stage->elapsed_ns / SAMPLES;
    for (int i = 1; i <= SAMPLES; i++) {
        size_t sample =
            result_samples_add(&stage->samples, CPUS, stage->elapsed_ns / SAMPLES * i);
        for (size_t cpu = 0; cpu < CPUS; cpu++)
            result_samples_set(
                &stage->samples, CPUS, sample, cpu, RESULT_USER, 0.2 * (double)(cpu + 1));
    }
}

static void add_stage(
    struct result *result, enum result_stage_kind kind, int workers, int64_t elapsed_ns)
{
    struct result_stage *stage = made_stage(result, kind, 0, workers, elapsed_ns);
    add_samples(stage);
    for (int64_t i = 0; i < 10; i++)
        made_record(stage, i, elapsed_ns / 10, 7);
}

static void make_run(struct result *result)
{
    made_result(result, "factorial", 10, CPUS);
    text_copy(sizeof result->plan.title, result->plan.title, "factorial");
    add_stage(result, RESULT_SEQUENTIAL, 1, 8 * NS_PER_S);
    add_stage(result, RESULT_PARALLEL, CPUS, 3 * NS_PER_S);
    result->comparison = (struct result_comparison){.has = true,
        .pairs = 1,
        .sequential_ns = 8 * NS_PER_S,
        .parallel_ns = 3 * NS_PER_S,
        .speedup = 8 / 3.0,
        .bound = 4,
        .efficiency = 2 / 3.0,
        .karp_flatt = 0.16,
        .sentence = "2.67 times as fast."};
}

static void make_cut_run(struct result *result)
{
    made_result(result, "factorial", 10, CPUS);
    add_stage(result, RESULT_SEQUENTIAL, 1, 8 * NS_PER_S);
    result->stages->complete = false;
    result->stages->done = 3;
}

static void make_map(struct result *result)
{
    made_result(result, "", 10, CPUS);
    result->plan.command = PLAN_MAP;
    add_stage(result, RESULT_PARALLEL, CPUS, 3 * NS_PER_S);
}

static void make_watch(struct result *result)
{
    made_result(result, "", 0, CPUS);
    result->plan.command = PLAN_WATCH;
    add_samples(made_stage(result, RESULT_WATCHED, 0, 0, 3 * NS_PER_S));
}

static void make_pointless_sweep(struct result *result)
{
    made_result(result, "factorial", 10, CPUS);
    result->plan.command = PLAN_SWEEP;
    add_stage(result, RESULT_SEQUENTIAL, 1, 8 * NS_PER_S);
}

static void make_sweep(struct result *result)
{
    make_pointless_sweep(result);
    result->sweep = (struct result_sweep){.has = true, .point_count = CPUS};
    result->sweep.points = memory_new(CPUS, sizeof *result->sweep.points);
    for (int i = 0; i < CPUS; i++) {
        add_stage(result, RESULT_PARALLEL, i + 1, 8 * NS_PER_S / (i + 1));
        result->sweep.points[i] = (struct result_point){.workers = i + 1,
            .repeats = 1,
            .elapsed_ns = 8 * NS_PER_S / (i + 1),
            .speedup = i + 1,
            .efficiency = 1,
            .karp_flatt = 0};
    }
}

static void make_unrun_versus(struct result *result)
{
    made_result(result, "", 0, CPUS);
    result->plan.command = PLAN_VERSUS;
    result->programs.count = 2;
    result->programs.list = memory_new(2, sizeof *result->programs.list);
    for (int i = 0; i < 2; i++) {
        struct result_program *program = &result->programs.list[i];
        *program = (struct result_program){.failed = true, .signal = 9};
        text_copy(sizeof program->text, program->text, i ? "sort -u" : "sort");
    }
}

static void make_versus(struct result *result)
{
    make_unrun_versus(result);
    for (int i = 0; i < 2; i++) {
        add_stage(result, RESULT_PROGRAM, 1, (i + 1) * NS_PER_S);
        result->stages[i].program = i;
        result->programs.list[i].failed = false;
        result->programs.list[i].repeats = 1;
        result->programs.list[i].elapsed_ns = (i + 1) * NS_PER_S;
        result->programs.list[i].ratio = 1 / (i + 1.0);
    }
}

static void make_check(struct result *result)
{
    made_check(result, CPUS);
    judge_made(result);
    add_samples(made_stage(result, RESULT_WATCHED, 0, 0, 3 * NS_PER_S));
}

static void make_nothing(struct result *result)
{
    made_result(result, "factorial", 10, CPUS);
}

static void make_void(struct result *result)
{
    result_init(result);
}

static const struct {
    const char *name;
    void (*make)(struct result *result);
    const struct page_ops *page; /* that PICTURE_RESULT is */
} kinds[] = {{"run", make_run, &page_compare}, {"cut run", make_cut_run, &page_compare},
    {"map", make_map, &page_compare}, {"watch", make_watch, &page_compare},
    {"sweep", make_sweep, &page_sweep},
    {"pointless sweep", make_pointless_sweep, &page_compare},
    {"versus", make_versus, &page_programs},
    {"unrun versus", make_unrun_versus, &page_programs},
    {"check", make_check, &page_check}, {"nothing", make_nothing, &page_compare},
    {"void", make_void, &page_compare}};

enum { KINDS = sizeof kinds / sizeof *kinds };

static char *draw(
    const struct result *result, const struct picture_setup *setup, size_t *ret_size)
{
    char *data = NULL;
    struct fault fault;
    if (picture_write(result, setup, &data, ret_size, &fault) < 0)
        fail_msg("%s", fault.text);
    assert_non_null(data);
    return data;
}

static void expect_same_twice(
    const char *name, const struct result *result, const struct picture_setup *setup)
{
    size_t size, again_size;
    char *data = draw(result, setup, &size), *again = draw(result, setup, &again_size);
    if (size != again_size || memcmp(data, again, size) != 0)
        fail_msg("%s: picture %d in form %d is another one the second time", name,
            (int)setup->kind, (int)setup->form);
    free(data);
    free(again);
}

/* The result, its tasks, each of its stages. */
static void draw_all(
    const char *name, const struct result *result, enum paper_form form, bool dark)
{
    struct picture_setup setup = {.form = form, .dark = dark};
    for (setup.kind = PICTURE_RESULT; setup.kind <= PICTURE_TASKS; setup.kind++)
        expect_same_twice(name, result, &setup);
    setup.kind = PICTURE_STAGE;
    for (size_t i = 0; i < result->stage_count; i++) {
        setup.stage = &result->stages[i];
        expect_same_twice(name, result, &setup);
    }
}

static void every_result_is_drawn_in_every_form(void **state)
{
    (void)state;
    for (int i = 0; i < KINDS; i++)
        for (int form = 0; form < FORMS; form++) {
            struct result result;
            kinds[i].make(&result);
            draw_all(kinds[i].name, &result, (enum paper_form)form, form % 2);
            result_finish(&result);
        }
}

/* As one kind of page draws it. */
static char *draw_page(const struct page_ops *ops, const struct result *result,
    const struct result_stage *stage)
{
    const struct paper_setup setup = {
        .form = PAPER_SVG, .width = PAGE_WIDTH, .height = PAGE_HEIGHT};
    struct paper *paper;
    struct fault fault;
    char *data;
    size_t size;
    assert_int_equal(paper_create(&setup, &paper, &fault), 0);
    ops->draw(&(struct page){paper_drawing(paper), result, stage});
    assert_int_equal(paper_finish(paper, &data, &size, &fault), 0);
    paper_destroy(paper);
    return data;
}

static void expect_page(const struct result *result, const struct picture_setup *setup,
    const struct page_ops *page)
{
    size_t size;
    char *data = draw(result, setup, &size);
    char *expected = draw_page(page, result, setup->stage);
    assert_string_equal(data, expected);
    free(data);
    free(expected);
}

static void page_is_the_one_about_it(void **state)
{
    (void)state;
    for (int i = 0; i < KINDS; i++) {
        struct result result;
        kinds[i].make(&result);
        expect_page(
            &result, &(struct picture_setup){.kind = PICTURE_RESULT}, kinds[i].page);
        expect_page(&result, &(struct picture_setup){.kind = PICTURE_TASKS}, &page_tasks);
        for (size_t stage = 0; stage < result.stage_count; stage++)
            expect_page(&result,
                &(struct picture_setup){
                    .kind = PICTURE_STAGE, .stage = &result.stages[stage]},
                &page_stage);
        result_finish(&result);
    }
}

/* Kinds of pages differ, or the tests above would say nothing. */
static void pages_are_not_the_same(void **state)
{
    struct result result;
    (void)state;
    make_run(&result);
    char *compared = draw_page(&page_compare, &result, NULL);
    char *tasks = draw_page(&page_tasks, &result, NULL);
    char *first = draw_page(&page_stage, &result, &result.stages[0]);
    char *second = draw_page(&page_stage, &result, &result.stages[1]);
    assert_string_not_equal(compared, tasks);
    assert_string_not_equal(compared, first);
    assert_string_not_equal(first, second);
    free(second);
    free(first);
    free(tasks);
    free(compared);
    result_finish(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_result_is_drawn_in_every_form),
        cmocka_unit_test(page_is_the_one_about_it),
        cmocka_unit_test(pages_are_not_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
