// SPDX-License-Identifier: MIT
#include "../experiment/made.h"
#include "proof.h"

#include <math.h>
#include <stdlib.h>

#include "experiment/sweep.h"

/* What a sweep is made of: S(W) = W / (1 + a (W - 1) + b W (W - 1)), as far as there are
 * CPUs, with that spread of its repeats. */
struct shape {
    const char *points;
    int cpus, repeats;
    double contention, coherency, spread;
    int runs; /* over; 0: all */
};

static struct result result;

static double seconds_of(const struct shape *shape, int workers, int repeat)
{
    double busy = workers < shape->cpus ? workers : shape->cpus;
    double factor =
        1 + shape->contention * (busy - 1) + shape->coherency * busy * (busy - 1);
    return 60 * factor / busy * (1 + shape->spread * (repeat % 3 - 1));
}

static void make(const struct shape *shape)
{
    struct fault fault = {0};
    int runs = 0;
    made_result(&result, "spin", 1000, shape->cpus);
    text_copy(sizeof result.plan.title, result.plan.title, "spin, 1000 times");
    result.plan.command = PLAN_SWEEP;
    result.plan.host_cpus = shape->cpus;
    result.plan.repeats = shape->repeats;
    assert_int_equal(
        plan_parse_points(shape->points, shape->cpus, &result.plan, &fault), 0);
    for (int repeat = 0; repeat < shape->repeats; repeat++)
        for (size_t i = 0; i < result.plan.point_count; i++) {
            int workers = result.plan.points[i];
            if (shape->runs > 0 && runs++ >= shape->runs)
                break;
            made_stage(&result, workers == 1 ? RESULT_SEQUENTIAL : RESULT_PARALLEL,
                repeat, workers, (int64_t)(1e9 * seconds_of(shape, workers, repeat)));
        }
    sweep_compute(&result);
    assert_true(result.sweep.has);
}

static int tear_down(void **state)
{
    (void)state;
    result_finish(&result);
    return 0;
}

static const struct shape four = {"1,2,4", 4, 3, 0.02, 0, 0.01, 0};
static const struct shape twelve = {"1-12", 12, 3, 0.03, 0.002, 0.01, 0};
static const struct shape beyond = {"1-512x2", 256, 5, 0.005, 0.00002, 0.02, 0};

static struct proof *draw(void)
{
    return proof_draw(&page_sweep, &result, NULL, false);
}

static const struct proof_mark *find(const struct proof *proof, const char *text)
{
    const struct proof_mark *mark = proof_find_text(proof, text);
    if (!mark)
        fail_msg("there is no \"%s\"", text);
    return mark;
}

static double middle_of(const struct proof_mark *mark)
{
    return mark->box.x + mark->box.width / 2;
}

/* The first text that is the number of workers: its row is the uppermost. */
static double workers_x(const struct proof *proof, int workers)
{
    char text[16];
    snprintf(text, sizeof text, "%d", workers);
    for (size_t i = 0; i < proof->count; i++)
        if (proof->marks[i].what == PROOF_TEXT && proof->marks[i].box.x > 120 &&
            strcmp(proof->marks[i].text, text) == 0)
            return middle_of(&proof->marks[i]);
    fail_msg("%d workers are not in the table", workers);
    return 0;
}

/* The points are the discs; the advised one has two more as a ring. */
static void each_point_is_there_and_the_advised_one_marked(void **state)
{
    (void)state;
    make(&four);
    assert_int_equal(result.sweep.advice_workers, 4);
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_AREA, INK_BUSY), 3 + 1);
    assert_int_equal(proof_count(proof, PROOF_AREA, INK_PAPER), 1);
    assert_non_null(proof_find_text(proof, "4 workers: 3."));
    assert_true(proof_has_text(proof, "possible"));
    assert_true(proof_has_text(proof, "fitted (Amdahl)"));
    assert_non_null(proof_find_text(proof, "Amdahl's law"));
    assert_non_null(proof_find_text(proof, "; whiskers: 95 %, 3 runs each"));
    proof_destroy(proof);
}

/* The lines of that ink that go from the first point to the last. */
static size_t count_joins(const struct proof *proof)
{
    size_t joins = 0;
    const struct proof_mark *line = NULL;
    while ((line = proof_next(proof, PROOF_LINE, INK_BUSY, line)))
        joins += line->count == result.sweep.point_count && line->width < 1.5;
    return joins;
}

static void points_without_a_curve_are_joined(void **state)
{
    static const struct shape few = {"1,2", 2, 1, 0.02, 0, 0, 0};
    (void)state;
    make(&few);
    struct proof *proof = draw();
    assert_int_equal(count_joins(proof), 1);
    assert_null(proof_find_text(proof, "law"));
    assert_null(proof_find_text(proof, "Law"));
    assert_true(proof_has_text(proof, "sweep: times as fast by number of workers"));
    proof_destroy(proof);
    result_finish(&result);
    make(&four);
    proof = draw();
    assert_int_equal(count_joins(proof), 0);
    proof_destroy(proof);
}

static void figures_stand_under_their_points(void **state)
{
    (void)state;
    make(&four);
    struct proof *proof = draw();
    const struct proof_mark *disc = proof_next(proof, PROOF_AREA, INK_PAPER, NULL);
    const struct proof_mark *efficiency = find(proof, "94 %");
    assert_true(fabs(middle_of(efficiency) - middle_of(disc)) < 1);
    assert_true(efficiency->box.y > disc->box.y);
    proof_destroy(proof);
}

/* As far up as there are CPUs, then level. */
static void what_is_possible_ends_with_the_cpus(void **state)
{
    static const struct shape shape = {"1-8", 4, 1, 0.01, 0, 0, 0};
    (void)state;
    make(&shape);
    struct proof *proof = draw();
    const struct proof_mark *line = proof_next(proof, PROOF_LINE, INK_IDEAL, NULL);
    size_t level = 0, last = line->count - 1;
    for (size_t i = 1; i < line->count; i++)
        level += fabs(line->points[i].y - line->points[last].y) < 1e-6;
    double bend = line->points[last - level].x;
    double share =
        (bend - line->points[0].x) / (line->points[last].x - line->points[0].x);
    assert_true(fabs(share - 3.0 / 7) < 0.02);
    proof_destroy(proof);
}

/* More workers than CPUs are not in the laws. */
static void the_curve_ends_where_it_was_fitted(void **state)
{
    (void)state;
    make(&beyond);
    struct proof *proof = draw();
    double curve = proof_right_end(proof, PROOF_LINE, INK_OTHER);
    double possible = proof_right_end(proof, PROOF_LINE, INK_IDEAL);
    assert_true(fabs(curve - workers_x(proof, 256)) < 1);
    assert_true(fabs(possible - workers_x(proof, 512)) < 1);
    assert_true(proof_has_text(proof, "fitted (USL)"));
    proof_destroy(proof);
}

static void doubled_numbers_are_evenly_apart(void **state)
{
    (void)state;
    make(&beyond);
    struct proof *proof = draw();
    double step = workers_x(proof, 2) - workers_x(proof, 1);
    assert_true(step > 20);
    for (int workers = 2; workers < 512; workers *= 2)
        assert_true(
            fabs(workers_x(proof, 2 * workers) - workers_x(proof, workers) - step) < 1);
    proof_destroy(proof);
}

/* Whichever of them it is. */
static void the_advised_number_is_always_in_the_table(void **state)
{
    (void)state;
    make(&twelve);
    for (int workers = 1; workers <= 12; workers++) {
        result.sweep.advice_workers = workers;
        struct proof *proof = draw();
        assert_true(workers_x(proof, workers) > 0);
        proof_destroy(proof);
    }
}

static void spreads_have_a_bar(void **state)
{
    static const struct shape wide = {"1,2,4", 4, 3, 0.02, 0, 0.2, 0};
    static const struct shape single = {"1,2,4", 4, 1, 0.02, 0, 0, 0};
    (void)state;
    make(&single);
    struct proof *proof = draw();
    assert_int_equal(proof_count(proof, PROOF_LINE, INK_BUSY), 0);
    proof_destroy(proof);
    result_finish(&result);
    make(&wide);
    proof = draw();
    assert_true(proof_count(proof, PROOF_LINE, INK_BUSY) >= 3);
    proof_destroy(proof);
}

static void a_sweep_cut_short_says_so(void **state)
{
    static const struct shape cut = {"1-16x2", 16, 3, 0.02, 0, 0.01, 3};
    static const struct shape one = {"1-16x2", 16, 3, 0.02, 0, 0.01, 1};
    (void)state;
    make(&cut);
    struct proof *proof = draw();
    assert_non_null(proof_find_text(proof, "Cut short after 3 of 15 runs."));
    assert_true(proof_has_text(proof, "16")); /* that was to come */
    proof_destroy(proof);
    result_finish(&result);
    make(&one);
    proof_pass(&page_sweep, &result, NULL);
    proof = draw();
    assert_null(proof_find_text(proof, "fitted"));
    proof_destroy(proof);
}

static void remarks_are_said(void **state)
{
    (void)state;
    make(&four);
    result_remark(&result, "Before the start other programs used 2.0 of 4 CPUs.");
    struct proof *proof = draw();
    assert_non_null(proof_find_text(proof, "other programs used 2.0"));
    proof_destroy(proof);
}

static void every_size_can_be_read(void **state)
{
    static const struct shape shapes[] = {{"1", 1, 1, 0, 0, 0, 0},
        {"1,2", 2, 3, 0, 0, 0.4, 0}, {"1-64", 64, 1, 0.01, 0.0004, 0, 0},
        {"1-4096x2", 4096, 3, 0.0005, 5e-7, 0.02, 0},
        {"1,2,3,4,6,8", 2, 3, 0, 0, 0.02, 0}, {"1-16x2", 16, 3, 1, 0.05, 0.5, 0},
        {"1-64", 8, 2, 0.3, 0, 0.1, 0}, {"1-16", 16, 3, 0, 0, 0.001, 0}};
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        make(&shapes[i]);
        proof_pass(&page_sweep, &result, NULL);
        result_finish(&result);
    }
    make(&twelve);
    proof_pass(&page_sweep, &result, NULL);
    result_finish(&result);
    make(&beyond);
    proof_pass(&page_sweep, &result, NULL);
}

/* Whatever a file may say that can be read. */
static void any_numbers_can_be_drawn(void **state)
{
    (void)state;
    make(&twelve);
    struct result_sweep *sweep = &result.sweep;
    for (size_t i = 0; i < sweep->point_count; i++)
        sweep->points[i].speedup = i % 2 ? 1e18 : 0;
    sweep->points[3].efficiency = 1e18;
    sweep->points[3].interval_high = 1e18;
    sweep->points[4].elapsed_ns = INT64_C(1000000000000000000);
    sweep->usl.rate = sweep->usl.coherency.value = 1e18;
    result.stages[0].workers = 0;
    result.stages[0].complete = false;
    struct proof *proof = proof_judge(&page_sweep, &result, NULL, false);
    for (size_t i = 0; i < proof->count; i++)
        for (size_t k = 0; k < proof->marks[i].count; k++)
            assert_true(isfinite(proof->marks[i].points[k].x) &&
                        isfinite(proof->marks[i].points[k].y));
    proof_destroy(proof);
}

#define TEST(name) cmocka_unit_test_teardown(name, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_point_is_there_and_the_advised_one_marked),
        TEST(points_without_a_curve_are_joined),
        TEST(figures_stand_under_their_points),
        TEST(what_is_possible_ends_with_the_cpus),
        TEST(the_curve_ends_where_it_was_fitted),
        TEST(doubled_numbers_are_evenly_apart),
        TEST(the_advised_number_is_always_in_the_table),
        TEST(spreads_have_a_bar),
        TEST(a_sweep_cut_short_says_so),
        TEST(remarks_are_said),
        TEST(every_size_can_be_read),
        TEST(any_numbers_can_be_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
