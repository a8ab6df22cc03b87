// SPDX-License-Identifier: MIT
#include "experiment/ledger.h"

#include <stdlib.h>

#include "made.h"

static struct result_record ended(int64_t index, int64_t duration_ns)
{
    struct result_item *item = memory_new(1, sizeof *item);
    *item = (struct result_item){.number = index,
        .cpu_ns = 2 * duration_ns,
        .user_ns = duration_ns + 1,
        .system_ns = duration_ns - 1};
    return (struct result_record){.index = index,
        .count = 1,
        .start_ns = 100,
        .end_ns = 100 + duration_ns,
        .attempts = 1,
        .item = item};
}

static void take(struct ledger *ledger, const struct result_record *record)
{
    assert_true(ledger_is_new(ledger, record->index));
    ledger_take(ledger, record, "last words");
    ledger_keep(ledger, record);
}

static void a_task_is_new_once(void **state)
{
    struct ledger *ledger = ledger_create(NULL);
    (void)state;
    for (int64_t i = 0; i < 1000; i++)
        assert_true(ledger_is_new(ledger, i * 37));
    for (int64_t i = 0; i < 1000; i++)
        assert_false(ledger_is_new(ledger, i * 37));
    assert_true(ledger_is_new(ledger, 36));
    ledger_destroy(ledger);
}

static void the_median_is_of_those_that_ended_well(void **state)
{
    struct ledger *ledger = ledger_create(NULL);
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct result_record record = ended(i, 1000 + i);
        take(ledger, &record);
    }
    assert_int_equal(ledger_median_ns(ledger), 0);
    struct result_record failed = ended(2, 1000000);
    failed.status = RESULT_FAILED;
    take(ledger, &failed);
    assert_int_equal(ledger_median_ns(ledger), 0);
    struct result_record third = ended(3, 1010);
    take(ledger, &third);
    assert_int_equal(ledger_median_ns(ledger), 1001);
    assert_int_equal(ledger_ended(ledger), 4);
    assert_int_equal(ledger_failed(ledger), 1);
    assert_int_equal(ledger_tasks_ns(ledger), 1000 + 1001 + 1010 + 1000000);
    assert_int_equal(ledger_cpu_ns(ledger), 2 * ledger_tasks_ns(ledger));
    assert_int_equal(ledger_user_ns(ledger), ledger_tasks_ns(ledger) + 4);
    assert_int_equal(ledger_system_ns(ledger), ledger_tasks_ns(ledger) - 4);
    ledger_destroy(ledger);
}

/* However many there are, it is near the true one. */
static void the_median_of_many_is_that_of_a_sample(void **state)
{
    enum { COUNT = 100000 };
    struct ledger *ledger = ledger_create(NULL);
    (void)state;
    for (int64_t i = 0; i < COUNT; i++) {
        struct result_record record = ended(i, 1000000 + i * 7919 % COUNT);
        take(ledger, &record);
    }
    assert_in_range(ledger_median_ns(ledger), 1000000 + COUNT / 2 - COUNT / 10,
        1000000 + COUNT / 2 + COUNT / 10);
    ledger_destroy(ledger);
}

static void the_last_failures_are_kept(void **state)
{
    struct ledger *ledger = ledger_create(NULL);
    const struct scene_items *items = ledger_items(ledger);
    (void)state;
    for (int i = 0; i < 2 * SCENE_FAILURES; i++) {
        struct result_record record = ended(i, i);
        record.status = RESULT_FAILED;
        record.item->exit_status = i % 100;
        take(ledger, &record);
    }
    assert_int_equal(items->failure_count, SCENE_FAILURES);
    for (int i = 0; i < SCENE_FAILURES; i++) {
        assert_int_equal(items->failures[i].number, 2 * SCENE_FAILURES - 1 - i);
        assert_int_equal(items->failures[i].exit_status, 99 - i);
        assert_string_equal(items->failures[i].last_line, "last words");
    }
    assert_string_equal(items->failures[0].name, "task 199");
    ledger_destroy(ledger);
}

static void records_get_their_items(void **state)
{
    struct result result;
    struct ledger *ledger = ledger_create(NULL);
    (void)state;
    made_result(&result, "command", 4, 1);
    struct result_stage *stage = made_stage(&result, RESULT_PARALLEL, 0, 1, 1000);
    for (int i = 0; i < 3; i++) {
        struct result_record record = ended(i, 10);
        made_record(stage, 2 - i, 10, 0);
        take(ledger, &record);
    }
    made_record(stage, 3, 10, 0)->count = 5;
    ledger_attach(ledger, stage, false);
    for (int i = 0; i < 3; i++)
        assert_int_equal(stage->records[i].item->number, 2 - i);
    assert_null(stage->records[3].item);
    ledger_attach(ledger, stage, true);
    ledger_destroy(ledger);
    assert_int_equal(stage->records[0].item->number, 2);
    result_finish(&result);
}

/* What a record cannot have is not kept. */
static void what_is_kept_is_bounded(void **state)
{
    enum { BIG = 1 << 20, COUNT = 100 };
    struct result result;
    struct ledger *ledger = ledger_create(NULL);
    int with_items = 0;
    (void)state;
    made_result(&result, "command", COUNT, 1);
    struct result_stage *stage = made_stage(&result, RESULT_PARALLEL, 0, 1, 1000);
    for (int i = 0; i < COUNT; i++) {
        struct result_record record = ended(i, 10);
        record.item->out = memory_new(BIG, 1);
        record.item->out_size = BIG;
        made_record(stage, i, 10, 0);
        take(ledger, &record);
    }
    struct result_record late = ended(RESULT_RECORDS_MAX, 10);
    take(ledger, &late);
    ledger_attach(ledger, stage, true);
    for (int i = 0; i < COUNT; i++)
        with_items += stage->records[i].item != NULL;
    assert_in_range(with_items, 32, 64);
    ledger_destroy(ledger);
    result_finish(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_is_new_once),
        cmocka_unit_test(the_median_is_of_those_that_ended_well),
        cmocka_unit_test(the_median_of_many_is_that_of_a_sample),
        cmocka_unit_test(the_last_failures_are_kept),
        cmocka_unit_test(records_get_their_items),
        cmocka_unit_test(what_is_kept_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
