// SPDX-License-Identifier: MIT
/* The log of a run: what is in it, what another run takes from it, who may write it. */
#include "logs.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "items.h"

/* The line of that number as an object, released by the caller. */
static json_t *read_line(const char *path, int number)
{
    size_t size;
    char *text = logs_read(path, &size), *line = text;
    for (int i = 1; i < number; i++)
        line = strchr(line, '\n') + 1;
    json_t *json = json_loadb(line, strcspn(line, "\n"), 0, NULL);
    assert_non_null(json);
    free(text);
    return json;
}

static void assert_text(const json_t *json, const char *name, const char *expected)
{
    assert_non_null(json_object_get(json, name));
    assert_string_equal(json_string_value(json_object_get(json, name)), expected);
}

static void assert_time(const json_t *json, const char *name)
{
    const char *text = json_string_value(json_object_get(json, name));
    int year, month, day, hour, minute, second, offset;
    assert_non_null(text);
    assert_int_equal(sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%3d:00", &year, &month, &day,
                         &hour, &minute, &second, &offset),
        7);
    assert_int_equal(strlen(text), 25);
}

static void the_lines_are_as_promised(void **state)
{
    char *path = logs_path(state, "lines.jsonl"), folder[4096];
    struct log *log = logs_open(path);
    assert_string_equal(log_path(log), path);
    logs_append(log, 0, "mouse 1.h5", true);
    logs_close(log, 1, 0);
    json_t *first = read_line(path, 1), *item = read_line(path, 2),
           *end = read_line(path, 3);
    assert_text(first, "schema", "parfor-log/1");
    assert_text(json_object_get(first, "program"), "name", "parfor");
    assert_text(first, "loop", "-- cat {}");
    assert_text(first, "folder", getcwd(folder, sizeof folder));
    assert_int_equal(json_array_size(json_object_get(first, "command")), 2);
    assert_int_equal(json_integer_value(json_object_get(first, "workers")), 2);
    assert_time(first, "started");
    assert_text(item, "item", "mouse 1.h5");
    assert_text(item, "status", "ok");
    assert_int_equal(json_integer_value(json_object_get(item, "exit")), 0);
    assert_true(json_is_null(json_object_get(item, "signal")));
    assert_int_equal(json_integer_value(json_object_get(item, "elapsed_ns")), 1000000000);
    assert_null(json_object_get(item, "key"));
    assert_null(json_object_get(item, "results"));
    assert_time(item, "ended");
    assert_time(end, "end");
    assert_int_equal(json_integer_value(json_object_get(end, "done")), 1);
    json_decref(first), json_decref(item), json_decref(end);
    free(path);
}

static void bytes_that_are_no_text_are_found_again(void **state)
{
    char *path = logs_path(state, "bytes.jsonl");
    struct log *log = logs_open(path);
    logs_append(log, 0, "\xff\n\"\\", true);
    logs_append(log, 1, "b\n\x7f", true);
    logs_close(log, 2, 0);
    json_t *item = read_line(path, 2);
    assert_text(item, "item_base64", "/woiXA==");
    assert_int_equal(json_array_size(json_object_get(item, "argv_base64")), 2);
    json_decref(item);
    struct log_past *past = logs_past(path);
    assert_true(logs_take(past, "\xff\n\"\\"));
    assert_true(logs_take(past, "b\n\x7f"));
    assert_false(logs_take(past, "\xff"));
    log_past_destroy(past);
    free(path);
}

/* Each occurrence counts once, what failed not at all, until it was done again. */
static void what_was_done_is_taken_by_command_and_occurrence(void **state)
{
    char *path = logs_path(state, "past.jsonl");
    struct log *log = logs_open(path);
    logs_append(log, 4, "twice", true);
    logs_append(log, 0, "bad", false);
    logs_append(log, 2, "twice", true);
    logs_append(log, 1, "later", false);
    logs_close(log, 2, 2);
    struct log_past *past = logs_past(path);
    assert_int_equal(log_past_count(past), 2);
    assert_false(logs_take(past, "bad") || logs_take(past, "later"));
    assert_null(log_past_results(past));
    log = logs_open(path); /* of which reading must not take the lock away */
    logs_append(log, 1, "later", true);
    assert_true(logs_take(past, "twice") && logs_take(past, "twice"));
    assert_false(logs_take(past, "twice"));
    log_past_destroy(past);
    logs_close(log, 1, 0);
    past = logs_past(path);
    assert_true(logs_take(past, "later"));
    assert_false(logs_take(past, "later") || logs_take(past, "bad"));
    assert_false(logs_take(past, "") || logs_take(past, "cat"));
    log_past_destroy(past);
    free(path);
}

static void append_with_key(struct log *log, const char *slot, const char *results)
{
    struct fault fault;
    char **key = made_words((const char *[]){"gpu", "{%}", "x", NULL});
    struct result_record record = {.count = 1, .status = RESULT_OK, .attempts = 1};
    record.item = made_item(0, "x", (const char *[]){"gpu", slot, "x", NULL});
    assert_int_equal(log_append(log, &record, key, results, &fault), 0);
    result_item_destroy(record.item);
    free(key);
}

static void a_key_stands_for_the_command_and_results_are_named(void **state)
{
    char *path = logs_path(state, "key.jsonl");
    struct log *log = logs_open(path);
    append_with_key(log, "1", "results/1-x");
    append_with_key(log, "2", "results/2-\xff");
    append_with_key(log, "{%}", NULL); /* which is its key */
    logs_close(log, 3, 0);
    json_t *item = read_line(path, 2), *same = read_line(path, 4);
    assert_int_equal(json_array_size(json_object_get(item, "key")), 3);
    assert_null(json_object_get(same, "key"));
    json_decref(item), json_decref(same);
    struct log_past *past = logs_past(path);
    char **key = made_words((const char *[]){"gpu", "{%}", "x", NULL});
    char **argv = made_words((const char *[]){"gpu", "1", "x", NULL});
    assert_false(log_past_take(past, argv));
    assert_true(log_past_take(past, key));
    assert_string_equal(log_past_results(past), "results/1-x");
    assert_true(log_past_take(past, key));
    assert_string_equal(log_past_results(past), "results/2-\xff");
    assert_true(log_past_take(past, key));
    assert_null(log_past_results(past));
    assert_false(log_past_take(past, key));
    free(argv);
    free(key);
    log_past_destroy(past);
    free(path);
}

/* Runs `body` in a process of its own: its exit status. */
static int in_a_child(int (*body)(const char *path), const char *path)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(body(path));
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int try_to_write(const char *path)
{
    struct plan plan;
    struct fault fault;
    struct log *log;
    plan_init(&plan, PLAN_MAP, "command");
    if (log_open(path, &(struct log_run){.plan = &plan}, &log, &fault) == 0)
        return 0;
    return strstr(fault.text, "is being written by another run") ? 7 : 1;
}

static void two_runs_do_not_write_the_same_log(void **state)
{
    char *path = logs_path(state, "lock.jsonl");
    struct log *log = logs_open(path);
    log_past_destroy(logs_past(path));
    assert_int_equal(in_a_child(try_to_write, path), 7);
    logs_close(log, 0, 0);
    assert_int_equal(in_a_child(try_to_write, path), 0);
    free(path);
}

/* Writes two items, tells that it has, and waits to be killed. */
static pid_t start_writer(const char *path)
{
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct log *log = logs_open(path);
        logs_append(log, 0, "good", true);
        logs_append(log, 1, "bad\x1b", false);
        (void)!write(ready[1], "x", 1);
        pause();
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return pid;
}

/* Follows to the end; what was said, and how many failed. */
static char *follow(const char *path, const bool *stop, int64_t *ret_failed)
{
    struct fault fault;
    char *text = NULL;
    size_t size;
    FILE *out = open_memstream(&text, &size);
    if (log_follow(path, out, stop, ret_failed, &fault) < 0)
        fail_msg("not followed: %s", fault.text);
    fclose(out);
    return text;
}

static void assert_said(const char *text, const char *piece)
{
    if (!strstr(text, piece))
        fail_msg("no '%s' in:\n%s", piece, text ? text : "");
}

static void a_run_in_progress_is_followed_until_it_is_gone(void **state)
{
    char *path = logs_path(state, "follow.jsonl");
    bool stop = true; /* after the first look */
    int64_t failed = -1;
    pid_t pid = start_writer(path);
    char *text = follow(path, &stop, &failed);
    assert_int_equal(failed, 1);
    assert_said(text, "cat {}: begun 20");
    assert_said(text, " with 2 workers in /");
    assert_said(text, "Failed: bad?: exit 1.\n");
    assert_said(text, "1 file done, 1 failed, in 2.00 s so far.\n");
    assert_null(strstr(text, "cut off"));
    free(text);
    pid_t killer = fork();
    if (killer == 0) {
        poll(NULL, 0, 300);
        kill(pid, SIGKILL);
        _exit(0);
    }
    text = follow(path, NULL, &failed);
    assert_said(text, "The run was cut off: 1 file done, 1 failed");
    assert_said(text, "Try: parfor map --resume ");
    free(text);
    waitpid(pid, NULL, 0);
    waitpid(killer, NULL, 0);
    free(path);
}

static void one_that_was_ended_early_can_be_gone_on_with(void **state)
{
    char *path = logs_path(state, "early.jsonl");
    struct fault fault;
    struct result result;
    int64_t failed = -1;
    result_init(&result);
    struct result_stage *stage = result_add_stage(&result);
    struct log *log = logs_open(path);
    logs_append(log, 0, "a", true);
    stage->done = 1;
    stage->elapsed_ns = INT64_C(7000000000);
    assert_int_equal(log_close(log, &result, &fault), 0);
    char *text = follow(path, NULL, &failed);
    assert_int_equal(failed, 0);
    assert_said(text, "Ended early: 1 file done, in 7.00 s.\nTry: parfor map --resume ");
    free(text);
    free(path);
    result_finish(&result);
}

static void a_log_that_has_ended_is_told_of_in_a_few_lines(void **state)
{
    char *path = logs_path(state, "told.jsonl"), name[16];
    struct log *log = logs_open(path);
    for (int i = 0; i < 15; i++) {
        snprintf(name, sizeof name, "f%d", i);
        logs_append(log, i, name, false);
    }
    logs_close(log, 0, 15);
    int64_t failed = -1;
    char *text = follow(path, NULL, &failed);
    assert_int_equal(failed, 15);
    assert_said(text, "Failed: f9: exit 1.\n… and 5 more failed.\n");
    assert_said(text, "Ended: 0 files done, 15 failed, in 95.0 s.\n");
    free(text);
    log = logs_open(path);
    for (int i = 0; i < 15; i++) {
        snprintf(name, sizeof name, "f%d", i);
        logs_append(log, i, name, true);
    }
    logs_close(log, 15, 0);
    text = follow(path, NULL, &failed);
    assert_int_equal(failed, 0); /* for they were done later */
    assert_said(text, "Ended: 15 files done, in 3 min 10 s.\n");
    assert_null(strstr(text, "Try:"));
    free(text);
    free(path);
}

static void a_full_disk_is_said(void **state)
{
    struct plan plan;
    struct fault fault;
    struct log *log;
    if (access("/dev/full", W_OK) < 0)
        skip();
    plan_init(&plan, PLAN_MAP, "command");
    assert_int_equal(
        log_open("/dev/full", &(struct log_run){.plan = &plan}, &log, &fault), -ENOSPC);
    assert_int_equal(fault.kind, FAULT_SYSTEM);
    assert_string_equal(
        fault.text, "cannot write the log /dev/full: No space left on device");
    (void)state;
}

/* Half a line is taken back. */
static void a_file_that_may_not_grow_keeps_whole_lines(void **state)
{
    char *path = logs_path(state, "limit.jsonl");
    pid_t pid = fork();
    if (pid == 0) {
        struct fault fault;
        struct log *log = logs_open(path);
        struct result_record record = {.count = 1, .attempts = 1};
        struct stat status;
        stat(path, &status);
        struct rlimit limit = {(rlim_t)status.st_size + 10, (rlim_t)status.st_size + 10};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(log_append(log, &record, NULL, NULL, &fault) == -EFBIG &&
                      fault.kind == FAULT_SYSTEM
                  ? 0
                  : 1);
    }
    int status;
    size_t size;
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
    char *text = logs_read(path, &size);
    assert_int_equal(text[size - 1], '\n');
    assert_ptr_equal(strchr(text, '\n'), text + size - 1);
    free(text);
    free(path);
}

/* On a file system of its own with 64 KiB: all lines that were taken are there. */
static int fill_a_disk(const char *folder)
{
    struct fault fault;
    int64_t count = 0;
    if (unshare(CLONE_NEWNS) < 0 ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
        mount("parfor-test", folder, "tmpfs", 0, "size=64k") < 0)
        return 77;
    char *path = text_format("%s/log.jsonl", folder);
    struct log *log = logs_open(path);
    struct result_record record = {.count = 1, .status = RESULT_OK, .attempts = 1};
    record.item = made_item(0, "one", (const char *[]){"cat", "one", NULL});
    while (log_append(log, &record, NULL, NULL, &fault) == 0)
        count++;
    bool is_said = strstr(fault.text, "cannot write the log ") &&
                   strstr(fault.text, ": No space left on device");
    struct log_past *past = logs_past(path);
    return is_said && count > 10 && log_past_count(past) == count ? 0 : 1;
}

static void a_disk_that_fills_up_keeps_whole_lines(void **state)
{
    char *folder = logs_path(state, "disk");
    assert_int_equal(mkdir(folder, 0700), 0);
    int status = in_a_child(fill_a_disk, folder);
    free(folder);
    if (status == 77) {
        print_message("no file system may be mounted here\n");
        skip();
    }
    assert_int_equal(status, 0);
}

static void a_place_is_found_where_none_is_asked_for(void **state)
{
    char *folder = logs_path(state, "state/of"), path[512], small[40];
    struct fault fault;
    struct stat status;
    setenv("XDG_STATE_HOME", folder, 1);
    assert_int_equal(log_choose_path(sizeof path, path, &fault), 0);
    assert_memory_equal(path, folder, strlen(folder));
    assert_non_null(strstr(path, "/state/of/parfor/runs/20"));
    logs_close(logs_open(path), 0, 0);
    assert_true(log_is_one(path));
    assert_int_equal(log_choose_path(sizeof small, small, &fault), -EINVAL);
    setenv("XDG_STATE_HOME", "relative", 1); /* which does not count */
    setenv("HOME", folder, 1);
    assert_int_equal(log_choose_path(sizeof path, path, &fault), 0);
    assert_non_null(strstr(path, "/state/of/.local/state/parfor/runs/20"));
    *strrchr(path, '/') = '\0';
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    unsetenv("HOME");
    assert_int_equal(log_choose_path(sizeof path, path, &fault), -EINVAL);
    assert_non_null(strstr(fault.text, "--log FILE"));
    assert_false(log_is_one("/dev/null") || log_is_one("/no/such/file"));
    free(folder);
}

static void a_run_is_found_again_by_its_log(void **state)
{
    struct fault fault;
    char **arguments, *folder, *here = getcwd(NULL, 0);
    char *path = logs_path(state, "run.jsonl");
    assert_int_equal(log_close(logs_open(path), NULL, &fault), 0);
    assert_int_equal(log_read_run(path, &arguments, &folder, &fault), 0);
    assert_string_equal(arguments[0], "cat");
    assert_string_equal(arguments[1], "{}");
    assert_null(arguments[2]);
    assert_string_equal(folder, here);
    free(arguments[0]);
    free(arguments[1]);
    free(arguments);
    free(folder);
    free(here);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_found_again_by_its_log),
        cmocka_unit_test(the_lines_are_as_promised),
        cmocka_unit_test(bytes_that_are_no_text_are_found_again),
        cmocka_unit_test(what_was_done_is_taken_by_command_and_occurrence),
        cmocka_unit_test(a_key_stands_for_the_command_and_results_are_named),
        cmocka_unit_test(two_runs_do_not_write_the_same_log),
        cmocka_unit_test(a_run_in_progress_is_followed_until_it_is_gone),
        cmocka_unit_test(a_log_that_has_ended_is_told_of_in_a_few_lines),
        cmocka_unit_test(one_that_was_ended_early_can_be_gone_on_with),
        cmocka_unit_test(a_full_disk_is_said),
        cmocka_unit_test(a_file_that_may_not_grow_keeps_whole_lines),
        cmocka_unit_test(a_disk_that_fills_up_keeps_whole_lines),
        cmocka_unit_test(a_place_is_found_where_none_is_asked_for),
    };
    return cmocka_run_group_tests(tests, logs_set_up, logs_tear_down);
}
