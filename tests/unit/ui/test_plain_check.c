// SPDX-License-Identifier: MIT
#include "ui/plain.h"

#include "../experiment/made.h"

#include <stdlib.h>

/* A check that is played to the observer, and what it wrote. */
struct play {
    struct result result;
    struct plain plain;
    struct experiment_observer observer;
    struct scene_check check;
    struct scene scene;
    FILE *out;
    char *text;
    size_t size;
};

static void start(struct play *play)
{
    *play = (struct play){.text = NULL};
    made_result(&play->result, "", 0, 2);
    plan_init(&play->result.plan, PLAN_CHECK, "");
    play->result.plan.lasts_ns = 20 * NS_PER_S;
    play->scene = (struct scene){.result = &play->result,
        .phase = SCENE_CHECKING,
        .stage = -1,
        .check = &play->check};
    play->out = open_memstream(&play->text, &play->size);
    assert_non_null(play->out);
    play->observer = plain_observer(&play->plain, play->out);
    play->observer.planned(play->observer.data, &play->result);
}

static void sample(struct play *play, enum check_part part)
{
    play->check.part = part;
    play->observer.sampled(play->observer.data, &play->scene);
}

static void find(struct play *play, enum check_verdict level, int cpu, const char *text)
{
    struct check_finding *finding = result_check_add(&play->result.check);
    finding->level = level;
    finding->cpu = cpu;
    text_copy(sizeof finding->topic, finding->topic, "answer");
    text_copy(sizeof finding->text, finding->text, text);
}

static int count(const struct play *play, const char *words)
{
    int found = 0;
    for (const char *at = play->text; (at = strstr(at, words)); at++)
        found++;
    return found;
}

static void end(struct play *play)
{
    play->scene.phase = SCENE_ENDED;
    play->observer.stage_ended(play->observer.data, &play->scene);
}

static void finish(struct play *play)
{
    fclose(play->out);
    free(play->text);
    result_finish(&play->result);
}

/* Where, how much of the machine, and for how long: before anything is run. */
static void what_it_will_do_is_said_first(void **state)
{
    struct play play;
    (void)state;
    start(&play);
    assert_int_equal(count(&play, "Check of AMD EPYC, 2 CPUs"), 1);
    assert_int_equal(count(&play, "every one of them, for about 20 s.\n"), 1);
    assert_int_equal(count(&play, "\n"), 2);
    finish(&play);
}

static void each_part_is_said_once(void **state)
{
    struct play play;
    (void)state;
    start(&play);
    sample(&play, CHECK_QUIET);
    sample(&play, CHECK_QUIET);
    sample(&play, CHECK_ALONE);
    sample(&play, CHECK_ALONE);
    sample(&play, CHECK_TOGETHER);
    assert_int_equal(count(&play, "\n"), 5);
    assert_int_equal(count(&play, "Each CPU alone.\n"), 1);
    sample(&play, CHECK_OVER);
    end(&play);
    assert_int_equal(count(&play, "\n"), 5);
    finish(&play);
}

/* Every 30 s, for one that takes long. */
static void how_far_it_is_is_said(void **state)
{
    struct play play;
    (void)state;
    start(&play);
    play.check.expected_ns = 120 * NS_PER_S;
    play.check.elapsed_ns = 10 * NS_PER_S;
    play.check.share = 0.25;
    sample(&play, CHECK_ALONE);
    play.check.elapsed_ns = 39 * NS_PER_S;
    sample(&play, CHECK_ALONE);
    assert_int_equal(count(&play, " so far"), 0);
    play.check.elapsed_ns = 40 * NS_PER_S;
    sample(&play, CHECK_ALONE);
    sample(&play, CHECK_ALONE);
    assert_int_equal(count(&play, "\n40 s so far, about 80 s left.\n"), 1);
    play.check.elapsed_ns = 130 * NS_PER_S;
    sample(&play, CHECK_ALONE);
    assert_int_equal(count(&play, "\n2 min 10 s so far.\n"), 1);
    assert_int_equal(count(&play, " so far"), 2);
    finish(&play);
}

/* The report says the rest. */
static void only_failures_are_said_at_once(void **state)
{
    struct play play;
    (void)state;
    start(&play);
    sample(&play, CHECK_TOGETHER);
    find(&play, CHECK_WARN, -1, "The governor is powersave.");
    find(&play, CHECK_FAIL, 1, "CPU 1 computed 1 of 5 tasks wrongly.");
    sample(&play, CHECK_TOGETHER);
    sample(&play, CHECK_TOGETHER);
    assert_int_equal(count(&play, "\nFAIL: CPU 1 computed 1 of 5 tasks wrongly.\n"), 1);
    find(&play, CHECK_FAIL, 0, "CPU 0 computed 1 of 5 tasks wrongly.");
    sample(&play, CHECK_TOGETHER);
    find(&play, CHECK_FAIL, -1, "too late");
    sample(&play, CHECK_OVER);
    end(&play);
    assert_int_equal(count(&play, "FAIL: "), 2);
    assert_int_equal(count(&play, "governor"), 0);
    finish(&play);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_will_do_is_said_first),
        cmocka_unit_test(each_part_is_said_once),
        cmocka_unit_test(how_far_it_is_is_said),
        cmocka_unit_test(only_failures_are_said_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
