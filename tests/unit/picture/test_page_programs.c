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
    result_init(&result);
    made_machine(&result.machine, 2);
    plan_init(&result.plan, PLAN_VERSUS, "");
    text_copy(sizeof result.plan.title, result.plan.title, "programs");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    result_finish(&result);
    return 0;
}

/* A program whose median is that. */
static struct result_program *add_program(const char *text, int64_t elapsed_ns)
{
    void *list = result.programs.list;
    struct result_program *program =
        memory_append(&list, result.programs.count++, sizeof *program);
    result.programs.list = list;
    text_copy(sizeof program->text, program->text, text);
    program->repeats = 1;
    program->elapsed_ns = elapsed_ns;
    program->cpu_ns = elapsed_ns;
    program->processes = program->threads = 1;
    program->ratio = result.programs.list[0].elapsed_ns / (double)elapsed_ns;
    return program;
}

/* A run of it, in which all CPUs are busy. */
static struct result_stage *add_run(int program, int64_t elapsed_ns)
{
    struct result_stage *stage = made_stage(&result, RESULT_PROGRAM, 0, 1, elapsed_ns);
    stage->program = program;
    stage->cpu_count = result.machine.cpu_count;
    stage->cpus = memory_new(stage->cpu_count, sizeof *stage->cpus);
    for (size_t i = 0; i < stage->cpu_count; i++)
        stage->cpus[i].id = (int)i;
    size_t sample = result_samples_add(&stage->samples, stage->cpu_count, elapsed_ns);
    for (size_t i = 0; i < stage->cpu_count; i++)
        result_samples_set(&stage->samples, stage->cpu_count, sample, i, RESULT_USER, 1);
    return stage;
}

static struct proof *draw(void)
{
    return proof_draw(&page_programs, &result, NULL, false);
}

static void each_has_its_name_its_time_and_its_ratio(void **state)
{
    (void)state;
    add_program("python3 loop.py", 2000 * MS);
    add_program("/usr/bin/pool", 500 * MS);
    add_run(0, 2000 * MS);
    add_run(1, 500 * MS);
    text_copy(sizeof result.programs.sentence, result.programs.sentence,
        "pool is 4.00 times as fast.");
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "python3 loop.py"));
    assert_true(proof_has_text(proof, "pool"));
    assert_true(proof_has_text(proof, "2.00 s"));
    assert_true(proof_has_text(proof, "0.50 s"));
    assert_true(proof_has_text(proof, "4.00 times as fast"));
    assert_false(proof_has_text(proof, "1.00 times as fast"));
    assert_true(proof_has_text(proof, "pool is 4.00 times as fast."));
    const struct proof_mark *first = proof_next(proof, PROOF_AREA, INK_BUSY, NULL);
    const struct proof_mark *last = first, *next = first;
    while ((next = proof_next(proof, PROOF_AREA, INK_BUSY, next)))
        last = next;
    assert_true(fabs(first->box.width - 4 * last->box.width) < 2);
    proof_destroy(proof);
}

static void the_run_in_the_middle_is_shown_and_all_are_marked(void **state)
{
    (void)state;
    struct result_program *program = add_program("sleep 1", 1000 * MS);
    program->repeats = 3;
    add_run(0, 1200 * MS);
    add_run(0, 1000 * MS);
    add_run(0, 900 * MS);
    add_run(0, 5000 * MS)->warmup = true;
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_LINE, INK_NOTE), 4);
    double end = proof_right_end(proof, PROOF_LINE, INK_NOTE);
    double busy = proof_right_end(proof, PROOF_AREA, INK_BUSY);
    const double left = PAGE_MARGIN + PAGE_LABELS;
    assert_true(fabs((end - left) / (busy - left) - 1.2) < 0.01);
    assert_true(proof_has_text(proof, "3 runs"));
    proof_destroy(proof);
}

static void one_run_is_not_marked(void **state)
{
    (void)state;
    add_program("sleep 1", 1000 * MS);
    add_run(0, 1000 * MS);
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_LINE, INK_NOTE), 0);
    assert_null(proof_find_text(proof, " runs"));
    proof_destroy(proof);
}

/* Before the marks: behind them is the end of the axis. */
static void marks_at_the_end_of_the_axis_are_counted_before_them(void **state)
{
    (void)state;
    add_program("sleep 1", 1000 * MS)->repeats = 2;
    add_run(0, 500 * MS);
    add_run(0, 1000 * MS);
    struct proof *proof = draw();
    const struct proof_mark *count = proof_find_text(proof, "2 runs");
    const struct proof_mark *mark = proof_next(proof, PROOF_LINE, INK_NOTE, NULL);
    assert_non_null(count);
    assert_true(count->box.x + count->box.width < mark->box.x);
    proof_destroy(proof);
}

static void what_colours_mean_and_the_time_of_the_run_stand_beside_the_name(void **state)
{
    (void)state;
    add_program("python3 loop.py", 2000 * MS);
    add_program("python3 pool.py", 500 * MS);
    struct result_stage *stage = add_run(0, 2000 * MS);
    result_samples_set(&stage->samples, 2, 0, 0, RESULT_USER, 0.5);
    result_samples_set(&stage->samples, 2, 0, 0, RESULT_SYSTEM, 0.3);
    result_samples_set(&stage->samples, 2, 0, 1, RESULT_USER, 0.5);
    result_samples_set(&stage->samples, 2, 0, 1, RESULT_STEAL, 0.3);
    add_run(1, 500 * MS)->repeat = 1;
    result.plan.repeats = 2;
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "dt=2.000s, run 1 of 2"));
    assert_true(proof_has_text(proof, "dt=0.500s, run 2 of 2"));
    assert_true(proof_has_swatch(proof, INK_BUSY, "user"));
    assert_true(proof_has_swatch(proof, INK_SYSTEM, "system"));
    assert_true(proof_has_swatch(proof, INK_STEAL, "stolen by the host"));
    assert_null(proof_find_text(proof, "interrupts"));
    proof_destroy(proof);
}

/* A long name leaves them their room. */
static void a_long_name_is_cut_before_what_stands_beside_it(void **state)
{
    char name[PLAN_PROGRAM_SIZE];
    (void)state;
    memset(name, 'm', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    add_program(name, 2000 * MS);
    add_program("other", 500 * MS);
    struct result_stage *stage = add_run(0, 2000 * MS);
    result_samples_set(&stage->samples, 2, 0, 0, RESULT_USER, 0.5);
    result_samples_set(&stage->samples, 2, 0, 0, RESULT_SYSTEM, 0.3);
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "dt=2.000s"));
    assert_true(proof_has_text(proof, "system"));
    proof_destroy(proof);
}

static void a_title_without_room_is_replaced(void **state)
{
    (void)state;
    add_program("one", 2000 * MS);
    add_program("other", 500 * MS);
    add_run(0, 2000 * MS);
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "programs"));
    proof_destroy(proof);
    memset(result.plan.title, 'm', sizeof result.plan.title - 1);
    proof = draw();
    assert_true(proof_has_text(proof, "2 programs side by side"));
    assert_null(proof_find_text(proof, "mmmm"));
    proof_destroy(proof);
}

static void how_sure_the_ratio_is_is_said(void **state)
{
    (void)state;
    add_program("one", 2000 * MS);
    struct result_program *program = add_program("other", 500 * MS);
    program->has_interval = true;
    program->interval_low = 3.5;
    program->interval_high = 4.25;
    add_run(0, 2000 * MS);
    add_run(1, 500 * MS);
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "95 %: 3.50 to 4.25"));
    proof_destroy(proof);
    result.programs.doubtful = true;
    proof = draw();
    assert_null(proof_find_text(proof, "times"));
    proof_destroy(proof);
}

static void a_failed_program_says_so(void **state)
{
    (void)state;
    add_program("one", 2000 * MS);
    struct result_program *program = add_program("other", 500 * MS);
    program->failed = true;
    program->repeats = 0;
    program->elapsed_ns = 0;
    add_run(0, 2000 * MS);
    add_run(1, 300 * MS)->failed = 1;
    struct proof *proof = draw();
    const struct proof_mark *mark = proof_find_text(proof, "failed");
    assert_non_null(mark);
    assert_int_equal(mark->ink, INK_FAILED);
    assert_true(proof_has_text(proof, "0.30 s"));
    proof_destroy(proof);
}

static void a_program_that_has_not_run_has_its_name(void **state)
{
    (void)state;
    add_program("one", 2000 * MS);
    struct result_program *program = add_program("other", 500 * MS);
    program->repeats = 0;
    program->elapsed_ns = 0;
    add_run(0, 2000 * MS);
    struct proof *proof = draw();
    assert_true(proof_has_text(proof, "other"));
    proof_destroy(proof);
}

static void none_of_many_is_left_out(void **state)
{
    (void)state;
    for (int i = 0; i < PLAN_PROGRAMS_MAX; i++) {
        char name[PLAN_PROGRAM_SIZE];
        snprintf(name, sizeof name, "program %d with \x80 %s", i,
            "a very long text of many words that nobody can read in a line, for it is "
            "longer than any page of any width could ever be");
        add_program(name, (1000 + i) * MS);
        add_run(i, (1000 + i) * MS);
        proof_pass(&page_programs, &result, NULL);
    }
    result.programs.list[PLAN_PROGRAMS_MAX - 1].failed = true;
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_BOX, INK_BUSY) +
                         proof_count(proof, PROOF_BOX, INK_FAILED),
        PLAN_PROGRAMS_MAX);
    assert_true(proof_has_text(proof, "failed"));
    assert_true(proof_has_text(proof, "1.00 s"));
    proof_destroy(proof);
}

static void long_sentences_leave_room(void **state)
{
    (void)state;
    memset(result.programs.sentence, 'a', sizeof result.programs.sentence - 1);
    for (size_t i = 7; i < sizeof result.programs.sentence - 1; i += 8)
        result.programs.sentence[i] = ' ';
    for (int i = 0; i < 5; i++) {
        add_program("program", 1000 * MS);
        add_run(i, 1000 * MS);
    }
    proof_pass(&page_programs, &result, NULL);
}

static void odd_results_do_no_harm(void **state)
{
    (void)state;
    proof_pass(&page_programs, &result, NULL);
    add_program("", 0)->ratio = INFINITY;
    proof_pass(&page_programs, &result, NULL);
    add_run(0, 0);
    add_run(15, 1000 * MS);
    proof_pass(&page_programs, &result, NULL);
    add_run(0, INT64_MAX);
    result.programs.list[0].repeats = 1000;
    for (int i = 0; i < 100; i++)
        add_run(0, i * MS);
    proof_pass(&page_programs, &result, NULL);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_has_its_name_its_time_and_its_ratio),
        TEST(the_run_in_the_middle_is_shown_and_all_are_marked),
        TEST(one_run_is_not_marked),
        TEST(marks_at_the_end_of_the_axis_are_counted_before_them),
        TEST(what_colours_mean_and_the_time_of_the_run_stand_beside_the_name),
        TEST(a_long_name_is_cut_before_what_stands_beside_it),
        TEST(a_title_without_room_is_replaced),
        TEST(how_sure_the_ratio_is_is_said),
        TEST(a_failed_program_says_so),
        TEST(a_program_that_has_not_run_has_its_name),
        TEST(none_of_many_is_left_out),
        TEST(long_sentences_leave_room),
        TEST(odd_results_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
