// SPDX-License-Identifier: MIT
#include "../experiment/made.h"
#include "proof.h"

#include <math.h>
#include <stdlib.h>

static const int64_t MS = NS_PER_MS;

static struct result result;

static int set_up(void **state)
{
    (void)state;
    made_result(&result, "spin", 15, 2);
    text_copy(sizeof result.plan.title, result.plan.title, "spin, 15 times");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    result_finish(&result);
    return 0;
}

/* So many tasks that the workers take in turn, one right behind the other. */
static struct result_stage *make_stage(
    enum result_stage_kind kind, int workers, int tasks, int64_t task_ns)
{
    int rounds = (tasks + workers - 1) / workers;
    struct result_stage *stage = made_stage(&result, kind, 0, workers, rounds * task_ns);
    stage->done = tasks;
    for (int i = 0; i < tasks; i++) {
        struct result_record *record = made_record(stage, i, task_ns, 0);
        record->worker = i % workers;
        record->start_ns = i / workers * task_ns;
        record->end_ns = record->start_ns + task_ns;
    }
    for (int i = 0; i < workers; i++) {
        stage->worker_list[i].tasks = tasks / workers + (i < tasks % workers);
        stage->worker_list[i].times.tail_ns =
            (rounds - stage->worker_list[i].tasks) * task_ns;
    }
    return stage;
}

static struct proof *draw(void)
{
    return proof_draw(&page_tasks, &result, NULL, false);
}

static void add_death(struct result_stage *stage, int worker, int64_t t_ns)
{
    void *events = stage->events;
    struct result_event *event =
        memory_append(&events, stage->event_count++, sizeof *event);
    stage->events = events;
    *event = (struct result_event){
        .t_ns = t_ns, .worker = worker, .what = RESULT_KILLED, .signal = 9};
}

/* With a command; the bytes are its item. */
static void set_item(struct result_record *record, const char *item)
{
    record->item = memory_new(1, sizeof *record->item);
    record->item->item_size = strlen(item);
    record->item->item = text_duplicate(item);
}

static void every_task_is_a_block_with_its_number(void **state)
{
    (void)state;
    make_stage(RESULT_SEQUENTIAL, 1, 15, 100 * MS);
    make_stage(RESULT_PARALLEL, 2, 15, 100 * MS);
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_BUSY), 30);
    for (int i = 0; i < 15; i++) {
        char number[16];
        snprintf(number, sizeof number, "%d", i);
        assert_true(proof_has_text(proof, number));
    }
    assert_true(proof_has_text(proof, "one after the other"));
    assert_true(proof_has_text(proof, "2 at a time"));
    assert_true(proof_has_text(proof, ": which worker had which task when"));
    assert_true(proof_has_text(proof, "1.50 s"));
    assert_true(proof_has_text(proof, "8 tasks"));
    assert_true(proof_has_text(proof, "7 tasks"));
    proof_destroy(proof);
}

static void length_is_time(void **state)
{
    (void)state;
    struct result_stage *stage = make_stage(RESULT_PARALLEL, 1, 3, 100 * MS);
    stage->records[2].end_ns += 200 * MS;
    stage->elapsed_ns += 200 * MS;
    struct proof *proof = draw();
    const struct proof_mark *first = proof_next(proof, PROOF_BOX, INK_BUSY, NULL);
    const struct proof_mark *second = proof_next(proof, PROOF_BOX, INK_BUSY, first);
    const struct proof_mark *third = proof_next(proof, PROOF_BOX, INK_BUSY, second);
    assert_true(fabs(first->box.width - second->box.width) < 0.01);
    assert_true(fabs(third->box.width + 1 - 3 * (first->box.width + 1)) < 0.01);
    assert_true(fabs(second->box.x - first->box.x - first->box.width - 1) < 0.01);
    proof_destroy(proof);
}

static void who_is_idle_at_the_end_is_seen_and_named(void **state)
{
    (void)state;
    make_stage(RESULT_PARALLEL, 2, 7, 250 * MS);
    struct proof *proof = draw();
    const struct proof_mark *ground = proof_next(proof, PROOF_BOX, INK_EMPTY, NULL);
    ground = proof_next(proof, PROOF_BOX, INK_EMPTY, ground);
    const struct proof_mark *block = NULL, *next = NULL;
    while ((next = proof_next(proof, PROOF_BOX, INK_BUSY, next)))
        if (next->box.y == ground->box.y)
            block = next;
    double idle = ground->box.x + ground->box.width - block->box.x - block->box.width;
    assert_true(fabs(idle - ground->box.width / 4) < 2);
    assert_true(proof_has_text(proof, "idle 0.25 s"));
    assert_non_null(proof_find_text(proof, "Worker 1 had nothing to do"));
    proof_destroy(proof);
}

static void a_worker_without_a_task_is_named(void **state)
{
    (void)state;
    make_stage(RESULT_PARALLEL, 3, 2, 250 * MS);
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "no task"));
    proof_destroy(proof);
}

static void tasks_too_short_for_blocks_are_shares_of_time(void **state)
{
    (void)state;
    struct result_stage *stage = make_stage(RESULT_PARALLEL, 1, 8000, MS);
    for (size_t i = 0; i < stage->record_count; i++)
        stage->records[i].end_ns -= MS / 2;
    struct proof *proof = draw();
    const struct proof_mark *ground = proof_next(proof, PROOF_BOX, INK_EMPTY, NULL);
    const struct proof_mark *area = proof_next(proof, PROOF_AREA, INK_BUSY, NULL);
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_BUSY), 0);
    assert_true(fabs(area->box.height - ground->box.height / 2) < 3);
    assert_true(proof_has_text(proof, ": when each worker had a task"));
    proof_destroy(proof);
}

static void one_long_task_among_short_ones_is_a_block(void **state)
{
    (void)state;
    struct result_stage *stage = make_stage(RESULT_PARALLEL, 1, 8000, MS);
    stage->records[7999].end_ns += 1000 * MS;
    stage->elapsed_ns += 1000 * MS;
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_BUSY), 1);
    assert_true(proof_has_text(proof, "7999"));
    proof_destroy(proof);
}

static void records_of_many_tasks_are_shares_of_time(void **state)
{
    (void)state;
    struct result_stage *stage = make_stage(RESULT_PARALLEL, 2, 10, 100 * MS);
    for (size_t i = 0; i < stage->record_count; i++)
        stage->records[i].count = 100000;
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_BUSY), 0);
    assert_int_equal(proof_count(proof, PROOF_AREA, INK_BUSY), 2);
    proof_destroy(proof);
}

static void failed_tasks_have_their_letter(void **state)
{
    (void)state;
    struct result_stage *stage = make_stage(RESULT_PARALLEL, 2, 10, 100 * MS);
    stage->failed = 1;
    stage->records[3].status = RESULT_FAILED;
    stage->records[3].failed = 1;
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_FAILED), 1);
    assert_true(proof_has_text(proof, "F3"));
    proof_destroy(proof);
}

static void failures_too_short_for_a_block_are_marked(void **state)
{
    (void)state;
    struct result_stage *stage = make_stage(RESULT_PARALLEL, 2, 10000, MS);
    stage->failed = 2;
    for (int i = 3; i < 5; i++) {
        stage->records[i].status = RESULT_FAILED;
        stage->records[i].failed = 1;
    }
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_FAILED), 2);
    assert_true(proof_has_text(proof, "F"));
    proof_destroy(proof);
    for (size_t i = 0; i < stage->record_count; i++)
        stage->records[i].failed = 1;
    proof_pass(&page_tasks, &result, NULL);
}

static void failures_in_thin_lanes_have_their_letter_behind_them(void **state)
{
    (void)state;
    struct result_stage *stage = make_stage(RESULT_PARALLEL, 64, 640, 100 * MS);
    stage->failed = 2;
    stage->records[100].count = 50;
    stage->records[100].failed = 50;
    stage->records[63].failed = 1;
    stage->records[63].status = RESULT_FAILED;
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_FAILED), 2);
    assert_int_equal(proof_count(proof, PROOF_TEXT, INK_FAILED), 2);
    proof_destroy(proof);
    for (size_t i = 0; i < stage->record_count; i++) {
        stage->records[i].count = 2;
        stage->records[i].failed = 2;
    }
    proof_pass(&page_tasks, &result, NULL);
}

static void a_killed_worker_has_a_cross(void **state)
{
    (void)state;
    struct result_stage *stage = make_stage(RESULT_PARALLEL, 2, 10, 100 * MS);
    add_death(stage, 1, 310 * MS);
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_LINE, INK_FAILED), 2);
    assert_non_null(proof_find_text(proof, "Worker 1 died at 0.31 s."));
    proof_destroy(proof);
    for (int i = 0; i < 500; i++)
        add_death(stage, i % 2, 2 * i * MS);
    proof_pass(&page_tasks, &result, NULL);
}

static void a_stage_much_longer_than_the_other_is_cut(void **state)
{
    (void)state;
    make_stage(RESULT_SEQUENTIAL, 1, 64, 100 * MS);
    make_stage(RESULT_PARALLEL, 16, 64, 100 * MS);
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, ": the first 0.40 s"));
    assert_true(proof_has_text(proof, "6.40 s"));
    assert_int_equal(proof_count(proof, PROOF_AREA, INK_PAPER), 2);
    proof_destroy(proof);
}

static void what_is_projected_is_striped(void **state)
{
    (void)state;
    struct result_stage *stage = make_stage(RESULT_SEQUENTIAL, 1, 3, 100 * MS);
    make_stage(RESULT_PARALLEL, 2, 6, 100 * MS);
    stage = &result.stages[0];
    result.plan.iterations = 6;
    stage->projected = true;
    stage->measured_ns = stage->elapsed_ns;
    stage->elapsed_ns *= 2;
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "projected from 3 of 6"));
    assert_true(proof_count(proof, PROOF_BOX, INK_BUSY) > 9 + 20);
    proof_destroy(proof);
}

static void a_stage_that_was_stopped_says_so(void **state)
{
    (void)state;
    make_stage(RESULT_PARALLEL, 2, 6, 100 * MS)->complete = false;
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "stopped"));
    proof_destroy(proof);
}

/* It has the room that a second one would have. */
static void one_stopped_before_the_other_began_is_no_strip(void **state)
{
    (void)state;
    make_stage(RESULT_SEQUENTIAL, 1, 20, 100 * MS)->complete = false;
    struct proof *proof = draw();
    assert_true(proof_next(proof, PROOF_BOX, INK_BUSY, NULL)->box.height > 100);
    proof_destroy(proof);
}

static void items_have_their_names(void **state)
{
    (void)state;
    struct result_stage *stage = make_stage(RESULT_PARALLEL, 2, 4, 100 * MS);
    set_item(&stage->records[0], "notes.txt");
    set_item(&stage->records[1], "a\nb\x80\xff");
    set_item(&stage->records[2],
        "a name that is much too long for the room that it has here, and for any room "
        "that it could have in a page");
    set_item(&stage->records[3], "");
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "notes.txt"));
    assert_non_null(proof_find_text(proof, "a name that is much"));
    assert_true(proof_has_text(proof, "number 1"));
    proof_destroy(proof);
}

static void of_many_workers_a_lane_has_several(void **state)
{
    (void)state;
    make_stage(RESULT_PARALLEL, 4096, 8000, 100 * MS);
    struct proof *proof = draw();
    assert_non_null(proof_find_text(proof, "0-127"));
    assert_non_null(proof_find_text(proof, ": how many workers have a task, "));
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_BUSY), 0);
    assert_true(proof_count(proof, PROOF_BOX, INK_EMPTY) < 40);
    proof_destroy(proof);
}

static void any_number_of_workers_and_tasks_fits(void **state)
{
    static const int workers[] = {1, 2, 3, 7, 16, 33, 64, 128, 145, 1000, 1024, 4096};
    static const int tasks[] = {1, 15, 350, 10000};
    (void)state;
    for (size_t i = 0; i < sizeof workers / sizeof *workers; i++)
        for (size_t k = 0; k < sizeof tasks / sizeof *tasks; k++) {
            tear_down(NULL);
            set_up(NULL);
            make_stage(RESULT_SEQUENTIAL, 1, tasks[k], 100 * MS);
            make_stage(RESULT_PARALLEL, workers[i], tasks[k], 100 * MS);
            proof_pass(&page_tasks, &result, NULL);
        }
}

static void of_a_sweep_the_advised_stage_is_shown(void **state)
{
    (void)state;
    result.plan.command = PLAN_SWEEP;
    make_stage(RESULT_SEQUENTIAL, 1, 15, 100 * MS);
    make_stage(RESULT_PARALLEL, 2, 15, 100 * MS);
    make_stage(RESULT_PARALLEL, 4, 15, 100 * MS);
    result.sweep.advice_workers = 2;
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "sweep with 2 workers"));
    assert_null(proof_find_text(proof, "sweep with 1 worker"));
    proof_destroy(proof);
}

static void of_repeats_it_is_said_which_one_is_shown(void **state)
{
    (void)state;
    result.plan.repeats = 3;
    make_stage(RESULT_PARALLEL, 2, 15, 100 * MS)->repeat = 1;
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "2 at a time, run 2 of 3"));
    proof_destroy(proof);
    result.plan.command = PLAN_SWEEP;
    proof = draw();
    assert_true(proof_has_text(proof, "sweep with 2 workers, run 2 of 3"));
    proof_destroy(proof);
}

/* Of thin lanes the first one's name is higher than the lane. */
static void the_first_lane_is_apart_from_the_heading(void **state)
{
    static const int workers[] = {64, 128};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        tear_down(NULL);
        set_up(NULL);
        make_stage(RESULT_PARALLEL, workers[i], 1000, 100 * MS);
        struct proof *proof = draw();
        const struct proof_mark *name = proof_find_text(proof, "worker 0");
        const struct proof_mark *heading = proof_find_text(proof, " at a time");
        assert_non_null(name);
        assert_true(name->box.y - heading->box.y - heading->box.height > 5);
        proof_destroy(proof);
    }
}

static void without_a_stage_that_is_said(void **state)
{
    (void)state;
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "No task has begun yet."));
    proof_destroy(proof);
    result.plan.command = PLAN_WATCH;
    proof = draw();
    assert_non_null(proof_find_text(proof, "there are no tasks"));
    proof_destroy(proof);
}

static void odd_times_do_no_harm(void **state)
{
    (void)state;
    struct result_stage *stage = make_stage(RESULT_PARALLEL, 2, 10, 100 * MS);
    stage->records[9].end_ns = INT64_MAX / 2;
    stage->records[8].start_ns = stage->records[8].end_ns = INT64_MAX / 2;
    stage->records[7].worker = 4000;
    stage->worker_list[1].worker = 4000;
    stage->worker_list[0].times.tail_ns = INT64_MAX;
    add_death(stage, -1, 100 * MS);
    add_death(stage, 4000, 100 * MS);
    add_death(stage, 0, INT64_MAX);
    proof_pass(&page_tasks, &result, NULL);
    stage->elapsed_ns = 0;
    proof_pass(&page_tasks, &result, NULL);
    stage->elapsed_ns = INT64_MAX;
    stage->projected = true;
    proof_pass(&page_tasks, &result, NULL);
    stage->workers = stage->workers_asked = 0;
    proof_pass(&page_tasks, &result, NULL);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_task_is_a_block_with_its_number),
        TEST(length_is_time),
        TEST(who_is_idle_at_the_end_is_seen_and_named),
        TEST(a_worker_without_a_task_is_named),
        TEST(tasks_too_short_for_blocks_are_shares_of_time),
        TEST(one_long_task_among_short_ones_is_a_block),
        TEST(records_of_many_tasks_are_shares_of_time),
        TEST(failed_tasks_have_their_letter),
        TEST(failures_too_short_for_a_block_are_marked),
        TEST(failures_in_thin_lanes_have_their_letter_behind_them),
        TEST(a_killed_worker_has_a_cross),
        TEST(a_stage_much_longer_than_the_other_is_cut),
        TEST(what_is_projected_is_striped),
        TEST(a_stage_that_was_stopped_says_so),
        TEST(one_stopped_before_the_other_began_is_no_strip),
        TEST(items_have_their_names),
        TEST(of_many_workers_a_lane_has_several),
        TEST(any_number_of_workers_and_tasks_fits),
        TEST(of_a_sweep_the_advised_stage_is_shown),
        TEST(of_repeats_it_is_said_which_one_is_shown),
        TEST(the_first_lane_is_apart_from_the_heading),
        TEST(without_a_stage_that_is_said),
        TEST(odd_times_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
