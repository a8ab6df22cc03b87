// SPDX-License-Identifier: MIT
#include "experiment/monitor.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "made.h"

/* A watch of this computer, and what was seen. */
struct place {
    struct loop *events;
    struct root root;
    struct result result;
    struct experiment_observer observer;
    struct monitor *monitor;
    int samples, with_loads, with_meters, until, suspended_at;
    bool done, sound;
};

static void sampled(void *data, const struct scene *scene)
{
    struct place *place = data;
    place->samples++;
    place->with_loads += scene->loads != NULL;
    place->with_meters += scene->meters != NULL;
    if (scene->phase != SCENE_WATCHING || scene->stage != 0 ||
        scene->result != &place->result || scene->worker_count != 0 ||
        scene->own_cpus != -1 || scene->elapsed_ns <= 0 || scene->expected_ns != 0)
        place->sound = false;
    if ((scene->loads != NULL) != (scene->busy_cpus >= 0))
        place->sound = false;
    if (place->samples == place->suspended_at)
        monitor_suspend(place->monitor);
    place->done = place->samples == place->until;
}

static void init(struct place *place, int until)
{
    struct fault fault = {0};
    *place = (struct place){.until = until, .sound = true};
    result_init(&place->result);
    assert_int_equal(loop_create(&place->events), 0);
    assert_int_equal(root_open(NULL, &place->root, &fault), 0);
    assert_int_equal(
        machine_init(&place->result.machine, &place->root, environ, &fault), 0);
    plan_init(&place->result.plan, PLAN_WATCH, "");
    place->observer = (struct experiment_observer){.data = place, .sampled = sampled};
}

static int run(struct place *place, int64_t period_ns, struct fault *fault)
{
    struct monitor_setup setup = {.events = place->events,
        .root = &place->root,
        .period_ns = period_ns,
        .observer = &place->observer};
    int error = monitor_run(&setup, &place->result, &place->done, &place->monitor, fault);
    assert_null(place->monitor);
    return error;
}

static void finish(struct place *place)
{
    result_finish(&place->result);
    root_close(&place->root);
    loop_destroy(place->events);
}

static void it_samples_until_it_is_told(void **state)
{
    struct place place;
    struct fault fault = {0};
    init(&place, 12);
    assert_int_equal(run(&place, 20 * NS_PER_MS, &fault), 0);
    assert_true(place.sound);
    assert_int_equal(place.samples, 12);
    assert_true(place.with_loads > 0);
    assert_true(place.with_meters > 0);
    assert_int_equal(place.result.stage_count, 1);
    const struct result_stage *stage = &place.result.stages[0];
    assert_int_equal(stage->kind, RESULT_WATCHED);
    assert_true(stage->complete);
    assert_int_equal(stage->workers, 0);
    assert_int_equal(stage->samples.count, 13); /* one more at the end */
    assert_int_equal(stage->samples.period_ns, 20 * NS_PER_MS);
    assert_int_equal(stage->samples.t_ns[12], stage->elapsed_ns);
    assert_true(stage->elapsed_ns >= 12 * 20 * NS_PER_MS);
    assert_int_equal(stage->cpu_count, place.result.machine.cpu_count);
    bool known = false;
    for (size_t i = 0; i < stage->cpu_count; i++)
        known = known || (stage->cpus[i].busy >= 0 && stage->cpus[i].busy <= 1);
    assert_true(known);
    finish(&place);
    (void)state;
}

static void a_long_period_holds_up_no_scene(void **state)
{
    struct place place;
    struct fault fault = {0};
    init(&place, 7);
    assert_int_equal(run(&place, 300 * NS_PER_MS, &fault), 0);
    assert_true(place.sound);
    assert_int_equal(place.samples, 7);
    assert_true(place.with_loads > 0);
    const struct result_stage *stage = &place.result.stages[0];
    assert_int_equal(stage->samples.count, 3); /* at 300, 600 and 700 ms */
    assert_true(stage->samples.t_ns[0] >= 250 * NS_PER_MS);
    finish(&place);
    (void)state;
}

/* The machine's counters would tell of the time stopped, too. */
static void run_suspended(void)
{
    struct place place;
    struct fault fault = {0};
    sigset_t stop;
    setpgid(0, 0); /* not orphaned: the test is its parent, in another group */
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigprocmask(SIG_BLOCK, &stop, NULL);
    init(&place, 12);
    place.suspended_at = 6;
    int64_t before_ns = clock_now_ns();
    assert_int_equal(run(&place, 20 * NS_PER_MS, &fault), 0);
    int64_t wall_ns = clock_now_ns() - before_ns;
    const struct result_stage *stage = &place.result.stages[0];
    assert_true(place.sound);
    assert_true(stage->suspended_ns >= 900 * NS_PER_MS);
    assert_true(stage->elapsed_ns + stage->suspended_ns <= wall_ns);
    for (size_t i = 1; i < stage->samples.count; i++)
        assert_true(stage->samples.t_ns[i] > stage->samples.t_ns[i - 1]);
    assert_int_equal(stage->samples.t_ns[stage->samples.count - 1], stage->elapsed_ns);
    finish(&place);
}

static void a_suspension_is_in_no_time_of_it(void **state)
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
    struct timespec rest = clock_timespec(NS_PER_S);
    nanosleep(&rest, NULL);
    assert_int_equal(kill(pid, SIGCONT), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), EXIT_SUCCESS);
    (void)state;
}

static void nobody_need_observe(void **state)
{
    struct place place;
    struct fault fault = {0};
    init(&place, 0);
    place.observer.sampled = NULL;
    place.done = true;
    assert_int_equal(run(&place, NS_PER_S, &fault), 0);
    assert_int_equal(place.result.stage_count, 1);
    assert_int_equal(place.result.stages[0].samples.count, 1);
    finish(&place);
    (void)state;
}

static void without_counters_there_is_no_stage(void **state)
{
    struct place place;
    struct fault fault = {0};
    char folder[] = "/tmp/parfor-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    init(&place, 1);
    root_close(&place.root);
    assert_int_equal(root_open(folder, &place.root, &fault), 0);
    assert_int_equal(run(&place, NS_PER_S, &fault), -ENOENT);
    assert_int_equal(fault.kind, FAULT_SYSTEM);
    assert_int_equal(place.result.stage_count, 0);
    finish(&place);
    rmdir(folder);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_samples_until_it_is_told),
        cmocka_unit_test(a_long_period_holds_up_no_scene),
        cmocka_unit_test(a_suspension_is_in_no_time_of_it),
        cmocka_unit_test(nobody_need_observe),
        cmocka_unit_test(without_counters_there_is_no_stage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
