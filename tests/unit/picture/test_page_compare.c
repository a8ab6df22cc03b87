// SPDX-License-Identifier: MIT
#include "made_page.h"

static void assert_near(double number, double expected, double within)
{
    if (!(number >= expected - within && number <= expected + within))
        fail_msg("%g, not %g", number, expected);
}

static void both_stages_stand_on_one_axis(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    made_comparison(&result);
    struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
    assert_true(proof_has_text(proof, "1000000! computed 110 times"));
    assert_true(proof_has_text(proof, "AMD EPYC, 2 CPUs"));
    assert_true(proof_has_text(proof, "one after the other"));
    assert_true(proof_has_text(proof, "dt=10.000s"));
    assert_true(proof_has_text(proof, "10.0 s"));
    assert_true(proof_has_text(proof, "2 at a time"));
    assert_true(proof_has_text(proof, "dt=5.000s"));
    assert_true(proof_has_text(proof, "5.00 s"));
    assert_true(proof_has_text(proof, "Nearly all there is to get."));
    const struct proof_mark *first = proof_next(proof, PROOF_AREA, INK_BUSY, NULL);
    const struct proof_mark *second = proof_next(proof, PROOF_AREA, INK_BUSY, first);
    assert_near(second->box.x, first->box.x, 0.01);
    assert_near(second->box.width, first->box.width / 2, 0.01);
    assert_near(second->box.height, first->box.height, 0.01);
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void the_speedup_is_very_large_in_the_emptiness(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    made_comparison(&result);
    struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
    const struct proof_mark *busy = proof_next(proof, PROOF_AREA, INK_BUSY, NULL);
    busy = proof_next(proof, PROOF_AREA, INK_BUSY, busy);
    const struct proof_mark *digits = proof_find_text(proof, "2.00x");
    assert_true(digits->place.size >= 80);
    assert_true(digits->box.x > busy->box.x + busy->box.width + 10);
    assert_true(digits->box.y > busy->box.y);
    proof_destroy(proof);
    result.comparison.speedup = 0.5; /* the second is as long as the axis */
    result.stages[1].elapsed_ns = 20 * NS_PER_S;
    proof = proof_draw(&page_compare, &result, NULL, false);
    digits = proof_find_text(proof, "0.50x");
    assert_true(digits->place.size >= 30);
    assert_true(digits->box.x > proof_right_end(proof, PROOF_AREA, INK_BUSY));
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void a_doubtful_speedup_is_not_shown(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    made_comparison(&result);
    result.comparison.doubtful = true;
    struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
    assert_null(proof_find_text(proof, "2.00x"));
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void repeats_give_medians_and_an_interval(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    result.plan.repeats = 3;
    for (int i = 1; i < 3; i++) {
        made_stage(&result, RESULT_SEQUENTIAL, i, 1, (10 + i) * NS_PER_S);
        made_stage(&result, RESULT_PARALLEL, i, 2, (50 + i) * NS_PER_S / 10);
    }
    for (size_t i = 2; i < result.stage_count; i++)
        made_samples(&result, &result.stages[i], 10);
    made_comparison(&result);
    assert_true(result.comparison.has_interval);
    struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
    assert_true(proof_has_text(proof, "dt=11.000s, run 2 of 3"));
    assert_true(proof_has_text(proof, "11.0 s"));
    assert_true(proof_has_text(proof, "5.10 s"));
    assert_true(proof_has_text(proof, "median of 3"));
    assert_non_null(proof_find_text(proof, "95 %: "));
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void what_is_projected_says_so(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    struct result_stage *stage = &result.stages[0];
    stage->projected = true;
    stage->measured_ns = stage->elapsed_ns;
    stage->elapsed_ns *= 11;
    stage->done = 10;
    made_comparison(&result);
    struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
    assert_true(proof_has_text(proof, "projected from 10 of 110"));
    assert_true(proof_has_text(proof, "1 min 50 s"));
    assert_null(proof_find_text(proof, "dt=110"));
    assert_non_null(proof_find_text(proof, "~22.0x"));
    assert_true(proof_count(proof, PROOF_BOX, INK_BUSY) > 10);
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void a_stage_that_was_stopped_says_so(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    result.stages[1].complete = false;
    result.stages[1].done = 5;
    made_comparison(&result);
    struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
    assert_true(proof_has_text(proof, "stopped"));
    assert_non_null(proof_find_text(proof, "stopped after 5 of 110 tasks"));
    assert_null(proof_find_text(proof, "2.00x"));
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void the_account_is_a_bar_with_its_parts_named(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    for (int i = 0; i < 2; i++) {
        struct account_worker *times = &result.stages[1].worker_list[i].times;
        *times = (struct account_worker){.startup_ns = 100 * NS_PER_MS,
            .span_ns = 4400 * NS_PER_MS,
            .tail_ns = 500 * NS_PER_MS,
            .cpu_ns = 4400 * NS_PER_MS};
    }
    result.stages[0].cpu_ns = 8 * NS_PER_S;
    made_comparison(&result);
    struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
    const struct proof_mark *work = proof_next(proof, PROOF_BOX, INK_BUSY, NULL);
    assert_true(proof_has_text(proof, "workers work 80 %"));
    assert_true(proof_has_text(proof, "slower than alone 8 %"));
    assert_true(proof_has_text(proof, "idle at the end 10 %"));
    double whole = PAGE_WIDTH - 2 * PAGE_MARGIN - PAGE_LABELS;
    assert_near(work->box.width, 0.8 * whole, 2);
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

/* What each worker of the parallel stage did in its 5 s, 1 being all of it; the same
 * tasks one after the other took so much CPU time. */
static void spend(struct result *result, double starting, double tail, double alone_s)
{
    double span_s = 5 * (1 - starting - tail);
    for (int i = 0; i < 2; i++)
        result->stages[1].worker_list[i].times =
            (struct account_worker){.startup_ns = (int64_t)(5 * starting * NS_PER_S),
                .span_ns = (int64_t)(span_s * NS_PER_S),
                .tail_ns = (int64_t)(5 * tail * NS_PER_S),
                .cpu_ns = (int64_t)(span_s * NS_PER_S)};
    result->stages[0].cpu_ns = (int64_t)(alone_s * NS_PER_S);
    made_comparison(result);
}

static void a_term_has_its_colour_whatever_stands_beside_it(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    for (size_t starting = 0; starting < 2; starting++) {
        spend(&result, (double)starting * 0.1, 0.1, 8);
        struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
        assert_int_equal(proof_count(proof, PROOF_BOX, INK_BUSY), 1);
        assert_int_equal(proof_count(proof, PROOF_BOX, INK_STARTING), starting);
        assert_int_equal(proof_count(proof, PROOF_BOX, INK_ENDED), 1);
        assert_near(
            proof_right_end(proof, PROOF_BOX, INK_ENDED), PAGE_WIDTH - PAGE_MARGIN, 0.01);
        proof_destroy(proof);
    }
    result_finish(&result);
    (void)state;
}

static void a_line_leads_from_a_name_to_a_part_that_is_elsewhere(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    spend(&result, 0.02, 0.02, 9.6);
    struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
    const struct proof_mark *name = proof_find_text(proof, "starting 2 %");
    const struct proof_mark *part = proof_next(proof, PROOF_BOX, INK_STARTING, NULL);
    const struct proof_mark *line = proof_next(proof, PROOF_LINE, INK_IDEAL, NULL);
    assert_non_null(line);
    assert_true(name->box.x + name->box.width < part->box.x);
    assert_near(line->points[0].x, name->box.x + name->box.width, 2);
    assert_near(line->points[1].x, part->box.x + part->box.width / 2, 2);
    assert_true(line->points[1].y <= part->box.y);
    proof_destroy(proof);
    spend(&result, 0, 0.3, 7);
    proof = proof_draw(&page_compare, &result, NULL, false);
    assert_non_null(proof_find_text(proof, "idle at the end 30 %"));
    assert_int_equal(proof_count(proof, PROOF_LINE, INK_IDEAL), 0);
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void tasks_that_were_faster_than_alone_are_said_with_the_work(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    spend(&result, 0, 0.1, 10);
    struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
    assert_non_null(proof_find_text(proof, "idle at the end 10 %"));
    assert_non_null(proof_find_text(proof, "workers work 90 %, 11 % faster than alone"));
    assert_false(proof_has_text(proof, "slower"));
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_OTHER), 0);
    assert_near(
        proof_right_end(proof, PROOF_BOX, INK_ENDED), PAGE_WIDTH - PAGE_MARGIN, 0.01);
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void what_will_make_a_reader_doubt_it_is_on_the_page(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    made_comparison(&result);
    result_remark(&result, "Before the start other programs used 1.0 of 2 CPUs.");
    result_remark(&result, "The clock went back.");
    struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
    const struct proof_mark *remarks = proof_find_text(
        proof, "Before the start other programs used 1.0 of 2 CPUs. The clock went");
    const struct proof_mark *sentence = proof_find_text(proof, "Nearly all there is");
    assert_int_equal(remarks->ink, INK_NOTE);
    assert_true(remarks->box.y + remarks->box.height < sentence->box.y);
    proof_destroy(proof);
    for (int i = 0; i < 9; i++)
        result_remark(&result, "%0300d", i);
    proof_pass(&page_compare, &result, NULL);
    result_finish(&result);
    (void)state;
}

static void a_headline_says_how_many(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    text_copy(sizeof result.plan.title, result.plan.title,
        "wwwwwwwwww wwwwwwwwww wwwwwwwwww wwwwwwwwww wwwwwwwwww wwwwwwwwww, 24 items");
    text_copy(sizeof result.machine.cpu_name, result.machine.cpu_name,
        "Very large machine of many packages XYZ-9000 Processor with a long name");
    struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
    assert_non_null(proof_find_text(proof, "…, 24 items"));
    assert_non_null(proof_find_text(proof, "…, 2 CPUs"));
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void one_stage_stands_alone(void **state)
{
    struct result result;
    made_result(&result, "sleep", 300, 2);
    result.plan.command = PLAN_MAP;
    text_copy(sizeof result.plan.log, result.plan.log, "/home/anne/run.jsonl");
    struct result_stage *stage = made_stage(&result, RESULT_PARALLEL, 0, 2, 4 * NS_PER_S);
    made_samples(&result, stage, 10);
    made_busy(stage, 0, RESULT_USER, 0.9);
    stage->done = 299;
    stage->failed = 1;
    struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
    assert_true(proof_has_text(proof, "2 at a time"));
    assert_true(proof_has_text(proof, "299"));
    assert_true(proof_has_text(proof, "failed"));
    assert_true(proof_has_text(proof, "0.9"));
    assert_true(proof_has_text(proof, "of 2 CPUs busy"));
    assert_null(proof_find_text(proof, "anne"));
    assert_null(proof_find_text(proof, "one after the other"));
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void what_was_not_begun_is_said(void **state)
{
    struct result result;
    made_result(&result, "factorial", 110, 2);
    struct proof *proof = proof_draw(&page_compare, &result, NULL, false);
    assert_true(proof_has_text(proof, "Stopped before the first task."));
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void a_page_is_whole_whatever_the_machine(void **state)
{
    static const int counts[] = {1, 2, 4, 12, 64, 128, 256, 1024, 4096};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct result result;
        made_run(&result, &(struct made_shape){.cpus = counts[i], .siblings = 2});
        for (int j = 0; j < counts[i]; j++) {
            made_busy(&result.stages[1], (size_t)j, RESULT_USER, 0.5);
            made_busy(&result.stages[1], (size_t)j, RESULT_SYSTEM, 0.2);
            made_busy(&result.stages[1], (size_t)j, RESULT_IRQ, 0.2);
            made_busy(&result.stages[1], (size_t)j, RESULT_STEAL, 0.1);
        }
        made_comparison(&result);
        proof_pass(&page_compare, &result, NULL);
        result_finish(&result);
    }
    (void)state;
}

static void strange_numbers_stay_on_the_page(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    made_comparison(&result);
    struct result_comparison *comparison = &result.comparison;
    comparison->has_interval = true;
    comparison->speedup = comparison->interval_high = 1e15;
    proof_pass(&page_compare, &result, NULL);
    comparison->speedup = 0;
    memset(comparison->sentence, 'W', sizeof comparison->sentence - 1);
    memset(result.plan.title, '\xff', sizeof result.plan.title - 1);
    proof_pass(&page_compare, &result, NULL);
    for (int i = 0; i < 2; i++) {
        result.stages[i].elapsed_ns = i == 0 ? 0 : INT64_MAX / 2;
        result.stages[i].workers = INT32_MAX;
        result.stages[i].repeat = result.plan.repeats = INT32_MAX - 1;
        result.stages[i].projected = i == 0;
        result.stages[i].done = result.plan.iterations = INT64_MAX / 4;
    }
    proof_pass(&page_compare, &result, NULL);
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_stages_stand_on_one_axis),
        cmocka_unit_test(the_speedup_is_very_large_in_the_emptiness),
        cmocka_unit_test(a_doubtful_speedup_is_not_shown),
        cmocka_unit_test(repeats_give_medians_and_an_interval),
        cmocka_unit_test(what_is_projected_says_so),
        cmocka_unit_test(a_stage_that_was_stopped_says_so),
        cmocka_unit_test(the_account_is_a_bar_with_its_parts_named),
        cmocka_unit_test(a_term_has_its_colour_whatever_stands_beside_it),
        cmocka_unit_test(a_line_leads_from_a_name_to_a_part_that_is_elsewhere),
        cmocka_unit_test(tasks_that_were_faster_than_alone_are_said_with_the_work),
        cmocka_unit_test(what_will_make_a_reader_doubt_it_is_on_the_page),
        cmocka_unit_test(a_headline_says_how_many),
        cmocka_unit_test(one_stage_stands_alone),
        cmocka_unit_test(what_was_not_begun_is_said),
        cmocka_unit_test(a_page_is_whole_whatever_the_machine),
        cmocka_unit_test(strange_numbers_stay_on_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
