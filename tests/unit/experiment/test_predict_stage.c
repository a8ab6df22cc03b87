// SPDX-License-Identifier: MIT
#include "experiment/predict_stage.h"

#include <math.h>
#include <stdlib.h>

#include "made.h"

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) < 1e-9 * fmax(1, fabs(expected))))
        fail_msg("%.12f, not %.12f", value, expected);
}

/* Four tasks of 1, 2, 3, 4 s, on two CPUs. */
static struct result_stage *make(
    struct result *result, int workers, int64_t span_ns, int64_t startup_ns)
{
    made_result(result, "sleep", 4, 2);
    result->plan.handout_price_ns = 100;
    result->plan.chunk = 1;
    text_copy(sizeof result->plan.schedule, result->plan.schedule, "dynamic");
    struct result_stage *stage =
        made_stage(result, RESULT_SEQUENTIAL, 0, 1, 10 * NS_PER_S);
    for (int64_t i = 0; i < 4; i++)
        made_record(stage, i, (i + 1) * NS_PER_S, 1);
    stage = made_stage(
        result, RESULT_PARALLEL, 0, workers, span_ns + (1 + workers) * startup_ns);
    result->plan.workers = workers;
    stage->handout_price_ns = -1;
    for (int i = 0; i < workers; i++)
        stage->worker_list[i].times =
            (struct account_worker){.startup_ns = (i + 1) * startup_ns,
                .span_ns = span_ns,
                .tail_ns = (workers - i) * startup_ns,
                .cpu_ns = span_ns};
    return stage;
}

static void assert_tasks(const struct predict_profile *profile, const double times_s[4])
{
    assert_int_equal(profile->tasks, 4);
    assert_int_equal(profile->count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_near(profile->pieces[i].task_ns, times_s[i] * 1e9);
}

static void init(
    struct result *result, struct predict_profile *profile, struct predict_setup *setup)
{
    predict_stage_init(result, &result->stages[0], &result->stages[1], profile, setup);
}

/* Together they took 12 s instead of 10. */
static void tasks_of_the_sequential_stage_in_proportion(void **state)
{
    struct result result;
    struct predict_profile profile;
    struct predict_setup setup;
    make(&result, 2, 6 * NS_PER_S, 0);
    init(&result, &profile, &setup);
    assert_tasks(&profile, (const double[]){1.2, 2.4, 3.6, 4.8});
    predict_profile_finish(&profile);
    predict_stage_sequential(&result, &result.stages[0], &profile);
    assert_tasks(&profile, (const double[]){1, 2, 3, 4});
    predict_profile_finish(&profile);
    result_finish(&result);
    (void)state;
}

/* Those that were done stand for the others. */
static void tasks_of_a_projected_stage(void **state)
{
    struct result result;
    struct predict_profile profile;
    make(&result, 2, 6 * NS_PER_S, 0);
    struct result_stage *stage = &result.stages[0];
    stage->records[0].index = 1; /* and so not of every task it is known */
    stage->done = 2;
    stage->projected = true;
    predict_stage_sequential(&result, stage, &profile);
    assert_int_equal(profile.tasks, 4);
    assert_int_equal(profile.count, 1);
    assert_near(profile.pieces[0].task_ns, 5e9);
    predict_profile_finish(&profile);
    result_finish(&result);
    (void)state;
}

static void own_tasks_where_each_has_a_record_and_a_cpu(void **state)
{
    static const int64_t order[] = {2, 0, 3, 1};
    struct result result;
    struct predict_profile profile;
    struct predict_setup setup;
    struct result_stage *stage = make(&result, 2, 6 * NS_PER_S, 0);
    for (int i = 0; i < 4; i++)
        made_record(stage, order[i], (order[i] == 3 ? 9 : 1) * NS_PER_S, 1);
    init(&result, &profile, &setup);
    assert_tasks(&profile, (const double[]){1, 1, 1, 9});
    predict_profile_finish(&profile);
    stage->records[1].count = 2; /* of which others, is not told */
    init(&result, &profile, &setup);
    assert_tasks(&profile, (const double[]){1.2, 2.4, 3.6, 4.8});
    predict_profile_finish(&profile);
    result_finish(&result);
    (void)state;
}

/* Four workers on two CPUs wait for each other: that is no time of their tasks. */
static void waiting_for_each_other_is_taken_off(void **state)
{
    struct result result;
    struct predict_profile profile;
    struct predict_setup setup;
    struct result_stage *stage = make(&result, 4, 5 * NS_PER_S, 0);
    for (int i = 0; i < 4; i++)
        stage->worker_list[i].times.waiting_ns = 5 * NS_PER_S / 2;
    init(&result, &profile, &setup);
    assert_tasks(&profile, (const double[]){1, 2, 3, 4});
    assert_near(setup.cpus, 2);
    predict_profile_finish(&profile);
    result_finish(&result);
    (void)state;
}

static void prices_are_those_measured(void **state)
{
    struct result result;
    struct predict_profile profile;
    struct predict_setup setup;
    struct result_stage *stage = make(&result, 2, 6 * NS_PER_S, NS_PER_S);
    stage->prepare_ns = 7;
    init(&result, &profile, &setup);
    assert_near(setup.start_ns, 1e9);
    assert_near(setup.start_each_ns, 1e9);
    assert_near(setup.end_each_ns, 0.5e9);
    assert_near(setup.prepare_ns, 7);
    assert_near(setup.handout_ns, 100); /* too few of them to tell */
    predict_profile_finish(&profile);
    stage->handout_price_ns = 250;
    init(&result, &profile, &setup);
    assert_near(setup.handout_ns, 250);
    assert_near(setup.renew_ns, 0);
    predict_profile_finish(&profile);
    result.plan.fork_per_task = true; /* 2 x (2 x 100 + 1 x 3000) */
    stage->renewed = 2;
    for (int i = 0; i < 2; i++) {
        stage->worker_list[i].handouts = 2;
        stage->worker_list[i].times.handout_ns = 3200;
    }
    init(&result, &profile, &setup);
    assert_near(setup.handout_ns, 100);
    assert_near(setup.renew_ns, 3000);
    assert_int_equal(setup.max_tasks, 1);
    predict_profile_finish(&profile);
    result_finish(&result);
    (void)state;
}

static void the_schedule_is_the_plan_s(void **state)
{
    struct plan plan;
    plan_init(&plan, PLAN_RUN, "spin");
    text_copy(sizeof plan.schedule, plan.schedule, "static");
    assert_string_equal(predict_stage_schedule(&plan)->name, "static");
    plan.chunk_asked = true;
    assert_string_equal(predict_stage_schedule(&plan)->name, "cyclic");
    text_copy(sizeof plan.schedule, plan.schedule, "unheard of");
    assert_string_equal(predict_stage_schedule(&plan)->name, "dynamic");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tasks_of_the_sequential_stage_in_proportion),
        cmocka_unit_test(tasks_of_a_projected_stage),
        cmocka_unit_test(own_tasks_where_each_has_a_record_and_a_cpu),
        cmocka_unit_test(waiting_for_each_other_is_taken_off),
        cmocka_unit_test(prices_are_those_measured),
        cmocka_unit_test(the_schedule_is_the_plan_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
