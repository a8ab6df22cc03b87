// SPDX-License-Identifier: MIT
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <fcntl.h>

#include "plugin_worker.h"

/* Of tests/data/plugin/deeds.c. */
enum {
    SPEAK,
    SPEAK_HALF,
    SPEAK_BY_SHELL,
    FAIL,
    FAIL_FOR_MEMORY,
    MISCOUNT,
    CRASH,
    LEAVE,
    SHOUT,
    BURN,
    REOPEN,
    REMEMBER,
    TELL,
};

/* Compiled once for all tests. */
static int compile_deeds(void **state)
{
    char *object = strdup("/tmp/parfor-test-XXXXXX.so"), command[16384];
    int fd = mkostemps(object, 3, O_CLOEXEC);
    assert_true(fd >= 0);
    close(fd);
    snprintf(command, sizeof command,
        "cc -Wall -Wextra -Werror -fPIC -shared -I '%s/../../src/workload/include' "
        "-o '%s' '%s/plugin/deeds.c'",
        getenv("PARFOR_TEST_DATA"), object, getenv("PARFOR_TEST_DATA"));
    *state = object;
    return system(command);
}

static int remove_deeds(void **state)
{
    int error = unlink(*state);
    free(*state);
    return error;
}

static void open_deeds(struct bench *bench, void **state)
{
    bench_open_at(bench, *state, NULL);
}

static void the_descriptor_is_made_from_the_body(void **state)
{
    struct bench bench;
    char text[80];
    open_deeds(&bench, state);
    const struct workload_ops *ops = bench.job.ops;
    assert_string_equal(ops->name, "deeds");
    assert_string_equal(plugin_name(bench.plugin), "deeds");
    assert_string_equal(ops->summary, "does as the index says");
    assert_string_equal(ops->size_name, "first");
    assert_int_equal(ops->size_min, 1);
    assert_int_equal(ops->size_max, 100);
    assert_int_equal(bench.job.size, 10);
    assert_true(ops->tells && ops->size_is_kind);
    assert_true(!ops->warm && !ops->prepare && !ops->release && !ops->shared_size);
    ops->describe(&bench.job, sizeof text, text);
    assert_string_equal(text, "deeds (first 10, second 0)");
    bench_close(&bench);
}

static void all_but_run_may_be_left_out(void **state)
{
    struct bench bench;
    char text[80];
    struct fault fault = {.kind = FAULT_NONE};
    bench_open(&bench, "plugin/short.c");
    assert_string_equal(bench.job.ops->name, "short");
    assert_null(bench.job.ops->size_name);
    bench.job.ops->describe(&bench.job, sizeof text, text);
    assert_string_equal(text, "short");
    assert_int_equal(bench_run(&bench, 3, 1), 0);
    assert_int_equal(bench.board->errors[3], 0);
    assert_int_equal(bench.board->results[3].value, 3);
    assert_int_equal(plugin_job(bench.plugin, 5, &bench.job, &fault), -EINVAL);
    assert_string_equal(fault.text, "short has no size: 5");
    bench_close(&bench);
    (void)state;
}

static void what_a_task_prints_is_kept_apart(void **state)
{
    struct bench bench;
    open_deeds(&bench, state);
    printf("not written out when the worker is forked"); /* nor given to a task */
    assert_int_equal(bench_run(&bench, 0, 3), 0);
    bench_expect(&bench, SPEAK, 0, "a word\n");
    bench_expect(&bench, SPEAK, 1, "an error\n");
    bench_expect(&bench, SPEAK_HALF, 0, "without a line's end");
    bench_expect(&bench, SPEAK_HALF, 1, "");
    bench_expect(&bench, SPEAK_BY_SHELL, 0, "from a shell\n");
    bench_expect(&bench, SPEAK_BY_SHELL, 1, "its error\n");
    for (int i = 0; i < 3; i++) {
        assert_int_equal(bench.board->errors[i], 0);
        assert_int_equal(bench.board->outcomes[i].exit_status, 0);
        assert_int_equal(bench.board->outcomes[i].attempts, 1);
        assert_true(bench.board->outcomes[i].max_rss_bytes > 0);
    }
    printf("\n");
    bench_close(&bench);
}

static void much_output_comes_whole(void **state)
{
    struct bench bench;
    open_deeds(&bench, state);
    assert_int_equal(bench_run(&bench, SHOUT, 1), 0);
    char *text = bench_read(&bench, SHOUT, 0), *at = text, line[32];
    for (int i = 0; i < 20000; i++) {
        int length = snprintf(line, sizeof line, "line %d\n", i);
        assert_int_equal(strncmp(at, line, (size_t)length), 0);
        at += length;
    }
    assert_int_equal(*at, '\0');
    free(text);
    bench_close(&bench);
}

/* Opening it anew cuts it: only this task's output may be lost by that. */
static void reopening_the_output_harms_no_other_task(void **state)
{
    struct bench bench;
    open_deeds(&bench, state);
    assert_int_equal(bench_run(&bench, SHOUT, REOPEN - SHOUT + 1), 0);
    char *text = bench_read(&bench, SHOUT, 0);
    assert_int_equal(strlen(text), 10 * 7 + 90 * 8 + 900 * 9 + 9000 * 10 + 10000 * 11);
    free(text);
    bench_expect(&bench, REOPEN, 0, "anew\n");
    bench_close(&bench);
}

static void errors_of_the_body_fail_the_task(void **state)
{
    struct bench bench;
    open_deeds(&bench, state);
    assert_int_equal(bench_run(&bench, FAIL, 3), 0);
    const struct board *board = bench.board;
    assert_int_equal(board->errors[FAIL], -EIO);
    assert_int_equal(board->outcomes[FAIL].exit_status, 5);
    bench_expect(&bench, FAIL, 0, "half of it\n");
    assert_int_equal(board->errors[FAIL_FOR_MEMORY], -ENOMEM);
    assert_int_equal(board->outcomes[FAIL_FOR_MEMORY].exit_status, ENOMEM);
    assert_int_equal(board->errors[MISCOUNT], -EIO);
    assert_int_equal(board->outcomes[MISCOUNT].exit_status, 9);
    bench_expect(&bench, MISCOUNT, 1,
        "deeds: the result of index 5 is wrong: verify() returned 9\n");
    bench_close(&bench);
}

static void a_crash_leaves_the_task_in_the_ward(void **state)
{
    struct bench bench;
    open_deeds(&bench, state);
    int status = bench_run(&bench, CRASH, 1);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
    assert_int_equal(bench.board->ward.index, CRASH);
    assert_true(bench.board->ward.begun_ns > 0);
    assert_true(bench.board->ward.group > 0);
    /* Its successor has nothing of what it printed. */
    assert_int_equal(bench_run(&bench, SPEAK, 1), 0);
    bench_expect(&bench, SPEAK, 0, "a word\n");
    assert_int_equal(bench.board->ward.group, 0);
    assert_int_equal(bench.board->ward.begun_ns, 0);
    status = bench_run(&bench, LEAVE, 1);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(bench.board->errors[LEAVE], 1);
    bench_close(&bench);
}

static void variables_live_as_long_as_the_worker(void **state)
{
    struct bench bench;
    open_deeds(&bench, state);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(bench_run(&bench, REMEMBER, 1), 0);
        assert_int_equal(bench.board->errors[REMEMBER], 0);
    }
    bench_close(&bench);
}

static void cpu_time_is_told(void **state)
{
    struct bench bench;
    open_deeds(&bench, state);
    assert_int_equal(bench_run(&bench, BURN, 1), 0);
    const struct workload_outcome *outcome = &bench.board->outcomes[BURN];
    assert_true(outcome->cpu_ns >= 5000000);
    assert_true(outcome->user_ns >= 0 && outcome->system_ns >= 0);
    assert_true(outcome->user_ns + outcome->system_ns == outcome->cpu_ns);
    assert_int_equal(bench.board->results[BURN].cpu_ns, 0); /* of other processes */
    bench_close(&bench);
}

static void nothing_is_begun_in_a_closed_pool(void **state)
{
    struct bench bench;
    open_deeds(&bench, state);
    bench.board->closed = WORKLOAD_CLOSED;
    assert_int_equal(bench_run(&bench, CRASH, 1), 0);
    assert_int_equal(bench.board->errors[CRASH], -ECANCELED);
    bench.board->closed = WORKLOAD_OPEN;
    bench.board->ward.leave = 1;
    assert_int_equal(bench_run(&bench, CRASH, 1), 0);
    assert_int_equal(bench.board->errors[CRASH], -ECANCELED);
    assert_int_equal(bench.board->outcomes[CRASH].attempts, 0);
    bench_close(&bench);
}

static void output_that_cannot_be_kept_fails_the_task(void **state)
{
    struct bench bench;
    open_deeds(&bench, state);
    close(bench.spools[0]);
    bench.spools[0] = memfd_create("full", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    assert_int_equal(fcntl(bench.spools[0], F_ADD_SEALS, F_SEAL_GROW), 0);
    assert_int_equal(bench_run(&bench, SPEAK, 1), 0);
    assert_int_equal(bench.board->errors[SPEAK], -EPERM);
    assert_int_equal(bench.board->outcomes[SPEAK].error, EPERM);
    assert_int_equal(bench.board->outcomes[SPEAK].exit_status, -1);
    close(bench.spools[0]);
    bench.spools[0] = -1; /* as when tasks are measured beforehand: thrown away */
    assert_int_equal(bench_run(&bench, SPEAK, 1), 0);
    assert_int_equal(bench.board->errors[SPEAK], 0);
    assert_int_equal(bench.board->outcomes[SPEAK].out.end, 0);
    bench_close(&bench);
}

static void parameters_reach_the_body(void **state)
{
    struct bench bench;
    struct fault fault;
    open_deeds(&bench, state);
    assert_int_equal(plugin_set(bench.plugin, "second=-3", &fault), 0);
    assert_int_equal(plugin_set(bench.plugin, "first=1e1", &fault), 0);
    assert_int_equal(plugin_job(bench.plugin, 77, &bench.job, &fault), 0);
    assert_int_equal(bench_run(&bench, TELL, 1), 0);
    bench_expect(&bench, TELL, 0,
        "worker 0 of 1, 2 parameters: 77 -3, nothing shared, nothing own\n");
    assert_int_equal(plugin_set(bench.plugin, "first=12", &fault), 0);
    assert_int_equal(plugin_job(bench.plugin, 0, &bench.job, &fault), 0);
    assert_int_equal(bench.job.size, 12);
    bench_close(&bench);
}

static void wrong_parameters_are_refused(void **state)
{
    static const struct {
        const char *setting, *text;
    } wrong[] = {
        {"second", "no value: second (NAME=VALUE)"},
        {"secnd=1", "deeds has no such parameter: secnd (did you mean second?)"},
        {"x=1", "deeds has no such parameter: x (it has first, second)"},
        {"second=", "not a whole number:  (second of deeds)"},
        {"second=two", "not a whole number: two (second of deeds)"},
        {"second=6", "second out of range: 6 (deeds: -5 to 5)"},
        {"first=1e99", "first out of range: 1e99 (deeds: 1 to 100)"},
    };
    struct bench bench;
    struct fault fault = {.kind = FAULT_NONE};
    open_deeds(&bench, state);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(plugin_set(bench.plugin, wrong[i].setting, &fault), -EINVAL);
        assert_int_equal(fault.kind, FAULT_INPUT);
        assert_string_equal(fault.text, wrong[i].text);
    }
    assert_int_equal(plugin_job(bench.plugin, 101, &bench.job, &fault), -EINVAL);
    assert_string_equal(fault.text, "size out of range: 101 (deeds: first, 1 to 100)");
    bench_close(&bench);
}

static void each_function_finds_what_the_one_before_left(void **state)
{
    struct bench bench;
    int64_t shared[2];
    bench_open(&bench, "plugin/stages.c");
    assert_int_equal(bench.job.ops->shared_size(&bench.job), sizeof shared);
    assert_int_equal(bench_run(&bench, 0, 2), 0);
    assert_int_equal(bench.board->results[0].value, 42 + 7);
    assert_int_equal(bench.board->results[1].value, 42 + 8);
    memcpy(shared, bench.shared, sizeof shared);
    assert_int_equal(shared[1], 9); /* release has seen its own, too */
    bench_expect(&bench, 0, 0, "task 0\n");
    bench_expect(&bench, 0, 1, "error of prepare\n");
    bench_expect(&bench, 1, 0, "task 1\n");
    bench_expect(&bench, 1, 1, "");
    bench.job.size = 13; /* an error of warm */
    assert_int_equal(WEXITSTATUS(bench_run(&bench, 0, 1)), 2);
    bench_close(&bench);
    (void)state;
}

static void a_body_can_be_in_another_language(void **state)
{
    char source[4096], object[] = "/tmp/parfor-test-XXXXXX.so", command[16384];
    struct bench bench;
    if (system("c++ --version >/dev/null 2>&1") != 0)
        skip();
    bench_path(sizeof source, source, "plugin/plus.cpp");
    int fd = mkostemps(object, 3, O_CLOEXEC);
    assert_true(fd >= 0);
    close(fd);
    snprintf(command, sizeof command,
        "c++ -std=c++11 -Wall -Wextra -Werror -fvisibility=hidden -fPIC -shared "
        "-I '%s/../../src/workload/include' -o '%s' '%s'",
        getenv("PARFOR_TEST_DATA"), object, source);
    assert_int_equal(system(command), 0);
    bench_open_at(&bench, object, NULL);
    assert_int_equal(unlink(object), 0);
    assert_string_equal(bench.job.ops->name, "plus");
    assert_int_equal(bench_run(&bench, 2, 1), 0);
    assert_int_equal(bench.board->results[2].value, 0 + 1 + 4 + 9 + 4 * 2);
    bench_expect(&bench, 2, 0, "sum 22\n");
    bench_close(&bench);
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_descriptor_is_made_from_the_body),
        cmocka_unit_test(all_but_run_may_be_left_out),
        cmocka_unit_test(what_a_task_prints_is_kept_apart),
        cmocka_unit_test(much_output_comes_whole),
        cmocka_unit_test(reopening_the_output_harms_no_other_task),
        cmocka_unit_test(errors_of_the_body_fail_the_task),
        cmocka_unit_test(a_crash_leaves_the_task_in_the_ward),
        cmocka_unit_test(variables_live_as_long_as_the_worker),
        cmocka_unit_test(cpu_time_is_told),
        cmocka_unit_test(nothing_is_begun_in_a_closed_pool),
        cmocka_unit_test(output_that_cannot_be_kept_fails_the_task),
        cmocka_unit_test(parameters_reach_the_body),
        cmocka_unit_test(wrong_parameters_are_refused),
        cmocka_unit_test(each_function_finds_what_the_one_before_left),
        cmocka_unit_test(a_body_can_be_in_another_language),
    };
    return cmocka_run_group_tests(tests, compile_deeds, remove_deeds);
}
