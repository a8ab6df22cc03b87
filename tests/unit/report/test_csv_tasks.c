// SPDX-License-Identifier: MIT
#include "tables.h"

#include <stdlib.h>

#include "../experiment/made.h"
#include "items.h"
#include "report/report.h"
#include "sample.h"

static void a_row_for_each_record_of_all_stages(void **state)
{
    struct tables_csv table;
    struct result result;
    sample_result(&result);
    tables_read_from(&table, report_csv_tasks_write, &result);
    assert_int_equal(table.row_count, 4);
    assert_cell(&table, 0, "stage", "0");
    assert_cell(&table, 0, "name", "sequential");
    assert_cell(&table, 0, "count", "3");
    assert_cell(&table, 0, "end_s", "0.000000600");
    assert_cell(&table, 0, "cpu", "1");
    assert_cell(&table, 0, "status", "ok");
    assert_cell(&table, 0, "value", "7704");
    assert_cell(&table, 0, "digest", "00112233aabbccdd");
    assert_cell(&table, 2, "stage", "1");
    assert_cell(&table, 2, "repeat", "4");
    assert_cell(&table, 2, "worker", "1");
    assert_cell(&table, 2, "cpu", "");
    assert_cell(&table, 2, "index", "1");
    assert_cell(&table, 2, "start_s", "0.000000020");
    assert_cell(&table, 2, "cpu_s", "0.000000295");
    assert_cell(&table, 2, "attempts", "2");
    assert_cell(&table, 2, "value", "-9");
    assert_cell(&table, 3, "status", "failed");
    assert_cell(&table, 3, "failed", "1");
    assert_false(tables_has(&table, "item"));
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

static void items_have_what_became_of_them(void **state)
{
    struct tables_csv table;
    struct result result;
    sample_result(&result);
    sample_items(&result);
    result.stages[1].records[0].item->user_ns = 250;
    tables_read_from(&table, report_csv_tasks_write, &result);
    assert_cell(&table, 0, "item", "");
    assert_cell(&table, 0, "number", "");
    assert_cell(&table, 1, "item", "mouse one.h5");
    assert_cell(&table, 1, "exit", "0");
    assert_cell(&table, 1, "signal", "");
    assert_cell(&table, 1, "max_rss_bytes", "4096000");
    assert_cell(&table, 1, "all_cpu_s", "0.000000250");
    assert_cell(&table, 1, "user_s", "0.000000250");
    assert_cell(&table, 1, "system_s", "0.000000000");
    assert_cell(&table, 2, "user_s", "");
    assert_cell(&table, 2, "system_s", "");
    assert_cell(&table, 2, "item", "\xff\x01");
    assert_cell(&table, 2, "number", "7");
    assert_cell(&table, 2, "exit", "");
    assert_cell(&table, 2, "signal", "SIGKILL");
    assert_cell(&table, 2, "timed_out", "true");
    assert_cell(&table, 3, "item", "");
    assert_cell(&table, 3, "errno", "2");
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

static void programs_have_their_labels(void **state)
{
    struct tables_csv table;
    struct result result;
    sample_result(&result);
    sample_programs(&result);
    tables_read_from(&table, report_csv_tasks_write, &result);
    assert_cell(&table, 1, "name", "program");
    assert_cell(&table, 1, "label", "pool.py");
    assert_cell(&table, 1, "warmup", "true");
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

/* A stage of the user's own with these items, which the result then owns. */
static void make_items(
    struct result *result, size_t count, const char *const items[], const size_t sizes[])
{
    made_result(result, "command", (int64_t)count, 2);
    result->plan.tells = true;
    struct result_stage *stage = made_stage(result, RESULT_PARALLEL, 0, 2, NS_PER_S);
    for (size_t i = 0; i < count; i++) {
        struct result_record *record = made_record(stage, (int64_t)i, 1000, 0);
        record->item = made_item((int64_t)i, "", (const char *[]){NULL});
        free(record->item->item);
        record->item->item = memory_new(sizes[i] + 1, 1);
        memcpy(record->item->item, items[i], sizes[i]);
        record->item->item_size = sizes[i];
    }
}

static void items_are_the_bytes_that_they_were(void **state)
{
    static const char *const items[] = {"a,b", "\"", "\"\"", "a\"b", "\n", "a\r\nb", "\r",
        " a", "a ", "=1+1", "-2", "+3", "@x", "\xff\xfe", "\x01\x1b[31m", ",", "é", "",
        "\t"};
    enum { COUNT = sizeof items / sizeof *items };
    struct tables_csv table;
    struct result result;
    size_t sizes[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        sizes[i] = strlen(items[i]);
    make_items(&result, COUNT, items, sizes);
    tables_read_from(&table, report_csv_tasks_write, &result);
    assert_int_equal(table.row_count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_cell(&table, i, "item", items[i]);
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

static void any_bytes_come_back(void **state)
{
    enum { COUNT = 500, LONGEST = 40 };
    static const char likely[] = "\",\n\r =\xff";
    static char texts[COUNT][LONGEST + 1];
    const char *items[COUNT];
    size_t sizes[COUNT];
    struct tables_csv table;
    struct result result;
    srandom(1);
    for (size_t i = 0; i < COUNT; i++) {
        items[i] = texts[i];
        sizes[i] = (size_t)random() % LONGEST;
        for (size_t k = 0; k < sizes[i]; k++)
            texts[i][k] =
                random() % 2 ? likely[random() % 7] : (char)(1 + random() % 255);
    }
    make_items(&result, COUNT, items, sizes);
    tables_read_from(&table, report_csv_tasks_write, &result);
    for (size_t i = 0; i < COUNT; i++)
        assert_cell(&table, i, "item", texts[i]);
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

/* No argument has one, but a file can say so. */
static void a_nul_ends_no_row(void **state)
{
    const char *const items[] = {"a\0b"};
    struct tables_csv table;
    struct result result;
    make_items(&result, 1, items, (size_t[]){3});
    tables_read_from(&table, report_csv_tasks_write, &result);
    assert_cell(&table, 0, "item", "a?b");
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

static void all_records_are_there(void **state)
{
    enum { COUNT = RESULT_RECORDS_MAX };
    struct tables_csv table;
    struct result result;
    made_result(&result, "spin", 100 * COUNT, 2);
    struct result_stage *stage = made_stage(&result, RESULT_PARALLEL, 0, 2, NS_PER_S);
    for (int i = 0; i < COUNT; i++)
        made_record(stage, 100 * i, 1000 + i, (uint64_t)i);
    tables_read_from(&table, report_csv_tasks_write, &result);
    assert_int_equal(table.row_count, COUNT);
    for (size_t i = 0; i < COUNT; i += 999)
        assert_int_equal(strtol(tables_cell(&table, i, "index"), NULL, 10), 100 * i);
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

static void nothing_has_names_only(void **state)
{
    struct tables_csv table;
    struct result result;
    result_init(&result);
    tables_read_from(&table, report_csv_tasks_write, &result);
    assert_int_equal(table.row_count, 0);
    tables_finish(&table);
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_for_each_record_of_all_stages),
        cmocka_unit_test(items_have_what_became_of_them),
        cmocka_unit_test(programs_have_their_labels),
        cmocka_unit_test(items_are_the_bytes_that_they_were),
        cmocka_unit_test(any_bytes_come_back),
        cmocka_unit_test(a_nul_ends_no_row),
        cmocka_unit_test(all_records_are_there),
        cmocka_unit_test(nothing_has_names_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
