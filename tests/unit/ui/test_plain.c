// SPDX-License-Identifier: MIT
#include "ui/plain.h"

#include "../experiment/made.h"

#include <stdlib.h>

/* An experiment that is played to the observer, and what it wrote. */
struct play {
    struct result result;
    struct plain plain;
    struct experiment_observer observer;
    struct scene scene;
    FILE *out;
    char *text;
    size_t size;
};

static void init(struct play *play, int64_t tasks, int cpus)
{
    *play = (struct play){.text = NULL};
    made_result(&play->result, "factorial", tasks, cpus);
    snprintf(play->result.plan.title, sizeof play->result.plan.title,
        "1000000! computed %d times", (int)tasks);
    play->out = open_memstream(&play->text, &play->size);
    assert_non_null(play->out);
    play->observer = plain_observer(&play->plain, play->out);
}

static void plan(struct play *play)
{
    play->observer.planned(play->observer.data, &play->result);
}

static void start(
    struct play *play, enum result_stage_kind kind, int workers, int64_t expected_ns)
{
    struct result_stage *stage = made_stage(&play->result, kind, 0, workers, 0);
    stage->done = 0;
    stage->complete = false;
    play->scene = (struct scene){.result = &play->result,
        .phase = SCENE_RUNNING,
        .stage = (int)play->result.stage_count - 1,
        .expected_ns = expected_ns};
    play->observer.stage_started(play->observer.data, &play->scene);
}

static void sample(struct play *play, int64_t elapsed_ns, int64_t done, double busy_cpus)
{
    play->scene.elapsed_ns = elapsed_ns;
    play->scene.done = done;
    play->scene.busy_cpus = busy_cpus;
    play->observer.sampled(play->observer.data, &play->scene);
}

/* Samples every 100 ms until the stage has lasted so long, its tasks done evenly. */
static void pass(struct play *play, int64_t elapsed_ns, double busy_cpus)
{
    for (int64_t t_ns = 100 * NS_PER_MS; t_ns < elapsed_ns; t_ns += 100 * NS_PER_MS)
        sample(play, t_ns,
            (int64_t)((double)play->result.plan.iterations * (double)t_ns /
                      (double)elapsed_ns),
            busy_cpus);
}

static void end(struct play *play, int64_t elapsed_ns, int64_t done, double busy)
{
    struct result_stage *stage = &play->result.stages[play->result.stage_count - 1];
    stage->elapsed_ns = play->scene.elapsed_ns = elapsed_ns;
    stage->done = play->scene.done = done;
    stage->complete = done == play->result.plan.iterations;
    stage->cpu_count = play->result.machine.cpu_count;
    stage->cpus = memory_new(stage->cpu_count, sizeof *stage->cpus);
    for (size_t i = 0; i < stage->cpu_count; i++)
        stage->cpus[i].busy = busy < 0 ? -1 : busy / (double)stage->cpu_count;
    play->observer.stage_ended(play->observer.data, &play->scene);
}

static void finish(struct play *play)
{
    fclose(play->out);
    free(play->text);
    result_finish(&play->result);
}

static void assert_written(struct play *play, const char *expected)
{
    fflush(play->out);
    assert_string_equal(play->text, expected);
    for (const char *c = play->text; *c; c++) /* no glyphs, no escape sequences */
        assert_true(*c == '\n' || (*c >= ' ' && *c <= '~'));
    finish(play);
}

static void a_run_of_half_a_minute(void **state)
{
    struct play play;
    init(&play, 110, 2);
    plan(&play);
    start(&play, RESULT_SEQUENTIAL, 1, 24000 * NS_PER_MS);
    pass(&play, 24200 * NS_PER_MS, 1);
    end(&play, 24200 * NS_PER_MS, 110, 1.02);
    start(&play, RESULT_PARALLEL, 2, 12100 * NS_PER_MS);
    pass(&play, 12300 * NS_PER_MS, 1.98);
    end(&play, 12300 * NS_PER_MS, 110, 1.97);
    assert_written(&play, "1000000! computed 110 times on AMD EPYC, 2 CPUs, all usable.\n"
                          "One after the other: about 24 s.\n"
                          "A quarter done after 6 s, 1.0 of 2 CPUs busy.\n"
                          "Half done after 12 s, 1.0 of 2 CPUs busy.\n"
                          "Three quarters done after 18 s, 1.0 of 2 CPUs busy.\n"
                          "One after the other: 24.2 s, 1.0 of 2 CPUs busy.\n"
                          "2 at a time: about 12 s.\n"
                          "A quarter done after 3 s, 2.0 of 2 CPUs busy.\n"
                          "Half done after 6 s, 2.0 of 2 CPUs busy.\n"
                          "Three quarters done after 9 s, 2.0 of 2 CPUs busy.\n"
                          "2 at a time: 12.3 s, 2.0 of 2 CPUs busy.\n");
    (void)state;
}

static void a_short_stage_is_not_interrupted(void **state)
{
    struct play play;
    init(&play, 30, 2);
    plan(&play);
    start(&play, RESULT_SEQUENTIAL, 1, 3000 * NS_PER_MS);
    pass(&play, 3000 * NS_PER_MS, 1);
    end(&play, 3000 * NS_PER_MS, 30, 1);
    assert_written(&play, "1000000! computed 30 times on AMD EPYC, 2 CPUs, all usable.\n"
                          "One after the other: about 3 s.\n"
                          "One after the other: 3.00 s, 1.0 of 2 CPUs busy.\n");
    (void)state;
}

/* How many times `word` is in `text`. */
static int count(const char *text, const char *word)
{
    int times = 0;
    for (; (text = strstr(text, word)); text += strlen(word))
        times++;
    return times;
}

static void a_long_stage_counts_every_30_s(void **state)
{
    struct play play;
    init(&play, 7200, 64);
    start(&play, RESULT_PARALLEL, 64, 3600 * NS_PER_S);
    pass(&play, 3600 * NS_PER_S, 63.1);
    end(&play, 3600 * NS_PER_S, 7200, 63.1);
    fflush(play.out);
    assert_int_equal(count(play.text, " done after "), 119);
    assert_int_equal(count(play.text, "quarter"), 0);
    assert_int_equal(count(play.text, "Half"), 0);
    assert_non_null(strstr(play.text, "64 at a time: about 1 h 00 min.\n"
                                      "60 of 7200 done after 30 s, about 59 min 30 s "
                                      "left, 63.1 of 64 CPUs busy.\n"
                                      "120 of 7200 done after 60 s, about "));
    assert_non_null(
        strstr(play.text, "\n3600 of 7200 done after 30 min 00 s, about 30 min "
                          "00 s left, 63.1 of 64 CPUs busy.\n"));
    assert_non_null(
        strstr(play.text, "\n64 at a time: 1 h 00 min, 63.1 of 64 CPUs busy.\n"));
    finish(&play);
    (void)state;
}

/* A stage of a few long tasks is not silent before the first of them has ended. */
static void long_tasks_are_waited_for_aloud(void **state)
{
    struct play play;
    init(&play, 4, 2);
    start(&play, RESULT_PARALLEL, 2, 0);
    for (int64_t second = 1; second < 70; second++)
        sample(&play, second * NS_PER_S, 0, 2);
    end(&play, 70 * NS_PER_S, 4, -1);
    assert_written(&play, "2 at a time: started.\n"
                          "0 of 4 done after 30 s, 2.0 of 2 CPUs busy.\n"
                          "0 of 4 done after 60 s, 2.0 of 2 CPUs busy.\n"
                          "2 at a time: 70.0 s.\n");
    (void)state;
}

/* Two quarters at once are one sentence; failed tasks have ended too. */
static void tasks_may_end_in_bursts(void **state)
{
    struct play play;
    init(&play, 8, 2);
    start(&play, RESULT_PARALLEL, 2, 20 * NS_PER_S);
    sample(&play, 5 * NS_PER_S, 1, 2);
    play.scene.failed = 1;
    sample(&play, 9 * NS_PER_S, 3, 2);
    sample(&play, 10 * NS_PER_S, 3, 2);
    sample(&play, 16 * NS_PER_S, 6, 2);
    sample(&play, 19 * NS_PER_S, 7, 2);
    end(&play, 20 * NS_PER_S, 8, 2);
    assert_written(&play, "2 at a time: about 20 s.\n"
                          "Half done after 9 s, 2.0 of 2 CPUs busy.\n"
                          "Three quarters done after 16 s, 2.0 of 2 CPUs busy.\n"
                          "2 at a time: 20.0 s, 2.0 of 2 CPUs busy.\n");
    (void)state;
}

static void a_stopped_stage(void **state)
{
    struct play play;
    init(&play, 16, 2);
    plan(&play);
    start(&play, RESULT_SEQUENTIAL, 1, 20 * NS_PER_S);
    sample(&play, 3 * NS_PER_S, 2, 1);
    end(&play, 3456 * NS_PER_MS, 2, 1);
    assert_written(&play,
        "1000000! computed 16 times on AMD EPYC, 2 CPUs, all usable.\n"
        "One after the other: about 20 s.\n"
        "One after the other: 3.46 s, stopped after 2 of 16 tasks, 1.0 of "
        "2 CPUs busy.\n");
    (void)state;
}

static void each_stage_has_its_own_quarters(void **state)
{
    struct play play;
    init(&play, 4, 2);
    for (int repeat = 0; repeat < 2; repeat++) {
        start(&play, RESULT_PARALLEL, 2, 20 * NS_PER_S);
        sample(&play, 10 * NS_PER_S, 2, 2);
        end(&play, 20 * NS_PER_S, 4, 2);
    }
    assert_written(&play, "2 at a time: about 20 s.\n"
                          "Half done after 10 s, 2.0 of 2 CPUs busy.\n"
                          "2 at a time: 20.0 s, 2.0 of 2 CPUs busy.\n"
                          "2 at a time: about 20 s.\n"
                          "Half done after 10 s, 2.0 of 2 CPUs busy.\n"
                          "2 at a time: 20.0 s, 2.0 of 2 CPUs busy.\n");
    (void)state;
}

static void what_will_spoil_the_result_is_said_before(void **state)
{
    struct play play;
    init(&play, 16, 4);
    play.result.plan.size_reduced = true;
    made_limit(&play.result.machine, "cgroup quota", 1.5, "/sys/fs/cgroup/app/cpu.max");
    result_remark(&play.result, "Before the start other programs used 0.3 of 4 CPUs.");
    plan(&play);
    assert_written(&play,
        "1000000! computed 16 times on AMD EPYC, 4 CPUs, 1.50 of them usable (cgroup "
        "quota: "
        "/sys/fs/cgroup/app/cpu.max).\n"
        "The size was made smaller, so that this machine ends in time.\n"
        "Before the start other programs used 0.3 of 4 CPUs.\n");
    (void)state;
}

/* Samples come before, between and after the stages too; where the CPUs are not known
 * nothing is said of them. */
static void only_a_running_stage_has_progress(void **state)
{
    struct play play;
    init(&play, 4, 2);
    start(&play, RESULT_PARALLEL, 2, 20 * NS_PER_S);
    for (enum scene_phase phase = SCENE_QUIET; phase < SCENE_WATCHING; phase++) {
        play.scene.phase = phase;
        sample(&play, 10 * NS_PER_S, 2, -1);
    }
    assert_written(&play, "2 at a time: about 20 s.\n"
                          "Half done after 10 s.\n");
    (void)state;
}

/* The machine first, then every 30 s how busy it is, also where samples come at odd
 * times; nothing where that is not known. */
static void the_machine_alone_is_watched(void **state)
{
    struct play play;
    init(&play, 1, 2);
    play.result.plan.command = PLAN_WATCH;
    plan(&play);
    play.scene = (struct scene){
        .result = &play.result, .phase = SCENE_WATCHING, .stage = -1, .busy_cpus = -1};
    for (int64_t ms = 100; ms < 30000; ms += 70)
        sample(&play, ms * NS_PER_MS, 0, ms < 600 ? -1 : 0.4);
    sample(&play, 30010 * NS_PER_MS, 0, 1.23);
    sample(&play, 60000 * NS_PER_MS, 0, 0.7);
    sample(&play, 60010 * NS_PER_MS, 0, -1);
    sample(&play, 60070 * NS_PER_MS, 0, 2);
    sample(&play, 90000 * NS_PER_MS, 0, 1);
    assert_written(&play, "Watching AMD EPYC, 2 CPUs, all usable.\n"
                          "1.2 of 2 CPUs busy.\n"
                          "2.0 of 2 CPUs busy.\n");
    (void)state;
}

static void a_machine_with_one_cpu_is_watched(void **state)
{
    struct play play;
    init(&play, 1, 1);
    play.result.plan.command = PLAN_WATCH;
    plan(&play);
    play.scene = (struct scene){
        .result = &play.result, .phase = SCENE_WATCHING, .stage = -1, .busy_cpus = -1};
    sample(&play, 10 * NS_PER_S, 0, 1);
    sample(&play, 40 * NS_PER_S, 0, 0.25);
    assert_written(&play, "Watching AMD EPYC, 1 CPU.\n"
                          "0.2 of 1 CPU busy.\n");
    (void)state;
}

/* One line for each run; only what takes long is told of before and meanwhile. */
static void a_sweep_is_told_by_its_points(void **state)
{
    struct play play;
    init(&play, 4, 2);
    play.result.plan.command = PLAN_SWEEP;
    start(&play, RESULT_SEQUENTIAL, 1, 0);
    pass(&play, 24 * NS_PER_S, 1);
    end(&play, 24 * NS_PER_S, 4, 1);
    start(&play, RESULT_PARALLEL, 2, 12 * NS_PER_S);
    pass(&play, 12500 * NS_PER_MS, 2);
    end(&play, 12500 * NS_PER_MS, 4, 2);
    start(&play, RESULT_PARALLEL, 4, 40 * NS_PER_S);
    pass(&play, 48 * NS_PER_S, 2);
    end(&play, 48 * NS_PER_S, 4, 2);
    start(&play, RESULT_PARALLEL, 8, 12 * NS_PER_S);
    end(&play, 3 * NS_PER_S, 1, 2);
    assert_written(&play,
        "One after the other: started.\n"
        "One after the other: 24.0 s.\n"
        "2 at a time: 12.5 s, 1.92 times as fast.\n"
        "4 at a time: about 40 s.\n"
        "2 of 4 done after 30 s, about 30 s left, 2.0 of 2 CPUs busy.\n"
        "4 at a time: 48.0 s, 0.50 times as fast.\n"
        "8 at a time: 3.00 s, stopped after 1 of 4 tasks, 2.0 of 2 CPUs "
        "busy.\n");
    (void)state;
}

static void runs_of_a_point_are_numbered(void **state)
{
    struct play play;
    init(&play, 4, 2);
    play.result.plan.command = PLAN_SWEEP;
    play.result.plan.repeats = 2;
    start(&play, RESULT_SEQUENTIAL, 1, 2 * NS_PER_S);
    end(&play, 2 * NS_PER_S, 4, 1);
    start(&play, RESULT_PARALLEL, 2, NS_PER_S);
    play.result.stages[1].repeat = 1;
    end(&play, NS_PER_S, 4, 2);
    assert_written(&play, "One after the other (run 1 of 2): 2.00 s.\n"
                          "2 at a time (run 2 of 2): 1.00 s, 2.00 times as fast.\n");
    (void)state;
}

/* A reader at the other end of a pipe sees each sentence when it is said. */
static void every_sentence_is_flushed(void **state)
{
    struct play play;
    init(&play, 4, 2);
    start(&play, RESULT_PARALLEL, 2, 20 * NS_PER_S);
    size_t length = play.size;
    assert_true(length > 0);
    sample(&play, 10 * NS_PER_S, 2, 2);
    assert_true(play.size > length);
    length = play.size;
    end(&play, 20 * NS_PER_S, 4, 2);
    assert_true(play.size > length);
    finish(&play);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_of_half_a_minute),
        cmocka_unit_test(a_short_stage_is_not_interrupted),
        cmocka_unit_test(a_long_stage_counts_every_30_s),
        cmocka_unit_test(long_tasks_are_waited_for_aloud),
        cmocka_unit_test(tasks_may_end_in_bursts),
        cmocka_unit_test(a_stopped_stage),
        cmocka_unit_test(each_stage_has_its_own_quarters),
        cmocka_unit_test(what_will_spoil_the_result_is_said_before),
        cmocka_unit_test(only_a_running_stage_has_progress),
        cmocka_unit_test(the_machine_alone_is_watched),
        cmocka_unit_test(a_machine_with_one_cpu_is_watched),
        cmocka_unit_test(a_sweep_is_told_by_its_points),
        cmocka_unit_test(runs_of_a_point_are_numbered),
        cmocka_unit_test(every_sentence_is_flushed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
