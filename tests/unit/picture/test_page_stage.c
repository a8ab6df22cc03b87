// SPDX-License-Identifier: MIT
#include "made_page.h"

static void a_stage_has_an_axis_of_its_own(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    struct proof *proof = proof_draw(&page_stage, &result, &result.stages[1], false);
    assert_true(proof_has_text(proof, "1000000! computed 110 times"));
    assert_true(proof_has_text(proof, "2 at a time"));
    assert_true(proof_has_text(proof, "dt=5.000s"));
    assert_true(proof_has_text(proof, "5.00 s"));
    assert_true(proof_has_text(proof, "5")); /* the axis's last label */
    assert_true(proof_has_text(proof, "2.0"));
    assert_true(proof_has_text(proof, "of 2 CPUs busy"));
    assert_true(proof_has_text(proof, "110"));
    assert_true(proof_has_text(proof, "of 110 tasks done"));
    assert_null(proof_find_text(proof, "one after the other"));
    const struct proof_mark *busy = proof_next(proof, PROOF_AREA, INK_BUSY, NULL);
    assert_true(busy->box.width >= 600);
    assert_true(busy->box.height >= 120);
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void modes_are_named_beside_their_colours(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    struct proof *proof = proof_draw(&page_stage, &result, &result.stages[0], false);
    assert_null(proof_find_text(proof, "system"));
    assert_null(proof_find_text(proof, "user"));
    proof_destroy(proof);
    made_busy(&result.stages[0], 1, RESULT_SYSTEM, 0.2);
    made_busy(&result.stages[0], 1, RESULT_STEAL, 0.2);
    proof = proof_draw(&page_stage, &result, &result.stages[0], false);
    assert_true(proof_has_swatch(proof, INK_BUSY, "user"));
    assert_true(proof_has_swatch(proof, INK_SYSTEM, "system"));
    assert_true(proof_has_swatch(proof, INK_STEAL, "stolen by the host"));
    assert_true(
        proof_find_text(proof, "user")->box.x < proof_find_text(proof, "system")->box.x);
    assert_null(proof_find_text(proof, "interrupts"));
    proof_destroy(proof);
    proof_pass(&page_stage, &result, &result.stages[0]);
    result_finish(&result);
    (void)state;
}

static void remarks_stand_at_the_foot(void **state)
{
    struct result result;
    made_run(&result, &(struct made_shape){.cpus = 2});
    result_remark(&result, "Before the start other programs used 1.0 of 2 CPUs.");
    struct proof *proof = proof_draw(&page_stage, &result, &result.stages[0], false);
    const struct proof_mark *remarks = proof_find_text(proof, "Before the start");
    assert_int_equal(remarks->ink, INK_NOTE);
    assert_true(remarks->box.y > PAGE_HEIGHT - PAGE_MARGIN - 2 * PAGE_MEDIUM);
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void what_was_only_watched_has_no_tasks(void **state)
{
    struct result result;
    made_result(&result, "sleep", 0, 2);
    struct result_stage *stage = made_stage(&result, RESULT_WATCHED, 0, 0, NS_PER_S);
    made_samples(&result, stage, 10);
    struct proof *proof = proof_draw(&page_stage, &result, stage, false);
    assert_true(proof_has_text(proof, "the machine alone"));
    assert_null(proof_find_text(proof, "done"));
    assert_null(proof_find_text(proof, "stopped"));
    proof_destroy(proof);
    result_finish(&result);
    (void)state;
}

static void a_page_is_whole_whatever_the_machine(void **state)
{
    static const int counts[] = {1, 6, 20, 48, 64, 192, 1024, 4096};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct result result;
        made_run(&result, &(struct made_shape){.cpus = counts[i]});
        result.stages[1].failed = INT64_C(1) << 53;
        result.plan.iterations = result.stages[1].done = INT64_C(1) << 53;
        proof_pass(&page_stage, &result, &result.stages[1]);
        result_finish(&result);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stage_has_an_axis_of_its_own),
        cmocka_unit_test(modes_are_named_beside_their_colours),
        cmocka_unit_test(remarks_stand_at_the_foot),
        cmocka_unit_test(what_was_only_watched_has_no_tasks),
        cmocka_unit_test(a_page_is_whole_whatever_the_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
