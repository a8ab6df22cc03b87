// SPDX-License-Identifier: MIT
/* Whole programs in real experiments, and what is made of their times. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "experiment/experiment.h"
#include "experiment/versus.h"
#include "experiment/words_programs.h"
#include "made.h"

/* An experiment on this computer, and what its observer was told. */
struct place {
    struct loop *events;
    struct root root;
    struct result result;
    struct experiment *experiment;
    struct experiment_observer observer;
    char output[256];       /* of the items that it was told of */
    int64_t numbers[8];     /* of these … */
    size_t told_count;      /* … and how many */
    int most_processes;     /* in a scene */
    int stop_after_samples; /* of a stage; 0: never */
};

static void sampled(void *data, const struct scene *scene)
{
    struct place *place = data;
    if (scene->family && (int)scene->family->count > place->most_processes)
        place->most_processes = (int)scene->family->count;
    if (scene->phase == SCENE_RUNNING && place->stop_after_samples > 0 &&
        --place->stop_after_samples == 0)
        experiment_stop(place->experiment, SIGINT);
}

static int item_ended(void *data, const struct result_record *record,
    const struct experiment_output *output, struct fault *fault)
{
    struct place *place = data;
    size_t used = strlen(place->output);
    ssize_t got = spool_read(output->out_fd, output->out.begin,
        (size_t)(output->out.end - output->out.begin), place->output + used);
    place->output[used + (got > 0 ? (size_t)got : 0)] = '\0';
    place->numbers[place->told_count++] = record->item->number;
    (void)fault;
    return 0;
}

static void place_init(
    struct place *place, size_t count, const char *const programs[], int repeats)
{
    struct fault fault = {0};
    *place = (struct place){.events = NULL};
    struct plan *plan = &place->result.plan;
    assert_int_equal(loop_create(&place->events), 0);
    assert_int_equal(root_open(NULL, &place->root, &fault), 0);
    assert_int_equal(
        machine_init(&place->result.machine, &place->root, environ, &fault), 0);
    plan_init(plan, PLAN_VERSUS, "");
    plan->host_cpus = place->result.machine.usable_cpus;
    plan->interval_ns = 20 * NS_PER_MS;
    plan->repeats = repeats;
    plan->program_count = count;
    for (size_t i = 0; i < count; i++)
        text_copy(sizeof plan->programs[i], plan->programs[i], programs[i]);
    place->observer = (struct experiment_observer){
        .data = place, .sampled = sampled, .item_ended = item_ended};
}

static int place_check(struct place *place, struct fault *fault)
{
    const struct experiment_setup setup = {
        .events = place->events, .root = &place->root, .observer = &place->observer};
    place->experiment = experiment_create(&setup, &place->result);
    return experiment_check(place->experiment, fault);
}

static int place_run(struct place *place, struct fault *fault)
{
    if (place_check(place, fault) < 0)
        fail_msg("%s", fault->text);
    return experiment_run(place->experiment, fault);
}

static void place_finish(struct place *place)
{
    experiment_destroy(place->experiment);
    result_finish(&place->result);
    root_close(&place->root);
    loop_destroy(place->events);
}

static void each_is_run_and_compared(void **state)
{
    static const char *const programs[] = {"sleep 0.3", "sh -c 'echo b; sleep 0.05'"};
    struct place place;
    struct fault fault;
    place_init(&place, 2, programs, 3);
    assert_int_equal(place_run(&place, &fault), 0);
    static const int order[] = {0, 1, 1, 0, 0, 1};
    assert_int_equal(place.result.stage_count, 6);
    for (size_t i = 0; i < 6; i++) {
        const struct result_stage *stage = &place.result.stages[i];
        assert_int_equal(stage->kind, RESULT_PROGRAM);
        assert_int_equal(stage->program, order[i]);
        assert_int_equal(stage->repeat, i / 2);
        assert_true(stage->complete && stage->done == 1 && stage->processes >= 1);
        assert_int_equal(stage->records[0].item->exit_status, 0);
    }
    const struct result_program *list = place.result.programs.list;
    assert_int_equal(place.result.programs.count, 2);
    assert_int_equal(list[0].repeats, 3);
    assert_true(list[0].ratio == 1);
    assert_true(list[1].ratio > 1 && list[1].has_interval);
    assert_true(list[0].elapsed_ns >= 300 * NS_PER_MS && list[0].max_rss_bytes > 0);
    assert_non_null(strstr(place.result.programs.sentence, "times as fast as sleep 0.3"));
    assert_string_equal(place.output, "b\n");
    assert_int_equal(place.told_count, 2);
    assert_int_equal(place.numbers[0], 0);
    assert_int_equal(place.numbers[1], 1);
    place_finish(&place);
    (void)state;
}

/* The time of a child's child counts; all of them are seen at once. */
static void descendants_count(void **state)
{
    static const char *const programs[] = {
        "(i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; sleep 0.4) & sleep 0.4 & "
        "wait"};
    struct place place;
    struct fault fault;
    place_init(&place, 1, programs, 1);
    assert_int_equal(place_run(&place, &fault), 0);
    const struct result_program *program = &place.result.programs.list[0];
    assert_true(program->cpu_ns >= 10 * NS_PER_MS);
    assert_true(program->processes >= 3);
    assert_true(program->threads >= program->processes);
    assert_true(place.most_processes >= 3);
    assert_true(program->busy_cpus > 0);
    place_finish(&place);
    (void)state;
}

static void one_that_fails_leaves_no_ratio(void **state)
{
    static const char *const programs[] = {"sh -c 'echo oh no >&2; exit 3'", "true"};
    struct place place;
    struct fault fault;
    place_init(&place, 2, programs, 2);
    assert_int_equal(place_run(&place, &fault), 0);
    const struct result_program *list = place.result.programs.list;
    assert_true(list[0].failed);
    assert_int_equal(list[0].exit_status, 3);
    assert_string_equal(list[0].last_line, "oh no");
    assert_false(list[1].failed);
    assert_int_equal(list[1].repeats, 2);
    assert_true(list[0].ratio == 0 && list[1].ratio == 0);
    assert_int_equal(place.result.stage_count, 3); /* it is not tried again */
    assert_non_null(strstr(place.result.programs.sentence, "No ratio: "));
    assert_non_null(strstr(place.result.programs.sentence, "failed: exit 3: oh no."));
    place_finish(&place);
    (void)state;
}

static void what_cannot_be_run_is_said_before(void **state)
{
    static const char *const programs[] = {"true", "parfor-no-such-program -x"};
    static const char *const blank[] = {"  "};
    struct place place;
    struct fault fault;
    place_init(&place, 2, programs, 1);
    assert_int_equal(place_check(&place, &fault), -EINVAL);
    assert_non_null(strstr(fault.text, "parfor-no-such-program"));
    place_finish(&place);
    place_init(&place, 1, blank, 1);
    assert_int_equal(place_check(&place, &fault), -EINVAL);
    place_finish(&place);
    (void)state;
}

static void warmups_and_preparations(void **state)
{
    static const char *const programs[] = {"true", "/bin/true"};
    char path[] = "/tmp/parfor-test.XXXXXX";
    int fd = mkstemp(path);
    struct place place;
    struct fault fault;
    place_init(&place, 2, programs, 2);
    place.result.plan.warmups = 1;
    snprintf(place.result.plan.prepare, sizeof place.result.plan.prepare, "echo x >> %s",
        path);
    assert_int_equal(place_run(&place, &fault), 0);
    assert_int_equal(lseek(fd, 0, SEEK_END), 6 * 2);
    assert_int_equal(place.result.stage_count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_true(place.result.stages[i].warmup == (i < 2));
    assert_int_equal(place.result.stages[2].program, 0);
    assert_int_equal(place.result.stages[2].repeat, 0);
    assert_int_equal(place.result.programs.list[1].repeats, 2);
    assert_int_equal(place.told_count, 2);
    /* both are called "true" without their folders */
    assert_string_equal(place.result.stages[0].label, "true");
    assert_string_equal(place.result.stages[1].label, "/bin/true");
    place_finish(&place);
    place_init(&place, 2, programs, 1);
    text_copy(sizeof place.result.plan.prepare, place.result.plan.prepare, "false");
    assert_int_equal(place_run(&place, &fault), -EINVAL);
    assert_non_null(strstr(fault.text, "--prepare failed: false"));
    assert_int_equal(place.result.stage_count, 0);
    place_finish(&place);
    close(fd);
    unlink(path);
    (void)state;
}

static void one_that_is_stopped_does_not_count(void **state)
{
    static const char *const programs[] = {"sleep 60", "sleep 60"};
    struct place place;
    struct fault fault;
    place_init(&place, 2, programs, 1);
    place.stop_after_samples = 3;
    assert_int_equal(place_run(&place, &fault), 0);
    assert_int_equal(place.result.stage_count, 1);
    assert_false(place.result.stages[0].complete);
    assert_int_equal(place.result.programs.list[0].repeats, 0);
    assert_string_equal(
        place.result.programs.sentence, "Stopped before each program had run.");
    place_finish(&place);
    (void)state;
}

/* Runs of so many milliseconds each, that took so much CPU time. */
static void add_runs(
    struct result *result, int program, const int elapsed_ms[3], int cpu_ms)
{
    for (int i = 0; i < 3 && elapsed_ms[i] > 0; i++) {
        struct result_stage *stage =
            made_stage(result, RESULT_PROGRAM, i, 1, elapsed_ms[i] * NS_PER_MS);
        stage->program = program;
        stage->processes = stage->threads = 1;
        stage->records = memory_new(1, sizeof *stage->records);
        stage->record_count = 1;
        stage->records[0].item = memory_new(1, sizeof *stage->records[0].item);
        stage->records[0].item->cpu_ns = cpu_ms * NS_PER_MS;
        stage->records[0].item->max_rss_bytes = 1 << 20;
    }
}

static void made_programs(struct result *result, enum plan_command command, size_t count)
{
    static const char *const texts[] = {
        "python3 ex/loop.py", "python3 ex/pool.py", "./other"};
    made_result(result, "", 1, 8);
    result->plan.command = command;
    result->programs.count = result->plan.program_count = count;
    result->programs.list = memory_new(count, sizeof *result->programs.list);
    for (size_t i = 0; i < count; i++)
        text_copy(PLAN_PROGRAM_SIZE, result->programs.list[i].text, texts[i]);
}

static void check_sentence(struct result *result, const char *expected)
{
    versus_compute(result);
    assert_string_equal(result->programs.sentence, expected);
    assert_int_equal(result->programs.doubtful, strncmp(expected, "No result", 9) == 0);
    result_finish(result);
}

static void two_in_a_sentence(void **state)
{
    struct result result;
    made_programs(&result, PLAN_VERSUS, 2);
    add_runs(&result, 0, (int[3]){24000}, 24000);
    add_runs(&result, 1, (int[3]){8000}, 31200);
    check_sentence(&result,
        "python3 pool.py is 3.00 times as fast as python3 loop.py: it kept 3.9 of 8 CPUs "
        "busy instead of 1.0. In all it took 1.3 times the CPU time.");
    made_programs(&result, PLAN_VERSUS, 2);
    add_runs(&result, 0, (int[3]){8000}, 8000);
    add_runs(&result, 1, (int[3]){24000}, 8000);
    check_sentence(&result,
        "python3 loop.py is 3.00 times as fast as python3 pool.py: it kept 1.0 of 8 CPUs "
        "busy instead of 0.3.");
    made_programs(&result, PLAN_VERSUS, 2);
    add_runs(&result, 0, (int[3]){1000, 1200, 1100}, 1000);
    add_runs(&result, 1, (int[3]){1150, 1050, 1000}, 1000);
    versus_compute(&result);
    assert_non_null(strstr(result.programs.sentence, "No difference to be told: "));
    result_finish(&result);
    (void)state;
}

/* Others took what a program could have had; beside one that leaves CPUs idle they do not
 * matter. */
static void others_leave_no_result(void **state)
{
    struct result result;
    made_programs(&result, PLAN_VERSUS, 2);
    add_runs(&result, 0, (int[3]){24000}, 24000);
    add_runs(&result, 1, (int[3]){8000}, 52000);
    result.stages[1].others_cpus = 1.5;
    check_sentence(&result, "No result: other programs used 1.5 of 8 CPUs meanwhile, and "
                            "none was left over. Try again when it is quiet.");
    made_programs(&result, PLAN_VERSUS, 2);
    add_runs(&result, 0, (int[3]){24000}, 24000);
    add_runs(&result, 1, (int[3]){8000}, 31200);
    result.stages[0].others_cpus = result.stages[1].others_cpus = 1.5;
    versus_compute(&result);
    assert_non_null(strstr(result.programs.sentence, " is 3.00 times as fast as "));
    result_finish(&result);
    (void)state;
}

static void three_in_a_sentence(void **state)
{
    struct result result;
    made_programs(&result, PLAN_VERSUS, 3);
    add_runs(&result, 0, (int[3]){3000}, 3000);
    add_runs(&result, 1, (int[3]){1000}, 3000);
    add_runs(&result, 2, (int[3]){1500}, 3000);
    check_sentence(&result, "python3 pool.py is the fastest of 3: 3.00 times as fast as "
                            "python3 loop.py, 1.50 times as fast as other.");
    (void)state;
}

static void names_are_short_where_that_says_the_same(void **state)
{
    static const char *const programs[] = {"sed 's/a/b/' /etc/passwd",
        "./ex/run 2>/dev/null",
        "/usr/bin/python3 -c 'a program that is far too long for a line of a screen'"};
    struct result result;
    char text[96];
    (void)state;
    made_programs(&result, PLAN_VERSUS, 3);
    for (int i = 0; i < 3; i++) {
        text_copy(PLAN_PROGRAM_SIZE, result.programs.list[i].text, programs[i]);
        text_copy(PLAN_PROGRAM_SIZE, result.plan.programs[i], programs[i]);
    }
    words_program_label(&result, 0, sizeof text, text);
    assert_string_equal(text, "sed 's/a/b/' passwd");
    words_program_label(&result, 1, sizeof text, text);
    assert_string_equal(text, "run 2>/dev/null");
    words_program_label(&result, 2, 24, text);
    assert_string_equal(text, "python3 -c 'a progra...");
    words_programs_title(&result.plan, sizeof text, text);
    assert_string_equal(text,
        "sed 's/a/b/' passwd against run 2>/dev/null against python3 -c 'a progra...");
    result_finish(&result);
}

static void check_watched(int elapsed_ms, int cpu_ms, const char *expected)
{
    struct result result;
    made_programs(&result, PLAN_WATCH, 1);
    add_runs(&result, 0, (int[3]){elapsed_ms}, cpu_ms);
    check_sentence(&result, expected);
}

static void one_that_was_watched(void **state)
{
    check_watched(41000, 41200,
        "1.0 of 8 CPUs was busy for 41.0 s: this program computes on one core. Try: "
        "parfor run ex/loop.py (says how to split it)");
    check_watched(41000, 8 * 41000,
        "8.0 of 8 CPUs were busy for 41.0 s: this program uses all there are.");
    check_watched(41000, 1000,
        "0.0 of 8 CPUs was busy for 41.0 s: this program waits more than it computes.");
    check_watched(
        41000, 123000, "3.0 of 8 CPUs were busy for 41.0 s, by 1 process at most.");
    (void)state;
}

/* There is no script that more could be said about. */
static void what_is_typed_is_no_script(void **state)
{
    struct result result;
    (void)state;
    made_programs(&result, PLAN_WATCH, 1);
    text_copy(
        PLAN_PROGRAM_SIZE, result.programs.list[0].text, "sh -c 'while :; do :; done'");
    add_runs(&result, 0, (int[3]){41000}, 41000);
    check_sentence(
        &result, "1.0 of 8 CPUs was busy for 41.0 s: this program computes on one core.");
}

static void the_command_line_repeats_it(void **state)
{
    struct plan plan;
    char text[300];
    plan_init(&plan, PLAN_VERSUS, "");
    plan.program_count = 2;
    text_copy(PLAN_PROGRAM_SIZE, plan.programs[0], "python3 it's.py");
    text_copy(PLAN_PROGRAM_SIZE, plan.programs[1], "true");
    plan_command_line(&plan, sizeof text, text);
    assert_string_equal(text, "parfor versus 'python3 it'\\''s.py' true");
    plan.repeats = 5;
    plan.warmups = 2;
    text_copy(PLAN_PROGRAM_SIZE, plan.prepare, "rm -f x");
    plan_command_line(&plan, sizeof text, text);
    assert_string_equal(text, "parfor versus -r 5 --warmup 2 --prepare 'rm -f x' "
                              "'python3 it'\\''s.py' true");
    plan_init(&plan, PLAN_WATCH, "");
    plan.program_count = 1;
    text_copy(PLAN_PROGRAM_SIZE, plan.programs[0], "python3 loop.py");
    plan_command_line(&plan, sizeof text, text);
    assert_string_equal(text, "parfor watch -- python3 loop.py");
    (void)state;
}

static void sizes_are_written_for_people(void **state)
{
    char text[40];
    words_program_size(1, 1, sizeof text, text);
    assert_string_equal(text, "1 process");
    words_program_size(6, 9, sizeof text, text);
    assert_string_equal(text, "6 processes, 9 threads");
    words_program_memory(900 << 10, sizeof text, text);
    assert_string_equal(text, "900 KiB");
    words_program_memory(1536 << 10, sizeof text, text);
    assert_string_equal(text, "1.5 MiB");
    words_program_memory(INT64_C(12) << 30, sizeof text, text);
    assert_string_equal(text, "12 GiB");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_run_and_compared),
        cmocka_unit_test(descendants_count),
        cmocka_unit_test(one_that_fails_leaves_no_ratio),
        cmocka_unit_test(what_cannot_be_run_is_said_before),
        cmocka_unit_test(warmups_and_preparations),
        cmocka_unit_test(one_that_is_stopped_does_not_count),
        cmocka_unit_test(two_in_a_sentence),
        cmocka_unit_test(others_leave_no_result),
        cmocka_unit_test(three_in_a_sentence),
        cmocka_unit_test(names_are_short_where_that_says_the_same),
        cmocka_unit_test(one_that_was_watched),
        cmocka_unit_test(what_is_typed_is_no_script),
        cmocka_unit_test(the_command_line_repeats_it),
        cmocka_unit_test(sizes_are_written_for_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
