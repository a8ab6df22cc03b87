// SPDX-License-Identifier: MIT
#include "experiment/predict.h"

#include <math.h>
#include <stdlib.h>

#include "made.h"

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) < 1e-9 * fmax(1, fabs(expected))))
        fail_msg("%.12f, not %.12f", value, expected);
}

/* A loop whose task i takes times_ns[i], on as many CPUs as workers, at no price. */
static struct predict_setup make(struct predict_profile *profile, int workers,
    const char *schedule, size_t tasks, const double times_ns[])
{
    struct predict_piece *pieces = memory_new(tasks, sizeof *pieces);
    for (size_t i = 0; i < tasks; i++)
        pieces[i] = (struct predict_piece){1, times_ns[i]};
    predict_profile_init(profile, tasks, pieces);
    free(pieces);
    struct predict_setup setup = {.profile = profile,
        .loop = {.tasks = (int64_t)tasks, .workers = workers, .chunk = 1},
        .cpus = workers,
        .computing_share = 1};
    struct fault fault;
    assert_int_equal(schedule_find(schedule, &setup.schedule, &fault), 0);
    if (setup.schedule->default_chunk)
        setup.loop.chunk = setup.schedule->default_chunk(&setup.loop);
    return setup;
}

#define TASKS(...)                                                                       \
    sizeof((double[]){__VA_ARGS__}) / sizeof(double), (const double[])                   \
    {                                                                                    \
        __VA_ARGS__                                                                      \
    }

/* 100 tasks of 1 … 100 on 4 workers. */
static struct predict_setup make_growing(
    struct predict_profile *profile, const char *schedule)
{
    double times_ns[100];
    for (int i = 0; i < 100; i++)
        times_ns[i] = i + 1;
    return make(profile, 4, schedule, 100, times_ns);
}

static void assert_elapsed(const struct predict_setup *setup, double expected)
{
    assert_near(predict_elapsed_ns(setup), expected);
}

/* The speed-up to two places, as published; then the profile is gone. */
static void assert_speedup(
    const struct predict_setup *setup, struct predict_profile *profile, double expected)
{
    double speedup = predict_profile_sum_ns(profile) / predict_elapsed_ns(setup);
    assert_near(round(100 * speedup) / 100, expected);
    predict_profile_finish(profile);
}

static void growing_tasks_on_four_workers(void **state)
{
    struct predict_profile profile;
    struct predict_setup setup = make_growing(&profile, "static");
    assert_elapsed(&setup, 2200); /* 76 + … + 100 */
    assert_speedup(&setup, &profile, 2.30);
    setup = make_growing(&profile, "pool");
    assert_int_equal(setup.loop.chunk, 7); /* 100 / (4 x 4), rounded up */
    assert_speedup(&setup, &profile, 3.40);
    setup = make_growing(&profile, "dynamic");
    assert_speedup(&setup, &profile, 3.88);
    setup = make_growing(&profile, "dynamic");
    setup.longest_first = true;
    assert_speedup(&setup, &profile, 4.00);
    (void)state;
}

static void equal_tasks_are_shared_out_in_rounds(void **state)
{
    static const char *const schedules[] = {"dynamic", "static", "cyclic", "pool"};
    double times_ns[15];
    for (int i = 0; i < 15; i++)
        times_ns[i] = 1;
    for (size_t i = 0; i < 4; i++) {
        struct predict_profile profile;
        struct predict_setup setup = make(&profile, 2, schedules[i], 15, times_ns);
        assert_elapsed(&setup, 8);
        assert_near(predict_profile_sum_ns(&profile) / predict_elapsed_ns(&setup), 1.875);
        predict_profile_finish(&profile);
    }
    (void)state;
}

static void one_long_task_comes_last_or_first(void **state)
{
    struct predict_profile profile;
    struct predict_setup setup = make(&profile, 2, "dynamic", TASKS(1, 1, 1, 1, 1, 1, 6));
    assert_elapsed(&setup, 9); /* 3 each, then 6 alone */
    setup.longest_first = true;
    assert_elapsed(&setup, 6);
    predict_profile_finish(&profile);
    (void)state;
}

/* 8 tasks on 2: half of what is left each time, 4 2 1 1. */
static void guided_chunks_shrink(void **state)
{
    struct predict_profile profile;
    struct predict_setup setup =
        make(&profile, 2, "guided", TASKS(1, 1, 1, 1, 1, 1, 1, 1));
    assert_elapsed(&setup, 4); /* {4} and {2, 1, 1} */
    setup.handout_ns = 0.25;
    assert_elapsed(&setup, 4.5); /* the first one comes with the start */
    setup.loop.chunk = 3;
    assert_elapsed(&setup, 4.25); /* {4} and {3, 1} */
    predict_profile_finish(&profile);
    (void)state;
}

static void cyclic_deals_chunks_in_turn(void **state)
{
    struct predict_profile profile;
    struct predict_setup setup = make(&profile, 2, "cyclic", TASKS(1, 2, 3, 4, 5, 6, 7));
    assert_elapsed(&setup, 16); /* 1 3 5 7 against 2 4 6 */
    setup.loop.chunk = 2;
    assert_elapsed(&setup, 3 + 4 + 7); /* 1 2, 5 6 against 3 4, 7 */
    setup.loop.chunk = 3;
    assert_elapsed(&setup, 15); /* 1 2 3, 7 against 4 5 6 */
    predict_profile_finish(&profile);
    (void)state;
}

static void starting_preparing_and_ending_count(void **state)
{
    struct predict_profile profile;
    struct predict_setup setup = make(&profile, 2, "dynamic", TASKS(4, 4, 4));
    setup.prepare_ns = 10;
    setup.start_ns = 1;
    setup.start_each_ns = 2;
    setup.end_each_ns = 2.5;
    assert_elapsed(&setup, 10 + 1 + 4 + 4 + 5); /* the first has two of them */
    assert_near(predict_sequential_ns(&setup), 22);
    setup.start_each_ns = 100; /* all is done before the second worker is there */
    assert_elapsed(&setup, 10 + 1 + 100 + 5);
    predict_profile_finish(&profile);
    (void)state;
}

static void a_worker_is_renewed_between_its_tasks(void **state)
{
    struct predict_profile profile;
    struct predict_setup setup = make(&profile, 1, "dynamic", TASKS(1, 1, 1, 1, 1));
    setup.renew_ns = 10;
    setup.max_tasks = 1;
    assert_elapsed(&setup, 5 + 40);
    setup.max_tasks = 2;
    assert_elapsed(&setup, 5 + 20);
    setup.max_tasks = 5;
    assert_elapsed(&setup, 5);
    setup.max_tasks = 2;
    setup.loop.chunk = 5; /* in one range, too */
    assert_elapsed(&setup, 5 + 20);
    predict_profile_finish(&profile);
    (void)state;
}

/* Workers beyond the CPUs share them; alone again each has one. */
static void more_workers_than_cpus(void **state)
{
    struct predict_profile profile;
    struct predict_setup setup = make(&profile, 4, "dynamic", TASKS(2, 2, 2, 6));
    setup.cpus = 2;
    assert_elapsed(&setup, 4 + 4); /* four at half the speed until 4, then one alone */
    setup.computing_share = 0.5;   /* they wait half of the time: there is room */
    assert_elapsed(&setup, 6);
    setup.computing_share = 0; /* and all of it */
    setup.cpus = 1;
    assert_elapsed(&setup, 6);
    setup.computing_share = 1;
    assert_elapsed(&setup, 12);
    predict_profile_finish(&profile);
    (void)state;
}

static void a_profile_is_stretched_to_other_numbers(void **state)
{
    struct predict_profile profile;
    struct predict_setup setup = make(&profile, 1, "dynamic", TASKS(1, 3));
    setup.loop.tasks = 4; /* 1 1 3 3 */
    assert_elapsed(&setup, 8);
    assert_near(predict_sequential_ns(&setup), 8);
    setup.loop.workers = 2;
    setup.cpus = 2;
    assert_elapsed(&setup, 4);
    setup.loop.tasks = 1; /* the mean */
    assert_elapsed(&setup, 2);
    setup.loop.tasks = 4;
    setup.cost_power = 1; /* twice as many, each twice as dear */
    assert_elapsed(&setup, 8);
    assert_near(predict_sequential_ns(&setup), 16);
    setup.prepare_ns = 1; /* and as much more of what cannot be shared out */
    assert_elapsed(&setup, 8 + 4);
    assert_near(predict_sequential_ns(&setup), 16 + 4);
    setup.cost_power = 0;
    assert_elapsed(&setup, 4 + 2);
    predict_profile_finish(&profile);
    (void)state;
}

/* A piece of many tasks is as that many pieces. */
static void pieces_are_tasks(void **state)
{
    static const struct predict_piece pieces[] = {{40, 1}, {1, 30}, {59, 2}};
    struct predict_profile profile, single;
    double times_ns[100];
    predict_profile_init(&profile, 3, pieces);
    assert_int_equal(profile.tasks, 100);
    assert_near(predict_profile_sum_ns(&profile), 40 + 30 + 118);
    for (int i = 0; i < 100; i++)
        times_ns[i] = i < 40 ? 1 : i == 40 ? 30 : 2;
    for (int longest_first = 0; longest_first < 2; longest_first++)
        for (int64_t chunk = 1; chunk < 30; chunk++) {
            struct predict_setup setup = make(&single, 3, "dynamic", 100, times_ns);
            setup.loop.chunk = chunk;
            setup.longest_first = longest_first;
            setup.handout_ns = 0.125;
            double expected = predict_elapsed_ns(&setup);
            setup.profile = &profile;
            assert_elapsed(&setup, expected);
            predict_profile_finish(&single);
        }
    predict_profile_finish(&profile);
    (void)state;
}

/* Past 100 000 hand-outs they are taken together; each still has its price. */
static void very_many_tasks_take_little_time(void **state)
{
    static const struct predict_piece pieces[] = {{500000000, 10}, {500000000, 30}};
    static const char *const schedules[] = {"dynamic", "static", "cyclic", "guided"};
    for (size_t i = 0; i < 4; i++) {
        struct predict_profile profile;
        predict_profile_init(&profile, 2, pieces);
        struct predict_setup setup = {.profile = &profile,
            .loop = {.tasks = 1000000000, .workers = 4, .chunk = 1},
            .cpus = 4,
            .computing_share = 1,
            .handout_ns = 5};
        struct fault fault;
        assert_int_equal(schedule_find(schedules[i], &setup.schedule, &fault), 0);
        bool fixed = strcmp(schedules[i], "guided") != 0;
        double expected = (20e9 + (fixed ? 5e9 : 0)) / 4;
        if (strcmp(schedules[i], "static") == 0)
            expected = 250e6 * (30 + 5);
        double elapsed_ns = predict_elapsed_ns(&setup);
        if (!(fabs(elapsed_ns - expected) < 0.001 * expected))
            fail_msg("%s: %.0f, not %.0f", schedules[i], elapsed_ns, expected);
        predict_profile_finish(&profile);
    }
    (void)state;
}

static void more_workers_than_tasks(void **state)
{
    struct predict_profile profile;
    struct predict_setup setup = make(&profile, 4096, "dynamic", TASKS(3, 5));
    assert_elapsed(&setup, 5);
    assert_int_equal(schedule_find("static", &setup.schedule, &(struct fault){0}), 0);
    assert_elapsed(&setup, 5);
    predict_profile_finish(&profile);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(growing_tasks_on_four_workers),
        cmocka_unit_test(equal_tasks_are_shared_out_in_rounds),
        cmocka_unit_test(one_long_task_comes_last_or_first),
        cmocka_unit_test(guided_chunks_shrink),
        cmocka_unit_test(cyclic_deals_chunks_in_turn),
        cmocka_unit_test(starting_preparing_and_ending_count),
        cmocka_unit_test(a_worker_is_renewed_between_its_tasks),
        cmocka_unit_test(more_workers_than_cpus),
        cmocka_unit_test(a_profile_is_stretched_to_other_numbers),
        cmocka_unit_test(pieces_are_tasks),
        cmocka_unit_test(very_many_tasks_take_little_time),
        cmocka_unit_test(more_workers_than_tasks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
