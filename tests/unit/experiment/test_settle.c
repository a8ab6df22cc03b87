// SPDX-License-Identifier: MIT
#include "experiment/settle.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "made.h"
#include "workload/workload.h"

struct place {
    struct result result;
    struct workload_job job;
    struct loop *events;
    struct pool *calibration;
    struct timeline timeline;
    int64_t done_before_gap;
    bool is_stopped;
    struct settle_setup setup;
};

/* A plan of so many tasks (0: to be scaled) of a built-in of that size (0: its default).
 */
static void init(struct place *place, enum plan_command command, const char *workload,
    int64_t size, int64_t tasks)
{
    struct fault fault = {0};
    const struct workload_ops *ops;
    *place = (struct place){.is_stopped = false};
    made_result(&place->result, workload, tasks, 2);
    struct plan *plan = &place->result.plan;
    plan->command = command;
    plan->workers = 0;
    plan->host_cpus = 2;
    plan->handout_price_ns = 60;
    plan->size = size;
    assert_int_equal(workload_find(workload, &ops, &fault), 0);
    assert_int_equal(
        workload_job_init(&place->job, ops, size ? size : ops->size_default, &fault), 0);
    assert_int_equal(loop_create(&place->events), 0);
    place->setup = (struct settle_setup){.result = &place->result,
        .job = &place->job,
        .schedule = schedule_table[0],
        .events = place->events,
        .calibration = &place->calibration,
        .timeline = &place->timeline,
        .is_stopped = &place->is_stopped};
}

static double settle(struct place *place)
{
    struct fault fault = {0};
    double task_ns = -1;
    if (settle_plan(&place->setup, &task_ns, &fault) < 0)
        fail_msg("%s", fault.text);
    assert_null(place->calibration);
    assert_int_equal(place->result.plan.size, place->job.size);
    return task_ns;
}

static void finish(struct place *place)
{
    result_finish(&place->result);
    timeline_finish(&place->timeline);
    loop_destroy(place->events);
}

static void what_was_asked_for_stays(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 2000, 15);
    place.result.plan.workers = 3;
    double task_ns = settle(&place);
    const struct plan *plan = &place.result.plan;
    assert_int_equal(plan->iterations, 15);
    assert_int_equal(plan->size, 2000);
    assert_int_equal(plan->workers, 3);
    assert_false(plan->size_reduced);
    assert_int_equal(plan->grain, 1);
    assert_true(task_ns >= 2e6); /* they sleep that long */
    assert_string_equal(plan->task, "sleep for 2.0 ms");
    assert_string_equal(plan->title, "sleep for 2.0 ms, 15 times");
    finish(&place);
    (void)state;
}

static void one_iteration_is_one_time(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "factorial", 10, 1);
    settle(&place);
    assert_string_equal(place.result.plan.title, "10! computed 1 time");
    assert_int_equal(place.result.plan.workers, 1); /* never more than tasks */
    finish(&place);
    (void)state;
}

static void workers_are_the_usable_cpus_rounded_up(void **state)
{
    static const struct {
        double usable;
        int64_t tasks;
        int workers;
    } cases[] = {{2, 100, 2}, {1.5, 100, 2}, {0.2, 100, 1}, {64, 100000, 64}, {64, 7, 7},
        {5000, 100000, 4096}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct place place;
        init(&place, PLAN_MAP, "empty", 0, cases[i].tasks);
        place.result.plan.host_cpus = cases[i].usable;
        settle(&place);
        assert_int_equal(place.result.plan.workers, cases[i].workers);
        finish(&place);
    }
    (void)state;
}

/* Also no 60 s of sleep are tried out. */
static void map_of_a_given_loop_measures_nothing(void **state)
{
    struct place place;
    init(&place, PLAN_MAP, "sleep", 60000000, 5);
    assert_true(settle(&place) == 0);
    assert_int_equal(place.result.plan.grain, 0);
    assert_int_equal(place.result.plan.iterations, 5);
    finish(&place);
    (void)state;
}

static void assert_scaled(const struct plan *plan, double task_ns)
{
    double rounds = round((double)plan->seconds_ns / task_ns / plan->workers);
    int64_t expected = (int64_t)fmax(4, rounds) * plan->workers;
    assert_int_equal(plan->iterations, expected);
}

static void scaled_it_takes_the_time_wanted(void **state)
{
    static const enum plan_command commands[] = {PLAN_RUN, PLAN_MAP};
    for (size_t i = 0; i < 2; i++) {
        struct place place;
        init(&place, commands[i], "sleep", 5000, 0);
        place.result.plan.seconds_ns = NS_PER_S;
        place.result.plan.workers = 3;
        assert_scaled(&place.result.plan, settle(&place));
        assert_int_equal(place.result.plan.iterations % 3, 0);
        assert_int_equal(place.result.plan.size, 5000);
        finish(&place);
    }
    (void)state;
}

static void tiny_tasks_are_scaled_to_very_many(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "empty", 0, 0);
    place.result.plan.seconds_ns = 10 * NS_PER_MS;
    assert_scaled(&place.result.plan, settle(&place));
    const struct plan *plan = &place.result.plan;
    assert_true(plan->iterations >= 8);
    assert_in_range(plan->grain, 1, (plan->iterations + 63) / 64);
    assert_false(plan->size_reduced);
    finish(&place);
    (void)state;
}

/* A task that is too long for four rounds is made smaller by halves … */
static void the_size_is_reduced_when_a_task_takes_too_long(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 0, 0);
    place.result.plan.seconds_ns = 100 * NS_PER_MS; /* 8 tasks of 18.75 ms at most */
    double task_ns = settle(&place);
    const struct plan *plan = &place.result.plan;
    assert_true(plan->size_reduced);
    assert_true(plan->size <= 12500);
    assert_true(task_ns <= 1.5 * 100e6 / 8 || plan->size == 1);
    int64_t size = 100000;
    while (size > plan->size)
        size /= 2;
    assert_int_equal(plan->size, size);
    assert_true(plan->iterations >= 8 && plan->iterations % 2 == 0);
    finish(&place);
    (void)state;
}

/* … but not if its size was asked for. */
static void a_size_asked_for_is_kept(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 100000, 0);
    place.result.plan.seconds_ns = 100 * NS_PER_MS;
    settle(&place);
    assert_int_equal(place.result.plan.size, 100000);
    assert_false(place.result.plan.size_reduced);
    assert_int_equal(place.result.plan.iterations, 8);
    finish(&place);
    (void)state;
}

/* With another share of serial work it would be another loop, and no shorter. */
static void a_size_that_is_no_length_is_kept(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "serial", 0, 0);
    place.result.plan.seconds_ns = NS_PER_MS;
    settle(&place);
    assert_int_equal(place.result.plan.size, 20);
    assert_false(place.result.plan.size_reduced);
    assert_int_equal(place.result.plan.iterations, 8);
    finish(&place);
    (void)state;
}

static void a_size_that_fits_is_kept(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 0, 0);
    place.result.plan.seconds_ns = 60 * NS_PER_S;
    assert_scaled(&place.result.plan, settle(&place));
    assert_int_equal(place.result.plan.size, 100000);
    assert_false(place.result.plan.size_reduced);
    finish(&place);
    (void)state;
}

static void no_stamp_is_for_more_than_a_chunk_asked_for(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "empty", 0, 1000000);
    place.result.plan.chunk = 1;
    settle(&place);
    assert_int_equal(place.result.plan.grain, 1);
    finish(&place);
    (void)state;
}

static void stop_calibration(void *data)
{
    struct place *place = data;
    if (!place->calibration)
        return;
    place->is_stopped = true;
    pool_stop(place->calibration);
}

static void calibration_can_be_stopped(void **state)
{
    struct place place;
    struct watch *timer;
    init(&place, PLAN_RUN, "sleep", 0, 0);
    place.result.plan.seconds_ns = 1; /* else it would halve the size again and again */
    assert_int_equal(
        loop_watch_timer(place.events, 20 * NS_PER_MS, stop_calibration, &place, &timer),
        0);
    assert_true(settle(&place) >= 0);
    assert_true(place.is_stopped);
    assert_int_equal(place.result.plan.size, 100000);
    finish(&place);
    (void)state;
}

/* As Ctrl-Z does: the workers and this process rest, longer than the limit. */
static void suspend_calibration(void *data)
{
    struct place *place = data;
    if (!place->calibration || place->timeline.gap_count > 0)
        return;
    place->done_before_gap = pool_progress(place->calibration).done;
    pool_suspend(place->calibration);
    int64_t from_ns = clock_now_ns();
    struct timespec left = clock_timespec(1200 * NS_PER_MS);
    while (nanosleep(&left, &left) < 0)
        continue;
    timeline_suspend(&place->timeline, from_ns, clock_now_ns());
    pool_resume(place->calibration);
}

/* In the first task; in one that is then not done when it ends; in one of many. */
static void suspended_time_is_not_the_tasks_time(void **state)
{
    static const struct {
        int64_t task_us, suspend_at_ms;
    } cases[] = {{300000, 20}, {60000, 80}, {3000, 50}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct place place;
        struct watch *timer;
        init(&place, PLAN_RUN, "spin", cases[i].task_us, 100);
        assert_int_equal(
            loop_watch_timer(place.events, cases[i].suspend_at_ms * NS_PER_MS,
                suspend_calibration, &place, &timer),
            0);
        int64_t start_ns = clock_now_ns();
        double task_ns = settle(&place);
        int64_t end_ns = clock_now_ns();
        loop_unwatch(timer);
        assert_int_equal(place.timeline.gap_count, 1);
        assert_true(task_ns > 1); /* which it is where more was taken out than was in */
        /* The mean of at least so many tasks fits into what was not suspended. */
        double tasks = place.done_before_gap > 0 ? (double)place.done_before_gap : 1;
        const struct timeline_gap *gap = place.timeline.gaps;
        assert_true(
            task_ns * tasks <= (double)(end_ns - start_ns - (gap->to_ns - gap->from_ns)));
        finish(&place);
    }
    (void)state;
}

/* A `run` whose sequential stage took so long. */
static int64_t chunk_of(
    struct place *place, const char *schedule, int64_t tasks, int64_t elapsed_ns)
{
    struct fault fault;
    const struct schedule_ops *ops;
    init(place, PLAN_RUN, "empty", 0, tasks);
    place->result.plan.workers = 2;
    made_stage(&place->result, RESULT_SEQUENTIAL, 0, 1, elapsed_ns);
    assert_int_equal(schedule_find(schedule, &ops, &fault), 0);
    int64_t chunk = settle_chunk(&place->result, ops, 2);
    assert_int_equal(place->result.plan.chunk, chunk);
    assert_false(place->result.plan.chunk_grows);
    assert_int_equal(settle_chunk(&place->result, ops, 2), chunk); /* settled once */
    return chunk;
}

/* The chunk that the words of the rule lead to. */
static int64_t assert_rule(const struct plan *plan, int64_t most)
{
    int64_t price_ns, task_ns, limit;
    assert_int_equal(sscanf(plan->chunk_rule,
                         "100 x hand-out of %" SCNd64
                         " ns / mean sequential task of %" SCNd64 " ns, 1 to %" SCNd64,
                         &price_ns, &task_ns, &limit),
        3);
    assert_int_equal(limit, most);
    int64_t chunk = task_ns > 0 ? 100 * price_ns / task_ns : limit;
    return chunk < 1 ? 1 : chunk > limit ? limit : chunk;
}

static void a_dynamic_chunk_comes_from_the_mean_sequential_task(void **state)
{
    struct place place;
    int64_t tasks = 10000000, most = (tasks + 63) / 64; /* ceil(n / (32 W)) */
    int64_t chunk = chunk_of(&place, "dynamic", tasks, tasks * 10);
    assert_int_equal(chunk, assert_rule(&place.result.plan, most));
    finish(&place);
    (void)state;
}

static void long_tasks_are_taken_one_by_one(void **state)
{
    struct place place;
    assert_int_equal(chunk_of(&place, "dynamic", 110, 110 * NS_PER_S), 1);
    assert_int_equal(assert_rule(&place.result.plan, 2), 1);
    finish(&place);
    (void)state;
}

static void no_chunk_is_more_than_a_32nd_of_a_worker_s_part(void **state)
{
    struct place place;
    assert_int_equal(chunk_of(&place, "dynamic", 1000, 1), 16); /* ceil(1000 / 64) */
    finish(&place);
    assert_int_equal(chunk_of(&place, "dynamic", 64, 1), 1);
    finish(&place);
    (void)state;
}

static void a_static_chunk_is_the_whole_block(void **state)
{
    struct place place;
    assert_int_equal(chunk_of(&place, "static", 15, 15), 8);
    assert_string_equal(
        place.result.plan.chunk_rule, "static: one contiguous block for each worker");
    finish(&place);
    (void)state;
}

static void a_chunk_asked_for_is_taken(void **state)
{
    for (size_t i = 0; schedule_table[i]; i++) {
        struct place place;
        init(&place, PLAN_RUN, "empty", 0, 1000);
        place.result.plan.chunk = 7;
        place.result.plan.chunk_asked = true;
        assert_int_equal(settle_chunk(&place.result, schedule_table[i], 2), 7);
        assert_string_equal(place.result.plan.chunk_rule, "asked for");
        finish(&place);
    }
    (void)state;
}

/* In a sweep stages with more workers take smaller chunks, and the rule says so. */
static void a_chunk_is_settled_for_each_number_of_workers(void **state)
{
    struct place place;
    init(&place, PLAN_SWEEP, "empty", 0, 1000);
    made_stage(&place.result, RESULT_SEQUENTIAL, 0, 1, 1);
    assert_int_equal(settle_chunk(&place.result, schedule_table[0], 2), 16);
    assert_int_equal(assert_rule(&place.result.plan, 16), 16);
    assert_int_equal(settle_chunk(&place.result, schedule_table[0], 4), 8);
    assert_int_equal(assert_rule(&place.result.plan, 8), 8);
    assert_int_equal(settle_chunk(&place.result, schedule_table[0], 2), 16);
    finish(&place);
    (void)state;
}

/* What was prepared beforehand is no task's time. */
static void a_chunk_by_price_is_of_the_tasks_alone(void **state)
{
    struct place place;
    struct schedule_loop loop = {.tasks = 1000000, .workers = 2};
    init(&place, PLAN_RUN, "empty", 0, 1000);
    struct result_stage *stage =
        made_stage(&place.result, RESULT_SEQUENTIAL, 0, 1, NS_PER_S);
    stage->prepare_ns = NS_PER_S - 1000000; /* 1000 tasks of 1 us */
    assert_int_equal(settle_chunk_by_price(stage, &loop, 50), 5);
    assert_int_equal(settle_chunk_by_price(stage, &loop, 1000000), 15625);
    assert_int_equal(settle_chunk_by_price(NULL, &loop, 50), 1);
    finish(&place);
    (void)state;
}

static void set_points(struct place *place, const char *list)
{
    struct fault fault = {0};
    assert_int_equal(plan_parse_points(list, 2, &place->result.plan, &fault), 0);
}

static void a_sweep_has_points_to_twice_the_usable_cpus(void **state)
{
    struct place place;
    init(&place, PLAN_SWEEP, "empty", 0, 1000);
    place.result.plan.host_cpus = 3;
    plan_default_points(&place.result.plan);
    settle(&place);
    const struct plan *plan = &place.result.plan;
    assert_int_equal(plan->point_count, 4);
    assert_int_equal(plan->points[3], 6);
    assert_int_equal(plan->workers, 6);
    assert_int_equal(place.job.iterations, 1000);
    finish(&place);
    (void)state;
}

static void a_sweep_has_no_point_with_more_workers_than_tasks(void **state)
{
    struct place place;
    init(&place, PLAN_SWEEP, "empty", 0, 3);
    set_points(&place, "1-8x2");
    settle(&place);
    assert_int_equal(place.result.plan.point_count, 2);
    assert_int_equal(place.result.plan.workers, 2);
    assert_int_equal(place.result.remark_count, 1);
    assert_string_equal(place.result.remarks[0],
        "There are only 3 tasks: more workers than that were not measured.");
    finish(&place);
    init(&place, PLAN_SWEEP, "empty", 0, 1);
    plan_default_points(&place.result.plan);
    settle(&place);
    assert_int_equal(place.result.plan.point_count, 1);
    assert_string_equal(place.result.remarks[0],
        "There is only 1 task: more workers than that were not measured.");
    finish(&place);
    (void)state;
}

/* So that no point is the worse for a rest. */
static void a_sweep_is_scaled_to_a_multiple_of_its_points(void **state)
{
    static const struct {
        const char *list;
        int64_t multiple;
    } cases[] = {{"1-8", 840}, {"1,2,4", 4}, {"3,5,16", 240}, {"61,67,71", 71}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct place place;
        init(&place, PLAN_SWEEP, "spin", 10, 0);
        place.result.plan.seconds_ns = 100 * NS_PER_MS;
        set_points(&place, cases[i].list);
        settle(&place);
        const struct plan *plan = &place.result.plan;
        assert_int_equal(plan->iterations % cases[i].multiple, 0);
        assert_true(plan->iterations >= 4 * (int64_t)plan->workers);
        finish(&place);
    }
    (void)state;
}

/* The least common multiple of these is more than a loop may have, a day of them too. */
static void a_long_sweep_of_tiny_tasks_is_no_empty_loop(void **state)
{
    struct place place;
    init(&place, PLAN_SWEEP, "empty", 0, 0);
    place.result.plan.seconds_ns = 86400 * NS_PER_S;
    set_points(&place, "1-29");
    settle(&place);
    const struct plan *plan = &place.result.plan;
    assert_true(plan->iterations > WORKLOAD_ITERATIONS_MAX / 100);
    assert_true(plan->iterations <= WORKLOAD_ITERATIONS_MAX);
    assert_int_equal(plan->iterations % 29, 0);
    assert_int_equal(plan->workers, 29);
    finish(&place);
    (void)state;
}

/* To a multiple of 2 workers, four for each at least. */
static void assert_rounded(double tasks, double ideal)
{
    if (fabs(tasks - ideal) > 1.01 && tasks != 8)
        fail_msg("%g tasks instead of %g", tasks, ideal);
}

/* Task i takes i + 1 times as long as the first: n of them n (n + 1) / 2 times. */
static void a_loop_whose_tasks_grow_is_scaled_by_its_root(void **state)
{
    enum { PROBES = 100 };
    const double first_ns = 1e3, task_ns = first_ns * PROBES;
    struct place place;
    init(&place, PLAN_RUN, "triangle", 100, 0);
    struct plan *plan = &place.result.plan;
    for (int64_t wanted_ns = NS_PER_S; wanted_ns <= 1024 * NS_PER_S; wanted_ns *= 4) {
        plan->seconds_ns = wanted_ns;
        int64_t tasks = settle_iterations(plan, &place.job, task_ns, PROBES);
        assert_rounded((double)tasks, sqrt((double)wanted_ns / first_ns));
    }
    finish(&place);
    (void)state;
}

/* The time it was scaled by is that of a task of the loop as it is then. */
static void a_loop_whose_tasks_grow_says_what_a_task_takes_in_it(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "triangle", 100, 0);
    place.result.plan.seconds_ns = NS_PER_S / 2;
    double task_ns = settle(&place), tasks = (double)place.result.plan.iterations;
    assert_rounded(tasks, tasks * sqrt(0.5e9 / (task_ns * tasks)));
    finish(&place);
    (void)state;
}

/* What one worker does alone is part of the time wanted. */
static void a_serial_share_is_part_of_the_time(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "serial", 60, 0);
    place.result.plan.seconds_ns = 2 * NS_PER_S;
    double task_ns = settle(&place);
    double tasks = (double)place.result.plan.iterations;
    assert_rounded(tasks, 2e9 * (1 - 0.6) / task_ns);
    assert_int_equal(place.job.iterations, place.result.plan.iterations);
    finish(&place);
    (void)state;
}

static void in_map_chunks_grow(void **state)
{
    struct place place;
    int64_t price_ns, most;
    init(&place, PLAN_MAP, "empty", 0, 1000);
    place.result.plan.workers = 2;
    for (int i = 0; i < 2; i++)
        assert_int_equal(settle_chunk(&place.result, schedule_table[0], 2), 1);
    assert_true(place.result.plan.chunk_grows);
    assert_int_equal(place.result.plan.chunk, 0);
    assert_int_equal(sscanf(place.result.plan.chunk_rule,
                         "each worker's doubles from 1 until it lasts 100 hand-outs of "
                         "%" SCNd64 " ns, to %" SCNd64 " at most",
                         &price_ns, &most),
        2);
    assert_int_equal(most, 16);
    assert_true(price_ns > 0);
    finish(&place);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_asked_for_stays),
        cmocka_unit_test(one_iteration_is_one_time),
        cmocka_unit_test(workers_are_the_usable_cpus_rounded_up),
        cmocka_unit_test(map_of_a_given_loop_measures_nothing),
        cmocka_unit_test(scaled_it_takes_the_time_wanted),
        cmocka_unit_test(tiny_tasks_are_scaled_to_very_many),
        cmocka_unit_test(the_size_is_reduced_when_a_task_takes_too_long),
        cmocka_unit_test(a_size_asked_for_is_kept),
        cmocka_unit_test(a_size_that_is_no_length_is_kept),
        cmocka_unit_test(a_size_that_fits_is_kept),
        cmocka_unit_test(no_stamp_is_for_more_than_a_chunk_asked_for),
        cmocka_unit_test(calibration_can_be_stopped),
        cmocka_unit_test(suspended_time_is_not_the_tasks_time),
        cmocka_unit_test(a_dynamic_chunk_comes_from_the_mean_sequential_task),
        cmocka_unit_test(long_tasks_are_taken_one_by_one),
        cmocka_unit_test(no_chunk_is_more_than_a_32nd_of_a_worker_s_part),
        cmocka_unit_test(a_static_chunk_is_the_whole_block),
        cmocka_unit_test(a_chunk_asked_for_is_taken),
        cmocka_unit_test(a_chunk_is_settled_for_each_number_of_workers),
        cmocka_unit_test(a_chunk_by_price_is_of_the_tasks_alone),
        cmocka_unit_test(a_sweep_has_points_to_twice_the_usable_cpus),
        cmocka_unit_test(a_sweep_has_no_point_with_more_workers_than_tasks),
        cmocka_unit_test(a_sweep_is_scaled_to_a_multiple_of_its_points),
        cmocka_unit_test(a_long_sweep_of_tiny_tasks_is_no_empty_loop),
        cmocka_unit_test(a_loop_whose_tasks_grow_is_scaled_by_its_root),
        cmocka_unit_test(a_loop_whose_tasks_grow_says_what_a_task_takes_in_it),
        cmocka_unit_test(a_serial_share_is_part_of_the_time),
        cmocka_unit_test(in_map_chunks_grow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
