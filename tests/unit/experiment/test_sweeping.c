// SPDX-License-Identifier: MIT
/* Sweeps by real workers, and what else the stages of one experiment share: the order of
 * the tasks and the CPUs that workers are pinned to. */
#include "experiment/experiment.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "experiment/verify.h"
#include "made.h"

/* An experiment on this computer, and where it is stopped. */
struct place {
    struct loop *events;
    struct root root;
    struct result result;
    struct experiment *experiment;
    struct experiment_observer observer;
    int stop_in;        /* at the first sample of the stage in that place; -1: nowhere */
    size_t points[16];  /* that there were after each stage */
    bool accounted[16]; /* it had its account by then */
};

static void sampled(void *data, const struct scene *scene)
{
    struct place *place = data;
    if (scene->phase == SCENE_RUNNING && scene->stage == place->stop_in)
        experiment_stop(place->experiment, SIGINT);
}

static void stage_ended(void *data, const struct scene *scene)
{
    struct place *place = data;
    place->points[scene->stage] = scene->result->sweep.point_count;
    place->accounted[scene->stage] =
        scene->result->stages[scene->stage].account.total_ns > 0;
}

static void init(struct place *place, enum plan_command command, const char *workload,
    int64_t size, int64_t tasks)
{
    struct fault fault = {0};
    *place = (struct place){.stop_in = -1};
    result_init(&place->result);
    assert_int_equal(loop_create(&place->events), 0);
    assert_int_equal(root_open(NULL, &place->root, &fault), 0);
    assert_int_equal(
        machine_init(&place->result.machine, &place->root, environ, &fault), 0);
    plan_init(&place->result.plan, command, workload);
    place->result.plan.size = size;
    place->result.plan.iterations = tasks;
    place->result.plan.host_cpus = 2;
    place->result.plan.interval_ns = 10 * NS_PER_MS;
    place->observer = (struct experiment_observer){
        .data = place, .sampled = sampled, .stage_ended = stage_ended};
    struct experiment_setup setup = {
        .events = place->events, .root = &place->root, .observer = &place->observer};
    place->experiment = experiment_create(&setup, &place->result);
}

static void set_points(struct place *place, const char *list)
{
    struct fault fault = {0};
    assert_int_equal(plan_parse_points(list, 2, &place->result.plan, &fault), 0);
}

static void run(struct place *place)
{
    struct fault fault = {0};
    if (experiment_check(place->experiment, &fault) < 0)
        fail_msg("%s", fault.text);
    if (experiment_run(place->experiment, &fault) < 0)
        fail_msg("%s", fault.text);
    assert_true(verify_result(&place->result));
}

static void finish(struct place *place)
{
    experiment_destroy(place->experiment);
    result_finish(&place->result);
    root_close(&place->root);
    loop_destroy(place->events);
}

static void a_sweep_has_its_points_before_it_runs(void **state)
{
    struct place place;
    struct fault fault = {0};
    init(&place, PLAN_SWEEP, "empty", 0, 100);
    place.result.plan.host_cpus = 3;
    assert_int_equal(experiment_check(place.experiment, &fault), 0);
    assert_int_equal(place.result.plan.point_count, 4);
    assert_int_equal(place.result.plan.points[3], 6);
    assert_false(place.result.plan.points_asked);
    finish(&place);
    (void)state;
}

static void a_sweep_is_interleaved_and_live(void **state)
{
    static const int workers[] = {1, 2, 3, 3, 2, 1, 1, 2, 3};
    static const size_t points[] = {1, 2, 3, 3, 3, 3, 3, 3, 3};
    struct place place;
    init(&place, PLAN_SWEEP, "spin", 1000, 12);
    set_points(&place, "1-3");
    run(&place);
    const struct result *result = &place.result;
    assert_int_equal(result->stage_count, 9);
    for (size_t i = 0; i < 9; i++) {
        const struct result_stage *stage = &result->stages[i];
        assert_int_equal(stage->workers, workers[i]);
        assert_int_equal(
            stage->kind, workers[i] == 1 ? RESULT_SEQUENTIAL : RESULT_PARALLEL);
        assert_int_equal(stage->repeat, i / 3);
        assert_int_equal(place.points[i], points[i]);
        assert_true(stage->complete);
        assert_int_equal(stage->digest, result->stages[0].digest);
        assert_true(place.accounted[i]);
    }
    const struct result_sweep *sweep = &result->sweep;
    assert_true(sweep->has);
    assert_false(sweep->cut_short);
    assert_int_equal(sweep->point_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(sweep->points[i].workers, i + 1);
        assert_int_equal(sweep->points[i].repeats, 3);
        assert_true(sweep->points[i].speedup > 0);
        assert_int_equal(sweep->points[i].has_interval, i > 0);
    }
    assert_true(sweep->advice[0] != '\0');
    assert_false(result->comparison.has);
    finish(&place);
    (void)state;
}

static void what_was_measured_before_a_stop_is_kept(void **state)
{
    struct place place;
    init(&place, PLAN_SWEEP, "sleep", 20000, 8);
    set_points(&place, "1,2,4");
    place.stop_in = 4;
    run(&place);
    assert_true(experiment_is_stopped(place.experiment));
    const struct result *result = &place.result;
    assert_int_equal(result->stage_count, 5);
    assert_false(result->stages[4].complete);
    assert_true(result->sweep.has && result->sweep.cut_short);
    assert_int_equal(result->sweep.point_count, 3);
    assert_int_equal(result->sweep.points[1].repeats, 1); /* the second was cut */
    assert_int_equal(result->sweep.points[2].repeats, 2);
    finish(&place);
    (void)state;
}

static void a_stop_in_the_first_stage_leaves_no_point(void **state)
{
    struct place place;
    init(&place, PLAN_SWEEP, "sleep", 50000, 8);
    place.stop_in = 0;
    run(&place);
    assert_int_equal(place.result.stage_count, 1);
    assert_false(place.result.sweep.has);
    assert_true(place.result.sweep.cut_short);
    assert_int_equal(place.result.sweep.point_count, 0);
    finish(&place);
    (void)state;
}

static void one_point_is_nothing_to_compare(void **state)
{
    struct place place;
    init(&place, PLAN_SWEEP, "spin", 1000, 4);
    set_points(&place, "1");
    place.result.plan.repeats = 1;
    run(&place);
    assert_int_equal(place.result.stage_count, 1);
    assert_true(place.result.sweep.has);
    assert_false(place.result.sweep.cut_short);
    assert_string_equal(
        place.result.sweep.advice, "One point: nothing to compare or to fit.");
    finish(&place);
    (void)state;
}

/* Each stage has the chunk of its own number of workers. */
static void chunks_are_those_of_each_point(void **state)
{
    struct place place;
    init(&place, PLAN_SWEEP, "empty", 0, 12);
    set_points(&place, "1-3");
    text_copy(sizeof place.result.plan.schedule, place.result.plan.schedule, "static");
    place.result.plan.repeats = 2;
    run(&place);
    for (size_t i = 0; i < place.result.stage_count; i++) {
        const struct result_stage *stage = &place.result.stages[i];
        assert_int_equal(stage->largest_chunk, 12 / stage->workers);
    }
    finish(&place);
    (void)state;
}

static const struct result_record *find_longest(const struct result_stage *stage)
{
    const struct result_record *longest = &stage->records[0];
    for (size_t i = 1; i < stage->record_count; i++) {
        const struct result_record *record = &stage->records[i];
        if (record->end_ns - record->start_ns > longest->end_ns - longest->start_ns)
            longest = record;
    }
    return longest;
}

/* Whether it was the first task of its worker. */
static bool was_first(const struct result_stage *stage, int64_t index)
{
    const struct result_record *found = NULL;
    for (size_t i = 0; i < stage->record_count; i++)
        if (stage->records[i].index == index)
            found = &stage->records[i];
    assert_non_null(found);
    for (size_t i = 0; i < stage->record_count; i++)
        if (stage->records[i].worker == found->worker &&
            stage->records[i].start_ns < found->start_ns)
            return false;
    return true;
}

static void the_longest_task_of_the_sequential_stage_comes_first(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "triangle", 500, 16);
    place.result.plan.workers = 2;
    place.result.plan.order = PLAN_ORDER_LONGEST;
    run(&place);
    const struct result_stage *before = &place.result.stages[0];
    const struct result_stage *stage = &place.result.stages[1];
    assert_int_equal(before->record_count, 16);
    for (int64_t i = 0; i < 16; i++)
        assert_int_equal(before->records[i].index, i); /* as numbered */
    assert_true(was_first(stage, find_longest(before)->index));
    assert_int_equal(stage->done, 16);
    finish(&place);
    (void)state;
}

static void without_a_sequential_stage_nothing_is_the_longest(void **state)
{
    struct place place;
    struct fault fault = {0};
    init(&place, PLAN_MAP, "triangle", 500, 16);
    place.result.plan.order = PLAN_ORDER_LONGEST;
    assert_int_equal(experiment_check(place.experiment, &fault), -EINVAL);
    assert_int_equal(fault.kind, FAULT_INPUT);
    assert_string_equal(fault.text,
        "no sequential stage: --order longest (it needs parfor run, where tasks are "
        "timed first)");
    finish(&place);
    (void)state;
}

static void pinned_workers_stay_where_they_are(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "spin", 1000, 12);
    place.result.plan.workers = 2;
    place.result.plan.pin = true;
    run(&place);
    for (size_t i = 0; i < 2; i++) {
        const struct result_stage *stage = &place.result.stages[i];
        for (size_t k = 0; k < stage->record_count; k++) {
            const struct result_record *record = &stage->records[k];
            int pinned = stage->worker_list[record->worker].pinned;
            assert_true(pinned >= 0);
            assert_int_equal(record->cpu, pinned);
        }
    }
    finish(&place);
    (void)state;
}

static void more_workers_than_cpus_share_them(void **state)
{
    struct place place;
    char expected[120];
    init(&place, PLAN_MAP, "spin", 100, 1000);
    int cpus = 0;
    for (size_t i = 0; i < place.result.machine.cpu_count; i++)
        cpus += place.result.machine.cpus[i].allowed;
    place.result.plan.workers = cpus + 1;
    place.result.plan.pin = true;
    run(&place);
    snprintf(expected, sizeof expected,
        "There %s %d CPU%s to pin to: of %d workers some share one.",
        cpus == 1 ? "is" : "are", cpus, cpus == 1 ? "" : "s", cpus + 1);
    assert_true(place.result.remark_count > 0);
    assert_string_equal(place.result.remarks[0], expected);
    const struct result_worker *workers = place.result.stages[0].worker_list;
    assert_int_equal(workers[cpus].pinned, workers[0].pinned);
    finish(&place);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sweep_has_its_points_before_it_runs),
        cmocka_unit_test(a_sweep_is_interleaved_and_live),
        cmocka_unit_test(what_was_measured_before_a_stop_is_kept),
        cmocka_unit_test(a_stop_in_the_first_stage_leaves_no_point),
        cmocka_unit_test(one_point_is_nothing_to_compare),
        cmocka_unit_test(chunks_are_those_of_each_point),
        cmocka_unit_test(the_longest_task_of_the_sequential_stage_comes_first),
        cmocka_unit_test(without_a_sequential_stage_nothing_is_the_longest),
        cmocka_unit_test(pinned_workers_stay_where_they_are),
        cmocka_unit_test(more_workers_than_cpus_share_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
