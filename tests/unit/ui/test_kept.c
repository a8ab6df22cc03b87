// SPDX-License-Identifier: MIT
#include "ui/kept.h"

#include "../experiment/made.h"

#include <stdlib.h>

#include <string.h>

enum { POINTS = 2 };

/* A sweep in its second stage, with one point so far. */
struct stand {
    struct result result;
    struct result_point points[POINTS];
    struct scene scene;
    struct kept kept;
};

static void start(struct stand *stand)
{
    *stand = (struct stand){
        .points = {{.workers = 1, .speedup = 1}, {.workers = 2, .speedup = 1.9}}};
    made_result(&stand->result, "factorial", 16, 2);
    stand->result.plan.command = PLAN_SWEEP;
    made_stage(&stand->result, RESULT_SEQUENTIAL, 0, 1, 8 * NS_PER_S);
    made_stage(&stand->result, RESULT_PARALLEL, 0, 2, 0);
    stand->result.sweep.points = stand->points;
    stand->result.sweep.point_count = 1;
    stand->scene =
        (struct scene){.result = &stand->result, .phase = SCENE_RUNNING, .stage = 1};
    kept_take(&stand->kept, &stand->scene, NS_PER_S);
}

static void finish(struct stand *stand)
{
    kept_finish(&stand->kept);
    stand->result.sweep.points = NULL;
    result_finish(&stand->result);
}

/* The run has gone on meanwhile. */
static void a_kept_result_stays(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    made_stage(&stand.result, RESULT_PARALLEL, 0, 4, 0);
    stand.result.sweep.point_count = 2;
    stand.points[0].speedup = 3;
    struct result kept = kept_result(&stand.kept);
    assert_int_equal(kept.stage_count, 2);
    assert_ptr_equal(kept.stages, stand.result.stages);
    assert_int_equal(kept.sweep.point_count, 1);
    assert_true(kept.sweep.points[0].speedup == 1);
    finish(&stand);
}

static void the_next_scene_takes_its_place(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    made_stage(&stand.result, RESULT_PARALLEL, 0, 4, 0);
    stand.result.sweep.point_count = 2;
    stand.scene.stage = 2;
    kept_take(&stand.kept, &stand.scene, 2 * NS_PER_S);
    struct result kept = kept_result(&stand.kept);
    assert_int_equal(kept.stage_count, 3);
    assert_int_equal(kept.sweep.point_count, 2);
    assert_true(kept.sweep.points[1].speedup == 1.9);
    finish(&stand);
}

static void before_the_first_stage_there_is_none(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    stand.scene.stage = -1;
    stand.scene.phase = SCENE_QUIET;
    stand.result.sweep.point_count = 0;
    kept_take(&stand.kept, &stand.scene, 2 * NS_PER_S);
    struct result kept = kept_result(&stand.kept);
    assert_int_equal(kept.stage_count, 0);
    assert_null(kept.sweep.points);
    finish(&stand);
}

/* Items change with the numbers, but what somebody asks for shows at once. */
static void items_are_kept_with_the_numbers(void **state)
{
    struct stand stand;
    struct scene_items items = {.workers = 2, .running = 2};
    (void)state;
    start(&stand);
    stand.scene.items = &items;
    kept_take(&stand.kept, &stand.scene, NS_PER_S + NS_PER_MS);
    assert_int_equal(stand.kept.scene.items->running, 2);
    items.running = 1;
    kept_take(&stand.kept, &stand.scene, NS_PER_S + 2 * NS_PER_MS);
    assert_int_equal(stand.kept.scene.items->running, 2);
    items.workers = 3;
    kept_take(&stand.kept, &stand.scene, NS_PER_S + 3 * NS_PER_MS);
    assert_int_equal(stand.kept.scene.items->workers, 3);
    assert_int_equal(stand.kept.scene.items->running, 1);
    items.running = 0;
    kept_take(&stand.kept, &stand.scene, 2 * NS_PER_S);
    assert_int_equal(stand.kept.scene.items->running, 0);
    assert_ptr_not_equal(stand.kept.scene.items, &items);
    stand.scene.items = NULL;
    kept_take(&stand.kept, &stand.scene, 2 * NS_PER_S + 1);
    assert_null(stand.kept.scene.items);
    finish(&stand);
}

/* So do whole programs, and what is settled of the plan only while items are read. */
static void kept_programs_stay(void **state)
{
    struct stand stand;
    struct result_program *programs = memory_new(2, sizeof *programs);
    (void)state;
    start(&stand);
    programs[1].ratio = 1.5;
    stand.result.programs.count = 2;
    stand.result.programs.list = programs;
    kept_take(&stand.kept, &stand.scene, 2 * NS_PER_S);
    programs[1].ratio = 3;
    stand.result.plan.iterations = 300;
    struct result kept = kept_result(&stand.kept);
    assert_int_equal(kept.programs.count, 2);
    assert_true(kept.programs.list[1].ratio == 1.5);
    assert_int_equal(kept.plan.iterations, 16);
    kept_take(&stand.kept, &stand.scene, 3 * NS_PER_S);
    kept = kept_result(&stand.kept);
    assert_true(kept.programs.list[1].ratio == 3);
    assert_int_equal(kept.plan.iterations, 300);
    finish(&stand);
}

/* Nobody knows how long a command takes before it has been run. */
/* Cells do not wait for the numbers, and neither does the part; what a frozen screen
 * shows is its own. */
static void a_check_is_kept(void **state)
{
    enum { ALONE_S = 5, SOON_MS = 100 };
    struct scene_check_cpu cpus[2] = {{.taken = true, .share = 0.5}};
    struct scene_check check = {.part = CHECK_ALONE,
        .share = 0.4,
        .elapsed_ns = ALONE_S * NS_PER_S,
        .cpus = cpus};
    struct result result;
    struct kept kept = {.axis_is_guess = false};
    (void)state;
    made_result(&result, "", 0, 2);
    struct scene scene = {
        .result = &result, .phase = SCENE_CHECKING, .stage = -1, .check = &check};
    result_check_add(&result.check)->level = CHECK_WARN;
    kept_take(&kept, &scene, NS_PER_S);
    check.elapsed_ns += SOON_MS * NS_PER_MS;
    cpus[0].share = 0.6;
    kept_take(&kept, &scene, NS_PER_S + SOON_MS * NS_PER_MS);
    assert_true(kept.scene.check->cpus != cpus && kept.scene.check->cpus[0].share == 0.6);
    assert_int_equal(kept.scene.check->elapsed_ns, ALONE_S * NS_PER_S);
    check.part = CHECK_TOGETHER;
    kept_take(&kept, &scene, NS_PER_S + 2 * SOON_MS * NS_PER_MS);
    assert_int_equal(kept.scene.check->part, CHECK_TOGETHER);
    assert_int_equal(
        kept.scene.check->elapsed_ns, ALONE_S * NS_PER_S + SOON_MS * NS_PER_MS);
    result.check.findings[0].level = CHECK_FAIL;
    result_check_add(&result.check)->level = CHECK_FAIL;
    struct result shown = kept_result(&kept);
    assert_int_equal(shown.check.finding_count, 1);
    assert_int_equal(shown.check.findings[0].level, CHECK_WARN);
    scene.check = NULL;
    kept_take(&kept, &scene, 2 * NS_PER_S);
    assert_null(kept.scene.check);
    kept_finish(&kept);
    result_finish(&result);
}

static void the_axis_is_that_of_the_first_stage(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    stand.kept.axis.end_ns = 0;
    stand.scene.stage = 0;
    stand.scene.elapsed_ns = NS_PER_S / 2;
    kept_take(&stand.kept, &stand.scene, 2 * NS_PER_S);
    assert_true(stand.kept.axis.end_ns >= 10 * NS_PER_S);
    stand.scene.elapsed_ns = stand.result.stages[0].elapsed_ns = NS_PER_S;
    stand.scene.phase = SCENE_BETWEEN;
    kept_take(&stand.kept, &stand.scene, 3 * NS_PER_S);
    assert_int_equal(stand.kept.axis.end_ns, axis_of(NS_PER_S).end_ns);
    stand.scene.stage = 1;
    stand.scene.phase = SCENE_RUNNING;
    stand.scene.elapsed_ns = 3 * NS_PER_S; /* the second is longer */
    kept_take(&stand.kept, &stand.scene, 4 * NS_PER_S);
    assert_true(stand.kept.axis.end_ns >= 3 * NS_PER_S);
    finish(&stand);
}

static void see(struct stand *stand, int stage, int64_t t_ns, int64_t now_ns)
{
    stand->scene.phase = SCENE_RUNNING;
    stand->scene.stage = stage;
    stand->scene.elapsed_ns = t_ns;
    stand->scene.expected_ns = stand->result.stages[stage].expected_ns;
    kept_take(&stand->kept, &stand->scene, now_ns);
}

/* Whoever goes back in a replay finds axis and numbers as they were there. */
static void going_back_leaves_nothing_of_later(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    kept_finish(&stand.kept);
    stand.result.stages[0].expected_ns = 4 * NS_PER_S;
    stand.result.stages[1].expected_ns = 2 * NS_PER_S;
    see(&stand, 0, NS_PER_S, NS_PER_S);
    int64_t first_end_ns = stand.kept.axis.end_ns;
    assert_true(first_end_ns >= 4 * NS_PER_S && first_end_ns < 8 * NS_PER_S);
    see(&stand, 0, 8 * NS_PER_S, NS_PER_S + 1); /* longer than expected */
    assert_true(stand.kept.axis.end_ns >= 8 * NS_PER_S);
    see(&stand, 0, 8 * NS_PER_S + 1, NS_PER_S + 2);
    assert_int_equal(stand.kept.figures.elapsed_ns, 8 * NS_PER_S); /* held */
    see(&stand, 0, 8 * NS_PER_S - 1, NS_PER_S + 3);
    assert_int_equal(stand.kept.figures.elapsed_ns, 8 * NS_PER_S - 1);
    see(&stand, 0, 2 * NS_PER_S, NS_PER_S + 4);
    assert_int_equal(stand.kept.axis.end_ns, first_end_ns);
    assert_int_equal(stand.kept.figures.elapsed_ns, 2 * NS_PER_S);
    kept_finish(&stand.kept);
    finish(&stand);
}

/* Whoever begins in its middle, or at its end, has the axis of all of it. */
static void the_axis_holds_stages_that_were_not_seen(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    kept_finish(&stand.kept);
    stand.result.stages[0].expected_ns = 4 * NS_PER_S;
    see(&stand, 0, NS_PER_S, NS_PER_S);
    see(&stand, 1, NS_PER_S, NS_PER_S + 1);
    int64_t end_ns = stand.kept.axis.end_ns;
    assert_true(end_ns >= 8 * NS_PER_S); /* what the first stage took */
    kept_finish(&stand.kept);
    see(&stand, 1, NS_PER_S, NS_PER_S);
    assert_int_equal(stand.kept.axis.end_ns, end_ns);
    finish(&stand);
}

static void kept_meters_stay(void **state)
{
    struct stand stand;
    (void)state;
    start(&stand);
    assert_null(stand.kept.scene.meters);
    size_t count = stand.result.machine.cpu_count;
    int *mhz = memory_new(count, sizeof *mhz);
    struct scene_meters meters = {.mhz = mhz, .celsius = 71, .watts = 88};
    mhz[count - 1] = 3400;
    stand.scene.meters = &meters;
    kept_take(&stand.kept, &stand.scene, NS_PER_S);
    mhz[count - 1] = 800;
    meters.celsius = 40;
    assert_int_equal(stand.kept.scene.meters->mhz[count - 1], 3400);
    assert_true(stand.kept.scene.meters->celsius == 71);
    meters.mhz = NULL;
    kept_take(&stand.kept, &stand.scene, NS_PER_S);
    assert_null(stand.kept.scene.meters->mhz);
    assert_true(stand.kept.scene.meters->celsius == 40);
    free(mhz);
    finish(&stand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kept_result_stays),
        cmocka_unit_test(the_next_scene_takes_its_place),
        cmocka_unit_test(before_the_first_stage_there_is_none),
        cmocka_unit_test(items_are_kept_with_the_numbers),
        cmocka_unit_test(kept_programs_stay),
        cmocka_unit_test(a_check_is_kept),
        cmocka_unit_test(kept_meters_stay),
        cmocka_unit_test(the_axis_is_that_of_the_first_stage),
        cmocka_unit_test(going_back_leaves_nothing_of_later),
        cmocka_unit_test(the_axis_holds_stages_that_were_not_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
