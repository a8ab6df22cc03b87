// SPDX-License-Identifier: MIT
#include "experiment/words_items.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "made.h"
#include "workload/workload.h"

#define MINUTE (60 * NS_PER_S)

/* 300 files, 171 of them done and 1 failed, 64 at a time. */
struct night {
    struct result result;
    struct scene_items items;
    struct scene scene;
};

static void begin(struct night *night)
{
    made_result(&night->result, "command", 300, 64);
    struct plan *plan = &night->result.plan;
    plan->command = PLAN_MAP;
    plan->tells = plan->commands = true;
    text_copy(sizeof plan->unit, plan->unit, "files");
    text_copy(sizeof plan->loop, plan->loop, "-- python3 prep.py {}");
    night->items = (struct scene_items){.whole = true,
        .total = 300,
        .running = 64,
        .workers = 64,
        .ended = 172,
        .ended_well = 171,
        .ended_ns = 172 * 20 * MINUTE,
        .median_ns = 20 * MINUTE,
        .slack_ns = 64 * 10 * MINUTE};
    night->scene = (struct scene){.result = &night->result,
        .phase = SCENE_RUNNING,
        .stage = -1,
        .elapsed_ns = 56 * MINUTE,
        .done = 171,
        .failed = 1,
        .items = &night->items};
}

static void counts_have_their_unit(void **state)
{
    struct plan plan = {.unit = "files"}, bare = {.unit = ""};
    char text[64];
    (void)state;
    words_items_count(&plan, 300, sizeof text, text);
    assert_string_equal(text, "300 files");
    words_items_count(&plan, 1, sizeof text, text);
    assert_string_equal(text, "1 file");
    words_items_count(&bare, 0, sizeof text, text);
    assert_string_equal(text, "0 tasks");
}

static void the_title_has_the_number_once_it_is_known(void **state)
{
    struct plan plan = {.unit = "files", .loop = "-- python3 prep.py {} ::: a b c"};
    char text[40], brief[24];
    (void)state;
    words_items_title(&plan, sizeof text, text);
    assert_string_equal(text, "python3 prep.py {}");
    plan.iterations = 300;
    words_items_title(&plan, sizeof text, text);
    assert_string_equal(text, "python3 prep.py {}, 300 files");
    words_items_title(&plan, sizeof brief, brief);
    assert_string_equal(brief, "python3 prep, 300 files");
}

static void assert_failure(const struct scene_item *item, const char *expected)
{
    char text[64];
    words_item_failure(item, sizeof text, text);
    assert_string_equal(text, expected);
}

static void a_failure_says_how(void **state)
{
    char text[64];
    struct result_item item = {.exit_status = -1, .signal = SIGKILL, .timed_out = true};
    struct result_record record = {.end_ns = 7 * NS_PER_S};
    (void)state;
    assert_failure(&(struct scene_item){.exit_status = 1}, "exit 1");
    assert_failure(&(struct scene_item){.exit_status = -1, .signal = SIGSEGV}, "SIGSEGV");
    assert_failure(&(struct scene_item){.exit_status = -1, .error = ENOENT},
        "not started: No such file or directory");
    assert_failure(&(struct scene_item){.exit_status = 0, .error = ENOSPC},
        "no room for its output");
    assert_failure(&(struct scene_item){.exit_status = -1,
                       .signal = SIGTERM,
                       .timed_out = true,
                       .ran_ns = 5 * NS_PER_S},
        "timed out after 5.00 s");
    assert_failure(&(struct scene_item){.exit_status = -1}, "failed");
    assert_failure(&(struct scene_item){.exit_status = 0}, "exit 0");
    words_record_failure(&record, sizeof text, text);
    assert_string_equal(text, "failed");
    record.item = &item;
    words_record_failure(&record, sizeof text, text);
    assert_string_equal(text, "timed out after 7.00 s");
}

static void progress_is_of_what_is_known(void **state)
{
    struct night night;
    char text[96];
    (void)state;
    begin(&night);
    words_items_progress(&night.scene, sizeof text, text);
    assert_string_equal(text, "171 of 300 done, 1 failed");
    night.items.before = 20;
    night.items.total = 320;
    words_items_progress(&night.scene, sizeof text, text);
    assert_string_equal(text, "191 of 320 done, 20 of them before, 1 failed");
    night.items.before = 0;
    night.items.whole = false;
    night.items.total = 1000;
    night.scene.failed = 0;
    words_items_progress(&night.scene, sizeof text, text);
    assert_string_equal(text, "171 done of 1000 read so far");
    result_finish(&night.result);
}

/* In a place without summer time, whose midnight is known. */
static time_t at(int hour, int minute)
{
    setenv("TZ", "UTC0", 1);
    tzset();
    return (20000 * 24 + hour) * 3600 + minute * 60; /* 4 October 2024, a Friday */
}

static void the_end_is_a_time_of_day(void **state)
{
    char text[32];
    (void)state;
    words_items_clock(at(23, 0), 155 * MINUTE, sizeof text, text);
    assert_string_equal(text, "01:35");
    words_items_clock(at(1, 0), 22 * 60 * MINUTE, sizeof text, text);
    assert_string_equal(text, "23:00");
    words_items_clock(at(13, 0), 24 * 60 * MINUTE, sizeof text, text);
    assert_string_equal(text, "Sat 13:00");
    words_items_clock(at(13, 0), 8 * 24 * 60 * MINUTE, sizeof text, text);
    assert_string_equal(text, "12 Oct 13:00");
}

static void the_time_left_is_from_what_has_ended(void **state)
{
    struct night night;
    char text[96];
    (void)state;
    begin(&night);
    /* 64 files wait for 20 min each, 64 are half done: 30 min */
    words_items_time(&night.scene, at(0, 56), sizeof text, text);
    assert_string_equal(text, "56 min so far, about 30 min left: done at about 01:26");
    night.items.whole = false;
    words_items_time(&night.scene, at(0, 56), sizeof text, text);
    assert_string_equal(text, "56 min so far");
    night.items.whole = true;
    night.items.closing = WORKLOAD_CLOSED; /* the rest is not done */
    words_items_time(&night.scene, at(0, 56), sizeof text, text);
    assert_string_equal(text, "56 min so far");
    words_items_median(&night.items, sizeof text, text);
    assert_string_equal(text, "half of them take less than 20 min");
    night.items.ended_well = 2;
    words_items_median(&night.items, sizeof text, text);
    assert_string_equal(text, "");
    result_finish(&night.result);
}

static void what_is_waited_for_is_named(void **state)
{
    struct night night;
    char text[160];
    (void)state;
    begin(&night);
    words_items_closing(&night.scene, sizeof text, text);
    assert_string_equal(text, "");
    night.items.closing = WORKLOAD_CLOSED;
    night.items.running = night.items.longest_count = 2;
    text_copy(sizeof night.items.longest[0].name, night.items.longest[0].name, "a.h5");
    text_copy(sizeof night.items.longest[1].name, night.items.longest[1].name, "b.h5");
    words_items_closing(&night.scene, sizeof text, text);
    assert_string_equal(text, "Nothing more is begun. Waiting for 2 files: a.h5, b.h5");
    night.items.closing = WORKLOAD_ENDING;
    night.items.running = 5;
    words_items_closing(&night.scene, sizeof text, text);
    assert_string_equal(text, "Ending 5 files: a.h5, b.h5 and 3 more");
    words_items_safe(NULL, sizeof text, text);
    assert_string_equal(text, "");
    words_items_safe("run.jsonl", sizeof text, text);
    assert_string_equal(text, "All of it is safe in run.jsonl.");
    result_finish(&night.result);
}

static void give_item(struct result_record *record, const char *name)
{
    record->item = memory_new(1, sizeof *record->item);
    record->item->item = text_duplicate(name);
    record->item->item_size = strlen(name);
    record->status = RESULT_FAILED;
}

static void the_night_in_a_sentence(void **state)
{
    struct night night;
    char text[400];
    (void)state;
    begin(&night);
    struct result_stage *stage =
        made_stage(&night.result, RESULT_PARALLEL, 0, 64, 95 * MINUTE);
    stage->tasks_ns = 99 * 60 * MINUTE;
    words_items_ended(&night.result, sizeof text, text);
    assert_string_equal(text, "300 files in 1 h 35 min, about 99 h one after the other.");
    stage->failed = 1;
    stage->done = 299;
    give_item(made_record(stage, 17, MINUTE, 0), "mouse\033-017.h5");
    text_copy(sizeof night.result.plan.log, night.result.plan.log, "my run.jsonl");
    words_items_ended(&night.result, sizeof text, text);
    assert_string_equal(text,
        "300 files in 1 h 35 min, about 99 h one after the other. 1 failed: "
        "mouse?-017.h5. Try: parfor map --resume 'my run.jsonl'");
    stage->complete = false;
    stage->done = 100;
    stage->failed = 5;
    stage->tasks_ns = stage->elapsed_ns;
    words_items_ended(&night.result, sizeof text, text);
    assert_string_equal(text,
        "105 of 300 files in 1 h 35 min. 5 failed: mouse?-017.h5 and 4 more. Try: parfor "
        "map --resume 'my run.jsonl'");
    result_finish(&night.result);
}

/* An item by its name or its place, a task of a loop body by its index. */
static void tasks_are_called_as_their_loop_counts(void **state)
{
    struct result_item item = {.number = 4};
    struct result_record record = {.index = 4};
    char text[32];
    (void)state;
    words_record_name(&record, sizeof text, text);
    assert_string_equal(text, "task 4");
    record.item = &item;
    words_record_name(&record, sizeof text, text);
    assert_string_equal(text, "task 4");
    item.item = (char[]){""};
    words_record_name(&record, sizeof text, text);
    assert_string_equal(text, "number 5");
    item.item = (char[]){"a\nb\t\033  c"};
    item.item_size = 8;
    words_record_name(&record, sizeof text, text);
    assert_string_equal(text, "a?b??  c");
}

static void one_of_unknown_length_was_ended_early(void **state)
{
    struct night night;
    char text[300];
    (void)state;
    begin(&night);
    struct result_stage *stage =
        made_stage(&night.result, RESULT_PARALLEL, 0, 1, 2 * NS_PER_S);
    night.result.plan.iterations = 0;
    night.result.plan.log[0] = '\0';
    stage->complete = false;
    stage->done = 8;
    words_items_ended(&night.result, sizeof text, text);
    assert_string_equal(text, "8 files in 2.00 s. It was ended early.");
    result_finish(&night.result);
}

static void nothing_to_do_is_said(void **state)
{
    struct night night;
    char text[160];
    (void)state;
    begin(&night);
    words_items_ended(&night.result, sizeof text, text);
    assert_string_equal(text, "Ended before anything was begun.");
    night.result.nothing_to_do = true;
    words_items_ended(&night.result, sizeof text, text);
    assert_string_equal(text, "There are no items: nothing to do.");
    night.result.before = 300;
    words_items_ended(&night.result, sizeof text, text);
    assert_string_equal(text, "All 300 files were done before: nothing to do.");
    night.result.before = 1;
    words_items_ended(&night.result, sizeof text, text);
    assert_string_equal(text, "1 file was done before: nothing to do.");
    result_finish(&night.result);
}

static void any_bytes_become_text(void **state)
{
    char text[10];
    (void)state;
    words_clean(7, "a\033b\tc\x7f\n", sizeof text, text);
    assert_string_equal(text, "a?b c??");
    words_clean(5, "\xff\xc3\xa9\xc3z", sizeof text, text);
    assert_string_equal(text, "?\xc3\xa9?z");
    words_clean(9, "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3", 8, text);
    assert_string_equal(text, "\xc3\xa9\xc3\xa9\xc3\xa9");
    words_clean(4, "\xc2\x9b[m", sizeof text, text);
    assert_string_equal(text, "?[m");
    words_clean(0, "x", sizeof text, text);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_have_their_unit),
        cmocka_unit_test(the_title_has_the_number_once_it_is_known),
        cmocka_unit_test(a_failure_says_how),
        cmocka_unit_test(progress_is_of_what_is_known),
        cmocka_unit_test(the_end_is_a_time_of_day),
        cmocka_unit_test(the_time_left_is_from_what_has_ended),
        cmocka_unit_test(what_is_waited_for_is_named),
        cmocka_unit_test(the_night_in_a_sentence),
        cmocka_unit_test(tasks_are_called_as_their_loop_counts),
        cmocka_unit_test(one_of_unknown_length_was_ended_early),
        cmocka_unit_test(nothing_to_do_is_said),
        cmocka_unit_test(any_bytes_become_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
