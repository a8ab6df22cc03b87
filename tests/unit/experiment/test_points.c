// SPDX-License-Identifier: MIT
#include "experiment/points.h"

#include "made.h"

#include <math.h>
#include <stdlib.h>

/* A sweep over 1, 2 and 4 workers on two CPUs. */
struct stand {
    struct result result;
    struct result_point measured[3];
    struct scene scene;
    struct points points;
};

static void init(struct stand *stand, int repeats)
{
    static const int planned[] = {1, 2, 4};
    *stand = (struct stand){.scene = {.phase = SCENE_RUNNING, .stage = -1}};
    made_result(&stand->result, "factorial", 16, 2);
    struct plan *plan = &stand->result.plan;
    plan->command = PLAN_SWEEP;
    plan->host_cpus = 2;
    plan->repeats = repeats;
    plan->point_count = 3;
    memcpy(plan->points, planned, sizeof planned);
    stand->result.sweep.points = stand->measured;
    stand->scene.result = &stand->result;
}

static void run(struct stand *stand, int workers, int64_t elapsed_ns)
{
    enum result_stage_kind kind = workers == 1 ? RESULT_SEQUENTIAL : RESULT_PARALLEL;
    struct result_stage *stage = made_stage(&stand->result, kind, 0, workers, elapsed_ns);
    stage->complete = elapsed_ns > 0;
    stand->scene.stage = (int)stand->result.stage_count - 1;
    stand->scene.phase = stage->complete ? SCENE_BETWEEN : SCENE_RUNNING;
}

static void measure(struct stand *stand, int workers, int64_t elapsed_ns)
{
    struct result_sweep *sweep = &stand->result.sweep;
    double first_ns = (double)elapsed_ns;
    int repeats = 0;
    if (sweep->point_count > 0)
        first_ns = (double)sweep->points[0].elapsed_ns;
    for (size_t i = 0; i < stand->result.stage_count; i++)
        repeats += stand->result.stages[i].workers == workers &&
                   stand->result.stages[i].complete;
    sweep->points[sweep->point_count++] = (struct result_point){.workers = workers,
        .elapsed_ns = elapsed_ns,
        .repeats = repeats,
        .speedup = first_ns / (double)elapsed_ns};
}

static void finish(struct stand *stand)
{
    points_finish(&stand->points);
    stand->result.sweep.points = NULL;
    result_finish(&stand->result);
}

static void expect_spread(const struct stand *stand, const char *expected)
{
    char text[80];
    points_describe_spread(&stand->points, sizeof text, text);
    assert_string_equal(text, expected);
}

static void what_is_planned_is_there_from_the_start(void **state)
{
    struct stand stand;
    (void)state;
    init(&stand, 1);
    stand.result.plan.points[0] = 2; /* one worker is there in any case */
    points_init(&stand.points, &stand.scene);
    assert_int_equal(stand.points.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(stand.points.list[i].workers, 1 << i);
        assert_null(stand.points.list[i].result);
        assert_false(stand.points.list[i].running);
        assert_int_equal(stand.points.list[i].runs, 0);
    }
    assert_true(points_highest(&stand.points) == 0);
    assert_int_equal(points_coming_ns(&stand.points, &stand.scene), -1);
    finish(&stand);
}

static void the_one_that_runs_is_known(void **state)
{
    struct stand stand;
    (void)state;
    init(&stand, 1);
    run(&stand, 1, 8 * NS_PER_S);
    measure(&stand, 1, 8 * NS_PER_S);
    run(&stand, 2, 0);
    points_init(&stand.points, &stand.scene);
    assert_true(stand.points.list[1].running);
    assert_int_equal(stand.points.list[1].runs, 0);
    assert_int_equal(stand.points.list[0].runs, 1);
    assert_false(stand.points.list[0].running);
    assert_true(points_highest(&stand.points) == 1);
    finish(&stand);
}

/* A stage is there before it is known how many workers were asked for. */
static void one_about_to_start_is_no_other_point(void **state)
{
    struct stand stand;
    (void)state;
    init(&stand, 1);
    run(&stand, 1, 8 * NS_PER_S);
    measure(&stand, 1, 8 * NS_PER_S);
    run(&stand, 2, 0);
    stand.result.stages[1].workers_asked = 0;
    points_init(&stand.points, &stand.scene);
    assert_int_equal(stand.points.count, 3);
    assert_true(points_find(&stand.points, 2)->running);
    finish(&stand);
}

/* Looked at as it was in the middle of a run, which is over by now. */
static void what_came_after_the_scene_does_not_count(void **state)
{
    struct stand stand;
    (void)state;
    init(&stand, 2);
    run(&stand, 1, 8 * NS_PER_S);
    measure(&stand, 1, 8 * NS_PER_S);
    run(&stand, 2, 4 * NS_PER_S);
    run(&stand, 2, 5 * NS_PER_S);
    measure(&stand, 2, 4 * NS_PER_S);
    stand.scene.stage = 1;
    stand.scene.phase = SCENE_RUNNING;
    points_init(&stand.points, &stand.scene);
    assert_true(stand.points.list[1].running);
    assert_int_equal(stand.points.list[1].runs, 0);
    assert_false(stand.points.list[1].has_spread);
    assert_int_equal(points_runs_done(&stand.points), 1);
    finish(&stand);
}

/* What is over counts as it was, what is to come by the sequential time. */
static void what_is_to_come_is_estimated(void **state)
{
    struct stand stand;
    (void)state;
    init(&stand, 2);
    run(&stand, 1, 8 * NS_PER_S);
    measure(&stand, 1, 8 * NS_PER_S);
    run(&stand, 2, 5 * NS_PER_S);
    measure(&stand, 2, 5 * NS_PER_S);
    run(&stand, 4, 0);
    points_init(&stand.points, &stand.scene);
    /* one more of one and of two, and one of four at the most that two CPUs give */
    assert_int_equal(
        points_coming_ns(&stand.points, &stand.scene), (8 + 5 + 4) * NS_PER_S);
    assert_int_equal(points_runs_done(&stand.points), 2);
    assert_int_equal(points_runs(&stand.points, &stand.result.plan), 6);
    finish(&stand);
}

static void a_range_is_of_two_runs_at_least(void **state)
{
    struct stand stand;
    (void)state;
    init(&stand, 2);
    run(&stand, 1, 8 * NS_PER_S);
    run(&stand, 2, 4 * NS_PER_S);
    run(&stand, 2, 5 * NS_PER_S);
    measure(&stand, 1, 8 * NS_PER_S);
    measure(&stand, 2, 4 * NS_PER_S);
    points_init(&stand.points, &stand.scene);
    assert_false(stand.points.list[0].has_spread);
    assert_true(stand.points.list[1].has_spread);
    assert_true(fabs(stand.points.list[1].low - 1.6) < 1e-9);
    assert_true(fabs(stand.points.list[1].high - 2) < 1e-9);
    expect_spread(&stand, "from the slowest run to the fastest, 2 runs each");
    points_finish(&stand.points);
    stand.result.stages[2].failed = 1; /* it tells nothing of its time */
    points_init(&stand.points, &stand.scene);
    assert_int_equal(stand.points.list[1].runs, 2);
    assert_false(stand.points.list[1].has_spread);
    expect_spread(&stand, "");
    finish(&stand);
}

/* What one is of all are: side by side they would be taken for the same. */
static void spreads_are_of_one_kind(void **state)
{
    struct stand stand;
    (void)state;
    init(&stand, 3);
    run(&stand, 1, 8 * NS_PER_S);
    run(&stand, 1, 9 * NS_PER_S);
    run(&stand, 2, 4 * NS_PER_S);
    run(&stand, 2, 5 * NS_PER_S);
    run(&stand, 4, 3 * NS_PER_S);
    measure(&stand, 1, 8 * NS_PER_S);
    measure(&stand, 2, 4 * NS_PER_S);
    measure(&stand, 4, 3 * NS_PER_S);
    points_init(&stand.points, &stand.scene);
    assert_int_equal(stand.points.spread, POINTS_RANGE);
    assert_true(stand.points.list[0].has_spread);
    points_finish(&stand.points);
    stand.measured[1].has_interval = stand.measured[2].has_interval = true;
    points_init(&stand.points, &stand.scene);
    assert_int_equal(stand.points.spread, POINTS_INTERVAL);
    assert_false(stand.points.list[0].has_spread);
    assert_true(stand.points.list[1].has_spread);
    expect_spread(&stand, "95 %"); /* of two runs, of one */
    finish(&stand);
}

static void an_interval_is_better_than_a_range(void **state)
{
    struct stand stand;
    (void)state;
    init(&stand, 3);
    run(&stand, 1, 8 * NS_PER_S);
    run(&stand, 2, 4 * NS_PER_S);
    run(&stand, 2, 4 * NS_PER_S);
    measure(&stand, 1, 8 * NS_PER_S);
    measure(&stand, 2, 4 * NS_PER_S);
    stand.measured[1].has_interval = true;
    stand.measured[1].interval_low = 1.5;
    stand.measured[1].interval_high = 2.5;
    points_init(&stand.points, &stand.scene);
    assert_true(stand.points.list[1].has_spread);
    assert_true(stand.points.list[1].low == 1.5);
    assert_true(stand.points.list[1].high == 2.5);
    expect_spread(&stand, "95 %, 2 runs each");
    finish(&stand);
}

/* The system refused one of four: they are a point of their own. */
static void workers_are_those_that_ran(void **state)
{
    struct stand stand;
    (void)state;
    init(&stand, 1);
    run(&stand, 1, 8 * NS_PER_S);
    run(&stand, 3, 4 * NS_PER_S);
    stand.result.stages[1].workers_asked = 4;
    measure(&stand, 1, 8 * NS_PER_S);
    measure(&stand, 3, 4 * NS_PER_S);
    points_init(&stand.points, &stand.scene);
    assert_int_equal(stand.points.count, 4);
    assert_int_equal(points_find(&stand.points, 3)->runs, 1);
    assert_int_equal(points_find(&stand.points, 4)->runs, 0);
    assert_null(points_find(&stand.points, 5));
    finish(&stand);
}

static void measured_points_have_a_range(void **state)
{
    struct stand stand;
    int first = -1, last = -1;
    (void)state;
    init(&stand, 1);
    points_init(&stand.points, &stand.scene);
    assert_false(points_find_measured(&stand.points, &first, &last));
    points_finish(&stand.points);
    run(&stand, 1, 8 * NS_PER_S);
    measure(&stand, 1, 8 * NS_PER_S);
    run(&stand, 2, 5 * NS_PER_S);
    measure(&stand, 2, 5 * NS_PER_S);
    points_init(&stand.points, &stand.scene);
    assert_true(points_find_measured(&stand.points, &first, &last));
    assert_int_equal(first, 1);
    assert_int_equal(last, 2);
    finish(&stand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_planned_is_there_from_the_start),
        cmocka_unit_test(the_one_that_runs_is_known),
        cmocka_unit_test(one_about_to_start_is_no_other_point),
        cmocka_unit_test(what_came_after_the_scene_does_not_count),
        cmocka_unit_test(what_is_to_come_is_estimated),
        cmocka_unit_test(a_range_is_of_two_runs_at_least),
        cmocka_unit_test(spreads_are_of_one_kind),
        cmocka_unit_test(an_interval_is_better_than_a_range),
        cmocka_unit_test(workers_are_those_that_ran),
        cmocka_unit_test(measured_points_have_a_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
