// SPDX-License-Identifier: MIT
#include "experiment/plan.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

static void a_new_plan_leaves_the_machine_s_part_open(void **state)
{
    struct plan plan;
    memset(&plan, 0xff, sizeof plan);
    plan_init(&plan, PLAN_RUN, "factorial");
    assert_int_equal(plan.command, PLAN_RUN);
    assert_string_equal(plan.workload, "factorial");
    assert_string_equal(plan.schedule, "dynamic");
    assert_int_equal(plan.repeats, 1);
    assert_int_equal(plan.retries, 1);
    assert_int_equal(plan.interval_ns, 100000000);
    assert_true(plan.size == 0 && plan.iterations == 0 && plan.seconds_ns == 0);
    assert_true(plan.workers == 0 && plan.chunk == 0 && plan.grain == 0);
    assert_string_equal(plan.chunk_rule, "");
    (void)state;
}

static void a_name_that_is_too_long_is_cut(void **state)
{
    struct plan plan;
    char name[200];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    plan_init(&plan, PLAN_MAP, name);
    assert_int_equal(plan.command, PLAN_MAP);
    assert_int_equal(strlen(plan.workload), sizeof plan.workload - 1);
    (void)state;
}

static void assert_workers(const char *text, double usable_cpus, int expected)
{
    struct fault fault = {0};
    int workers = -77;
    if (plan_parse_workers(text, usable_cpus, &workers, &fault) < 0)
        fail_msg("%s of %g CPUs: %s", text, usable_cpus, fault.text);
    if (workers != expected)
        fail_msg("%s of %g CPUs: %d, not %d", text, usable_cpus, workers, expected);
    assert_int_equal(fault.kind, FAULT_NONE);
}

static void a_number_is_a_number_of_workers(void **state)
{
    assert_workers("1", 2, 1);
    assert_workers("4", 2, 4);
    assert_workers("1e3", 2, 1000);
    assert_workers("1k", 0.5, 1000);
    assert_workers("4096", 2, 4096);
    assert_workers("007", 2, 7);
    (void)state;
}

static void a_share_is_of_the_usable_cpus(void **state)
{
    assert_workers("100%", 2, 2);
    assert_workers("50%", 2, 1);
    assert_workers("50%", 64, 32);
    assert_workers("200%", 64, 128);
    assert_workers("1%", 2, 1); /* at least one */
    assert_workers("100%", 1.5, 2);
    assert_workers("100%", 1.4, 1);
    assert_workers("50%", 1.5, 1);
    assert_workers("100%", 0.25, 1);
    assert_workers("30%", 10, 3);
    assert_workers("4096%", 100, 4096);
    (void)state;
}

static void a_sign_counts_from_the_usable_cpus_rounded_up(void **state)
{
    assert_workers("+1", 2, 3);
    assert_workers("-1", 2, 1);
    assert_workers("-1", 64, 63);
    assert_workers("+0", 5, 5);
    assert_workers("-0", 5, 5);
    assert_workers("+1", 1.5, 3);
    assert_workers("-1", 1.5, 1);
    assert_workers("-8", 2, 1); /* at least one */
    assert_workers("-1k", 2, 1);
    assert_workers("+4094", 2, 4096);
    (void)state;
}

static void assert_refused(const char *text)
{
    struct fault fault = {0};
    int workers = -77;
    if (plan_parse_workers(text, 2, &workers, &fault) != -EINVAL)
        fail_msg("taken: %s as %d", text, workers);
    assert_int_equal(workers, -77);
    assert_int_equal(fault.kind, FAULT_INPUT);
    assert_non_null(strstr(fault.text, "wrong number of workers: "));
    assert_non_null(
        strstr(fault.text, " (1 to 4096, or of the usable CPUs 50%, 100%, +1, -1)"));
    if (strlen(text) < 60)
        assert_non_null(strstr(fault.text, text));
}

static void what_is_no_number_of_workers_is_refused(void **state)
{
    static const char *const wrong[] = {"0", "00", "0%", "-0%", "4097", "99999", "1e30",
        "1.5", "abc", "", "%", "%%", "5%%", "+", "-", "+-1", "+1%", "-1%", "+50%", "4 ",
        "4x", "nan", "inf", "0x4", "+4095", "204850%", "1e9%", "9223372036854775807",
        "-9223372036854775808", "99999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_refused(wrong[i]);
    (void)state;
}

static void even_a_very_long_text_is_refused_in_one_line(void **state)
{
    char text[2000];
    memset(text, '1', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct fault fault = {0};
    int workers;
    assert_int_equal(plan_parse_workers(text, 2, &workers, &fault), -EINVAL);
    assert_null(strchr(fault.text, '\n'));
    assert_in_range(strlen(fault.text), 1, sizeof fault.text - 1);
    (void)state;
}

static void the_words_of_a_refusal(void **state)
{
    struct fault fault = {0};
    int workers;
    assert_int_equal(plan_parse_workers("99999", 2, &workers, &fault), -EINVAL);
    assert_string_equal(fault.text,
        "wrong number of workers: 99999 (1 to 4096, or of the "
        "usable CPUs 50%, 100%, +1, -1)");
    (void)state;
}

/* `expected` lists them with a blank before each. */
static void assert_points(const char *text, double usable_cpus, const char *expected)
{
    struct plan plan;
    struct fault fault = {0};
    char points[400] = "";
    plan_init(&plan, PLAN_SWEEP, "factorial");
    if (plan_parse_points(text, usable_cpus, &plan, &fault) < 0)
        fail_msg("refused: %s", fault.text);
    for (size_t i = 0; i < plan.point_count; i++)
        text_append(sizeof points, points, " %d", plan.points[i]);
    assert_string_equal(points, expected);
    assert_true(plan.points_asked);
}

static void a_list_gives_the_points_of_a_sweep(void **state)
{
    assert_points("1-8", 2, " 1 2 3 4 5 6 7 8");
    assert_points("1,2,4", 2, " 1 2 4");
    assert_points("1-64x2", 2, " 1 2 4 8 16 32 64");
    assert_points("1-60x2", 2, " 1 2 4 8 16 32");
    assert_points("3-30x3", 2, " 1 3 9 27");
    assert_points("1-4096x4096", 2, " 1 4096");
    assert_points("1", 2, " 1");
    (void)state;
}

static void points_are_sorted_and_none_is_twice(void **state)
{
    assert_points("4,2,8,2,4-6", 2, " 1 2 4 5 6 8");
    assert_points("16,1-8x2,3", 2, " 1 2 3 4 8 16");
    (void)state;
}

static void points_may_be_of_the_usable_cpus(void **state)
{
    assert_points("50%,100%,200%", 8, " 1 4 8 16");
    assert_points("1-200%x2", 8, " 1 2 4 8 16");
    assert_points("-1,+1", 4, " 1 3 5");
    (void)state;
}

static void what_is_no_list_of_points_is_refused(void **state)
{
    static const char *const wrong[] = {"", ",", "1,", ",1", "1,,2", "0", "0-4", "8-1",
        "4-", "-", "--", "1-4x", "1-4x1", "1-4x0", "1-4x-2", "1-4x2x2", "1x2", "1-2-3",
        "4097", "1-4097", "1-4096", "2-66", "a", "1,b", "1 2", "1;2", "1-4x99999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct plan plan;
        struct fault fault = {0};
        plan_init(&plan, PLAN_SWEEP, "factorial");
        if (plan_parse_points(wrong[i], 2, &plan, &fault) != -EINVAL)
            fail_msg("taken: \"%s\"", wrong[i]);
        assert_int_equal(fault.kind, FAULT_INPUT);
        assert_int_equal(plan.point_count, 0);
        assert_false(plan.points_asked);
        assert_non_null(strstr(fault.text, wrong[i]));
    }
    (void)state;
}

static void the_words_of_a_refused_list(void **state)
{
    struct plan plan;
    struct fault fault = {0};
    char text[2000];
    assert_int_equal(plan_parse_points("8-1", 2, &plan, &fault), -EINVAL);
    assert_string_equal(fault.text, "wrong list of workers: 8-1 (like 1-8, 1,2,4 or "
                                    "1-64x2: from 1 to 4096, at most 64 of them)");
    memset(text, '1', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    assert_int_equal(plan_parse_points(text, 2, &plan, &fault), -EINVAL);
    assert_non_null(strstr(fault.text, "at most 64 of them)"));
    (void)state;
}

static void assert_default_points(double host_cpus, const char *expected)
{
    struct plan plan;
    char points[400] = "";
    plan_init(&plan, PLAN_SWEEP, "factorial");
    plan.host_cpus = host_cpus;
    plan_default_points(&plan);
    for (size_t i = 0; i < plan.point_count; i++)
        text_append(sizeof points, points, " %d", plan.points[i]);
    assert_string_equal(points, expected);
    assert_false(plan.points_asked);
}

static void points_double_to_twice_the_usable_cpus(void **state)
{
    assert_default_points(1, " 1 2");
    assert_default_points(2, " 1 2 4");
    assert_default_points(1.5, " 1 2 4");
    assert_default_points(3, " 1 2 4 6");
    assert_default_points(12, " 1 2 4 8 16 24");
    assert_default_points(5000, " 1 2 4 8 16 32 64 128 256 512 1024 2048 4096");
    (void)state;
}

static void assert_command(const struct plan *plan, const char *expected)
{
    char text[320];
    plan_command_line(plan, sizeof text, text);
    assert_string_equal(text, expected);
}

static void a_plan_is_a_command_line(void **state)
{
    struct plan plan;
    plan_init(&plan, PLAN_RUN, "factorial");
    assert_command(&plan, "parfor run factorial");
    plan.seconds_ns = 5500000000;
    assert_command(&plan, "parfor run factorial --seconds 5.5s");
    plan.size = 1000000; /* settled, as it is by default */
    plan.iterations = 110;
    plan.host_cpus = 1.5;
    plan.workers = 2;
    plan.chunk = 7;
    plan.repeats = 5;
    assert_command(&plan, "parfor run factorial -n 110 -r 5");
    plan_init(&plan, PLAN_WATCH, "");
    assert_command(&plan, "parfor watch");
    (void)state;
}

static void a_loop_of_the_users_own_comes_last(void **state)
{
    struct plan plan;
    plan_init(&plan, PLAN_MAP, "command");
    plan.tells = plan.commands = true;
    plan.iterations = 3; /* by its items */
    strcpy(plan.loop, "-- gzip -k {} ::: a b c");
    assert_command(&plan, "parfor map -- gzip -k {} ::: a b c");
    plan.timeout_ns = 5 * INT64_C(1000000000);
    plan.halt = PLAN_HALT_SOON;
    plan.halt_after = 3;
    plan.sample = 6;
    plan.max_args = 2;
    plan.inner_threads = 4;
    plan.ending.steps[0].signal = SIGINT;
    assert_command(&plan, "parfor map --timeout 5s --halt soon,3 --sample 6 --max-args 2 "
                          "--inner-threads 4 --term-seq INT,1000ms,KILL -- gzip -k {} "
                          "::: a b c");
    plan_init(&plan, PLAN_RUN, "./body.so");
    plan.tells = true;
    plan.iterations = 3;
    plan.timeout_percent = 500;
    strcpy(plan.loop, "./body.so");
    plan.ending.step_count = 0; /* a file does not tell it */
    assert_command(&plan, "parfor run ./body.so -n 3 --timeout 500%");
    (void)state;
}

static void a_command_line_has_what_is_not_usual(void **state)
{
    struct plan plan;
    plan_init(&plan, PLAN_MAP, "factorial");
    plan.iterations = 3;
    plan.size = 1000;
    plan.host_cpus = 8;
    plan.workers = 3; /* no more than tasks */
    strcpy(plan.schedule, "static");
    assert_command(&plan, "parfor map factorial -n 3 -s 1000 --schedule static");
    plan.workers = 2;
    plan.chunk = 4;
    plan.chunk_asked = true;
    plan.retries = 0;
    plan.interval_ns = 10500000;
    plan.seed = 42;
    assert_command(&plan, "parfor map factorial -n 3 -s 1000 -j 2 --schedule static,4 "
                          "--retries 0 --interval 10.5ms --seed 42");
    strcpy(plan.schedule, "dynamic");
    strcpy(plan.workload, "unknown");
    char text[60];
    plan_command_line(&plan, sizeof text, text);
    assert_string_equal(
        text, "parfor map unknown -n 3 -s 1000 -j 2 --schedule dynamic,4 -");
    (void)state;
}

static void a_command_line_has_what_is_asked_of_the_pool(void **state)
{
    struct plan plan;
    struct fault fault;
    plan_init(&plan, PLAN_RUN, "triangle");
    plan.order = PLAN_ORDER_LONGEST;
    plan.fork_per_task = true;
    plan.pin = true;
    assert_command(&plan, "parfor run triangle --order longest --fork-per-task --pin");
    plan_init(&plan, PLAN_SWEEP, "spin");
    plan.host_cpus = 2;
    plan.workers = 4;
    plan.max_tasks = 10;
    plan_default_points(&plan);
    assert_command(&plan, "parfor sweep spin --max-tasks 10");
    assert_int_equal(plan_parse_points("1-3,8", 2, &plan, &fault), 0);
    plan.repeats = 5;
    assert_command(&plan, "parfor sweep spin -j 1,2,3,8 --max-tasks 10 -r 5");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_plan_leaves_the_machine_s_part_open),
        cmocka_unit_test(a_name_that_is_too_long_is_cut),
        cmocka_unit_test(a_number_is_a_number_of_workers),
        cmocka_unit_test(a_share_is_of_the_usable_cpus),
        cmocka_unit_test(a_sign_counts_from_the_usable_cpus_rounded_up),
        cmocka_unit_test(what_is_no_number_of_workers_is_refused),
        cmocka_unit_test(even_a_very_long_text_is_refused_in_one_line),
        cmocka_unit_test(the_words_of_a_refusal),
        cmocka_unit_test(a_list_gives_the_points_of_a_sweep),
        cmocka_unit_test(points_are_sorted_and_none_is_twice),
        cmocka_unit_test(points_may_be_of_the_usable_cpus),
        cmocka_unit_test(what_is_no_list_of_points_is_refused),
        cmocka_unit_test(the_words_of_a_refused_list),
        cmocka_unit_test(points_double_to_twice_the_usable_cpus),
        cmocka_unit_test(a_plan_is_a_command_line),
        cmocka_unit_test(a_loop_of_the_users_own_comes_last),
        cmocka_unit_test(a_command_line_has_what_is_not_usual),
        cmocka_unit_test(a_command_line_has_what_is_asked_of_the_pool),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
