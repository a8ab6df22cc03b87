// SPDX-License-Identifier: MIT
/* A log that was cut off anywhere is read, and gone on with. */
#include "logs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

/* Where a line begins that is so many from the end. */
static size_t find_line(size_t size, const char text[], int from_end)
{
    size_t at = size;
    while (from_end-- > 0)
        for (at--; at > 0 && text[at - 1] != '\n';)
            at--;
    return at;
}

/* What ended well stays so, is whole in the end, and nothing else is done. */
static void check_cut(const char *path, size_t cut, size_t third_ends)
{
    struct log_past *past = logs_past(path);
    assert_true(logs_take(past, "one"));
    assert_true(logs_take(past, "two"));
    bool has_third = logs_take(past, "three");
    if (has_third != (cut >= third_ends))
        fail_msg("cut at %zu: the third item is %s", cut, has_third ? "there" : "lost");
    assert_int_equal(log_past_count(past), has_third ? 3 : 2);
    struct log *log = logs_open(path);
    logs_append(log, 3, "four", true);
    logs_close(log, 1, 0);
    log_past_destroy(past);
    past = logs_past(path);
    assert_int_equal(log_past_count(past), has_third ? 4 : 3);
    assert_true(logs_take(past, "two") && logs_take(past, "four"));
    assert_int_equal(logs_take(past, "three"), has_third);
    log_past_destroy(past);
}

/* The last two lines: an item's and the one about the end. */
static void a_file_cut_at_any_byte_loses_nothing_that_was_whole(void **state)
{
    char *path = logs_path(state, "log.jsonl"), *cut_path = logs_path(state, "cut.jsonl");
    struct log *log = logs_open(path);
    logs_append(log, 0, "one", true);
    logs_append(log, 1, "two", true);
    logs_append(log, 2, "three", true);
    logs_close(log, 3, 0);
    size_t size;
    char *text = logs_read(path, &size);
    size_t third_ends = find_line(size, text, 1) - 1; /* without its newline */
    for (size_t cut = find_line(size, text, 2); cut <= size; cut++) {
        logs_write(cut_path, cut, text);
        check_cut(cut_path, cut, third_ends);
    }
    free(text);
    free(cut_path);
    free(path);
}

static void a_file_cut_within_its_first_line_begins_anew(void **state)
{
    char *path = logs_path(state, "first.jsonl");
    logs_close(logs_open(path), 0, 0);
    size_t size;
    char *text = logs_read(path, &size);
    size_t first = (size_t)(strchr(text, '\n') - text);
    for (size_t cut = 0; cut <= first; cut++) {
        size_t new_size;
        logs_write(path, cut, text);
        logs_close(logs_open(path), 0, 0);
        char *again = logs_read(path, &new_size);
        assert_memory_equal(again, "{\"schema\": \"parfor-log/1\"", 24);
        assert_int_equal(again[new_size - 1], '\n');
        log_past_destroy(logs_past(path));
        free(again);
    }
    free(text);
    free(path);
}

/* What a file system may leave of bytes that never came to the disk. */
static void zeros_at_the_end_are_taken_away(void **state)
{
    char *path = logs_path(state, "zeros.jsonl");
    struct log *log = logs_open(path);
    logs_append(log, 0, "one", true);
    logs_close(log, 1, 0);
    size_t size, mended;
    char *text = logs_read(path, &size);
    char *longer = calloc(1, size + 10000);
    memcpy(longer, text, size);
    longer[size + 5000] = '\n';
    logs_write(path, size + 10000, longer);
    struct log_past *past = logs_past(path);
    assert_true(logs_take(past, "one"));
    log_past_destroy(past);
    logs_close(logs_open(path), 0, 0);
    char *again = logs_read(path, &mended);
    assert_int_equal(strlen(again), mended);
    assert_memory_equal(again, text, size);
    free(again);
    free(longer);
    free(text);
    free(path);
}

static void assert_refused(const char *path, const char *piece)
{
    struct fault fault;
    struct log_past *past;
    assert_int_equal(log_past_read(path, &past, &fault), -EINVAL);
    if (!strstr(fault.text, piece))
        fail_msg("no '%s' in: %s", piece, fault.text);
}

static void a_damaged_line_in_the_middle_is_named(void **state)
{
    char *path = logs_path(state, "damaged.jsonl");
    struct log *log = logs_open(path);
    logs_append(log, 0, "one", true);
    logs_append(log, 1, "two", true);
    logs_close(log, 2, 0);
    size_t size;
    char *text = logs_read(path, &size);
    text[find_line(size, text, 3)] = '#';
    logs_write(path, size, text);
    assert_refused(path, "line 2 is not one of a log");
    text[find_line(size, text, 3)] = '\0';
    logs_write(path, size, text);
    assert_refused(path, "line 2 is not one of a log");
    free(text);
    free(path);
}

static void assert_left_alone(const char *path, const char *text, const char *piece)
{
    struct plan plan;
    struct fault fault;
    struct log *log;
    size_t size;
    plan_init(&plan, PLAN_MAP, "command");
    logs_write(path, strlen(text), text);
    assert_int_equal(
        log_open(path, &(struct log_run){.plan = &plan}, &log, &fault), -EINVAL);
    if (!strstr(fault.text, piece))
        fail_msg("no '%s' in: %s", piece, fault.text);
    char *again = logs_read(path, &size);
    assert_string_equal(again, text);
    free(again);
}

/* A run that was killed at its very start has done nothing. */
static void an_empty_file_is_a_log_of_nothing(void **state)
{
    struct fault fault;
    struct log_past *past = NULL;
    char *path = logs_path(state, "empty.jsonl");
    logs_write(path, 0, "");
    assert_int_equal(log_past_read(path, &past, &fault), 0);
    assert_int_equal(log_past_count(past), 0);
    log_past_destroy(past);
    free(path);
}

static void a_file_that_is_no_log_is_refused_and_stays(void **state)
{
    char *path = logs_path(state, "notes.txt");
    assert_left_alone(path, "my notes", "is no log");
    assert_left_alone(path, "my notes\nand more\n", "line 1 is not one of a log");
    assert_left_alone(path, "{\"a\": 1}\n", "line 1 is not one of a log");
    assert_left_alone(path, "{\"schema\": \"parfor-result/1\"}\n", "line 1 is not");
    assert_left_alone(
        path, "{\"schema\": \"parfor-log/2\"}\n", "written as parfor-log/2");
    assert_refused(path, "written as parfor-log/2");
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_cut_at_any_byte_loses_nothing_that_was_whole),
        cmocka_unit_test(a_file_cut_within_its_first_line_begins_anew),
        cmocka_unit_test(zeros_at_the_end_are_taken_away),
        cmocka_unit_test(a_damaged_line_in_the_middle_is_named),
        cmocka_unit_test(an_empty_file_is_a_log_of_nothing),
        cmocka_unit_test(a_file_that_is_no_log_is_refused_and_stays),
    };
    return cmocka_run_group_tests(tests, logs_set_up, logs_tear_down);
}
