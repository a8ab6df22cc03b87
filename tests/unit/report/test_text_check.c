// SPDX-License-Identifier: MIT
/* What a person reads of a check, against the texts in tests/data/report. */
#include <stdlib.h>

#include "checks.h"
#include "experiment/judge.h"
#include "forms.h"

static void a_healthy_machine(void **state)
{
    struct result result;
    checks_make(&result, 2);
    forms_assert(&result, REPORT_TEXT_FULL, 78, "check-2");
    forms_assert(&result, REPORT_TEXT_FULL, 40, "check-2-40");
    forms_assert(&result, REPORT_TEXT_FULL, 20, "check-2-20");
    forms_assert(&result, REPORT_TEXT_PLAIN, 0, "check-2-plain");
    forms_assert(&result, REPORT_TEXT_CLOSING, 0, "check-2-closing");
    result_finish(&result);
    (void)state;
}

static void one_that_fails(void **state)
{
    struct result result;
    checks_make(&result, 12);
    checks_spoil(&result, 3, 7);
    forms_assert(&result, REPORT_TEXT_FULL, 78, "check-fails");
    forms_assert(&result, REPORT_TEXT_FULL, 100, "check-fails-100");
    forms_assert(&result, REPORT_TEXT_FULL, 40, "check-fails-40");
    forms_assert(&result, REPORT_TEXT_PLAIN, 0, "check-fails-plain");
    forms_assert(&result, REPORT_TEXT_CLOSING, 0, "check-fails-closing");
    result_finish(&result);
    (void)state;
}

/* Of many CPUs those that something is wrong with have a line, whatever it is. */
static void one_of_many_cpus(void **state)
{
    struct result result;
    checks_make(&result, 256);
    checks_spoil(&result, 63, 207);
    result.check.cpus[9].refused = 1;
    result.check.cpus[10].died_of = 4;
    struct check_finding *finding = result_check_add(&result.check);
    finding->level = CHECK_WARN;
    finding->cpu = 11;
    text_copy(sizeof finding->topic, finding->topic, "together");
    text_copy(sizeof finding->text, finding->text, "CPU 11 was the slowest.");
    forms_assert(&result, REPORT_TEXT_FULL, 78, "check-256");
    result_finish(&result);
    checks_make(&result, 17);
    char *text = forms_write(&result, REPORT_TEXT_FULL, 78);
    assert_non_null(strstr(text, "\nall 17  40.0-40.4 ms  48.0-48.2 ms"));
    free(text);
    result_finish(&result);
    (void)state;
}

static void one_where_nothing_was_run(void **state)
{
    struct result result;
    checks_make(&result, 2);
    free(result.check.cpus);
    result.check.cpus = NULL;
    result.check.cpu_count = 0;
    result.check.measured = false;
    result.check.units = result.check.unit_ns = 0;
    result.plan.only_inventory = true;
    judge_check(&result);
    forms_assert(&result, REPORT_TEXT_FULL, 78, "check-inventory");
    forms_assert(&result, REPORT_TEXT_PLAIN, 0, "check-inventory-plain");
    result_finish(&result);
    (void)state;
}

/* Whoever repeats it needs the tree that it was simulated from. */
static void one_that_was_simulated(void **state)
{
    struct result result;
    checks_make(&result, 2);
    result.machine.simulated = true;
    result.check.measured = false;
    judge_check(&result);
    char *text = forms_write(&result, REPORT_TEXT_FULL, 78);
    assert_null(strstr(text, "Repeat"));
    assert_null(strstr(text, "\nCPU    alone"));
    assert_non_null(strstr(text, "\nINCONCLUSIVE  "));
    assert_non_null(strstr(text, "\nparfor-1 AMD-EPYC 2c/2t check INCONCLUSIVE "));
    assert_string_equal(text + strlen(text) - 11, " simulated\n");
    free(text);
    result_finish(&result);
    (void)state;
}

static void one_that_had_not_begun(void **state)
{
    struct result result;
    checks_make(&result, 2);
    result_check_finish(&result.check);
    char *text = forms_write(&result, REPORT_TEXT_FULL, 78);
    assert_string_equal(
        text, "AMD EPYC, 2 CPUs, all usable.\n\nStopped before anything was found.\n");
    free(text);
    result_finish(&result);
    (void)state;
}

/* As wide as the terminal at most, whatever that is. */
static void every_width(void **state)
{
    struct result result;
    checks_make(&result, 12);
    checks_spoil(&result, 3, 7);
    for (int width = 20; width <= 100; width++) {
        char *text = forms_write(&result, REPORT_TEXT_FULL, width);
        forms_assert_width(text, width);
        free(text);
    }
    result_finish(&result);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_healthy_machine),
        cmocka_unit_test(one_that_fails),
        cmocka_unit_test(one_of_many_cpus),
        cmocka_unit_test(one_where_nothing_was_run),
        cmocka_unit_test(one_that_was_simulated),
        cmocka_unit_test(one_that_had_not_begun),
        cmocka_unit_test(every_width),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
