// SPDX-License-Identifier: MIT
#include "experiment/experiment.h"
#include "experiment/verify.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
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
    char told[256];                 /* a letter for each call: p, s, ., e, b */
    int samples[SCENE_WATCHING];    /* in each phase … */
    int with_loads[SCENE_WATCHING]; /* … of which so many had loads */
    bool stops;                     /* at the first sample of the stage of the kind … */
    enum result_stage_kind stop_in;
    int stop_by;  /* … by that signal, or 0 */
    int go_after; /* the next stage may start after so many samples between; 0: at once */
    bool sound;   /* all scenes made sense */
    int64_t last_done;
    size_t records; /* seen while a stage ran */
    double most_own_cpus, most_share;
    bool saw_task;
};

static void tell(struct place *place, char letter)
{
    size_t length = strlen(place->told);
    bool again = letter == '.' && length > 0 && place->told[length - 1] == '.';
    if (!again && length + 1 < sizeof place->told)
        place->told[length] = letter;
}

#define NEED(CONDITION)                                                                  \
    do {                                                                                 \
        if (!(CONDITION)) {                                                              \
            print_error("%s:%d: not so: %s\n", __FILE__, __LINE__, #CONDITION);          \
            place->sound = false;                                                        \
        }                                                                                \
    } while (0)

static void look_at_loads(struct place *place, const struct scene *scene)
{
    const struct machine *machine = &place->result.machine;
    double busy_cpus = 0;
    if (!scene->loads) {
        NEED(scene->busy_cpus == -1);
        return;
    }
    for (size_t i = 0; i < machine->cpu_count; i++) {
        NEED(scene->loads[i].busy == -1 || scene->loads[i].busy >= 0);
        NEED(scene->loads[i].busy <= 1.0001F);
        busy_cpus += scene->loads[i].busy > 0 ? (double)scene->loads[i].busy : 0;
    }
    NEED(fabs(scene->busy_cpus - busy_cpus) < 1e-4);
}

static void look_at_workers(struct place *place, const struct scene *scene)
{
    int64_t done = 0;
    for (size_t i = 0; i < scene->worker_count; i++) {
        const struct scene_worker *worker = &scene->workers[i];
        NEED(worker->worker == (int)i);
        NEED(worker->cpu >= -1 && worker->done >= 0 && worker->index >= -1);
        NEED(worker->index < place->result.plan.iterations);
        NEED(worker->cpu_share == -1 || worker->cpu_share >= 0);
        place->saw_task = place->saw_task || worker->index >= 0;
        if (worker->cpu_share > place->most_share)
            place->most_share = worker->cpu_share;
        done += worker->done;
    }
    NEED(scene->phase != SCENE_RUNNING || done <= scene->done + scene->failed);
    if (scene->phase == SCENE_BETWEEN || scene->phase == SCENE_ENDED)
        NEED(done == scene->done + scene->failed);
}

static void look(struct place *place, const struct scene *scene)
{
    const struct result *result = &place->result;
    NEED(scene == experiment_scene(place->experiment));
    NEED(scene->result == result);
    NEED(scene->stage == (int)result->stage_count - 1);
    NEED(scene->elapsed_ns >= 0 && scene->expected_ns >= 0 && scene->done >= 0);
    NEED(scene->done + scene->failed <= result->plan.iterations || scene->stage < 0);
    NEED(scene->own_cpus == -1 || scene->own_cpus >= 0);
    if (scene->own_cpus > place->most_own_cpus)
        place->most_own_cpus = scene->own_cpus;
    look_at_loads(place, scene);
    look_at_workers(place, scene);
}

static void planned(void *data, const struct result *result)
{
    struct place *place = data;
    NEED(result == &place->result && result->stage_count == 0 && result->plan.title[0]);
    tell(place, 'p');
}

static void stage_started(void *data, const struct scene *scene)
{
    struct place *place = data;
    look(place, scene);
    NEED(scene->phase == SCENE_RUNNING && !scene->loads && scene->worker_count == 0);
    NEED(scene->done == 0 && scene->elapsed_ns == 0 && scene_stage(scene)->workers >= 1);
    place->last_done = 0;
    tell(place, 's');
}

static void look_at_records(struct place *place, const struct scene *scene)
{
    const struct result_stage *stage = scene_stage(scene);
    experiment_collect_records(place->experiment);
    NEED(stage->record_count >= place->records || stage->record_count == 0);
    place->records = stage->record_count;
    for (size_t i = 0; i < stage->record_count; i++)
        NEED(stage->records[i].end_ns >= stage->records[i].start_ns);
}

static void sampled(void *data, const struct scene *scene)
{
    struct place *place = data;
    look(place, scene);
    NEED((int)scene->phase < SCENE_WATCHING && scene->phase != SCENE_ENDED);
    place->samples[scene->phase]++;
    place->with_loads[scene->phase] += scene->loads != NULL;
    if (scene->phase == SCENE_BETWEEN && place->samples[SCENE_BETWEEN] >= place->go_after)
        experiment_go_on(place->experiment);
    if (scene->phase != SCENE_RUNNING)
        return;
    NEED(scene->done >= place->last_done && scene_stage(scene)->samples.count > 0);
    NEED((int)scene->worker_count == scene_stage(scene)->workers_asked);
    look_at_records(place, scene);
    place->last_done = scene->done;
    tell(place, '.');
    if (place->stops && scene_stage(scene)->kind == place->stop_in)
        experiment_stop(place->experiment, place->stop_by);
}

static void stage_ended(void *data, const struct scene *scene)
{
    struct place *place = data;
    const struct result_stage *stage = scene_stage(scene);
    look(place, scene);
    NEED(scene->phase == SCENE_BETWEEN || scene->phase == SCENE_ENDED);
    NEED(scene->done == stage->done && scene->elapsed_ns == stage->elapsed_ns);
    NEED(scene->worker_count == stage->worker_count);
    for (size_t i = 0; i < scene->worker_count; i++)
        NEED(scene->workers[i].pid == stage->worker_list[i].pid);
    if (scene->phase == SCENE_ENDED && !place->stops &&
        place->result.plan.command == PLAN_RUN)
        NEED(scene->result->comparison.has);
    place->records = 0;
    tell(place, 'e');
}

static bool before_stage(void *data, const struct scene *scene)
{
    struct place *place = data;
    look(place, scene);
    NEED(scene->phase == SCENE_BETWEEN);
    tell(place, 'b');
    return place->go_after > 0;
}

static void init(struct place *place, enum plan_command command, const char *workload,
    int64_t size, int64_t tasks)
{
    struct fault fault = {0};
    *place = (struct place){.sound = true, .stop_by = SIGINT};
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
        .stage_ended = stage_ended,
        .before_stage = before_stage};
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
    assert_int_equal(experiment_scene(place->experiment)->phase, SCENE_ENDED);
}

/* For the first frame of a screen. */
static void before_it_runs_the_scene_is_what_comes_first(void **state)
{
    for (int looks = 0; looks < 2; looks++) {
        struct place place;
        init(&place, looks ? PLAN_RUN : PLAN_MAP, "sleep", 20000, 10);
        const struct scene *scene = experiment_scene(place.experiment);
        assert_int_equal(scene->phase, looks ? SCENE_QUIET : SCENE_CALIBRATING);
        assert_ptr_equal(scene->result, &place.result);
        assert_null(scene_stage(scene));
        assert_null(scene->loads);
        assert_true(scene->busy_cpus == -1 && scene->own_cpus == -1);
        assert_int_equal(scene->worker_count, 0);
        finish(&place);
    }
    (void)state;
}

static void a_whole_run(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 20000, 10);
    run(&place);
    const struct result *result = &place.result;
    assert_string_equal(place.told, "ps.ebs.e");
    assert_false(experiment_is_stopped(place.experiment));
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
    assert_in_range(place.samples[SCENE_QUIET], 1, 15);
    assert_in_range(place.with_loads[SCENE_QUIET], 1, place.samples[SCENE_QUIET]);
    assert_true(place.samples[SCENE_CALIBRATING] > 0);
    assert_true(place.samples[SCENE_RUNNING] > 0 && place.with_loads[SCENE_RUNNING] > 0);
    assert_int_equal(place.samples[SCENE_BETWEEN], 0); /* it had not to wait */
    assert_true(place.saw_task);
    finish(&place);
    (void)state;
}

static void sampled_seldom(void *data, const struct scene *scene)
{
    struct place *place = data;
    look(place, scene);
    place->samples[scene->phase]++;
    if (scene->phase == SCENE_RUNNING)
        NEED(scene_stage(scene)->samples.count == 0 && scene->elapsed_ns > 0);
}

static void a_long_interval_holds_up_no_scene(void **state)
{
    struct place place;
    init(&place, PLAN_MAP, "sleep", 100000, 10);
    place.result.plan.interval_ns = 10 * NS_PER_S;
    place.observer.sampled = sampled_seldom;
    run(&place);
    const struct result_samples *samples = &place.result.stages[0].samples;
    assert_true(place.samples[SCENE_RUNNING] >= 2); /* of 100 ms, in 500 */
    assert_true(place.saw_task);
    assert_int_equal(samples->count, 1); /* that at its end */
    assert_int_equal(samples->period_ns, 10 * NS_PER_S);
    finish(&place);
    (void)state;
}

static void the_workers_cpu_time_is_seen_while_they_run(void **state)
{
    struct place place;
    init(&place, PLAN_MAP, "spin", 20000, 30);
    run(&place);
    assert_true(place.result.stages[0].complete);
    if (place.result.stages[0].elapsed_ns > 300 * NS_PER_MS) {
        assert_true(place.most_own_cpus > 0.1);
        assert_true(place.most_share > 0.1);
    }
    assert_true(place.most_own_cpus < 3 && place.most_share < 1.5);
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
    assert_true(experiment_is_stopped(place.experiment));
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
    assert_true(experiment_is_stopped(place.experiment));
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
    assert_true(experiment_is_stopped(place.experiment));
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
    assert_string_equal(place.told, "ps.ebs.e");
    assert_int_equal(place.result.stage_count, 2);
    assert_true(place.result.stages[0].complete);
    assert_false(place.result.stages[1].complete);
    assert_true(experiment_is_stopped(place.experiment));
    assert_false(place.result.comparison.has);
    assert_true(verify_result(&place.result));
    finish(&place);
    (void)state;
}

/* Not by a signal then: the program ends as it would have without. */
static void stopped_by_the_user_s_wish(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 60000000, 4);
    place.stops = true;
    place.stop_by = 0;
    place.stop_in = RESULT_SEQUENTIAL;
    run(&place);
    assert_string_equal(place.told, "ps.e");
    assert_int_equal(place.result.stage_count, 1);
    const struct result_stage *stage = &place.result.stages[0];
    assert_false(stage->complete);
    assert_true(experiment_is_stopped(place.experiment));
    assert_true(stage->event_count >= 1);
    assert_int_equal(stage->events[stage->event_count - 1].what, RESULT_STOPPED);
    assert_int_equal(stage->events[stage->event_count - 1].signal, 0);
    finish(&place);
    (void)state;
}

static void between_the_stages_it_waits_for_the_observer(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 30000, 6);
    place.go_after = 15; /* of 20 ms */
    run(&place);
    assert_string_equal(place.told, "ps.ebs.e");
    assert_int_equal(place.result.stage_count, 2);
    assert_in_range(place.samples[SCENE_BETWEEN], 15, 17);
    assert_true(place.with_loads[SCENE_BETWEEN] > 0);
    assert_false(experiment_is_stopped(place.experiment));
    assert_true(place.result.comparison.has);
    finish(&place);
    (void)state;
}

static void stopped_while_it_waits_for_the_observer(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 5000, 6);
    place.go_after = 1000000;
    place.stops = true;
    place.stop_in = RESULT_WATCHED; /* none */
    stop_after(&place, 1500 * NS_PER_MS);
    run(&place);
    assert_string_equal(place.told, "ps.eb");
    assert_int_equal(place.result.stage_count, 1);
    assert_true(place.result.stages[0].complete);
    assert_true(experiment_is_stopped(place.experiment));
    finish(&place);
    (void)state;
}

static void stop_at_once(void *data, const struct scene *scene)
{
    struct place *place = data;
    stage_started(data, scene);
    if (scene->stage == 1)
        experiment_stop(place->experiment, 0);
}

static void stopped_before_the_first_worker_the_stage_is_none(void **state)
{
    struct place place;
    init(&place, PLAN_RUN, "sleep", 5000, 6);
    place.observer.stage_started = stop_at_once;
    run(&place);
    assert_string_equal(place.told, "ps.ebs");
    assert_int_equal(place.result.stage_count, 1);
    const struct scene *scene = experiment_scene(place.experiment);
    assert_int_equal(scene->stage, 0);
    assert_int_equal(scene->done, 6);
    assert_int_equal(scene->worker_count, 1);
    finish(&place);
    (void)state;
}

static void suspend_between(void *data, const struct scene *scene)
{
    struct place *place = data;
    sampled(data, scene);
    if (place->samples[SCENE_BETWEEN] != 8 || scene->phase != SCENE_BETWEEN)
        return;
    NEED(scene->loads);
    experiment_suspend(place->experiment);
    place->samples[SCENE_BETWEEN]++;
    place->with_loads[SCENE_BETWEEN] = 0;
    tell(place, 'z');
}

static void run_suspended(void)
{
    struct place place;
    sigset_t stop;
    setpgid(0, 0); /* not orphaned: the test is its parent, in another group */
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigprocmask(SIG_BLOCK, &stop, NULL);
    init(&place, PLAN_RUN, "sleep", 30000, 6);
    place.go_after = 30;
    place.observer.sampled = suspend_between;
    run(&place);
    assert_string_equal(place.told, "ps.ebzs.e");
    assert_true(place.with_loads[SCENE_BETWEEN] > 0);
    assert_true(place.with_loads[SCENE_BETWEEN] < 20); /* none at once */
    assert_int_equal(place.result.stages[1].suspended_ns, 0);
    finish(&place);
}

static void suspended_while_it_waits_for_the_observer(void **state)
{
    int status = 0;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        alarm(60);
        run_suspended();
        _exit(EXIT_SUCCESS);
    }
    assert_int_equal(waitpid(pid, &status, WUNTRACED), pid);
    assert_true(WIFSTOPPED(status));
    struct timespec rest = clock_timespec(300 * NS_PER_MS);
    nanosleep(&rest, NULL);
    assert_int_equal(kill(pid, SIGCONT), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), EXIT_SUCCESS);
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

/* Also where nobody asked for the points: on 2 CPUs these are 1, 2 and 4. */
static void a_sweep_of_too_many_stages_is_refused(void **state)
{
    struct place place;
    struct fault fault = {0};
    init(&place, PLAN_SWEEP, "empty", 0, 4);
    place.result.plan.host_cpus = 2;
    place.result.plan.repeats = RESULT_STAGES_MAX / 3;
    assert_int_equal(experiment_check(place.experiment, &fault), 0);
    place.result.plan.repeats++;
    assert_int_equal(experiment_check(place.experiment, &fault), -EINVAL);
    assert_string_equal(
        fault.text, "too many stages: -r 667 of 3 numbers of workers (2000)");
    finish(&place);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_it_runs_the_scene_is_what_comes_first),
        cmocka_unit_test(a_whole_run),
        cmocka_unit_test(a_long_interval_holds_up_no_scene),
        cmocka_unit_test(the_workers_cpu_time_is_seen_while_they_run),
        cmocka_unit_test(a_map_is_the_parallel_stage_alone),
        cmocka_unit_test(every_second_repeat_is_the_other_way_round),
        cmocka_unit_test(static_blocks),
        cmocka_unit_test(nobody_need_observe),
        cmocka_unit_test(stopped_while_it_looks_whether_it_is_quiet),
        cmocka_unit_test(stopped_while_it_calibrates),
        cmocka_unit_test(stopped_in_the_sequential_stage),
        cmocka_unit_test(stopped_in_the_parallel_stage),
        cmocka_unit_test(stopped_by_the_user_s_wish),
        cmocka_unit_test(between_the_stages_it_waits_for_the_observer),
        cmocka_unit_test(stopped_while_it_waits_for_the_observer),
        cmocka_unit_test(stopped_before_the_first_worker_the_stage_is_none),
        cmocka_unit_test(suspended_while_it_waits_for_the_observer),
        cmocka_unit_test(a_plan_that_cannot_be_run_is_refused_before),
        cmocka_unit_test(a_sweep_of_too_many_stages_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
