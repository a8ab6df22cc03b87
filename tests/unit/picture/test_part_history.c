// SPDX-License-Identifier: MIT
#include "picture/part_history.h"

#include "made_page.h"

#include <math.h>

static const struct drawing_box box = {120, 100, 700, 300};

static void draw(const struct page *page)
{
    part_history_draw(
        page, &(struct part_history){box, page->stage, axis_of(page->stage->elapsed_ns)});
}

static const struct page_ops alone = {.draw = draw};

static void assert_near(double number, double expected)
{
    if (!(fabs(number - expected) <= 1))
        fail_msg("%g, not %g", number, expected);
}

/* The whole of all that is of one ink. */
static double sum_of(const struct proof *proof, enum ink ink)
{
    const struct proof_mark *mark = NULL;
    double sum = 0;
    while ((mark = proof_next(proof, PROOF_AREA, ink, mark)))
        for (size_t i = 0, j = mark->count - 1; i < mark->count; j = i++)
            sum += (mark->points[j].x - mark->points[i].x) *
                   (mark->points[j].y + mark->points[i].y) / 2;
    return fabs(sum);
}

static void length_is_time_and_height_is_what_is_busy(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    struct proof *proof = proof_draw(&alone, &result, &result.stages[0], false);
    const struct proof_mark *busy = proof_next(proof, PROOF_AREA, INK_BUSY, NULL);
    assert_near(busy->box.x, box.x);
    assert_near(busy->box.width, 700);
    assert_near(busy->box.y, box.y);
    assert_near(busy->box.height, 146);
    assert_int_equal(busy->count, 4); /* what is equal is one step */
    assert_null(proof_next(proof, PROOF_AREA, INK_BUSY, busy));
    assert_int_equal(proof_count(proof, PROOF_AREA, INK_EMPTY), 2);
    assert_true(proof_has_text(proof, "CPU 0"));
    assert_true(proof_has_text(proof, "CPU 1"));
    proof_destroy(proof);
    for (size_t i = 0; i < 10; i++)
        result_samples_set(&result.stages[0].samples, 2, i, 0, RESULT_USER, 0.5);
    proof = proof_draw(&alone, &result, &result.stages[0], false);
    if (fabs(sum_of(proof, INK_BUSY) - 0.75 * 700 * 146) > 200)
        fail_msg("an area of %g", sum_of(proof, INK_BUSY));
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void a_gap_is_not_idle(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 1});
    struct result_stage *stage = &result.stages[0];
    for (size_t i = 5; i < 10; i++)
        result_samples_set(&stage->samples, 1, i, 0, RESULT_ABSENT, 1);
    struct proof *proof = proof_draw(&alone, &result, stage, false);
    const struct proof_mark *first = proof_next(proof, PROOF_AREA, INK_EMPTY, NULL);
    const struct proof_mark *second = proof_next(proof, PROOF_AREA, INK_EMPTY, first);
    assert_near(first->box.width, 175);
    assert_near(second->box.x, box.x + 350);
    assert_int_equal(proof_count(proof, PROOF_AREA, INK_BUSY), 2);
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static unsigned draw_for_inks(const struct page *page)
{
    return part_history_draw(
        page, &(struct part_history){box, page->stage, axis_of(page->stage->elapsed_ns)});
}

static void expect_system(const struct page *page)
{
    assert_int_equal(draw_for_inks(page), 1U << INK_SYSTEM);
}

static void expect_all(const struct page *page)
{
    assert_int_equal(
        draw_for_inks(page), 1U << INK_SYSTEM | 1U << INK_IRQ | 1U << INK_STEAL);
}

static void modes_are_told_apart_where_they_count(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 4});
    struct result_stage *stage = &result.stages[0];
    made_busy(stage, 0, RESULT_USER, 0.5);
    made_busy(stage, 0, RESULT_SYSTEM, 0.25);
    made_busy(stage, 1, RESULT_SYSTEM, 0.04); /* too little */
    const struct page_ops one = {.draw = expect_system}, all = {.draw = expect_all};
    struct proof *proof = proof_draw(&one, &result, stage, false);
    const struct proof_mark *system = proof_next(proof, PROOF_AREA, INK_SYSTEM, NULL);
    const struct proof_mark *busy = proof_next(proof, PROOF_AREA, INK_BUSY, NULL);
    assert_near(busy->box.height, 0.75 * 71);
    assert_near(system->box.height, 0.25 * 71);
    assert_near(system->box.y, busy->box.y); /* the upper part of it */
    assert_int_equal(proof_count(proof, PROOF_AREA, INK_SYSTEM), 1);
    proof_destroy(proof);
    made_busy(stage, 2, RESULT_IRQ, 0.1);
    made_busy(stage, 3, RESULT_STEAL, 0.3);
    made_busy(stage, 3, RESULT_USER, 0.3);
    proof = proof_draw(&all, &result, stage, false);
    const struct proof_mark *steal = proof_next(proof, PROOF_AREA, INK_STEAL, NULL);
    assert_near(steal->box.height, 0.3 * 71);
    assert_near(steal->box.y + steal->box.height, box.y + 300 - 4 - 0.3 * 71);
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void one_cpu_of_very_many_is_seen(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 1024});
    struct proof *proof = proof_draw(&alone, &result, &result.stages[0], false);
    const struct proof_mark *busy = proof_next(proof, PROOF_AREA, INK_BUSY, NULL);
    assert_true(busy->box.height >= 0.5);
    assert_null(proof_next(proof, PROOF_AREA, INK_BUSY, busy));
    const struct proof_mark *row = NULL;
    while ((row = proof_next(proof, PROOF_AREA, INK_EMPTY, row)))
        assert_true(row->box.height >= 2.5);
    assert_true(proof_has_text(proof, "0-63"));
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void numbers_say_what_they_count_where_there_is_room(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 64});
    struct proof *proof = proof_draw(&alone, &result, &result.stages[1], false);
    assert_true(proof_has_text(proof, "CPU 0-3"));
    assert_true(proof_has_text(proof, "CPU 60-63"));
    assert_null(proof_find_text(proof, "CPU CPU"));
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void rows_are_alike_and_stay_in_the_box(void **state)
{
    static const int counts[] = {1, 3, 7, 12, 36, 64, 100, 128, 255, 384, 1024, 2048};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct result result;
        made_run(&result,
            &(struct made_shape){.cpus = counts[i], .siblings = 1 + counts[i] % 2});
        struct proof *proof = proof_draw(&alone, &result, &result.stages[1], false);
        const struct proof_mark *row = NULL;
        double height = proof_next(proof, PROOF_AREA, INK_BUSY, NULL)->box.height;
        double end_y = box.y;
        while ((row = proof_next(proof, PROOF_AREA, INK_BUSY, row))) {
            assert_near(row->box.height, height);
            assert_true(row->box.y >= end_y - 0.01);
            end_y = row->box.y + row->box.height;
        }
        assert_true(end_y <= box.y + box.height);
        if (!(end_y >= box.y + 0.7 * box.height))
            fail_msg("%d CPUs end at %g", counts[i], end_y);
        proof_destroy(proof);
        result_finish(&result);
    }
    (void)state;
}

static void siblings_stand_together_under_their_core(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 4, .siblings = 2});
    struct proof *proof = proof_draw(&alone, &result, &result.stages[1], false);
    assert_true(proof_has_text(proof, "core 0"));
    assert_true(proof_has_text(proof, "core 1"));
    assert_null(proof_find_text(proof, "CPU"));
    assert_int_equal(proof_count(proof, PROOF_AREA, INK_BUSY), 4);
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void what_is_projected_is_striped(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    struct result_stage *stage = &result.stages[0];
    stage->projected = true;
    stage->measured_ns = stage->elapsed_ns;
    stage->elapsed_ns *= 4;
    struct proof *proof = proof_draw(&alone, &result, stage, false);
    const struct proof_mark *busy = proof_next(proof, PROOF_AREA, INK_BUSY, NULL);
    assert_near(busy->box.width, 700 / 4.0);
    size_t stripes = proof_count(proof, PROOF_BOX, INK_BUSY);
    assert_in_range(stripes, 50, 200);
    assert_near(proof_right_end(proof, PROOF_BOX, INK_BUSY), box.x + 700);
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void without_samples_there_is_but_the_length(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    struct result_stage *stage = &result.stages[1];
    stage->samples.count = 0;
    struct proof *proof = proof_draw(&alone, &result, stage, false);
    assert_near(proof_right_end(proof, PROOF_BOX, INK_BUSY), box.x + 700);
    assert_true(proof_has_text(proof, "no samples of the CPUs"));
    assert_null(proof_find_text(proof, "CPU 0"));
    proof_destroy(proof);
    stage->elapsed_ns = 0;
    proof_pass(&alone, &result, stage);
    stage->elapsed_ns = INT64_MAX;
    proof_pass(&alone, &result, stage);
    machine_finish(&result.machine);
    result.machine = (struct machine){0};
    proof_pass(&alone, &result, &result.stages[0]);
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(length_is_time_and_height_is_what_is_busy),
        cmocka_unit_test(a_gap_is_not_idle),
        cmocka_unit_test(modes_are_told_apart_where_they_count),
        cmocka_unit_test(one_cpu_of_very_many_is_seen),
        cmocka_unit_test(numbers_say_what_they_count_where_there_is_room),
        cmocka_unit_test(rows_are_alike_and_stay_in_the_box),
        cmocka_unit_test(siblings_stand_together_under_their_core),
        cmocka_unit_test(what_is_projected_is_striped),
        cmocka_unit_test(without_samples_there_is_but_the_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
