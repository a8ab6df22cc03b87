// SPDX-License-Identifier: MIT
#include "pool/leftover.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct worker_share share(int64_t begin, int64_t end, int deaths, bool singly)
{
    return (struct worker_share){{begin, end}, deaths, singly};
}

/* A leftover of so many shares; the ranges that are empty are not in it. */
static struct leftover leave(size_t count, const struct worker_share shares[])
{
    struct leftover leftover = {0};
    for (size_t i = 0; i < count; i++)
        leftover_add(&leftover, shares[i]);
    return leftover;
}

/* The leftover holds exactly these, in this order; ends it. */
static void assert_left(
    struct leftover *leftover, size_t count, const struct worker_share expected[])
{
    assert_int_equal(leftover->count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(leftover->shares[i].range.begin, expected[i].range.begin);
        assert_int_equal(leftover->shares[i].range.end, expected[i].range.end);
        assert_int_equal(leftover->shares[i].deaths, expected[i].deaths);
        assert_int_equal(leftover->shares[i].singly, expected[i].singly);
    }
    leftover_finish(leftover);
}

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define LEAVE(...)                                                                       \
    leave(COUNT_OF(((struct worker_share[]){__VA_ARGS__})),                              \
        (struct worker_share[]){__VA_ARGS__})
#define ASSERT_LEFT(leftover, ...)                                                       \
    assert_left(leftover, COUNT_OF(((struct worker_share[]){__VA_ARGS__})),              \
        (struct worker_share[]){__VA_ARGS__})

static void empty_ranges_are_nothing(void **state)
{
    struct leftover leftover = LEAVE(share(5, 5, 0, false), share(7, 6, 0, true));
    assert_int_equal(leftover.count, 0);
    assert_int_equal(leftover_tasks(&leftover), 0);
    leftover_finish(&leftover);
    leftover_finish(&leftover);
    (void)state;
}

static void shares_are_kept_in_order(void **state)
{
    struct leftover leftover = {0};
    for (int i = 0; i < 100; i++)
        leftover_add(&leftover, share(i * 10, i * 10 + 3, i, i % 2));
    assert_int_equal(leftover.count, 100);
    assert_int_equal(leftover_tasks(&leftover), 300);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(leftover.shares[i].range.begin, i * 10);
        assert_int_equal(leftover.shares[i].deaths, i);
    }
    leftover_finish(&leftover);
    (void)state;
}

static void what_was_done_is_not_left(void **state)
{
    struct leftover given =
        LEAVE(share(0, 10, 0, false), share(50, 60, 2, true), share(20, 21, 1, false));
    struct leftover rest = {0};
    leftover_after(&given, &(struct table_state){.shares_done = 0, .position = 0}, &rest);
    ASSERT_LEFT(
        &rest, share(0, 10, 0, false), share(50, 60, 2, true), share(20, 21, 1, false));
    leftover_after(&given, &(struct table_state){.shares_done = 0, .position = 4}, &rest);
    ASSERT_LEFT(
        &rest, share(4, 10, 0, false), share(50, 60, 2, true), share(20, 21, 1, false));
    leftover_after(
        &given, &(struct table_state){.shares_done = 0, .position = 10}, &rest);
    ASSERT_LEFT(&rest, share(50, 60, 2, true), share(20, 21, 1, false));
    leftover_after(
        &given, &(struct table_state){.shares_done = 1, .position = 50}, &rest);
    ASSERT_LEFT(&rest, share(50, 60, 2, true), share(20, 21, 1, false));
    leftover_after(
        &given, &(struct table_state){.shares_done = 1, .position = 59}, &rest);
    ASSERT_LEFT(&rest, share(59, 60, 2, true), share(20, 21, 1, false));
    leftover_after(
        &given, &(struct table_state){.shares_done = 2, .position = 20}, &rest);
    ASSERT_LEFT(&rest, share(20, 21, 1, false));
    leftover_after(
        &given, &(struct table_state){.shares_done = 3, .position = 21}, &rest);
    assert_int_equal(rest.count, 0);
    /* it went on to claims, whose positions are no shares' */
    leftover_after(&given,
        &(struct table_state){.shares_done = 3, .claim = 2, .position = 0}, &rest);
    assert_int_equal(rest.count, 0);
    leftover_finish(&given);
    (void)state;
}

static void assert_verdict(struct leftover_verdict verdict, int64_t index,
    int64_t retried, bool failed, int deaths)
{
    assert_int_equal(verdict.index, index);
    assert_int_equal(verdict.retried, retried);
    assert_int_equal(verdict.failed, failed);
    assert_int_equal(verdict.deaths, deaths);
}

static void a_single_suspect_is_done_again(void **state)
{
    struct leftover leftover = LEAVE(share(7, 20, 0, false), share(30, 40, 0, false));
    assert_verdict(leftover_blame(&leftover, 1, 1), 7, 1, false, 1);
    ASSERT_LEFT(
        &leftover, share(7, 8, 1, true), share(8, 20, 0, false), share(30, 40, 0, false));
    (void)state;
}

static void without_retries_it_has_failed(void **state)
{
    struct leftover leftover = LEAVE(share(7, 20, 0, false), share(30, 40, 0, false));
    assert_verdict(leftover_blame(&leftover, 1, 0), 7, 0, true, 1);
    ASSERT_LEFT(&leftover, share(8, 20, 0, false), share(30, 40, 0, false));
    (void)state;
}

static void the_last_task_of_all_may_fail(void **state)
{
    struct leftover leftover = LEAVE(share(7, 8, 0, false));
    assert_verdict(leftover_blame(&leftover, 1, 0), 7, 0, true, 1);
    assert_int_equal(leftover.count, 0);
    assert_int_equal(leftover_tasks(&leftover), 0);
    leftover_finish(&leftover);
    (void)state;
}

/* With r retries a task costs r + 1 workers, no more and no less, and its share alone. */
static void a_task_costs_one_worker_more_than_retries(void **state)
{
    static const int allowed[] = {0, 1, 3};
    for (size_t i = 0; i < COUNT_OF(allowed); i++) {
        struct leftover leftover = LEAVE(share(4, 9, 0, true));
        for (int death = 1; death <= allowed[i]; death++) {
            assert_verdict(leftover_blame(&leftover, 64, allowed[i]), 4, 1, false, death);
            assert_int_equal(leftover_tasks(&leftover), 5);
        }
        assert_verdict(
            leftover_blame(&leftover, 64, allowed[i]), 4, 0, true, allowed[i] + 1);
        ASSERT_LEFT(&leftover, share(5, 9, 0, true));
    }
    (void)state;
}

static void several_suspects_are_told_apart(void **state)
{
    static const int allowed[] = {0, 1, 3};
    for (size_t i = 0; i < COUNT_OF(allowed); i++) {
        struct leftover leftover =
            LEAVE(share(0, 100, 0, false), share(200, 300, 0, false));
        assert_verdict(leftover_blame(&leftover, 64, allowed[i]), 0, 64, false, 0);
        ASSERT_LEFT(&leftover, share(0, 64, 0, true), share(64, 100, 0, false),
            share(200, 300, 0, false));
    }
    (void)state;
}

static void suspects_reach_over_shares(void **state)
{
    struct leftover leftover =
        LEAVE(share(0, 3, 0, false), share(10, 12, 1, false), share(20, 30, 0, false));
    assert_verdict(leftover_blame(&leftover, 9, 0), 0, 9, false, 0);
    ASSERT_LEFT(&leftover, share(0, 3, 0, true), share(10, 12, 1, true),
        share(20, 24, 0, true), share(24, 30, 0, false));
    leftover = LEAVE(share(0, 3, 0, false), share(10, 12, 1, false));
    assert_verdict(leftover_blame(&leftover, 1000, 3), 0, 5, false, 0);
    ASSERT_LEFT(&leftover, share(0, 3, 0, true), share(10, 12, 1, true));
    leftover = LEAVE(share(0, 3, 0, false), share(10, 12, 1, false));
    assert_verdict(leftover_blame(&leftover, 3, 3), 0, 3, false, 0);
    ASSERT_LEFT(&leftover, share(0, 3, 0, true), share(10, 12, 1, false));
    (void)state;
}

static void one_done_singly_is_guilty_alone(void **state)
{
    struct leftover leftover = LEAVE(share(5, 10, 1, true), share(20, 30, 0, true));
    assert_verdict(leftover_blame(&leftover, 64, 3), 5, 1, false, 2);
    ASSERT_LEFT(
        &leftover, share(5, 6, 2, true), share(6, 10, 1, true), share(20, 30, 0, true));
    leftover = LEAVE(share(5, 10, 1, true), share(20, 30, 0, true));
    assert_verdict(leftover_blame(&leftover, 64, 1), 5, 0, true, 2);
    ASSERT_LEFT(&leftover, share(6, 10, 1, true), share(20, 30, 0, true));
    (void)state;
}

/* A batch of 64 with one killer at any place: found with one worker more, it alone fails.
 */
static void the_killer_in_a_batch_is_found(void **state)
{
    for (int64_t killer = 0; killer < 64; killer++) {
        struct leftover leftover = LEAVE(share(0, 64, 0, false));
        int workers = 1;
        struct leftover_verdict verdict = leftover_blame(&leftover, 64, 1);
        while (!verdict.failed) {
            /* what a process does with shares done singly: all before the killer */
            struct leftover rest = {0};
            for (size_t i = 0; i < leftover.count; i++) {
                struct worker_share left = leftover.shares[i];
                assert_true(left.singly);
                if (left.range.begin < killer)
                    left.range.begin = killer < left.range.end ? killer : left.range.end;
                leftover_add(&rest, left);
            }
            leftover_finish(&leftover);
            leftover = rest;
            assert_in_range(++workers, 2, 3);
            verdict = leftover_blame(&leftover, 64, 1);
        }
        assert_verdict(verdict, killer, 0, true, 2);
        assert_int_equal(workers, 3);
        assert_int_equal(leftover_tasks(&leftover), 63 - killer);
        leftover_finish(&leftover);
    }
    (void)state;
}

static uint64_t sign_of(int64_t begin, int64_t end)
{
    return table_cover((struct schedule_range){begin, end});
}

/* However a loop is cut, its parts give the sign of the whole, and no less do. */
static void signs_of_parts_give_that_of_the_whole(void **state)
{
    static const int64_t cuts[] = {
        0, 1, 2, 64, 65, 4711, 1 << 20, INT64_C(1000000000000)};
    uint64_t sum = 0;
    for (size_t i = 1; i < COUNT_OF(cuts); i++) {
        uint64_t sign = sign_of(cuts[i - 1], cuts[i]);
        assert_true(sign != 0 && (sum ^ sign) != 0);
        sum ^= sign;
        assert_true(sum == sign_of(0, cuts[i]));
    }
    assert_true(sign_of(7, 7) == 0);
    (void)state;
}

/* So many doubts of one task each, those with a bit in `mask` were claimed by no other.
 */
static void resolve(int count, uint64_t mask)
{
    struct leftover doubtful = {0};
    uint64_t missing = 0;
    for (int i = 0; i < count; i++) {
        leftover_add(&doubtful, share(i * 3, i * 3 + 1, 0, false));
        if (mask >> i & 1)
            missing ^= sign_of(i * 3, i * 3 + 1);
    }
    leftover_resolve(&doubtful, missing);
    size_t next = 0;
    for (int i = 0; i < count; i++)
        if (mask >> i & 1)
            assert_int_equal(doubtful.shares[next++].range.begin, i * 3);
    assert_int_equal(doubtful.count, next);
    leftover_finish(&doubtful);
}

static void doubts_are_resolved_by_what_is_missing(void **state)
{
    for (uint64_t mask = 0; mask < 64; mask++)
        resolve(6, mask);
    for (uint64_t seed = 1; seed < 200; seed++)
        resolve(56, seed * UINT64_C(0x9e3779b97f4a7c15) & ((UINT64_C(1) << 56) - 1));
    resolve(56, 0);
    resolve(56, (UINT64_C(1) << 56) - 1);
    (void)state;
}

static void two_doubts_of_one_range_keep_one(void **state)
{
    struct leftover doubtful = LEAVE(share(10, 20, 0, false), share(10, 20, 0, false));
    leftover_resolve(&doubtful, sign_of(10, 20));
    ASSERT_LEFT(&doubtful, share(10, 20, 0, false));
    doubtful = LEAVE(share(10, 20, 0, false), share(10, 20, 0, false));
    leftover_resolve(&doubtful, 0);
    assert_int_equal(doubtful.count, 0);
    leftover_finish(&doubtful);
    (void)state;
}

/* Rather twice than not at all. */
static void what_cannot_be_resolved_is_kept(void **state)
{
    struct leftover doubtful = LEAVE(share(10, 20, 0, false), share(40, 50, 0, false));
    leftover_resolve(&doubtful, sign_of(10, 21));
    ASSERT_LEFT(&doubtful, share(10, 20, 0, false), share(40, 50, 0, false));
    for (int i = 0; i < 100; i++)
        leftover_add(&doubtful, share(i, i + 1, 0, false));
    leftover_resolve(&doubtful, sign_of(7, 8));
    assert_int_equal(doubtful.count, 100);
    leftover_finish(&doubtful);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_ranges_are_nothing),
        cmocka_unit_test(shares_are_kept_in_order),
        cmocka_unit_test(what_was_done_is_not_left),
        cmocka_unit_test(a_single_suspect_is_done_again),
        cmocka_unit_test(without_retries_it_has_failed),
        cmocka_unit_test(the_last_task_of_all_may_fail),
        cmocka_unit_test(a_task_costs_one_worker_more_than_retries),
        cmocka_unit_test(several_suspects_are_told_apart),
        cmocka_unit_test(suspects_reach_over_shares),
        cmocka_unit_test(one_done_singly_is_guilty_alone),
        cmocka_unit_test(the_killer_in_a_batch_is_found),
        cmocka_unit_test(signs_of_parts_give_that_of_the_whole),
        cmocka_unit_test(doubts_are_resolved_by_what_is_missing),
        cmocka_unit_test(two_doubts_of_one_range_keep_one),
        cmocka_unit_test(what_cannot_be_resolved_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
