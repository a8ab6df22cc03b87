// SPDX-License-Identifier: MIT
/* Where the output of items goes: every byte of it, in the order that was asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "items.h"
#include "report/outlet.h"

enum { ITEMS = 200, FILE_MAX = 1 << 24 };

/* Two files that the output goes to, a spool that it comes from, and a folder. */
struct ground {
    char folder[64];
    int out, err, spool;
    struct outlet *outlet;
};

static int set_up(void **state)
{
    struct ground *ground = memory_new(1, sizeof *ground);
    struct fault fault;
    text_copy(sizeof ground->folder, ground->folder, "/tmp/parfor-outlet-XXXXXX");
    ground->out = spool_create(&fault);
    ground->err = spool_create(&fault);
    ground->spool = spool_create(&fault);
    *state = ground;
    return mkdtemp(ground->folder) && ground->out >= 0 && ground->spool >= 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    struct ground *ground = *state;
    char *command = text_format("rm -rf %s", ground->folder);
    int error = system(command);
    outlet_destroy(ground->outlet);
    close(ground->out);
    close(ground->err);
    close(ground->spool);
    free(command);
    free(ground);
    return error;
}

static void create(struct ground *ground, struct outlet_setup setup)
{
    struct fault fault;
    setup.out_fd = ground->out;
    setup.err_fd = ground->err;
    if (outlet_create(&setup, &ground->outlet, &fault) < 0)
        fail_msg("not created: %s", fault.text);
}

static struct spool_range put_in(struct ground *ground, size_t size, const char data[])
{
    struct spool_range range;
    assert_int_equal(spool_append(ground->spool, size, data, &range), 0);
    return range;
}

/* An item with that output; what outlet_take() returns. */
static int take_bytes(
    struct ground *ground, int64_t number, size_t size, const char out[])
{
    struct fault fault = {.kind = FAULT_NONE};
    char name[32];
    snprintf(name, sizeof name, "dir/m %d", (int)number);
    struct result_record record = {.index = number, .count = 1, .attempts = 1};
    record.item = made_item(number, name, (const char *[]){"cat", name, NULL});
    record.item->exit_status = 0;
    const struct experiment_output output = {.out_fd = ground->spool,
        .err_fd = ground->spool,
        .out = put_in(ground, size, out),
        .err = put_in(ground, 2, "e\n")};
    int error = outlet_take(ground->outlet, &record, &output, &fault);
    result_item_destroy(record.item);
    assert_int_equal(fault.kind == FAULT_NONE, error == 0 || error == -EPIPE);
    return error;
}

static int take(struct ground *ground, int64_t number, const char *out)
{
    return take_bytes(ground, number, strlen(out), out);
}

/* What has come out so far. */
static char *content(int fd, size_t *ret_size)
{
    off_t size = lseek(fd, 0, SEEK_END);
    char *text = memory_new((size_t)size + 1, 1);
    assert_int_equal(pread(fd, text, (size_t)size, 0), size);
    *ret_size = (size_t)size;
    return text;
}

static void assert_out(int fd, const char *expected)
{
    size_t size;
    char *text = content(fd, &size);
    assert_string_equal(text, expected);
    assert_int_equal(size, strlen(expected));
    free(text);
}

static void shuffle(int order[ITEMS], unsigned seed)
{
    for (int i = 0; i < ITEMS; i++)
        order[i] = i;
    for (int i = ITEMS - 1; i > 0; i--) {
        seed = seed * 1103515245 + 12345;
        int other = (int)(seed >> 8) % (i + 1), kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
}

/* Bytes of an item, of any value, so many that blocks end within them. */
static size_t make_bytes(int number, char **ret_data)
{
    size_t size = number % 7 == 0 ? 0 : (size_t)number * number * 7 % 200000;
    *ret_data = memory_new(size + 1, 1);
    for (size_t i = 0; i < size; i++)
        (*ret_data)[i] = (char)(i * 31 + (size_t)number);
    return size;
}

static void whatever_the_order_of_ends_it_comes_out_in_that_of_items(void **state)
{
    struct ground *ground = *state;
    int order[ITEMS];
    create(ground, (struct outlet_setup){.tag = false});
    shuffle(order, 7);
    for (int i = 0; i < ITEMS; i++) {
        char *data;
        size_t size = make_bytes(order[i], &data);
        assert_int_equal(take_bytes(ground, order[i], size, data), 0);
        free(data);
    }
    size_t all, at = 0;
    char *text = content(ground->out, &all);
    for (int i = 0; i < ITEMS; i++) {
        char *data;
        size_t size = make_bytes(i, &data);
        assert_true(at + size <= all);
        assert_memory_equal(text + at, data, size);
        at += size;
        free(data);
    }
    assert_int_equal(at, all);
    free(text);
    text = content(ground->err, &all);
    assert_int_equal(all, 2 * ITEMS);
    free(text);
}

static void what_comes_next_goes_out_at_once_and_what_is_told_twice_once(void **state)
{
    struct ground *ground = *state;
    create(ground, (struct outlet_setup){.tag = false});
    take(ground, 0, "a");
    assert_out(ground->out, "a");
    take(ground, 0, "A");
    take(ground, 2, "c");
    take(ground, 2, "C");
    assert_out(ground->out, "a");
    take(ground, 1, "b");
    assert_out(ground->out, "abc");
    take(ground, 1, "B");
    assert_out(ground->out, "abc");
}

static void unordered_output_comes_as_items_end(void **state)
{
    struct ground *ground = *state;
    struct fault fault;
    create(ground, (struct outlet_setup){.unordered = true});
    take(ground, 5, "five\n");
    take(ground, 0, "zero\n");
    assert_out(ground->out, "five\nzero\n");
    assert_int_equal(outlet_hold(ground->outlet, true, true, &fault), 0);
    take(ground, 9, "nine\n");
    take(ground, 3, "three\n");
    assert_out(ground->out, "five\nzero\n");
    assert_int_equal(outlet_release(ground->outlet, &fault), 0);
    assert_out(ground->out, "five\nzero\nnine\nthree\n");
    take(ground, 1, "one");
    assert_out(ground->out, "five\nzero\nnine\nthree\none");
}

static void tags_stand_before_each_line_and_end_the_last(void **state)
{
    struct ground *ground = *state;
    create(ground, (struct outlet_setup){.tag = true});
    take(ground, 1, "x\n\ny");
    take(ground, 0, "");
    take(ground, 2, "z\n");
    assert_out(ground->out, "dir/m 1\tx\ndir/m 1\t\ndir/m 1\ty\ndir/m 2\tz\n");
    assert_out(ground->err, "dir/m 0\te\ndir/m 1\te\ndir/m 2\te\n");
}

/* A line that is longer than any buffer has one tag, and so has the next. */
static void a_long_line_has_one_tag(void **state)
{
    struct ground *ground = *state;
    enum { LENGTH = 200000 };
    char *line = memory_new(LENGTH + 2, 1);
    size_t size;
    create(ground, (struct outlet_setup){.tag = true});
    memset(line, 'x', LENGTH);
    text_copy(3, line + LENGTH - 1, "\nz");
    take(ground, 0, line);
    char *text = content(ground->out, &size);
    assert_int_equal(size, LENGTH + 1 + 2 * strlen("dir/m 0\t") + 1);
    assert_memory_equal(text, "dir/m 0\tx", 9);
    assert_string_equal(text + size - 12, "x\ndir/m 0\tz\n");
    free(text);
    free(line);
}

static void what_is_missing_is_passed_over_at_the_end(void **state)
{
    struct ground *ground = *state;
    struct fault fault;
    create(ground, (struct outlet_setup){.tag = false});
    assert_int_equal(outlet_hold(ground->outlet, true, true, &fault), 0);
    take(ground, 7, "7");
    take(ground, 3, "3");
    take(ground, 0, "0");
    assert_out(ground->out, "");
    assert_int_equal(outlet_release(ground->outlet, &fault), 0);
    assert_out(ground->out, "0");
    assert_int_equal(outlet_finish(ground->outlet, &fault), 0);
    assert_out(ground->out, "037");
}

static void assert_file(
    const struct ground *ground, const char *name, const char *expected)
{
    char *path = text_format("%s/%s", ground->folder, name), *text = NULL;
    if (file_read(path, FILE_MAX, &text) < 0)
        fail_msg("no %s", path);
    assert_string_equal(text, expected);
    free(text);
    free(path);
}

/* Of an earlier run there are the files, which go out in their place. */
static void results_are_kept_in_folders_and_given_again(void **state)
{
    struct ground *ground = *state;
    struct fault fault;
    char *results = text_format("%s/r", ground->folder), *json;
    char *path = text_format("%s/r/2-dir_m_1", ground->folder);
    create(ground, (struct outlet_setup){.results = results});
    take(ground, 1, "old\n");
    take(ground, 1, "one\n");
    assert_file(ground, "r/2-dir_m_1/stdout", "one\n");
    assert_file(ground, "r/2-dir_m_1/stderr", "e\n");
    char *record = text_format("%s/result.json", path);
    assert_int_equal(file_read(record, FILE_MAX, &json), 0);
    assert_non_null(
        strstr(json, "\"item\": \"dir/m 1\", \"argv\": [\"cat\", \"dir/m 1\"]"));
    outlet_destroy(ground->outlet);
    create(ground, (struct outlet_setup){.tag = true});
    const struct items_task task = {
        .number = 1, .count = 2, .texts = (const char *[]){"p", "q\n", NULL}};
    assert_int_equal(outlet_skip(ground->outlet, 1, &task, path, &fault), 0);
    assert_int_equal(outlet_skip(ground->outlet, 2, &task, NULL, &fault), 0);
    take(ground, 3, "three\n");
    assert_out(ground->out, "");
    take(ground, 0, "zero\n");
    assert_out(ground->out, "dir/m 0\tzero\np q \tone\ndir/m 3\tthree\n");
    assert_int_equal(outlet_skip(ground->outlet, 4, &task, "/no/such", &fault), -ENOENT);
    free(json);
    free(record);
    free(path);
    free(results);
}

static void assert_name(
    struct ground *ground, int64_t number, const char *item, const char *expected)
{
    struct result_item *made = made_item(number, item, (const char *[]){"x", NULL});
    char path[4096], *whole = text_format("%s/%s", ground->folder, expected);
    outlet_results_of(ground->outlet, made, sizeof path, path);
    assert_string_equal(path, whole);
    result_item_destroy(made);
    free(whole);
}

static void folders_have_harmless_names(void **state)
{
    struct ground *ground = *state;
    create(ground, (struct outlet_setup){.results = ground->folder});
    assert_name(ground, 6, "mouse.h5", "7-mouse.h5");
    assert_name(ground, 0, "../../etc/passwd", "1-.._.._etc_passwd");
    assert_name(ground, 1, "a b\n*$\x1b\xff", "2-a_b_____");
    assert_name(ground, 2, "größe", "3-größe");
    assert_name(ground, 3, "", "4");
    assert_name(ground, 4, NULL, "4");
    assert_name(ground, 5,
        "é6789012345678901234567890123456789012345678901234567890.hdf5",
        "6-6789012345678901234567890123456789012345678901234567890.hdf5");
}

static void nobody_reads_any_more(void **state)
{
    struct ground *ground = *state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    signal(SIGPIPE, SIG_IGN);
    close(ground->out);
    ground->out = ends[1];
    create(ground, (struct outlet_setup){.results = ground->folder});
    assert_int_equal(take(ground, 0, "zero\n"), 0);
    assert_false(outlet_is_closed(ground->outlet));
    close(ends[0]);
    assert_int_equal(take(ground, 1, "one\n"), -EPIPE);
    assert_true(outlet_is_closed(ground->outlet));
    assert_int_equal(take(ground, 3, "three\n"), -EPIPE);
    assert_file(ground, "4-dir_m_3/stdout", "three\n"); /* which is safe all the same */
    assert_out(ground->err, "e\ne\n");
}

/* A reader that lets the writer wait, of a stream that does not block. */
static void a_stream_without_room_is_waited_for(void **state)
{
    struct ground *ground = *state;
    enum { SIZE = 300000 };
    int ends[2];
    assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
    pid_t pid = fork();
    if (pid == 0) {
        static char data[4096];
        size_t sum = 0;
        ssize_t got;
        close(ends[1]);
        fcntl(ends[0], F_SETFL, 0);
        while ((got = read(ends[0], data, sizeof data)) > 0)
            sum += (size_t)got;
        _exit(sum == SIZE ? 0 : 1);
    }
    close(ends[0]);
    close(ground->out);
    ground->out = ends[1];
    create(ground, (struct outlet_setup){.tag = false});
    char *data = memory_new(SIZE, 1);
    assert_int_equal(take_bytes(ground, 0, SIZE, data), 0);
    outlet_destroy(ground->outlet);
    ground->outlet = NULL;
    close(ground->out);
    ground->out = -1;
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    free(data);
}

static void a_full_disk_is_said(void **state)
{
    struct ground *ground = *state;
    struct fault fault;
    int full = open("/dev/full", O_WRONLY);
    if (full < 0)
        skip();
    close(ground->out);
    ground->out = full;
    create(ground, (struct outlet_setup){.tag = true});
    assert_int_equal(take(ground, 0, "x\n"), -ENOSPC);
    outlet_destroy(ground->outlet);
    ground->outlet = NULL;
    assert_int_equal(outlet_create(&(struct outlet_setup){.results = "/proc/no/such"},
                         &ground->outlet, &fault),
        -EINVAL);
    assert_non_null(strstr(fault.text, "cannot make the folder for results: /proc/no"));
}

int main(void)
{
#define CASE(NAME) cmocka_unit_test_setup_teardown(NAME, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(whatever_the_order_of_ends_it_comes_out_in_that_of_items),
        CASE(what_comes_next_goes_out_at_once_and_what_is_told_twice_once),
        CASE(unordered_output_comes_as_items_end),
        CASE(tags_stand_before_each_line_and_end_the_last),
        CASE(a_long_line_has_one_tag),
        CASE(what_is_missing_is_passed_over_at_the_end),
        CASE(results_are_kept_in_folders_and_given_again),
        CASE(folders_have_harmless_names),
        CASE(nobody_reads_any_more),
        CASE(a_stream_without_room_is_waited_for),
        CASE(a_full_disk_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
