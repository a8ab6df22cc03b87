// SPDX-License-Identifier: MIT
#include "ui/plain.h"

#include "../experiment/made.h"

#include <stdlib.h>
#include <string.h>

#include "workload/workload.h"

/* A loop of the user's own that is played to the observer, and what it wrote. */
struct play {
    struct result result;
    struct plain plain;
    struct experiment_observer observer;
    struct scene scene;
    struct scene_items items;
    FILE *out;
    char *text;
    size_t size;
};

/* 40 files, in a stage that has just begun. */
static void init(struct play *play)
{
    *play = (struct play){.text = NULL};
    made_result(&play->result, "command", 40, 2);
    play->result.plan.command = PLAN_MAP;
    play->result.plan.tells = play->result.plan.commands = true;
    strcpy(play->result.plan.title, "gzip -k {}, 40 files");
    strcpy(play->result.plan.unit, "files");
    strcpy(play->result.plan.log, "run.jsonl");
    play->items = (struct scene_items){
        .whole = true, .total = 40, .workers = 2, .running = 2, .log = "run.jsonl"};
    play->out = open_memstream(&play->text, &play->size);
    assert_non_null(play->out);
    play->observer = plain_observer(&play->plain, play->out);
    struct result_stage *stage = made_stage(&play->result, RESULT_PARALLEL, 0, 2, 0);
    stage->done = 0;
    stage->complete = false;
    play->scene = (struct scene){.result = &play->result,
        .phase = SCENE_RUNNING,
        .items = &play->items,
        .busy_cpus = -1};
}

static void start(struct play *play)
{
    play->observer.stage_started(play->observer.data, &play->scene);
}

static void sample(struct play *play, int64_t elapsed_ns, int64_t done)
{
    play->scene.elapsed_ns = elapsed_ns;
    play->scene.done = done;
    play->observer.sampled(play->observer.data, &play->scene);
}

/* One more fails, the newest first. */
static void let_fail(struct play *play, int number)
{
    struct scene_items *items = &play->items;
    memmove(items->failures + 1, items->failures,
        (SCENE_FAILURES - 1) * sizeof *items->failures);
    items->failures[0] = (struct scene_item){.number = number, .exit_status = 1};
    snprintf(items->failures[0].name, sizeof items->failures[0].name, "f%d", number);
    items->failure_count += items->failure_count < SCENE_FAILURES;
    play->scene.failed++;
}

static const char *written(struct play *play)
{
    fflush(play->out);
    return play->text;
}

static void finish(struct play *play)
{
    fclose(play->out);
    free(play->text);
    result_finish(&play->result);
}

static int count(const char *text, const char *word)
{
    int times = 0;
    for (; (text = strstr(text, word)); text += strlen(word))
        times++;
    return times;
}

static void the_start_names_the_log(void **state)
{
    struct play play;
    (void)state;
    init(&play);
    play.observer.planned(play.observer.data, &play.result);
    start(&play);
    assert_string_equal(written(&play),
        "gzip -k {}, 40 files on AMD EPYC, 2 CPUs, all usable.\n"
        "What is done is kept in run.jsonl.\n"
        "2 at a time: started.\n");
    finish(&play);
}

/* With its last line where it has one, in the order they failed. */
static void failures_are_said_at_once(void **state)
{
    struct play play;
    (void)state;
    init(&play);
    start(&play);
    let_fail(&play, 7);
    strcpy(play.items.failures[0].last_line, "KeyError: 'spikes'");
    sample(&play, NS_PER_S, 1);
    sample(&play, 2 * NS_PER_S, 2);
    let_fail(&play, 8);
    let_fail(&play, 9);
    play.items.failures[0].name[0] = '\0';
    sample(&play, 3 * NS_PER_S, 3);
    assert_string_equal(written(&play), "2 at a time: started.\n"
                                        "failed: f7: exit 1: KeyError: 'spikes'\n"
                                        "failed: f8: exit 1\n"
                                        "failed: task 9: exit 1\n");
    finish(&play);
}

/* Ten of a thousand, and where the others are. */
static void many_failures_are_few_lines(void **state)
{
    struct play play;
    (void)state;
    init(&play);
    start(&play);
    for (int i = 0; i < 1000; i++) {
        let_fail(&play, i);
        if (i < 5 || i % 300 == 0)
            sample(&play, NS_PER_S, 0);
    }
    play.observer.stage_ended(play.observer.data, &play.scene);
    assert_true(count(written(&play), "failed: f") <= 10);
    assert_true(count(play.text, "failed: f") >= 5);
    assert_int_equal(count(play.text, "More have failed: see run.jsonl."), 1);
    finish(&play);
}

static void the_rest_is_waited_for_aloud(void **state)
{
    struct play play;
    (void)state;
    init(&play);
    start(&play);
    play.items.closing = WORKLOAD_CLOSED;
    play.items.longest_count = 1;
    play.items.running = 1;
    strcpy(play.items.longest[0].name, "mouse-114.h5");
    sample(&play, NS_PER_S, 1);
    sample(&play, 2 * NS_PER_S, 1);
    play.items.closing = WORKLOAD_ENDING;
    sample(&play, 3 * NS_PER_S, 1);
    sample(&play, 4 * NS_PER_S, 1);
    assert_int_equal(count(written(&play), "Nothing more is begun. Waiting for 1 file: "
                                           "mouse-114.h5 (Ctrl-C again ends them)\n"),
        1);
    assert_int_equal(count(play.text, "\n"), 3);
    finish(&play);
}

static void progress_is_said_by_quarters(void **state)
{
    struct play play;
    (void)state;
    init(&play);
    start(&play);
    for (int i = 1; i <= 40; i++)
        sample(&play, i * NS_PER_S, i);
    assert_int_equal(count(written(&play), " of 40 done; "), 3);
    assert_int_equal(count(play.text, "10 of 40 done; 10 s so far"), 1);
    assert_int_equal(count(play.text, "30 of 40 done; 30 s so far"), 1);
    finish(&play);
}

/* Nobody knows of how many, so nobody knows a quarter. */
static void items_that_still_come_are_counted(void **state)
{
    struct play play;
    (void)state;
    init(&play);
    play.items.whole = false;
    play.result.plan.iterations = 0;
    start(&play);
    for (int i = 1; i <= 100; i++) {
        play.items.total = i + 4;
        sample(&play, i * NS_PER_S, i);
    }
    assert_int_equal(count(written(&play), "read so far"), 3);
    assert_int_equal(count(play.text, "30 done of 34 read so far; 30 s so far"), 1);
    finish(&play);
}

/* Who comes in the middle is not told again what the screen has shown. */
static void from_the_middle_on(void **state)
{
    struct play play;
    (void)state;
    init(&play);
    for (int i = 0; i < 3; i++)
        let_fail(&play, i);
    play.scene.elapsed_ns = 25 * NS_PER_S;
    play.scene.done = 22;
    play.items.closing = WORKLOAD_CLOSED;
    play.observer = plain_observer_from(&play.plain, play.out, &play.scene);
    sample(&play, 26 * NS_PER_S, 23);
    assert_string_equal(written(&play), "");
    let_fail(&play, 3);
    sample(&play, 27 * NS_PER_S, 24);
    assert_string_equal(written(&play), "failed: f3: exit 1\n");
    sample(&play, 30 * NS_PER_S, 29);
    assert_int_equal(count(written(&play), "29 of 40 done, 4 failed; 30 s so far"), 1);
    finish(&play);
}

/* What fails last is said before the end, of which the report tells. */
static void nothing_is_left_unsaid(void **state)
{
    struct play play;
    (void)state;
    init(&play);
    start(&play);
    size_t before = play.size;
    let_fail(&play, 5);
    play.observer.stage_ended(play.observer.data, &play.scene);
    assert_string_equal(play.text + before, "failed: f5: exit 1\n");
    finish(&play);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_start_names_the_log),
        cmocka_unit_test(failures_are_said_at_once),
        cmocka_unit_test(many_failures_are_few_lines),
        cmocka_unit_test(the_rest_is_waited_for_aloud),
        cmocka_unit_test(progress_is_said_by_quarters),
        cmocka_unit_test(items_that_still_come_are_counted),
        cmocka_unit_test(from_the_middle_on),
        cmocka_unit_test(nothing_is_left_unsaid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
