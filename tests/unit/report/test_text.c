// SPDX-License-Identifier: MIT
/* What a person reads, against the texts in tests/data/report. */
#include "forms.h"
#include "sample.h"

#include <stdlib.h>

#include "experiment/comparison.h"
#include "experiment/sentence.h"

enum { COLUMNS_MIN = 20, COLUMNS_MAX = 100 };

/* The form of a file, and finishes the result. */
static void assert_text(struct result *result, const char *name)
{
    forms_assert(result, REPORT_TEXT_FULL, COLUMNS, name);
    result_finish(result);
}

/* The CPUs of a stage; the first `busy` of them at 99 %, the others at 2 %. */
static void fill_cpus(struct result *result, struct result_stage *stage, size_t busy)
{
    stage->cpu_count = result->machine.cpu_count;
    stage->cpus = memory_new(stage->cpu_count, sizeof *stage->cpus);
    for (size_t i = 0; i < stage->cpu_count; i++)
        stage->cpus[i] = (struct result_cpu){
            .id = result->machine.cpus[i].id, .busy = i < busy ? 0.99 : 0.02};
}

static void fill_times(struct result_stage *stage)
{
    int64_t elapsed_ns = stage->elapsed_ns;
    stage->cpu_ns = 0;
    for (size_t i = 0; i < stage->worker_count; i++) {
        struct account_worker *times = &stage->worker_list[i].times;
        times->startup_ns = elapsed_ns / 100;
        times->tail_ns = elapsed_ns / 100;
        times->span_ns = elapsed_ns - times->startup_ns - times->tail_ns;
        times->cpu_ns = times->span_ns;
        stage->cpu_ns += times->cpu_ns;
    }
}

/* Both stages of 1000000! computed so many times, in milliseconds, on as many workers as
 * CPUs. */
static void make_run(
    struct result *result, int64_t tasks, int cpus, int64_t above_ms, int64_t below_ms)
{
    made_result(result, "factorial", tasks, cpus);
    struct plan *plan = &result->plan;
    plan->host_cpus = cpus;
    plan->host_cpus = cpus;
    text_copy(sizeof plan->task, plan->task, "1000000!");
    snprintf(plan->title, sizeof plan->title, "1000000! computed %d times", (int)tasks);
    struct result_stage *stage =
        made_stage(result, RESULT_SEQUENTIAL, 0, 1, above_ms * NS_PER_MS);
    fill_cpus(result, stage, 1);
    stage = made_stage(result, RESULT_PARALLEL, 0, cpus, below_ms * NS_PER_MS);
    fill_cpus(result, stage, (size_t)cpus);
    fill_times(stage);
}

static void conclude(struct result *result)
{
    comparison_account(result);
    comparison_compute(result);
    sentence_write(result);
}

static void a_run_on_2_cpus(void **state)
{
    struct result result;
    make_run(&result, 110, 2, 24211, 12305);
    conclude(&result);
    assert_text(&result, "run-2");
    (void)state;
}

static void a_run_on_12_cpus(void **state)
{
    struct result result;
    make_run(&result, 120, 12, 24021, 3905);
    text_copy(sizeof result.machine.cpu_name, result.machine.cpu_name, "Core i5-12450H");
    result.machine.cores = 8;
    conclude(&result);
    assert_text(&result, "run-12");
    (void)state;
}

static void a_run_on_128_cpus(void **state)
{
    struct result result;
    make_run(&result, 1280, 128, 250007, 2117);
    text_copy(sizeof result.machine.cpu_name, result.machine.cpu_name, "EPYC 7763");
    conclude(&result);
    assert_text(&result, "run-128");
    (void)state;
}

static void a_run_in_a_container(void **state)
{
    struct result result;
    make_run(&result, 15, 3, 10000, 6760);
    made_limit(&result.machine, "cgroup quota", 1.5, "/sys/fs/cgroup/app/cpu.max");
    result.machine.cores = 0;
    result.plan.size_reduced = true;
    result_remark(&result, "Before the start other programs used 0.3 of 3 CPUs.");
    conclude(&result);
    assert_text(&result, "run-container");
    (void)state;
}

static void several_repeats(void **state)
{
    struct result result;
    make_run(&result, 16, 2, 20011, 10500);
    for (int repeat = 1; repeat < 3; repeat++) {
        struct result_stage *stage =
            made_stage(&result, RESULT_PARALLEL, repeat, 2, (10400 + repeat) * NS_PER_MS);
        fill_cpus(&result, stage, 2);
        stage = made_stage(
            &result, RESULT_SEQUENTIAL, repeat, 1, (20200 + repeat) * NS_PER_MS);
        fill_cpus(&result, stage, 1);
    }
    result.plan.repeats = 3;
    conclude(&result);
    assert_text(&result, "run-repeats");
    (void)state;
}

static void a_map_alone(void **state)
{
    struct result result;
    make_run(&result, 300, 2, 1, 95000);
    result_stage_finish(&result.stages[0]);
    result.stages[0] = result.stages[--result.stage_count];
    result.plan.command = PLAN_MAP;
    conclude(&result);
    assert_text(&result, "map");
    (void)state;
}

static void a_stopped_run(void **state)
{
    struct result result;
    make_run(&result, 16, 2, 20011, 3500);
    struct result_stage *stage = &result.stages[1];
    stage->complete = false;
    stage->done = 5;
    conclude(&result);
    assert_text(&result, "stopped");
    (void)state;
}

/* The same sentence in every form, and it is news behind those of the stages. */
static void a_run_with_failures(void **state)
{
    static const char sentence[] = "4 of 16 tasks failed, so no speed-up is given.\n";
    static const enum report_text_form all[] = {
        REPORT_TEXT_FULL, REPORT_TEXT_PLAIN, REPORT_TEXT_CLOSING};
    struct result result;
    make_run(&result, 16, 2, 20011, 11003);
    for (int i = 0; i < 2; i++) {
        result.stages[i].failed = 4;
        result.stages[i].done = 12;
    }
    conclude(&result);
    assert_false(result.comparison.has);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char *text = forms_write(&result, all[i], COLUMNS);
        const char *said = strstr(text, sentence);
        assert_non_null(said);
        assert_null(strstr(said + 1, sentence));
        assert_non_null(strstr(said, "x16 11.0s (1 run)\n"));
        free(text);
    }
    result_finish(&result);
    (void)state;
}

static void a_run_stopped_before_its_first_task(void **state)
{
    struct result result;
    made_result(&result, "factorial", 16, 2);
    text_copy(sizeof result.plan.title, result.plan.title, "1000000! computed 16 times");
    assert_text(&result, "nothing");
    (void)state;
}

static void a_result_of_a_short_run_without_cpus(void **state)
{
    struct result result;
    make_run(&result, 16, 2, 20, 12);
    for (size_t i = 0; i < 2; i++)
        for (size_t cpu = 0; cpu < 2; cpu++)
            result.stages[i].cpus[cpu].busy = -1;
    conclude(&result);
    assert_text(&result, "short");
    (void)state;
}

static void the_sample(void **state)
{
    struct result result;
    sample_result(&result);
    assert_text(&result, "sample");
    (void)state;
}

/* Everything at once that can make a line long; only a word may. */
static void nothing_is_wider_than_the_width(void **state)
{
    for (int cpus = 1; cpus <= 129; cpus++) {
        struct result result;
        make_run(&result, 1000000, cpus, 360000000, 90000000);
        struct account_worker *times = &result.stages[1].worker_list[0].times;
        times->handout_ns = times->span_ns / 2;
        times->waiting_ns = times->span_ns / 10;
        times->cpu_ns = times->span_ns * 4 / 5;
        result.stages[1].others_cpus = 0.7 * cpus;
        result.machine.simulated = true;
        result.plan.repeats = 4;
        result_remark(&result, "Worker 4095 (pid 4194303) was killed by SIGKILL after "
                               "123456.7 s; 123456789 tasks were done again.");
        conclude(&result);
        result.comparison.has_interval = true;
        result.comparison.interval_low = 123.45;
        result.comparison.interval_high = 234.56;
        result.stages[1].account = (struct account){.total_ns = 100,
            .useful_ns = 10,
            .slowdown_ns = 15,
            .waiting_ns = 15,
            .blocked_ns = 15,
            .startup_ns = 15,
            .handout_ns = 15,
            .tail_ns = 15};
        for (int width = COLUMNS_MIN; width <= COLUMNS_MAX; width += 1 + cpus / 8) {
            char *text = forms_write(&result, REPORT_TEXT_FULL, width);
            forms_assert_width(text, width);
            free(text);
        }
        result_finish(&result);
    }
    (void)state;
}

static void tasks_that_were_faster_than_alone_are_said_with_the_work(void **state)
{
    struct result result;
    make_run(&result, 10, 2, 1000, 500);
    conclude(&result);
    result.stages[1].account = (struct account){
        .total_ns = 1000, .useful_ns = 1020, .slowdown_ns = -60, .tail_ns = 40};
    char *plain = forms_write(&result, REPORT_TEXT_CLOSING, 0);
    assert_non_null(strstr(plain, "The workers' time: work 96 %, 6 % faster than alone; "
                                  "idle at the end 4 %."));
    free(plain);
    result_finish(&result);
    (void)state;
}

/* What is behind the table: the same words in every width, none of them cut. */
static void only_the_ends_of_lines_change_with_the_width(void **state)
{
    struct result result;
    make_run(&result, 120, 12, 24021, 3905);
    result_remark(&result, "Before the start other programs used 0.3 of 12 CPUs.");
    conclude(&result);
    char *plain = forms_write(&result, REPORT_TEXT_CLOSING, 0);
    for (char *c = plain; (c = strchr(c, '\n'));)
        *c = ' ';
    for (int width = COLUMNS_MIN; width <= COLUMNS_MAX; width++) {
        char *text = forms_write(&result, REPORT_TEXT_FULL, width);
        char *figures = strstr(text, "Efficiency"), *closing = NULL;
        for (char *c = text; (c = strchr(c, '\n'));)
            *c = ' ';
        assert_non_null(figures);
        closing = strstr(text, "6.15 times as fast");
        assert_non_null(closing);
        size_t before = (size_t)(figures - closing);
        assert_memory_equal(closing, plain, before);
        assert_string_equal(strstr(figures, "One run each"), plain + before);
        free(text);
    }
    free(plain);
    result_finish(&result);
    (void)state;
}

static void a_width_beyond_the_range_is_the_nearest_in_it(void **state)
{
    static const int widths[][2] = {{0, 20}, {-7, 20}, {19, 20}, {101, 100}, {4000, 100}};
    struct result result;
    make_run(&result, 110, 2, 24211, 12305);
    conclude(&result);
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        char *text = forms_write(&result, REPORT_TEXT_FULL, widths[i][0]);
        char *nearest = forms_write(&result, REPORT_TEXT_FULL, widths[i][1]);
        assert_string_equal(text, nearest);
        free(nearest);
        free(text);
    }
    result_finish(&result);
    (void)state;
}

/* 2 CPUs, then 12: without the single CPUs, without those busy, without tasks, as
 * sentences. */
static void a_narrow_table_has_fewer_columns(void **state)
{
    static const struct {
        int width;
        const char *name;
    } cases[] = {{60, "run-2-60"}, {40, "run-2-40"}, {34, "run-2-34"}, {20, "run-2-20"}};
    struct result result;
    make_run(&result, 110, 2, 24211, 12305);
    conclude(&result);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        forms_assert(&result, REPORT_TEXT_FULL, cases[i].width, cases[i].name);
    result_finish(&result);
    make_run(&result, 120, 12, 24021, 3905);
    conclude(&result);
    forms_assert(&result, REPORT_TEXT_FULL, 40, "run-12-40");
    result_finish(&result);
    make_run(&result, 120, 6, 24021, 4105);
    conclude(&result);
    forms_assert(&result, REPORT_TEXT_FULL, 100, "run-6-100");
    result_finish(&result);
    (void)state;
}

static void plain_sentences_have_no_table(void **state)
{
    struct result result;
    make_run(&result, 110, 2, 24211, 12305);
    result_remark(&result, "Before the start other programs used 0.3 of 2 CPUs.");
    conclude(&result);
    forms_assert(&result, REPORT_TEXT_PLAIN, 20, "run-2-plain");
    forms_assert(&result, REPORT_TEXT_CLOSING, 0, "run-2-closing");
    result_finish(&result);
    (void)state;
}

static void plain_sentences_of_several_repeats_have_the_interval(void **state)
{
    struct result result;
    make_run(&result, 15, 3, 10000, 6760);
    made_limit(&result.machine, "cgroup quota", 1.5, "/sys/fs/cgroup/app/cpu.max");
    result.plan.size_reduced = true;
    for (int repeat = 1; repeat < 3; repeat++) {
        made_stage(&result, RESULT_PARALLEL, repeat, 3, (6700 + repeat) * NS_PER_MS);
        made_stage(&result, RESULT_SEQUENTIAL, repeat, 1, (10000 + repeat) * NS_PER_MS);
    }
    result.plan.repeats = 3;
    conclude(&result);
    forms_assert(&result, REPORT_TEXT_PLAIN, 0, "run-repeats-plain");
    result_finish(&result);
    (void)state;
}

static void plain_sentences_of_a_stopped_run(void **state)
{
    struct result result;
    make_run(&result, 16, 2, 20011, 3500);
    result.stages[1].complete = false;
    result.stages[1].done = 5;
    conclude(&result);
    forms_assert(&result, REPORT_TEXT_PLAIN, 0, "stopped-plain");
    result_finish(&result);
    made_result(&result, "factorial", 16, 2);
    char *text = forms_write(&result, REPORT_TEXT_CLOSING, 0);
    assert_string_equal(text, "Stopped before the first task.\n");
    free(text);
    result_finish(&result);
    (void)state;
}

/* Two runs each, or fewer than asked for; the command asks for as many again. */
static void too_few_runs_say_how_to_repeat(void **state)
{
    struct result result;
    make_run(&result, 16, 2, 20011, 10500);
    made_stage(&result, RESULT_PARALLEL, 1, 2, 10400 * NS_PER_MS);
    made_stage(&result, RESULT_SEQUENTIAL, 1, 1, 20200 * NS_PER_MS);
    result.plan.repeats = 7;
    conclude(&result);
    char *text = forms_write(&result, REPORT_TEXT_FULL, 100);
    assert_non_null(strstr(text, "\n2 runs each are too few for an error bar. Repeat: "
                                 "parfor run factorial -n 16 -r 7\n"));
    free(text);
    text = forms_write(&result, REPORT_TEXT_FULL, 60); /* the command stays whole */
    assert_non_null(strstr(text, "\n2 runs each are too few for an error bar. Repeat:\n"
                                 "parfor run factorial -n 16 -r 7\n"));
    free(text);
    result_finish(&result);
    (void)state;
}

/* The same machine again, where it is known which that was. */
static void a_simulated_machine_is_repeated_where_it_is_known(void **state)
{
    struct result result;
    make_run(&result, 16, 2, 20011, 10500);
    conclude(&result);
    result.machine.simulated = true;
    char *text = forms_write(&result, REPORT_TEXT_FULL, 100);
    assert_non_null(strstr(text, "\nOne run each, so no error bar.\n"));
    assert_null(strstr(text, "Repeat"));
    free(text);
    result.plan.sysroot = "my machines/64";
    text = forms_write(&result, REPORT_TEXT_FULL, 160);
    assert_non_null(
        strstr(text, "Repeat: parfor run --sysroot 'my machines/64' factorial "
                     "-n 16 -r 5\n"));
    free(text);
    result_finish(&result);
    (void)state;
}

/* The machine alone: nothing was run, so there is nothing to hand in. */
static void a_watched_machine(void **state)
{
    struct result result;
    made_result(&result, "", 0, 2);
    result.plan.command = PLAN_WATCH;
    struct result_stage *stage =
        made_stage(&result, RESULT_WATCHED, 0, 0, 41000 * NS_PER_MS);
    fill_cpus(&result, stage, 1);
    conclude(&result);
    char *text = forms_write(&result, REPORT_TEXT_PLAIN, 0);
    assert_string_equal(text, "AMD EPYC, 2 CPUs, all usable.\n"
                              "Watched for 41.0 s: 1.0 of 2 CPUs busy.\n");
    free(text);
    assert_text(&result, "watched");
    (void)state;
}

static void the_line_to_hand_in_is_the_last_and_has_no_blank_in_a_field(void **state)
{
    struct result result;
    make_run(&result, 110, 2, 24211, 12305);
    conclude(&result);
    char *text = forms_write(&result, REPORT_TEXT_FULL, COLUMNS);
    text[strlen(text) - 1] = '\0';
    assert_string_equal(strrchr(text, '\n') + 1,
        "parfor-1 AMD-EPYC 2c/2t W=2 1000000!x110 24.2s 12.3s 1.97x (1 run)");
    free(text);
    result_finish(&result);
    (void)state;
}

/* A speed-up of which the sentence says that it is none. */
static void the_line_to_hand_in_says_that_there_is_no_result(void **state)
{
    struct result result;
    make_run(&result, 110, 2, 24211, 12305);
    conclude(&result);
    result.comparison.doubtful = true;
    char *text = forms_write(&result, REPORT_TEXT_FULL, COLUMNS);
    text[strlen(text) - 1] = '\0';
    assert_string_equal(strrchr(text, '\n') + 1,
        "parfor-1 AMD-EPYC 2c/2t W=2 1000000!x110 24.2s 12.3s 1.97x (1 run) disturbed");
    free(text);
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_to_hand_in_says_that_there_is_no_result),
        cmocka_unit_test(a_run_on_2_cpus),
        cmocka_unit_test(a_run_on_12_cpus),
        cmocka_unit_test(a_run_on_128_cpus),
        cmocka_unit_test(a_run_in_a_container),
        cmocka_unit_test(several_repeats),
        cmocka_unit_test(a_map_alone),
        cmocka_unit_test(a_stopped_run),
        cmocka_unit_test(a_run_with_failures),
        cmocka_unit_test(a_run_stopped_before_its_first_task),
        cmocka_unit_test(a_result_of_a_short_run_without_cpus),
        cmocka_unit_test(the_sample),
        cmocka_unit_test(nothing_is_wider_than_the_width),
        cmocka_unit_test(tasks_that_were_faster_than_alone_are_said_with_the_work),
        cmocka_unit_test(only_the_ends_of_lines_change_with_the_width),
        cmocka_unit_test(a_width_beyond_the_range_is_the_nearest_in_it),
        cmocka_unit_test(a_narrow_table_has_fewer_columns),
        cmocka_unit_test(plain_sentences_have_no_table),
        cmocka_unit_test(plain_sentences_of_several_repeats_have_the_interval),
        cmocka_unit_test(plain_sentences_of_a_stopped_run),
        cmocka_unit_test(too_few_runs_say_how_to_repeat),
        cmocka_unit_test(a_simulated_machine_is_repeated_where_it_is_known),
        cmocka_unit_test(a_watched_machine),
        cmocka_unit_test(the_line_to_hand_in_is_the_last_and_has_no_blank_in_a_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
