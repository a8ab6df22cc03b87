// SPDX-License-Identifier: MIT
/* What a person reads of a sweep, against the texts in tests/data/report. */
#include "forms.h"

#include <stdlib.h>

#include "experiment/sweep.h"

/* A sweep of 1000000! computed 40 times over `list` on so many CPUs, without stages. */
static void make_sweep(struct result *result, const char *list, int cpus, int repeats)
{
    struct fault fault;
    made_result(result, "factorial", 40, cpus);
    struct plan *plan = &result->plan;
    plan->command = PLAN_SWEEP;
    plan->host_cpus = cpus;
    plan->repeats = repeats;
    assert_int_equal(plan_parse_points(list, cpus, plan, &fault), 0);
    plan->workers = plan->points[plan->point_count - 1];
    text_copy(sizeof plan->task, plan->task, "1000000!");
    text_copy(sizeof plan->title, plan->title, "1000000! computed 40 times");
}

/* The stages of one repeat, in the planned order, with those times. */
static void add_stages(struct result *result, size_t count, const int milliseconds[])
{
    int repeat = (int)(result->stage_count / result->plan.point_count);
    for (size_t i = 0; i < count; i++) {
        int workers = result->plan.points[i];
        made_stage(result, workers == 1 ? RESULT_SEQUENTIAL : RESULT_PARALLEL, repeat,
            workers, milliseconds[i] * NS_PER_MS);
    }
}

static void make_sweep_on_2_cpus(struct result *result)
{
    make_sweep(result, "1,2,4", 2, 3);
    add_stages(result, 3, (int[]){8812, 4501, 4523});
    add_stages(result, 3, (int[]){8790, 4490, 4551});
    add_stages(result, 3, (int[]){8851, 4522, 4530});
    sweep_compute(result);
}

static void make_sweep_on_64_cpus(struct result *result)
{
    int milliseconds[7];
    make_sweep(result, "1-64x2", 64, 3);
    for (int repeat = 0; repeat < 3; repeat++) {
        for (int i = 0; i < 7; i++) {
            double workers = 1 << i;
            double losses = 0.02 * (workers - 1) + 0.0008 * workers * (workers - 1);
            milliseconds[i] =
                (int)(100000 * (1 + losses) / workers * (1 + 0.003 * (repeat - 1)));
        }
        add_stages(result, 7, milliseconds);
    }
    sweep_compute(result);
}

static void a_sweep_on_2_cpus(void **state)
{
    struct result result;
    make_sweep_on_2_cpus(&result);
    forms_assert(&result, REPORT_TEXT_FULL, COLUMNS, "sweep-2");
    forms_assert(&result, REPORT_TEXT_FULL, 40, "sweep-2-40");
    forms_assert(&result, REPORT_TEXT_FULL, 20, "sweep-2-20");
    forms_assert(&result, REPORT_TEXT_PLAIN, 0, "sweep-2-plain");
    forms_assert(&result, REPORT_TEXT_CLOSING, 0, "sweep-2-closing");
    result_finish(&result);
    (void)state;
}

static void a_sweep_with_its_laws(void **state)
{
    struct result result;
    make_sweep_on_64_cpus(&result);
    forms_assert(&result, REPORT_TEXT_FULL, COLUMNS, "sweep-64");
    forms_assert(&result, REPORT_TEXT_PLAIN, 0, "sweep-64-plain");
    result_finish(&result);
    (void)state;
}

static void a_sweep_that_was_cut_short(void **state)
{
    struct result result;
    make_sweep(&result, "1,2,4", 2, 3);
    add_stages(&result, 2, (int[]){8812, 4501});
    result_add_stage(&result)->kind = RESULT_PARALLEL;
    sweep_compute(&result);
    forms_assert(&result, REPORT_TEXT_FULL, COLUMNS, "sweep-cut");
    result_finish(&result);
    (void)state;
}

static void a_sweep_of_single_runs(void **state)
{
    struct result result;
    make_sweep(&result, "1,2", 2, 1);
    add_stages(&result, 2, (int[]){8812, 4501});
    sweep_compute(&result);
    forms_assert(&result, REPORT_TEXT_FULL, COLUMNS, "sweep-single");
    result_finish(&result);
    (void)state;
}

static void a_sweep_of_one_point(void **state)
{
    struct result result;
    make_sweep(&result, "1", 2, 1);
    add_stages(&result, 1, (int[]){8812});
    sweep_compute(&result);
    forms_assert(&result, REPORT_TEXT_FULL, COLUMNS, "sweep-one");
    result_finish(&result);
    (void)state;
}

static void a_sweep_stopped_in_its_first_stage(void **state)
{
    struct result result;
    make_sweep(&result, "1,2", 2, 1);
    add_stages(&result, 1, (int[]){812});
    result.stages[0].complete = false;
    result.stages[0].done = 3;
    sweep_compute(&result);
    forms_assert(&result, REPORT_TEXT_FULL, COLUMNS, "sweep-stopped");
    result_finish(&result);
    (void)state;
}

static void no_width_is_too_narrow(void **state)
{
    struct result result;
    make_sweep_on_64_cpus(&result);
    for (int width = 20; width <= 100; width++) {
        char *text = forms_write(&result, REPORT_TEXT_FULL, width);
        forms_assert_width(text, width);
        free(text);
    }
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sweep_on_2_cpus),
        cmocka_unit_test(a_sweep_with_its_laws),
        cmocka_unit_test(a_sweep_that_was_cut_short),
        cmocka_unit_test(a_sweep_of_single_runs),
        cmocka_unit_test(a_sweep_of_one_point),
        cmocka_unit_test(a_sweep_stopped_in_its_first_stage),
        cmocka_unit_test(no_width_is_too_narrow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
