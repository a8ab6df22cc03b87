// SPDX-License-Identifier: MIT
#include "experiment/words_facts.h"

#include <stdlib.h>

#include "made.h"

static const int64_t MS = NS_PER_MS;

static struct result result;
static struct result_stage *stage;

static int set_up(void **state)
{
    (void)state;
    made_result(&result, "spin", 4, 2);
    stage = made_stage(&result, RESULT_PARALLEL, 0, 2, 1000 * MS);
    for (int i = 0; i < 4; i++)
        made_record(stage, i, (200 + i) * MS, 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    result_finish(&result);
    return 0;
}

static void assert_fact(bool running, enum words_fact fact, const char *expected)
{
    char text[128] = "left over";
    struct words_facts facts = words_facts_of(stage, running, stage->elapsed_ns);
    facts.plan = &result.plan;
    words_fact(&facts, fact, sizeof text, text);
    assert_string_equal(text, expected);
}

static void add_event(enum result_event_what what, int worker, int64_t t_ns)
{
    void *events = stage->events;
    struct result_event *event =
        memory_append(&events, stage->event_count++, sizeof *event);
    stage->events = events;
    *event = (struct result_event){.t_ns = t_ns, .worker = worker, .what = what};
}

static void nothing_is_said_where_nothing_is_odd(void **state)
{
    (void)state;
    assert_fact(false, WORDS_FACT_FAILED, "");
    assert_fact(false, WORDS_FACT_DEATHS, "");
    assert_fact(false, WORDS_FACT_IDLE, "");
}

static void range_has_its_unit_once(void **state)
{
    (void)state;
    assert_fact(false, WORDS_FACT_RANGE, "Tasks took 0.20 s.");
    stage->records[3].end_ns += 300 * MS;
    assert_fact(false, WORDS_FACT_RANGE, "Tasks took 0.20 s.");
    stage->elapsed_ns = 2000 * MS;
    assert_fact(false, WORDS_FACT_RANGE, "Tasks took 0.20 to 0.50 s.");
    assert_fact(true, WORDS_FACT_RANGE, "Tasks took 0.20 to 0.50 s so far.");
}

static void longest_is_named_where_it_is_much_longer(void **state)
{
    (void)state;
    assert_fact(false, WORDS_FACT_MEAN, ""); /* they are equal */
    stage->records[3].end_ns += 10 * MS;
    stage->elapsed_ns = 2000 * MS;
    assert_fact(false, WORDS_FACT_MEAN, "The mean is 0.20 s.");
    stage->records[3].end_ns += 390 * MS;
    assert_fact(false, WORDS_FACT_MEAN, "The mean is 0.30 s, the longest was task 3.");
    assert_fact(true, WORDS_FACT_MEAN, "");
}

static void longest_item_has_its_name(void **state)
{
    (void)state;
    struct result_item *item = memory_new(1, sizeof *item);
    stage->elapsed_ns = 2000 * MS;
    stage->records[3].end_ns += 400 * MS;
    stage->records[3].item = item;
    item->item = text_duplicate("notes.txt");
    item->item_size = strlen(item->item);
    assert_fact(
        false, WORDS_FACT_MEAN, "The mean is 0.30 s, the longest was task notes.txt.");
    text_copy(sizeof result.plan.unit, result.plan.unit, "files");
    assert_fact(
        false, WORDS_FACT_MEAN, "The mean is 0.30 s, the longest was file notes.txt.");
    free(item->item);
    item->item =
        text_duplicate("a name of an item that is longer than there is room for");
    item->item_size = strlen(item->item);
    assert_fact(false, WORDS_FACT_MEAN,
        "The mean is 0.30 s, the longest was file a name of an item that is longer than "
        "t....");
}

static void of_tasks_summed_up_there_is_only_a_mean(void **state)
{
    (void)state;
    for (size_t i = 0; i < stage->record_count; i++)
        stage->records[i].count = 10;
    assert_fact(false, WORDS_FACT_RANGE, "");
    assert_fact(false, WORDS_FACT_MEAN, "A task took 20 ms on average.");
    stage->records[3].count = 1;
    assert_fact(false, WORDS_FACT_RANGE, "");
}

static void failed_tasks_are_counted_but_not_timed(void **state)
{
    (void)state;
    stage->failed = 1;
    stage->records[0].failed = 1;
    stage->records[0].end_ns -= 150 * MS;
    assert_fact(false, WORDS_FACT_FAILED, "1 task failed (marked F).");
    assert_fact(false, WORDS_FACT_RANGE, "Tasks took 0.20 s.");
    assert_fact(true, WORDS_FACT_FAILED, "");
    stage->failed = 12;
    assert_fact(false, WORDS_FACT_FAILED, "12 tasks failed (marked F).");
}

static void deaths_are_told_until_now(void **state)
{
    (void)state;
    add_event(RESULT_REPLACED, 0, 100 * MS);
    assert_fact(false, WORDS_FACT_DEATHS, "");
    add_event(RESULT_KILLED, 1, 300 * MS);
    assert_fact(false, WORDS_FACT_DEATHS, "Worker 1 died at 0.30 s.");
    add_event(RESULT_LEFT, 0, 400 * MS);
    assert_fact(false, WORDS_FACT_DEATHS, "2 workers died, the last at 0.40 s.");
    struct words_facts facts = words_facts_of(stage, true, 350 * MS);
    char text[128];
    words_fact(&facts, WORDS_FACT_DEATHS, sizeof text, text);
    assert_string_equal(text, "Worker 1 died at 0.30 s.");
}

static void who_is_idle_at_the_end_is_named(void **state)
{
    (void)state;
    stage->worker_list[1].times.tail_ns = 400 * MS;
    assert_fact(
        false, WORDS_FACT_IDLE, "Worker 1 had nothing to do for the last 0.40 s.");
    stage->worker_list[0].tasks = 0;
    assert_fact(false, WORDS_FACT_IDLE, "1 of 2 workers had no task at all.");
    stage->complete = false;
    assert_fact(false, WORDS_FACT_IDLE, "");
}

static void before_the_first_task_has_ended_that_is_said(void **state)
{
    (void)state;
    stage->record_count = 0;
    assert_fact(true, WORDS_FACT_RANGE, "No task has ended yet.");
    assert_fact(false, WORDS_FACT_MEAN, "");
}

static void lanes_are_explained(void **state)
{
    char text[96];
    (void)state;
    words_facts_lanes(1, true, sizeof text, text);
    assert_string_equal(text, ": which worker had which task when");
    words_facts_lanes(1, false, sizeof text, text);
    assert_string_equal(text, ": when each worker had a task");
    words_facts_lanes(64, false, sizeof text, text);
    assert_string_equal(text, ": how many workers have a task, 64 to a line");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_said_where_nothing_is_odd),
        TEST(range_has_its_unit_once),
        TEST(longest_is_named_where_it_is_much_longer),
        TEST(longest_item_has_its_name),
        TEST(of_tasks_summed_up_there_is_only_a_mean),
        TEST(failed_tasks_are_counted_but_not_timed),
        TEST(deaths_are_told_until_now),
        TEST(who_is_idle_at_the_end_is_named),
        TEST(before_the_first_task_has_ended_that_is_said),
        cmocka_unit_test(lanes_are_explained),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
