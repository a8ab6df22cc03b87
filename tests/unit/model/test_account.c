// SPDX-License-Identifier: MIT
#include "model/account.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static int64_t seen(int64_t term_ns)
{
    return term_ns == ACCOUNT_NOT_SEEN ? 0 : term_ns;
}

static void assert_adds_up(const struct account *account, int64_t total_ns)
{
    assert_int_equal(account->total_ns, total_ns);
    assert_int_equal(account->startup_ns + account->prepare_ns + account->useful_ns +
                         seen(account->slowdown_ns) + seen(account->waiting_ns) +
                         account->blocked_ns + account->handout_ns + account->tail_ns,
        total_ns);
}

/* Two workers for 1000 ns each. */
static const struct account_worker pair[] = {
    {.startup_ns = 50,
        .span_ns = 900,
        .tail_ns = 50,
        .handout_ns = 20,
        .cpu_ns = 720,
        .waiting_ns = 100},
    {.startup_ns = 70,
        .span_ns = 830,
        .tail_ns = 100,
        .handout_ns = 30,
        .cpu_ns = 830,
        .waiting_ns = 0},
};

static void every_term_is_found(void **state)
{
    struct account account = account_of(2, pair, 1000, 1200);
    assert_adds_up(&account, 2000);
    assert_int_equal(account.startup_ns, 120);
    assert_int_equal(account.useful_ns, 1200);
    assert_int_equal(account.slowdown_ns, 300); /* of 700 + 800 */
    assert_int_equal(account.waiting_ns, 100);
    assert_int_equal(account.blocked_ns, 80);
    assert_int_equal(account.handout_ns, 50);
    assert_int_equal(account.tail_ns, 150);
    assert_int_equal(account.prepare_ns, 0);
    (void)state;
}

static void a_faster_parallel_stage_has_a_negative_slow_down(void **state)
{
    struct account account = account_of(2, pair, 1000, 1600);
    assert_adds_up(&account, 2000);
    assert_int_equal(account.slowdown_ns, -100);
    assert_int_equal(account.blocked_ns, 80);
    (void)state;
}

static void without_a_sequential_stage_all_cpu_time_is_useful(void **state)
{
    struct account account = account_of(2, pair, 1000, ACCOUNT_NOT_SEEN);
    assert_adds_up(&account, 2000);
    assert_int_equal(account.useful_ns, 1500);
    assert_true(account.slowdown_ns == ACCOUNT_NOT_SEEN);
    (void)state;
}

static void waiting_that_one_worker_does_not_show_is_inside_blocked(void **state)
{
    for (int hidden = 0; hidden < 2; hidden++) {
        struct account_worker workers[] = {pair[0], pair[1]};
        workers[hidden].waiting_ns = ACCOUNT_NOT_SEEN;
        struct account account = account_of(2, workers, 1000, 1200);
        assert_adds_up(&account, 2000);
        assert_true(account.waiting_ns == ACCOUNT_NOT_SEEN);
        assert_int_equal(account.blocked_ns, 180);
    }
    (void)state;
}

static void waiting_during_hand_outs_does_not_make_blocked_negative(void **state)
{
    struct account_worker workers[] = {pair[0], pair[1]};
    workers[0].waiting_ns = 250; /* 180 ns of its tasks were not CPU time */
    workers[1].waiting_ns = 90;  /* none were */
    struct account account = account_of(2, workers, 1000, 1200);
    assert_adds_up(&account, 2000);
    assert_int_equal(account.waiting_ns, 180);
    assert_int_equal(account.blocked_ns, 0);
    (void)state;
}

static void cpu_time_is_at_most_task_time_and_at_least_nothing(void **state)
{
    struct account_worker workers[] = {pair[0], pair[1]};
    workers[0].cpu_ns = 5000; /* several threads */
    workers[1].cpu_ns = 10;   /* less than its hand-outs took */
    struct account account = account_of(2, workers, 1000, ACCOUNT_NOT_SEEN);
    assert_adds_up(&account, 2000);
    assert_int_equal(account.useful_ns, 880);
    assert_int_equal(account.waiting_ns, 0);
    assert_int_equal(account.blocked_ns, 800);
    (void)state;
}

static void a_worker_without_tasks_is_start_up_alone(void **state)
{
    struct account_worker workers[] = {
        {.startup_ns = 1000}, {.startup_ns = 400, .tail_ns = 600}};
    struct account account = account_of(2, workers, 1000, 0);
    assert_adds_up(&account, 2000);
    assert_int_equal(account.startup_ns, 1400);
    assert_int_equal(account.tail_ns, 600);
    assert_int_equal(account.blocked_ns, 0);
    struct account nobody = account_of(0, NULL, 1000, ACCOUNT_NOT_SEEN);
    assert_adds_up(&nobody, 0);
    (void)state;
}

static void what_one_prepares_all_wait_for(void **state)
{
    struct account_worker preparing[2] = {pair[0], pair[1]};
    preparing[0].prepare_ns = preparing[1].prepare_ns = 500;
    struct account account = account_of(2, preparing, 1500, 1200);
    assert_adds_up(&account, 3000);
    assert_int_equal(account.prepare_ns, 1000);
    assert_int_equal(account.startup_ns, 120);
    assert_int_equal(account.blocked_ns, 80);
    (void)state;
}

static void any_stamps_add_up_and_block_for_no_negative_time(void **state)
{
    uint64_t random = 3;
    for (int trial = 0; trial < 2000; trial++) {
        struct account_worker workers[8];
        for (size_t i = 0; i < 8; i++) {
            int64_t parts[7];
            for (size_t k = 0; k < 7; k++) {
                random = random * UINT64_C(6364136223846793005) + 1442695040888963407;
                parts[k] = (int64_t)(random >> 40) % 500;
            }
            workers[i] = (struct account_worker){.startup_ns = parts[0],
                .tail_ns = parts[1] / 2,
                .prepare_ns = parts[6] / 2,
                .span_ns = 1000 - parts[0] - parts[1] / 2 - parts[6] / 2,
                .handout_ns = parts[2],
                .cpu_ns = parts[3] + parts[4],
                .waiting_ns = parts[5]};
        }
        struct account account = account_of(8, workers, 1000, 1500);
        assert_adds_up(&account, 8000);
        assert_true(account.blocked_ns >= 0 && account.waiting_ns >= 0);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_term_is_found),
        cmocka_unit_test(a_faster_parallel_stage_has_a_negative_slow_down),
        cmocka_unit_test(without_a_sequential_stage_all_cpu_time_is_useful),
        cmocka_unit_test(waiting_that_one_worker_does_not_show_is_inside_blocked),
        cmocka_unit_test(waiting_during_hand_outs_does_not_make_blocked_negative),
        cmocka_unit_test(cpu_time_is_at_most_task_time_and_at_least_nothing),
        cmocka_unit_test(a_worker_without_tasks_is_start_up_alone),
        cmocka_unit_test(what_one_prepares_all_wait_for),
        cmocka_unit_test(any_stamps_add_up_and_block_for_no_negative_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
