// SPDX-License-Identifier: MIT
#include "experiment/comparison.h"
#include "experiment/sentence.h"

#include <math.h>

#include "made.h"

static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) < 1e-9 * fmax(1, fabs(expected))))
        fail_msg("%.12f, not %.12f", value, expected);
}

static void assert_closes(const struct result_stage *stage)
{
    const struct account *account = &stage->account;
    int64_t sum = account->startup_ns + account->useful_ns + account->blocked_ns +
                  account->handout_ns + account->tail_ns;
    if (account->slowdown_ns != ACCOUNT_NOT_SEEN)
        sum += account->slowdown_ns;
    if (account->waiting_ns != ACCOUNT_NOT_SEEN)
        sum += account->waiting_ns;
    assert_int_equal(account->total_ns, (int64_t)stage->worker_count * stage->elapsed_ns);
    assert_int_equal(sum, account->total_ns);
}

static void every_account_closes(void **state)
{
    struct result result;
    made_result(&result, "factorial", 10, 2);
    struct result_stage *stage = made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 1000);
    stage->worker_list[0].times = (struct account_worker){0, 1000, 0, 0, 950, 20, 0};
    stage->cpu_ns = 950;
    stage = made_stage(&result, RESULT_PARALLEL, 0, 2, 600);
    stage->worker_list[0].times = (struct account_worker){30, 560, 10, 15, 535, 7, 0};
    stage->worker_list[1].times = (struct account_worker){50, 450, 100, 12, 440, 3, 0};
    stage->cpu_ns = 948;
    comparison_account(&result);
    const struct account *account = &result.stages[1].account;
    assert_closes(&result.stages[0]);
    assert_closes(&result.stages[1]);
    assert_int_equal(account->startup_ns, 80);
    assert_int_equal(account->tail_ns, 110);
    assert_int_equal(account->handout_ns, 27);
    assert_int_equal(account->waiting_ns, 10);
    assert_int_equal(account->useful_ns, 950);
    assert_int_equal(account->slowdown_ns, -2); /* shown as what it is */
    assert_int_equal(result.stages[0].account.useful_ns, 950);
    assert_int_equal(result.stages[0].account.slowdown_ns, 0);
    assert_int_equal(result.stages[0].account.waiting_ns, 20);
    result_finish(&result);
    (void)state;
}

static void without_a_sequential_stage_there_is_no_slow_down(void **state)
{
    struct result result;
    made_result(&result, "factorial", 10, 2);
    struct result_stage *stage = made_stage(&result, RESULT_PARALLEL, 0, 2, 600);
    stage->worker_list[1].times =
        (struct account_worker){50, 450, 100, 12, 440, ACCOUNT_NOT_SEEN, 0};
    comparison_account(&result);
    assert_closes(stage);
    assert_int_equal(stage->account.slowdown_ns, ACCOUNT_NOT_SEEN);
    assert_int_equal(stage->account.waiting_ns, ACCOUNT_NOT_SEEN);
    assert_int_equal(stage->account.useful_ns, 600 + 428);
    result_finish(&result);
    (void)state;
}

/* A stage that was stopped is compared with as many tasks of the sequential one. */
static void useful_work_is_that_of_the_same_tasks(void **state)
{
    struct result result;
    made_result(&result, "factorial", 10, 2);
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 1000);
    struct result_stage *stage = made_stage(&result, RESULT_PARALLEL, 0, 2, 400);
    stage->complete = false;
    stage->done = 5;
    comparison_account(&result);
    assert_int_equal(result.stages[1].account.useful_ns, 500);
    assert_int_equal(result.stages[1].account.slowdown_ns, 300);
    assert_closes(&result.stages[1]);
    result_finish(&result);
    (void)state;
}

static void each_repeat_is_accounted_with_its_own_sequential_stage(void **state)
{
    struct result result;
    made_result(&result, "factorial", 10, 2);
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 1000);
    made_stage(&result, RESULT_PARALLEL, 0, 2, 600);
    made_stage(&result, RESULT_PARALLEL, 1, 2, 600);
    made_stage(&result, RESULT_SEQUENTIAL, 1, 1, 1100);
    comparison_account(&result);
    assert_int_equal(result.stages[1].account.useful_ns, 1000);
    assert_int_equal(result.stages[2].account.useful_ns, 1100);
    for (size_t i = 0; i < 4; i++)
        assert_closes(&result.stages[i]);
    result_finish(&result);
    (void)state;
}

static void a_stage_that_nobody_worked_in_has_an_account_of_nothing(void **state)
{
    struct result result;
    made_result(&result, "factorial", 10, 2);
    struct result_stage *stage = made_stage(&result, RESULT_PARALLEL, 0, 2, 600);
    stage->worker_count = 0;
    stage->done = 0;
    comparison_account(&result);
    assert_int_equal(stage->account.total_ns, 0);
    result_finish(&result);
    (void)state;
}

static void the_speed_up_of_one_run_each(void **state)
{
    struct result result;
    made_result(&result, "factorial", 16, 2);
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 24 * NS_PER_S);
    made_stage(&result, RESULT_PARALLEL, 0, 2, 15 * NS_PER_S);
    comparison_compute(&result);
    const struct result_comparison *comparison = &result.comparison;
    assert_true(comparison->has);
    assert_int_equal(comparison->sequential_ns, 24 * NS_PER_S);
    assert_int_equal(comparison->parallel_ns, 15 * NS_PER_S);
    assert_near(comparison->speedup, 1.6);
    assert_near(comparison->efficiency, 0.8);
    assert_near(comparison->bound, 2);
    assert_near(comparison->karp_flatt, 0.25); /* (1/1.6 - 1/2) / (1 - 1/2) */
    assert_false(comparison->has_interval);
    result_finish(&result);
    (void)state;
}

/* In the order they are run: A B, B A, A B … */
static void add_abba(struct result *result, size_t repeats, const int64_t above_ms[],
    const int64_t below_ms[])
{
    for (size_t i = 0; i < repeats; i++)
        for (int second = 0; second < 2; second++) {
            bool sequential = second == (int)(i % 2);
            made_stage(result, sequential ? RESULT_SEQUENTIAL : RESULT_PARALLEL, (int)i,
                sequential ? 1 : 2, (sequential ? above_ms : below_ms)[i] * NS_PER_MS);
        }
    result->plan.repeats = (int)repeats;
}

static void repeats_are_compared_by_their_medians(void **state)
{
    static const int64_t above_ms[] = {10000, 30000, 11000},
                         below_ms[] = {5500, 5000, 900};
    struct result result;
    made_result(&result, "factorial", 16, 2);
    add_abba(&result, 3, above_ms, below_ms);
    assert_int_equal(result.stages[2].kind, RESULT_PARALLEL); /* ABBA */
    assert_int_equal(result.stages[3].kind, RESULT_SEQUENTIAL);
    comparison_compute(&result);
    assert_near((double)result.comparison.sequential_ns, 11e9);
    assert_near((double)result.comparison.parallel_ns, 5e9);
    assert_near(result.comparison.speedup, 2.2);
    result_finish(&result);
    (void)state;
}

static void three_repeats_have_an_interval_and_two_have_none(void **state)
{
    static const int64_t above_ms[] = {10000, 10100, 10200, 10300, 10400, 10500},
                         below_ms[] = {5000, 5050, 5020, 5080, 5010, 5100};
    for (size_t repeats = 1; repeats <= 6; repeats++) {
        struct result result;
        made_result(&result, "factorial", 16, 2);
        add_abba(&result, repeats, above_ms, below_ms);
        comparison_compute(&result);
        const struct result_comparison *comparison = &result.comparison;
        assert_int_equal(comparison->has_interval, repeats >= 3);
        if (repeats >= 3) {
            assert_true(comparison->interval_low <= comparison->speedup);
            assert_true(comparison->interval_high >= comparison->speedup);
            assert_true(comparison->interval_low > 1.8);
            assert_true(comparison->interval_high < 2.3);
        }
        result_finish(&result);
    }
    (void)state;
}

static void the_same_seed_gives_the_same_interval(void **state)
{
    static const int64_t above_ms[] = {10000, 10100, 10200, 10300, 10400},
                         below_ms[] = {5000, 5050, 5020, 5080, 5010};
    double low[2], high[2];
    for (int i = 0; i < 2; i++) {
        struct result result;
        made_result(&result, "factorial", 16, 2);
        result.plan.seed = 7;
        add_abba(&result, 5, above_ms, below_ms);
        comparison_compute(&result);
        low[i] = result.comparison.interval_low;
        high[i] = result.comparison.interval_high;
        result_finish(&result);
    }
    assert_true(low[0] == low[1] && high[0] == high[1]);
    (void)state;
}

static void nothing_is_compared_without_both_complete_stages(void **state)
{
    for (int missing = 0; missing < 5; missing++) {
        struct result result;
        made_result(&result, "factorial", 16, 2);
        if (missing != 0)
            made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 1000)->complete = missing != 1;
        if (missing != 2 && missing != 0)
            made_stage(&result, RESULT_PARALLEL, 0, 2, 600)->complete = missing != 3;
        if (missing == 4)
            result.stages[0].complete = result.stages[1].complete = false;
        comparison_account(&result);
        comparison_compute(&result);
        sentence_write(&result);
        assert_false(result.comparison.has);
        assert_false(result.comparison.has_interval);
        assert_string_equal(result.comparison.sentence, "");
        result_finish(&result);
    }
    (void)state;
}

static void a_repeat_that_was_stopped_does_not_count(void **state)
{
    static const int64_t above_ms[] = {10000, 12000, 1}, below_ms[] = {5000, 6000, 1};
    struct result result;
    made_result(&result, "factorial", 16, 2);
    add_abba(&result, 3, above_ms, below_ms);
    result.stages[5].complete = false;
    comparison_compute(&result);
    assert_true(result.comparison.has);
    assert_near((double)result.comparison.sequential_ns, 11e9);
    assert_near((double)result.comparison.parallel_ns, 5.5e9);
    assert_false(result.comparison.has_interval);
    result_finish(&result);
    (void)state;
}

static double bound_of(struct result *result)
{
    comparison_compute(result);
    assert_true(result->comparison.has);
    double bound = result->comparison.bound;
    result_finish(result);
    return bound;
}

/* Tasks that compute the same are equal, however their measured times scatter. */
/* The one that is left alone is not held against another repeat's. */
static void both_of_a_pair_are_of_one_repeat(void **state)
{
    static const int64_t above_ms[] = {10000, 16000, 12000}, below_ms[] = {5000, 1, 8000};
    struct result result;
    made_result(&result, "factorial", 16, 2);
    add_abba(&result, 3, above_ms, below_ms);
    result.stages[2].done--; /* the second's parallel one */
    result.stages[2].failed++;
    comparison_compute(&result);
    assert_int_equal(result.comparison.pairs, 2);
    assert_near((double)result.comparison.sequential_ns, 11e9);
    assert_near((double)result.comparison.parallel_ns, 6.5e9);
    result_finish(&result);
    (void)state;
}

static void the_bound_of_equal_tasks_is_by_their_number(void **state)
{
    struct result result;
    made_result(&result, "factorial", 15, 2);
    struct result_stage *stage =
        made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 15 * NS_PER_S);
    for (int64_t i = 0; i < 15; i++)
        made_record(stage, i, (900 + 13 * i) * NS_PER_MS, 1);
    made_stage(&result, RESULT_PARALLEL, 0, 2, 8 * NS_PER_S);
    assert_near(bound_of(&result), 15.0 / 8);
    made_result(&result, "spin", 1000, 7);
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 15 * NS_PER_S);
    made_stage(&result, RESULT_PARALLEL, 0, 7, 8 * NS_PER_S);
    assert_near(bound_of(&result), 1000.0 / 143);
    (void)state;
}

/* Four tasks of which one lasts as long as the others together: 2 at most on any number.
 */
static void the_bound_of_uneven_tasks_is_by_their_times(void **state)
{
    struct result result;
    made_result(&result, "sleep", 4, 3);
    struct result_stage *stage =
        made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 6 * NS_PER_S);
    for (int64_t i = 0; i < 4; i++)
        made_record(stage, i, (i == 3 ? 3 : 1) * NS_PER_S, 1);
    made_stage(&result, RESULT_PARALLEL, 0, 3, 3 * NS_PER_S);
    assert_near(bound_of(&result), 2);
    (void)state;
}

static void summed_records_do_not_tell_single_tasks(void **state)
{
    struct result result;
    made_result(&result, "sleep", 4, 3);
    struct result_stage *stage =
        made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 6 * NS_PER_S);
    made_record(stage, 0, 3 * NS_PER_S, 1)->count = 3;
    made_record(stage, 3, 3 * NS_PER_S, 1);
    made_stage(&result, RESULT_PARALLEL, 0, 3, 3 * NS_PER_S);
    assert_near(bound_of(&result), 2); /* 4 / ceil(4 / 3) */
    (void)state;
}

static void a_quota_bounds_what_computes(void **state)
{
    struct result result;
    made_result(&result, "factorial", 16, 4);
    made_limit(&result.machine, "cgroup quota", 1.5, "/sys/fs/cgroup/app/cpu.max");
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 10 * NS_PER_S);
    made_stage(&result, RESULT_PARALLEL, 0, 4, 7 * NS_PER_S);
    assert_near(bound_of(&result), 1.5);
    (void)state;
}

static void tasks_that_wait_need_no_cpu(void **state)
{
    struct result result;
    made_result(&result, "sleep", 400, 2);
    result.plan.workers = 40;
    struct result_stage *stage =
        made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 40 * NS_PER_S);
    stage->cpu_ns = 0;
    made_stage(&result, RESULT_PARALLEL, 0, 40, NS_PER_S);
    assert_near(bound_of(&result), 40);
    made_result(&result, "sleep", 400, 2); /* a quarter of the time computes: 8 at once */
    result.plan.workers = 40;
    stage = made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 40 * NS_PER_S - 1);
    stage->cpu_ns = 10 * NS_PER_S;
    made_stage(&result, RESULT_PARALLEL, 0, 40, 5 * NS_PER_S);
    assert_near(bound_of(&result), 8);
    (void)state;
}

/* What one prepares for all, and what a host takes away, is no waiting of the tasks. */
static void what_is_no_waiting_of_the_tasks(void **state)
{
    struct result result;
    made_result(&result, "spin", 16, 2);
    struct result_stage *stage =
        made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 16 * NS_PER_S);
    stage->cpu_ns = 4 * NS_PER_S;
    assert_near(round(100 * comparison_computing_share(stage)), 25);
    stage->prepare_ns = 8 * NS_PER_S;
    assert_near(round(100 * comparison_computing_share(stage)), 50);
    stage->cpu_count = 1;
    stage->cpus = memory_new(1, sizeof *stage->cpus);
    stage->cpus[0].steal = 0.25;
    assert_near(round(100 * comparison_computing_share(stage)), 50); /* of no task */
    stage->record_count = 1;
    stage->records = memory_new(1, sizeof *stage->records);
    stage->records[0] = (struct result_record){.count = 1, .end_ns = 16 * NS_PER_S};
    assert_near(round(100 * comparison_computing_share(stage)), 100);
    stage->records[0].cpu = 1; /* which nobody took away */
    assert_near(round(100 * comparison_computing_share(stage)), 50);
    result_finish(&result);
    (void)state;
}

static void the_bound_is_that_of_the_workers_there_were(void **state)
{
    struct result result;
    made_result(&result, "factorial", 16, 8);
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 16 * NS_PER_S);
    struct result_stage *stage = made_stage(&result, RESULT_PARALLEL, 0, 4, 4 * NS_PER_S);
    stage->workers_asked = 8;
    comparison_compute(&result);
    assert_near(result.comparison.bound, 4);
    assert_near(result.comparison.efficiency, 1);
    assert_near(result.comparison.karp_flatt, 0);
    result_finish(&result);
    (void)state;
}

static void one_worker_has_no_serial_share(void **state)
{
    struct result result;
    made_result(&result, "factorial", 16, 1);
    made_stage(&result, RESULT_SEQUENTIAL, 0, 1, 16 * NS_PER_S);
    made_stage(&result, RESULT_PARALLEL, 0, 1, 16 * NS_PER_S);
    comparison_compute(&result);
    assert_true(isnan(result.comparison.karp_flatt));
    assert_near(result.comparison.bound, 1);
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_account_closes),
        cmocka_unit_test(without_a_sequential_stage_there_is_no_slow_down),
        cmocka_unit_test(useful_work_is_that_of_the_same_tasks),
        cmocka_unit_test(each_repeat_is_accounted_with_its_own_sequential_stage),
        cmocka_unit_test(a_stage_that_nobody_worked_in_has_an_account_of_nothing),
        cmocka_unit_test(the_speed_up_of_one_run_each),
        cmocka_unit_test(repeats_are_compared_by_their_medians),
        cmocka_unit_test(three_repeats_have_an_interval_and_two_have_none),
        cmocka_unit_test(the_same_seed_gives_the_same_interval),
        cmocka_unit_test(nothing_is_compared_without_both_complete_stages),
        cmocka_unit_test(a_repeat_that_was_stopped_does_not_count),
        cmocka_unit_test(both_of_a_pair_are_of_one_repeat),
        cmocka_unit_test(the_bound_of_equal_tasks_is_by_their_number),
        cmocka_unit_test(the_bound_of_uneven_tasks_is_by_their_times),
        cmocka_unit_test(summed_records_do_not_tell_single_tasks),
        cmocka_unit_test(a_quota_bounds_what_computes),
        cmocka_unit_test(tasks_that_wait_need_no_cpu),
        cmocka_unit_test(what_is_no_waiting_of_the_tasks),
        cmocka_unit_test(the_bound_is_that_of_the_workers_there_were),
        cmocka_unit_test(one_worker_has_no_serial_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
