// SPDX-License-Identifier: MIT
#include "ui/worker_fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int sum_of(const struct worker_fields *fields)
{
    return fields->number + fields->pid + fields->cpu + fields->task + fields->done +
           fields->bar + fields->percent;
}

static void all_fit_at_any_width(void **state)
{
    (void)state;
    for (int columns = 20; columns <= 300; columns++)
        for (int names = 0; names < 2; names++) {
            struct worker_fields fields = worker_fields_in(columns, 300, true, names);
            assert_true(sum_of(&fields) <= columns);
            assert_true(fields.number > 0 && fields.done > 0);
            assert_true(fields.bar == 0 || fields.bar >= 5);
        }
}

static void what_matters_least_goes_first(void **state)
{
    (void)state;
    struct worker_fields wide = worker_fields_in(78, 300, true, true);
    assert_true(wide.pid > 0 && wide.cpu > 0 && wide.task > 20);
    struct worker_fields cell = worker_fields_in(48, 300, true, true);
    assert_int_equal(cell.pid, 0);
    assert_true(cell.task >= 14);
    struct worker_fields numbers = worker_fields_in(40, 300, true, false);
    assert_true(numbers.pid == 0 && numbers.cpu > 0);
}

static void without_tasks_there_is_no_column_for_them(void **state)
{
    (void)state;
    assert_int_equal(worker_fields_in(78, 300, false, true).task, 0);
    assert_int_equal(worker_fields_in(78, 300, false, false).task, 0);
    assert_true(worker_fields_in(78, 1000000000, true, false).done == 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_fit_at_any_width),
        cmocka_unit_test(what_matters_least_goes_first),
        cmocka_unit_test(without_tasks_there_is_no_column_for_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
