// SPDX-License-Identifier: MIT
#include "experiment/sweep.h"

#include <math.h>

#include "made.h"

/* A sweep of "spin" on so many CPUs, planned over `list`, without stages. */
static void made_sweep(struct result *result, const char *list, int cpus, int repeats)
{
    struct fault fault = {0};
    made_result(result, "spin", 1000, cpus);
    result->plan.command = PLAN_SWEEP;
    result->plan.host_cpus = cpus;
    result->plan.repeats = repeats;
    assert_int_equal(plan_parse_points(list, cpus, &result->plan, &fault), 0);
}

/* A stage with so many workers, 1 for the sequential one, at the end. */
static struct result_stage *add(struct result *result, int workers, double seconds)
{
    return made_stage(result, workers == 1 ? RESULT_SEQUENTIAL : RESULT_PARALLEL, 0,
        workers, (int64_t)(seconds * 1e9));
}

/* Stages of 1, 2, 4 … workers with these times, twice those with a little noise. */
static void add_repeated(
    struct result *result, size_t count, const double seconds[], double noise)
{
    for (int repeat = 0; repeat < result->plan.repeats; repeat++)
        for (size_t i = 0; i < count; i++)
            add(result, 1 << i, seconds[i] * (1 + noise * (repeat - 1)));
}

static void assert_near(double value, double expected, double error)
{
    if (!(fabs(value - expected) <= error))
        fail_msg("%.9g is not %.9g within %g", value, expected, error);
}

static void points_are_medians_by_rising_workers(void **state)
{
    struct result result;
    made_sweep(&result, "1,2,4", 4, 3);
    static const double times[][3] = {{8, 4.2, 2.5}, {9, 4, 2.4}, {8.5, 4.1, 2.6}};
    for (size_t repeat = 0; repeat < 3; repeat++)
        for (size_t i = 0; i < 3; i++)
            add(&result, 1 << (repeat == 1 ? 2 - i : i),
                times[repeat][repeat == 1 ? 2 - i : i]);
    sweep_compute(&result);
    const struct result_sweep *sweep = &result.sweep;
    assert_true(sweep->has);
    assert_false(sweep->cut_short);
    assert_int_equal(sweep->point_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(sweep->points[i].workers, 1 << i);
        assert_int_equal(sweep->points[i].repeats, 3);
    }
    assert_int_equal(sweep->points[0].elapsed_ns, 8500000000);
    assert_near(sweep->points[0].speedup, 1, 1e-9);
    assert_false(sweep->points[0].has_interval);
    assert_true(isnan(sweep->points[0].karp_flatt));
    assert_near(sweep->points[2].speedup, 3.4, 1e-9);
    assert_near(sweep->points[2].efficiency, 0.85, 1e-9);
    assert_near(sweep->points[2].karp_flatt, (1 / 3.4 - 0.25) / 0.75, 1e-9);
    assert_true(sweep->points[2].has_interval);
    assert_true(sweep->points[2].interval_low < 3.4);
    assert_true(sweep->points[2].interval_high > 3.4);
    result_finish(&result);
    (void)state;
}

/* It is computed after every stage. */
static void it_grows_with_the_stages(void **state)
{
    struct result result;
    made_sweep(&result, "1,2,4", 4, 1);
    sweep_compute(&result);
    assert_false(result.sweep.has);
    assert_true(result.sweep.cut_short);
    add(&result, 1, 8);
    sweep_compute(&result);
    assert_true(result.sweep.has);
    assert_int_equal(result.sweep.point_count, 1);
    assert_int_equal(result.sweep.advice_workers, 0);
    assert_string_equal(result.sweep.advice, "One point: nothing to compare or to fit.");
    add(&result, 2, 4);
    result_add_stage(&result)->kind = RESULT_PARALLEL; /* runs */
    sweep_compute(&result);
    assert_int_equal(result.sweep.point_count, 2);
    assert_true(result.sweep.cut_short);
    result.stage_count--;
    add(&result, 4, 2);
    sweep_compute(&result);
    assert_int_equal(result.sweep.point_count, 3);
    assert_false(result.sweep.cut_short);
    result_finish(&result);
    (void)state;
}

static void what_did_not_end_well_is_no_point(void **state)
{
    struct result result;
    made_sweep(&result, "1,2,4", 4, 1);
    add(&result, 1, 8);
    add(&result, 2, 4)->failed = 1;
    add(&result, 4, 2)->complete = false;
    sweep_compute(&result);
    assert_int_equal(result.sweep.point_count, 1);
    assert_true(result.sweep.cut_short);
    result.stages[0].failed = 1;
    result.stages[1].failed = 0;
    sweep_compute(&result);
    assert_false(result.sweep.has); /* nothing to compare with */
    result_finish(&result);
    (void)state;
}

/* The system refused the others. */
static void a_point_is_of_the_workers_that_ran(void **state)
{
    struct result result;
    made_sweep(&result, "1,8,16", 4, 1);
    add(&result, 1, 8);
    add(&result, 5, 2)->workers_asked = 8;
    add(&result, 5, 2.2)->workers_asked = 16;
    sweep_compute(&result);
    assert_int_equal(result.sweep.point_count, 2);
    assert_int_equal(result.sweep.points[1].workers, 5);
    assert_int_equal(result.sweep.points[1].repeats, 2);
    assert_false(result.sweep.cut_short);
    result_finish(&result);
    (void)state;
}

static void another_command_has_no_sweep(void **state)
{
    struct result result;
    made_sweep(&result, "1,2", 2, 1);
    result.plan.command = PLAN_RUN;
    add(&result, 1, 8);
    add(&result, 2, 4);
    sweep_compute(&result);
    assert_false(result.sweep.has);
    assert_null(result.sweep.points);
    result_finish(&result);
    (void)state;
}

static void assert_advice(
    int cpus, size_t count, const double seconds[], double noise, const char *expected)
{
    struct result result;
    char list[40];
    snprintf(list, sizeof list, "1-%dx2", 1 << (count - 1));
    made_sweep(&result, list, cpus, 3);
    add_repeated(&result, count, seconds, noise);
    sweep_compute(&result);
    assert_string_equal(result.sweep.advice, expected);
    int workers = 0;
    sscanf(expected, "%d worker", &workers);
    assert_int_equal(result.sweep.advice_workers, workers);
    result_finish(&result);
}

static void the_advice_is_the_fewest_that_are_as_good(void **state)
{
    assert_advice(2, 3, (double[]){10, 5.1, 5.128}, 0.001,
        "2 workers: 4 are no faster (1.95 against 1.96 times). More workers than CPUs do "
        "not help.");
    assert_advice(4, 4, (double[]){10, 5, 2.6, 2.7}, 0.001,
        "4 workers: 8 are no faster (3.70 against 3.85 times). More workers than CPUs do "
        "not help.");
    assert_advice(8, 4, (double[]){10, 5, 2.6, 2.55}, 0.001,
        "4 workers: 8 are only 2 % faster (3.92 against 3.85 times).");
    assert_advice(8, 4, (double[]){10, 5, 2.6, 3.2}, 0.001,
        "4 workers: 8 are slower (3.12 against 3.85 times).");
    assert_advice(8, 4, (double[]){10, 5, 2.6, 1.4}, 0.001,
        "8 workers: the fastest, and the most that were measured (7.14 times as fast).");
    assert_advice(
        4, 2, (double[]){10, 15}, 0.001, "1 worker: 2 are slower (0.67 times as fast).");
    (void)state;
}

/* The spread of the repeats hides the difference of 7 %. */
static void what_cannot_be_told_apart_is_as_good(void **state)
{
    assert_advice(8, 4, (double[]){10, 5, 2.6, 2.43}, 0.05,
        "4 workers: 8 are not clearly faster (4.12 against 3.85 times).");
    (void)state;
}

/* The spread hides a third: nothing follows. */
static void too_much_noise_gives_no_result(void **state)
{
    struct result result;
    made_sweep(&result, "1,2,4", 4, 3);
    add_repeated(&result, 3, (double[]){10, 7, 5}, 0.5);
    sweep_compute(&result);
    assert_int_equal(result.sweep.advice_workers, 0);
    double low, high;
    assert_int_equal(sscanf(result.sweep.advice,
                         "No result: the times scatter too much (with 4 workers between "
                         "%lf and %lf times as fast). Try again when it is quiet.",
                         &low, &high),
        2);
    assert_near(low, result.sweep.points[2].interval_low, 0.006);
    for (size_t i = 0; i < 9; i++)
        result.stages[i].others_cpus = 0.33;
    sweep_compute(&result);
    assert_ptr_equal(strstr(result.sweep.advice,
                         "No result: other programs used 0.3 of 4 CPUs meanwhile (with 4 "
                         "workers between "),
        result.sweep.advice);
    result_finish(&result);
    (void)state;
}

/* However steady the times: more than a fifth of the machine was somebody else's. */
static void too_much_of_others_gives_no_result(void **state)
{
    struct result result;
    made_sweep(&result, "1,2", 2, 1);
    add(&result, 1, 10)->others_cpus = 0.5;
    add(&result, 2, 9)->others_cpus = 0.7;
    sweep_compute(&result);
    assert_int_equal(result.sweep.advice_workers, 0);
    assert_string_equal(result.sweep.advice, "No result: other programs used 0.6 of 2 "
                                             "CPUs meanwhile. Try again when it is "
                                             "quiet.");
    result.stages[0].others_cpus = result.stages[1].others_cpus = 0.3;
    sweep_compute(&result);
    assert_int_equal(result.sweep.advice_workers, 2);
    result_finish(&result);
    (void)state;
}

static void tasks_that_wait_want_more_workers_than_cpus(void **state)
{
    struct result result;
    made_sweep(&result, "1-8x2", 2, 1);
    for (int i = 0; i < 4; i++)
        add(&result, 1 << i, 8.0 / (1 << i))->cpu_ns = 1000000;
    sweep_compute(&result);
    assert_string_equal(result.sweep.advice,
        "8 workers: the fastest, and the most that were measured (8.00 times as fast). "
        "These tasks wait more than they compute: more workers than CPUs pay.");
    assert_true(sweep_fitted_workers(&result) >= 8);
    assert_true(result.sweep.amdahl.has);
    for (int i = 0; i < 4; i++)
        result.stages[i].cpu_ns = (int64_t)(0.8 * 8e9);
    sweep_compute(&result);
    assert_string_equal(result.sweep.advice,
        "8 workers: the fastest, and the most that were measured (8.00 times as fast). "
        "These tasks wait part of their time: more workers than CPUs pay.");
    result_finish(&result);
    (void)state;
}

/* Two CPUs give at most two times: that is no serial share. */
static void laws_are_fitted_where_each_worker_has_a_cpu(void **state)
{
    struct result result;
    char text[400];
    made_sweep(&result, "1-8x2", 2, 3);
    add_repeated(&result, 4, (double[]){10, 5, 5, 5}, 0.001);
    sweep_compute(&result);
    assert_int_equal(sweep_fitted_workers(&result), 2);
    assert_false(result.sweep.amdahl.has);
    assert_false(result.sweep.usl.has);
    sweep_describe_amdahl(&result, sizeof text, text);
    assert_string_equal(text,
        "No law was fitted: Amdahl's needs 3 numbers of workers, one above 2, with a CPU "
        "for each worker, the Universal Scalability Law 6; here are 2.");
    sweep_describe_usl(&result, sizeof text, text);
    assert_string_equal(text, "");
    result_finish(&result);
    (void)state;
}

static void a_serial_share_is_found(void **state)
{
    struct result result;
    char text[400];
    double seconds[4];
    made_sweep(&result, "1-8x2", 4, 3);
    for (int i = 0; i < 4; i++)
        seconds[i] = i < 3 ? 10 * (0.1 + 0.9 / (1 << i)) : 3.5;
    add_repeated(&result, 4, seconds, 0.001);
    sweep_compute(&result);
    assert_true(result.sweep.amdahl.has);
    assert_near(result.sweep.amdahl.serial.value, 0.1, 0.001);
    assert_near(result.sweep.amdahl.rate, 1, 0.01);
    sweep_describe_amdahl(&result, sizeof text, text);
    assert_ptr_equal(strstr(text, "Amdahl's law, fitted up to 4 workers: 10.0 % cannot "
                                  "be shared out (9.9 to 10.1 %), so at most about 10 "
                                  "times as fast with any number"),
        text);
    sweep_describe_usl(&result, sizeof text, text);
    assert_string_equal(text, "No fit of the Universal Scalability Law: it needs 6 "
                              "numbers of workers.");
    result_finish(&result);
    (void)state;
}

/* Seven points up to 64 workers by the law of those losses. */
static void made_by_law(struct result *result, double a, double b)
{
    double seconds[7];
    made_sweep(result, "1-64x2", 64, 3);
    for (int i = 0; i < 7; i++) {
        double workers = 1 << i;
        seconds[i] =
            100 * (1 + a * (workers - 1) + b * workers * (workers - 1)) / workers;
    }
    add_repeated(result, 7, seconds, 0.002);
    sweep_compute(result);
}

static void a_bend_is_found(void **state)
{
    struct result result;
    char text[400];
    made_by_law(&result, 0.02, 0.0008);
    assert_true(result.sweep.usl.has);
    assert_near(result.sweep.usl.contention.value, 0.02, 0.001);
    assert_near(result.sweep.usl.coherency.value, 0.0008, 0.00001);
    sweep_describe_usl(&result, sizeof text, text);
    assert_ptr_equal(strstr(text, "Universal Scalability Law, fitted up to 64 workers: "
                                  "contention 0.0200 ("),
        text);
    assert_non_null(strstr(text, "), coherency 0.0008 ("));
    assert_non_null(strstr(text, "), highest at 35 workers; residual "));
    result_finish(&result);
    made_by_law(&result, 0.02, 0.0001);
    assert_true(result.sweep.usl.has);
    sweep_describe_usl(&result, sizeof text, text);
    assert_non_null(
        strstr(text, "), highest at 99 workers, beyond what was measured; residual "));
    result_finish(&result);
    made_by_law(&result, 0.02, 0);
    assert_false(result.sweep.usl.has);
    sweep_describe_usl(&result, sizeof text, text);
    assert_string_equal(text,
        "No fit of the Universal Scalability Law: up to 64 workers the curve does not "
        "bend enough to tell where it is highest.");
    result_finish(&result);
    (void)state;
}

static void what_was_cut_short_says_after_how_much(void **state)
{
    struct result result;
    char text[64];
    made_sweep(&result, "1,2,4", 4, 2);
    add(&result, 1, 8);
    add(&result, 2, 4);
    sweep_compute(&result);
    sweep_describe_cut(&result, sizeof text, text);
    assert_string_equal(text, "Cut short after 2 of 6 runs.");
    result.sweep.cut_short = false;
    sweep_describe_cut(&result, sizeof text, text);
    assert_string_equal(text, "");
    result_finish(&result);
    (void)state;
}

/* What is possible is known before anything has run; the curve is the better law's. */
static void the_curve_and_its_room_are_known(void **state)
{
    struct result result;
    made_sweep(&result, "1,2,4", 4, 1);
    assert_near(sweep_room(&result), 4, 1e-9);
    add(&result, 1, 8);
    sweep_compute(&result);
    assert_near(sweep_room(&result), 4, 1e-9);
    struct result_sweep *sweep = &result.sweep;
    assert_false(sweep_has_curve(sweep));
    sweep->amdahl = (struct scaling_amdahl){.has = true, .serial.value = 0.5, .rate = 1};
    assert_true(sweep_has_curve(sweep));
    assert_near(sweep_curve_at(sweep, 2), scaling_amdahl_at(&sweep->amdahl, 2), 1e-9);
    sweep->usl = (struct scaling_usl){.has = true, .contention.value = 0.1, .rate = 1};
    assert_near(sweep_curve_at(sweep, 2), scaling_usl_at(&sweep->usl, 2), 1e-9);
    assert_true(sweep_curve_at(sweep, 2) > scaling_amdahl_at(&sweep->amdahl, 2));
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_medians_by_rising_workers),
        cmocka_unit_test(it_grows_with_the_stages),
        cmocka_unit_test(what_did_not_end_well_is_no_point),
        cmocka_unit_test(a_point_is_of_the_workers_that_ran),
        cmocka_unit_test(another_command_has_no_sweep),
        cmocka_unit_test(the_advice_is_the_fewest_that_are_as_good),
        cmocka_unit_test(what_cannot_be_told_apart_is_as_good),
        cmocka_unit_test(too_much_noise_gives_no_result),
        cmocka_unit_test(too_much_of_others_gives_no_result),
        cmocka_unit_test(tasks_that_wait_want_more_workers_than_cpus),
        cmocka_unit_test(laws_are_fitted_where_each_worker_has_a_cpu),
        cmocka_unit_test(a_serial_share_is_found),
        cmocka_unit_test(a_bend_is_found),
        cmocka_unit_test(what_was_cut_short_says_after_how_much),
        cmocka_unit_test(the_curve_and_its_room_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
