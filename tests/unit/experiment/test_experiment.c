// SPDX-License-Identifier: MIT
#include "experiment/experiment.h"
#include "experiment/verify.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "experiment/comparison.h"
#include "made.h"

/* An experiment on this computer, what its observer was told, and where it is stopped. */
struct place {
    struct loop *events;
    struct root root;
    struct result result;
    struct experiment *experiment;
    struct experiment_observer observer;
    char told[256]; /* a letter for each call: p, s, ., e */
    bool stops;     /* at the first sample of the stage of the kind … */
    enum result_stage_kind stop_in;
    bool sound; /* all views made sense */
    int64_t last_done;
};

static void tell(struct place *place, char letter)
{
    size_t length = strlen(place->told);
    bool again = letter == '.' && length > 0 && place->told[length - 1] == '.';
    if (!again && length + 1 < sizeof place->told)
        place->told[length] = letter;
}

static void look(struct place *place, const struct experiment_view *view)
{
    const struct result *result = &place->result;
    if (view->result != result ||
        view->stage != &result->stages[result->stage_count - 1] || view->elapsed_ns < 0 ||
        view->done < 0 || view->done + view->failed > result->plan.iterations ||
        view->busy_cpus < 0 || view->busy_cpus > (double)result->machine.cpu_count)
        place->sound = false;
}

static void planned(void *data, const struct result *result)
{
    struct place *place = data;
    if (result != &place->result || result->stage_count != 0 || !result->plan.title[0])
        place->sound = false;
    tell(place, 'p');
}

static void stage_started(void *data, const struct experiment_view *view)
{
    struct place *place = data;
    look(place, view);
    if (view->done != 0 || view->elapsed_ns != 0 || view->stage->workers < 1)
        place->sound = false;
    place->last_done = 0;
    tell(place, 's');
}

static void sampled(void *data, const struct experiment_view *view)
{
    struct place *place = data;
    look(place, view);
    if (view->done < place->last_done || view->stage->samples.count == 0)
        place->sound = false;
    place->last_done = view->done;
    tell(place, '.');
    if (place->stops && view->stage->kind == place->stop_in)
        experiment_stop(place->experiment, SIGINT);
}

static void stage_ended(void *data, const struct experiment_view *view)
{
    struct place *place = data;
    look(place, view);
    if (view->done != view->stage->done || view->elapsed_ns != view->stage->elapsed_ns)
        place->sound = false;
    tell(place, 'e');
}

static void init(struct place *place, enum plan_command command, const char *workload,
    int64_t size, int64_t tasks)
{
    struct fault fault = {0};
    *place = (struct place){.sound = true};
    result_init(&place->result);
    assert_int_equal(loop_create(&place->events), 0);
    assert_int_equal(root_open(NULL, &place->root, &fault), 0);
    assert_int_equal(
        machine_init(&place->result.machine, &place->root, environ, &fault), 0);
    plan_init(&place->result.plan, command, workload);
    place->result.plan.size = size;
    place->result.plan.iterations = tasks;
    place->result.plan.workers = 2;
    place->result.plan.host_cpus = 2;
    place->result.plan.interval_ns = 20 * NS_PER_MS;
    place->observer = (struct experiment_observer){.data = place,
        .planned = planned,
        .stage_started = stage_started,
        .sampled = sampled,
        .stage_ended = stage_ended};
    struct experiment_setup setup = {
        .events = place->events, .root = &place->root, .observer = &place->observer};
    place->experiment = experiment_create(&setup, &place->result);
}

static void finish(struct place *place)
{
    experiment_destroy(place->experiment);
    result_finish(&place->result);
    root_close(&place->root);
    loop_destroy(place->events);
}

static void run(struct place *place)
{
    struct fault fault = {0};
    if (experiment_check(place->experiment, &fault) < 0)
        fail_msg("%s", fault.text);
    if (experiment_run(place->experiment, &fault) < 0)
        fail_msg("%s", fault.text);
    assert_true(place->sound);
}

static void a_whole_run(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 20000, 10);
    run(&place);
    const struct result *result = &place.result;
    assert_string_equal(place.told, "ps.es.e");
    assert_int_equal(experiment_stopped_by(place.experiment), 0);
    assert_int_equal(result->stage_count, 2);
    assert_int_equal(result->stages[0].kind, RESULT_SEQUENTIAL);
    assert_int_equal(result->stages[1].kind, RESULT_PARALLEL);
    for (size_t i = 0; i < 2; i++) {
        const struct result_stage *stage = &result->stages[i];
        assert_true(stage->complete);
        assert_int_equal(stage->done, 10);
        assert_int_equal(stage->failed, 0);
        assert_int_equal(stage->digest, result->stages[0].digest);
        const struct account *account = &stage->account;
        assert_int_equal(
            account->total_ns, (int64_t)stage->worker_count * stage->elapsed_ns);
        int64_t waiting_ns =
            account->waiting_ns == ACCOUNT_NOT_SEEN ? 0 : account->waiting_ns;
        assert_int_equal(account->startup_ns + account->useful_ns + account->slowdown_ns +
                             waiting_ns + account->blocked_ns + account->handout_ns +
                             account->tail_ns,
            account->total_ns);
    }
    assert_true(result->comparison.has);
    assert_true(result->comparison.speedup > 0);
    assert_true(result->comparison.sentence[0] != '\0');
    assert_int_equal(result->plan.chunk, 1);
    assert_true(verify_result(&place.result));
    finish(&place);
    (void)state;
}

static void a_map_is_the_parallel_stage_alone(void **state)
{
    struct place place;
    init(&place, PLAN_MAP, "sleep", 30000, 8);
    run(&place);
    assert_string_equal(place.told, "ps.e");
    assert_int_equal(place.result.stage_count, 1);
    assert_int_equal(place.result.stages[0].kind, RESULT_PARALLEL);
    assert_true(place.result.stages[0].complete);
    assert_true(place.result.plan.chunk_grows);
    assert_false(place.result.comparison.has);
    assert_true(verify_result(&place.result));
    finish(&place);
    (void)state;
}

static void every_second_repeat_is_the_other_way_round(void **state)
{
    static const enum result_stage_kind kinds[] = {RESULT_SEQUENTIAL, RESULT_PARALLEL,
        RESULT_PARALLEL, RESULT_SEQUENTIAL, RESULT_SEQUENTIAL, RESULT_PARALLEL};
    struct place place;
    init(&place, PLAN_RUN, "spin", 50, 40);
    place.result.plan.repeats = 3;
    run(&place);
    assert_int_equal(place.result.stage_count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(place.result.stages[i].kind, kinds[i]);
        assert_int_equal(place.result.stages[i].repeat, i / 2);
        assert_true(place.result.stages[i].complete);
        assert_int_equal(place.result.stages[i].digest, place.result.stages[0].digest);
    }
    assert_true(place.result.comparison.has_interval);
    assert_true(verify_result(&place.result));
    finish(&place);
    (void)state;
}

static void static_blocks(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "spin", 50, 21);
    text_copy(sizeof place.result.plan.schedule, place.result.plan.schedule, "static");
    run(&place);
    assert_int_equal(place.result.plan.chunk, 11);
    assert_int_equal(place.result.stages[1].largest_chunk, 11);
    assert_int_equal(place.result.stages[1].worker_list[1].tasks, 10);
    finish(&place);
    (void)state;
}

static void nobody_need_observe(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 15000, 4);
    place.observer = (struct experiment_observer){.data = NULL};
    run(&place);
    assert_int_equal(place.result.stage_count, 2);
    finish(&place);
    (void)state;
}

static void stop_now(void *data)
{
    struct place *place = data;
    experiment_stop(place->experiment, SIGTERM);
}

static void stop_after(struct place *place, int64_t ns)
{
    struct watch *timer; /* goes with the loop */
    assert_int_equal(loop_watch_timer(place->events, ns, stop_now, place, &timer), 0);
}

static void stopped_while_it_looks_whether_it_is_quiet(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 60000000, 4);
    stop_after(&place, 10 * NS_PER_MS);
    run(&place);
    assert_string_equal(place.told, "");
    assert_int_equal(place.result.stage_count, 0);
    assert_int_equal(experiment_stopped_by(place.experiment), SIGTERM);
    assert_false(place.result.comparison.has);
    finish(&place);
    (void)state;
}

/* `map` starts with the calibration at once, and that would last seconds here. */
static void stopped_while_it_calibrates(void **state)
{
    struct place place;
    init(&place, PLAN_MAP, "sleep", 60000000, 0);
    stop_after(&place, 10 * NS_PER_MS);
    run(&place);
    assert_string_equal(place.told, "");
    assert_int_equal(place.result.stage_count, 0);
    assert_int_equal(experiment_stopped_by(place.experiment), SIGTERM);
    finish(&place);
    (void)state;
}

static void stopped_in_the_sequential_stage(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 60000000, 4);
    place.stops = true;
    place.stop_in = RESULT_SEQUENTIAL;
    run(&place);
    assert_string_equal(place.told, "ps.e");
    assert_int_equal(place.result.stage_count, 1);
    const struct result_stage *stage = &place.result.stages[0];
    assert_false(stage->complete);
    assert_int_equal(stage->done, 0);
    assert_int_equal(experiment_stopped_by(place.experiment), SIGINT);
    assert_false(place.result.comparison.has);
    assert_true(stage->event_count >= 1);
    assert_int_equal(stage->events[stage->event_count - 1].what, RESULT_STOPPED);
    assert_int_equal(stage->events[stage->event_count - 1].signal, SIGINT);
    finish(&place);
    (void)state;
}

static void stopped_in_the_parallel_stage(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 100000, 8);
    place.stops = true;
    place.stop_in = RESULT_PARALLEL;
    place.result.plan.repeats = 2;
    run(&place);
    assert_string_equal(place.told, "ps.es.e");
    assert_int_equal(place.result.stage_count, 2);
    assert_true(place.result.stages[0].complete);
    assert_false(place.result.stages[1].complete);
    assert_int_equal(experiment_stopped_by(place.experiment), SIGINT);
    assert_false(place.result.comparison.has);
    assert_true(verify_result(&place.result));
    finish(&place);
    (void)state;
}

static void a_plan_that_cannot_be_run_is_refused_before(void **state)
{
    static const struct {
        const char *workload, *schedule;
        int64_t size;
        const char *fault;
    } cases[] = {
        {"factorail", "dynamic", 0, "no such loop: factorail (did you mean factorial?)"},
        {"sleep", "dynamics", 0, "no such schedule: dynamics (did you mean dynamic?)"},
        {"empty", "dynamic", 3, "empty has no size: 3"},
        {"factorial", "dynamic", -1,
            "size out of range: -1 (factorial: n, 1 to 1000000000)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct place place;
        struct fault fault = {0};
        init(&place, PLAN_RUN, cases[i].workload, cases[i].size, 4);
        struct plan *plan = &place.result.plan;
        text_copy(sizeof plan->schedule, plan->schedule, cases[i].schedule);
        assert_int_equal(experiment_check(place.experiment, &fault), -EINVAL);
        assert_int_equal(fault.kind, FAULT_INPUT);
        assert_string_equal(fault.text, cases[i].fault);
        finish(&place);
    }
    experiment_destroy(NULL);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_run),
        cmocka_unit_test(a_map_is_the_parallel_stage_alone),
        cmocka_unit_test(every_second_repeat_is_the_other_way_round),
        cmocka_unit_test(static_blocks),
        cmocka_unit_test(nobody_need_observe),
        cmocka_unit_test(stopped_while_it_looks_whether_it_is_quiet),
        cmocka_unit_test(stopped_while_it_calibrates),
        cmocka_unit_test(stopped_in_the_sequential_stage),
        cmocka_unit_test(stopped_in_the_parallel_stage),
        cmocka_unit_test(a_plan_that_cannot_be_run_is_refused_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
